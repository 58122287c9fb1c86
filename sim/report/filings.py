"""What the office reported and how its casualty ledger grew, as plain rows of text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sim.record.timeline import Row, Timeline
from sim.report.phrases import first_receivers, moment
from sim.report.tables import Shown
from sim.review.drill import Drill
from sim.review.figures import Said, said
from sim.review.forms import form_score
from sim.words import Lang, pick, say
from sim.words.conditions import SHOWN
from sim.words.filings import FILINGS

_REPORT_UP: Final = "desk.report_up"


def filings(timeline: Timeline, lang: Lang) -> list[Shown]:
    """Return every report in order of time: when, which, from whom, to whom, how complete, with which figures.

    Nothing is returned where the office arranges no reports besides the first one up.
    """
    if not timeline.plan.arrangements.reports:
        return []
    drill = Drill(timeline)
    rows = [row for row in timeline.rows if row.event in ("report_up", "report_filed")]
    return [Shown(_cells(drill, row, lang), (row.seq,)) for row in rows]


def _cells(drill: Drill, row: Row, lang: Lang) -> tuple[str, ...]:
    if row.event == "report_up":
        to, elements, told = first_receivers(drill.plan, lang), "", row.detail["facts"]
    else:
        to = _listed([pick(drill.names.unit(name), lang) for name in row.detail["to"]], lang)
        elements, told = _elements(drill, row, lang), row.detail["figures"]
    figures = _figures(drill, told, _unchecked(drill, row), lang)
    what = _REPORT_UP if row.event == "report_up" else f"report.{row.detail['report']}"
    way = say(FILINGS, "way", lang, by=pick(drill.names.unit(row.unit), lang), to=to)
    return moment(row, lang), pick(drill.names.duty(what), lang), way, elements, figures


def _elements(drill: Drill, row: Row, lang: Lang) -> str:
    score = form_score(row, drill.plan)
    if score is None:
        return ""
    key = "told.missing" if score.missing else "told"
    missing = _listed([pick(label, lang) for label in score.missing], lang)
    return say(FILINGS, key, lang, told=score.told, required=score.required, missing=missing)


def _figures(drill: Drill, figures: Mapping[str, Any], unchecked: Collection[str], lang: Lang) -> str:
    """The lines of the ledger among `figures`, in its order, those marked that nobody has approved."""
    told = []
    for fact in (drill.plan.facts[line] for line in drill.plan.law.casualties):
        if fact.id in figures:
            one = say(FILINGS, "one", lang, line=pick(fact.label, lang), value=figures[fact.id])
            told.append(say(FILINGS, "unchecked", lang, figure=one) if fact.id in unchecked else one)
    return _listed(told, lang) or say(FILINGS, "none", lang)


def _unchecked(drill: Drill, row: Row) -> Collection[str]:
    """The lines that nobody had approved as told; the first report up says what was heard, approved or not."""
    if row.event == "report_filed":
        return list(row.detail.get("unchecked", ()))
    before = [other for other in drill.rows_of("figure_approved") if other.seq < row.seq]
    approved = before[-1].detail["figures"] if before else {}
    return [line for line, value in row.detail["facts"].items() if approved.get(line) != value]


def _listed(parts: list[str], lang: Lang) -> str:
    return say(SHOWN, "list", lang).join(parts)


# --- the ledger


def ledger(timeline: Timeline, lang: Lang) -> list[Shown]:
    """Return every figure that the office learnt, line by line: who said it, when it was learnt and approved."""
    if timeline.plan.arrangements.ledger is None:
        return []
    drill = Drill(timeline)
    return [line for place in timeline.plan.law.casualties for line in _line(drill, place, lang)]


def _line(drill: Drill, place: int, lang: Lang) -> list[Shown]:
    news: list[Said] = []
    for word in said(drill, place):
        if word.value != (news[-1].value if news else 0):
            news.append(word)
    until = [later.row.seq for later in news[1:]] + [len(drill.timeline.rows)]
    return [_entry(drill, place, word, end, lang) for word, end in zip(news, until, strict=False)]


def _entry(drill: Drill, place: int, word: Said, end: int, lang: Lang) -> Shown:
    """One figure of a line, approved by the first check after it that says the same before row `end`.

    It is whose word that check found it to be, as the row of the check says; before any, that of who first said it.
    """
    name = drill.plan.facts[place].id
    approved = next(
        (
            row
            for row in drill.rows_of("figure_approved")
            if word.row.seq < row.seq < end and row.detail["figures"].get(name) == word.value
        ),
        None,
    )
    when = moment(approved, lang) if approved is not None else say(FILINGS, "not-approved", lang)
    source = approved.detail["sources"][name] if approved is not None else word.source
    cells = (pick(drill.names.fact(place), lang), str(word.value), pick(drill.names.unit(source), lang),
             moment(word.row, lang), when)  # fmt: skip
    return Shown(cells, (word.row.seq, *((approved.seq,) if approved is not None else ())))
