"""Gaps of time: stages late against a norm, expected actions late, reports and other clocks of the law late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sim.plan.compiled import Label
from sim.review.drill import Drill
from sim.review.gap import Gap, Severity
from sim.review.limits import Limit, minutes_of
from sim.review.names import both
from sim.words.events import STATUS
from sim.words.gaps import FROM

_CODES: Final = {
    "acknowledged": "G201", "departed": "G202", "arrived": "G203", "started": "G204", "finished": "G205",
    "ordered": "G207", "triggered": "G207",
}  # fmt: skip
_LAW: Final = ("found", "found-secondary", "computed", "mixed")
_REPORT_UP: Final = "desk.report_up"
_REPORT: Final = "report."


def lateness_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield a gap for every limit that was missed, in the order of the plan's norms and injects."""
    for limit in drill.limits:
        if limit.verdict == "missed":
            yield _late(drill, limit)


def _late(drill: Drill, limit: Limit) -> Gap:
    duty = drill.names.duties.get(limit.duty)
    record = drill.record(limit.task)
    begin = limit.begin or 0
    waits = drill.waits(record, begin, begin + limit.passed) if record else ()
    return Gap(
        code=_code(drill, limit),
        severity=_severity(drill, limit),
        at=begin + (limit.within or 0),
        unit=limit.unit,
        duty=limit.duty,
        need=limit.need,
        task=limit.task,
        norm=limit.norm,
        basis=limit.basis,
        status=limit.status,
        expected=minutes_of(limit.within),
        actual=minutes_of(limit.actual),
        evidence=limit.evidence,
        reason="" if waits else _reason(limit),
        waits=waits,
        clause=duty.quote if duty else "",
        priority=duty.priority if duty else 0,
        invited=drill.names.invited(limit.unit),
        key=_key(drill, limit),
        variant="" if limit.actual is not None else "never",
        values=_values(drill, limit),
    )


def _code(drill: Drill, limit: Limit) -> str:
    if limit.inject:
        return "G206"
    if limit.duty == _REPORT_UP:
        return "G301"
    if limit.duty.startswith(_REPORT):
        return "G312" if limit.actual is None else "G311"
    if limit.stop not in _CODES:  # between two events: the enterprise's clock, or another
        return "G315" if drill.is_guest(limit.unit) else "G316"
    return "G304" if limit.duty.startswith("desk.") else _CODES[limit.stop]


def _severity(drill: Drill, limit: Limit) -> Severity:
    """Major: the first report up, clocks of the law, limits with a written source where life depends on the duty."""
    if limit.duty == _REPORT_UP:
        return "major"
    if limit.duty.startswith(_REPORT) or (limit.stop not in _CODES and not limit.inject):
        return "major" if limit.status in _LAW else "minor"
    duty = drill.names.duties.get(limit.duty)
    return "major" if duty and duty.priority <= 2 and limit.status in _LAW else "minor"


def _reason(limit: Limit) -> str:
    if limit.duty.startswith(_REPORT) and not limit.task:
        return "not_arranged"
    if limit.stop not in _CODES and not limit.inject:
        return "clock_ran_out" if limit.actual is None else "clock_late"
    return "not_done" if limit.actual is None and not limit.task else "done_late"


_SHARED: Final = ("team:", "stock:", "halted:", "prerequisite:", "safety:")
"""Waits that several tasks of a unit may share."""


def _key(drill: Drill, limit: Limit) -> tuple[str, ...]:
    """One cause: what the task waited for longest. Later stages of one task share it with the first."""
    record = drill.record(limit.task)
    if record is None:
        return ("late", limit.unit, limit.duty or limit.norm)
    begin = limit.begin or 0
    longest = drill.causes.waits(limit.task, begin, begin + limit.passed)
    kind = longest[0].kind if longest else ""
    shared = kind.startswith(_SHARED) or kind == "operator"
    return ("late", kind, "" if kind == "operator" else limit.unit) if shared else ("late", limit.task)


def _values(drill: Drill, limit: Limit) -> dict[str, Any]:
    return {
        "unit": drill.names.unit(limit.unit), "duty": drill.names.duty(limit.duty), "label": limit.label,
        "start": _start(drill, limit), "stop": drill.names.mark(limit.stop), "actual": minutes_of(limit.passed),
        "over": minutes_of(limit.over),
        "limit": minutes_of(limit.within), "source": _source(limit), "inject": limit.inject,
    }  # fmt: skip


def _start(drill: Drill, limit: Limit) -> Label:
    return both(FROM, "inject") if limit.inject else drill.names.mark(limit.start)


def _source(limit: Limit) -> Label:
    status = both(STATUS, limit.status)
    if not limit.basis:
        return status
    if status["zh"] in limit.basis:
        return {
            **status,
            "zh": limit.basis,
            "en": f"{limit.basis}, {status['en']}",
        }  # said already, once is enough
    return {"zh": f"{limit.basis}，{status['zh']}", "en": f"{limit.basis}, {status['en']}"}
