"""Recall: when a need is over, whoever is on the way to it or at work on it is stood down (SEMANTICS 20).

A unit that has not answered yet is spared the call; one that has learns of it by a call, and stops when it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.play.calls import RELEASE, Call, call_about
from sim.play.ending import give_up
from sim.play.recorder import Raw

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task

_UNCALLED: Final = ("operator", "redial", "")
_NO_CALL_NEEDED: Final = ("talking", "relay", "closed")


class Recall:
    """Who is being called back in one drill; `stops` are those who have just heard it, and the rows that told them."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self._calling: set[Task] = set()
        self.stops: list[tuple[Task, Raw]] = []

    def call_off(self, need: int, row: Raw) -> None:
        """Release whoever answers a need that is over, or that headquarters knows to be none."""
        current = self.drill.dispatch.current
        for duty in self.drill.index.duties_of_need.get(need, ()):
            task = current.get(duty)
            if task is not None and task.open:
                self._release(task, row)

    def _release(self, task: Task, row: Raw) -> None:
        if task.where in _UNCALLED and task.process is not None:
            task.last = row
            task.process.interrupt("cancelled")
        elif task.where in ("talking", "relay"):
            task.cancelled = True
        elif task.where == "answer":
            give_up(task, row)
        elif self.drill.plan.network:
            self._stop(task, row)
        elif task.where not in _NO_CALL_NEEDED and not task.sees_it_through:
            self._start_call(task, row)

    # --- calling back

    def _start_call(self, task: Task, row: Raw) -> None:
        if task not in self._calling:
            self._calling.add(task)
            raised, need = self.drill.needs.raised, task.given.need
            call = call_about(task, RELEASE, row, lambda: task.over or raised[need] is not None)
            self.drill.start(call.key, self._call_back(task, call))

    def _call_back(self, task: Task, call: Call) -> Any:
        answered = yield from call.persist()
        self._calling.discard(task)
        if answered:
            self.stops.append((task, call.last))
            self.drill.want_settle()

    # --- stopping

    def settle(self) -> None:
        """Stop those who have heard in this wave that they may go home."""
        stops, self.stops = sorted(self.stops, key=lambda stop: stop[0].rank(RELEASE)), []
        for task, row in stops:
            self._stop(task, row)

    def _stop(self, task: Task, row: Raw) -> None:
        if self.drill.needs.raised[task.given.need] is not None or not task.open or task.sees_it_through:
            return
        if task.given.form == "batch" and task.where == "work":
            task.stop = True
        else:
            assert task.process is not None
            if task.where == "safety":
                self.drill.safety.forget(task)
            task.last = row
            task.process.interrupt("released")
