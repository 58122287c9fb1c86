"""The answers of `sim.review.why`, one a kind of item: its rows, its conditions and the sentences that decide it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sim.plan.compiled import Label
from sim.plan.conditions import Condition
from sim.plan.durations import MINUTE
from sim.plan.grading import NEAR_MISS
from sim.record.timeline import Row
from sim.review.judged import Judged, Span
from sim.review.limits import Limit
from sim.review.names import plain
from sim.review.why.case import LANGS, Answer, Case, Reason, Tick
from sim.review.why.sentences import knowledge, known, missing, since_activation, span_of, started, unfinished
from sim.words import say
from sim.words.why import SAYS

_APPROVED: Final = ("level", "handover")
"""Kinds of items that take an approval after they are called for."""
_NOT_BEGUN: Final = ("reception", "correction", "terminated")
"""What begins a report that has no condition."""


def answer(
    case: Case,
    item: str,
    kind: str,
    name: Label,
    rows: Iterable[Row],
    judged: Iterable[Judged] = (),
    reasons: Iterable[Reason] = (),
    **more: Any,
) -> Answer:
    """Return an answer whose outcome is when it first became true, or that it never did."""
    found, conditions = tuple(rows), tuple(judged)
    outcome = Reason(f"{kind}.never", {})
    if found:
        outcome = Reason(f"{kind}.fired", {"at": Tick(found[0].t), "count": len(found)})
    news = tuple(part for one in conditions for part in case.last_part(one)) if found else ()
    before = bool(found) and not news
    if before:
        news = tuple(part for one in conditions if one.moment != "same" for part in case.grounds(one))
    return Answer(
        case.timeline, item, kind, name, bool(found), outcome, found, tuple(reasons), conditions, news,
        before=before, **more,
    )  # fmt: skip


# --- what is judged on the truth


def inject(case: Case, name: str) -> Answer:
    """Return the answer for an inject."""
    inject = next(inject for inject in case.plan.injects if inject.id == name)
    rows = [row for row in case.drill.rows_of("inject_given") if row.inject == name]
    if inject.when is None:
        event = case.names.mark(inject.delay[0]) if inject.delay else plain("")
        reason = Reason(
            "inject.after" if inject.delay else "inject.timed", {"at": Tick(inject.at or 0), "event": event}
        )
        return answer(case, name, "timed", plain(inject.title), rows, (), [reason])
    during: list[Span] = [(max(0, inject.window[0]), min(inject.window[1], case.closed))]
    at = rows[0] if rows else case.judge.closest(inject.when, "", during, inject.unless)
    judged = [case.judge.judge("when", inject.when, "", during, at)]
    if inject.unless is not None:
        judged.append(case.judge.judge("unless", inject.unless, "", during, at, "same"))
    begin, end = during[0]
    open_ended = begin == 0 and end == case.closed
    reasons = [] if open_ended else [Reason("window", {"begin": Tick(begin), "end": Tick(end)})]
    if not rows:
        reasons += _not_given(case, judged)
    elif begin and rows[0].t == begin and not any(one.turned for one in judged):
        reasons.append(Reason("window.opened", {"at": Tick(begin)}))
    return answer(case, name, "inject", plain(inject.title), rows, judged, reasons)


def _not_given(case: Case, judged: Sequence[Judged]) -> list[Reason]:
    when = judged[0]
    if when.spans and len(judged) > 1:
        return [span_of("inject.held-back", when.spans[0])]
    ever = case.judge.spans(when.condition, "", ((0, case.closed),))
    return [span_of("inject.outside", ever[0])] if ever and not when.spans else missing(when)


def hazard(case: Case, name: str) -> Answer:
    """Return the answer for a hazard."""
    hazard = next(hazard for hazard in case.plan.hazards if hazard.id == name)
    rows = [row for row in case.drill.rows_of("hazard_tick") if row.detail["hazard"] == name]
    spans = case.judge.spans(hazard.while_, "", ((0, case.closed),))
    at = spans[0].begin if spans else case.judge.closest(hazard.while_, "", ((0, case.closed),))
    judged = case.judge.judge("while", hazard.while_, "", ((0, case.closed),), at)
    reasons = [Reason("hazard.every", {"every": hazard.every / MINUTE})]
    reasons += [span_of("hazard.armed", span) for span in spans]
    if hazard.at_most is not None and len(rows) >= hazard.at_most:
        reasons.append(Reason("hazard.most", {"count": hazard.at_most}))
    if spans and not rows:
        reasons.append(Reason("hazard.short", {"every": hazard.every / MINUTE}))
    reasons += missing(judged) if not spans else []
    return answer(case, name, "hazard", hazard.label, rows, [judged], reasons)


# --- what is judged on what headquarters knew


def need(case: Case, name: str) -> Answer:
    """Return the answer for a need."""
    need = case.names.needs[name]
    rows = case.drill.rows_of("need_raised", need=name)
    during = since_activation(case, case.drill.last_for(need))
    judged = [known(case, "when", need.when, rows, during)]
    reasons = started(case, rows)
    if need.until is not None:
        at = rows[0] if rows else judged[0].t
        judged.append(case.judge.judge("until", need.until, case.hq, during, at, "same"))
    if not rows and judged[0].spans and need.until is not None:
        reasons.append(span_of("need.until", judged[0].spans[0]))
    else:
        reasons += knowledge(case, judged[0], rows[0].t if rows else None)
    reasons += [
        Reason("need.over", {"at": Tick(row.t), "row": row.seq})
        for row in case.drill.rows_of("need_over", need=name)
    ]
    return answer(case, name, "need", need.label, rows, judged, reasons)


def level(case: Case, name: str) -> Answer:
    """Return the answer for a level of response."""
    given = next(level for level in case.plan.arrangements.levels if level.id == name)
    changes = [
        row
        for e in ("activated", "level_changed")
        for row in case.drill.rows_of(e)
        if row.detail.get("level")
    ]
    changes.sort(key=lambda row: row.seq)
    rows = [row for row in changes if row.detail["level"] == name]
    found = called_for(case, name, "level", given.label, given.when, rows, written=bool(changes))
    proposal = _proposal(case, rows[0]) if rows else None
    if proposal is not None:
        return _proposed(case, found, given.when, proposal)
    ranks = {level.id: level.rank for level in case.plan.arrangements.levels}
    above = [row for row in changes if ranks.get(row.detail["level"], 0) > given.rank]
    if rows or not above:
        return found
    values = {
        "level": case.names.level(above[0].detail["level"]),
        "at": Tick(above[0].t),
        "row": above[0].seq,
    }
    others = (
        reason for reason in found.reasons if reason.key != "called-for"
    )  # the higher one answers that call
    return replace(found, reasons=(Reason("level.above", values), *others))


def _proposal(case: Case, row: Row) -> Row | None:
    """The row with which a level was proposed: it was chosen then, though it is reached with the approval."""
    steps = ("desk.activate#", "command.level#")
    path = [step for step in case.drill.causes.path(row.seq) if step.task.startswith(steps)]
    asked = [r for r in case.drill.rows_of("triggered") if path and r.task == path[-1].task]
    return asked[0] if asked else None


def _proposed(case: Case, found: Answer, when: Condition, proposal: Row) -> Answer:
    """Judge a level that was proposed with a row: on the desk's picture with the start, else on headquarters'."""
    holder = case.drill.desk if proposal.task.startswith("desk.") else case.hq
    begin = 0 if holder != case.hq else since_activation(case, 0)[0][0]
    judged = case.judge.judge("when", when, holder, ((begin, case.drill.last),), proposal, "proposed")
    reasons = [Reason("level.proposed", {"at": Tick(proposal.t), "row": proposal.seq})]
    reasons += knowledge(case, judged, proposal.t) if judged.holds else [Reason("level.lowest", {})]
    return answer(case, found.item, "level", found.name, found.rows, [judged], reasons, path=found.path)


def graded(case: Case, name: str) -> Answer:
    """Return the answer for a grade of accidents or a near miss."""
    law = case.plan.law
    rows = [row for row in case.drill.rows_of("graded") if name in row.detail.get("grades", ())]
    if name == NEAR_MISS and law.near_miss is not None:
        return called_for(case, name, "graded", law.near_miss.label, law.near_miss.when, rows)
    grade = next(grade for grade in law.grades if grade.id == name)
    return called_for(case, name, "graded", grade.label, grade.when, rows)


def report(case: Case, name: str) -> Answer:
    """Return the answer for a report of the office."""
    report = next(report for report in case.plan.arrangements.reports if report.id == name)
    rows = [row for row in case.drill.rows_of("report_filed") if row.detail.get("report") == name]
    begun = [row for row in case.timeline.rows if row.event == "triggered"]
    begun = [row for row in begun if row.task.startswith(f"report.{name}#")]
    reasons = [Reason(f"report.{report.starts}", {})]
    reasons += [Reason("report.begun", {"at": Tick(row.t), "row": row.seq}) for row in begun]
    if not begun and report.starts in _NOT_BEGUN and not rows:
        reasons.append(Reason(f"report.no-{report.starts}", {}))
    records = [record for record in case.timeline.records if record.task.startswith(f"report.{name}#")]
    reasons += [reason for record in records for reason in unfinished(case, record)]
    if report.when is None:
        return answer(case, name, "report", report.label, rows, (), reasons)
    holder = _knew(case, begun[0]) if begun else ""
    found = called_for(case, name, "report", report.label, report.when, begun or rows, holder=holder)
    return answer(case, name, "report", report.label, rows, found.judged, [*reasons, *found.reasons])


def _knew(case: Case, begun: Row) -> str:
    """Whose knowledge began a report: that of whoever learnt the last of it, else of the office at that time."""
    cause = next((row for row in case.timeline.rows if row.seq == begun.cause), begun)
    if cause.event in ("learnt", "told", "reported"):
        return cause.unit
    activated = case.drill.moments.activated
    return case.hq if activated is not None and activated.seq < begun.seq else case.drill.desk


def called_for(
    case: Case, name: str, kind: str, label: Label, when: Condition, rows: Sequence[Row], *,
    written: bool = True, holder: str = "",
) -> Answer:  # fmt: skip
    """Answer for what the known situation calls for and the timeline may or may not have rows of (`written`).

    Before the response is started the office knows what the duty desk does.
    """
    if not holder:
        holder = _holder(case, rows)
    begin = 0 if holder != case.hq else since_activation(case, 0)[0][0]
    during = ((begin, case.drill.last),)
    held = [span.begin for span in case.judge.spans(when, holder, during) if rows and span.begin <= rows[0].t]
    # it takes time from being called for to being approved; a grade or a report follows at once
    approved = kind in _APPROVED and bool(held) and held[-1] < rows[0].t
    judged = known(case, "when", when, rows, during, holder, held[-1] if approved else None)
    reasons = [*started(case, rows)] if holder == case.hq else []
    reasons += knowledge(case, judged, (judged.t if approved else rows[0].t) if rows else None)
    if not rows and judged.spans:
        known_by = {**span_of("", judged.spans[0]).values, "holder": case.names.unit(holder)}
        reasons.append(Reason("called-for" if written else "no-rows", known_by))
    path = case.drill.causes.path(rows[0].seq) if rows and kind in ("level", "handover") else ()
    return answer(case, name, kind, label, rows, [judged], reasons, path=path)


def _holder(case: Case, rows: Sequence[Row]) -> str:
    """Return on whose picture a row of the office was written: the desk's before the response, else headquarters'.

    A unit that reports what it has learnt itself goes by its own.
    """
    if not rows:
        return case.hq
    first, activated = rows[0], case.drill.moments.activated
    if first.unit not in (case.drill.desk, case.hq):
        cause = next((row for row in case.timeline.rows if row.seq == first.cause), first)
        return first.unit if cause.unit == first.unit else case.hq
    return case.drill.desk if activated is None or first.seq < activated.seq else case.hq


def norm(case: Case, name: str) -> Answer:
    """Return the answer for a norm."""
    norm = next(norm for norm in case.plan.norms if norm.id == name)
    limits = [limit for limit in case.drill.limits if limit.norm == name]
    reasons = [Reason("norm.source", {"basis": norm.basis, "text": norm.text})]
    for limit in limits:
        key = (
            f"norm.{limit.verdict}" if limit.actual is not None or limit.verdict == "missed" else "norm.open"
        )
        values = {
            "task": case.names.task(limit.task) if limit.task else _between(case, limit),
            "unit": case.names.unit(limit.unit),
            "begin": Tick(limit.begin or 0), "used": limit.passed / MINUTE, "within": (limit.within or 0) / MINUTE,
        }  # fmt: skip
        reasons.append(Reason(key, values))
    if not limits:
        reasons.append(Reason("norm.none", {}))
    judged = []
    if norm.when is not None:
        spans = case.judge.spans(norm.when, "", ((0, case.closed),))
        at = spans[0].begin if spans else case.judge.closest(norm.when, "", ((0, case.closed),))
        judged.append(case.judge.judge("binds", norm.when, "", ((0, case.closed),), at))
    seqs = {seq for limit in limits if limit.verdict == "missed" for seq in limit.evidence}
    rows = [row for row in case.timeline.rows if row.seq in seqs]
    return answer(case, name, "norm", norm.label, rows, judged, reasons)


def _between(case: Case, limit: Limit) -> Label:
    """What a limit between two events measures; it is on no task."""
    since, by = case.names.mark(limit.start), case.names.mark(limit.stop)
    return {lang: say(SAYS, "norm.between", lang, since=since[lang], by=by[lang]) for lang in LANGS}
