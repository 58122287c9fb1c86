"""One scenario against the roster it is played with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.errors import InputError, Problem
from sim.plan.assume import assume
from sim.plan.checks.facts import check_condition, check_effects, check_values
from sim.plan.checks.findings import scenario_findings
from sim.plan.checks.injects import check_injects
from sim.plan.checks.names import Names, scenario_names, unknown
from sim.plan.checks.register import check_cycles, check_duty
from sim.plan.checks.strength import check_period, check_sources, check_strength, check_unit
from sim.plan.moments import at_ticks
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Absence, Duty, Effects, Hazard, Roster, Scenario, Strength, UnitStrength


def check_scenario(scenario: Scenario, roster: Roster, document: Document) -> list[Problem]:
    """Return every problem of a scenario that shows beside its (faultless) roster."""
    names = scenario_names(roster, scenario)
    problems = _check_frame(scenario, document)
    if problems:
        return problems  # without a start or a horizon no time can be judged
    problems += check_values(scenario.facts, names, document, ("facts",))
    problems += _check_guests(scenario, roster, names, document)
    problems += _check_people(scenario, roster, names, document)
    problems += check_injects(scenario, names, document)
    for hazard_id, hazard in scenario.hazards.items():
        problems += _check_hazard(hazard, names, document, ("hazards", hazard_id))
    if scenario.end:
        problems += check_condition(scenario.end.when, names, document, ("end", "when"))
    strength, faults = _assumed(scenario, roster, names, document)
    problems += faults
    if not any(problem.severity == "error" for problem in problems):
        problems += scenario_findings(scenario, strength, names, document)
    return problems


def _check_frame(scenario: Scenario, document: Document) -> list[Problem]:
    problems = []
    try:
        scenario.start_time()
    except ValueError:
        problems.append(document.problem("start-syntax", ("start",), value=scenario.start))
    return problems + check_period(scenario.horizon, document, ("horizon",))


def _check_guests(scenario: Scenario, roster: Roster, names: Names, document: Document) -> list[Problem]:
    problems = []
    registered = {duty for body in _members(roster) for duty in body.duties}
    taken = {*roster.register_.bodies, *roster.register_.units, *roster.register_.posts}
    paths: dict[str, KeyPath] = {}
    for name, guest in scenario.guests.items():
        path = ("guests", name)
        if name in taken:
            problems.append(document.problem("guest-taken", path, at_key=True, name=name))
        for duty_id, duty in guest.duties.items():
            place = (*path, "duties", duty_id)
            if duty_id in registered or duty_id in paths:
                values: dict[str, Any] = {"name": duty_id, "other": names.duties[duty_id][0]}
                problems.append(document.problem("duty-twice", place, at_key=True, **values))
            paths[duty_id] = place
            problems += check_duty(duty, names, document, place)
            problems += _check_guest_work(duty_id, duty, guest.strength, document, place)
        strength = (*path, "strength")
        given = document.data["guests"][name].get("strength", {})
        problems += check_sources(given, roster.strength.sources, document, strength)
        problems += check_unit(name, guest.strength, roster.strength, names, document, strength)
    return problems + check_cycles(names, paths, document)


def _check_guest_work(
    duty_id: str, duty: Duty, strength: UnitStrength, document: Document, path: KeyPath
) -> list[Problem]:
    if duty.reads is None or duty_id in strength.work:
        return []
    return [document.problem("work-missing", path, at_key=True, severity="warning", name=duty_id)]


def _members(roster: Roster) -> Iterator[Any]:
    yield from roster.register_.bodies.values()
    yield from roster.register_.units.values()


def _check_people(scenario: Scenario, roster: Roster, names: Names, document: Document) -> list[Problem]:
    problems = [
        unknown(document, ("participants", name), "unknown-unit", name, names.actors, at_key=True)
        for name in scenario.participants
        if name not in names.actors
    ]
    for holder, absence in scenario.conditions.absent.items():
        path = ("conditions", "absent", holder)
        if holder not in names.posts:
            problems.append(unknown(document, path, "unknown-post", holder, names.posts, at_key=True))
        elif holder != roster.strength.command.commander:
            commander = roster.strength.command.commander
            values: dict[str, Any] = {"name": holder, "commander": commander}
            problems.append(
                document.problem("absence-unplayed", path, at_key=True, severity="warning", **values)
            )
        problems += _check_absence(absence, scenario, document, path)
    return problems


def _check_absence(absence: Absence, scenario: Scenario, document: Document, path: KeyPath) -> list[Problem]:
    if absence.to and at_ticks(absence.to, scenario) <= at_ticks(absence.from_, scenario):
        return [document.problem("absence-order", (*path, "to"))]
    return []


def _check_hazard(hazard: Hazard, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    problems = check_condition(hazard.while_, names, document, (*path, "while"))
    problems += check_effects(Effects(set=hazard.set, add=hazard.add), names, document, path)
    problems += check_period(hazard.every, document, (*path, "every"))
    if hazard.add and hazard.at_most is None:
        problems.append(document.problem("hazard-no-limit", (*path, "add"), at_key=True))
    if not hazard.add and not hazard.set:
        problems.append(document.problem("hazard-empty", path, at_key=True, name=path[-1]))
    return problems


def _assumed(
    scenario: Scenario, roster: Roster, names: Names, document: Document
) -> tuple[Strength, list[Problem]]:
    """Return the strength with the scenario's overrides, and what is wrong with them."""
    problems = []
    for path, value in scenario.assume.items():
        try:
            assume(roster, {path: value})
        except InputError as fault:
            at_key = any(problem.code == "assume-path" for problem in fault.problems)
            for problem in fault.problems:
                place = ("assume", path)
                problems.append(document.problem(problem.code, place, at_key=at_key, **problem.values))
    if problems or not scenario.assume:
        return roster.strength, problems
    strength = assume(roster, scenario.assume).strength
    plain = Document(document.file, strength.model_dump(by_alias=True))
    return strength, [
        document.problem(problem.code, ("assume",), at_key=True, **problem.values)
        for problem in check_strength(strength, names, plain)
        if problem.severity == "error"
    ]
