"""Injects that can never be given: on what nothing can make true, or after one that never comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.plan.compiled import Inject, Plan
from sim.review.flaws.flaw import Flaw
from sim.review.flaws.reach import Bounds, can_hold


def unreachable_flaws(plan: Plan) -> Iterator[Flaw]:
    """Yield a flaw for each inject that no play can ever give."""
    never: set[str] = set()
    more = True
    while more:  # one that never comes may be what another waits for
        bounds = _bounds(plan, never)
        found = [
            (inject, variant) for inject in plan.injects
            if inject.id not in never and (variant := _why(plan, inject, never, bounds))
        ]  # fmt: skip
        more = bool(found)
        for inject, variant in found:
            never.add(inject.id)
            values = {"title": inject.title, "event": inject.delay[0] if inject.delay else ""}
            yield Flaw(
                "S201", "major", inject.id, variant=variant, values=values, path=("injects", inject.id)
            )


def _why(plan: Plan, inject: Inject, never: set[str], bounds: Mapping[int, Bounds]) -> str:
    if inject.when is not None and not can_hold(plan, inject.when, within=bounds):
        return "condition"
    if inject.delay is not None and inject.delay[0] in never:
        return "after"
    return ""


def _bounds(plan: Plan, never: set[str]) -> dict[int, Bounds]:
    """What each fact can truly be: as it is at T+0, or as whatever writes it may leave it."""
    bounds: dict[int, Bounds] = {}
    writers = [inject for inject in plan.injects if inject.id not in never]
    for place, fact in enumerate(plan.facts):
        if fact.kind == "pseudo":
            if any(timer.fact == place and timer.event in never for timer in plan.timers):
                bounds[place] = Bounds(frozenset({False}))
            continue
        start = plan.truth[place]
        sets: set[Any] = {value for inject in writers for at, value in inject.sets if at == place}
        sets |= {value for hazard in plan.hazards for at, value in hazard.sets if at == place}
        sets |= {value for duty in plan.duties for at, value in duty.sets if at == place}
        if fact.kind in ("flag", "category"):
            bounds[place] = Bounds(frozenset({start, *sets}))
        elif fact.kind == "count":
            bounds[place] = _count(plan, place, start, sets, writers)
    return bounds


def _count(plan: Plan, place: int, start: int, sets: set[Any], writers: list[Inject]) -> Bounds:
    """A count rises by what injects and hazards add; what duties give in batches has no bound of its own."""
    streams = any(at == place for inject in writers if inject.every for at, _ in inject.adds)
    if streams or any(duty.gives == place or any(at == place for at, _ in duty.adds) for duty in plan.duties):
        return Bounds(None, min((start, *sets)))
    most = max((start, *sets)) + sum(n for inject in writers for at, n in inject.adds if at == place)
    for hazard in plan.hazards:
        for at, n in hazard.adds:
            if at == place:
                if hazard.at_most is None or hazard.growth != 1.0:
                    return Bounds(None, min((start, *sets)))
                most += n * hazard.at_most
    return Bounds(None, min((start, *sets)), most)
