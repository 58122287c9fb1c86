"""Getting something approved by whoever holds a post, by telephone (SEMANTICS 25).

The holder is called, also when away; each try costs a call. When none gets through, the body that acts for the
commander signs, as Annex 3 says. Who signed what is a row of its own. A try that begins while all voice channels of
whoever calls are cut fails as one that nobody answers (SEMANTICS 24).
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.durations import Duration
from sim.play.pools import Ask
from sim.play.recorder import Raw
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill

_NO_DUE: Final = float("inf")
_ACTIVATION: Final = 1
_MOST_TRIES: Final = 100  # a try of a second approval never ranks as one of the first


class Approval:
    """One approval; `detail` says afterwards who approved, and for whom."""

    def __init__(
        self, drill: Drill, step: Step, post: str, number: int = 1, *,
        what: str = "", operator: bool = True, length: Duration | None = None,
        priority: int = _ACTIVATION,
    ) -> None:  # fmt: skip
        self.drill, self.step, self.post, self.number = drill, step, post, number
        self.what = what or step.name
        self.priority = priority  # of what is to be signed: an activation goes before a letter
        self.operator = operator  # whether the desk makes the call, or the unit itself
        self.length = length or drill.plan.command.approve  # from the answered call to the signature
        self.stream = f"{post}/{step.name}/{number}/"
        self.detail: dict[str, Any] = {}
        self._ask: Ask | None = None  # what is asked for, or held
        self._made = 0  # tries to reach the holder of the post

    def life(self, cause: Raw) -> Generator[simpy.Event, Any, Raw]:
        """From the trigger to the signature; return the row it follows from."""
        drill, step = self.drill, self.step
        row = step.begin(cause, "approval")
        answered, row = yield from self._reach(row)
        signer, self.detail = self.post, {"approver": self.post}
        if not answered:
            signer, row = yield from self._stand_in(row, self._made)
        pool = drill.people.pool(signer)
        if pool >= 0:
            row = yield from self._person(pool, signer, row)
        row = step.start(row)
        step.waits = "approval"
        yield step.spend(self.length, self.stream + "approve")
        row = step.end()
        self._give_back(row)
        return self._signed(row, signer)

    def _signed(self, row: Raw, signer: str) -> Raw:
        if not self.drill.people.all:
            return row
        command = self.drill.plan.command
        acting_for = self.detail.get("acting_for", "")
        told = {"what": self.what, "by": signer or self.detail["approver"]}
        actor = command.acting if acting_for else command.actor
        return self.drill.log(
            self.step.key,
            "signed",
            row,
            actor=actor,
            detail=told | ({"for": acting_for} if acting_for else {}),
        )

    def _stand_in(self, row: Raw, tries: int) -> Generator[simpy.Event, Any, tuple[str, Raw]]:
        drill, given = self.drill, self.drill.plan.command
        acting = drill.plan.actors[given.acting].name
        signer = ""
        if drill.people.all:
            signer = yield drill.people.seek(self.step.key, self.post, row, self._caller)
        self.detail = {"approver": signer or acting, "acting_for": self.post}
        told = {"for": self.post, "tries": tries} | ({"by": signer} if signer else {})
        return signer, drill.log(self.step.key, "substituted", row, actor=given.acting, detail=told)

    def _person(self, pool: int, name: str, row: Raw) -> Generator[simpy.Event, Any, Raw]:
        """Wait until the person is free: one thing at a time."""
        drill, step = self.drill, self.step
        rank = (self.priority, _NO_DUE, drill.now, step.name, self.number, 1)
        self._ask = drill.ask(rank, ((pool, 1),), lambda: step.log("waiting", row, f"person:{name}"))
        yield self._ask.event
        return self._ask.cause or row

    def _give_back(self, row: Raw) -> None:
        """Let go of the hand of the desk, or of the person."""
        if self._ask is not None and self._ask.granted:
            self.drill.release(self._ask.uses, row, scene=False)
        elif self._ask is not None:
            self.drill.pools.cancel(self._ask)
        self._ask = None

    def give_up(self, cause: Raw) -> None:
        """Break off: what was to be approved no longer is."""
        if self.step.task in self.drill.steps:
            row = self.step.log("stood_down", cause)
            self.step.drop()
            self._give_back(row)

    # --- the telephone

    @property
    def _caller(self) -> int:
        """Who makes the call: the duty desk, or the unit itself."""
        return self.drill.plan.desk.actor if self.operator else self.step.actor

    def _tries(self) -> int:
        """Once somebody acts for the commander, nobody tries a commander who is out of reach again."""
        given = self.drill.plan.command
        return 0 if self.drill.people.acting and self.post == given.commander else given.tries

    def _reach(self, row: Raw) -> Generator[simpy.Event, Any, tuple[bool, Raw]]:
        unreachable = self.drill.people.state(self.post) == "unreachable"
        tries = self._tries() if unreachable else self.drill.plan.command.tries
        for attempt in range(tries):
            if attempt:
                yield self.step.spend(self.drill.plan.command.next, self.stream + "next", attempt)
            answered, row = yield from self._try(attempt, row)
            if answered:
                return True, row
        return False, row

    def _try(self, attempt: int, row: Raw) -> Generator[simpy.Event, Any, tuple[bool, Raw]]:
        drill, step, given = self.drill, self.step, self.drill.plan.command
        self._made += 1
        if self.operator:
            occurrence = (self.number - 1) * _MOST_TRIES + attempt
            rank = (self.priority, _NO_DUE, drill.now, step.name, occurrence, 0)
            self._ask = step.ask_hand(rank)
            yield self._ask.event
            row = self._ask.cause or row
        state, cut = drill.people.state(self.post), drill.networks.mute(self._caller)
        told = {"who": self.post, "state": state}
        row = step.log("call_begun", row, detail={**told, "try": attempt + 1})
        answered = state != "unreachable" and cut < 0
        length = given.call if answered else given.unanswered
        yield step.spend(length, self.stream + "call", attempt)
        event = "call_answered" if answered else "call_unanswered"
        failed = {"network": drill.networks.given[cut].id} if cut >= 0 else {}
        row = step.log(event, row, detail=told | failed)
        self._give_back(row)
        return answered, row
