"""The office's reports besides the first one up: when each begins, and what was reported last (SEMANTICS 13).

A report at reception begins as the desk picks up, and waits for neither verification nor activation, only for a hand;
one of knowledge as its condition first holds on what the office knows, or on what the unit that makes it knows by
itself; a correction as the approved figures no longer are those reported up last; the final one at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.play.filing import Filing
from sim.play.recorder import Raw, seq_of
from sim.play.situation import Picture

if TYPE_CHECKING:
    from sim.play.drill import Drill

Figures = dict[str, Any]


class Reporting:
    """The reports of one drill. `told` are the events that a report may tell of, as of the last settling."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.all = () if drill.plan.network else drill.plan.arrangements.reports
        self.told: set[str] = set()
        # the reports of knowledge not begun yet, by whoever makes one of what it knows itself; under −1 every one
        self._waiting: dict[int, list[int]] = {-1: []}
        for place, report in enumerate(self.all):
            if report.starts == "knowledge":
                self._waiting[-1].append(place)
                self._waiting.setdefault(report.by, []).append(place)
        self._corrections = 0
        self._correcting = 0  # corrections under way
        self._reported: tuple[int, int, Figures] | None = None  # as of when, by which row, which figures
        self._filed: list[tuple[int, Raw, Figures]] = []
        self._happened: list[str] = []
        self._ended = False

    @property
    def over(self) -> bool:
        """Whether nothing more is to follow up: the response is over, or the city commands."""
        command = self.drill.command
        return command.terminated is not None or command.handover.done is not None

    # --- what begins a report

    def receive(self, row: Raw) -> None:
        """Begin the reports whose clock runs from reception; `row` is the desk's first pick-up."""
        for place, report in enumerate(self.all):
            if report.starts == "reception":
                self._begin(place, row)

    def judge(self, changed: dict[int, Raw]) -> None:
        """Begin the reports that what the office has learnt in this wave calls for."""
        if self._waiting[-1]:
            self._look(self.drill.command.office_picture(), changed, -1)

    def hear(self, holder: int, changed: dict[int, Raw]) -> None:
        """Begin the reports that a unit makes of what it has learnt itself, before the office knows."""
        if self._waiting.get(holder):
            self._look(self.drill.picture(holder), changed, holder)

    def _look(self, picture: Picture, changed: dict[int, Raw], holder: int) -> None:
        for place in list(self._waiting[holder]):
            report = self.all[place]
            if report.every is not None and self.over:
                continue
            if report.when is None or report.when.test(picture.values, picture.known):
                facts = report.when.facts if report.when is not None else ()
                rows = [changed[fact] for fact in facts if fact in changed] or list(changed.values())
                self._waiting[-1].remove(place)
                self._waiting[report.by].remove(place)
                self._begin(place, max(rows, key=seq_of), holder)

    def finish(self) -> None:
        """Begin the final reports, once the response is over."""
        terminated = self.drill.command.terminated
        if terminated is None or self._ended:
            return
        self._ended = True
        for place, report in enumerate(self.all):
            if report.starts == "terminated":
                self._begin(place, terminated)

    def _begin(self, place: int, cause: Raw, holder: int = -1, number: int = 1) -> None:
        filing = Filing(self.drill, place, number, holder)
        self.drill.start(filing.key(number), filing.life(cause))

    # --- what was reported

    def note(self, event: str) -> None:
        """Queue that an event has happened that a report may tell of."""
        self._happened.append(event)
        self.drill.command.want_settle()

    def filed(self, row: Raw, as_of: int, figures: Figures, *, correction: bool = False) -> None:
        """Queue that figures were reported up: those that stood at the tick `as_of`."""
        self._correcting -= correction
        self._filed.append((as_of, row, figures))
        self.drill.command.want_settle()

    def settle(self) -> None:
        """Take in what has happened and what was filed in this wave; correct what is no longer so."""
        self.told.update(self._happened)
        self._happened.clear()
        if self._filed:
            filed, self._filed = sorted(self._filed, key=lambda item: seq_of(item[1])), []
            for as_of, row, figures in filed:
                if self._reported is None or as_of >= self._reported[0]:
                    self._reported = (as_of, seq_of(row), figures)
            self.compare(filed[-1][1])

    def compare(self, cause: Raw) -> None:
        """Begin a correction if the approved figures no longer are those reported up last, by anybody."""
        approved = self.drill.command.ledger.approved
        if approved is None or self._reported is None or self._correcting or approved == self._reported[2]:
            return
        corrections = [place for place, report in enumerate(self.all) if report.starts == "correction"]
        self._corrections += 1
        for place in corrections:
            self._correcting += 1
            self._begin(place, cause, number=self._corrections)
