"""Relief: who holds out at lasting work for as long as he may is relieved by another team (SEMANTICS 19).

How long that is, and why, is asked of every function in `LIMITS`, anew for every team; the shortest counts. Then
another free team of the same pools is looked for, once, by rank. If there is one it musters and comes as usual, takes
over on its arrival (row ``relieved``), and the old team goes home. If there is none the old team goes on (row
``unrelieved``), and another is looked for again as long afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.plan.durations import MINUTE
from sim.play.calls import RELIEF
from sim.play.ending import give_back
from sim.play.journey import legs
from sim.play.roads import muster_time, road_time
from sim.play.stocks import endurance

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.pools import Ask
    from sim.play.recorder import Raw
    from sim.play.tasks import Task

Limit = Callable[["Task", int], "tuple[int, str] | None"]
"""How many ticks the team of a task may stay at work, and why; None if for ever. The number counts its teams."""


def _shift(task: Task, number: int) -> tuple[int, str] | None:
    shift = task.drill.plan.actors[task.given.actor].shift
    return None if shift is None else (task.drill.length(shift, task.name + "relief/shift", number), "shift")


def _endurance(task: Task, number: int) -> tuple[int, str] | None:
    if not task.given.takes_stock:
        return None
    lasts = endurance(task.drill, task.duty, task.name + "relief/", number)
    return None if lasts is None else (lasts, "endurance")


def _exposure(task: Task, number: int) -> tuple[int, str] | None:
    drill = task.drill
    return drill.exposure.limit(task, number) if drill.index.rules.exposing[task.duty] else None


LIMITS: tuple[Limit, ...] = (_shift, _endurance, _exposure)


def watch(task: Task) -> Relief | None:
    """Watch over the team of `task` from now on; None where it may stay for ever, or holds none."""
    if task.ask is None:
        return None
    relief = Relief(task)
    exposed = bool(task.drill.index.rules.exposing[task.duty])
    if exposed:
        task.drill.exposure.watched.append(relief)
    return relief if relief.arm() or exposed else None


class Relief:
    """The relief of one task at work: its present team since `since`, and the one that is coming, if any."""

    __slots__ = ("_departed", "_round", "ask", "last", "number", "over", "since", "task", "why")

    def __init__(self, task: Task) -> None:
        self.task = task
        self.number = task.attempt - task.cycles  # how often relief was due, counted anew after a withdrawal
        self.since = task.drill.now
        self.why = ""
        self.ask: Ask | None = None
        self.last = task.last
        self.over = False
        self._departed = -1
        self._round = 0

    def arm(self) -> bool:
        """Set the clock, anew if something has changed; return whether there is any limit."""
        found = [limit for of in LIMITS if (limit := of(self.task, self.number)) is not None]
        self._round += 1
        if found:
            length, self.why = min(found)
            drill = self.task.drill
            drill.later(max(0, self.since + length - drill.now), partial(self._due, self._round))
        return bool(found)

    def end(self) -> None:
        """Stop: the work is over. Who is coming turns back, as long a way as he has come."""
        self.over = True
        drill, ask = self.task.drill, self.ask
        if ask is None:
            return
        if not ask.granted:
            drill.pools.cancel(ask)
        elif self._departed >= 0:
            give = partial(self._give_home, ask, self.task.last)
            drill.later(drill.now - self._departed, give)
        else:
            self._give_home(ask, self.task.last)

    def _due(self, round_: int) -> None:
        if self.over or round_ != self._round or self.ask is not None:
            return
        drill, task = self.task.drill, self.task
        self.ask = drill.ask(
            task.rank(RELIEF), drill.index.wanted[task.duty], self._nobody_is_free, scene=task.given.at_scene
        )
        self.ask.event.callbacks.append(lambda _: self._set_out())

    def _nobody_is_free(self) -> None:
        assert self.ask is not None
        self.task.drill.pools.cancel(self.ask)
        self.ask = None
        self._log("unrelieved")
        self._begin_anew()

    def _set_out(self) -> None:
        task, drill = self.task, self.task.drill
        actor = drill.plan.actors[task.given.actor]
        assert self.ask is not None
        off_duty = drill.is_off_duty(task.given.actor)
        muster, travel = legs(task, self.ask, off_duty=off_duty)
        length = 0
        if muster:
            usual = actor.muster_off_duty if off_duty else actor.muster_duty
            length = muster_time(drill, usual, task.name + "relief/muster", self.number)
        drill.later(length, partial(self._depart, travel))

    def _depart(self, travel: bool) -> None:
        if self.over:
            return
        length = self._road("relief/") if travel else 0
        self._departed = self.task.drill.now
        self.task.drill.later(length, self._arrive)

    def _arrive(self) -> None:
        if not self.over:
            self.task.drill.relieving.append(self)
            self.task.drill.want_settle()

    def take_over(self) -> None:
        """Hand over to the team that has arrived; called while the wave is settled."""
        task, drill = self.task, self.task.drill
        if self.over or self.ask is None:
            return
        self._departed = -1
        row = self._log("relieved")
        back = self._road("relief/home/") if task.given.at_scene and not drill.plan.network else 0
        drill.later(back, partial(drill.release, task.given.uses, row, scene=False))
        if task.issue:
            give_back(task, row)
            task.issue = "used"
        task.ask, self.ask = self.ask, None
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.number += 1
        self.since = self.task.drill.now
        self.arm()

    def _road(self, name: str) -> int:
        task, drill = self.task, self.task.drill
        travel = drill.plan.actors[task.given.actor].travel
        return road_time(drill, task.given.actor, travel, task.name + name, self.number)[0]

    def _give_home(self, ask: Ask, row: Raw) -> None:
        self.task.drill.release(ask.uses, row, scene=False)

    def _log(self, event: str) -> Raw:
        task, given = self.task, self.task.given
        held = (task.drill.now - self.since) / MINUTE
        self.last = task.drill.log(
            (9, task.duty, task.occurrence), event, self.last, actor=given.actor, duty=task.duty, task=task.id,
            need=given.need, detail={"after": held, "why": self.why},
        )  # fmt: skip
        return self.last


def settle(drill: Drill) -> None:
    """Let the teams that have arrived in this wave take over, in the order of their tasks."""
    relieving: list[Any] = sorted(drill.relieving, key=lambda relief: relief.task.key)
    drill.relieving.clear()
    for relief in relieving:
        relief.take_over()
