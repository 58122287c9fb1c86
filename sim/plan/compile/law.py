"""Grades, near miss, report forms, safety rules and rules of drills."""

from __future__ import annotations

from sim.plan import compiled as c
from sim.plan import schema as s
from sim.plan.compile.vocabulary import Vocabulary, label, maybe_duration, ticks
from sim.plan.conditions import Condition
from sim.plan.grading import NEAR_MISS


def compile_law(v: Vocabulary) -> c.Law:
    """Return what binds every office."""
    law = v.law
    return c.Law(
        grades=_grades(v),
        rules=tuple(
            c.GradeRule(name, label(rule.label), rule.basis, rule.status)
            for name, rule in sorted(law.rules.items())
        ),
        near_miss=_near_miss(v, law.near_miss) if law.near_miss else None,
        casualties=tuple(v.place[fact] for fact in law.casualties),
        forms=tuple(_form(v, name, form) for name, form in sorted(law.forms.items())),
        safety=tuple(_safety(v, name, rule) for name, rule in sorted(law.safety.items())),
        drills=tuple(_how_often(v, name, rule) for name, rule in sorted(law.drills.items())),
    )


def _grades(v: Vocabulary) -> tuple[c.Grade, ...]:
    return tuple(
        c.Grade(name, grade.rank, label(grade.label), v.condition(f"graded({name})"), _parts(v, name))
        for name, grade in sorted(v.law.grades.items(), key=lambda item: item[1].rank)
    )


def _parts(v: Vocabulary, name: str) -> tuple[tuple[int, Condition], ...]:
    return tuple(
        (place, v.condition(rule.grades[name]))
        for place, (_, rule) in enumerate(sorted(v.law.rules.items()))
        if name in rule.grades
    )


def _near_miss(v: Vocabulary, given: s.NearMiss) -> c.NearMiss:
    parts = tuple((name, v.condition(text)) for name, text in sorted(given.any_.items()))
    when = v.condition(f"graded({NEAR_MISS})")
    return c.NearMiss(label(given.label), when, parts, given.basis, given.status)


def _form(v: Vocabulary, name: str, given: s.Form) -> c.Form:
    elements = tuple(
        c.Element(
            element_id,
            label(element.label),
            tuple(sorted(v.place[fact] for fact in element.facts)),
            tuple(sorted(element.events)),
        )
        for element_id, element in sorted(given.elements.items())
    )
    return c.Form(name, label(given.label), elements, given.basis, given.status)


def _how_often(v: Vocabulary, name: str, given: s.DrillRule) -> c.DrillRule:
    return c.DrillRule(
        name,
        label(given.label),
        given.binds,
        given.months,
        v.maybe(given.where),
        given.basis,
        given.status,
        given.note or "",
    )


def _safety(v: Vocabulary, name: str, given: s.SafetyRule) -> c.SafetyRule:
    bands = sorted((float(band.above), ticks(band.within)) for band in given.bands.values())
    return c.SafetyRule(
        id=name,
        kind=given.kind,
        label=label(given.label),
        duties=frozenset(v.duty_at[duty] for duty in given.duties if duty in v.duty_at),
        when=v.condition(given.when),
        requires=v.maybe(given.requires),
        stock=given.stock or "",
        fact=v.place[given.fact] if given.fact else -1,
        bands=tuple(bands),
        count=maybe_duration(given.count),
        basis=given.basis,
        status=given.status,
    )
