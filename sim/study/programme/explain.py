"""Why each drill of a programme stands where it stands, how every rule fares, and which cannot be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sim.study.programme.case import Case, Choice, Duty, HowOften, Planned, Promise, order_of
from sim.study.programme.days import later, whole_months
from sim.study.programme.measure import Cost, days_behind, due, measure

LONG_AGO: Final = 12
"""Months after which a duty that was not exercised is named."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One drill of the programme and its reasons, as they stand on its day.

    `due`: rules that it keeps, with the last day of each; `never` and `stale`: duties that nobody exercised yet, and
    those not for `LONG_AGO` months, gravest first; `tests`: improvements it is the first to retest, and whether in
    time; `joins`: rules that bind the enterprise at such a site.
    """

    day: date
    choice: Choice
    due: tuple[tuple[HowOften, date], ...]
    never: tuple[Duty, ...]
    stale: tuple[tuple[Duty, int], ...]
    tests: tuple[tuple[Promise, bool], ...]
    joins: tuple[HowOften, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a rule fares: the last drill that counts, the day by which the next is due, and times when it is not kept.

    `why` is empty where it is kept: ``scenario`` (none counts), ``never`` (no drill on record), ``overdue`` (late
    today already), ``spacing`` (no day left in time), or ``enterprise`` (not the office's to keep).
    `broken` are spans from the first day late to the drill that mends it, None where none does.
    """

    rule: HowOften
    last: date | None
    limit: date
    broken: tuple[tuple[date, date | None], ...]
    why: Literal["", "scenario", "never", "overdue", "spacing", "enterprise"]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with all that is to be said of it; `untested` are improvements that it does not retest in time.

    The day beside an improvement is that of the retest, None where there is none. `unreached` are duties that no
    scenario exercises.
    """

    case: Case
    drills: tuple[Proposed, ...]
    rules: tuple[Standing, ...]
    untested: tuple[tuple[Promise, date | None], ...]
    unreached: tuple[Duty, ...]
    cost: Cost


def explain(case: Case, drills: Iterable[Planned]) -> Programme:
    """Return the programme of `drills` with its reasons."""
    planned = tuple(sorted(drills))
    return Programme(
        case,
        tuple(_proposed(case, planned, place) for place in range(len(planned))),
        tuple(_standing(case, rule, planned) for rule in case.sorted_rules()),
        tuple(_untested(case, planned)),
        tuple(duty for name, duty in sorted(case.duties.items()) if not case.exercising(name)),
        measure(case, planned),
    )


def _proposed(case: Case, planned: Sequence[Planned], place: int) -> Proposed:
    drill, before, after = planned[place], planned[:place], planned[place + 1 :]
    choice = case.choices[drill.scenario]
    ages = [(case.duties[name], _last(case, name, before)) for name in choice.duties if name in case.duties]
    ages.sort(key=lambda item: (-item[0].weight, item[0].id))
    months = [(duty, whole_months(last, drill.day)) for duty, last in ages if last]
    tested = {drill.scenario for drill in before}
    return Proposed(
        day=drill.day,
        choice=choice,
        due=tuple(_kept_by(case, drill, before, after)),
        never=tuple(duty for duty, last in ages if last is None),
        stale=tuple((duty, age) for duty, age in months if age >= LONG_AGO),
        tests=tuple(
            (promise, promise.deadline is None or drill.day <= promise.deadline)
            for promise in sorted(case.promises, key=order_of)
            if drill.scenario in promise.tested_by and not tested & promise.tested_by
        ),
        joins=tuple(
            rule for rule in case.sorted_rules() if not rule.binds_office and drill.scenario in rule.counts
        ),
    )


def _last(case: Case, duty: str, before: Sequence[Planned]) -> date | None:
    """Return the day on which a duty was last exercised, by a drill held or one that the programme has before."""
    scenarios = case.exercising(duty)
    days = (drill.day for drill in (*case.held, *before) if drill.scenario in scenarios)
    return max(days, default=None)


def _kept_by(
    case: Case, drill: Planned, before: Sequence[Planned], after: Sequence[Planned]
) -> Iterable[tuple[HowOften, date]]:
    """Yield the rules that would be broken before the next drill that counts, were it not for this one."""
    for rule in case.office_rules():
        if drill.scenario in rule.counts:
            held = (one.day for one in (*case.held, *before) if one.scenario in rule.counts)
            limit = due(case, rule, max(held, default=None))
            following = min((one.day for one in after if one.scenario in rule.counts), default=case.end)
            if limit < following:
                yield rule, limit


def _standing(case: Case, rule: HowOften, planned: Sequence[Planned]) -> Standing:
    last = case.last(rule.counts)
    limit = due(case, rule, last)
    if not rule.binds_office:
        return Standing(rule, last, limit, (), "enterprise")
    if not rule.counts:
        return Standing(rule, last, limit, ((case.today, None),), "scenario")
    broken, running = [], limit
    for day in (*(drill.day for drill in planned if drill.scenario in rule.counts), None):
        if (day or case.end) > max(running, case.today):
            broken.append((max(running, case.today), day))
        running = later(day, rule.months) if day else running
    why: Literal["", "never", "overdue", "spacing"] = "spacing" if broken else ""
    if broken and last is None:
        why = "never"
    elif broken and limit < case.today:
        why = "overdue"
    return Standing(rule, last, limit, tuple(broken), why)


def _untested(case: Case, planned: Sequence[Planned]) -> Iterable[tuple[Promise, date | None]]:
    for promise in sorted(case.promises, key=order_of):
        day = min((drill.day for drill in planned if drill.scenario in promise.tested_by), default=None)
        if day is None or days_behind(case, promise, planned):
            yield promise, day
