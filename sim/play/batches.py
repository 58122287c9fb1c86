"""Batches: who serves whom, so that no two teams save the same person, and who goes on (SEMANTICS 8 and 17)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import simpy

from sim.play.calls import RELEASE
from sim.play.recorder import Raw, seq_of

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task


class Batches:
    """The `claims` of this wave, and the tasks that are `resting`: finished, and ready to take who comes after."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.claims: list[tuple[Task, simpy.Event]] = []
        self._busy: dict[tuple[int, int], int] = defaultdict(int)  # (takes, gives) → people being served
        self.resting: list[Task] = []
        self.left: list[tuple[int, Raw]] = []  # who was left unserved in this wave, and by which row

    # --- claims

    def claim(self, task: Task) -> simpy.Event:
        """Return an event whose value is how many people the next cycle of `task` serves."""
        event = self.drill.event()
        self.claims.append((task, event))
        self.drill.want_settle()
        return event

    def served(self, task: Task, count: int) -> None:
        """End a claim: the people are served."""
        self._busy[task.given.takes, task.given.gives] -= count

    def drop(self, task: Task) -> None:
        """Forget what `task` claims in this wave: it has to leave."""
        self.claims = [claim for claim in self.claims if claim[0] is not task]

    def leave(self, task: Task, count: int) -> None:
        """End a claim without a result: whoever is at rest may take them."""
        self.served(task, count)
        self.left.append((task.given.takes, task.last))
        self.drill.want_settle()

    def share_out(self) -> None:
        """Answer the claims of this wave, by rank."""
        ruled = self.drill.index.rules.at_entry
        self.claims.sort(key=lambda claim: claim[0].rank(RELEASE))
        while self.claims:
            task, event = self.claims.pop(0)
            count = min(task.given.size, self._available(task))
            if ruled[task.duty]:
                allowed = self.drill.safety.people_for(task, event, count)
                if allowed is None:
                    continue  # it stands at the gate
                count = allowed
            self._busy[task.given.takes, task.given.gives] += count
            event.succeed(count)

    def _available(self, task: Task) -> int:
        given, values = task.given, self.drill.truth.values
        free: int = values[given.takes] - values[given.gives] - self._busy[given.takes, given.gives]
        return max(0, free)

    # --- growth

    def rest(self, task: Task) -> None:
        """Let a finished batch task rest: it may be needed again."""
        if task not in self.resting:
            self.resting.append(task)

    def go_on(self, changed: dict[int, Raw]) -> None:
        """Let those at rest take who has come since, or was left, while the need stands."""
        if self.left:
            left, self.left = sorted(self.left, key=lambda item: seq_of(item[1])), []
            changed = {**dict(left), **changed}
        for task in sorted(self.resting, key=lambda task: task.rank(RELEASE)):
            grown = task.given.takes in changed and self._available(task) > 0
            if grown and self.drill.needs.stands(task) and task.duty not in self.drill.dispatch.current:
                self._reopen(task, changed[task.given.takes])

    def wake(self, task: Task, cause: Raw) -> None:
        """Let `task` go on if it is at rest and somebody is left to be served."""
        if task in self.resting and self._available(task) > 0:
            self._reopen(task, cause)

    def _reopen(self, task: Task, cause: Raw) -> None:
        self.resting.remove(task)
        self.drill.dispatch.current[task.duty] = task
        task.last = cause
        task.reopen()
        self.drill.start(task.key, task.again())
