"""Days and months: when a drill may be, and when the next one is due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

MONTH_DAYS: Final = (10, 24)
"""Days of a month on which a drill is proposed, clear of the long holidays; moved back to a working day."""
_FARTHEST: Final = 9


def later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(day: date) -> int:
    """Return the number of a month, so that months can be subtracted."""
    return day.year * 12 + day.month


def whole_months(since: date, until: date) -> int:
    """Return how many whole months have passed from one day to another."""
    months = month_of(until) - month_of(since)
    return months - (later(since, months) > until)


def days_to_use(begin: date, end: date, works: Callable[[date], bool]) -> tuple[date, ...]:
    """Return the days from `begin` to `end` that may be proposed: two a month, working days."""
    months = range(month_of(begin), month_of(end) + 1)
    wished = [date((m - 1) // 12, (m - 1) % 12 + 1, day) for m in months for day in MONTH_DAYS]
    found = {_working(day, works) for day in wished}
    return tuple(sorted(day for day in found if day is not None and begin <= day <= end))


def _working(day: date, works: Callable[[date], bool]) -> date | None:
    """The nearest working day, not after `day`; none if there is no such day for long."""
    return next((d for d in (day - timedelta(n) for n in range(_FARTHEST + 1)) if works(d)), None)
