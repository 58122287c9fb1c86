"""Grades of accidents, near miss, report forms, the safety of rescuers and drills: `law.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any, Final

from sim.errors import Problem
from sim.plan.checks.facts import check_condition, event_names
from sim.plan.checks.names import Names, check_fact_of_kind, check_names, check_ranks, unknown
from sim.plan.checks.strength import check_period
from sim.plan.durations import parse_duration
from sim.plan.expressions import Call, parse_condition, walk
from sim.plan.grading import NEAR_MISS
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Form, Law, SafetyRule, Strength, UnitStrength
from sim.plan.tokens import ConditionError
from sim.plan.validation import nearest

_NEEDED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "before_entry": (("requires", "stock"),),
    "standby": (),
    "exposure": (("fact",), ("bands",)),
    "withdrawal": (("when",), ("count",)),
    "prohibition": (("when",),),
}
"""Kind of safety rule → what it cannot do without; of several names in one place any is enough."""
_SPECIAL: Final = ("requires", "stock", "fact", "bands", "count")
"""Keys that only some kinds of safety rules have."""


def check_law(law: Law, names: Names, document: Document) -> list[Problem]:
    """Return the problems of `law.yaml`."""
    problems = _check_grades(law, names, document) + _check_near_miss(law, names, document)
    for place, fact_id in enumerate(law.casualties):
        problems += check_fact_of_kind(document, ("casualties", place), fact_id, "count", names)
    for form_id, form in law.forms.items():
        problems += _check_form(form, names, document, ("forms", form_id))
    for rule_id, rule in law.safety.items():
        problems += _check_safety(rule, names, document, ("safety", rule_id))
    for rule_id, how_often in law.drills.items():
        if how_often.where is not None:
            problems += _check_facts_only(how_often.where, names, document, ("drills", rule_id, "where"))
    return problems


def _check_grades(law: Law, names: Names, document: Document) -> list[Problem]:
    problems = check_ranks(
        document, {("grades", name, "rank"): grade.rank for name, grade in law.grades.items()}
    )
    if NEAR_MISS in law.grades:
        problems.append(document.problem("grade-reserved", ("grades", NEAR_MISS), at_key=True))
    for rule_id, rule in law.rules.items():
        for name, text in rule.grades.items():
            path = ("rules", rule_id, "grades", name)
            if name not in law.grades:
                problems.append(unknown(document, path, "unknown-grade", name, law.grades, at_key=True))
            problems += _check_facts_only(text, names, document, path)
    return problems + _check_reached(law, document)


def _check_reached(law: Law, document: Document) -> list[Problem]:
    """A grade above the lowest that no rule gives would be reached by every accident."""
    ruled = [
        law.grades[name].rank for rule in law.rules.values() for name in rule.grades if name in law.grades
    ]
    lowest = min((grade.rank for grade in law.grades.values()), default=0)
    return [
        document.problem("grade-no-rule", ("grades", name), at_key=True, name=name)
        for name, grade in law.grades.items()
        if grade.rank > max([lowest, *ruled])
    ]


def _check_near_miss(law: Law, names: Names, document: Document) -> list[Problem]:
    if law.near_miss is None:
        return []
    if not law.near_miss.any_:
        return [document.problem("near-miss-empty", ("near-miss", "any"), at_key=True)]
    return [
        problem
        for name, text in law.near_miss.any_.items()
        for problem in _check_facts_only(text, names, document, ("near-miss", "any", name))
    ]


def _check_facts_only(text: str, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    """Return the problems of a condition that may speak of the accident only, not of how the drill goes."""
    try:
        calls = [node for node in walk(parse_condition(text)) if isinstance(node, Call)]
    except ConditionError:
        calls = []  # told below
    if calls:
        return [document.problem("law-condition", path, offset=calls[0].offset, call=calls[0].kind)]
    return check_condition(text, names, document, path)


def _check_form(form: Form, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    if not form.elements:
        return [document.problem("form-empty", (*path, "elements"), at_key=True)]
    problems, events = [], event_names(names)
    for element_id, element in form.elements.items():
        place = (*path, "elements", element_id)
        problems += check_names(document, (*place, "facts"), "unknown-fact", element.facts, names.facts)
        problems += check_names(document, (*place, "events"), "unknown-event", element.events, events)
    return problems


def _check_safety(rule: SafetyRule, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    problems = _check_keys(rule, document, path)
    problems += check_condition(rule.when, names, document, (*path, "when"))
    if rule.requires is not None:
        problems += check_condition(rule.requires, names, document, (*path, "requires"))
    if rule.fact is not None:
        problems += check_fact_of_kind(document, (*path, "fact"), rule.fact, "quantity", names)
    for place, duty_id in enumerate(rule.duties):
        if duty_id in names.duties and duty_id not in names.playable:
            problems.append(document.problem("duty-outside", (*path, "duties", place), name=duty_id))
    return problems + _check_bands(rule, document, (*path, "bands"))


def _check_keys(rule: SafetyRule, document: Document, path: KeyPath) -> list[Problem]:
    needed = _NEEDED[rule.kind]
    given = {key for key in ("when", *_SPECIAL) if key in rule.model_fields_set and getattr(rule, key)}
    missing = ["/".join(keys) for keys in needed if not given.intersection(keys)]
    unfit = [key for key in _SPECIAL if key in given and not any(key in keys for keys in needed)]
    values: dict[str, Any] = {"rule": rule.kind}
    return [
        *(document.problem("safety-missing", path, at_key=True, key=key, **values) for key in missing),
        *(document.problem("safety-unfit", (*path, key), at_key=True, key=key, **values) for key in unfit),
    ]


def _check_bands(rule: SafetyRule, document: Document, path: KeyPath) -> list[Problem]:
    """The higher the concentration, the shorter the work; where nobody may be at all is the matter of other rules."""
    short = [
        problem
        for name, band in rule.bands.items()
        for problem in check_period(band.within, document, (*path, name, "within"))
    ]
    limits = {name: parse_duration(band.within).at(0.5) for name, band in rule.bands.items()}
    rising = sorted(rule.bands, key=lambda name: (rule.bands[name].above, -limits[name]))
    return short + [
        document.problem("bands-order", (*path, higher), at_key=True, name=higher, other=lower)
        for lower, higher in pairwise(rising)
        if rule.bands[lower].above == rule.bands[higher].above or limits[lower] <= limits[higher]
    ]


def check_safety_stocks(
    units: Mapping[str, UnitStrength], names: Names, document: Document, path: KeyPath = ()
) -> list[Problem]:
    """Return a warning for every rule that asks for a stock which the unit of one of its duties does not have.

    `units` are those to look at. The warning stands at the duty in `law.yaml`, or where `path` is given at the unit
    below it.
    """
    problems = []
    for rule_id, rule in sorted(names.law.safety.items()):
        told: set[str] = set()
        for place, duty_id in enumerate(rule.duties if rule.stock else ()):
            unit = names.playable[duty_id][0] if duty_id in names.playable else ""
            if unit in told or unit not in units or rule.stock in units[unit].stocks:
                continue
            told.add(unit)
            where = (*path, unit) if path else ("safety", rule_id, "duties", place)
            values: dict[str, Any] = {"name": duty_id, "unit": unit, "stock": rule.stock}
            problems.append(
                document.problem("safety-no-stock", where, at_key=bool(path), severity="warning", **values)
            )
    return problems


def every_unit(strength: Strength, names: Names) -> dict[str, UnitStrength]:
    """Return what each body and unit of the register has, nothing of its own where no file says so."""
    return {name: strength.units.get(name, UnitStrength()) for name in names.actors}


def check_rules_heard(
    law: Law, duties: Collection[str], stocks: Collection[str], document: Document
) -> list[Problem]:
    """Return the problem of every duty and stock of a safety rule that no unit and no guest of any scenario has.

    `duties` and `stocks` are those of the roster and of all scenarios together.
    """
    problems = [
        document.problem(
            "safety-stock-nowhere",
            ("safety", rule_id, "stock"),
            name=rule.stock,
            near=nearest(rule.stock, stocks),
        )
        for rule_id, rule in law.safety.items()
        if rule.stock is not None and rule.stock not in stocks
    ]
    return problems + [
        document.problem(
            "safety-nobody",
            ("safety", rule_id, "duties", place),
            name=duty_id,
            near=nearest(duty_id, duties),
        )
        for rule_id, rule in law.safety.items()
        for place, duty_id in enumerate(rule.duties)
        if duty_id not in duties
    ]
