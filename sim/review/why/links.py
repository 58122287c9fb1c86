"""Where a step in a chain of causes waited: its cause is then what let it go on, not what it began with (rule 37)."""

from __future__ import annotations

from typing import NamedTuple

from sim.record.timeline import Row, Timeline


class Link(NamedTuple):
    """A wait that another's row ended: its kind, the rows that began and ended it, and the row with which the task
    itself began (a call without a task begins with its wait)."""

    kind: str
    since: Row
    until: Row
    begun: Row


class Links:
    """The waits of one timeline that were ended by another task's row."""

    def __init__(self, timeline: Timeline) -> None:
        """Note each wait with the row of the same task that follows it."""
        rows = {row.seq: row for row in timeline.rows}
        first: dict[tuple[str, str, str], Row] = {}
        last: dict[tuple[str, str, str], Row] = {}
        self._links: dict[int, Link] = {}
        for row in timeline.rows:
            who = (row.unit, row.duty, row.task)
            before, by = last.get(who), rows.get(row.cause) if row.cause is not None else None
            if before is not None and by is not None and _lets_go(by, before):
                self._links[row.seq] = Link(before.waits_for, before, by, first[who] if row.task else before)
            last[who] = row
            first.setdefault(who, row)

    def of(self, row: Row) -> Link | None:
        """Return the wait that `row` ended, None if it ended none."""
        return self._links.get(row.seq)


def _lets_go(by: Row, waiting: Row) -> bool:
    """Whether `by`, the cause of the row after a row of `waiting`, is another's: then it ended the wait."""
    other = (by.unit, by.duty, by.task) != (waiting.unit, waiting.duty, waiting.task)
    return waiting.event == "waiting" and by.seq > waiting.seq and other
