"""How values, conditions and assumptions of a plan read in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sim.plan.compiled import Assumption, Fact, Plan
from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.names import Names, plain, team
from sim.words import Lang, pick, say
from sim.words.report import ASPECTS, CALLS, GRAMMAR, KEYS, PAGE, UNITS, VALUES

_WORD: Final = re.compile(r"(done|started|late|known|elapsed)\(([^)]*)\)|'([^']*)'|[a-z][a-z0-9_]*")


def moment(row: Row | None, lang: Lang) -> str:
    """Return a time as a planner reads it: the clock and the minutes from the start."""
    if row is None:
        return say(PAGE, "not-reached", lang)
    return say(PAGE, "at", lang, clock=row.clock[11:16], t=row.t / MINUTE)


def value_text(fact: Fact, value: Any, lang: Lang) -> str:
    """Return a fact's value in words, with its unit."""
    if isinstance(value, bool):
        return say(PAGE, "yes" if value else "no", lang)
    if fact.kind == "category":
        return pick(dict(fact.values).get(value, plain(str(value))), lang)
    text = f"{value:g}" if isinstance(value, float) else str(value)
    unit = say(UNITS, fact.unit, lang) if fact.unit in UNITS else fact.unit
    return f"{text} {unit}" if unit else text


def facts_text(told: Mapping[str, Any], plan: Plan, lang: Lang) -> str:
    """Return facts and their values in words; what the plan does not know is left out."""
    return say(PAGE, "comma", lang).join(
        say(
            PAGE, "fact.value", lang, fact=condition_text(fact.id, plan, lang),
            value=value_text(fact, told[fact.id], lang),
        )
        for fact in plan.facts
        if fact.id in told
    )  # fmt: skip


def condition_text(text: str, plan: Plan, lang: Lang) -> str:
    """Return a condition with its facts, duties and words named in the reader's language."""
    facts, names = {fact.id: fact for fact in plan.facts}, Names(plan)

    def word(match: re.Match[str]) -> str:
        call, argument, quoted = match[1], match[2], match[3]
        if call == "known":
            return say(CALLS, call, lang, x=pick(facts[argument].label, lang))
        if call:
            return say(CALLS, call, lang, x=_event(argument, names, lang))
        if quoted is not None:
            kinds = {value: label for fact in plan.facts for value, label in fact.values}
            return pick(kinds.get(quoted, plain(quoted)), lang)
        name = match[0]
        return (
            pick(facts[name].label, lang)
            if name in facts
            else say(GRAMMAR, name, lang)
            if name in GRAMMAR
            else name
        )

    return _WORD.sub(word, text)


def _event(event: str, names: Names, lang: Lang) -> str:
    if event in names.duties:
        return f"{pick(names.unit(names.owner(event)), lang)}·{pick(names.duty(event), lang)}"
    return pick(names.wait(f"prerequisite:{event}"), lang) if "." in event else event


def why_text(detail: Mapping[str, Any], plan: Plan, lang: Lang) -> str:
    """Return why a contingency inject was given or not: its condition and the values at that time."""
    if "when" not in detail:
        return ""
    text = say(PAGE, "why.when", lang, when=condition_text(str(detail["when"]), plan, lang))
    if "unless" in detail:
        text += say(PAGE, "why.unless", lang, unless=condition_text(str(detail["unless"]), plan, lang))
    return text + say(PAGE, "why.values", lang, values=facts_text(detail.get("values", {}), plan, lang))


def assumption_name(assumption: Assumption, names: Names, lang: Lang) -> str:
    """Return ``units.区公安局.work.police.cordon`` in words; a duty's id holds dots of its own."""
    head, _, duty = assumption.path.partition(".work.")
    parts = [_aspect(part, names, lang) for part in head.split(".")]
    if duty:
        parts.append(pick(names.duty(duty), lang))
    return "·".join(part for part in parts if part)


def _aspect(part: str, names: Names, lang: Lang) -> str:
    for table in (ASPECTS, VALUES):
        if part in table:
            return say(table, part, lang)
    return pick(names.unit(part), lang) if part in names.actors else pick(team(part), lang)


def assumption_value(assumption: Assumption, plan: Plan, lang: Lang) -> str:
    """Return the value of an assumption in words."""
    names = Names(plan)

    def part(text: str) -> str:
        key, _, value = text.partition(" ")
        if key not in KEYS:
            return text
        if key == "activate-when":
            return f"{say(KEYS, key, lang)} {condition_text(value, plan, lang)}"
        plain_value = re.sub(r"'([a-z_]+)': (\d+)", lambda m: f"{pick(team(m[1]), lang)} {m[2]}", value)
        words = re.sub(
            r"[A-Za-z_]+", lambda m: say(VALUES, m[0], lang) if m[0] in VALUES else m[0], plain_value
        )
        words = re.sub(r"[{}\[\]']", "", words)
        return f"{say(KEYS, key, lang)} {pick(names.unit(words), lang)}"

    parts = re.split(r", (?=[a-z-]+ )", assumption.text)
    return say(PAGE, "comma", lang).join(map(part, parts)).replace(", ", say(PAGE, "comma", lang))
