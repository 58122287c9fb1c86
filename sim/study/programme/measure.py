"""How good a programme is. Compared part by part: the law first, then promises, then how fresh the duties are.

Staleness of a duty is the days since it was last exercised, at most those of `Case.stale` months (as for one never
exercised). What counts is its integral over the days of the programme, times the weight of the duty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sim.study.programme.case import Case, HowOften, Planned, Promise
from sim.study.programme.days import later, month_of


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """Less is better, the first part before the second. Whole numbers, so that equal is equal.

    `broken`: days on which a rule that binds the office is not kept, over all rules; `behind`: days past its deadline
    that an open improvement is not retested, over all; `staleness`: twice the integral, in weighted days squared.
    """

    broken: int
    behind: int
    staleness: int


def measure(case: Case, drills: Sequence[Planned]) -> Cost:
    """Return what a programme costs from today to the end of the case."""
    planned = sorted(drills)
    return Cost(
        sum(days_broken(case, rule, planned) for rule in case.office_rules()),
        sum(days_behind(case, promise, planned) for promise in case.kept_promises()),
        sum(duty.weight * _stale_days(case, duty.id, planned) for duty in case.duties.values()),
    )


def fits(case: Case, drills: Sequence[Planned]) -> bool:
    """Whether a programme keeps to the days of the case and to the months between two drills, those held too."""
    days = sorted(drill.day for drill in drills)
    before = max((drill.day for drill in case.held), default=None)
    return set(days) <= set(case.days) and all(
        month_of(b) - month_of(a) >= case.gap for a, b in pairwise([*([before] if before else []), *days])
    )


def due(case: Case, rule: HowOften, last: date | None) -> date:
    """Return the last day on which the next drill keeps a rule: today where none was ever held."""
    return later(last, rule.months) if last else case.today


def days_broken(case: Case, rule: HowOften, drills: Sequence[Planned]) -> int:
    """Return the days from today to the end on which a rule is not kept; on the day it is due it still is."""
    broken, limit = 0, due(case, rule, case.last(rule.counts))
    for day in (*(drill.day for drill in sorted(drills) if drill.scenario in rule.counts), None):
        broken += max(0, ((day or case.end) - max(case.today, limit)).days)
        limit = due(case, rule, day)
    return broken


def days_behind(case: Case, promise: Promise, drills: Sequence[Planned]) -> int:
    """Return the days past its deadline for which an improvement is not retested, up to the end."""
    day = min((drill.day for drill in drills if drill.scenario in promise.tested_by), default=case.end)
    return max(0, (day - max(case.today, promise.deadline or case.end)).days)


def most_days(case: Case) -> int:
    """Return the days after which staleness grows no more."""
    return (later(case.today, case.stale) - case.today).days


def last_exercised(case: Case, duty: str) -> date | None:
    """Return the day on which a drill held last exercised a duty."""
    return case.last(case.exercising(duty))


def _stale_days(case: Case, duty: str, drills: Sequence[Planned]) -> int:
    """Twice the integral of the staleness of one duty."""
    most, scenarios = most_days(case), case.exercising(duty)
    last = case.last(scenarios)
    age = most if last is None else min(most, (case.today - last).days)
    total, day = 0, case.today
    for drill in (*(drill.day for drill in drills if drill.scenario in scenarios), None):
        stop = drill or case.end
        passed = (stop - day).days
        total += doubled(age + passed, most) - doubled(age, most)
        age, day = 0, stop
    return total


def doubled(age: int, most: int) -> int:
    """Return twice the integral of min(most, age) from 0 to `age`."""
    return age * age if age <= most else most * (2 * age - most)
