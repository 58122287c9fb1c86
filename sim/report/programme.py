"""A programme of drills in words, as a table for a spreadsheet, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sim.record.exchange import table_csv
from sim.study.programme import Programme, Promise, Proposed, Standing
from sim.study.programme.case import Duty
from sim.study.programme.explain import LONG_AGO
from sim.words import Lang, pick, say
from sim.words.events import STATUS
from sim.words.programme import PROGRAMME

COLUMNS: Final = ("date", "quarter", "scenario", "title", "duties", "never", "stale", "retests", "why")
NAMED: Final = 3
"""Duties named in one reason; the rest is counted."""


def quarter(day: date, lang: Lang) -> str:
    """Return the quarter of a day."""
    return say(PROGRAMME, "quarter", lang, year=day.year, quarter=(day.month + 2) // 3)


def reasons(drill: Proposed, lang: Lang) -> tuple[str, ...]:
    """Return why a drill is proposed for its day, one sentence a reason, the weightiest first."""
    return tuple(_reasons(drill, lang))


def _reasons(drill: Proposed, lang: Lang) -> Iterator[str]:
    for rule, limit in drill.due:
        values = {
            "rule": pick(rule.label, lang),
            "basis": rule.basis,
            "status": say(STATUS, rule.status, lang),
        }
        yield say(PROGRAMME, "why.due", lang, day=limit, **values)
    for promise, in_time in drill.tests:
        yield say(PROGRAMME, "why.test" if in_time else "why.test-late", lang, **_of(promise, lang))
    if drill.never:
        names = _named([pick(duty.label, lang) for duty in drill.never], lang)
        yield say(PROGRAMME, "why.never", lang, count=len(drill.never), duties=names)
    if drill.stale:
        oldest = sorted(drill.stale, key=lambda item: (-item[1], -item[0].weight, item[0].id))
        names = _named([_aged(duty, months, lang) for duty, months in oldest], lang)
        yield say(PROGRAMME, "why.stale", lang, count=len(oldest), months=LONG_AGO, duties=names)
    if not (drill.never or drill.stale):
        yield say(PROGRAMME, "why.fresh", lang, count=len(drill.choice.duties), months=LONG_AGO)
    for rule in drill.joins:
        status = say(STATUS, rule.status, lang)
        yield say(PROGRAMME, "why.join", lang, months=rule.months, basis=rule.basis, status=status)


def _aged(duty: Duty, months: int, lang: Lang) -> str:
    return say(PROGRAMME, "why.age", lang, duty=pick(duty.label, lang), months=months)


def _named(names: Sequence[str], lang: Lang) -> str:
    told = say(PROGRAMME, "comma", lang).join(names[:NAMED])
    return told if len(names) <= NAMED else say(PROGRAMME, "more", lang, names=told)


def _of(promise: Promise, lang: Lang) -> dict[str, str]:
    deadline = promise.deadline.isoformat() if promise.deadline else say(PROGRAMME, "no-deadline", lang)
    return {"problem": promise.problem, "about": pick(promise.about, lang), "deadline": deadline}


def fares(standing: Standing, lang: Lang) -> str:
    """Return in a word how a rule fares in the programme."""
    key = {"": "rule.kept", "enterprise": "rule.enterprise"}.get(standing.why, "rule.broken")
    return say(PROGRAMME, key, lang)


def troubles(programme: Programme, prepare: int, lang: Lang) -> tuple[str, ...]:
    """Return what the programme cannot do: rules not kept and why, improvements not retested in time, duties that no
    scenario exercises. `prepare` are the days of preparation asked for."""
    return (
        *(_broken(programme, one, prepare, lang) for one in programme.rules if one.broken),
        *(_open(promise, day, lang) for promise, day in programme.untested),
        *_unreached(programme, lang),
    )


def _broken(programme: Programme, one: Standing, prepare: int, lang: Lang) -> str:
    begin, mended = one.broken[0]
    until = (
        say(PROGRAMME, "broken.mended", lang, day=mended) if mended else say(PROGRAMME, "broken.open", lang)
    )
    values = {"rule": pick(one.rule.label, lang), "gap": programme.case.gap, "prepare": prepare}
    limit = one.limit if one.why == "overdue" else begin
    return say(PROGRAMME, f"broken.{one.why}", lang, limit=limit, mended=until, **values)


def _open(promise: Promise, day: date | None, lang: Lang) -> str:
    if not promise.tested_by:
        return say(PROGRAMME, "open.nobody", lang, **_of(promise, lang))
    return say(PROGRAMME, "open.late" if day else "open.never", lang, day=day, **_of(promise, lang))


def _unreached(programme: Programme, lang: Lang) -> Iterator[str]:
    if programme.unreached:
        names = _named([pick(duty.label, lang) for duty in programme.unreached], lang)
        yield say(PROGRAMME, "unreached", lang, count=len(programme.unreached), duties=names)


def programme_csv(programme: Programme, lang: Lang = "zh") -> str:
    """Return the proposed drills as CSV text that Excel opens; a row that was held can go into the history as it is."""
    return table_csv(COLUMNS, (_row(drill, lang) for drill in programme.drills))


def _row(drill: Proposed, lang: Lang) -> tuple[Any, ...]:
    counts = (len(drill.choice.duties), len(drill.never), len(drill.stale), len(drill.tests))
    title, why = pick(drill.choice.label, lang), "\n".join(reasons(drill, lang))
    return (
        drill.day.isoformat(), quarter(drill.day, lang), drill.choice.id, _safe(title), *counts, _safe(why),
    )  # fmt: skip


def _safe(text: str) -> str:
    """A text that begins as a formula does gets an apostrophe, which a spreadsheet takes for text."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") and text else text


def programme_data(programme: Programme, prepare: int, lang: Lang = "zh") -> dict[str, Any]:
    """Return the programme as plain data: ids and days for programs, sentences in `lang`."""
    return {
        "today": programme.case.today.isoformat(),
        "end": programme.case.end.isoformat(),
        "drills": [_drill(drill, lang) for drill in programme.drills],
        "rules": [_rule(one, lang) for one in programme.rules],
        "cannot": list(troubles(programme, prepare, lang)),
        "unreached": [duty.id for duty in programme.unreached],
        "cost": {
            "days_rules_broken": programme.cost.broken,
            "days_improvements_behind": programme.cost.behind,
            "staleness": programme.cost.staleness,
        },
    }


def _drill(drill: Proposed, lang: Lang) -> dict[str, Any]:
    return {
        "date": drill.day.isoformat(),
        "quarter": quarter(drill.day, lang),
        "scenario": drill.choice.id,
        "title": pick(drill.choice.label, lang),
        "duties": sorted(drill.choice.duties),
        "never": [duty.id for duty in drill.never],
        "stale": {duty.id: months for duty, months in drill.stale},
        "due": {rule.id: limit.isoformat() for rule, limit in drill.due},
        "retests": [{"problem": promise.problem, "in_time": in_time} for promise, in_time in drill.tests],
        "why": list(reasons(drill, lang)),
    }


def _rule(one: Standing, lang: Lang) -> dict[str, Any]:
    return {
        "id": one.rule.id,
        "rule": pick(one.rule.label, lang),
        "months": one.rule.months,
        "binds": "office" if one.rule.binds_office else "enterprise",
        "last": one.last.isoformat() if one.last and one.rule.binds_office else None,
        "due": one.limit.isoformat() if one.rule.binds_office else None,
        "kept": not one.broken if one.rule.binds_office else None,
        "why": one.why,
        "basis": one.rule.basis,
        "status": one.rule.status,
        "note": one.rule.note,
    }
