"""How moments and reasons read in words on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.wording import condition_text, facts_text
from sim.words import Lang, say
from sim.words.report import PAGE


def moment(row: Row | None, lang: Lang) -> str:
    """Return a time as a planner reads it: the clock and the minutes from the start."""
    if row is None:
        return say(PAGE, "not-reached", lang)
    return say(PAGE, "at", lang, clock=row.clock[11:16], t=row.t / MINUTE)


def why_text(detail: Mapping[str, Any], plan: Plan, lang: Lang) -> str:
    """Return why a contingency inject was given or not: its condition and the values at that time."""
    if "when" not in detail:
        return ""
    text = say(PAGE, "why.when", lang, when=condition_text(str(detail["when"]), plan, lang))
    if "unless" in detail:
        text += say(PAGE, "why.unless", lang, unless=condition_text(str(detail["unless"]), plan, lang))
    return text + say(PAGE, "why.values", lang, values=facts_text(detail.get("values", {}), plan, lang))
