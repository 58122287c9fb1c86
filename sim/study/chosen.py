"""Which replications are kept as full timelines: the typical, the worst and the first.

Each is found in the same way however the study was played, and of equals it is the one of the lowest number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from sim.study.outcomes import MILESTONES

if TYPE_CHECKING:
    from sim.study.replicate import Study

_CLOSED = MILESTONES.index("closed")
_ENDED = MILESTONES.index("terminated")

Ticks = Sequence[int | None]


def chosen(study: Study) -> dict[str, int]:
    """Return the numbers of the typical, the worst and the first replication that could be played, if any could."""
    with study.store() as store:
        plays = {number: ticks for number, *ticks in store.milestones(study.n)}
        missed = store.missed(study.n)
    if not plays:
        return {}
    return {"typical": typical(plays), "worst": worst(plays, missed), "first": min(plays)}


def typical(plays: Mapping[int, Ticks]) -> int:
    """Return the medoid: the play that is nearest to all others, by its milestones (`MILESTONES` a play).

    The distance of two plays is the sum of the differences of their milestones, each over its mean absolute
    deviation from the median; L1 with that scale is little moved by a few extreme plays, and its sums are found by
    sorting (Kaufman and Rousseeuw 1990, Finding Groups in Data, 2, for the medoid). What never came counts as coming
    at the close.
    """
    numbers = sorted(plays)
    total = [0.0] * len(numbers)
    for place in range(len(MILESTONES)):
        values = [_or_closed(plays[number], place) for number in numbers]
        middle = sorted(values)[len(values) // 2]
        spread = sum(abs(value - middle) for value in values)
        if spread:
            away = _away(values)
            total = [so_far + away[value] / spread for so_far, value in zip(total, values, strict=True)]
    return numbers[min(range(len(numbers)), key=lambda place: (total[place], place))]


def _or_closed(ticks: Ticks, place: int) -> int:
    found = ticks[place] if ticks[place] is not None else ticks[_CLOSED]
    return found or 0


def _away(values: Sequence[int]) -> dict[int, int]:
    """Return for each value the sum of its differences from all of them."""
    order, n = sorted(values), len(values)
    before = [0, *accumulate(order)]
    return {
        value: value * place - before[place] + before[n] - before[place] - value * (n - place)
        for place, value in enumerate(order)
    }


def worst(plays: Mapping[int, Ticks], missed: Mapping[int, int]) -> int:
    """Return the play in which most limits were missed, and of those the one whose response ended last, or never."""

    def rank(number: int) -> tuple[int, bool, int, int]:
        ended = plays[number][_ENDED]
        return -missed.get(number, 0), ended is not None, -(ended or 0), number

    return min(plays, key=rank)
