"""The statistics of a study: quantiles of work that may be unfinished, and shares with their interval.

Pure functions of the values that they are given: no store, no clock, no random numbers. Every interval has the stated
confidence or more, for any distribution, unless its docstring says otherwise. scipy is imported when first needed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from math import sqrt
from statistics import NormalDist
from typing import Final, Literal, NamedTuple

CONFIDENCE: Final = 0.95
TARGET: Final = 0.10
"""The share of plays in which a limit may be missed: an arrangement of this tool (自定), for the office to change."""
_ROUNDING: Final = 1e-9  # what a product of many factors may be off; far less than one play of a million

Verdict = Literal["pass", "fail", "cannot_tell"]


class Quantile(NamedTuple):
    """A quantile and its interval; None where it was not reached: at the close still open.

    `beyond` is True where even the lower end was not reached, so that more plays would find no value either. An end
    is None also where there are too few plays for one.
    """

    value: float | None
    low: float | None
    high: float | None
    beyond: bool


class Share(NamedTuple):
    """A share and its interval; without any plays nothing is known, and the interval is all of 0 to 1."""

    value: float | None
    low: float
    high: float

    @property
    def half(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


class Distribution:
    """How long something took in many plays, some of which closed before it came (right-censored).

    `reached` are the values, `open` what had passed at the close where it had not come. Both are sorted.
    """

    def __init__(self, pairs: Iterable[tuple[float | None, float]]) -> None:
        given = list(pairs)
        self.reached: Sequence[float] = sorted(value for value, _ in given if value is not None)
        self.open: Sequence[float] = sorted(closed for value, closed in given if value is None)

    def __len__(self) -> int:
        return len(self.reached) + len(self.open)

    @cached_property
    def _steps(self) -> tuple[Sequence[float], Sequence[float]]:
        """The values at which the distribution steps up, and the share that has come by then."""
        if not self.reached:
            return (), ()
        from scipy.stats import CensoredData, ecdf

        found = ecdf(CensoredData(uncensored=self.reached, right=self.open)).cdf
        return found.quantiles.tolist(), found.probabilities.tolist()

    @cached_property
    def _early(self) -> Sequence[float]:
        """All values, as if what was unfinished had come at the close."""
        return sorted([*self.reached, *self.open])

    @cached_property
    def _seen(self) -> int:
        """How many of those there are up to the last value that was reached."""
        return len(self.reached) + bisect_left(self.open, self.reached[-1]) if self.reached else 0

    def quantile(self, share: float, confidence: float = CONFIDENCE) -> Quantile:
        """Return the least value by which `share` of the plays had come, with a distribution-free interval.

        The value is that of the product-limit estimate (Kaplan and Meier 1958); what is due at the very close counts
        as done before it. The interval goes from one order statistic to another (David and Nagaraja 2003, Order
        Statistics, 7.1). Unfinished work enters its lower end as if it came at the close and its upper end as if it
        never came: what holds for both holds for all between, whatever the reason that it was not finished.
        """
        times, shares = self._steps
        place = bisect_left(shares, share - _ROUNDING)
        value = times[place] if place < len(times) else None
        first, last = ranks(len(self), share, confidence)
        beyond = first > self._seen
        low = self._early[first - 1] if first and not beyond else None
        high = self.reached[last - 1] if 0 < last <= len(self.reached) else None
        return Quantile(value, low, high, beyond)

    def standing(self, value: float) -> float | None:
        """Return what share of the plays came before `value`, and half of those that came just then; None if empty."""
        if not len(self):
            return None
        times, shares = self._steps
        place = bisect_left(times, value)
        before = shares[place - 1] if place else 0.0
        by = shares[place] if place < len(times) and times[place] == value else before
        return (before + by) / 2


@lru_cache(maxsize=256)
def ranks(n: int, share: float, confidence: float = CONFIDENCE) -> tuple[int, int]:
    """Return which two of `n` values in order, from 1, enclose the quantile `share`; 0 where none does.

    The number of values up to the quantile is binomial: the first rank is the largest r with P(B < r) ≤ α/2, the
    last the least s with P(B ≥ s) ≤ α/2 (David and Nagaraja 2003, 7.1).
    """
    if not n:
        return 0, 0
    from scipy.stats import binom

    tail = (1 - confidence) / 2
    first, last = int(binom.ppf(tail, n, share)), int(binom.isf(tail, n, share)) + 1
    return first, last if last <= n else 0


def wilson(hits: int, n: int, confidence: float = CONFIDENCE) -> Share:
    """Return the share `hits` / `n` with Wilson's score interval (Wilson 1927; Newcombe 1998, method 3).

    It is close to its confidence on the average over all shares, not for each (Brown, Cai and DasGupta 2001).
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n}")
    if not n:
        return Share(None, 0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = hits / n, z * z / n
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return Share(share, 0.0 if hits == 0 else centre - half, 1.0 if hits == n else centre + half)


def verdict(
    missed: int, judged: int, still: int = 0, target: float = TARGET, confidence: float = CONFIDENCE
) -> Verdict:
    """Judge whether a limit is missed in no more than `target` of the plays.

    ``pass`` if all of the interval is within the target, ``fail`` if none is, else ``cannot_tell``. `still` plays
    closed while the clock ran: it is a pass only if they might all have missed, a fail only if none might have.
    """
    if wilson(missed + still, judged + still, confidence).high <= target:
        return "pass"
    return "fail" if wilson(missed, judged + still, confidence).low > target else "cannot_tell"
