"""A case from what the office gives: the expected play of each scenario, its history and its open improvements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sim.plan.compiled import DrillRule, Plan
from sim.plan.schema import ProgrammeHabits
from sim.record.history import Held
from sim.record.improvements import Improvement, Targets
from sim.record.timeline import Timeline
from sim.review.names import Names
from sim.study.programme.case import Case, Choice, Duty, HowOften, Planned, Promise
from sim.study.programme.days import days_to_use, later
from sim.study.programme.exercised import exercised

_LIGHTEST = 9
"""A need of priority 1 weighs 8, one of priority 8 weighs 1."""


def build_case(
    plays: Mapping[str, Timeline],
    habits: ProgrammeHabits,
    held: Iterable[Held],
    improvements: Iterable[Improvement],
    *,
    today: date,
    months: int,
) -> Case:
    """Return the case of so many months from `today`, with the scenarios whose expected `plays` are given by id."""
    plans = {name: play.plan for name, play in sorted(plays.items())}
    plan = next(iter(plans.values()))
    choices = {name: Choice(name, play.plan.title, exercised(play)) for name, play in sorted(plays.items())}
    end = later(today, months)
    return Case(
        today=today,
        end=end,
        days=days_to_use(today + timedelta(habits.prepare_days), end, lambda day: _works(plan, day)),
        gap=habits.gap_months,
        stale=habits.stale_months,
        duties=_duties(plan),
        choices=choices,
        rules=tuple(_rule(rule, plans) for rule in plan.law.drills),
        promises=tuple(_promise(one, plan, choices) for one in improvements),
        held=tuple(sorted({Planned(drill.day, drill.scenario) for drill in held})),
    )


def names_of_targets(plan: Plan) -> Targets:
    """Return what an improvement may be about: duties, needs and units of the plan by id and by name."""
    duties = [duty for duty in plan.duties if plan.actors[duty.actor].kind != "guest"]
    units = [actor for actor in plan.actors if actor.kind != "guest"]
    return Targets(
        {duty.id: duty.id for duty in duties},
        {name: need.id for need in plan.needs for name in (need.id, *need.label.values())},
        {name: unit.name for unit in units for name in (unit.name, *unit.label.values())},
    )


def _works(plan: Plan, day: date) -> bool:
    if day in plan.days_on:
        return True
    return day.weekday() in plan.office_days and day not in plan.days_off


def _duties(plan: Plan) -> dict[str, Duty]:
    names = Names(plan)
    return {
        duty.id: Duty(duty.id, names.whose(duty.id), _LIGHTEST - plan.needs[duty.need].priority)
        for duty in plan.duties
        if plan.actors[duty.actor].kind != "guest"
    }


def _rule(rule: DrillRule, plans: Mapping[str, Plan]) -> HowOften:
    counts = frozenset(name for name, plan in plans.items() if _speaks_of(rule.id, plan))
    return HowOften(
        rule.id, rule.label, rule.months, rule.binds == "office", counts, rule.basis, rule.status, rule.note
    )


def _speaks_of(rule_id: str, plan: Plan) -> bool:
    """Whether a rule speaks of the drill of a plan, by its first situation."""
    where = next(rule.where for rule in plan.law.drills if rule.id == rule_id)
    return where is None or where.test(plan.truth, ())


def _promise(one: Improvement, plan: Plan, choices: Mapping[str, Choice]) -> Promise:
    names = Names(plan)
    label = {"duty": names.whose, "need": names.need, "unit": names.unit}[one.kind](one.target)
    asked = {
        duty.id
        for duty in plan.duties
        if one.target
        == {"duty": duty.id, "need": plan.needs[duty.need].id, "unit": names.owner(duty.id)}[one.kind]
    }
    tested_by = frozenset(name for name, choice in choices.items() if asked & choice.duties)
    return Promise(one.problem, label, one.deadline, tested_by)
