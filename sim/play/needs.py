"""Needs: what headquarters' picture demands, raised and over (SEMANTICS 14 and 15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.play.recorder import ENGINE_KEY, Raw

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task


class Needs:
    """The needs of one drill: `raised` holds the row of each that stands, `count` how often each was raised.

    `due` says whether anything may have changed in this wave.
    """

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.raised: list[Raw | None] = [None] * len(drill.plan.needs)
        self.count = [0] * len(drill.plan.needs)
        self.due = False
        self._everything: Raw | None = None
        self._changed: dict[int, Raw] = {}

    def hear(self, changed: dict[int, Raw]) -> None:
        """Note what has changed in headquarters' picture; called while the wave is settled."""
        self._changed.update(changed)
        self.due = True

    def look_at_everything(self, cause: Raw) -> None:
        """Judge every need anew: a response was started or terminated."""
        self._everything = cause
        self.due = True
        self.drill.standby.look({}, cause)
        self.drill.want_settle()

    # --- occurrences

    def coming(self, need: int) -> int:
        """Return the occurrence that an alarm answers: the one that stands, else the next one."""
        return self.count[need] + (self.raised[need] is None)

    def stands(self, task: Task) -> bool:
        """Whether the occurrence that `task` answers is not over yet."""
        need = task.given.need
        if self.raised[need] is not None:
            return self.count[need] == task.occurrence
        return task.alarm and self.count[need] < task.occurrence and not self.barred(need)

    def barred(self, need: int) -> bool:
        """Whether a need cannot be raised any more: the response is over, and it is not one of recovery."""
        return self.drill.command.terminated is not None and self.drill.plan.needs[need].phase != "recovery"

    def use_up(self, task: Task) -> None:
        """An alarm called off before headquarters raised the need was an occurrence of its own."""
        need = task.given.need
        if task.alarm and "finished" not in task.stages and self.count[need] < task.occurrence:
            self.count[need] = task.occurrence

    # --- judging

    def settle(self) -> None:
        """Judge the needs, the duties' own conditions and the end, as far as a changed fact touches them."""
        drill, self.due = self.drill, False
        everything, self._everything = self._everything, None
        changed, self._changed = self._changed, {}
        if drill.command.activated is None:
            return
        index, plan = drill.index, drill.plan
        touched: Iterable[int] = range(len(plan.needs))
        if everything is None:
            touched = {need for fact in changed for need in index.needs_by_fact.get(fact, ())}
        for need in sorted(touched, key=lambda place: (plan.needs[place].priority, place)):
            self._judge(need, changed, everything)
        drill.dispatch.look_at_conditions(changed)
        if everything is not None or (plan.end is not None and not changed.keys().isdisjoint(plan.end.facts)):
            drill.command.ending.look(changed)

    def _judge(self, place: int, changed: dict[int, Raw], everything: Raw | None) -> None:
        drill, need, picture = self.drill, self.drill.plan.needs[place], self.drill.command.picture
        facts = drill.index.need_facts[place]
        when = need.when.test(picture.values, picture.known)
        until = need.until.test(picture.values, picture.known) if need.until else not when
        ended = self.barred(place)
        if self.raised[place] is None:
            if when and not until and not ended:
                self._raise(place, everything or drill.script.cause_of(facts, changed))
            elif place in drill.index.alarms_of_need and (
                ended or all(picture.known[fact] for fact in facts)
            ):
                drill.recall.call_off(place, everything or drill.script.cause_of(facts, changed))
        elif until or ended:
            self._end(place, everything or drill.script.cause_of(facts, changed))

    def _raise(self, place: int, cause: Raw) -> None:
        self.count[place] += 1
        detail = {"occurrence": self.count[place]}
        row = self.drill.log(ENGINE_KEY, "need_raised", cause, need=place, detail=detail)
        self.raised[place] = row
        self.drill.dispatch.answer(place, row)

    def _end(self, place: int, cause: Raw) -> None:
        detail = {"occurrence": self.count[place]}
        row = self.drill.log(ENGINE_KEY, "need_over", cause, need=place, detail=detail)
        self.raised[place] = None
        self.drill.recall.call_off(place, row)
