"""Local capability: sources, teams, lengths of time, the desk, the command."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from sim.errors import Problem
from sim.plan.checks.facts import check_condition
from sim.plan.checks.names import Names, check_duty_name, check_names, unknown
from sim.plan.durations import parse_duration
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Command, Strength, UnitStrength, Work

SHORTEST_PERIOD: Final = 17
"""Ticks of 1/1000 minute: one second."""


def check_strength(strength: Strength, names: Names, document: Document) -> list[Problem]:
    """Return the problems of `strength.yaml`."""
    problems = check_sources(document.data, strength.sources, document)
    problems += _check_command(strength.command, names, document)
    problems += _check_hours(strength, document)
    if strength.desk.body not in names.actors:
        problems.append(unknown(document, ("desk", "body"), "unknown-unit", strength.desk.body, names.actors))
    for name, unit in strength.units.items():
        path = ("units", name)
        if name not in names.actors:
            problems.append(unknown(document, path, "unknown-unit", name, names.actors, at_key=True))
        else:
            problems += check_unit(name, unit, strength, names, document, path)
    then = strength.defaults.answer.then
    return problems + check_names(
        document, ("defaults", "answer", "then"), "unknown-channel", then, strength.channels
    )


def check_sources(
    data: Any, sources: Collection[str], document: Document, path: KeyPath = ()
) -> list[Problem]:
    """Return a problem for every `src` below `path` that names no source."""
    return [
        unknown(document, place, "unknown-source", src, sources)
        for place, src in _sources(data, path)
        if src not in sources
    ]


def _sources(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "src" and isinstance(value, str):  # a team or a report may be called src too
                yield (*path, key), value
            else:
                yield from _sources(value, (*path, key))


def check_unit(
    name: str, unit: UnitStrength, strength: Strength, names: Names, document: Document, path: KeyPath
) -> list[Problem]:
    """Return the problems of what one unit or guest has."""
    problems = []
    for duty_id, work in unit.work.items():
        place = (*path, "work", duty_id)
        faults = check_duty_name(document, place, duty_id, names, at_key=True)
        owner = names.duties[duty_id][0] if duty_id in names.duties else name
        if not faults and owner != name:
            faults = [document.problem("work-of-other", place, at_key=True, name=duty_id, owner=owner)]
        problems += faults or _check_work(duty_id, work, unit, names, document, place)
    then = unit.answer.then if unit.answer else []
    return problems + check_names(
        document, (*path, "answer", "then"), "unknown-channel", then, strength.channels
    )


def _check_work(
    duty_id: str, work: Work, unit: UnitStrength, names: Names, document: Document, path: KeyPath
) -> list[Problem]:
    problems = []
    for team, wanted in work.uses.items():
        place = (*path, "uses", team)
        if team not in unit.teams:
            problems.append(unknown(document, place, "unknown-team", team, unit.teams, at_key=True))
        elif wanted > unit.teams[team].count:
            values: dict[str, Any] = {"team": team, "wanted": wanted, "count": unit.teams[team].count}
            problems.append(document.problem("teams-too-few", place, **values))
    reads = names.duties[duty_id][1].reads
    repeated = reads is not None and reads.form == "repeated"
    if repeated and work.every is None:
        problems.append(document.problem("every-missing", path, at_key=True, name=duty_id))
    if work.every is not None and not repeated:
        problems.append(document.problem("every-unused", (*path, "every"), severity="warning", name=duty_id))
    if work.every is not None:
        problems += check_period(work.every, document, (*path, "every"))
    return problems


def check_period(text: str, document: Document, path: KeyPath) -> list[Problem]:
    """Return the problem of a period shorter than a second: it would recur all but without end."""
    short = parse_duration(text).at(0.5) < SHORTEST_PERIOD
    return [document.problem("period-zero", path, value=text)] if short else []


def _check_command(command: Command, names: Names, document: Document) -> list[Problem]:
    problems = check_condition(command.activate_when, names, document, ("command", "activate-when"))
    for key, name in (("body", command.body), ("acting", command.acting)):
        if name not in names.actors:
            problems.append(unknown(document, ("command", key), "unknown-unit", name, names.actors))
    if command.commander not in names.posts:
        path = ("command", "commander")
        problems.append(unknown(document, path, "unknown-post", command.commander, names.posts))
    if command.inform == "broadcast" and command.broadcast is None:
        problems.append(document.problem("broadcast-missing", ("command", "inform")))
    return problems


def _check_hours(strength: Strength, document: Document) -> list[Problem]:
    begin, end = (
        [int(part) for part in text.split(":")] for text in (strength.hours.begin, strength.hours.end)
    )
    if begin < end:
        return []
    values: dict[str, Any] = {"begin": strength.hours.begin, "end": strength.hours.end}
    return [document.problem("hours-order", ("hours", "end"), **values)]


def check_work_given(strength: Strength, names: Names, document: Document) -> list[Problem]:
    """Return a warning for every duty of the register that could be dispatched and has no length of time."""
    return [
        document.problem(
            "work-missing",
            _duty_path(actor, duty_id, document),
            at_key=True,
            severity="warning",
            name=duty_id,
        )
        for duty_id, (actor, _) in names.playable.items()
        if duty_id not in strength.units.get(actor, UnitStrength()).work
    ]


def _duty_path(actor: str, duty_id: str, document: Document) -> KeyPath:
    section = "units" if actor in document.data.get("units", {}) else "bodies"
    return (section, actor, "duties", duty_id)
