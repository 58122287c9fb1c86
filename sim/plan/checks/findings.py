"""What a faultless scenario may still get wrong: warnings, played all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sim.errors import Problem
from sim.plan.checks.names import Names
from sim.plan.checks.setters import check_setters
from sim.plan.conditions import facts_named
from sim.plan.durations import parse_duration
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Duty, Effects, Scenario, Strength, UnitStrength


def scenario_findings(
    scenario: Scenario, strength: Strength, names: Names, document: Document
) -> list[Problem]:
    """Return the warnings of a scenario without errors, its overrides already in `strength`."""
    return [
        *_check_lengths(scenario, strength, names, document),
        *check_setters(scenario, names, document),
        *_check_unseen(scenario, names, document),
        *_check_each(scenario, names, document),
    ]


def _check_lengths(scenario: Scenario, strength: Strength, names: Names, document: Document) -> list[Problem]:
    """Warn of duties that cannot be done within the horizon, even at their shortest."""
    horizon = parse_duration(scenario.horizon).at(0.5)
    problems = []
    for duty_id, (actor, _) in sorted(names.playable.items()):
        guest = scenario.guests.get(actor)
        unit = guest.strength if guest else strength.units.get(actor, UnitStrength())
        work = unit.work.get(duty_id)
        if work and parse_duration(work.setup).at(0.0) + parse_duration(work.time).at(0.0) > horizon:
            values: dict[str, Any] = {"name": duty_id, "time": work.time, "horizon": scenario.horizon}
            problems.append(document.problem("work-too-long", ("horizon",), severity="warning", **values))
    return problems


def _scenario_effects(scenario: Scenario) -> Iterator[tuple[str, KeyPath, Effects]]:
    for inject_id, inject in scenario.injects.items():
        yield inject_id, ("injects", inject_id, "makes"), inject.makes
    for hazard_id, hazard in scenario.hazards.items():
        yield hazard_id, ("hazards", hazard_id), Effects(set=hazard.set, add=hazard.add)


def _check_unseen(scenario: Scenario, names: Names, document: Document) -> list[Problem]:
    """Warn of facts that this scenario changes, that a need or the end reads, and that nobody can learn."""
    readers: dict[str, list[str]] = {}
    for reader, texts in _readers(scenario, names):
        for fact_id in _facts(names, *texts):
            readers.setdefault(fact_id, []).append(reader)
    learnt = {fact_id for _, duty in names.playable.values() for fact_id in _learnt(duty, names)}
    learnt |= {fact_id for inject in scenario.injects.values() for fact_id in inject.tells if inject.to}
    changed: dict[str, KeyPath] = {fact_id: ("facts", fact_id) for fact_id in scenario.facts}
    for _, path, effects in _scenario_effects(scenario):
        changed.update({fact_id: (*path, "set", fact_id) for fact_id in effects.set})
        changed.update({fact_id: (*path, "add", fact_id) for fact_id in effects.add})
    return [
        document.problem(
            "fact-unseen", path, at_key=True, severity="warning", name=fact_id, readers=readers[fact_id]
        )
        for fact_id, path in changed.items()
        if fact_id in readers and fact_id not in learnt
    ]


def _readers(scenario: Scenario, names: Names) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Yield who acts on headquarters' picture, and the conditions by which."""
    arranged = names.arrangements
    for need_id, need in sorted(names.needs.items()):
        yield need_id, (need.when, need.until)
    yield from ((f"level.{name}", (level.when,)) for name, level in sorted(arranged.levels.items()))
    yield from ((f"report.{name}", (report.when,)) for name, report in sorted(arranged.reports.items()))
    if arranged.handover:
        yield "handover", (arranged.handover.when,)
    if scenario.end:
        yield "end", (scenario.end.when,)


def _facts(names: Names, *texts: str | None) -> Iterable[str]:
    """Return the facts that conditions read, those behind their grades of accidents too."""
    return sorted({fact for text in texts if text for fact in facts_named(text, names.graded)})


def _learnt(duty: Duty, names: Names) -> Iterator[str]:
    """Yield the facts that a duty's reports can carry: what it sees and what it brings about."""
    reads = duty.reads
    if reads is None:
        return
    need = names.needs[reads.serves]
    if reads.sees is not None:
        yield from reads.sees
    elif reads.place == "scene":
        yield from _facts(names, need.when, need.until)
    yield from reads.achieves.set
    yield from reads.achieves.add
    if reads.batch:
        yield reads.batch.gives


def _check_each(scenario: Scenario, names: Names, document: Document) -> list[Problem]:
    """Warn of a guest's duty with `each: inject` that no inject starts."""
    started = {duty_id for inject in scenario.injects.values() for duty_id in inject.starts}
    return [
        document.problem(
            "each-unstarted",
            ("guests", actor, "duties", duty_id),
            at_key=True,
            severity="warning",
            name=duty_id,
        )
        for duty_id, (actor, duty) in names.playable.items()
        if actor in scenario.guests and duty.reads and duty.reads.each and duty_id not in started
    ]
