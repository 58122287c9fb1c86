"""Why something happened when it did: two decompositions that are never mixed (SEMANTICS 37).

The critical path follows `cause`, the last enabling event, back to the opening; waits for a team are nothing
on it, because it runs through the holder's work. The waits of a task go by the task's own rows, and there
waiting for a call, a team, a prerequisite or the road appears: the sentence of a gap takes these.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.plan.durations import MINUTE
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row, Timeline


class Wait(NamedTuple):
    """What a task spent time on: the kind of span and the minutes."""

    kind: str
    minutes: float


class Causes:
    """Traces any row of a timeline back, and splits any task's time."""

    def __init__(self, timeline: Timeline) -> None:
        """Open `timeline`."""
        self._rows = {row.seq: row for row in timeline.rows}
        self._records = {record.task: record for record in timeline.records}

    def path(self, seq: int) -> tuple[Row, ...]:
        """Return the chain of causes that ends in row `seq`, oldest first; KeyError if it is unknown."""
        chain = [self._rows[seq]]
        while chain[-1].cause is not None and chain[-1].cause < chain[-1].seq:
            chain.append(self._rows[chain[-1].cause])
        return tuple(reversed(chain))

    def waits(self, task: str, begin: int = 0, end: int | None = None) -> tuple[Wait, ...]:
        """Return what `task` spent its time on between two ticks, the longest first."""
        return waits_of(self._records[task], begin, end)


def waits_of(record: TaskRecord, begin: int = 0, end: int | None = None) -> tuple[Wait, ...]:
    """Return what a task spent its time on between two ticks, the longest first; nothing of no length."""
    spent: dict[str, int] = {}
    for span in record.spans:
        ticks = min(span.end, record.end if end is None else end) - max(span.begin, begin)
        if ticks > 0:
            spent[span.kind] = spent.get(span.kind, 0) + ticks
    ordered = sorted(spent.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Wait(kind, ticks / MINUTE) for kind, ticks in ordered)
