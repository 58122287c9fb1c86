"""Gaps of the safety of rescuers: rules broken, long waits for what a rule demands, bad air for too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sim.plan.compiled import Label, SafetyRule
from sim.plan.durations import MINUTE
from sim.record.tasks import Span, TaskRecord
from sim.record.timeline import Row
from sim.review.drill import Drill
from sim.review.gap import Gap
from sim.review.names import both
from sim.review.replay import Step, intervals
from sim.words.events import STATUS

LONG: Final = 5 * MINUTE
"""Ticks of waiting for what a rule demands that are worth a line; this project's own (自定)."""
LIFE: Final = 1
"""The priority of needs in which a life depends on the minute: there a long wait is grave; our own (自定)."""
_WAIT: Final = "safety:"


def safety_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield the gaps of safety, rule by rule."""
    for place, rule in enumerate(drill.plan.law.safety):
        yield from _broken(drill, place, rule)
        if rule.kind != "withdrawal":  # to wait outside while there is danger is no shortfall
            yield from _waited(drill, rule)
        if rule.kind == "exposure":
            yield from _exposed(drill, rule)


def _broken(drill: Drill, place: int, rule: SafetyRule) -> Iterator[Gap]:
    for task, rows in _by_task(
        row for row in drill.rows_of("safety_broken") if row.detail["rule"] == rule.id
    ):
        first, duty = rows[0], drill.names.duties[rows[0].duty]
        yield Gap(
            "G901", "major", first.t, first.unit, first.duty, first.need, task, basis=rule.basis, status=rule.status,
            evidence=tuple(row.seq for row in rows), reason="played_so" if place in duty.breaks else "unequipped",
            clause=duty.quote, priority=duty.priority, invited=drill.names.invited(first.unit),
            key=("broken", rule.id, first.unit),
            values={**_values(drill, rule, first.unit, duty.label), "t": first.t / MINUTE, "count": len(rows)},
        )  # fmt: skip


def _waited(drill: Drill, rule: SafetyRule) -> Iterator[Gap]:
    for record in drill.timeline.records:
        spans = [span for span in record.spans if span.kind == _WAIT + rule.id]
        waited = sum(span.end - span.begin for span in spans)
        if waited > LONG:
            yield _wait(drill, rule, record, spans, waited)


def _wait(drill: Drill, rule: SafetyRule, record: TaskRecord, spans: list[Span], waited: int) -> Gap:
    duty = drill.names.duties[record.duty]
    never = record.state == "open" and record.waits_for == _WAIT + rule.id
    return Gap(
        "G902", "major" if duty.priority <= LIFE else "minor", spans[0].begin, record.unit, record.duty, record.need,
        record.task, basis=rule.basis, status=rule.status, actual=waited / MINUTE,
        evidence=tuple(span.seq for span in spans), reason=f"safety_{rule.kind}", clause=duty.quote,
        priority=duty.priority, invited=drill.names.invited(record.unit), variant="never" if never else "",
        key=("late", _WAIT + rule.id, record.unit),
        values={**_values(drill, rule, record.unit, duty.label), "t": spans[0].begin / MINUTE,
                "waited": waited / MINUTE, "facts": _facts(drill, rule)},
    )  # fmt: skip


def _facts(drill: Drill, rule: SafetyRule) -> tuple[Label, ...]:
    """What a rule waits for: what it requires, else what must be over."""
    real = [place for place in (rule.requires or rule.when).facts if drill.plan.facts[place].kind != "pseudo"]
    return tuple(drill.names.fact(place) for place in real)


def _exposed(drill: Drill, rule: SafetyRule) -> Iterator[Gap]:
    for task, rows in _by_task(row for row in drill.rows_of("unrelieved") if row.detail["why"] == rule.id):
        first, duty = rows[0], drill.names.duties[rows[0].duty]
        over = _end(drill, rule, first) - first.t
        if over > 0:
            allowed = float(first.detail["after"])
            yield Gap(
                "G903", "major" if over > LONG else "minor", first.t, first.unit, first.duty, first.need, task,
                basis=rule.basis, status=rule.status, expected=allowed, actual=allowed + over / MINUTE,
                evidence=tuple(row.seq for row in rows), reason="no_relief", clause=duty.quote,
                priority=duty.priority, invited=drill.names.invited(first.unit),
                key=("exposed", rule.id, first.unit),
                values={**_values(drill, rule, first.unit, duty.label), "t": first.t / MINUTE,
                        "limit": allowed, "over": over / MINUTE},
            )  # fmt: skip


def _end(drill: Drill, rule: SafetyRule, since: Row) -> int:
    """The tick at which bad air was over for a team: relieved after all, called out, done, the air clean, the close."""
    ends = ("relieved", "withdrawn", "finished", "stood_down")
    later = [
        row.t
        for event in ends
        for row in drill.rows_of(event)
        if row.task == since.task and row.seq > since.seq
    ]
    bad = intervals(_bad_air(drill, rule), drill.plan, drill.truth, drill.moments.closed)
    clean = [each.end for each in bad if each.begin <= since.t <= each.end]
    return min(*later, *clean, drill.moments.closed)


def _bad_air(drill: Drill, rule: SafetyRule) -> Step:
    """Whether a rule of exposure sets a limit to work."""
    return lambda _, values: rule.when.test(values, drill.sure) and values[rule.fact] > rule.bands[0][0]


def _by_task(rows: Iterator[Row]) -> Iterator[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.task, []).append(row)
    yield from found.items()


def _values(drill: Drill, rule: SafetyRule, unit: str, duty: Label) -> dict[str, Any]:
    status = both(STATUS, rule.status)
    return {
        "unit": drill.names.unit(unit), "duty": duty, "rule": rule.label,
        "source": {"zh": f"{rule.basis}，{status['zh']}", "en": f"{rule.basis}, {status['en']}"},
    }  # fmt: skip
