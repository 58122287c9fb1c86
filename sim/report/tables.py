"""The tables of the brief as plain rows of text: assumptions, key times, situation, limits, injects, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sim.plan.compiled import Norm, Plan
from sim.plan.durations import MINUTE
from sim.record.events import KINDS
from sim.record.timeline import Row, Timeline
from sim.report.assumptions import assumption_name, assumption_value
from sim.report.notes import note_of
from sim.report.phrases import first_receivers, moment, receivers, why_text
from sim.review.findings import Findings
from sim.review.limits import Limit
from sim.review.moments import Moments, moments
from sim.review.names import Names
from sim.review.replay import picture_changes, truth_changes
from sim.review.wording import facts_text, value_text
from sim.words import Lang, pick, say
from sim.words.events import GRADES, STATUS
from sim.words.notes import NOTES
from sim.words.report import GRADE_NOTES, MOMENTS, PAGE

_OF_COMMAND: Final = (
    "substituted", "needed_twice", "level_changed", "interim_command", "field_commander", "field_established",
    "published", "handover_requested", "handed_over", "termination_proposed", "end_contradicted",
)  # fmt: skip
"""Turning points that not every drill has, each shown at its first time."""
_NETWORKS: Final = ("network_down", "network_up")
"""Shown every time."""
SOFT: Final = ("expert", "guess")
"""Grades that nobody has confirmed."""


class Share(NamedTuple):
    """One grade: its name, the number of assumptions that have it, their share, and what it means."""

    grade: str
    number: int
    share: float
    meaning: str


class Shown(NamedTuple):
    """One line of a table: its cells, and the seq of the rows it rests on."""

    cells: tuple[str, ...]
    evidence: tuple[int, ...] = ()


def shares(plan: Plan, lang: Lang) -> list[Share]:
    """Return each grade with the number and share of the plan's assumptions, the firmest first."""
    counts = Counter(assumption.grade for assumption in plan.assumptions)
    total = max(1, len(plan.assumptions))
    return [
        Share(say(GRADES, grade, lang), counts[grade], counts[grade] / total, say(GRADE_NOTES, grade, lang))
        for grade in GRADES
    ]


def rests(timeline: Timeline, lang: Lang) -> str:
    """Return the sentence that says what the results rest on."""
    plan = timeline.plan
    soft = sum(assumption.grade in SOFT for assumption in plan.assumptions)
    grades = {duty.id: duty.grade for duty in plan.duties}
    tasks = [record for record in timeline.records if record.duty]
    total = len(plan.assumptions)
    return say(
        PAGE, "rests", lang, total=total, firm=total - soft, soft=soft, share=soft / max(1, total), tasks=len(tasks),
        guessed=sum(grades[record.duty] in SOFT for record in tasks),
    )  # fmt: skip


def key_times(timeline: Timeline, lang: Lang) -> list[Shown]:
    """Return the turning points of a drill in order of time; what never happened comes last."""
    turning, names = moments(timeline), Names(timeline.plan)
    found = _turning_rows(timeline, turning)
    found.sort(key=lambda item: (item[1] is None, item[1].t if item[1] else 0, item[1].seq if item[1] else 0))
    return [
        Shown(
            (
                moment(row, lang),
                what,
                pick(names.unit(row.unit), lang) if row else "",
                _received(row, timeline.plan, lang) or _note(row, names, lang),
            ),
            (row.seq,) if row else (),
        )
        for what, row in ((say(MOMENTS, key, lang), row) for key, row in found)
    ]


def _received(row: Row | None, plan: Plan, lang: Lang) -> str:
    """Who received a report up."""
    if row is None or row.event not in ("report_up", "report_filed"):
        return ""
    to = first_receivers(plan, lang) if row.event == "report_up" else receivers(row.detail["to"], plan, lang)
    return say(NOTES, "to", lang, who=to)


def _turning_rows(timeline: Timeline, turning: Moments) -> list[tuple[str, Row | None]]:
    first: dict[str, Row] = {}
    for row in timeline.rows:
        first.setdefault(row.event, row)
    arrived = [row for row in timeline.rows if row.event == "arrived"]
    found: list[tuple[str, Row | None]] = [
        ("inject", first.get("inject_given")), ("reception", turning.reception), ("report_up", turning.report_up),
        ("activated", turning.activated), ("arrived", arrived[0] if arrived else None),
        ("terminated", turning.terminated),
    ]  # fmt: skip
    found += [(event, first[event]) for event in _OF_COMMAND if event in first]
    found += [(row.event, row) for row in timeline.rows if row.event in _NETWORKS]
    found += [("report_filed", row) for row in _other_lines(timeline)]
    return found + ([("last_arrived", arrived[-1])] if len(arrived) > 1 else [])


def _other_lines(timeline: Timeline) -> list[Row]:
    """The first report by phone on each line besides that of the first report up."""
    lines = {
        report.id: report.line
        for report in timeline.plan.arrangements.reports
        if report.starts == "reception" and report.mode == "phone"
    }
    first: dict[str, Row] = {}
    for row in timeline.rows:
        if row.event == "report_filed" and (line := lines.get(row.detail["report"])) is not None:
            first.setdefault(line, row)
    return list(first.values())


class Situation(NamedTuple):
    """Facts at the close: people and what headquarters has wrong first, then the others."""

    main: list[Shown]
    others: list[Shown]


def situation(timeline: Timeline, lang: Lang) -> Situation:
    """Return each fact that was ever other than its default: true at the close, and as headquarters knows it."""
    plan = timeline.plan
    hq = plan.actors[plan.command.actor].name
    changes, heard = truth_changes(timeline), picture_changes(timeline, hq)
    truth = dict(enumerate(plan.truth)) | {change.place: change.value for change in changes}
    known = {change.place: change.value for change in heard}
    stirred = {c.place for c in (*changes, *heard) if c.value != plan.facts[c.place].default}
    found = Situation([], [])
    for place, fact in enumerate(plan.facts):
        if fact.kind != "pseudo" and (place in stirred or plan.truth[place] != fact.default):
            told = value_text(fact, known[place], lang) if place in known else say(PAGE, "unknown", lang)
            wrong = known.get(place, fact.default) != truth[place]
            part = found.main if fact.kind == "count" or wrong else found.others
            part.append(Shown((pick(fact.label, lang), value_text(fact, truth[place], lang), told)))
    return found


def limits(found: Sequence[Limit], names: Names, lang: Lang) -> list[Shown]:
    """Return every limit and expected action that this drill measured, with its status and result."""
    order = {"missed": 0, "met": 1, "shown": 2, "not_evaluated": 3}
    ranked = sorted(found, key=lambda limit: (order[limit.verdict], -limit.share, limit.norm, limit.task))
    return [
        Shown(
            (
                pick(limit.label, lang), pick(names.unit(limit.unit), lang), _stages(limit, names, lang),
                _allowed(limit.within, limit.text, lang),
                "" if limit.actual is None else f"{limit.actual / MINUTE:.1f}", _verdict(limit, lang), _basis(limit),
                say(STATUS, limit.status, lang),
            ),
            limit.evidence,
        )
        for limit in ranked
    ]  # fmt: skip


def _basis(limit: Limit) -> str:
    """The basis, without the status where it ends with it: that has a column of its own."""
    return limit.basis.removesuffix("，" + say(STATUS, limit.status, "zh"))


def _allowed(within: int | None, text: str, lang: Lang) -> str:
    """The minutes allowed; the words of the source where it sets none."""
    return text if within is None else say(PAGE, "limit.minutes", lang, minutes=within / MINUTE)


def _stages(limit: Limit, names: Names, lang: Lang) -> str:
    start = limit.inject if limit.inject else pick(names.mark(limit.start), lang)
    return f"{start} → {pick(names.mark(limit.stop), lang)}" if limit.stop else start


def _verdict(limit: Limit, lang: Lang) -> str:
    text = say(PAGE, f"verdict.{limit.verdict}", lang)
    if not limit.reason:
        return text
    return say(PAGE, "because", lang, text=text, reason=say(PAGE, f"reason.{limit.reason}", lang))


def reference(findings: Findings, lang: Lang) -> list[Shown]:
    """Return the norms that this drill measured on no task: registered for reference only."""
    measured = {limit.norm for limit in findings.limits}

    def allowed(norm: Norm) -> str:
        return norm.text or (
            "" if norm.within is None else say(PAGE, "limit.minutes", lang, minutes=norm.within / MINUTE)
        )

    return [
        Shown(
            (
                norm.id,
                pick(norm.label, lang),
                allowed(norm),
                norm.basis,
                say(STATUS, norm.status, lang),
                norm.note,
            )
        )
        for norm in findings.timeline.plan.norms
        if norm.id not in measured
    ]


def injects(timeline: Timeline, lang: Lang) -> list[Shown]:
    """Return every inject in the order given, each contingency inject with why it was given or not."""
    plan = timeline.plan
    rows = {
        row.inject: row for row in reversed(timeline.rows) if row.event in ("inject_given", "inject_skipped")
    }
    latest = 1 << 62
    shown = []
    for inject in plan.injects:
        row = rows.get(inject.id)
        given = row is not None and row.event == "inject_given"
        detail = row.detail if row is not None else {}
        why = why_text(detail.get("why", {}) if given else detail, plan, lang)
        when = moment(row, lang) if given else say(PAGE, "skipped", lang)
        source = say(PAGE, "from", lang, source=inject.source, channel=inject.channel)
        line = Shown((inject.id, when, source, inject.title, inject.message, why))
        shown.append((row.t if row is not None and given else latest, line))
    return [line for _, line in sorted(shown, key=lambda item: item[0])]


def evidence(timeline: Timeline, seqs: Iterable[int], lang: Lang) -> list[tuple[int, Shown]]:
    """Return the rows that the brief points at, each with its seq."""
    names = Names(timeline.plan)
    wanted = set(seqs)
    return [
        (row.seq, Shown((str(row.seq), *row_cells(row, timeline.plan, names, lang))))
        for row in timeline.rows
        if row.seq in wanted
    ]


def row_cells(row: Row, plan: Plan, names: Names, lang: Lang) -> tuple[str, str, str, str, str]:
    """Return a row in words: when, what happened, to whom, about what, and what else it tells."""
    return (
        moment(row, lang), _event(row, lang), pick(names.unit(row.unit), lang), _subject(row, plan, names, lang),
        _note(row, names, lang, plan),
    )  # fmt: skip


def _event(row: Row, lang: Lang) -> str:
    kind = KINDS[row.event]
    return kind.en if lang == "en" else kind.zh


def _subject(row: Row, plan: Plan, names: Names, lang: Lang) -> str:
    if row.task:
        return pick(names.task(row.task), lang)
    if row.inject:
        titles = {inject.id: inject.title for inject in plan.injects}
        return f"{row.inject} {titles.get(row.inject, '')}"
    return pick(names.need(row.need), lang) if row.need else ""


def _note(row: Row | None, names: Names, lang: Lang, plan: Plan | None = None) -> str:
    if row is None:
        return ""
    if text := note_of(row, names, lang):
        return text
    if row.waits_for:
        return say(PAGE, "waits", lang, what=pick(names.wait(row.waits_for), lang))
    if plan is None:
        return str(row.detail.get("title", ""))
    told = dict(row.detail.get("facts", {}))
    if "fact" in row.detail:
        told[row.detail["fact"]] = row.detail["value"]
    return facts_text(told, plan, lang)


def assumptions(plan: Plan, lang: Lang) -> list[Shown]:
    """Return every assumption, named in words, the lowest grade first."""
    order = list(GRADES)
    ranked = sorted(plan.assumptions, key=lambda a: (-order.index(a.grade), a.path))
    return [
        Shown((
            assumption_name(a, plan, lang), assumption_value(a, plan, lang), say(GRADES, a.grade, lang), a.source,
        ))
        for a in ranked
    ]  # fmt: skip
