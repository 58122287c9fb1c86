"""Standby (待命): a unit is told to be ready before the need for it is raised (SEMANTICS 16).

While the standby condition of a duty holds on what headquarters knows, and its need is not raised, its unit is called
once, after the orders of that priority and instant. From then on it musters, taking no team. The order of that coming
occurrence then finds it mustered and needs no acknowledgement but the call. When the condition ends, so does the
standby; nobody is called for that, and a later one is a new call.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.play.calls import STANDBY, Call
from sim.play.recorder import Raw
from sim.play.roads import muster_time

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task

_KEY: Final = 12
_NO_DUE: Final = float("inf")
_AFTER: Final = "~"  # sorts behind every duty: orders of that priority and instant are called first


class Standby:
    """Who stands by in one drill. `due` says whether anything may have changed in this wave."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        duties = [place for place, duty in enumerate(drill.plan.duties) if duty.standby is not None]
        self.duties = sorted(duties, key=lambda place: (drill.plan.duties[place].priority, place))
        self.due = False
        self._changed: dict[int, Raw] = {}  # what headquarters has learnt since the last look
        self._after: Raw = drill.opened  # what else made a look necessary
        self._wanted: dict[int, int] = {}  # duty → the coming occurrence it stands by for
        self._mustered: dict[tuple[int, int], int] = {}  # duty and occurrence → when its unit is mustered
        self._times: dict[tuple[int, int], int] = {}

    def look(self, changed: dict[int, Raw], row: Raw) -> None:
        """Look at the standby conditions when this wave is settled; called whenever one may have changed.

        `changed` is what headquarters has learnt, and `row` the latest of what makes the look necessary.
        """
        if self.duties:
            self.due = True
            self._changed.update(changed)
            self._after = row

    def settle(self) -> None:
        """Call the units that are to stand by from now on; forget those that no longer are."""
        self.due = False
        changed, self._changed = self._changed, {}
        for duty in self.duties:
            occurrence = self.drill.needs.coming(self.drill.plan.duties[duty].need)
            if not self._holds(duty):
                self._end(duty)
            elif self._wanted.get(duty) != occurrence:
                self._end(duty)
                self._begin(duty, occurrence, changed)

    def _holds(self, duty: int) -> bool:
        drill, given = self.drill, self.drill.plan.duties[duty]
        command, task = drill.command, drill.dispatch.current.get(duty)
        if command.activated is None or command.terminated is not None or given.standby is None:
            return False
        if drill.needs.raised[given.need] is not None or (task is not None and task.open):
            return False
        return given.standby.test(command.picture.values, command.picture.known)

    def _begin(self, duty: int, occurrence: int, changed: dict[int, Raw]) -> None:
        given = self.drill.plan.duties[duty]
        assert given.standby is not None
        cause = self.drill.script.cause_of(given.standby.facts, changed)
        if cause is self.drill.opened:
            cause = self._after
        self._wanted[duty] = occurrence
        number = self._times[duty, occurrence] = self._times.get((duty, occurrence), 0) + 1
        self.drill.start(
            (_KEY, duty, occurrence * 1000 + number), self._life(duty, occurrence, number, cause)
        )

    def _end(self, duty: int) -> None:
        """Forget a standby. What it has made ready stays so for the order that ends it, and for no other."""
        occurrence = self._wanted.pop(duty, None)
        if occurrence is None:
            return
        need = self.drill.plan.duties[duty].need
        needs = self.drill.needs
        ordered = (duty, occurrence) in self.drill.dispatch.tasks
        if not ordered and (needs.raised[need] is None or needs.count[need] != occurrence):
            self._mustered.pop((duty, occurrence), None)

    def _life(self, duty: int, occurrence: int, number: int, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill, given = self.drill, self.drill.plan.duties[duty]
        actor = drill.plan.actors[given.actor]
        key = (_KEY, duty, occurrence * 1000 + number)
        stream = f"{drill.index.names[duty]}{occurrence}/standby/{number}/"
        rank = (given.priority, _NO_DUE, drill.now, _AFTER + given.id, occurrence, STANDBY)

        def stale() -> bool:
            return self._wanted.get(duty) != occurrence or self._times[duty, occurrence] != number

        call = Call(drill, key, given.actor, stream, lambda: rank, cause, duty, need=given.need, skip=stale)
        if not (yield from call.persist()) or stale():
            return
        task = f"{given.id}#{occurrence}"
        drill.log(key, "standby", call.last, given.actor, duty, task, given.need)
        drill.command.informing.informed(given.actor, call.last)
        usual = actor.muster_off_duty if drill.is_off_duty(given.actor) else actor.muster_duty
        self._mustered[duty, occurrence] = drill.now + muster_time(drill, usual, stream + "muster", 0)

    # --- what it is good for

    def ready(self, task: Task) -> bool:
        """Whether the unit stands by for `task`: then it has said so already."""
        return (task.duty, task.occurrence) in self._mustered

    def left(self, task: Task) -> int | None:
        """Return how many ticks of mustering are left for a task that its unit stood by for; None for any other."""
        at = self._mustered.get((task.duty, task.occurrence))
        return None if at is None or task.journeys else max(0, at - self.drill.now)
