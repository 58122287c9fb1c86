"""Dispatch: from needs that stand to tasks, and the order of all decisions of a wave (SEMANTICS 16 and 17).

All decisions of a wave are taken in one fixed order: needs, duties' own conditions, alarms, arrivals, duties that are
due again, stand-downs, batches that go on, prerequisites, safety, claims; within each by rank.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sim.play.ending import close_at_horizon
from sim.play.recorder import Raw, seq_of
from sim.play.scene_reports import look_back
from sim.play.tasks import Task

if TYPE_CHECKING:
    from sim.play.drill import Drill


class Dispatch:
    """The tasks of one drill. `current` is the open task of a duty: the last one, if it has one an arrival."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.tasks: dict[tuple[int, int], Task] = {}
        self.current: dict[int, Task] = {}
        self.of_duty: dict[int, list[Task]] = defaultdict(list)
        self._closed: list[Task] = []
        self._arrivals: list[tuple[int, int, Raw]] = []

    def heard(self, holder: int, changed: dict[int, Raw]) -> None:
        """Hand on that a picture changed, to whoever decides by it; called while the wave is settled."""
        drill = self.drill
        if holder == drill.plan.command.actor:
            drill.needs.hear(changed)
            drill.standby.look(changed, max(changed.values(), key=seq_of))
            drill.script.revisit(changed)
            if drill.index.rules.speak:
                drill.safety.hear(changed)
            drill.command.note(changed)
        elif holder == drill.plan.desk.actor:
            drill.desk.heard(max(changed.values(), key=seq_of))
            drill.command.note(changed)
        else:
            drill.alarms.hear(holder, changed)
            drill.command.reporting.hear(holder, changed)

    # --- what happens while processes move: only queued

    def arrive(self, duty: int, number: int, cause: Raw) -> None:
        """Queue one task of a duty that has one an arrival; what arrives together has one number."""
        self._arrivals.append((duty, number, cause))
        self.drill.want_settle()

    def closed(self, task: Task) -> None:
        """Note that a task has ended: its duty may be due again."""
        self._closed.append(task)
        self.drill.want_settle()

    # --- settling

    def settle(self, changed: dict[int, Raw]) -> None:
        """Take every decision of this wave; most waves ask for few of them."""
        drill = self.drill
        if drill.needs.due:
            drill.needs.settle()
        if drill.alarms.heard:
            drill.alarms.settle()
        if self._arrivals:
            self._begin_arrivals()
        if self._closed:
            self._consider_again()
        if drill.recall.stops:
            drill.recall.settle()
        if drill.batches.left or (changed and drill.batches.resting):
            drill.batches.go_on(changed)
        if drill.standby.due:
            drill.standby.settle()
        if drill.prerequisites.due:
            drill.prerequisites.settle()
        if drill.index.rules.speak:
            drill.safety.settle(changed)
        if changed and drill.index.rules.expose:
            drill.exposure.settle(changed)
        if drill.batches.claims:
            drill.batches.share_out()

    def _begin_arrivals(self) -> None:
        arrivals, self._arrivals = sorted(self._arrivals, key=_arrival), []
        for duty, number, cause in arrivals:
            self.begin(duty, number, cause, arrival=True)

    def _consider_again(self) -> None:
        drill, needs = self.drill, self.drill.needs
        closed, self._closed = sorted(self._closed, key=lambda task: task.key), []
        for task in closed:
            task.over = True
            look_back(task)
            drill.standby.look({}, task.last)
            needs.use_up(task)
            if self.current.get(task.duty) is task:
                del self.current[task.duty]
            if task.given.form == "batch" and "finished" in task.stages:
                drill.batches.rest(task)
            raised = needs.raised[task.given.need]
            if raised is not None and task.occurrence < needs.count[task.given.need]:
                self.consider(task.duty, max(raised, task.last, key=seq_of))

    # --- orders

    def answer(self, need: int, row: Raw) -> None:
        """Answer a need that was raised by `row`: whoever is still under way stays, the others are considered."""
        for duty in self.drill.index.duties_of_need.get(need, ()):
            if duty in self.current:
                self.current[duty].stay()
            self.consider(duty, row)

    def look_at_conditions(self, changed: dict[int, Raw]) -> None:
        """Consider the duties whose own condition reads a fact that headquarters has heard of."""
        index, plan, script = self.drill.index, self.drill.plan, self.drill.script
        duties = {duty for fact in changed for duty in index.duties_by_fact.get(fact, ())}
        for duty in sorted(duties, key=self.urgency):
            self.consider(duty, script.cause_of(plan.duties[duty].condition.facts, changed))  # type: ignore[union-attr]

    def urgency(self, duty: int) -> tuple[int, int]:
        """Sort key of duties that are due in one wave: the priority of the need, then the place in the plan."""
        return self.drill.plan.duties[duty].priority, duty

    def consider(self, duty: int, cause: Raw) -> None:
        """Dispatch a duty whose need stands and whose own condition holds, unless its task is under way."""
        drill, given = self.drill, self.drill.plan.duties[duty]
        need, needs = given.need, self.drill.needs
        if needs.raised[need] is None or given.each_inject:
            return
        picture = drill.command.picture
        if given.condition is not None and not given.condition.test(picture.values, picture.known):
            return
        task = self.current.get(duty)
        if task is None or not task.open:
            task = self.tasks.get((duty, needs.count[need]))
        if task is None:
            self.begin(duty, needs.count[need], cause)
            return
        if task.alarm and not task.known:
            drill.alarms.confirm(task)
        drill.batches.wake(task, cause)

    def begin(
        self, duty: int, occurrence: int, cause: Raw, *, alarm: bool = False, arrival: bool = False
    ) -> None:
        """Trigger a task, on the unit's own alarm or to be ordered."""
        task = Task(self.drill, duty, occurrence, cause, alarm=alarm, arrival=arrival)
        self.tasks[duty, occurrence] = task
        self.current[duty] = task
        self.of_duty[duty].append(task)
        self.drill.start(task.key, task.life())

    def close(self) -> None:
        """Write a row and a state for every task that is still open."""
        for key in sorted(self.tasks):
            task = self.tasks[key]
            if task.open:
                close_at_horizon(task)


def _arrival(arrival: tuple[int, int, Raw]) -> tuple[int, int]:
    return arrival[0], arrival[1]
