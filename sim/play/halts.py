"""Halts: work that cannot begin while something is true, such as a power cut, begins the instant it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.play.calls import RELEASE

if TYPE_CHECKING:
    import simpy

    from sim.play.drill import Drill
    from sim.play.recorder import Raw
    from sim.play.tasks import Task


class Halts:
    """The tasks of one drill that stand ready and cannot begin."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.waiting: list[Task] = []

    def wait(self, task: Task) -> simpy.Event:
        """Return an event that succeeds once what halts `task` is true no more."""
        task.event = self.drill.event()
        self.waiting.append(task)
        return task.event

    def forget(self, task: Task) -> None:
        """Stop waiting: the task is stood down."""
        if task in self.waiting:
            self.waiting.remove(task)

    def settle(self, changed: dict[int, Raw]) -> None:
        """Let begin whatever a change of this wave halts no more, by rank."""
        values = self.drill.truth.values
        for task in sorted(self.waiting, key=lambda task: task.rank(RELEASE)):
            fact = task.given.halted_by
            if fact in changed and not values[fact]:
                self.waiting.remove(task)
                task.last = changed[fact]
                assert task.event is not None
                task.event.succeed()
