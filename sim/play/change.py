"""A change of a drill from a moment on (SEMANTICS 33 b): what was before that moment cannot know of it.

The plan is exchanged for another in the first step of the moment's instant. Both must have the same facts, needs,
duties, units and pools at the same places; then times that begin from the moment on are those of the new plan, and
hands and teams that it has more of are there at once. What is under way goes on as it began.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from sim.play.hours import change_hands

if TYPE_CHECKING:
    from sim.plan.compiled import Plan
    from sim.play.drill import Drill
    from sim.play.index import Index

FIRST: Final = 0
"""Before all else of an instant: a change comes ahead of MOVE."""


@dataclass(frozen=True, slots=True)
class Change:
    """From tick `at` on the plan of `index` is played, and the injects at `withheld` are not given any more."""

    at: int
    index: Index
    withheld: frozenset[int] = frozenset()


def take_effect(drill: Drill, change: Change) -> None:
    """Exchange the plan of a drill under way."""
    before, plan = drill.plan, change.index.plan
    was = drill.index.hours.on_duty(
        max(0, drill.now - 1)
    )  # hours that change now have not changed the hands yet
    if not drill.index.hands_change:
        for tick in change.index.hands_change:
            if tick >= drill.now:
                drill.later(tick - drill.now, partial(change_hands, drill))
    more = _hands(plan, was) - _hands(before, was)
    drill.plan, drill.index = plan, change.index
    for place, (old, new) in enumerate(zip(before.pools, plan.pools, strict=True)):
        _resize(drill, place, new.size - old.size)
    _resize(drill, drill.operators_pool, more)
    for task in drill.dispatch.tasks.values():
        task.given = plan.duties[task.duty]
    drill.script.withheld = change.withheld


def _hands(plan: Plan, on_duty: bool) -> int:
    return plan.desk.operators_duty if on_duty else plan.desk.operators_off_duty


def _resize(drill: Drill, pool: int, more: int) -> None:
    if more:
        drill.pools.resize(pool, more, drill.now)
        drill.want_grant()
