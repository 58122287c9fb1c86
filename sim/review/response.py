"""Gaps of measure: units sent where nothing called for them, a level of response too high or too low.

Over-response is judged on dispatch alone (SEMANTICS 16): a unit told or standing by costs nothing. Both are judged on
what was true, not on what was believed: why it came so is the cause of the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sim.plan.compiled import Level
from sim.plan.durations import MINUTE
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row
from sim.review.dispatch import OWN_LIMIT, wanted
from sim.review.drill import Drill
from sim.review.gap import Gap
from sim.review.replay import Interval, intervals


def response_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield the gaps: duties sent for nothing in order of task, then the level."""
    for record in drill.timeline.records:
        if record.duty and "departed" in record.stages:
            yield from _sent_for_nothing(drill, record)
    levels = drill.plan.arrangements.levels
    if levels:
        yield from _too_high(drill, levels)
        yield from _too_low(drill, levels)


# --- units


def _sent_for_nothing(drill: Drill, record: TaskRecord) -> Iterator[Gap]:
    duty = drill.names.duties[record.duty]
    need = drill.plan.needs[duty.need]
    held = intervals(wanted(drill, need, duty), drill.plan, drill.truth, drill.moments.closed)
    begin, end = record.stages["triggered"], record.end
    if duty.each_inject or any(each.begin <= end and each.end >= begin for each in held):
        return
    raised = [row for row in drill.rows_of("need_raised", need=need.id) if row.t <= begin]
    facts = tuple(
        drill.names.fact(place)
        for place in sorted({*need.when.facts, *(duty.condition.facts if duty.condition else ())})
        if drill.believed_otherwise(place, begin)
    )
    yield Gap(
        "G111", "minor", record.stages["departed"], record.unit, record.duty, record.need, record.task,
        actual=(end - record.stages["departed"]) / MINUTE,
        evidence=(*(row.seq for row in raised[-1:]), record.seqs["departed"]),
        reason="believed" if facts else "no_need", clause=duty.quote, priority=duty.priority,
        invited=drill.names.invited(record.unit), key=("over", record.need),
        values={"unit": drill.names.unit(record.unit), "duty": duty.label, "need": need.label, "facts": facts,
                "t": record.stages["departed"] / MINUTE},
    )  # fmt: skip


# --- levels


class _Stretch(NamedTuple):
    """A stretch of the district's command at one level, −1 for none, and the row that began it."""

    begin: int
    end: int
    level: int
    row: Row | None


def _stretches(drill: Drill, levels: Sequence[Level]) -> list[_Stretch]:
    place = {level.id: i for i, level in enumerate(levels)}
    rows = [row for row in drill.timeline.rows if row.event in ("activated", "level_changed")]
    known = [(row.t, place.get(str(row.detail.get("level", "")), -1), row) for row in rows]
    begun: list[tuple[int, int, Row | None]] = [(0, -1, None), *known]
    ends = [t for t, _, _ in begun[1:]] + [drill.command_end]
    return [_Stretch(t, end, level, row) for (t, level, row), end in zip(begun, ends, strict=True) if end > t]


def _called_for(drill: Drill, levels: Sequence[Level], least: int) -> tuple[Interval, ...]:
    """When the truth called for at least the level at place `least`."""

    def step(_: bool, values: Sequence[Any]) -> bool:
        return any(level.when.test(values, drill.sure) for level in levels[least:])

    return intervals(step, drill.plan, drill.truth, drill.last)


def _too_high(drill: Drill, levels: Sequence[Level]) -> Iterator[Gap]:
    for stretch in _stretches(drill, levels):
        row = stretch.row
        if row is None or stretch.level <= 0:
            continue
        if not any(each.begin <= stretch.end for each in _called_for(drill, levels, stretch.level)):
            yield _level_gap(
                drill,
                "G112",
                levels[stretch.level],
                row.t,
                stretch.end - stretch.begin,
                (row.seq,),
                "level_believed",
            )


def _too_low(drill: Drill, levels: Sequence[Level]) -> Iterator[Gap]:
    reception = drill.moments.reception
    if reception is None:
        return
    for least in range(len(levels) - 1, 0, -1):
        worst = _longest_below(drill, levels, least, reception.t)
        if worst is not None and worst.end - worst.begin > OWN_LIMIT:
            reason = "level_unknown" if _unknown(drill, levels[least], worst) else "level_slow"
            yield _level_gap(
                drill, "G113", levels[least], worst.begin, worst.end - worst.begin, (worst.seq,), reason
            )
            return  # the highest level that was missed says it all


def _longest_below(drill: Drill, levels: Sequence[Level], least: int, since: int) -> Interval | None:
    parts = [
        Interval(max(held.begin, low.begin, since), min(held.end, low.end), held.seq)
        for held in _called_for(drill, levels, least)
        for low in _stretches(drill, levels)
        if low.level < least
    ]
    found: list[Interval] = []
    for part in sorted(part for part in parts if part.end > part.begin):
        if found and found[-1].end == part.begin:
            part = Interval(found[-1].begin, part.end, found.pop().seq)
        found.append(part)
    return max(found, key=lambda part: part.end - part.begin, default=None)


def _unknown(drill: Drill, level: Level, low: Interval) -> bool:
    """Whether headquarters never knew, all that time, what called for the level."""
    return any(drill.unknown(drill.headquarters, fact, low.begin, low.end) for fact in level.when.facts)


def _level_gap(
    drill: Drill, code: str, level: Level, at: int, lasted: int, evidence: tuple[int, ...], reason: str
) -> Gap:
    return Gap(
        code, "major" if code == "G113" else "minor", at, drill.headquarters, status="local",
        expected=OWN_LIMIT / MINUTE if code == "G113" else None, actual=lasted / MINUTE, evidence=evidence,
        reason=reason, priority=1, key=("level", code),
        values={"level": level.label, "t": at / MINUTE, "lasted": lasted / MINUTE, "limit": OWN_LIMIT / MINUTE},
    )  # fmt: skip
