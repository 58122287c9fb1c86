"""Tasks as the timeline tells them: stages reached, waits by name, and the state at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sim.plan.durations import MINUTE

if TYPE_CHECKING:
    from sim.record.timeline import Row

STAGES: Final = ("triggered", "ordered", "acknowledged", "departed", "arrived", "started", "finished")
_ENDS: Final = {
    "finished": "finished",
    "stood_down": "stood_down",
    "blocked": "blocked",
    "open_at_close": "open",
    "call_unreached": "unreached",
}
ASIDE: Final = frozenset(
    ("reported", "call_confirmed", "informed", "standby", "relieved", "unrelieved", "supplied",
     "safety_broken", "head_counted", "report_filed", "published")
)  # fmt: skip
"""Rows about a task that change neither what it does nor its state; a report may follow its end,
and a standby precedes its beginning."""
_REACHED: Final = frozenset(STAGES)
_NAMES_WAIT: Final = frozenset(("waiting", "blocked", "open_at_close"))
_SPAN_AFTER: Final = {
    "call_begun": "call",
    "call_unanswered": "redial",
    "call_answered": "acknowledge",
    "call_unreached": "unreached",  # until a network is back, or the unit hears of it by itself
    "ordered": "acknowledge",
    "relayed": "acknowledge",
    "acknowledged": "setup",  # no time passes where a wait or the road follows
    "departed": "travel",
    "arrived": "setup",
    "started": "work",
    "cycle": "work",
}


@dataclass(frozen=True, slots=True)
class Span:
    """What a task did between two of its rows: a wait by name, or call, acknowledge, travel, setup, work."""

    kind: str
    begin: int
    end: int
    seq: int  # the row that opened it


@dataclass(slots=True)
class TaskRecord:
    """One execution of a duty. `stages` maps each stage reached to its tick (the first time)."""

    task: str
    unit: str
    duty: str
    need: str
    inject: str
    state: str = "open"
    stages: dict[str, int] = field(default_factory=dict)
    seqs: dict[str, int] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    cycles: int = 0
    end: int = 0
    waits_for: str = ""

    def take(self, event: str, t: int, seq: int, waits_for: str) -> None:
        """Go on by one row of the task: its stage, its state, what it waits for."""
        state = _ENDS.get(event)
        if (state is not None or event in _REACHED) and (event == "finished" or event not in self.stages):
            self.stages[event] = t
            self.seqs[event] = seq
        elif event == "cycle":
            self.cycles += 1
        self.end = t
        self.state = state or "open"
        if event in _NAMES_WAIT:
            self.waits_for = waits_for
        elif event == "finished":
            self.waits_for = ""

    def waited(self, kind: str) -> int:
        """Ticks spent in spans of `kind`; a kind ending in ``:`` counts all that begin with it."""
        return sum(
            span.end - span.begin
            for span in self.spans
            if span.kind == kind or (kind.endswith(":") and span.kind.startswith(kind))
        )

    @staticmethod
    def columns() -> tuple[str, ...]:
        """The columns of `as_row`."""
        return (
            "task", "unit", "duty", "need", "inject", "state", *STAGES, "stood_down", "cycles",
            "wait_operator", "wait_answer", "wait_prerequisite", "wait_team", "waits_for",
        )  # fmt: skip

    def as_row(self) -> tuple[Any, ...]:
        """The task as one row of tasks.csv, times in minutes, None where a stage was not reached."""

        def at(stage: str) -> float | None:
            return self.stages[stage] / MINUTE if stage in self.stages else None

        answer = sum(self.waited(kind) for kind in ("call", "redial", "acknowledge"))
        return (
            self.task, self.unit, self.duty, self.need, self.inject, self.state,
            *(at(stage) for stage in STAGES), at("stood_down"), self.cycles,
            self.waited("operator") / MINUTE, answer / MINUTE,
            self.waited("prerequisite:") / MINUTE, self.waited("team:") / MINUTE, self.waits_for,
        )  # fmt: skip


def collect(rows: Iterable[Row]) -> tuple[TaskRecord, ...]:
    """Gather the rows of each task into one record, in order of first appearance."""
    records: dict[str, TaskRecord] = {}
    opened: dict[str, tuple[str, int, int]] = {}
    for row in rows:
        if not row.task or row.event in ASIDE:
            continue
        record = records.get(row.task)
        if record is None:
            record = records[row.task] = begun(row)
        _close_span(record, opened, row)
        record.take(row.event, row.t, row.seq, row.waits_for)
    return tuple(records.values())


def begun(row: Row) -> TaskRecord:
    """Return the record of a task whose first row is `row`."""
    return TaskRecord(row.task, row.unit, row.duty, row.need, row.inject)


def _close_span(record: TaskRecord, opened: dict[str, tuple[str, int, int]], row: Row) -> None:
    begun = opened.pop(record.task, None)
    if begun is not None and row.t > begun[1]:
        record.spans.append(Span(begun[0], begun[1], row.t, begun[2]))
    kind = doing_after(row)
    if kind:
        opened[record.task] = (kind, row.t, row.seq)


def doing_after(row: Row) -> str | None:
    """Return what a task does or waits for from one of its rows on, as the kind of a span; empty where that row ends
    what it did, None for a row that changes nothing of it."""
    if not row.task or row.event in ASIDE:
        return None
    return row.waits_for if row.event == "waiting" else _SPAN_AFTER.get(row.event, "")
