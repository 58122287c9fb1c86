"""The world around the drill: days off, carriers, roads, weather, stocks, and what is not as usual on the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sim.errors import Problem
from sim.plan.checks.facts import check_condition
from sim.plan.checks.names import (
    Names,
    check_actor,
    check_duty_name,
    check_fact_of_kind,
    check_names,
    unknown,
)
from sim.plan.checks.strength import check_period
from sim.plan.moments import at_ticks
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Broken, Hours, Scenario, Strength, UnitStrength, Work

_Units = Mapping[str, UnitStrength]


def check_world(strength: Strength, names: Names, document: Document) -> list[Problem]:
    """Return the problems of what `strength.yaml` says of the world."""
    problems = _check_days(strength.hours, document)
    for name, carrier in strength.carriers.items():
        problems += check_actor(document, ("carriers", name, "unit"), carrier.unit, names)
    for kind, road in strength.roads.items():
        problems += check_fact_of_kind(document, ("roads", kind, "blocked"), road.blocked, "flag", names)
    if strength.weather:
        problems += check_condition(strength.weather.when, names, document, ("weather", "when"))
    for name, unit in strength.units.items():
        problems += check_surroundings(unit, strength, names, document, ("units", name))
        problems += check_stocks(name, unit, strength.units, names, document, ("units", name))
    return problems


def _check_days(hours: Hours, document: Document) -> list[Problem]:
    problems = []
    for key, days in (("holidays", hours.holidays), ("workdays", hours.workdays)):
        for place, day in enumerate(days):
            if not _is_date(day):
                problems.append(document.problem("date-impossible", ("hours", key, place), value=day))
    both = set(hours.holidays) & set(hours.workdays)
    return problems + [
        document.problem("day-off-and-on", ("hours", "workdays", place), value=day)
        for place, day in enumerate(hours.workdays)
        if day in both
    ]


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def check_surroundings(
    unit: UnitStrength, strength: Strength, names: Names, document: Document, path: KeyPath
) -> list[Problem]:
    """Return the problems of the network, the road and the shifts of one unit or guest."""
    problems = []
    if unit.carrier is not None and unit.carrier not in strength.carriers:
        place = (*path, "carrier")
        problems.append(unknown(document, place, "unknown-carrier", unit.carrier, strength.carriers))
    if unit.road is not None and unit.road not in strength.roads:
        problems.append(unknown(document, (*path, "road"), "unknown-road", unit.road, strength.roads))
    if unit.shift:
        problems += check_period(unit.shift.time, document, (*path, "shift", "time"))
    for duty_id, work in unit.work.items():
        if work.halted_by is not None:
            place = (*path, "work", duty_id, "halted-by")
            problems += check_fact_of_kind(document, place, work.halted_by, "flag", names)
    return problems


def check_stocks(
    name: str, unit: UnitStrength, units: _Units, names: Names, document: Document, path: KeyPath
) -> list[Problem]:
    """Return the problems of the stocks of one unit or guest, what its work takes and to whom it brings some.

    `units` are all that may be brought something.
    """
    problems = []
    for stock, given in unit.stocks.items():
        if given.endurance is not None:
            problems += check_period(given.endurance, document, (*path, "stocks", stock, "endurance"))
    for duty_id, work in unit.work.items():
        place = (*path, "work", duty_id)
        problems += _check_takes(name, unit, work, units, document, (*place, "takes"))
        problems += _check_supplies(work, units, names, document, (*place, "supplies"))
    return problems


def _check_takes(
    name: str, unit: UnitStrength, work: Work, units: _Units, document: Document, path: KeyPath
) -> list[Problem]:
    problems = []
    for stock, wanted in work.takes.items():
        place = (*path, stock)
        if stock not in unit.stocks:
            problems.append(unknown(document, place, "unknown-stock", stock, unit.stocks, at_key=True))
        elif wanted > unit.stocks[stock].count and not _supplied(name, stock, units):
            values: dict[str, Any] = {"stock": stock, "wanted": wanted, "count": unit.stocks[stock].count}
            problems.append(document.problem("stock-too-few", place, **values))
    return problems


def _supplied(name: str, stock: str, units: _Units) -> bool:
    work = (work for unit in units.values() for work in unit.work.values())
    return any(stock in each.supplies.get(name, {}) for each in work)


def _check_supplies(
    work: Work, units: _Units, names: Names, document: Document, path: KeyPath
) -> list[Problem]:
    problems = []
    for receiver, given in work.supplies.items():
        if receiver not in names.actors:
            place = (*path, receiver)
            problems.append(unknown(document, place, "unknown-unit", receiver, names.actors, at_key=True))
            continue
        stocks = units.get(receiver, UnitStrength()).stocks
        problems += [
            unknown(document, (*path, receiver, stock), "unknown-stock", stock, stocks, at_key=True)
            for stock in given
            if stock not in stocks
        ]
    return problems


# --- what is not as usual on the day ------------------------------------------------------------------


def check_day(scenario: Scenario, strength: Strength, names: Names, document: Document) -> list[Problem]:
    """Return the problems of broken networks, busy teams and rules that are played as broken."""
    units = units_with_guests(scenario, strength)
    problems = []
    for network_id, broken in scenario.conditions.networks.items():
        path = ("conditions", "networks", network_id)
        problems += _check_network(broken, scenario, strength, names, document, path)
    problems += _check_busy(scenario, units, names, document)
    for rule_id, duties in scenario.conditions.breaks.items():
        problems += _check_breaks(rule_id, duties, names, document, ("conditions", "breaks", rule_id))
    return problems


def units_with_guests(scenario: Scenario, strength: Strength) -> dict[str, UnitStrength]:
    """Return what each unit and each guest of the scenario has."""
    return {**strength.units, **{name: guest.strength for name, guest in scenario.guests.items()}}


def _check_network(
    broken: Broken,
    scenario: Scenario,
    strength: Strength,
    names: Names,
    document: Document,
    path: KeyPath,
) -> list[Problem]:
    channels = ("phone", *strength.channels)
    problems = check_names(document, (*path, "channels"), "unknown-channel", broken.channels, channels)
    problems += check_names(document, (*path, "actors"), "unknown-unit", broken.actors, names.actors)
    if broken.carrier is not None and broken.carrier not in strength.carriers:
        place = (*path, "carrier")
        problems.append(unknown(document, place, "unknown-carrier", broken.carrier, strength.carriers))
    if broken.to and at_ticks(broken.to, scenario) <= at_ticks(broken.from_, scenario):
        problems.append(document.problem("network-order", (*path, "to")))
    if broken.restored_by:
        duty_id = broken.restored_by.rpartition(".")[0]
        problems += check_duty_name(document, (*path, "restored-by"), duty_id, names)
    return problems


def _check_busy(scenario: Scenario, units: _Units, names: Names, document: Document) -> list[Problem]:
    problems = []
    for name, teams in scenario.conditions.busy.items():
        path = ("conditions", "busy", name)
        if name not in names.actors:
            problems.append(unknown(document, path, "unknown-unit", name, names.actors, at_key=True))
            continue
        own = units.get(name, UnitStrength()).teams
        for team, busy in teams.items():
            place = (*path, team)
            if team not in own:
                problems.append(unknown(document, place, "unknown-team", team, own, at_key=True))
            elif busy.count > own[team].count:
                values: dict[str, Any] = {"team": team, "busy": busy.count, "count": own[team].count}
                problems.append(document.problem("busy-too-many", (*place, "count"), **values))
            if at_ticks(busy.to, scenario) == 0:
                problems.append(document.problem("busy-over", (*place, "to")))
    return problems


def _check_breaks(
    rule_id: str, duties: Iterable[str], names: Names, document: Document, path: KeyPath
) -> list[Problem]:
    rules = names.law.safety
    if rule_id not in rules:
        return [unknown(document, path, "unknown-safety", rule_id, rules, at_key=True)]
    problems = []
    for place, duty_id in enumerate(duties):
        faults = check_duty_name(document, (*path, place), duty_id, names)
        if not faults and duty_id not in rules[rule_id].duties:
            values: dict[str, Any] = {"name": duty_id, "rule": rule_id, "allowed": rules[rule_id].duties}
            faults = [document.problem("breaks-unspoken", (*path, place), **values)]
        problems += faults
    return problems
