"""How a value came into a picture: what made it true, who told it, and how long the news took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sim.record.timeline import Row
from sim.review.pictures import Mark, Pictures

_DEEPEST: Final = 50
"""Rows followed back from a piece of news to where it came from."""
_RECEIVED: Final = "desk.receive#"


@dataclass(frozen=True, slots=True)
class News:
    """A value and its way. `how` is made (it became true), report, told, verified, conference, passed, timer, unclear.

    `row` is the row that brought it at tick `t`, `origin` the act, the report or the inject it came from, `since` the
    tick from which it was truly so (None where it was not).
    """

    place: int
    value: Any
    t: int
    how: str
    row: Row
    origin: Row
    since: int | None

    @property
    def delay(self) -> int | None:
        """Ticks from when it was truly so until it was known; None where it was not so, or for the truth itself."""
        return None if self.since is None or self.how in ("made", "timer") else max(0, self.t - self.since)


class Trace:
    """Follows values of one drill back to where they came from."""

    def __init__(self, pictures: Pictures) -> None:
        """Open the rows of a drill."""
        self.pictures, self.drill = pictures, pictures.drill
        self._rows = {row.seq: row for row in self.drill.timeline.rows}
        self._rung = {r.task: r for r in self.drill.rows_of("triggered") if r.task.startswith(_RECEIVED)}

    def news(self, mark: Mark, holder: str) -> News:
        """Return how `mark` came into the picture of `holder`; an empty holder is the truth."""
        row = self._rows[mark.seq]
        how, origin = self._made(row) if not holder else self._told(mark, row, holder)
        return News(mark.place, mark.value, mark.t, how, row, origin, self._since(mark))

    def _made(self, row: Row) -> tuple[str, Row]:
        if row.event != "fact_changed":
            return ("made" if row.event in ("finished", "started") else "timer"), row
        return "made", self._rows.get(row.cause if row.cause is not None else -1, row)

    def _told(self, mark: Mark, row: Row, holder: str) -> tuple[str, Row]:
        if self.drill.plan.facts[mark.place].kind == "pseudo" and row.event != "reported":
            return "timer", row
        at = row
        for _ in range(_DEEPEST):
            if at.event == "reported":
                return "report", at
            if at.event == "inject_given":
                return "told", at
            if at.event == "finished" and at.task.startswith("desk.verify#"):
                return "verified", at
            if at.event == "conference":
                return "conference", at
            if at.event in ("activated", "informed", "acknowledged"):
                return self._passed(mark, at, holder)
            before = self._before(at)
            if before is None:
                break
            at = before
        return "unclear", row

    def _before(self, row: Row) -> Row | None:
        """The row from which the content of `row` came: what rang for a call that the desk received, else its cause.

        The cause of the start of a step that queued is whatever freed the hand (rule 37), in most cases another call.
        """
        if row.task.startswith(_RECEIVED):
            row = self._rung.get(row.task, row)
        return self._rows.get(row.cause) if row.cause is not None else None

    def _passed(self, mark: Mark, row: Row, holder: str) -> tuple[str, Row]:
        """What the desk knew passes to headquarters at the start, what headquarters knows to those it informs."""
        giver = self.drill.desk if holder == self.drill.headquarters else self.drill.headquarters
        before = self.pictures.of(giver).source(mark.place, row.t, row.seq)
        if before is None or giver == holder or holder == self.drill.desk:
            return "passed", row
        how, origin = self._told(before, self._rows[before.seq], giver)
        return (how, origin) if how != "unclear" else ("passed", row)

    def _since(self, mark: Mark) -> int | None:
        """The tick from which the value of `mark` was truly so, up to when it was heard."""
        count = (
            self.drill.plan.facts[mark.place].kind == "count"
        )  # a count is so from when it reaches the value
        since: int | None = None
        for t, value in ((0, self.drill.plan.truth[mark.place]), *self._changes(mark.place, mark.t)):
            so = value >= mark.value if count else value == mark.value
            since = (t if since is None else since) if so else None
        return since

    def _changes(self, place: int, until: int) -> list[tuple[int, Any]]:
        marks = self.pictures.of("").marks
        return [(mark.t, mark.value) for mark in marks if mark.place == place and mark.t <= until]
