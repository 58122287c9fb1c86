"""The office's reports besides the first one up: when each begins, and what was reported last (SEMANTICS 13).

A report at reception begins as the desk picks up, and waits for neither verification nor activation, only for a hand;
one of knowledge as its condition first holds on what the office knows; a correction as an approved figure no longer is
the one reported up last; the final one at the end. Once the city commands, the last two are the city's. What a unit
reports begins on what it knows itself, or, once it was informed of the response, on what the office knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import simpy

from sim.play.contents import made_by_a_unit
from sim.play.filing import Filing
from sim.play.recorder import Key, Raw, seq_of
from sim.play.situation import Picture
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill

Figures = dict[str, Any]


class Reporting:
    """The reports of one drill. `told` are the events that a report may tell of, as of the last settling."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.all = () if drill.plan.network else drill.plan.arrangements.reports
        self.told: set[str] = set()
        self._waiting: dict[int, list[int]] = {-1: []}  # not begun yet: by unit, under −1 those of the office
        for place, report in enumerate(self.all):
            unit = made_by_a_unit(drill, report)
            if report.starts == "knowledge" or (unit and report.starts == "reception"):
                self._waiting.setdefault(report.by if unit else -1, []).append(place)
        self._corrections = 0
        self._correcting: list[Filing] = []  # corrections under way
        self._reported: tuple[int, int, Figures] | None = None  # as of when, by which row, which figures
        self._filed: list[tuple[int, Raw, Figures, Filing | None]] = []
        self._happened: list[str] = []
        self._held: dict[Key, tuple[Step, simpy.Event]] = {}  # who waits for the start of a response
        self._asking: set[Key] = set()  # those among them that have asked in this wave
        self._ended = False

    @property
    def over(self) -> bool:
        """Whether nothing more is to follow up: the response is over, or the city commands."""
        command = self.drill.command
        return command.terminated is not None or command.handover.done is not None

    @property
    def the_citys(self) -> bool:
        """Whether the city commands, which then reports: the receipt is signed (SEMANTICS 28)."""
        return self.drill.command.handover.done is not None

    # --- what begins a report

    def receive(self, row: Raw) -> None:
        """Begin the reports whose clock runs from reception; `row` is the desk's first pick-up."""
        for place, report in enumerate(self.all):
            if report.starts == "reception" and not made_by_a_unit(self.drill, report):
                self._begin(place, row)

    def judge(self, changed: dict[int, Raw]) -> None:
        """Begin the reports that what the office has learnt in this wave calls for."""
        for maker in sorted(self._waiting):
            if maker < 0 or self.drill.command.informing.knows(maker):
                self._look(self.drill.command.office_picture(), maker, changed)

    def hear(self, unit: int, changed: dict[int, Raw]) -> None:
        """Begin the reports that a unit makes of what it has learnt itself, whether or not the office knows."""
        if unit in self._waiting:
            self._look(self.drill.picture(unit), unit, changed)

    def inform(self, unit: int, row: Raw) -> None:
        """Begin the reports that what the office knows calls for, now that their unit knows of the response."""
        if unit in self._waiting:
            self._look(self.drill.command.office_picture(), unit, {}, row)

    def _look(
        self, picture: Picture, maker: int, changed: dict[int, Raw], informed: Raw | None = None
    ) -> None:
        for place in list(self._waiting[maker]):
            report = self.all[place]
            if report.every is not None and self.over:
                continue
            if report.when is None or report.when.test(picture.values, picture.known):
                facts = report.when.facts if report.when is not None else ()
                rows = [changed[fact] for fact in facts if fact in changed] or list(changed.values())
                self._waiting[maker].remove(place)
                self._begin(place, informed or max(rows, key=seq_of))

    def finish(self) -> None:
        """Begin the final reports, once the response is over, and let go on who need not wait for its start."""
        terminated = self.drill.command.terminated
        if terminated is not None and not self._ended:
            self._ended = True
            for place, report in enumerate(self.all):
                if report.starts == "terminated" and not self.the_citys:
                    self._begin(place, terminated)
        if self._held:
            self._let_go_on()

    def _begin(self, place: int, cause: Raw, number: int = 1) -> Filing:
        filing = Filing(self.drill, place, number)
        self.drill.start(filing.key(number), filing.life(cause))
        return filing

    # --- what must not delay the start of a response

    def hold(self, step: Step) -> simpy.Event:
        """Return an event that succeeds once no start of a response is on its way."""
        event = self.drill.event()
        self._held[step.key] = step, event
        self._asking.add(step.key)
        self.drill.command.want_settle()
        return event

    def _let_go_on(self) -> None:
        """Decide while the wave is settled, when everything that was done in it is known."""
        command, desk = self.drill.command, self.drill.desk
        starting = not command.opened and desk.alerted and (desk.assessed is None or command.proposed)
        for key in sorted(self._asking if starting else self._held):
            step, event = self._held[key]
            if starting:
                step.log("waiting", step.last, "activation")
            else:
                event.succeed(None if key in self._asking else command.activated or desk.assessed)
                del self._held[key]
        self._asking.clear()

    # --- what was reported

    def note(self, event: str) -> None:
        """Queue that an event has happened that a report may tell of."""
        self._happened.append(event)
        self.drill.command.want_settle()

    def filed(self, row: Raw, as_of: int, figures: Figures, by: Filing | None = None) -> None:
        """Queue that figures were reported up: those that stood at the tick `as_of`."""
        if by in self._correcting:
            self._correcting.remove(by)
        self._filed.append((as_of, row, figures, by))
        self.drill.command.want_settle()

    def settle(self) -> None:
        """Take in what has happened and what was filed in this wave; correct what is no longer so."""
        self.told.update(self._happened)
        self._happened.clear()
        if self._filed:
            filed, self._filed = sorted(self._filed, key=lambda item: seq_of(item[1])), []
            for as_of, row, figures, by in filed:
                if self._reported is None or as_of >= self._reported[0]:
                    self._reported = (as_of, seq_of(row), figures)
                if by is not None:
                    self._drop_what_is_told(by, figures, row)
            self.compare(filed[-1][1])

    def _drop_what_is_told(self, by: Filing, figures: Figures, row: Raw) -> None:
        """Drop the corrections under way whose receivers have just been told the same figures."""
        for filing in list(self._correcting):
            if set(filing.given.to) <= set(by.given.to) and not self._differ(figures):
                self._correcting.remove(filing)
                key = filing.key(filing.number)
                self._held.pop(key, None)
                self._asking.discard(key)
                filing.drop(row)

    def _differ(self, figures: Figures) -> bool:
        """Whether an approved figure is another one in `figures`."""
        approved = self.drill.command.ledger.approved or {}
        return any(value != figures.get(line, 0) for line, value in approved.items())

    def compare(self, cause: Raw) -> None:
        """Begin a correction if an approved figure no longer is the one reported up last, by anybody."""
        if self._reported is None or self._correcting or self.the_citys:
            return
        if not self._differ(self._reported[2]):
            return
        self._corrections += 1
        for place, report in enumerate(self.all):
            if report.starts == "correction":
                self._correcting.append(self._begin(place, cause, self._corrections))
