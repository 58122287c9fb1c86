"""Gaps of capacity: a first report that waited, a commander out of reach, too few teams or operators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.plan.compiled import Actor, Pool
from sim.plan.durations import MINUTE
from sim.record.tasks import Span, TaskRecord
from sim.review.dispatch import OWN_LIMIT
from sim.review.drill import Drill
from sim.review.gap import Gap
from sim.review.names import team

BRIEF: Final = MINUTE
"""Ticks of waiting that are not worth a line; this project's own (自定)."""
LONG: Final = 5 * MINUTE
"""Ticks of waiting for an operator that are grave where life depends on the duty; our own (自定)."""
MOST: Final = 8
"""Waits named as evidence, the longest first."""


def capacity_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield the gaps of capacity: command first, then teams by unit, then operators."""
    yield from _report_waited(drill)
    yield from _vacancy(drill)
    yield from _teams(drill)
    yield from _operators(drill)


def _report_waited(drill: Drill) -> Iterator[Gap]:
    record = drill.record("desk.report_up#1")
    if record is None or record.waited("operator") == 0:
        return
    span = next(span for span in record.spans if span.kind == "operator")
    busy = [r for r in drill.timeline.records if r is not record and _held_operator(r, span, _hands(drill))]
    waited = record.waited("operator") / MINUTE
    yield Gap(
        "G302", "major", span.begin, drill.desk, "desk.report_up", task=record.task, actual=waited,
        evidence=(span.seq, *(r.seqs["started"] for r in busy if "started" in r.seqs)), reason="desk_busy",
        priority=0, key=("report_waited",),
        values={"unit": drill.names.unit(drill.desk), "waited": waited,
                "busy": tuple(drill.names.task(r.task) for r in busy)},
    )  # fmt: skip


def _hands(drill: Drill) -> tuple[str, ...]:
    """How the tasks begin that hold an operator as they work, not only as they call: steps of the desk and reports."""
    reports = drill.plan.arrangements.reports
    return ("desk.", *(f"report.{report.id}#" for report in reports if report.hands))


def _held_operator(record: TaskRecord, span: Span, hands: tuple[str, ...]) -> bool:
    kinds = ("work",) if record.task.startswith(hands) else ("call",)
    return any(s.kind in kinds and s.begin < span.end and s.end > span.begin for s in record.spans)


def _vacancy(drill: Drill) -> Iterator[Gap]:
    for row in drill.rows_of("substituted"):
        post = str(row.detail["for"])
        calls = [r for r in drill.rows_of("call_begun") if r.detail.get("who") == post and r.seq < row.seq]
        tries = [
            r for r in drill.rows_of("call_unanswered") if r.detail.get("who") == post and r.seq < row.seq
        ]
        lost = (row.t - calls[0].t) / MINUTE if calls else 0.0
        yield Gap(
            "G303", "major", row.t, post, actual=lost, evidence=(*(r.seq for r in tries), row.seq),
            reason="vacant", clause=_acting_clause(drill), priority=0, key=("vacancy",),
            values={"post": drill.names.unit(post), "acting": drill.names.unit(row.unit), "tries": len(tries),
                    "lost": lost, "t": row.t / MINUTE},
        )  # fmt: skip


def _acting_clause(drill: Drill) -> str:
    """The clause of the acting body that names the commander's post."""
    command = drill.plan.command
    titles = [post.title for post in drill.plan.posts if post.holder == command.commander]
    quotes = [o.quote for o in drill.plan.outside if o.actor == command.acting and o.reason == "command"]
    return next((quote for quote in quotes for title in titles if title in quote), "")


def _teams(drill: Drill) -> Iterator[Gap]:
    for pool in drill.plan.pools:
        unit = drill.plan.actors[pool.actor]
        own = [record for record in drill.timeline.records if record.unit == unit.name]
        waiting = [(record, spans) for record in own if (spans := team_waits(record, pool.name))]
        if waiting:
            yield _shortage(drill, pool, unit, waiting)


def team_waits(record: TaskRecord, team_name: str) -> tuple[Span, ...]:
    """Return the spans in which a task waited for a team of this kind, alone or with others."""
    return tuple(
        span for span in record.spans
        if span.kind.startswith("team:") and team_name in span.kind.removeprefix("team:").split("+")
    )  # fmt: skip


def _length(spans: tuple[Span, ...]) -> int:
    return sum(span.end - span.begin for span in spans)


def _shortage(
    drill: Drill, pool: Pool, unit: Actor, waiting: list[tuple[TaskRecord, tuple[Span, ...]]]
) -> Gap:
    longest, spans = max(waiting, key=lambda item: _length(item[1]))
    duty = drill.names.duties[longest.duty]
    waited = _length(spans) / MINUTE
    return Gap(
        "G401", "major" if duty.priority <= 2 else "minor", min(spans[0].begin for _, spans in waiting),
        unit.name, longest.duty, longest.need, longest.task, expected=0.0, actual=waited,
        evidence=tuple(span.seq for _, spans in waiting for span in spans), reason="few_teams",
        clause=duty.quote, priority=duty.priority, invited=drill.names.invited(unit.name),
        key=("late", spans[0].kind, unit.name),
        values={"unit": unit.label, "team": team(pool.name), "size": pool.size, "count": len(waiting),
                "duty": duty.label, "waited": waited,
                "total": sum(_length(spans) for _, spans in waiting) / MINUTE},
    )  # fmt: skip


def _operators(drill: Drill) -> Iterator[Gap]:
    lengths = {r.task: r.waited("operator") for r in drill.timeline.records if r.duty}
    waiting = sorted((task for task in lengths if lengths[task] > BRIEF), key=lambda task: -lengths[task])
    if not waiting:
        return
    records = {record.task: record for record in drill.timeline.records}
    longest = records[waiting[0]]
    grave = any(
        drill.names.duties[records[task].duty].priority <= 2 and lengths[task] > LONG for task in waiting
    )
    spans = [next(s for s in records[task].spans if s.kind == "operator") for task in waiting]
    yield Gap(
        "G402", "major" if grave or lengths[longest.task] > OWN_LIMIT else "minor",
        min(span.begin for span in spans), drill.desk, need=longest.need, task=longest.task,
        actual=lengths[longest.task] / MINUTE, evidence=tuple(span.seq for span in spans[:MOST]),
        reason="few_operators", priority=1, key=("late", "operator", ""),
        values={"unit": drill.names.unit(drill.desk), "count": len(waiting),
                "waited": lengths[longest.task] / MINUTE, "duty": drill.names.duty(longest.duty),
                "total": sum(lengths[task] for task in waiting) / MINUTE},
    )  # fmt: skip
