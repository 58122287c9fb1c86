"""Two plays of one replication compared: what is sooner in the one than in the other, and by how much.

Both plays of a pair use the same random numbers, so that their difference is the doing of what was changed. A pair is
compared as far as both were played: who had not come by the earlier close of the two counts as coming just then. So
nothing unfinished is dropped, and a difference with an unfinished side is the least that it can be; where neither side
came, which is sooner cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from sim.plan.durations import MINUTE
from sim.study.statistics import CONFIDENCE, wilson


class Seen(NamedTuple):
    """When something came in one play, None if it had not by the close; both in ticks from the start of the drill."""

    tick: int | None
    closed: int


class Paired(NamedTuple):
    """Many pairs together; differences are second less first, in minutes, so that below zero is sooner.

    `pairs` were compared: `better`, `equal` and `worse` in the second, `unknown` where neither side came; of all these
    `unfinished` had a side that did not come. `unlike` have it in one play only, or it was called off, and are in no
    other figure. `first` and `second` are the means, `low` to `high` Student's interval of the mean difference;
    `share_low` to `share_high` is Wilson's of the share of `better` among all `pairs`.
    """

    pairs: int
    better: int
    equal: int
    worse: int
    unknown: int
    unfinished: int
    unlike: int
    first: float | None
    second: float | None
    mean: float | None
    low: float | None
    high: float | None
    spread: float | None
    share_low: float
    share_high: float

    @property
    def touched(self) -> bool:
        """Whether any pair differs at all."""
        return bool(self.better or self.worse or self.unlike)


class Tally:
    """Takes pairs one by one and keeps sums only: whole ticks, so that their order means nothing."""

    def __init__(self) -> None:
        self.pairs = self.better = self.worse = self.unknown = self.unfinished = self.unlike = 0
        self._first = self._second = self._squares = 0

    def add(self, first: Seen | None, second: Seen | None) -> None:
        """Take one pair; None for a play in which it does not occur or was called off."""
        found = difference(first, second)
        if found is None:
            self.unlike += first is not second
            return
        a, b = found
        self.pairs += 1
        self.better += b < a
        self.worse += b > a
        open_sides = (first is not None and first.tick is None, second is not None and second.tick is None)
        self.unfinished += any(open_sides)
        self.unknown += a == b and any(open_sides)
        self._first, self._second = self._first + a, self._second + b
        self._squares += (b - a) ** 2

    def paired(self, confidence: float = CONFIDENCE) -> Paired:
        """Return what the pairs say together."""
        n, total = self.pairs, self._second - self._first
        equal = n - self.better - self.worse - self.unknown
        first, second, mean = (
            sum_ / n / MINUTE if n else None for sum_ in (self._first, self._second, total)
        )
        spread = None if n < 2 else sqrt(max(0, n * self._squares - total**2) / (n * (n - 1))) / MINUTE
        low, high = _interval(mean, spread, n, confidence)
        share = wilson(self.better, n, confidence)
        return Paired(
            n, self.better, equal, self.worse, self.unknown, self.unfinished, self.unlike,
            first, second, mean, low, high, spread, share.low, share.high,
        )  # fmt: skip


def difference(first: Seen | None, second: Seen | None) -> tuple[int, int] | None:
    """Return when it came in either play, as far as both were played; None where it does not occur in both."""
    if first is None or second is None:
        return None
    close = min(first.closed, second.closed)
    a, b = (close if seen.tick is None else min(seen.tick, close) for seen in (first, second))
    return a, b


def _interval(
    mean: float | None, spread: float | None, n: int, confidence: float
) -> tuple[float | None, float | None]:
    if mean is None or spread is None:
        return None, None
    from scipy.stats import t as student

    half = float(student.ppf((1 + confidence) / 2, n - 1)) * spread / sqrt(n)
    return mean - half, mean + half


def mean_of(ticks: Sequence[int], confidence: float = CONFIDENCE) -> tuple[float, float | None, float | None]:
    """Return the mean of whole ticks in minutes, and Student's interval of it where there are two or more."""
    n, total = len(ticks), sum(ticks)
    if n < 2:
        return total / MINUTE, None, None
    squares = n * sum(tick**2 for tick in ticks) - total**2
    mean = total / n / MINUTE
    return mean, *_interval(mean, sqrt(max(0, squares) / (n * (n - 1))) / MINUTE, n, confidence)


class Missed(NamedTuple):
    """How often a limit is missed in either of two variants, of the `judged` pairs in which both could be judged.

    `first_only` and `second_only` are the pairs that differ. `difference` is second less first as a share, with the
    interval of Agresti and Min (2005); `first_low` and so on are Wilson's.
    """

    judged: int
    first: int
    second: int
    first_only: int
    second_only: int
    difference: float | None
    low: float | None
    high: float | None
    first_range: tuple[float, float]
    second_range: tuple[float, float]


def missed(pairs: Iterable[tuple[bool | None, bool | None]], confidence: float = CONFIDENCE) -> Missed:
    """Return how often a limit is missed in pairs of plays; None where it could not be judged."""
    known = [(bool(a), bool(b)) for a, b in pairs if a is not None and b is not None]
    n, first, second = len(known), sum(a for a, _ in known), sum(b for _, b in known)
    only = (sum(a and not b for a, b in known), sum(b and not a for a, b in known))
    one, other = wilson(first, n, confidence), wilson(second, n, confidence)
    ranges = (one.low, one.high), (other.low, other.high)
    if n == 0:
        return Missed(0, 0, 0, 0, 0, None, None, None, *ranges)
    b, c, m = only[0] + 0.5, only[1] + 0.5, n + 2
    centre = (c - b) / m
    half = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(b + c - (c - b) ** 2 / m) / m
    low, high = max(-1.0, centre - half), min(1.0, centre + half)
    return Missed(n, first, second, *only, (second - first) / n, low, high, *ranges)


def minutes(pairs: Iterable[tuple[int, Seen | None, Seen | None]]) -> Iterator[tuple[int, float | None]]:
    """Yield the number of each pair and its difference in minutes, None where it does not occur in both."""
    for number, first, second in pairs:
        found = difference(first, second)
        yield number, None if found is None else (found[1] - found[0]) / MINUTE
