"""The sentences that several answers share: when it was judged, what was known and missing, what a task waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.plan.compiled import Label
from sim.plan.conditions import Condition
from sim.plan.durations import MINUTE
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row
from sim.review.judged import Judged, Span
from sim.review.replay import Interval, agrees
from sim.review.why.case import LANGS, Case, Reason, Tick
from sim.review.wording import condition_text


def unfinished(case: Case, record: TaskRecord) -> list[Reason]:
    """Say what a task that is open at the close waits for or is at, since when, and what would let it go on."""
    if record.state != "open" or not record.spans:
        return []
    span = record.spans[-1]
    values = {"what": case.names.task(record.task), "wait": case.names.wait(span.kind), "since": Tick(span.begin),
              "row": span.seq}  # fmt: skip
    head, _, rule = span.kind.partition(":")
    more = [held_by(case, rule)] if head == "safety" else []
    return [Reason("task.open", values), *more]


def held_by(case: Case, rule: str) -> Reason:
    """Say what a rule of safety lets work go on with."""
    given = next(one for one in case.plan.law.safety if one.id == rule)
    values = {"rule": given.label, "when": words(case, given.when)}
    if given.kind == "before_entry" and given.requires is not None:
        return Reason("safety.waits.requires", {**values, "requires": words(case, given.requires)})
    return Reason("safety.waits.standby" if given.kind == "standby" else "safety.waits.over", values)


def words(case: Case, condition: Condition) -> Label:
    """Return a condition in words."""
    return {lang: condition_text(condition.text, case.plan, lang) for lang in LANGS}


def since_activation(case: Case, end: int) -> tuple[Span, ...]:
    """Return the time in which headquarters judged: from the start of the response; the whole drill without one."""
    activated = case.drill.moments.activated
    return ((activated.t if activated is not None else 0, end),)


def known(
    case: Case, role: str, condition: Condition, rows: Sequence[Row], during: Sequence[Span], holder: str = "",
    at: int | None = None,
) -> Judged:  # fmt: skip
    """Judge a condition on a picture (headquarters' unless `holder` says whose): at tick `at`, or at its row, or where
    it first held, or where it came closest."""
    who = holder or case.hq
    if at is not None or rows:
        return case.judge.judge(role, condition, who, during, rows[0] if at is None else at)
    spans = case.judge.spans(condition, who, during)
    first = spans[0].begin if spans else case.judge.closest(condition, who, during)
    return case.judge.judge(role, condition, who, during, first)


def started(case: Case, rows: Sequence[Row]) -> list[Reason]:
    """Say when headquarters began to judge, where that matters."""
    activated = case.drill.moments.activated
    if activated is None:
        return [Reason("not-activated", {})]
    if rows and rows[0].cause == activated.seq:
        return [Reason("by-activation", {"at": Tick(activated.t)})]
    return [Reason("since-activation", {"at": Tick(activated.t)})]


def knowledge(case: Case, judged: Judged, t: int | None) -> list[Reason]:
    """Say how what was known differed from what was true, and what was missing; `t` is when it became true, if ever."""
    ever = case.judge.spans(judged.condition, "", ((0, case.closed),))
    if t is not None:
        late = [span for span in ever if span.begin < t <= span.end]
        values = {"since": Tick(late[0].begin), "delay": (t - late[0].begin) / MINUTE} if late else {}
        return [Reason("knew-late", values)] if late else [] if ever else [Reason("only-believed", {})]
    if judged.spans:
        return []
    holder = case.names.unit(judged.holder)
    if judged.truly:
        span = judged.truly[0]
        facts = _wrong(case, judged, span)
        wrong: dict[str, Any] = {**span_of("", span).values, "facts": facts, "holder": holder}
        return [Reason("did-not-know", wrong), *missing(judged)]
    outside = Reason("true-outside", {**span_of("", ever[0]).values, "holder": holder}) if ever else None
    return [*missing(judged), outside or Reason("never-true", {})]


def _wrong(case: Case, judged: Judged, span: Interval) -> tuple[Label, ...]:
    """The facts of a condition that headquarters had otherwise than they were while it truly held."""
    true, seen = case.pictures.of("").at(span.begin), case.pictures.of(judged.holder).at(span.end)
    return tuple(
        case.names.fact(place)
        for place in judged.condition.facts
        if not agrees(case.plan.facts[place].kind, seen.values[place], true.values[place])
    )


def missing(judged: Judged) -> list[Reason]:
    """Say which parts never held in the time that counts, or that they never held together."""
    if not judged.parts or judged.spans:
        return []
    top = judged.parts[0]
    parts = [part for part in judged.parts if part.depth == 1] if top.word == "and" else [top]
    never = tuple(part.text for part in parts if part.first is None)
    then = tuple(part.text for part in parts if part.first is not None and not part.inside)
    found = [Reason("parts.never", {"parts": never})] if never else []
    found += [Reason("parts.not-then", {"parts": then})] if then else []
    return found or [Reason("parts.apart", {})]


def span_of(key: str, span: Interval) -> Reason:
    """Return a sentence on a stretch of time."""
    values: Mapping[str, Any] = {
        "begin": Tick(span.begin), "end": Tick(span.end), "lasted": (span.end - span.begin) / MINUTE,
    }  # fmt: skip
    return Reason(key, values)
