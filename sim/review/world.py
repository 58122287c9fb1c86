"""Gaps of the world's friction: a unit that waited for a stock, a team that nobody relieved."""

from __future__ import annotations

from collections.abc import Iterator

from sim.plan.durations import MINUTE
from sim.record.tasks import Span, TaskRecord
from sim.record.timeline import Row
from sim.review.capacity import BRIEF
from sim.review.drill import Drill
from sim.review.gap import Gap

Waits = tuple[Span, ...]


def world_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield the gaps of stocks, by unit and stock as the plan has them, then those of relief, by unit."""
    for stock in drill.plan.stocks:
        unit = drill.plan.actors[stock.actor]
        own = [record for record in drill.timeline.records if record.unit == unit.name]
        waiting = [(record, waits) for record in own if (waits := stock_waits(record, stock.name))]
        if any(_length(waits) > BRIEF for _, waits in waiting):
            yield _shortage(drill, stock.name, unit.name, waiting)
    unrelieved: dict[str, list[Row]] = {}
    for row in drill.rows_of("unrelieved"):
        unrelieved.setdefault(row.unit, []).append(row)
    for unit_name, rows in unrelieved.items():
        yield _no_relief(drill, unit_name, rows)


def stock_waits(record: TaskRecord, name: str) -> Waits:
    """Return the spans in which a task waited for a stock of this name, alone or with others."""
    return tuple(
        span for span in record.spans
        if span.kind.startswith("stock:") and name in span.kind.removeprefix("stock:").split("+")
    )  # fmt: skip


def _length(waits: Waits) -> int:
    return sum(span.end - span.begin for span in waits)


def _shortage(drill: Drill, name: str, unit: str, waiting: list[tuple[TaskRecord, Waits]]) -> Gap:
    longest, waits = max(waiting, key=lambda item: _length(item[1]))
    duty = drill.names.duties[longest.duty]
    return Gap(
        "G403", "major" if duty.priority <= 2 else "minor", min(waits[0].begin for _, waits in waiting), unit,
        longest.duty, longest.need, longest.task, expected=0.0, actual=_length(waits) / MINUTE,
        evidence=tuple(span.seq for _, waits in waiting for span in waits), reason="few_stocks", clause=duty.quote,
        priority=duty.priority, invited=drill.names.invited(unit), key=("late", waits[0].kind, unit),
        values={"unit": drill.names.unit(unit), "stock": drill.names.stock(name), "count": len(waiting),
                "duty": duty.label, "waited": _length(waits) / MINUTE,
                "total": sum(_length(waits) for _, waits in waiting) / MINUTE},
    )  # fmt: skip


def _no_relief(drill: Drill, unit: str, rows: list[Row]) -> Gap:
    longest, held = max(((row, _held(drill, row)) for row in rows), key=lambda item: item[1])
    duty = drill.names.duties[longest.duty]
    return Gap(
        "G404", "major" if duty.priority <= 2 else "minor", rows[0].t, unit, longest.duty, longest.need, longest.task,
        expected=rows[0].detail["after"], actual=held / MINUTE, evidence=tuple(row.seq for row in rows),
        reason="unrelieved", clause=duty.quote, priority=duty.priority, invited=drill.names.invited(unit),
        key=("unrelieved", unit),
        values={"unit": drill.names.unit(unit), "duty": duty.label, "count": len(rows), "held": held / MINUTE,
                "t": rows[0].t / MINUTE},
    )  # fmt: skip


def _held(drill: Drill, row: Row) -> int:
    """How long the team of a task had been at work, since it came or came back, when relief was missing."""
    began = [
        r.t
        for event in ("started", "relieved")
        for r in drill.rows_of(event)
        if r.task == row.task and r.seq < row.seq
    ]
    return row.t - max(began)
