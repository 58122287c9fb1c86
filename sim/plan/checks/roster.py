"""The files of a roster together."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any, Final, NamedTuple

from sim.errors import Problem
from sim.plan.checks.arrangements import check_arrangements
from sim.plan.checks.facts import check_condition, check_fact
from sim.plan.checks.law import check_law, check_safety_stocks, every_unit
from sim.plan.checks.names import Names, roster_names
from sim.plan.checks.norms import check_norms
from sim.plan.checks.register import check_register
from sim.plan.checks.strength import check_strength, check_work_given
from sim.plan.checks.world import check_world
from sim.plan.conditions import compile_condition, facts_named, pseudo_facts
from sim.plan.expressions import Constant, Definitions, expand, parse_condition, walk
from sim.plan.reading import Document
from sim.plan.schema import Fact, Need, Needs, Roster

_MOST_SAMPLES: Final = 4096


class RosterDocuments(NamedTuple):
    """The files of a roster as read: where everything stands."""

    register: Document
    needs: Document
    strength: Document
    norms: Document
    law: Document
    arrangements: Document


def check_roster(roster: Roster, documents: RosterDocuments) -> list[Problem]:
    """Return every problem that shows when the files of a roster are seen together."""
    names = roster_names(roster)
    return [
        *check_register(roster.register_, names, documents.register),
        *check_needs(roster.needs, names, documents.needs),
        *check_strength(roster.strength, names, documents.strength),
        *check_world(roster.strength, names, documents.strength),
        *check_work_given(roster.strength, names, documents.register),
        *check_norms(roster.norms, names, documents.norms),
        *check_law(roster.law, names, documents.law),
        *check_safety_stocks(every_unit(roster.strength, names), names, documents.law),
        *check_arrangements(roster.arrangements, roster.strength, names, documents.arrangements),
        *_check_setters(names, documents.needs),
    ]


def check_needs(needs: Needs, names: Names, document: Document) -> list[Problem]:
    """Return the problems of `needs.yaml`; a need that nobody serves is a finding, not a fault."""
    problems = [problem for name, fact in needs.facts.items() for problem in check_fact(name, fact, document)]
    for need_id, need in needs.needs.items():
        problems += _check_need(need_id, need, names, document)
    return problems


def _check_need(need_id: str, need: Need, names: Names, document: Document) -> list[Problem]:
    path = ("needs", need_id)
    problems = check_condition(need.when, names, document, (*path, "when"))
    if need.until:
        problems += check_condition(need.until, names, document, (*path, "until"))
        if not problems and (example := both_hold(need.when, need.until, names)):
            place = (*path, "until")
            problems.append(document.problem("need-overlap", place, severity="warning", example=example))
    roles = [
        duty.reads.role for _, duty in names.duties.values() if duty.reads and duty.reads.serves == need_id
    ]
    if not roles:
        problems.append(
            document.problem("need-unserved", path, at_key=True, severity="warning", name=need_id)
        )
    elif need.lead == "required" and "lead" not in roles:
        problems.append(document.problem("need-no-lead", path, at_key=True, severity="warning", name=need_id))
    return problems


def both_hold(when: str, until: str, names: Names) -> str:
    """Return a situation in which both conditions hold, or nothing if none of the samples is one."""
    texts = (when, until)
    facts = sorted({fact for text in texts for fact in facts_named(text, names.graded)})
    asked = sorted({pseudo.name for text in texts for pseudo in pseudo_facts(text)})
    places = {name: place for place, name in enumerate((*facts, *asked))}
    first, second = (compile_condition(text, places, graded=names.graded) for text in texts)
    numbers = _numbers(texts, names.graded)
    grid = [_samples(names.facts[fact], numbers) for fact in facts] + [[False, True]] * len(asked)
    flags = [[True, False] if f"known({fact})" in when + until else [True] for fact in facts]
    for values in _situations(grid + flags):
        known = values[len(places) :]
        if first.test(values, known) and second.test(values, known):
            return ", ".join(f"{name} = {_shown(values[place])}" for name, place in places.items())
    return ""


def _situations(grid: list[list[Any]]) -> list[tuple[Any, ...]]:
    """Every combination, or a fixed choice of them where there are too many."""
    size = 1
    for column in grid:
        size *= len(column)
    if size <= _MOST_SAMPLES:
        return list(product(*grid))
    dice = Random(1)
    return [tuple(dice.choice(column) for column in grid) for _ in range(_MOST_SAMPLES)]


def _numbers(texts: tuple[str, ...], graded: Definitions) -> set[float]:
    trees = [expand(parse_condition(text), graded) for text in texts]
    nodes = [node for tree in trees for node in walk(tree) if isinstance(node, Constant)]
    return {node.value for node in nodes if not isinstance(node.value, bool | str)}


def _samples(fact: Fact, numbers: set[float]) -> list[Any]:
    if fact.kind == "flag":
        return [False, True]
    if fact.kind == "category":
        return sorted(fact.values)
    low = 0 if fact.kind == "count" and fact.min is None else fact.min
    around = {value + step for value in numbers | {0} for step in (-1, 0, 1, 2)}
    fits = [v for v in sorted(around) if (low is None or v >= low) and (fact.max is None or v <= fact.max)]
    return fits or [fact.min if fact.min is not None else fact.max]


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_setters(names: Names, document: Document) -> list[Problem]:
    """Warn of facts that several duties set to different values: at one instant only rank decides."""
    setters: dict[str, dict[str, Any]] = {}
    for duty_id, (_, duty) in sorted(names.playable.items()):
        for fact_id, value in duty.reads.achieves.set.items() if duty.reads else ():
            setters.setdefault(fact_id, {})[duty_id] = value
    return [
        document.problem(
            "several-setters",
            ("facts", fact_id),
            at_key=True,
            severity="warning",
            name=fact_id,
            setters=list(by),
        )
        for fact_id, by in setters.items()
        if len({repr(value) for value in by.values()}) > 1
    ]
