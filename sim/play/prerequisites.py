"""Prerequisites: who waits for which stage of which duty, and whom a stage lets go on (SEMANTICS 19, 21 and 37)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import simpy

from sim.play.calls import RELEASE
from sim.play.recorder import Raw, seq_of

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task


class Prerequisites:
    """The tasks of one drill that wait for others; `due` says whether one of them may go on in this wave."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.due = False
        self._reached: list[tuple[int, str, Raw]] = []
        self._fresh: list[Task] = []
        self._awaiting: dict[tuple[int, str], list[Task]] = defaultdict(list)

    def wait(self, task: Task) -> simpy.Event:
        """Return an event that succeeds once every prerequisite of `task` is reached."""
        task.event = self.drill.event()
        self._fresh.append(task)
        self.due = True
        self.drill.want_settle()
        return task.event

    def forget(self, task: Task) -> None:
        """Stop waiting for the prerequisites of `task`."""
        for prerequisite in task.given.after:
            waiting = self._awaiting[prerequisite.duty, prerequisite.stage]
            if task in waiting:
                waiting.remove(task)

    def reached(self, duty: int, stage: str, row: Raw) -> None:
        """Note that a stage was reached that others wait for."""
        self._reached.append((duty, stage, row))
        self.due = True
        self.drill.want_settle()

    def settle(self) -> None:
        """Let go on who waits for nothing more; name what the others still wait for.

        The cause of going on is the last stage that was reached in this wave: a join.
        """
        self.due = False
        reached, self._reached = sorted(self._reached, key=lambda stage: seq_of(stage[2])), []
        fresh, self._fresh = self._fresh, []
        woken = {task: row for duty, stage, row in reached for task in self._awaiting.get((duty, stage), ())}
        for task in sorted({*woken, *fresh}, key=lambda task: task.rank(RELEASE)):
            missing = next((p for p in task.given.after if not self._satisfied(p.duty, p.stage, task)), None)
            if missing is None:
                self._let_go_on(task, woken.get(task, task.last))
                continue
            if task in fresh:
                for prerequisite in task.given.after:
                    self._awaiting[prerequisite.duty, prerequisite.stage].append(task)
            task.log("waiting", waits=f"prerequisite:{missing.text}")

    def _let_go_on(self, task: Task, cause: Raw) -> None:
        self.forget(task)
        task.last = cause
        assert task.event is not None
        task.event.succeed()

    def _satisfied(self, duty: int, stage: str, task: Task) -> bool:
        before = self.before(duty, task)
        return before is not None and stage in before.stages

    def before(self, duty: int, task: Task) -> Task | None:
        """Return the last task of `duty`, which `task` waits for: of the same occurrence if of the same need."""
        candidates = self.drill.dispatch.of_duty[duty]
        other = self.drill.plan.duties[duty]
        if other.each_inject if task.arrival else other.need == task.given.need:
            candidates = [done for done in candidates if done.occurrence == task.occurrence]
        return candidates[-1] if candidates else None
