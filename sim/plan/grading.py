"""The grade of an accident, as law.yaml has it: what each grade means in facts, and the grade of given figures.

The higher of several rules counts; 以上 includes its number, 以下 does not (State Council order 493, article 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.plan.compiled.law import Grade, Law

if TYPE_CHECKING:
    from sim.plan.schema import Law as LawFile

NEAR_MISS: Final = "near_miss"
"""The name under which conditions ask for 较大涉险事故: ``graded(near_miss)``."""


def meanings(law: LawFile) -> dict[str, tuple[str, ...]]:
    """Return what ``graded(name)`` stands for: conditions of which any is enough, for each grade and a near miss."""
    found: dict[str, tuple[str, ...]] = {}
    for name, grade in law.grades.items():
        as_grave = sorted(other for other, given in law.grades.items() if given.rank >= grade.rank)
        texts = [
            rule.grades[other]
            for _, rule in sorted(law.rules.items())
            for other in as_grave
            if other in rule.grades
        ]
        lowest = grade.rank == min(given.rank for given in law.grades.values())
        found[name] = () if lowest else tuple(texts)
    if law.near_miss is not None:
        found[NEAR_MISS] = tuple(text for _, text in sorted(law.near_miss.any_.items()))
    return found


def grade_of(law: Law, values: Sequence[Any]) -> Grade | None:
    """Return the gravest grade that the figures in `values` make, by place of fact; None where nothing is graded."""
    sure = (True,) * len(values)
    return next((grade for grade in reversed(law.grades) if grade.when.test(values, sure)), None)


def is_near_miss(law: Law, values: Sequence[Any]) -> bool:
    """Whether the figures in `values` make a near miss that must be reported to the city."""
    return law.near_miss is not None and law.near_miss.when.test(values, (True,) * len(values))


def figures(law: Law, facts: Sequence[Any], values: Sequence[Any]) -> Mapping[str, Any]:
    """Return the lines of the casualty ledger with their values, those that are nothing left out."""
    return {facts[place].id: values[place] for place in law.casualties if values[place]}
