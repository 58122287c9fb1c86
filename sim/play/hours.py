"""Office hours, and who is there by the clock alone: hands at the desk, teams that are busy elsewhere.

Nobody who is at work is cut off when the hours end: the pool is then short of one, and the next hand that is free goes.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sim.plan.durations import MINUTE

if TYPE_CHECKING:
    from sim.plan.compiled import Plan
    from sim.play.drill import Drill

_DAY: Final = 1440


class Hours:
    """The office hours of one plan by tick: its usual days, but for holidays and for days made up."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._first = plan.start.hour * 60 + plan.start.minute
        self._weekday = plan.start.weekday()
        self._special = bool(plan.days_off or plan.days_on)

    def on_duty(self, tick: int) -> bool:
        """Whether tick is in office hours."""
        plan = self._plan
        day, minute = divmod(self._first + tick // MINUTE, _DAY)
        return plan.office_begin <= minute < plan.office_end and self._works(day)

    def _works(self, day: int) -> bool:
        plan = self._plan
        if self._special:
            date = plan.start.date() + timedelta(days=day)
            if date in plan.days_on:
                return True
            if date in plan.days_off:
                return False
        return (self._weekday + day) % 7 in plan.office_days

    def changes(self) -> tuple[int, ...]:
        """The ticks before the horizon at which office hours begin or end."""
        plan = self._plan
        days = range((self._first + plan.horizon // MINUTE) // _DAY + 1)
        edges = sorted(
            (day * _DAY + minute - self._first) * MINUTE
            for day in days
            for minute in (plan.office_begin, plan.office_end)
        )
        ahead = [0, *(tick for tick in edges if 0 < tick < plan.horizon)]
        return tuple(now for before, now in pairwise(ahead) if self.on_duty(before) != self.on_duty(now))


def set_clocks(drill: Drill) -> None:
    """Let hands come and go with the hours, and teams that are busy at T+0 be missing until they are free."""
    for tick in drill.index.hands_change:
        drill.later(tick, partial(change_hands, drill))
    for busy in drill.plan.busy:
        if busy.end > 0:
            count = min(busy.count, drill.plan.pools[busy.pool].size)
            drill.pools.resize(busy.pool, -count, -1)
            drill.later(busy.end, partial(_come, drill, busy.pool, count))


def change_hands(drill: Drill) -> None:
    """Let the hands of the desk come or go as office hours begin or end."""
    desk = drill.plan.desk
    more = desk.operators_duty - desk.operators_off_duty
    _come(drill, drill.operators_pool, more if drill.on_duty() else -more)


def _come(drill: Drill, pool: int, count: int) -> None:
    drill.pools.resize(pool, count, drill.now)
    drill.want_grant()
