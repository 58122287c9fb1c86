"""Lengths of time as planners write them: ``5 min``, ``3..5..9 min``, ``exp(2 min)``, ``lognormal(25, 0.6) min``.

Inside the simulator a time is an integer of 1/1000 minute (SEMANTICS 1); a drawn duration is quantised once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Final

MINUTE: Final = 1000
"""One minute in the simulator's ticks."""

_UNITS: Final = {"s": 1 / 60, "min": 1.0, "h": 60.0, "d": 1440.0}
_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"  # not \d, which takes full-width digits
_UNIT = r"\s*(s|min|h|d)"
_FIXED = re.compile(rf"{_NUMBER}{_UNIT}")
_TRIANGULAR = re.compile(rf"{_NUMBER}\.\.{_NUMBER}\.\.{_NUMBER}{_UNIT}")
_EXPONENTIAL = re.compile(rf"exp\(\s*{_NUMBER}{_UNIT}\s*\)")
_UNIFORM = re.compile(rf"uniform\(\s*{_NUMBER}\s*,\s*{_NUMBER}\s*\){_UNIT}")
_LOGNORMAL = re.compile(rf"lognormal\(\s*{_NUMBER}\s*,\s*{_NUMBER}\s*\){_UNIT}")
_LONGEST = 60 * 1440.0  # no stage of a drill lasts two months; more is a slip of the unit
_NORMAL = NormalDist()


class DurationError(ValueError):
    """The text is no duration; `code` is the problem code that says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Duration:
    """A distribution of lengths of time, in minutes, sampled by its inverse distribution function.

    `kind` and the meaning of `a`, `b`, `c`: fixed (value), triangular (min, mode, max), exponential (mean),
    uniform (min, max), lognormal (median, standard deviation of the logarithm).
    """

    kind: str
    a: float
    b: float = 0.0
    c: float = 0.0

    def at(self, u: float) -> int:
        """Return the quantile `u` (0 ≤ u < 1) in ticks of 1/1000 min."""
        if self.kind == "fixed":
            return round(self.a * MINUTE)
        if self.kind == "triangular":
            return round(self._triangular(u) * MINUTE)
        if self.kind == "exponential":
            return round(-self.a * log(1.0 - u) * MINUTE)
        if self.kind == "uniform":
            return round((self.a + (self.b - self.a) * u) * MINUTE)
        return round(self.a * exp(self.b * _NORMAL.inv_cdf(u if u > 0.0 else 2.0**-54)) * MINUTE)

    def _triangular(self, u: float) -> float:
        low, mode, high = self.a, self.b, self.c
        if high == low:
            return low
        if u < (mode - low) / (high - low):
            return low + sqrt(u * (high - low) * (mode - low))
        return high - sqrt((1.0 - u) * (high - low) * (high - mode))

    @property
    def fixed(self) -> bool:
        """Whether every draw gives the same value."""
        return self.kind == "fixed"


ZERO: Final = Duration("fixed", 0.0)


def parse_duration(text: str) -> Duration:
    """Return the duration written in `text`.

    Raise DurationError with code ``duration-syntax``, ``duration-negative``, ``duration-order`` (min ≤ mode ≤
    max is broken) or ``duration-too-long``.
    """
    plain = text.strip()
    if plain.startswith("-"):
        raise DurationError("duration-negative")
    for pattern, kind in (
        (_FIXED, "fixed"),
        (_TRIANGULAR, "triangular"),
        (_EXPONENTIAL, "exponential"),
        (_UNIFORM, "uniform"),
        (_LOGNORMAL, "lognormal"),
    ):
        found = pattern.fullmatch(plain)
        if found:
            return _checked(kind, found)
    raise DurationError("duration-syntax")


def scaled(text: str, by: float) -> str:
    """Return the duration written in `text`, `by` times as long, as a planner would write it, in minutes.

    What took some time still takes at least a tick, and nothing more than what may be written. Raise ValueError unless
    `by` is above zero.
    """
    if not by > 0:
        raise ValueError(by)
    given = parse_duration(text)
    a, b, c = (_minutes(value * by) for value in (given.a, given.b, given.c))
    return {
        "fixed": f"{a} min", "triangular": f"{a}..{b}..{c} min", "exponential": f"exp({a} min)",
        "uniform": f"uniform({a}, {b}) min", "lognormal": f"lognormal({a}, {_plain(given.b)}) min",
    }[given.kind]  # fmt: skip


def _minutes(value: float) -> str:
    kept = min(max(value, 1 / MINUTE), _LONGEST) if value else 0.0
    return _plain(kept, 3)


def _plain(value: float, places: int = 6) -> str:
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def written(ticks: int) -> str:
    """Return the text of a fixed duration of `ticks` of 1/1000 min."""
    return f"{_minutes(ticks / MINUTE)} min"


def _checked(kind: str, found: re.Match[str]) -> Duration:
    *numbers, unit = found.groups()
    scale = _UNITS[unit]
    values = [float(number) * scale for number in numbers]
    if kind == "lognormal":
        values[1] /= scale
    elif values != sorted(values):
        raise DurationError("duration-order")
    if max(values) > _LONGEST:
        raise DurationError("duration-too-long")
    return Duration(kind, *values)


@dataclass(frozen=True, slots=True)
class Later(Duration):
    """A length of time that is longer by `by` minutes in every draw, whatever its distribution."""

    by: float = 0.0

    def at(self, u: float) -> int:
        """Return the quantile `u` in ticks."""
        return Duration.at(self, u) + round(self.by * MINUTE)


def later(given: Duration, by: float) -> Later:
    """Return `given`, longer by so many minutes."""
    before = given.by if isinstance(given, Later) else 0.0
    return Later(given.kind, given.a, given.b, given.c, before + by)
