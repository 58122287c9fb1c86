"""Why the response was started, handed over or ended when it was, or never."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.names import both
from sim.review.why.answers import answer, called_for
from sim.review.why.case import Answer, Answering, Case, Reason, Tick
from sim.review.why.office import conference, field
from sim.review.why.sentences import knowledge, known, missing, since_activation, span_of, started
from sim.words.why import NAMES


def command(case: Case, name: str) -> Answer:
    """Return the answer for one of `COMMAND`."""
    return _COMMAND[name](case, name)


def _activated(case: Case, name: str) -> Answer:
    rows, drill = case.drill.rows_of("activated"), case.drill
    steps = {row.task: row for row in drill.rows_of("finished") if row.task.startswith("desk.")}
    assessed, proposed = steps.get("desk.assess#1"), None
    proposed = next((r for r in drill.rows_of("triggered") if r.task == "desk.activate#1"), None)
    begin = assessed.t if assessed is not None else 0
    during = ((begin, case.closed),)
    judged = known(
        case, "activate", case.plan.command.activate_when, [proposed] if proposed else [], during, drill.desk
    )
    reasons = []
    if drill.moments.reception is None:
        reasons.append(Reason("desk.never-rung", {}))
    elif assessed is None:
        reasons.append(Reason("desk.not-assessed", {}))
    if proposed is None:
        reasons += missing(judged)
    reasons += [_signed(case, row) for row in rows]
    path = drill.causes.path(rows[0].seq) if rows else ()
    return answer(case, name, "activated", both(NAMES, name), rows, [judged], reasons, path=path)


def _signed(case: Case, row: Row) -> Reason:
    values = {key: case.names.unit(str(row.detail.get(key, ""))) for key in ("approver", "acting_for")}
    return Reason("signed.acting" if "acting_for" in row.detail else "signed", values)


def _handover(case: Case, name: str) -> Answer:
    given = case.plan.arrangements.handover
    rows = [*case.drill.rows_of("handed_over")]
    asked = case.drill.rows_of("handover_requested")
    label = both(NAMES, name)
    if given is None:
        return answer(case, name, "handover", label, rows, (), [Reason("handover.none", {})])
    found = called_for(case, name, "handover", label, given.when, asked or rows)
    reasons = [Reason("handover.asked", {"at": Tick(row.t), "row": row.seq}) for row in asked]
    path = case.drill.causes.path(rows[0].seq) if rows else found.path
    return answer(case, name, "handover", label, rows, found.judged, [*found.reasons, *reasons], path=path)


def _terminated(case: Case, name: str) -> Answer:
    end, label, rows = case.plan.end, both(NAMES, name), case.drill.rows_of("terminated")
    if end is None:
        return answer(case, name, "terminated", label, rows, (), [Reason("end.none", {})])
    during = since_activation(case, case.closed)
    spans, steps = case.judge.spans(end, case.hq, during), _steps(case)
    declared = min((row.t for row in (*rows, *steps)), default=-1)
    held = next((span for span in reversed(spans) if span.begin <= declared), None)
    at = held.begin if held else case.judge.closest(end, case.hq, during)
    judged = case.judge.judge("end", end, case.hq, during, at)
    hold = case.plan.end_hold / MINUTE
    reasons = [*started(case, rows), Reason("end.hold", {"hold": hold})]
    reasons += [span_of("end.held", span) for span in spans]
    reasons += [
        Reason("step", {"what": case.names.event(row.event), "at": Tick(row.t), "row": row.seq}) for row in steps
    ]  # fmt: skip
    reasons += knowledge(case, judged, judged.t if rows else None)
    return answer(case, name, "terminated", label, rows, [judged], reasons)


def _steps(case: Case) -> list[Row]:
    return [row for event in ("termination_proposed", "expert_opinion") for row in case.drill.rows_of(event)]


_COMMAND: Final[Mapping[str, Answering]] = {
    "activated": _activated, "handover": _handover, "terminated": _terminated, "field": field, "conference": conference,
}  # fmt: skip
COMMAND: Final = tuple(_COMMAND)
"""What of command can be asked about by name."""
