"""Facts and the values given to them; conditions and the names they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sim.errors import Problem
from sim.plan.checks.names import COMMAND_EVENTS, DESK_STEPS, STAGES, Names
from sim.plan.condition_kinds import condition_faults
from sim.plan.conditions import Pseudo, grades_named, pseudo_facts
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Effects, Fact
from sim.plan.tokens import ConditionError
from sim.plan.validation import nearest

_RESERVED: Final = frozenset(("and", "or", "not", "true", "false"))
_KEYS: Final = {"min": ("count", "quantity"), "max": ("count", "quantity"), "values": ("category",)}
"""Keys of a fact → the kinds they make sense for."""


def check_fact(fact_id: str, fact: Fact, document: Document) -> list[Problem]:
    """Return what is wrong with the definition of a fact."""
    path = ("facts", fact_id)
    problems = [
        document.problem("fact-key-unfit", (*path, key), at_key=True, key=key, kind=fact.kind)
        for key, kinds in _KEYS.items()
        if getattr(fact, key) not in (None, {}) and fact.kind not in kinds
    ]
    if fact_id in _RESERVED:
        problems.append(document.problem("fact-reserved", path, at_key=True, name=fact_id))
    if fact.kind == "category" and not fact.values:
        problems.append(document.problem("category-empty", path, at_key=True, name=fact_id))
    if fact.min is not None and fact.max is not None and fact.min > fact.max:
        problems.append(document.problem("range-order", (*path, "min"), low=fact.min, high=fact.max))
    if fact.default is not None:
        problems += check_value(fact_id, fact, fact.default, document, (*path, "default"))
    return problems


def check_value(fact_id: str, fact: Fact, value: Any, document: Document, path: KeyPath) -> list[Problem]:
    """Return the problem of a value that its fact cannot have."""
    if fact.kind == "category":
        if isinstance(value, str) and value in fact.values:
            return []
        near, allowed = nearest(value, fact.values), sorted(fact.values)
        return [
            document.problem("fact-category", path, name=fact_id, value=value, allowed=allowed, near=near)
        ]
    fits = {"flag": bool, "count": int, "quantity": (int, float)}[fact.kind]
    if not isinstance(value, fits) or (fact.kind != "flag" and isinstance(value, bool)):  # type: ignore[arg-type]
        return [document.problem("fact-kind", path, name=fact_id, value=value, kind=fact.kind)]
    if fact.kind == "count" and value < 0:
        return [document.problem("count-negative", path, name=fact_id, value=value)]
    low, high = fact.min, fact.max
    if (low is not None and value < low) or (high is not None and value > high):
        limits: dict[str, Any] = {
            "low": "−∞" if low is None else f"{low:g}",
            "high": "∞" if high is None else f"{high:g}",
        }
        return [document.problem("fact-out-of-range", path, name=fact_id, value=value, **limits)]
    return []


def check_values(values: Mapping[str, Any], names: Names, document: Document, path: KeyPath) -> list[Problem]:
    """Return the problems of a mapping fact → value."""
    problems = []
    for fact_id, value in values.items():
        place = (*path, fact_id)
        fact = names.facts.get(fact_id)
        if fact is None:
            near = nearest(fact_id, names.facts)
            problems.append(document.problem("unknown-fact", place, at_key=True, name=fact_id, near=near))
        else:
            problems += check_value(fact_id, fact, value, document, place)
    return problems


def check_effects(effects: Effects, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    """Return the problems of `set` (flags, quantities, categories) and `add` (counts)."""
    problems = check_values(effects.set, names, document, (*path, "set"))
    for fact_id in effects.set:
        if fact_id in names.facts and names.facts[fact_id].kind == "count":
            problems.append(document.problem("count-set", (*path, "set", fact_id), at_key=True, name=fact_id))
    for fact_id in effects.add:
        problems += _check_add(fact_id, names, document, (*path, "add", fact_id))
    return problems


def _check_add(fact_id: str, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    fact = names.facts.get(fact_id)
    if fact is None:
        near = nearest(fact_id, names.facts)
        return [document.problem("unknown-fact", path, at_key=True, name=fact_id, near=near)]
    if fact.kind != "count":
        return [document.problem("add-not-count", path, at_key=True, name=fact_id, kind=fact.kind)]
    return []


def check_condition(text: str, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    """Return every problem of a condition: its grammar, its names, the kinds of its facts."""
    try:
        asked, grades = pseudo_facts(text), grades_named(text)
    except ConditionError as fault:
        return [document.problem(fault.code, path, offset=fault.offset, **fault.values)]
    known = {*names.facts, *(pseudo.name for pseudo in asked), *(f"graded({name})" for name, _ in grades)}
    kinds = {fact_id: fact.kind for fact_id, fact in names.facts.items()}
    categories = {fact_id: fact.values for fact_id, fact in names.facts.items() if fact.kind == "category"}
    faults = [*condition_faults(text, known, kinds, categories)]
    problems = [document.problem(fault.code, path, offset=fault.offset, **fault.values) for fault in faults]
    problems += [
        document.problem("unknown-grade", path, offset=at, name=name, near=nearest(name, names.graded))
        for name, at in grades
        if name not in names.graded and names.graded  # without a law nothing is graded, which is no mistake
    ]
    return problems + [
        problem for pseudo in asked for problem in _check_pseudo(pseudo, names, document, path)
    ]


def _check_pseudo(pseudo: Pseudo, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    if pseudo.kind == "late":
        return _check_late(pseudo, names, document, path)
    known = event_names(names) if pseudo.kind == "elapsed" else tuple(names.playable)
    if pseudo.argument in known:
        return []
    if pseudo.kind != "elapsed" and pseudo.argument in names.duties:
        return [document.problem("duty-outside", path, offset=pseudo.offset, name=pseudo.argument)]
    code = "unknown-event" if pseudo.kind == "elapsed" else "unknown-duty"
    near = nearest(pseudo.argument, known)
    return [document.problem(code, path, offset=pseudo.offset, name=pseudo.argument, near=near)]


def _check_late(pseudo: Pseudo, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    norm = names.norms.get(pseudo.argument)
    if norm is None:
        near = nearest(pseudo.argument, names.norms)
        return [document.problem("unknown-norm", path, offset=pseudo.offset, name=pseudo.argument, near=near)]
    if not (norm.of and norm.from_ and norm.to and norm.within):
        return [document.problem("norm-no-limit", path, offset=pseudo.offset, name=pseudo.argument)]
    return []


def event_names(names: Names) -> tuple[str, ...]:
    """Return what ``elapsed()``, `after`, norms and clocks may name: see `sim.record.events` for what each means."""
    arranged = names.arrangements
    ended = ("triggered", "started", "finished")
    return (
        *COMMAND_EVENTS,
        *names.injects,
        *(f"{duty_id}.{stage}" for duty_id in names.playable for stage in STAGES),
        *(f"{step}.{stage}" for step in sorted(DESK_STEPS) for stage in ended),
        *(f"report.{report}.{stage}" for report in arranged.reports for stage in ended),
        *(f"need.{need}" for need in names.needs),
        *(f"level.{level}" for level in arranged.levels),
        *(f"graded.{grade}" for grade in names.graded),
        *(f"broken.{rule}" for rule in names.law.safety),
    )
