"""Injects: when they come, to whom, what they write, what they expect."""

from __future__ import annotations

import re
from typing import Any, Final

from sim.errors import Problem
from sim.plan.checks.facts import check_condition, check_effects, check_values, event_names
from sim.plan.checks.names import (
    STAGES,
    Names,
    check_actor,
    check_duty_name,
    check_fact_of_kind,
    unknown,
)
from sim.plan.checks.register import find_cycles
from sim.plan.checks.strength import check_period
from sim.plan.durations import parse_duration
from sim.plan.moments import at_ticks
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import After, Expected, Inject, Scenario
from sim.plan.validation import nearest

_TRIGGERS: Final = ("at", "after", "when")
_STAGE: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_JUDGED: Final = STAGES[2:]
"""Stages an expected action may name: what a unit itself does."""


def check_injects(scenario: Scenario, names: Names, document: Document) -> list[Problem]:
    """Return the problems of every inject, and circles of injects that wait for each other."""
    problems = []
    for inject_id, inject in scenario.injects.items():
        path = ("injects", inject_id)
        problems += _check_trigger(inject, document, path)
        problems += _check_moments(inject, scenario, document, path)
        problems += _check_conditions(inject, names, document, path)
        problems += _check_content(inject, scenario, names, document, path)
        problems += _check_voices(inject, names, document, path)
        for place, expected in enumerate(inject.expect):
            problems += _check_expected(expected, names, document, (*path, "expect", place))
    return problems + _check_circles(scenario, document)


def _check_trigger(inject: Inject, document: Document, path: KeyPath) -> list[Problem]:
    given = [key for key in _TRIGGERS if getattr(inject, key) is not None]
    problems = []
    if not given:
        problems.append(document.problem("inject-no-trigger", path, at_key=True, name=path[-1]))
    if len(given) > 1:
        values: dict[str, Any] = {"name": path[-1], "keys": given}
        problems.append(document.problem("inject-triggers", (*path, given[1]), at_key=True, **values))
    if inject.arrivals and inject.at is None:
        problems.append(document.problem("arrivals-without-at", (*path, "arrivals"), at_key=True))
    if inject.arrivals:
        problems += check_period(inject.arrivals.every, document, (*path, "arrivals", "every"))
    if inject.at is not None:
        for key in ("unless", "window"):
            if getattr(inject, key) is not None:
                problems.append(document.problem("inject-key-unfit", (*path, key), at_key=True, key=key))
    return problems


def _check_moments(inject: Inject, scenario: Scenario, document: Document, path: KeyPath) -> list[Problem]:
    horizon = parse_duration(scenario.horizon).at(0.5)
    begin = at_ticks(inject.at, scenario) if inject.at else 0
    problems = []
    if begin > horizon:
        problems.append(_late("inject-after-horizon", begin, scenario, document, (*path, "at")))
    if inject.after and (delay := parse_duration(inject.after.delay).at(0.0)) > horizon:
        problems.append(_late("inject-after-horizon", delay, scenario, document, (*path, "after", "delay")))
    if inject.arrivals and at_ticks(inject.arrivals.until, scenario) < begin:
        problems.append(document.problem("arrivals-order", (*path, "arrivals", "until")))
    if inject.window:
        opens = at_ticks(inject.window.from_, scenario)
        if opens > horizon:
            problems.append(
                _late("window-after-horizon", opens, scenario, document, (*path, "window", "from"))
            )
        if inject.window.to and at_ticks(inject.window.to, scenario) <= opens:
            problems.append(document.problem("window-order", (*path, "window", "to")))
    return problems


def _late(code: str, ticks: int, scenario: Scenario, document: Document, path: KeyPath) -> Problem:
    return document.problem(code, path, minutes=f"{ticks / 1000:g}", horizon=scenario.horizon)


def _check_conditions(inject: Inject, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    problems = []
    if inject.when:
        problems += check_condition(inject.when, names, document, (*path, "when"))
    if inject.unless:
        problems += check_condition(inject.unless, names, document, (*path, "unless"))
    if inject.after and inject.after.event not in (events := event_names(names)):
        place, event = (*path, "after", "event"), inject.after.event
        problems.append(unknown(document, place, "unknown-event", event, events))
    return problems


def _check_content(
    inject: Inject, scenario: Scenario, names: Names, document: Document, path: KeyPath
) -> list[Problem]:
    problems = check_effects(inject.makes, names, document, (*path, "makes"))
    problems += check_values(inject.tells, names, document, (*path, "tells"))
    for place, receiver in enumerate(inject.to):
        if receiver in names.posts and receiver not in names.actors:
            problems.append(document.problem("receiver-post", (*path, "to", place), name=receiver))
        elif receiver not in names.actors:
            problems.append(unknown(document, (*path, "to", place), "unknown-unit", receiver, names.actors))
    if inject.tells and not inject.to:
        problems.append(document.problem("tells-nobody", (*path, "tells"), at_key=True))
    if inject.objective and inject.objective not in scenario.objectives:
        goal_at, goal = (*path, "objective"), inject.objective
        problems.append(unknown(document, goal_at, "unknown-objective", goal, scenario.objectives))
    return problems + _check_starts(inject, names, document, (*path, "starts"))


def _check_voices(inject: Inject, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    """Who calls the desk, and who publishes what."""
    problems = []
    if inject.reporter and not set(inject.to).intersection(names.desk):
        values: dict[str, Any] = {"desk": list(dict.fromkeys(names.desk))}
        place = (*path, "reporter")
        problems.append(
            document.problem("reporter-no-desk", place, at_key=True, severity="warning", **values)
        )
    if inject.publishes:
        place = (*path, "publishes")
        problems += check_actor(document, (*place, "by"), inject.publishes.by, names)
        for fact_id in inject.publishes.figures:
            figure = (*place, "figures", fact_id)
            problems += check_fact_of_kind(document, figure, fact_id, "count", names, at_key=True)
    return problems


def _check_starts(inject: Inject, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    problems = []
    for place, duty_id in enumerate(inject.starts):
        problems += check_duty_name(document, (*path, place), duty_id, names)
        reads = names.duties[duty_id][1].reads if duty_id in names.duties else None
        if reads and reads.each != "inject":
            problems.append(document.problem("starts-not-each", (*path, place), name=duty_id))
    return problems


def _check_expected(expected: Expected, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    problems = []
    if expected.who not in names.actors:
        problems.append(unknown(document, (*path, "who"), "unknown-unit", expected.who, names.actors))
    if not _STAGE.fullmatch(expected.does):
        return problems  # words for the control to judge
    duty_id, _, stage = expected.does.rpartition(".")
    place = (*path, "does")
    if expected.does in names.duties or stage not in _JUDGED:
        known = [f"{duty}.{each}" for duty in names.playable for each in _JUDGED]
        near = nearest(expected.does, known)
        problems.append(document.problem("expected-no-stage", place, text=expected.does, near=near))
    elif faults := check_duty_name(document, place, duty_id, names):
        problems += faults
    elif (owner := names.duties[duty_id][0]) != expected.who:
        values: dict[str, Any] = {"name": duty_id, "owner": owner, "who": expected.who}
        problems.append(document.problem("expected-of-other", place, **values))
    return problems


def _check_circles(scenario: Scenario, document: Document) -> list[Problem]:
    after = {name: _waits_for(inject.after, scenario) for name, inject in scenario.injects.items()}
    return [
        document.problem(
            "inject-cycle",
            ("injects", circle[0], "after"),
            at_key=True,
            circle=" → ".join((*circle, circle[0])),
        )
        for circle in find_cycles(after)
    ]


def _waits_for(after: After | None, scenario: Scenario) -> list[str]:
    return [after.event] if after and after.event in scenario.injects else []
