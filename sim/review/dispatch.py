"""Gaps of sending: duties not dispatched, units not reached, tasks never begun, needs that nobody owns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sim.plan.compiled import Duty, Need
from sim.plan.durations import MINUTE
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row
from sim.review.drill import Drill
from sim.review.gap import Gap
from sim.review.names import both
from sim.review.replay import Interval, Step, intervals, latch
from sim.words.events import STAGES

OWN_LIMIT: Final = 15 * MINUTE
"""Ticks after which news that has not come, or a task not begun, is shown; this project's own (自定)."""


def dispatch_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield the gaps of sending, in order of the plan's needs, duties and tasks."""
    for place, need in enumerate(drill.plan.needs):
        yield from _without_owner(drill, place, need)
    done = {record.duty for record in drill.timeline.records}
    for duty in drill.plan.duties:
        if duty.id not in done and not duty.each_inject:
            yield from _not_dispatched(drill, duty)
    for record in drill.timeline.records:
        yield from _not_begun(drill, record)
    yield from _unreached(drill)


def _without_owner(drill: Drill, place: int, need: Need) -> Iterator[Gap]:
    raised = drill.rows_of("need_raised", need=need.id)
    serving = [duty for duty in drill.plan.duties if duty.need == place]
    named = [duty for duty in serving if drill.plan.actors[duty.actor].kind != "guest"]
    if not raised or any(duty.lead for duty in named) or (named and not need.lead_required):
        return
    reason = "support_only" if named else "guests_only" if serving else "no_owner"
    units = {drill.plan.actors[duty.actor].name for duty in named or serving}
    yield Gap(
        "G501", "major" if need.lead_required and not named else "minor", raised[0].t, need=need.id,
        evidence=(raised[0].seq,), reason=reason, priority=need.priority, key=("owner", need.id),
        variant=reason,
        values={"need": need.label, "t": raised[0].t / MINUTE,
                "units": tuple(drill.names.unit(unit) for unit in sorted(units))},
    )  # fmt: skip


def _not_dispatched(drill: Drill, duty: Duty) -> Iterator[Gap]:
    need = drill.plan.needs[duty.need]
    held = intervals(wanted(drill, need, duty), drill.plan, drill.truth, drill.last_for(need))
    longest = max(held, key=lambda interval: interval.end - interval.begin, default=None)
    if longest is None or longest.end - longest.begin <= OWN_LIMIT:
        return  # there was no time to send anybody: not evaluated, as a clock that has not run out
    if not duty.lead and _served(drill, duty.need):
        return  # others saw to the need before support was called for
    unit = drill.plan.actors[duty.actor]
    reason, facts = _why_not(drill, need, duty, longest)
    yield Gap(
        "G101", "major" if duty.lead else "minor", longest.begin, unit.name, duty.id, need.id,
        evidence=(longest.seq,), reason=reason, clause=duty.quote, priority=duty.priority,
        invited=drill.names.invited(unit.name), key=("dispatch", reason, need.id),
        values={"unit": unit.label, "duty": duty.label, "need": need.label, "facts": facts,
                "t": longest.begin / MINUTE, "lasted": (longest.end - longest.begin) / MINUTE},
    )  # fmt: skip


def _served(drill: Drill, need: int) -> bool:
    serving = {duty.id for duty in drill.plan.duties if duty.need == need}
    return any(r.duty in serving and "started" in r.stages for r in drill.timeline.records)


def wanted(drill: Drill, need: Need, duty: Duty) -> Step:
    """Return the step of a duty: its need truly stands, and its own condition truly holds."""
    raised = latch(need, drill.sure)
    state = [False]

    def step(_: bool, values: Sequence[Any]) -> bool:
        state[0] = raised(state[0], values)
        return state[0] and (duty.condition is None or duty.condition.test(values, drill.sure))

    return step


def _why_not(drill: Drill, need: Need, duty: Duty, held: Interval) -> tuple[str, tuple[Any, ...]]:
    activated = drill.moments.activated
    if not duty.alarm and (activated is None or activated.t >= held.end):
        return ("not_activated" if activated is None else "activated_late"), ()
    raised = drill.rows_of("need_raised", need=need.id)
    watched = set(duty.condition.facts if duty.condition and raised else need.when.facts)
    actor = drill.plan.actors[duty.actor].name if duty.alarm else drill.headquarters
    unknown = tuple(
        drill.names.fact(f) for f in sorted(watched) if drill.unknown(actor, f, held.begin, held.end)
    )
    if unknown:
        return ("unit_unaware" if duty.alarm else "unaware"), unknown
    return ("condition" if raised and duty.condition else "not_raised"), ()


def _not_begun(drill: Drill, record: TaskRecord) -> Iterator[Gap]:
    if record.state == "blocked":
        yield _of_task(drill, record, "G701", "blocked", ("blocked", record.waits_for))
    if record.state != "open" or not record.duty or {"started", "call_unreached"} & set(record.stages):
        return
    silent = "ordered" in record.stages and "acknowledged" not in record.stages
    begun = record.stages["ordered" if silent else "triggered"]
    if drill.moments.closed - begun > OWN_LIMIT and (silent or record.waits_for.partition(":")[0] in _SHORT):
        code = "G103" if silent else "G104"
        yield _of_task(drill, record, code, "", (code, record.unit), begun)


_SHORT: Final = ("operator", "redial", "team", "stock", "halted")
"""Waits in which a task may be left at the close for want of means; one on its way is merely not finished."""


def _of_task(
    drill: Drill, record: TaskRecord, code: str, reason: str, key: tuple[str, ...], begin: int = 0
) -> Gap:
    duty = drill.names.duties[record.duty]
    reached = max((stage for stage in record.stages if stage in STAGES), key=lambda stage: record.seqs[stage])
    return Gap(
        code, "major" if duty.lead or duty.priority <= 2 else "minor", record.end, record.unit, record.duty,
        record.need, record.task, evidence=tuple(sorted({record.seqs["triggered"], record.seqs[reached]})),
        reason=reason, waits=drill.waits(record, begin, drill.moments.closed), clause=duty.quote,
        priority=duty.priority, invited=drill.names.invited(record.unit), key=key,
        values={"unit": drill.names.unit(record.unit), "duty": duty.label, "stage": both(STAGES, reached),
                "waits": drill.names.wait(record.waits_for), "t": record.stages[reached] / MINUTE},
    )  # fmt: skip


def _unreached(drill: Drill) -> Iterator[Gap]:
    answered = {row.unit: row.t for row in drill.rows_of("call_answered")}
    seen: dict[str, list[Row]] = {}
    for row in drill.rows_of("call_unreached"):
        seen.setdefault(row.unit, []).append(row)
    for unit, rows in seen.items():
        tries = [
            row for row in drill.rows_of("call_unanswered") if row.unit == unit and row.seq < rows[-1].seq
        ]
        cut = sorted({row.detail["network"] for row in tries if "network" in row.detail})
        duty = drill.names.duties.get(rows[0].duty)
        back = answered.get(unit, -1)
        yield Gap(
            "G102", "minor" if back > rows[-1].t else "major", rows[0].t, unit, rows[0].duty, rows[0].need,
            rows[0].task, evidence=tuple(row.seq for row in rows),
            reason="network_down" if cut else "no_answer",
            clause=duty.quote if duty else "", priority=duty.priority if duty else 9,
            invited=drill.names.invited(unit), key=("unreached", unit),
            values={"unit": drill.names.unit(unit), "t": rows[0].t / MINUTE, "tries": len(tries),
                    "failed": sum("network" in row.detail for row in tries), "networks": tuple(cut)},
        )  # fmt: skip
