"""How values of facts and conditions read in words: facts, duties, events and grades by their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sim.plan.compiled import Fact, Plan
from sim.review.names import Names, plain
from sim.words import Lang, pick, say
from sim.words.conditions import CALLS, GRAMMAR, SHOWN, UNITS

_WORD: Final = re.compile(r"(done|started|late|known|elapsed|graded)\(([^)]*)\)|'([^']*)'|[a-z][a-z0-9_]*")


def value_text(fact: Fact, value: Any, lang: Lang) -> str:
    """Return a fact's value in words, with its unit."""
    if isinstance(value, bool):
        return say(SHOWN, "yes" if value else "no", lang)
    if fact.kind == "category":
        return pick(dict(fact.values).get(value, plain(str(value))), lang)
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    one = fact.unit + "1"
    word = one if text == "1" and one in UNITS else fact.unit
    unit = say(UNITS, word, lang) if word in UNITS else fact.unit
    return f"{text} {unit}" if unit else text


def facts_text(told: Mapping[str, Any], plan: Plan, lang: Lang) -> str:
    """Return facts and their values in words; what the plan does not know is left out."""
    return say(SHOWN, "comma", lang).join(
        say(
            SHOWN, "fact.value", lang, fact=condition_text(fact.id, plan, lang),
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
        if call:
            label = facts[argument].label if call == "known" else _asked(call, argument, names)
            return say(CALLS, call, lang, x=pick(label, lang))
        if quoted is not None:
            kinds = {value: label for fact in plan.facts for value, label in fact.values}
            return pick(kinds.get(quoted, plain(quoted)), lang)
        name = match[0]
        if name in facts:
            return pick(facts[name].label, lang)
        return say(GRAMMAR, name, lang) if name in GRAMMAR else name

    return _WORD.sub(word, text)


def _asked(call: str, argument: str, names: Names) -> Mapping[str, str]:
    if call == "graded":
        return names.grade(argument)
    if call == "late":
        return names.norm(argument)
    return names.whose(argument) if argument in names.duties else names.event(argument)
