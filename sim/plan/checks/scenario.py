"""One scenario against the roster it is played with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import log10
from typing import Any, Final

from sim.errors import InputError, Problem
from sim.plan.assume import assume, place_of
from sim.plan.checks.arrangements import check_arrangements
from sim.plan.checks.facts import check_condition, check_effects, check_values
from sim.plan.checks.findings import scenario_findings
from sim.plan.checks.injects import check_injects
from sim.plan.checks.law import check_safety_stocks
from sim.plan.checks.names import Names, scenario_names, unknown
from sim.plan.checks.norms import check_clocks
from sim.plan.checks.register import check_cycles, check_duty
from sim.plan.checks.strength import check_period, check_sources, check_strength, check_unit
from sim.plan.checks.world import (
    check_day,
    check_stocks,
    check_surroundings,
    check_world,
    units_with_guests,
)
from sim.plan.durations import parse_duration
from sim.plan.moments import at_ticks
from sim.plan.reading import Document, KeyPath, Mark
from sim.plan.schema import Absence, Duty, Effects, Hazard, Roster, Scenario, Strength, UnitStrength

_Marks = Mapping[KeyPath, Mark]

_MOST_ADDED: Final = 100_000
"""What one change of a hazard may add at most; a district has not many times as many people."""


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
        problems += _check_hazard(hazard, scenario, names, document, ("hazards", hazard_id))
    problems += check_clocks(scenario, names, document)
    for entry_id, entry in scenario.aftermath.items():
        problems += check_effects(entry.makes, names, document, ("aftermath", entry_id, "makes"))
    if scenario.end:
        problems += check_condition(scenario.end.when, names, document, ("end", "when"))
    strength, faults = _assumed(scenario, roster, document)
    problems += faults
    problems += check_day(scenario, strength, names, document)
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
    units = units_with_guests(scenario, roster.strength)
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
        problems += check_surroundings(guest.strength, roster.strength, names, document, strength)
        problems += check_stocks(name, guest.strength, units, names, document, strength)
    guests = {name: guest.strength for name, guest in scenario.guests.items()}
    problems += check_safety_stocks(guests, names, document, ("guests",))
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
    played = {roster.strength.command.commander, *roster.arrangements.people}
    for holder, absence in scenario.conditions.absent.items():
        path = ("conditions", "absent", holder)
        if holder not in names.posts:
            problems.append(unknown(document, path, "unknown-post", holder, names.posts, at_key=True))
        elif holder not in played:
            values: dict[str, Any] = {"name": holder}
            problems.append(
                document.problem("absence-unplayed", path, at_key=True, severity="warning", **values)
            )
        problems += _check_absence(absence, scenario, document, path)
    return problems


def _check_absence(absence: Absence, scenario: Scenario, document: Document, path: KeyPath) -> list[Problem]:
    if absence.to and at_ticks(absence.to, scenario) <= at_ticks(absence.from_, scenario):
        return [document.problem("absence-order", (*path, "to"))]
    return []


def _check_hazard(
    hazard: Hazard, scenario: Scenario, names: Names, document: Document, path: KeyPath
) -> list[Problem]:
    problems = check_condition(hazard.while_, names, document, (*path, "while"))
    problems += check_effects(Effects(set=hazard.set, add=hazard.add), names, document, path)
    problems += check_period(hazard.every, document, (*path, "every"))
    if hazard.add and hazard.at_most is None:
        problems.append(document.problem("hazard-no-limit", (*path, "add"), at_key=True))
    if not hazard.add and not hazard.set:
        problems.append(document.problem("hazard-empty", path, at_key=True, name=path[-1]))
    return problems + _check_growth(hazard, scenario, document, (*path, "growth"))


def _check_growth(hazard: Hazard, scenario: Scenario, document: Document, path: KeyPath) -> list[Problem]:
    """Only what is added can grow, and it must not grow beyond all measure within the drill."""
    if hazard.growth == 1 or (not hazard.add and not hazard.set):
        return []
    if not hazard.add:
        return [document.problem("growth-unfit", path, at_key=True)]
    every = max(1, parse_duration(hazard.every).at(0.5))
    changes = min(hazard.at_most or 1, 1 + parse_duration(scenario.horizon).at(0.5) // every)
    largest = max(hazard.add.values())
    if log10(largest) + (changes - 1) * log10(hazard.growth) <= log10(_MOST_ADDED):
        return []
    values: dict[str, Any] = {"changes": changes, "limit": _MOST_ADDED}
    return [document.problem("growth-too-large", path, **values)]


def _assumed(scenario: Scenario, roster: Roster, document: Document) -> tuple[Strength, list[Problem]]:
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
    assumed = assume(roster, scenario.assume)
    return assumed.strength, _check_assumed(
        assumed, scenario, document, _overridden(assumed, scenario, document)
    )


def _overridden(assumed: Roster, scenario: Scenario, document: Document) -> tuple[_Marks, _Marks]:
    """Return where the keys and values of a changed roster stand: at the overrides that changed them."""
    data = {**assumed.strength.model_dump(by_alias=True), **assumed.arrangements.model_dump(by_alias=True)}
    whole = document.keys[("assume",)]
    keys: dict[KeyPath, Mark] = {(): whole}
    values: dict[KeyPath, Mark] = {(): whole}
    for text in scenario.assume:
        place = place_of(data, text)
        keys[place], values[place] = document.keys[("assume", text)], document.values[("assume", text)]
    return keys, values


def _check_assumed(
    roster: Roster, scenario: Scenario, document: Document, marks: tuple[_Marks, _Marks]
) -> list[Problem]:
    """Return the errors of a strength and of arrangements that were changed; `marks` are where their parts stand."""
    names = scenario_names(roster, scenario)
    strength, arrangements = (
        Document(document.file, given.model_dump(by_alias=True), *marks)
        for given in (roster.strength, roster.arrangements)
    )
    problems = [
        *check_strength(roster.strength, names, strength),
        *check_world(roster.strength, names, strength),
        *check_arrangements(roster.arrangements, roster.strength, names, arrangements),
    ]
    return _errors(problems)


def check_set(roster: Roster, scenario: Scenario, file: str = "--set") -> list[Problem]:
    """Return the errors of a roster whose assumptions were changed for one run, as problems of the whole of `file`."""
    day = Document(file, scenario.model_dump(by_alias=True))
    problems = [
        *_check_assumed(roster, scenario, day, ({}, {})),
        *check_day(scenario, roster.strength, scenario_names(roster, scenario), day),
    ]
    return [replace(problem, line=0, column=0) for problem in _errors(problems)]


def check_overrides(
    given: Mapping[str, Any], roster: Roster, scenario: Scenario, document: Document
) -> list[Problem]:
    """Return the errors of overrides laid over those of `scenario`; they stand under ``assume`` in `document`."""
    base = assume(roster, scenario.assume)
    day = scenario.model_copy(update={"assume": dict(given)})
    strength, problems = _assumed(day, base, document)
    if problems:
        return problems
    today = Document(document.file, scenario.model_dump(by_alias=True))
    found = check_day(scenario, strength, scenario_names(roster, scenario), today)
    return [replace(problem, line=0, column=0) for problem in _errors(found)]


def _errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]
