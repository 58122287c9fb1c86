"""How moments and reasons read in words on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.names import Names
from sim.review.wording import condition_text, facts_text
from sim.words import Lang, pick, say
from sim.words.aftercare import AFTERCARE
from sim.words.conditions import SHOWN
from sim.words.filings import FILINGS
from sim.words.report import PAGE


def moment(row: Row | None, lang: Lang) -> str:
    """Return a time as a planner reads it: the clock and the minutes from the start; days later the date."""
    if row is None:
        return say(PAGE, "not-reached", lang)
    if row.event in ("aftermath", "regraded"):
        return say(AFTERCARE, "on-day", lang, date=row.clock[:10], day=row.detail["day"])
    return say(PAGE, "at", lang, clock=row.clock[11:16], t=row.t / MINUTE)


def why_text(detail: Mapping[str, Any], plan: Plan, lang: Lang) -> str:
    """Return why a contingency inject was given or not: its condition and the values at that time."""
    if "when" not in detail:
        return ""
    text = say(PAGE, "why.when", lang, when=condition_text(str(detail["when"]), plan, lang))
    if "unless" in detail:
        text += say(PAGE, "why.unless", lang, unless=condition_text(str(detail["unless"]), plan, lang))
    return text + say(PAGE, "why.values", lang, values=facts_text(detail.get("values", {}), plan, lang))


def first_receivers(plan: Plan, lang: Lang) -> str:
    """Return who receives the first report up, in words; only that it is the level above where nobody is named."""
    return receivers(plan.arrangements.first_report_to, plan, lang) or say(FILINGS, "above", lang)


def receivers(to: Iterable[str], plan: Plan, lang: Lang) -> str:
    """Return the receivers of a report by their names."""
    names = Names(plan)
    return say(SHOWN, "list", lang).join(pick(names.unit(name), lang) for name in to)
