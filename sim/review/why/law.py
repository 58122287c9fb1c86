"""Whether a rule of the safety of rescuers was broken or held somebody back, what came to light after the close, and
which gaps of a kind the review found."""

from __future__ import annotations

from dataclasses import replace

from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.findings import evaluate
from sim.review.gap import Gap
from sim.review.judged import Span
from sim.review.names import both, plain
from sim.review.why.answers import answer
from sim.review.why.case import LANGS, Answer, Case, Reason, Tick
from sim.review.why.duty import broken
from sim.review.why.sentences import held_by, missing, span_of
from sim.words.gaps import TITLES


def safety(case: Case, name: str) -> Answer:
    """Return the answer for a rule of safety: when it held, whom it held back or called out, who broke it."""
    place, rule = next((p, one) for p, one in enumerate(case.plan.law.safety) if one.id == name)
    rows = [row for row in case.drill.rows_of("safety_broken") if row.detail["rule"] == name]
    during: list[Span] = [(0, case.closed)]
    spans = case.judge.spans(rule.when, "", during)
    at = spans[0].begin if spans else case.judge.closest(rule.when, "", during)
    judged = [case.judge.judge("safety", rule.when, "", during, at)]
    reasons = [Reason("safety.source", {"basis": rule.basis})]
    reasons += [span_of("safety.applied", span) for span in spans]
    if not spans:
        reasons += [Reason("safety.never-applied", {}), *missing(judged[0])]
    elif rule.requires is not None:
        judged.append(case.judge.judge("requires", rule.requires, "", during, at, "same"))
    held = _held_back(case, name)
    reasons += [*held, *([held_by(case, name)] if held else []), *_called_out(case, name)]
    for given in case.plan.duties:
        if place in given.breaks:
            reasons.append(broken(case, place, given))
    found = answer(case, name, "safety", rule.label, rows, judged, reasons)
    return replace(found, news=(), before=False)  # what made it apply stands in its parts


def _held_back(case: Case, rule: str) -> list[Reason]:
    """Which tasks stood at the gate for a rule, and for how long."""
    kind, found = f"safety:{rule}", []
    for record in case.timeline.records:
        spans = [span for span in record.spans if span.kind == kind]
        if spans:
            to_close = record.state == "open" and record.spans[-1].kind == kind
            values = {
                "what": case.names.whose(record.duty), "at": Tick(spans[0].begin), "row": spans[0].seq,
                "minutes": record.waited(kind) / MINUTE,
            }  # fmt: skip
            found.append(Reason("safety.held-to-close" if to_close else "safety.held", values))
    return found


def _called_out(case: Case, rule: str) -> list[Reason]:
    """Who came out when the signal was given, whose heads were counted, who was not relieved in time."""
    return [
        Reason(f"safety.{row.event}", {"what": case.names.whose(row.duty), "at": Tick(row.t), "row": row.seq})
        for event, key in (("withdrawn", "rule"), ("head_counted", "rule"), ("unrelieved", "why"))
        for row in case.drill.rows_of(event)
        if row.detail.get(key) == rule
    ]


def aftermath(case: Case, name: str) -> Answer:
    """Return the answer for what comes to light days after the accident."""
    given = next(one for one in case.plan.aftermath if one.id == name)
    told = [row for row in case.drill.rows_of("aftermath") if row.detail["id"] == name]
    regraded = [row for row in case.drill.rows_of("regraded") if told and row.cause == told[0].seq]
    reasons = [Reason("aftermath.message", {"message": given.message})]
    counted = given.day <= given.limit
    reasons.append(Reason("aftermath.counted" if counted else "aftermath.late", {"limit": given.limit}))
    reasons += [
        Reason("aftermath.regraded", {"was": case.names.grade(row.detail["was"]),
                                      "grade": case.names.grade(row.detail["grade"]), "row": row.seq})
        for row in regraded
    ]  # fmt: skip
    if counted and not regraded:
        reasons.append(Reason("aftermath.same-grade", {}))
    found = answer(case, name, "aftermath", plain(given.title), [*told, *regraded], (), reasons)
    return replace(found, outcome=Reason("aftermath.fired", {"day": given.day})) if told else found


def gap(case: Case, code: str) -> Answer:
    """Return the answer for a kind of gap: each one that the review found, with its cause and its rows."""
    reasons: list[Reason] = []
    evidence: dict[int, None] = {}
    found = 0
    for head in evaluate(case.timeline).gaps:
        for one in (head, *head.others):
            if one.code == code:
                found += 1
                evidence.update(dict.fromkeys(one.evidence))
                reasons += _told(one, head)
    rows = _rows(case, evidence)
    if not found:
        return answer(case, code, "gap", both(TITLES, code), (), (), [Reason("gap.none", {})])
    outcome = Reason("gap.fired", {"count": found})
    return replace(
        answer(case, code, "gap", both(TITLES, code), rows, (), reasons), fired=True, outcome=outcome
    )


def _told(one: Gap, head: Gap) -> list[Reason]:
    alone = replace(one, others=())
    statement = {lang: alone.statement(lang) for lang in LANGS}
    found = [Reason("gap.statement", {"at": Tick(one.at), "statement": statement, "severity": one.severity})]
    cause = {lang: alone.cause(lang) for lang in LANGS}
    found += [Reason("gap.cause", {"cause": cause})] if cause["zh"] else []
    if one is not head:
        merged = {lang: f"{head.code} {head.title(lang)}" for lang in LANGS}
        found.append(Reason("gap.merged", {"head": merged}))
    return found


def _rows(case: Case, seqs: dict[int, None]) -> list[Row]:
    return [row for row in case.timeline.rows if row.seq in seqs]
