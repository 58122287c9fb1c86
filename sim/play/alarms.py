"""Alarms: what a unit begins by itself, and the call by which headquarters learns of it (SEMANTICS 14 and 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.play.calls import CONFIRM, Call, call_about
from sim.play.recorder import Raw

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task


class Alarms:
    """The alarm duties of one drill, evaluated on their own units' pictures; `heard` is what changed in them."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.heard: dict[int, dict[int, Raw]] = {}
        self._confirming: set[Task] = set()

    def hear(self, actor: int, changed: dict[int, Raw]) -> None:
        """Note what has changed in the picture of a unit; called while the wave is settled."""
        self.heard.setdefault(actor, {}).update(changed)

    def settle(self) -> None:
        """Start the alarm duties that what was heard calls for."""
        drill, index = self.drill, self.drill.index
        heard, self.heard = self.heard, {}
        due = [
            (duty, changed)
            for actor, changed in heard.items()
            for duty in index.alarms_of_actor.get(actor, ())
            if not index.alarm_facts[duty].isdisjoint(changed)
        ]
        for duty, changed in sorted(due, key=lambda item: drill.dispatch.urgency(item[0])):
            if self._calls_for(duty):
                self._raise(duty, drill.script.cause_of(index.alarm_facts[duty], changed))

    def _calls_for(self, duty: int) -> bool:
        """Whether what its unit believes calls for a duty."""
        drill, given = self.drill, self.drill.plan.duties[duty]
        need, picture = drill.plan.needs[given.need], drill.picture(given.actor)
        values, known = picture.values, picture.known
        if drill.needs.barred(given.need) or not need.when.test(values, known):
            return False
        if need.until is not None and need.until.test(values, known):
            return False
        return given.condition is None or given.condition.test(values, known)

    def _raise(self, duty: int, cause: Raw) -> None:
        dispatch = self.drill.dispatch
        task = dispatch.current.get(duty)
        if task is not None and task.open:
            self._overtake(task, cause)
            return
        occurrence = self.drill.needs.coming(self.drill.plan.duties[duty].need)
        if (duty, occurrence) not in dispatch.tasks:
            dispatch.begin(duty, occurrence, cause, alarm=True)

    def _overtake(self, task: Task, cause: Raw) -> None:
        """The unit's own alarm overtakes the order that has not got through."""
        if task.alarm:
            return
        if task.where == "answer":
            task.last, task.step = cause, ""
            self.drill.start(task.key, task.alone())
        elif task.where in ("operator", "redial", "talking", "relay") and task.process is not None:
            task.last = cause
            task.process.interrupt("alarm")

    # --- confirming

    def confirm(self, task: Task, begun: Call | None = None) -> None:
        """Call a unit that headquarters does not know to be under way (SEMANTICS 18).

        `begun` is the call with its order, in the middle of a try.
        """
        if task not in self._confirming and not self.drill.plan.network:
            self._confirming.add(task)
            call = call_about(task, CONFIRM, task.last, lambda: task.known)
            self.drill.start(call.key, self._confirm(task, call, begun))

    def _confirm(self, task: Task, call: Call, begun: Call | None) -> Any:
        if begun is not None:
            call.tries, call.talk, call.last, call.stream = begun.tries, begun.talk, begun.last, begun.stream
        if (yield from call.taken_over() if begun else call.life()):
            task.known = True
            given = task.given
            self.drill.log(call.key, "call_confirmed", call.last, given.actor, task.duty, task.id, given.need)
            self.drill.command.informing.informed(given.actor, call.last)
        self._confirming.discard(task)
