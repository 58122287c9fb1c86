"""What to look at first: the limits that plays miss, how often, what the time went to in them, and what might help.

The plays in which a limit was missed are played again, a few of them, and reviewed like any other drill: what is said
of the cause is what the review of those plays says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Final, NamedTuple

from sim.plan.durations import MINUTE
from sim.review.findings import Findings, evaluate
from sim.review.gap import Gap
from sim.review.limits import Limit
from sim.study.outcomes import name_of
from sim.study.statistics import TARGET
from sim.study.summary import Kept, limits

if TYPE_CHECKING:
    from sim.study.replicate import Study

MOST: Final = 10
LOOKED: Final = 12
"""Plays looked at closely for each limit."""


class Spent(NamedTuple):
    """What a task spends its time on (a kind of span), and the mean of its minutes over the plays looked at."""

    kind: str
    minutes: float


class Risk(NamedTuple):
    """A limit that may be missed: how often, and what is seen in `looked` of the plays that miss it.

    `passed` is the mean of the minutes that went by, `spent` what its task spent them on, the most first. `gap` stands
    for the cause that most of them have, `alike` of them; `play` is the number of a play in which it is seen.
    """

    kept: Kept
    looked: int
    passed: float
    spent: tuple[Spent, ...]
    gap: Gap | None
    alike: int
    play: int


def risks(study: Study, target: float = TARGET, most: int = MOST, looked: int = LOOKED) -> list[Risk]:
    """Return at most `most` limits that any play misses, the most often missed first."""
    kept = sorted(
        (row for row in limits(study, target) if row.missed), key=lambda row: (-(row.share or 0), row.norm)
    )[:most]
    numbers = _numbers(study, {row.norm for row in kept}, looked)
    reviewed = {number: evaluate(study.timeline(number)) for number in sorted(set().union(*numbers.values()))}
    return [_risk(row, [(number, reviewed[number]) for number in numbers[row.norm]]) for row in kept]


def _numbers(study: Study, norms: Iterable[str], most: int) -> dict[str, list[int]]:
    """For each limit at most `most` plays that miss it, spread evenly over all that do."""
    missed: dict[str, list[int]] = {norm: [] for norm in sorted(norms)}
    with study.store() as store:
        for norm, number, verdict, *_ in store.verdicts(study.n):
            if verdict == "missed" and norm in missed and number not in missed[norm][-1:]:
                missed[norm].append(number)
    return {norm: _spread(numbers, most) for norm, numbers in missed.items()}


def _spread(numbers: Sequence[int], most: int) -> list[int]:
    if len(numbers) <= most:
        return list(numbers)
    return [numbers[place * len(numbers) // most] for place in range(most)]


def _risk(kept: Kept, plays: Sequence[tuple[int, Findings]]) -> Risk:
    found = [
        (number, limit, findings)
        for number, findings in plays
        for limit in findings.limits
        if limit.verdict == "missed" and name_of(limit) == kept.norm
    ]
    gaps = [
        (number, gap) for number, limit, findings in found if (gap := _cause(limit, findings)) is not None
    ]
    counts = Counter(_kind(gap) for _, gap in gaps)
    common = max(counts, key=lambda kind: (counts[kind], kind), default=None)
    number, gap = next(((n, g) for n, g in gaps if _kind(g) == common), (plays[0][0], None))
    alike = len({n for n, g in gaps if _kind(g) == common})
    passed = fmean(limit.passed for _, limit, _ in found) / MINUTE if found else 0.0
    return Risk(
        kept,
        len(plays),
        passed,
        _spent((limit, findings) for _, limit, findings in found),
        gap,
        alike,
        number,
    )


def _kind(gap: Gap) -> tuple[str, str]:
    """What makes causes of different plays the same."""
    return gap.code, gap.key[1] if len(gap.key) > 1 and gap.code.startswith("G4") else ""


def _cause(limit: Limit, findings: Findings) -> Gap | None:
    """The gap that the missed limit was merged into: the shortage that stands before it, else its own."""
    for gap in findings.gaps:
        for one in (gap, *gap.others):
            if (one.norm, one.task, one.evidence) == (limit.norm, limit.task, limit.evidence):
                return gap
    return None


def _spent(found: Iterable[tuple[Limit, Findings]]) -> tuple[Spent, ...]:
    total: dict[str, float] = {}
    count = 0
    for limit, findings in found:
        if limit.task and limit.begin is not None:
            count += 1
            for kind, minutes in findings.causes.waits(limit.task, limit.begin, limit.begin + limit.passed):
                total[kind] = total.get(kind, 0.0) + minutes
    return tuple(Spent(kind, total[kind] / count) for kind in sorted(total, key=lambda k: (-total[k], k)))
