"""Duties that no situation calls for: conditions that cannot hold, alone or together, and what they wait for.

A condition is tried on every combination of the values that could make a difference: true and false, each value of
a category, and for numbers those beside every number that the condition names. Where that is too many to try, the
condition counts as reachable: a flaw is named only where it is certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sim.plan.compiled import Duty, Fact, Need, Plan
from sim.plan.conditions import Condition
from sim.plan.expressions import Constant, walk
from sim.review.flaws.flaw import Flaw
from sim.review.flaws.paper import Paper

MOST: Final = 200_000
"""Combinations that are tried before a condition is left undecided."""
_ANYTHING: Final[Mapping[int, Any]] = MappingProxyType({})


def reach_flaws(paper: Paper) -> Iterator[Flaw]:
    """Yield a flaw for each duty that can never be called for."""
    plan = paper.plan
    dead: set[int] = set()
    for place, duty in enumerate(plan.duties):
        need = plan.needs[duty.need]
        variant = _never(plan, need, duty)
        if variant:
            dead.add(place)
            yield _flaw(paper, duty, variant)
    waiting = True
    while waiting:
        waiting = False
        for place, duty in enumerate(plan.duties):
            other = next((before.duty for before in duty.after if before.duty in dead), -1)
            if place not in dead and other >= 0:
                dead.add(place)
                waiting = True
                yield _flaw(paper, duty, "after", plan.duties[other])


def _never(plan: Plan, need: Need, duty: Duty) -> str:
    """Which condition can never hold: that of the need, the duty's own beside it, or none."""
    if not can_hold(plan, need.when):
        return "need"
    if duty.condition is not None and not can_hold(plan, need.when, duty.condition):
        return "condition"
    return ""


def _flaw(paper: Paper, duty: Duty, variant: str, other: Duty | None = None) -> Flaw:
    values = {"unit": paper.unit(duty), "duty": duty.label, "need": paper.plan.needs[duty.need].label}
    if other is not None:
        values["other"] = other.label
    return Flaw("P105", "major", duty.id, (duty.quote,), variant, (duty.id,), values)


class Bounds(NamedTuple):
    """What a fact can be: one of `values`, or a number from `least` to `most`; None for no limit."""

    values: frozenset[Any] | None
    least: float = 0
    most: float | None = None

    def admits(self, value: Any) -> bool:
        """Return whether a value lies within."""
        if self.values is not None:
            return value in self.values
        return bool(self.least <= value and (self.most is None or value <= self.most))


def can_hold(plan: Plan, *conditions: Condition, within: Mapping[int, Bounds] = _ANYTHING) -> bool:
    """Return whether conditions can hold together; what would take too long to try counts as yes.

    `within` says what facts can be, by place; of the others everything is tried.
    """
    places = sorted({place for condition in conditions for place in condition.facts})
    numbers = _numbers(
        conditions, len(places), [n for b in within.values() if b.values is None for n in (b.least, b.most)]
    )
    choices = [
        [
            value
            for value in _values(plan.facts[place], numbers)
            if place not in within or within[place].admits(value)
        ]
        for place in places
    ]
    if prod(map(len, choices)) > MOST:
        return True
    values: list[Any] = [fact.default for fact in plan.facts]
    for known in (True, False):
        heard = (known,) * len(values)
        for chosen in product(*choices):
            for place, value in zip(places, chosen, strict=True):
                values[place] = value
            if all(condition.test(values, heard) for condition in conditions):
                return True
    return False


def _numbers(
    conditions: Sequence[Condition], width: int, limits: Sequence[float | None] = ()
) -> tuple[float, ...]:
    """Numbers beside every one that the conditions name, and enough small ones to set facts apart."""
    named = {0.0, *(float(limit) for limit in limits if limit is not None)}
    for condition in conditions:
        for node in walk(condition.tree()):
            if isinstance(node, Constant) and not isinstance(node.value, bool | str):
                named.add(float(node.value))
    spread = min(width, 3)
    return tuple(sorted({value + step for value in named for step in (-0.5, *range(-1, spread + 1))}))


def _values(fact: Fact, numbers: tuple[float, ...]) -> tuple[Any, ...]:
    if fact.kind in ("flag", "pseudo"):
        return (False, True)
    if fact.kind == "category":
        return tuple(value for value, _ in fact.values)
    if fact.kind == "count":
        return tuple(int(number) for number in numbers if number >= 0 and number == int(number))
    return numbers
