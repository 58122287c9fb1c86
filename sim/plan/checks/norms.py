"""Time limits: what each measures, from when to when, and where a scenario times one by its own events."""

from __future__ import annotations

from typing import Any, Final

from sim.errors import Problem
from sim.plan.checks.facts import check_condition, event_names
from sim.plan.checks.names import DESK_STEPS, STAGES, Names, check_actor, check_duty_name, unknown
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Norm, Norms, Scenario

_STEP_STAGES: Final = ("triggered", "started", "finished")
"""The stages of a step of the desk or of a report."""


def check_norms(norms: Norms, names: Names, document: Document) -> list[Problem]:
    """Return the problems of `norms.yaml`."""
    return [
        problem
        for norm_id, norm in norms.norms.items()
        for problem in _check_norm(norm, names, document, ("norms", norm_id))
    ]


def _check_norm(norm: Norm, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    problems = []
    if norm.of is not None:
        problems += _check_of(norm.of, names, document, (*path, "of"))
    if norm.of and norm.within and not (norm.from_ and norm.to):
        problems.append(document.problem("norm-stages-missing", path, at_key=True))
    if norm.from_ and norm.to and STAGES.index(norm.from_) >= STAGES.index(norm.to):
        values: dict[str, Any] = {"begin": norm.from_, "end": norm.to}
        problems.append(document.problem("norm-stages-order", (*path, "to"), **values))
    problems += _check_steps(norm, document, path) + _check_events(norm, names, document, path)
    if norm.when is not None:
        problems += check_condition(norm.when, names, document, (*path, "when"))
    return problems


def _check_of(of: str, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    if of.startswith("desk."):
        return [] if of in DESK_STEPS else [unknown(document, path, "unknown-step", of, DESK_STEPS)]
    if not of.startswith("report."):
        return check_duty_name(document, path, of, names)
    reports = [f"report.{name}" for name in names.arrangements.reports]
    if of in reports or not reports:  # an office without reports of its own is measured by none of them
        return []
    return [unknown(document, path, "unknown-report", of, reports)]


def _check_steps(norm: Norm, document: Document, path: KeyPath) -> list[Problem]:
    """A step of the desk or a report is neither ordered nor does it travel."""
    if not (norm.of or "").startswith(("desk.", "report.")):
        return []
    return [
        document.problem("norm-step-stage", (*path, key), stage=stage)
        for key, stage in (("from", norm.from_), ("to", norm.to))
        if stage is not None and stage not in _STEP_STAGES
    ]


def _check_events(norm: Norm, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    given = {key: event for key, event in (("since", norm.since), ("by", norm.by)) if event is not None}
    if not given:
        return []
    problems = _check_pair(given, names, document, path)
    if len(given) == 1:
        problems.append(document.problem("norm-events-missing", path, at_key=True))
    elif norm.of or norm.from_ or norm.to:
        problems.append(document.problem("norm-two-clocks", (*path, "since"), at_key=True))
    return problems


def _check_pair(given: dict[str, str], names: Names, document: Document, path: KeyPath) -> list[Problem]:
    known = event_names(names)
    problems = [
        unknown(document, (*path, key), "unknown-event", event, known)
        for key, event in given.items()
        if event not in known and not _left_out(event, names)
    ]
    if len(given) == 2 and len(set(given.values())) == 1:
        problems.append(document.problem("norm-events-same", (*path, "by")))
    return problems


def _left_out(event: str, names: Names) -> bool:
    """Whether an event is of a part of the law or the arrangements that this office does not have at all."""
    kind, dot, _ = event.partition(".")
    parts = {
        "report": names.arrangements.reports,
        "level": names.arrangements.levels,
        "graded": names.graded,
        "broken": names.law.safety,
    }
    return bool(dot) and kind in parts and not parts[kind]


def check_clocks(scenario: Scenario, names: Names, document: Document) -> list[Problem]:
    """Return the problems of the limits that a scenario times by events of its own."""
    problems = []
    for norm_id, clock in scenario.clocks.items():
        path = ("clocks", norm_id)
        if norm_id not in names.norms:
            problems.append(unknown(document, path, "unknown-norm", norm_id, names.norms, at_key=True))
        problems += check_actor(document, (*path, "who"), clock.who, names)
        problems += _check_pair({"since": clock.since, "by": clock.by}, names, document, path)
    return problems
