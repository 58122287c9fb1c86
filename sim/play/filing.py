"""One report of the office in the making: draft, signature, sending; and its follow-ups.

A report in writing tells what was known when its draft was done, a call what was known at its end. It quotes the
approved figures where there are any.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.compiled import Element
from sim.play.approval import Approval
from sim.play.recorder import Key, Raw, T
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill

_REPORTS: Final = 20  # the first part of the keys of their rows
_SIGNATURE: Final = 2  # the first letter still comes after the start of a response
_NO_DUE: Final = float("inf")
_MOST: Final = 100  # an ask to send never ranks as one to draft of another number

Life = Generator[simpy.Event, Any, Raw]


class Filing:
    """One report and its follow-ups. `holder` is the unit that reports what it knows by itself, −1 for the office."""

    def __init__(self, drill: Drill, place: int, number: int, holder: int) -> None:
        self.drill, self.place, self.number, self.holder = drill, place, number, holder
        self.given = drill.plan.arrangements.reports[place]
        self.name = f"report.{self.given.id}"

    def key(self, number: int) -> Key:
        """Return the key of the rows of the report of that number."""
        return (_REPORTS, self.place, number)

    def life(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        """From the start of its clock to the last follow-up."""
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
        step = Step(drill, self.key(number), given.by, self.name, number)
        triggered = step.begin(cause, "operator" if given.hands else "")
        yield from self._hand(step, number, triggered)
        step.start()
        yield step.spend(given.draft, self._stream(number) + "draft")
        content = self._content() if given.mode == "written" else None
        if given.signed:
            yield from self._sign(step, number, triggered)
        if given.mode == "phone" and drill.networks.given:
            again = partial(self._hand, step, number, triggered, 2)
            yield from drill.networks.line(step, self._let_go, again)
        yield step.spend(given.send, self._stream(number) + "send")
        as_of, detail = content or self._content()
        row = step.end()
        self._let_go(row)
        filed = step.log("report_filed", row, detail=detail)
        correction = given.starts == "correction"
        drill.command.reporting.filed(filed, as_of, detail["figures"], correction=correction)
        return filed

    # --- hands and the signature

    def _hand(
        self, step: Step, number: int, triggered: Raw, again: int = 0
    ) -> Generator[simpy.Event, Any, None]:
        """Wait for a hand of the duty desk, if the report is made there."""
        if not self.given.hands:
            return
        limit = self.drill.index.reports_due.get(self.place)
        due = _NO_DUE if limit is None else triggered[T] + limit
        step.waits = "operator"
        rank = (self.given.priority, due, self.drill.now, self.name, number + again * _MOST, 0)
        step.last = yield from step.hand(rank)
        step.waits = ""

    def _let_go(self, row: Raw) -> None:
        if self.given.hands:
            self.drill.release_operator(row)

    def _sign(self, step: Step, number: int, triggered: Raw) -> Generator[simpy.Event, Any, None]:
        """Have the draft signed; whoever wrote it has a free hand meanwhile."""
        drill, hands = self.drill, self.given.hands
        self._let_go(step.log("waiting", step.last, "approval"))
        step.waits = "approval"
        own = Step(drill, self.key(number), self.given.by, f"sign.{self.name}", number)
        given, priority = self.given, max(self.given.priority, _SIGNATURE)
        post = given.signer or drill.plan.command.commander
        approval = Approval(
            drill, own, post, number, what=self.name, operator=hands, length=given.sign, priority=priority
        )
        step.last = yield from approval.life(step.last)
        step.waits = ""
        yield from self._hand(step, number, triggered, 1)
        step.log("waiting", step.last, "send")

    # --- what it says

    def _content(self) -> tuple[int, dict[str, Any]]:
        """Return what the report says, and as of when: now."""
        drill, given = self.drill, self.given
        known = drill.command.office_picture() if self.holder < 0 else drill.picture(self.holder)
        figures, unchecked = drill.command.ledger.quote(known)
        told: dict[str, Any] = {
            "report": given.id, "line": given.line, "to": sorted(given.to), "mode": given.mode,
            "as_of": drill.now / 1000, "figures": figures,
        }  # fmt: skip
        if unchecked:
            told["unchecked"] = unchecked
        if given.form >= 0:
            form = drill.plan.law.forms[given.form]
            told["form"] = form.id
            told["elements"] = {element.id: self._tells(element, known.known) for element in form.elements}
        return drill.now, told

    def _tells(self, element: Element, known: list[bool]) -> bool:
        """Whether it tells a required element: one of its facts is known, or one of its events has happened."""
        if not element.facts and not element.events:
            return True
        return any(known[fact] for fact in element.facts) or any(map(self._heard_of, element.events))

    def _heard_of(self, event: str) -> bool:
        """Whether the office has heard of an event; what a unit does it knows only from its reports."""
        duty, _, stage = event.rpartition(".")
        place = self.drill.index.duty_places.get(duty)
        if place is None:
            return event in self.drill.command.reporting.told
        return any(stage in task.heard for task in self.drill.dispatch.of_duty[place])
