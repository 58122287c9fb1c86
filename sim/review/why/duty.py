"""Why a duty was carried out when it was, or never: need, own condition, alarm, prerequisites and waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.plan.compiled import Duty, Label, Prerequisite
from sim.plan.durations import MINUTE
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row
from sim.review.judged import Judged, Span
from sim.review.names import both
from sim.review.why.answers import answer, need
from sim.review.why.case import LANGS, Answer, Case, Reason, Tick
from sim.review.why.sentences import known, missing, unfinished, words
from sim.words.events import STAGES

_TOLD: Final = ("finished", "started", "arrived", "departed", "acknowledged", "ordered", "triggered")


def duty(case: Case, name: str) -> Answer:
    """Return the answer for a duty."""
    given = case.names.duties.get(name)
    if given is None:
        return _outside(case, name)
    tasks = tuple(record for record in case.timeline.records if record.duty == name)
    rows = [row for row in case.drill.rows_of("triggered") if row.duty == name]
    wanted = need(case, case.plan.needs[given.need].id)
    judged = _judged(case, given, rows)
    reasons = [*_sent(case, given, rows), *_why_not(case, given, rows, wanted, judged)]
    for prerequisite in given.after:
        reasons.append(_prerequisite(case, prerequisite))
    reasons += [reason for record in tasks for reason in unfinished(case, record)]
    for place in given.breaks:
        reasons += [
            Reason("duty.breaks", {"rule": case.plan.law.safety[place].label}),
            broken(case, place, given),
        ]
    path = case.drill.causes.path(_last(tasks[0])) if tasks else ()
    label = case.names.whose(name)
    nested = () if given.each_inject else (wanted,)
    return answer(case, name, "duty", label, rows, judged, reasons, tasks=tasks, path=path, nested=nested)


def broken(case: Case, place: int, given: Duty) -> Reason:
    """Say whether a duty that the scenario plays as breaking a rule broke it in this drill, or why it did not."""
    rule = case.plan.law.safety[place]
    rows = [
        row
        for row in case.drill.rows_of("safety_broken")
        if (row.detail["rule"], row.duty) == (rule.id, given.id)
    ]
    values = {"duty": case.names.whose(given.id), "rule": rule.label}
    if rows:
        return Reason(
            "breaks.done", {**values, "at": Tick(rows[0].t), "count": len(rows), "row": rows[0].seq}
        )
    begun = [row for row in case.drill.rows_of("started") if row.duty == given.id]
    if begun:
        return Reason("breaks.unbarred", {**values, "at": Tick(begun[0].t), "row": begun[0].seq})
    sent = any(record.duty == given.id for record in case.timeline.records)
    return Reason("breaks.not-begun" if sent else "breaks.not-sent", values)


def _outside(case: Case, name: str) -> Answer:
    given = next(one for one in case.plan.outside if one.id == name)
    unit = case.plan.actors[given.actor].label
    label: Label = {lang: f"{unit[lang]}·{given.label.get(lang) or given.label['zh']}" for lang in LANGS}
    rows = [row for row in case.drill.rows_of("aftercare") if row.detail["duty"] == name]
    reasons = [Reason(f"outside.{given.reason}", {})]
    reasons += [Reason("outside.entered", {"date": row.detail["date"], "row": row.seq}) for row in rows]
    entries = [entry for entry in case.plan.arrangements.aftercare if entry.duty == name]
    if entries and not rows:
        if case.drill.moments.activated is None:
            reasons.append(Reason("outside.not-activated", {}))
        else:
            reasons.append(Reason("outside.not-entered", {"when": words(case, entries[0].when)}))
    # its rows stand among the reasons: an entry in a ledger is not the duty carried out
    return answer(case, name, "duty", label, (), (), reasons)


def _sent(case: Case, given: Duty, rows: Sequence[Row]) -> list[Reason]:
    if not rows:
        return [Reason("duty.alarm" if given.alarm else "duty.on-order", {})]
    return [Reason("duty.by-alarm" if rows[0].detail.get("by") == "alarm" else "duty.by-order", {})]


def _judged(case: Case, given: Duty, rows: Sequence[Row]) -> list[Judged]:
    """The conditions of a duty: on its own unit's picture where it went on the alarm, else on headquarters'."""
    wanted, unit = case.plan.needs[given.need], case.plan.actors[given.actor].name
    if given.each_inject:
        return []
    alarm = given.alarm and (not rows or rows[0].detail.get("by") == "alarm")
    judged = []
    if alarm:
        during: tuple[Span, ...] = ((0, case.drill.last),)
        judged.append(known(case, "alarm", wanted.when, rows, during, unit))
        if given.condition is not None:
            judged.append(known(case, "alarm.own", given.condition, rows, during, unit))
    if given.condition is not None and (not alarm or not rows):
        judged.append(known(case, "own", given.condition, rows, _raised(case, given)))
    return judged


def _raised(case: Case, given: Duty) -> tuple[Span, ...]:
    """When the need of a duty stood; the whole drill where it never did."""
    name = case.plan.needs[given.need].id
    over = [row.t for row in case.drill.rows_of("need_over", need=name)]
    spans = tuple(
        (row.t, next((t for t in over if t >= row.t), case.drill.last_for(case.plan.needs[given.need])))
        for row in case.drill.rows_of("need_raised", need=name)
    )
    return spans or ((0, case.closed),)


def _why_not(
    case: Case, given: Duty, rows: Sequence[Row], wanted: Answer, judged: Sequence[Judged]
) -> list[Reason]:
    if rows:
        return []
    if given.each_inject:
        return [Reason("duty.no-inject", {})]
    if not wanted.fired:
        return [Reason("duty.no-need", {"need": wanted.name})]
    own = next((one for one in judged if one.role == "own"), None)
    if own is not None and not own.spans:
        return [Reason("duty.own-never", {}), *missing(own)]
    return [Reason("duty.not-due", {"need": wanted.name})]


def _prerequisite(case: Case, given: Prerequisite) -> Reason:
    """Say when a prerequisite was reached, or that it never was."""
    duty_id = case.plan.duties[given.duty].id
    seqs = [r.seqs[given.stage] for r in case.timeline.records if r.duty == duty_id and given.stage in r.seqs]
    values = {"what": case.names.whose(duty_id), "stage": both(STAGES, given.stage)}
    if not seqs:
        ordered = any(record.duty == duty_id for record in case.timeline.records)
        return Reason("prerequisite.open" if ordered else "prerequisite.never-sent", values)
    row = next(row for row in case.timeline.rows if row.seq == min(seqs))
    return Reason("prerequisite.reached", {**values, "at": Tick(row.t), "row": row.seq})


def _last(record: TaskRecord) -> int:
    """The row of the last stage that a task reached."""
    return next(record.seqs[stage] for stage in _TOLD if stage in record.seqs)


def waited(record: TaskRecord) -> list[tuple[str, float]]:
    """Return the waits of a task that are neither the road nor work, with their minutes, the longest first."""
    found: dict[str, int] = {}
    for span in record.spans:
        if span.kind not in ("travel", "setup", "work"):
            found[span.kind] = found.get(span.kind, 0) + span.end - span.begin
    return sorted(
        ((kind, ticks / MINUTE) for kind, ticks in found.items()), key=lambda item: (-item[1], item[0])
    )
