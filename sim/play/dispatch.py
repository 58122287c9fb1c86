"""Dispatch: from what headquarters and units believe to tasks (SEMANTICS 14–22).

All decisions of a wave are taken here, in one fixed order: needs, alarms, duties' own conditions, stand-downs, batches
that go on, prerequisites, claims; within each by rank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.play.calls import CONFIRM, RELEASE, Call
from sim.play.recorder import ENGINE_KEY, SEQ, Raw, seq_of
from sim.play.situation import News
from sim.play.tasks import Task

if TYPE_CHECKING:
    from sim.play.drill import Drill

_UNCALLED: Final = ("operator", "redial", "")
_NO_CALL_NEEDED: Final = ("talking", "closed")


class Dispatch:
    """Needs, orders and the tasks under way of one drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        plan = drill.plan
        self.raised: list[Raw | None] = [None] * len(plan.needs)
        self.count = [0] * len(plan.needs)
        self.tasks: dict[tuple[int, int], Task] = {}
        self.current: dict[
            int, Task
        ] = {}  # duty → its open task (the last one, for duties with one an arrival)
        self._of_duty: dict[int, list[Task]] = defaultdict(list)
        self._everything: Raw | None = None
        self._hq: dict[int, Raw] = {}
        self._units: dict[int, dict[int, Raw]] = {}
        self._closed: list[Task] = []
        self._arrivals: list[tuple[int, int, Raw]] = []
        self._stops: list[tuple[Task, Raw]] = []
        self._stages: list[tuple[int, str, Raw]] = []
        self._joining: list[Task] = []
        self._awaiting: dict[tuple[int, str], list[Task]] = defaultdict(list)
        self._claims: list[tuple[Task, simpy.Event]] = []
        self._busy: dict[tuple[int, int], int] = defaultdict(int)  # (takes, gives) → people being served
        self._resting: list[Task] = []
        self._calling: set[tuple[Task, int]] = set()  # tasks being called, and why
        self.reports: list[tuple[Task, Raw, tuple[tuple[int, Any], ...], set[str]]] = []

    # --- what happens while processes move: only queued

    def heard(self, holder: int, changed: dict[int, Raw]) -> None:
        """Note that a picture changed; called while the wave is settled."""
        command = self.drill.plan.command
        if holder == command.actor:
            self._hq.update(changed)
            self.drill.script.revisit(changed)
        elif holder == self.drill.plan.desk.actor:
            self.drill.desk.heard(max(changed.values(), key=seq_of))
        else:
            self._units.setdefault(holder, {}).update(changed)

    def look_at_everything(self, cause: Raw) -> None:
        """Judge every need anew: a response was started or terminated."""
        self._everything = cause
        self.drill.want_settle()

    def arrive(self, duty: int, number: int, cause: Raw) -> None:
        """Queue one task of a duty that has one an arrival; what arrives together has one number."""
        self._arrivals.append((duty, number, cause))
        self.drill.want_settle()

    def closed(self, task: Task) -> None:
        """Note that a task has ended: its duty may be due again."""
        self._closed.append(task)
        self.drill.want_settle()

    def reached(self, duty: int, stage: str, row: Raw) -> None:
        """Note that a stage was reached that others wait for."""
        self._stages.append((duty, stage, row))
        self.drill.want_settle()

    def await_prerequisites(self, task: Task) -> simpy.Event:
        """Return an event that succeeds once every prerequisite of `task` is reached."""
        task.event = self.drill.event()
        self._joining.append(task)
        self.drill.want_settle()
        return task.event

    def forget(self, task: Task) -> None:
        """Stop waiting for the prerequisites of `task`."""
        for prerequisite in task.given.after:
            waiting = self._awaiting[prerequisite.duty, prerequisite.stage]
            if task in waiting:
                waiting.remove(task)

    def claim(self, task: Task) -> simpy.Event:
        """Return an event whose value is how many people the next cycle of `task` serves."""
        event = self.drill.event()
        self._claims.append((task, event))
        self.drill.want_settle()
        return event

    def served(self, task: Task, count: int) -> None:
        """End a claim: the people are served."""
        self._busy[task.given.takes, task.given.gives] -= count

    def report_arrives(
        self, task: Task, row: Raw, items: tuple[tuple[int, Any], ...], stages: set[str]
    ) -> None:
        """Queue a report from the scene that has come through."""
        self.reports.append((task, row, items, stages))
        self.drill.want_settle()

    def take_reports(self) -> None:
        """Take reports in at headquarters; the very first word of the incident rings at the desk instead."""
        drill = self.drill
        reports, self.reports = sorted(self.reports, key=lambda report: seq_of(report[1])), []
        for task, row, items, stages in reports:
            task.heard |= stages
            task.known = True
            if task.given.actor in drill.index.alarms_of_actor:
                drill.tell(News(row[1], row, task.given.actor, items))
            if not drill.desk.alerted:
                drill.desk.ring(items, row[1], row)
                continue
            drill.tell(News(row[1], row, drill.command.actor, items))
            if drill.command.activated is None:
                drill.tell(News(row[1], row, drill.desk.actor, items))

    # --- settling

    def settle(self, changed: dict[int, Raw]) -> None:
        """Take every decision of this wave."""
        if self._everything is not None or self._hq:
            self._judge()
        if self._units:
            self._hear_alarms()
        if self._arrivals:
            arrivals, self._arrivals = sorted(self._arrivals, key=_arrival), []
            for duty, number, cause in arrivals:
                self._begin(Task(self.drill, duty, number, cause, alarm=False, arrival=True))
        if self._closed:
            self._consider_again()
        if self._stops:
            stops, self._stops = sorted(self._stops, key=lambda stop: stop[0].rank(RELEASE)), []
            for task, row in stops:
                self._stop(task, row)
        if self._resting and changed:
            self._go_on(changed)
        if self._joining or self._stages:
            self._join()
        if self._claims:
            self._share_out()

    # --- needs

    def _judge(self) -> None:
        drill = self.drill
        everything, self._everything = self._everything, None
        changed, self._hq = self._hq, {}
        if drill.command.activated is None:
            return
        index, plan = drill.index, drill.plan
        touched: Iterable[int] = range(len(plan.needs))
        if everything is None:
            touched = {need for fact in changed for need in index.needs_by_fact.get(fact, ())}
        for need in sorted(touched, key=lambda place: (plan.needs[place].priority, place)):
            self._judge_need(need, changed, everything)
        for duty in sorted(
            {d for fact in changed for d in index.duties_by_fact.get(fact, ())}, key=self._urgency
        ):
            self._consider(duty, drill.script.cause_of(plan.duties[duty].condition.facts, changed))  # type: ignore[union-attr]
        if everything is not None or (plan.end is not None and not changed.keys().isdisjoint(plan.end.facts)):
            drill.command.look_at_end(changed)

    def _urgency(self, duty: int) -> tuple[int, int]:
        return self.drill.plan.duties[duty].priority, duty

    def _judge_need(self, place: int, changed: dict[int, Raw], everything: Raw | None) -> None:
        drill, need, picture = self.drill, self.drill.plan.needs[place], self.drill.command.picture
        facts = drill.index.need_facts[place]
        cause = everything or drill.script.cause_of(facts, changed)
        when = need.when.test(picture.values, picture.known)
        until = need.until.test(picture.values, picture.known) if need.until else not when
        ended = drill.command.terminated is not None and need.phase != "recovery"
        if self.raised[place] is None:
            if when and not until and not ended:
                self._raise(place, cause)
            elif place in drill.index.alarms_of_need and (
                ended or all(picture.known[fact] for fact in facts)
            ):
                self._call_off(place, cause)
        elif until or ended:
            self._end_need(place, cause)

    def _raise(self, place: int, cause: Raw) -> None:
        drill = self.drill
        self.count[place] += 1
        detail = {"occurrence": self.count[place]}
        self.raised[place] = drill.log(ENGINE_KEY, "need_raised", cause, need=place, detail=detail)
        for duty in drill.index.duties_of_need.get(place, ()):
            if duty in self.current:
                self.current[duty].stay()
            self._consider(duty, self.raised[place])  # type: ignore[arg-type]

    def _end_need(self, place: int, cause: Raw) -> None:
        detail = {"occurrence": self.count[place]}
        row = self.drill.log(ENGINE_KEY, "need_over", cause, need=place, detail=detail)
        self.raised[place] = None
        self._call_off(place, row)

    def _call_off(self, place: int, row: Raw) -> None:
        for duty in self.drill.index.duties_of_need.get(place, ()):
            task = self.current.get(duty)
            if task is not None and task.open:
                self._release(task, row)

    # --- triggering

    def _consider(self, duty: int, cause: Raw) -> None:
        drill, given = self.drill, self.drill.plan.duties[duty]
        need = given.need
        if self.raised[need] is None or given.each_inject:
            return
        picture = drill.command.picture
        if given.condition is not None and not given.condition.test(picture.values, picture.known):
            return
        task = self.current.get(duty)
        if task is None or not task.open:
            task = self.tasks.get((duty, self.count[need]))
        if task is not None:
            if task.alarm and not task.known:
                self.confirm(task)
            if task in self._resting and self._available(task) > 0:
                self._reopen(task, cause)
            return
        self._begin(Task(drill, duty, self.count[need], cause, alarm=False))

    def _begin(self, task: Task) -> None:
        self.tasks[task.duty, task.occurrence] = task
        self.current[task.duty] = task
        self._of_duty[task.duty].append(task)
        self.drill.start(task.key, self._run(task, task.life()))

    def _run(self, task: Task, steps: Any) -> Any:
        task.process = self.drill.env.active_process
        return (yield from steps)

    def _consider_again(self) -> None:
        closed, self._closed = sorted(self._closed, key=lambda task: task.key), []
        for task in closed:
            task.over = True
            task.look_back()
            self._use_up(task)
            if self.current.get(task.duty) is task:
                del self.current[task.duty]
            if task.given.form == "batch" and "finished" in task.stages and task not in self._resting:
                self._resting.append(task)
            raised = self.raised[task.given.need]
            if raised is not None and task.occurrence < self.count[task.given.need]:
                self._consider(task.duty, max(raised, task.last, key=seq_of))

    def _use_up(self, task: Task) -> None:
        """An alarm called off before headquarters raised the need was an occurrence of its own."""
        need = task.given.need
        if task.alarm and "finished" not in task.stages and self.count[need] < task.occurrence:
            self.count[need] = task.occurrence

    # --- alarms

    def _hear_alarms(self) -> None:
        units, self._units = self._units, {}
        index = self.drill.index
        due = [
            (duty, changed)
            for actor, changed in units.items()
            for duty in index.alarms_of_actor.get(actor, ())
            if not index.alarm_facts[duty].isdisjoint(changed)
        ]
        for duty, changed in sorted(due, key=lambda item: self._urgency(item[0])):
            self._hear_alarm(duty, self.drill.script.cause_of(index.alarm_facts[duty], changed))

    def _hear_alarm(self, duty: int, cause: Raw) -> None:
        drill, given = self.drill, self.drill.plan.duties[duty]
        need, picture = drill.plan.needs[given.need], drill.picture(given.actor)
        values, known = picture.values, picture.known
        if drill.command.terminated is not None or not need.when.test(values, known):
            return
        if need.until is not None and need.until.test(values, known):
            return
        if given.condition is not None and not given.condition.test(values, known):
            return
        task = self.current.get(duty)
        if task is not None and task.open:
            self._wake(task, cause)
            return
        occurrence = self.count[given.need] + (self.raised[given.need] is None)
        if (duty, occurrence) not in self.tasks:
            self._begin(Task(drill, duty, occurrence, cause, alarm=True))

    def _wake(self, task: Task, cause: Raw) -> None:
        """The unit's own alarm overtakes the order that has not got through."""
        if task.alarm:
            return
        if task.where == "answer":
            task.last = cause
            self.drill.start(task.key, self._run(task, task.alone()))
        elif task.where in ("operator", "redial", "talking") and task.process is not None:
            task.last = cause
            task.process.interrupt("alarm")

    def confirm(self, task: Task, begun: Call | None = None) -> None:
        """Call a unit that headquarters does not know to be under way (SEMANTICS 18).

        `begun` is the call with its order, in the middle of a try.
        """
        if (task, CONFIRM) not in self._calling and not self.drill.plan.network:
            self._calling.add((task, CONFIRM))
            self.drill.start((5, task.duty, task.occurrence), self._confirm(task, task.last, begun))

    def _confirm(self, task: Task, cause: Raw, begun: Call | None) -> Any:
        call = self._call(task, CONFIRM, cause, lambda: task.known)
        if begun is not None:
            call.tries, call.talk, call.last, call.stream = begun.tries, begun.talk, begun.last, begun.stream
        if (yield from call.taken_over() if begun else call.life()):
            task.known = True
            given = task.given
            self.drill.log(call.key, "call_confirmed", call.last, given.actor, task.duty, task.id, given.need)
            self.drill.command.informed(task.given.actor, call.last)
        self._calling.discard((task, CONFIRM))

    def _call(self, task: Task, purpose: int, cause: Raw, skip: Callable[[], bool]) -> Call:
        """A call about a task that belongs to the caller, not to the task's own life."""
        task.calls[purpose] += 1
        stream = f"{task.name}{'confirm' if purpose == CONFIRM else 'release'}/{task.calls[purpose]}/"
        key = (5 if purpose == CONFIRM else 6, task.duty, task.occurrence)
        rank = partial(task.rank, purpose)
        given = task.given
        return Call(self.drill, key, given.actor, stream, rank, cause, task.duty, need=given.need, skip=skip)

    # --- standing down

    def _release(self, task: Task, row: Raw) -> None:
        if task.where in _UNCALLED and task.process is not None:
            task.last = row
            task.process.interrupt("cancelled")
        elif task.where == "talking":
            task.cancelled = True
        elif task.where == "answer":
            task.give_up(row)
        elif self.drill.plan.network:
            self._stop(task, row)
        elif task.where not in _NO_CALL_NEEDED and not task.sees_it_through:
            self._start_call_back(task, row)

    def _start_call_back(self, task: Task, row: Raw) -> None:
        if (task, RELEASE) not in self._calling:
            self._calling.add((task, RELEASE))
            self.drill.start((6, task.duty, task.occurrence), self._call_back(task, row))

    def _call_back(self, task: Task, row: Raw) -> Any:
        need = task.given.need
        call = self._call(task, RELEASE, row, lambda: task.over or self.raised[need] is not None)
        answered = yield from call.life()
        self._calling.discard((task, RELEASE))
        if answered:
            self._stops.append((task, call.last))
            self.drill.want_settle()

    def _stop(self, task: Task, row: Raw) -> None:
        if self.raised[task.given.need] is not None or not task.open or task.sees_it_through:
            return
        if task.given.form == "batch" and task.where == "work":
            task.stop = True
        else:
            assert task.process is not None
            task.last = row
            task.process.interrupt("released")

    # --- batches

    def _available(self, task: Task) -> int:
        given, values = task.given, self.drill.truth.values
        free: int = values[given.takes] - values[given.gives] - self._busy[given.takes, given.gives]
        return max(0, free)

    def _share_out(self) -> None:
        claims, self._claims = sorted(self._claims, key=lambda claim: claim[0].rank(RELEASE)), []
        for task, event in claims:
            count = min(task.given.size, self._available(task))
            self._busy[task.given.takes, task.given.gives] += count
            event.succeed(count)

    def _stands(self, task: Task) -> bool:
        need = task.given.need
        if self.raised[need] is not None:
            return self.count[need] == task.occurrence
        return task.alarm and self.count[need] < task.occurrence and self.drill.command.terminated is None

    def _go_on(self, changed: dict[int, Raw]) -> None:
        for task in sorted(self._resting, key=lambda task: task.rank(RELEASE)):
            grown = task.given.takes in changed and self._available(task) > 0
            if grown and self._stands(task) and task.duty not in self.current:
                self._reopen(task, changed[task.given.takes])

    def _reopen(self, task: Task, cause: Raw) -> None:
        self._resting.remove(task)
        self.current[task.duty] = task
        task.last = cause
        task.reopen()
        self.drill.start(task.key, self._run(task, task.again()))

    # --- prerequisites

    def _join(self) -> None:
        stages, self._stages = sorted(self._stages, key=lambda stage: stage[2][SEQ]), []
        fresh, self._joining = self._joining, []
        woken = {task: row for duty, stage, row in stages for task in self._awaiting.get((duty, stage), ())}
        for task in sorted({*woken, *fresh}, key=lambda task: task.rank(RELEASE)):
            missing = next((p for p in task.given.after if not self._satisfied(p.duty, p.stage, task)), None)
            if missing is None:
                self.forget(task)
                task.last = woken.get(task, task.last)
                assert task.event is not None
                task.event.succeed()
                continue
            if task in fresh:
                for prerequisite in task.given.after:
                    self._awaiting[prerequisite.duty, prerequisite.stage].append(task)
            task.log("waiting", waits=f"prerequisite:{missing.text}")

    def _satisfied(self, duty: int, stage: str, task: Task) -> bool:
        candidates = self._of_duty[duty]
        other = self.drill.plan.duties[duty]
        if other.each_inject if task.arrival else other.need == task.given.need:
            candidates = [done for done in candidates if done.occurrence == task.occurrence]
        return bool(candidates) and stage in candidates[-1].stages

    def close(self) -> None:
        """Write a row and a state for every task that is still open."""
        for key in sorted(self.tasks):
            task = self.tasks[key]
            if task.open:
                task.close_at_horizon()


def _arrival(arrival: tuple[int, int, Raw]) -> tuple[int, int]:
    return arrival[0], arrival[1]
