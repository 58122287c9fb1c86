"""How the office commands and reports: `arrangements.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.errors import Problem
from sim.plan.checks.facts import check_condition
from sim.plan.checks.names import (
    Names,
    check_actor,
    check_fact_of_kind,
    check_post,
    check_ranks,
    unknown,
)
from sim.plan.checks.strength import check_period, check_sources
from sim.plan.durations import parse_duration
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import (
    Arrangements,
    FieldHeadquarters,
    Group,
    HandOver,
    Level,
    Person,
    Report,
    Strength,
    Termination,
)


def check_arrangements(
    given: Arrangements, strength: Strength, names: Names, document: Document
) -> list[Problem]:
    """Return the problems of `arrangements.yaml`, whose sources stand in `strength`."""
    problems = check_sources(document.data, strength.sources, document)
    problems += _check_people(given.people, names, document)
    problems += _check_levels(given.levels, names, document)
    for report_id, report in given.reports.items():
        problems += _check_report(report, strength.desk.body, names, document, ("reports", report_id))
    problems += _check_ledger(given, names, document)
    if given.field:
        problems += _check_field(given.field, names, document)
    problems += _check_groups(given.groups, names, document)
    if given.handover:
        problems += _check_handover(given.handover, names, document)
    if given.termination:
        problems += _check_termination(given.termination, names, document)
    if given.news:
        problems += check_post(document, ("news", "approver"), given.news.approver, names)
    return problems + _check_aftercare(given, names, document)


def _check_people(people: Mapping[str, Person], names: Names, document: Document) -> list[Problem]:
    problems = [
        unknown(document, ("people", holder), "unknown-post", holder, names.posts, at_key=True)
        for holder in people
        if holder not in names.posts
    ]
    for key in ("order", "field"):
        ranks: dict[KeyPath, int | None] = {
            ("people", holder, key): getattr(person, key) for holder, person in people.items()
        }
        problems += check_ranks(document, ranks)
    for holder, person in people.items():
        for key in ("heads", "unit"):
            problems += check_actor(document, ("people", holder, key), getattr(person, key), names)
    return problems


def _check_levels(levels: Mapping[str, Level], names: Names, document: Document) -> list[Problem]:
    problems = check_ranks(document, {("levels", name, "rank"): level.rank for name, level in levels.items()})
    for name, level in levels.items():
        path = ("levels", name)
        problems += check_condition(level.when, names, document, (*path, "when"))
        problems += check_actor(document, (*path, "proposer"), level.proposer, names)
        problems += check_post(document, (*path, "approver"), level.approver, names)
    return problems


def _check_report(
    report: Report, desk: str, names: Names, document: Document, path: KeyPath
) -> list[Problem]:
    problems = _check_start(report, names, document, path)
    problems += check_actor(document, (*path, "by"), report.by, names)
    if report.signer is not None:
        problems += check_post(document, (*path, "signer"), report.signer, names)
    if not report.to:
        problems.append(document.problem("report-to-nobody", (*path, "to"), at_key=True))
    forms = names.law.forms
    if report.form is not None and report.form not in forms:
        problems.append(unknown(document, (*path, "form"), "unknown-form", report.form, forms))
    if report.mode == "phone" and parse_duration(report.draft).at(0.5):
        problems.append(document.problem("report-draft-phone", (*path, "draft"), at_key=True))
    if report.hands and report.by not in (None, desk):
        values: dict[str, Any] = {"name": report.by, "desk": desk}
        problems.append(document.problem("report-hands", (*path, "by"), severity="warning", **values))
    return problems


def _check_start(report: Report, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    """When the clock of a report starts, and whether it may be made again and again."""
    problems = []
    if report.starts == "knowledge" and report.when is None:
        problems.append(document.problem("report-when-missing", (*path, "starts")))
    if report.when is not None:
        problems += check_condition(report.when, names, document, (*path, "when"))
        if report.starts != "knowledge":
            place = (*path, "when")
            problems.append(document.problem("report-when-unfit", place, at_key=True, starts=report.starts))
    if report.every is not None:
        problems += check_period(report.every, document, (*path, "every"))
        if report.starts in ("correction", "terminated"):
            place = (*path, "every")
            problems.append(document.problem("report-every-unfit", place, at_key=True, starts=report.starts))
    return problems


def _check_ledger(given: Arrangements, names: Names, document: Document) -> list[Problem]:
    if given.ledger is None:
        return []
    problems = check_actor(document, ("ledger", "keeper"), given.ledger.keeper, names)
    if not names.law.casualties:
        problems.append(document.problem("ledger-empty", ("ledger",), at_key=True, severity="warning"))
    return problems


def _check_field(field: FieldHeadquarters, names: Names, document: Document) -> list[Problem]:
    path = ("field", "interim")
    problems = [
        unknown(document, (*path, name), "unknown-unit", name, names.actors, at_key=True)
        for name in field.interim
        if name not in names.actors
    ]
    problems += check_ranks(document, {(*path, name): rank for name, rank in field.interim.items()})
    if field.wind is not None:
        problems += check_fact_of_kind(document, ("field", "wind"), field.wind, "category", names)
    if field.conference:
        every = ("field", "conference", "every", "time")
        problems += check_period(field.conference.every.time, document, every)
    return problems


def _check_groups(groups: Mapping[str, Group], names: Names, document: Document) -> list[Problem]:
    """Return the problems of the groups: an order to a unit must have one way only."""
    problems = []
    leads = {group.lead: name for name, group in groups.items()}
    member: dict[str, str] = {}
    for name, group in groups.items():
        problems += check_actor(document, ("groups", name, "lead"), group.lead, names)
        for place, unit in enumerate(group.units):
            path = ("groups", name, "units", place)
            problems += check_actor(document, path, unit, names)
            other = member.get(unit, leads.get(unit, ""))
            if unit == group.lead:
                problems.append(document.problem("group-lead-listed", path, name=unit))
            elif other:
                problems.append(document.problem("group-twice", path, name=unit, other=other))
            member.setdefault(unit, name)
    return problems


def _check_handover(handover: HandOver, names: Names, document: Document) -> list[Problem]:
    problems = check_condition(handover.when, names, document, ("handover", "when"))
    return problems + check_post(document, ("handover", "approver"), handover.approver, names)


def _check_termination(termination: Termination, names: Names, document: Document) -> list[Problem]:
    problems = check_actor(document, ("termination", "proposer"), termination.proposer, names)
    return problems + check_post(document, ("termination", "approver"), termination.approver, names)


def _check_aftercare(given: Arrangements, names: Names, document: Document) -> list[Problem]:
    """What takes days may be a duty that is never dispatched; it must be registered all the same."""
    problems = []
    for duty_id, entry in given.aftercare.items():
        path = ("aftercare", duty_id)
        if duty_id not in names.duties:
            problems.append(unknown(document, path, "unknown-duty", duty_id, names.duties, at_key=True))
        problems += check_condition(entry.when, names, document, (*path, "when"))
    return problems
