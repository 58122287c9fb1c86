"""The end of a response (SEMANTICS 29): its condition must hold for a while; then it is proposed, an expert opinion is
given, the commander approves, and it is announced. One-way; contrary news breaks it off before, and is a gap after.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.play.approval import Approval
from sim.play.recorder import ENGINE_KEY, Key, Raw
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill

_ENDING: Final = 9


class Termination:
    """Watches the end condition on headquarters' picture, and ends the response."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.given = drill.plan.arrangements.termination
        self._hold = 0  # generation of the hold under way, 0 for none
        self._holds = 0
        self._held: dict[int, Raw] = {}  # holds that ran out in this wave, and their causes
        self._process: simpy.Process | None = None
        self._proposals = 0
        self._announced: tuple[int, Raw, dict[str, Any]] | None = None
        self._contradicted = False

    @property
    def holding(self) -> bool:
        """Whether the end condition holds on headquarters' picture and is watched."""
        return bool(self._hold)

    def look(self, changed: dict[int, Raw]) -> None:
        """Start, keep or break the hold of the end condition; after the end, note what contradicts it."""
        drill = self.drill
        end = drill.plan.end
        if end is None or drill.command.activated is None:
            return
        picture = drill.command.picture
        holds = end.test(picture.values, picture.known)
        if drill.command.terminated is not None:
            if not holds and not self._contradicted:
                cause = drill.script.cause_of(end.facts, changed)
                drill.log(ENGINE_KEY, "end_contradicted", cause, detail={"end": end.text})
            self._contradicted = not holds
        elif not holds:
            self._break_off(drill.script.cause_of(end.facts, changed))
        elif not self._hold:
            self._holds += 1
            self._hold = self._holds
            cause = drill.script.cause_of(end.facts, changed)
            drill.later(drill.plan.end_hold, partial(self._hold_over, self._hold, cause))

    def _break_off(self, cause: Raw) -> None:
        self._hold = 0
        if self._process is not None:
            process, self._process = self._process, None
            detail = {"end": self.drill.plan.end.text} if self.drill.plan.end else {}
            actor = self.drill.plan.command.actor
            row = self.drill.log(ENGINE_KEY, "termination_withdrawn", cause, actor=actor, detail=detail)
            if process.is_alive:  # else it was to be announced in this very instant
                process.interrupt(row)

    def _hold_over(self, hold: int, cause: Raw) -> None:
        self._held[hold] = cause
        self.drill.command.want_settle()

    def settle(self) -> None:
        """Go on if the hold that ran out in this instant was not broken in it, or the end was just announced."""
        held, self._held = self._held, {}
        command = self.drill.command
        if self._hold in held and command.terminated is None:
            if self.given is None:
                self._terminate(ENGINE_KEY, held[self._hold], {})
            else:
                self._propose(held[self._hold])
        if self._announced is not None:
            proposal, row, detail = self._announced
            self._announced = None
            if proposal == self._proposals and self._process is not None and command.terminated is None:
                self._process = None
                self._terminate(self._key(), row, detail)

    def _terminate(self, key: Key, cause: Raw, detail: dict[str, Any]) -> None:
        drill = self.drill
        actor = drill.plan.command.actor
        row = drill.command.terminated = drill.log(
            key, "terminated", cause, actor=actor, detail=detail or None
        )
        drill.happened("terminated", row)
        drill.needs.look_at_everything(row)

    # --- the process

    def _key(self) -> Key:
        return (_ENDING, 0, self._proposals)

    def _propose(self, cause: Raw) -> None:
        self._proposals += 1
        self.drill.start(self._key(), self._life(cause))

    def _life(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill, given, number = self.drill, self.given, self._proposals
        assert given is not None
        self._process = drill.env.active_process
        step = Step(drill, self._key(), given.proposer, "command.termination", number)
        approval = Approval(drill, step, given.approver, number, what="termination")
        stream = f"command.termination/{number}/"
        try:
            row = drill.log(self._key(), "termination_proposed", cause, actor=given.proposer)
            drill.happened("termination_proposed", row)
            yield drill.timeout(drill.length(given.opinion, stream + "opinion"))
            told = {"experts": given.experts}
            row = drill.log(self._key(), "expert_opinion", row, actor=given.proposer, detail=told)
            detail, row = yield from self._approved(approval, row)
            yield drill.timeout(drill.length(given.announce, stream + "announce"))
        except simpy.Interrupt as broken_off:
            approval.give_up(broken_off.cause or cause)
            return
        self._announced = (number, row, {"proposer": drill.plan.actors[given.proposer].name, **detail})
        drill.command.want_settle()

    def _approved(
        self, approval: Approval, row: Raw
    ) -> Generator[simpy.Event, Any, tuple[dict[str, Any], Raw]]:
        """By the district's commander, or by the city once it commands."""
        handover = self.drill.command.handover
        if handover.done is not None and handover.given is not None:
            return {"approver": handover.given.name}, row
        row = yield from approval.life(row)
        return approval.detail, row
