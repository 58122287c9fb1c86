"""Facts, what is true at T+0, and needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.plan import compiled as c
from sim.plan.compile.vocabulary import Vocabulary, label


def compile_facts(v: Vocabulary) -> tuple[c.Fact, ...]:
    """Return the facts in order of id, then the pseudo-facts."""
    real = [
        c.Fact(
            fact_id,
            fact.kind,
            label(fact.label),
            fact.initial,
            fact.unit or "",
            tuple((value, label(name)) for value, name in sorted(fact.values.items())),
        )
        for fact_id, fact in ((name, v.needs.facts[name]) for name in v.fact_ids)
    ]
    pseudo = [c.Fact(name, "pseudo", {"zh": name, "en": name}, False) for name in sorted(v.pseudo)]
    return (*real, *pseudo)


def compile_truth(v: Vocabulary, facts: Iterable[c.Fact]) -> tuple[Any, ...]:
    """Return the true value of every fact at T+0."""
    given = v.scenario.facts
    return tuple(v.value(f.id, given[f.id]) if f.id in given else f.default for f in facts)


def compile_needs(v: Vocabulary) -> tuple[c.Need, ...]:
    """Return the needs in order of id."""
    return tuple(
        c.Need(
            need_id,
            label(need.label),
            v.condition(need.when),
            v.maybe(need.until),
            need.priority,
            need.lead == "required",
            need.phase,
        )
        for need_id, need in sorted(v.needs.needs.items())
    )
