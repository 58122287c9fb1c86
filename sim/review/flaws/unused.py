"""Facts that a script takes the trouble to set, tell or change, and that nobody in the drill sees or reads."""

from __future__ import annotations

from collections.abc import Iterator

from sim.plan.compiled import Label, Plan
from sim.plan.conditions import Condition
from sim.review.flaws.flaw import Flaw
from sim.review.names import plain
from sim.words import say
from sim.words.flaws import MARKS


def unused_flaws(plan: Plan) -> Iterator[Flaw]:
    """Yield a flaw for each fact that the script sets and that nobody reads."""
    read = set(_read(plan))
    for place, wheres in sorted(_written(plan).items()):
        if place not in read:
            fact = plan.facts[place]
            yield Flaw(
                "S208",
                "minor",
                fact.id,
                values={"fact": fact.label, "where": _named(wheres[0])},
                path=wheres[0],
            )


def _written(plan: Plan) -> dict[int, list[tuple[str, ...]]]:
    """Where the script writes each fact: at T+0, in an inject, in a hazard."""
    found: dict[int, list[tuple[str, ...]]] = {}
    for place, fact in enumerate(plan.facts):
        if fact.kind != "pseudo" and plan.truth[place] != fact.default:
            found.setdefault(place, []).append(("facts", fact.id))
    for inject in plan.injects:
        for place, _ in (*inject.sets, *inject.adds, *inject.tells):
            found.setdefault(place, []).append(("injects", inject.id))
    for hazard in plan.hazards:
        for place, _ in (*hazard.sets, *hazard.adds):
            found.setdefault(place, []).append(("hazards", hazard.id))
    return found


def _named(path: tuple[str, ...]) -> Label:
    if path[0] == "facts":
        return {lang: say(MARKS, "start", lang) for lang in ("zh", "en")}
    return plain(path[1])


def _read(plan: Plan) -> Iterator[int]:
    """Every place that some part of the drill looks at."""
    for condition in _conditions(plan):
        yield from condition.facts
    for duty in plan.duties:
        yield from (duty.takes, duty.gives, duty.halted_by, *duty.sees)
    yield from plan.law.casualties
    yield from (place for form in plan.law.forms for element in form.elements for place in element.facts)
    yield from (rule.fact for rule in plan.law.safety)
    yield from (road.blocked for road in plan.roads)
    if plan.arrangements.field is not None:
        yield plan.arrangements.field.wind


def _conditions(plan: Plan) -> Iterator[Condition]:
    for need in plan.needs:
        yield from (c for c in (need.when, need.until) if c is not None)
    for duty in plan.duties:
        yield from (c for c in (duty.condition, duty.standby) if c is not None)
    for inject in plan.injects:
        yield from (c for c in (inject.when, inject.unless) if c is not None)
    yield from (hazard.while_ for hazard in plan.hazards)
    yield from (c for rule in plan.law.safety for c in (rule.when, rule.requires) if c is not None)
    yield from (grade.when for grade in plan.law.grades)
    yield from (norm.when for norm in plan.norms if norm.when is not None)
    yield from _of_command(plan)


def _of_command(plan: Plan) -> Iterator[Condition]:
    given = plan.arrangements
    yield plan.command.activate_when
    yield from (c for c in (plan.end, plan.weather.when if plan.weather else None) if c is not None)
    yield from (level.when for level in given.levels)
    yield from (report.when for report in given.reports if report.when is not None)
    yield from (entry.when for entry in given.aftercare)
    if given.handover is not None:
        yield given.handover.when
    if plan.law.near_miss is not None:
        yield plan.law.near_miss.when
