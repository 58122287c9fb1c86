"""One report of the office in the making: draft, signature, sending; and its follow-ups.

A report in writing tells what was known when its draft was done, a call what was known at its end. Corrections and
follow-ups must not delay the start of a response: they take no hand of the desk while it is on its way. A correction
whose figures another report has told meanwhile is dropped.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.play.approval import Approval
from sim.play.contents import contents
from sim.play.pools import Ask
from sim.play.recorder import Key, Raw, T
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill

_REPORTS: Final = 20  # the first part of the keys of their rows
_AFTER_START: Final = 2  # letters to sign, corrections and follow-ups rank below the start of a response
_NO_DUE: Final = float("inf")
_MOST: Final = 100  # an ask to send never ranks as one to draft of another number

Life = Generator[simpy.Event, Any, Raw]


class Filing:
    """One report and its follow-ups."""

    def __init__(self, drill: Drill, place: int, number: int) -> None:
        self.drill, self.place, self.number = drill, place, number
        self.given = drill.plan.arrangements.reports[place]
        self.name = f"report.{self.given.id}"
        self._dropped = False
        self._process: simpy.Process | None = None
        self._step: Step
        self._ask: Ask | None = None  # a hand of the desk that it asks for, or holds
        self._approval: Approval | None = None  # under way

    def key(self, number: int) -> Key:
        """Return the key of the rows of the report of that number."""
        return (_REPORTS, self.place, number)

    def life(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        """From the start of its clock to the last follow-up, or until it is dropped."""
        if self._dropped:
            return
        self._process = self.drill.env.active_process
        try:
            yield from self._course(cause)
        except simpy.Interrupt as dropped:
            self._give_up(dropped.cause or cause)

    def _course(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        number, every = self.number, self.given.every
        row = yield from self._once(number, cause)
        while every is not None:
            yield self.drill.timeout(self.drill.length(every, self._stream(number) + "every"))
            if self.drill.command.reporting.over:
                return
            number += 1
            row = yield from self._once(number, row)

    def _stream(self, number: int) -> str:
        return f"{self.drill.plan.actors[self.given.by].name}/{self.name}/{number}/"

    def _once(self, number: int, cause: Raw) -> Life:
        drill, given = self.drill, self.given
        step = self._step = Step(drill, self.key(number), given.by, self.name, number)
        triggered = step.begin(cause, "operator" if given.hands else "")
        yield from self._hand(step, number, triggered)
        step.start()
        yield step.spend(given.draft, self._stream(number) + "draft")
        told = self._told() if given.mode == "written" else None
        if given.signed:
            yield from self._sign(step, number, triggered)
        if given.mode == "phone" and drill.networks.given:
            again = partial(self._hand, step, number, triggered, 2)
            yield from drill.networks.line(step, self._let_go, again)
        yield step.spend(given.send, self._stream(number) + "send")
        as_of, detail = told or self._told()
        row = step.end()
        self._let_go(row)
        filed = step.log("report_filed", row, detail=detail)
        if "own" not in detail:
            drill.command.reporting.filed(filed, as_of, detail["figures"], self)
        return filed

    def _told(self) -> tuple[int, dict[str, Any]]:
        return self.drill.now, contents(self.drill, self.given)

    # --- dropped

    def drop(self, cause: Raw) -> None:
        """Leave it, wherever it stands: somebody has just told what it was to tell."""
        self._dropped = True
        if self._process is not None and self._process.is_alive:
            self._process.interrupt(cause)

    def _give_up(self, cause: Raw) -> None:
        if self._approval is not None:
            self._approval.give_up(cause)
        row = self._step.log("stood_down", cause)
        self._step.drop()
        if self._ask is not None and not self._ask.granted:
            self.drill.pools.cancel(self._ask)
        elif self._ask is not None:
            self._let_go(row)

    # --- hands and the signature

    def _hand(
        self, step: Step, number: int, triggered: Raw, again: int = 0
    ) -> Generator[simpy.Event, Any, None]:
        """Wait for a hand of the duty desk, if the report is made there."""
        if not self.given.hands:
            return
        can_wait = self._can_wait(number)
        if can_wait and not self.drill.command.opened:
            step.waits = "activation"
            step.last = (yield self.drill.command.reporting.hold(step)) or step.last
        limit = self.drill.index.reports_due.get(self.place)
        due = _NO_DUE if limit is None else triggered[T] + limit
        step.waits = "operator"
        priority = max(self.given.priority, _AFTER_START) if can_wait else self.given.priority
        self._ask = step.ask_hand((priority, due, self.drill.now, self.name, number + again * _MOST, 0))
        yield self._ask.event
        step.last = self._ask.cause or step.last
        step.waits = ""

    def _can_wait(self, number: int) -> bool:
        """Whether it is a correction or a follow-up: not a report at reception, however often it is made again."""
        if self.given.starts == "correction":
            return True
        return self.given.every is not None and (self.given.starts != "reception" or number > self.number)

    def _let_go(self, row: Raw) -> None:
        if self.given.hands:
            self._ask = None
            self.drill.release_operator(row)

    def _sign(self, step: Step, number: int, triggered: Raw) -> Generator[simpy.Event, Any, None]:
        """Have the draft signed; whoever wrote it has a free hand meanwhile."""
        drill, hands = self.drill, self.given.hands
        self._let_go(step.log("waiting", step.last, "approval"))
        step.waits = "approval"
        own = Step(drill, self.key(number), self.given.by, f"sign.{self.name}", number)
        given, priority = self.given, max(self.given.priority, _AFTER_START)
        post = given.signer or drill.plan.command.commander
        self._approval = Approval(
            drill, own, post, number, what=self.name, operator=hands, length=given.sign, priority=priority
        )
        step.last = yield from self._approval.life(step.last)
        self._approval = None
        step.waits = ""
        yield from self._hand(step, number, triggered, 1)
        step.log("waiting", step.last, "send")
