"""What the exercise control puts into play: injects, hazards, timers, and the record of what is true.

An inject has two halves: what it makes true and what it tells its receivers (SEMANTICS 9). A contingency inject fires
once, when its condition becomes true inside its window (35). A hazard is armed while its condition holds (36).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sim.plan.compiled import Timer, Writes
from sim.plan.conditions import Condition
from sim.play.recorder import ENGINE_KEY, Key, Raw, T, seq_of
from sim.play.situation import Change, News, Write

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.pools import Rank
    from sim.play.tasks import Task

_NO_DUE: Final = float("inf")
_CONTROL: Final = 0  # what the control makes true overrules what units achieve in the same instant
_HAZARD: Final = 9
_HAZARD_KEYS: Final = 1_000_000


class Script:
    """Injects, hazards and timers of one drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.first: dict[int, Raw] = {}  # the rows of the first situation, until the first settling
        self.given: dict[int, int] = {}  # inject → how often given
        self.withheld: frozenset[int] = frozenset()  # injects that are not given any more
        self.due = (
            True  # whether something is to be looked at in the next settling though nothing has changed
        )
        self._again: set[int] = set()  # contingency injects among it
        self._opened: set[int] = set()  # contingency injects whose window has begun
        self._looked = False
        self._armed: dict[int, Raw] = {}  # hazard → the row that armed it, or its last tick
        self._generation: dict[int, int] = {}
        self._ticks: dict[int, int] = {}
        self._timed: set[Timer] = set()
        self._events: list[tuple[str, Raw, Task | None]] = []
        self._delayed: dict[int, int] = {}  # injects after an event that has happened: when they are due

    def open(self) -> None:
        """Write how things stand before anything happens, and set the clock of every timed inject and window."""
        drill, plan = self.drill, self.drill.plan
        for fact, value in enumerate(plan.truth):
            if value != drill.index.defaults[fact]:
                detail = {"fact": plan.facts[fact].id, "value": value}
                self.first[fact] = drill.log(ENGINE_KEY, "fact_changed", drill.opened, detail=detail)
        for place, inject in enumerate(plan.injects):
            if inject.at is not None:
                drill.later(inject.at, partial(self.give, place, None))
            elif inject.delay is not None:
                continue
            elif inject.window[0] == 0:
                self._open_window(place)
            else:
                drill.later(inject.window[0], partial(self._open_window, place))
        if plan.network:
            drill.command.activate_at_once()
        drill.want_settle()

    def _open_window(self, place: int) -> None:
        self._opened.add(place)
        self._look_again({place})

    def _rank(self, priority: int, name: str, number: int) -> Rank:
        return (priority, _NO_DUE, self.drill.now, name, number, 0)

    # --- the truth

    def record(self, changes: Iterable[Change]) -> dict[int, Raw]:
        """Write a row for each change of a real fact and each conflict; return the row of each fact changed."""
        drill = self.drill
        changed, self.first = self.first, {}
        for change in changes:
            fact = drill.plan.facts[change.fact]
            if fact.kind == "pseudo":
                changed[change.fact] = change.cause
                continue
            event = "conflict" if change.lost else "fact_changed"
            row = drill.log(ENGINE_KEY, event, change.cause, detail={"fact": fact.id, "value": change.value})
            if not change.lost:
                changed[change.fact] = row
        return changed

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds on the truth; ``known()`` asks headquarters."""
        return condition.test(self.drill.truth.values, self.drill.command.picture.known)

    def react(self, changed: dict[int, Raw]) -> None:
        """Arm and disarm hazards, then give the contingency injects whose moment has come."""
        self.due = False
        if self._events:
            self._start_timers()
        index, plan = self.drill.index, self.drill.plan
        hazards = {h for fact in changed for h in index.hazards_by_fact.get(fact, ())}
        self._again.update(
            p for fact in changed for p in index.injects_by_fact.get(fact, ()) if p in self._opened
        )
        if not self._looked:
            self._looked = True
            hazards.update(range(len(plan.hazards)))
        for place in sorted(hazards):
            self._look_at_hazard(place, changed)
        if self._again:
            again, self._again = sorted(self._again), set()
            for place in again:
                self._look_at_inject(place, changed)

    def revisit(self, facts: Iterable[int]) -> None:
        """Look again at injects that ask what headquarters knows of `facts`."""
        again = {
            p for fact in facts for p in self.drill.index.injects_by_fact.get(fact, ()) if p in self._opened
        }
        again -= self.given.keys()
        if again:
            self._look_again(again)

    def _look_again(self, places: set[int]) -> None:
        self._again |= places
        self.due = True
        self.drill.want_settle()

    def cause_of(self, facts: Iterable[int], changed: dict[int, Raw]) -> Raw:
        """Return the last row among the changes of `facts`, or the opening row."""
        rows = [changed[fact] for fact in facts if fact in changed]
        return max(rows, key=seq_of, default=self.drill.opened)

    # --- injects

    def _look_at_inject(self, place: int, changed: dict[int, Raw]) -> None:
        inject, now = self.drill.plan.injects[place], self.drill.now
        if place in self.given or inject.when is None or not inject.window[0] <= now <= inject.window[1]:
            return
        if self.holds(inject.when) and not (inject.unless and self.holds(inject.unless)):
            facts = (*inject.when.facts, *(inject.unless.facts if inject.unless else ()))
            self.give(place, self.cause_of(facts, changed))

    def why(self, place: int) -> dict[str, Any]:
        """Return the condition of a contingency inject with the value of each part."""
        inject, plan = self.drill.plan.injects[place], self.drill.plan
        assert inject.when is not None
        facts = sorted({*inject.when.facts, *(inject.unless.facts if inject.unless else ())})
        told = {"when": inject.condition_text} | ({"unless": inject.unless.text} if inject.unless else {})
        return told | {"values": {plan.facts[fact].id: self.drill.truth.values[fact] for fact in facts}}

    def give(self, place: int, cause: Raw | None) -> None:
        """Give an inject: make its facts true, tell its receivers, ring the desk, start what it starts."""
        if place in self.withheld:
            return
        drill, inject = self.drill, self.drill.plan.injects[place]
        number = self.given[place] = self.given.get(place, 0) + 1
        key = (1, place, number)
        detail: dict[str, Any] = {"title": inject.title, "channel": inject.channel, "from": inject.source}
        if inject.when is not None:
            detail["why"] = self.why(place)
        if inject.delay is not None:
            detail |= self.after(place)
        row = drill.log(key, "inject_given", cause, inject=place, detail=detail)
        self.achieve(self._rank(_CONTROL, inject.id, number), inject.sets, inject.adds, row)
        for receiver in inject.receivers:
            self._tell(receiver, inject.tells, key, row, place)
        if inject.publishes is not None:
            drill.command.publishing.leak(inject, place, key, row)
        for duty in inject.starts:
            drill.dispatch.arrive(duty, drill.index.arrival(place, number), row)
        drill.happened(inject.id, row)
        if inject.every is not None:
            gap = drill.length(inject.every, f"{inject.id}/arrival", number)
            if drill.now + gap <= inject.until:
                drill.later(gap, partial(self.give, place, None))

    def _tell(self, receiver: int, tells: Writes, key: Key, row: Raw, place: int) -> None:
        drill = self.drill
        if drill.desk.answers_for(receiver):
            drill.desk.ring(tells, drill.now, row, drill.plan.injects[place].reporter)
            return
        detail = {"facts": {drill.plan.facts[fact].id: value for fact, value in tells}}
        told = drill.log(key, "told", row, actor=receiver, inject=place, detail=detail)
        command = drill.plan.command
        drill.tell(News(drill.now, told, command.actor if receiver == command.acting else receiver, tells))

    def achieve(self, rank: Rank, sets: Writes, adds: Writes, cause: Raw) -> None:
        """Queue what an inject, a hazard or a duty makes true."""
        for fact, value in sets:
            self.drill.write(Write(rank, fact, False, value, cause))
        for fact, value in adds:
            self.drill.write(Write(rank, fact, True, value, cause))

    # --- hazards

    def _look_at_hazard(self, place: int, changed: dict[int, Raw]) -> None:
        hazard = self.drill.plan.hazards[place]
        holds = self.holds(hazard.while_)
        if holds and place not in self._armed:
            self._armed[place] = self.cause_of(hazard.while_.facts, changed)
            self._generation[place] = self._generation.get(place, 0) + 1
            self._schedule_tick(place)
        elif not holds and place in self._armed:
            del self._armed[place]

    def _schedule_tick(self, place: int) -> None:
        hazard = self.drill.plan.hazards[place]
        if hazard.at_most is None or self._ticks.get(place, 0) < hazard.at_most:
            self.drill.later(hazard.every, partial(self._tick, place, self._generation[place]))

    def _tick(self, place: int, generation: int) -> None:
        drill, hazard = self.drill, self.drill.plan.hazards[place]
        if place not in self._armed or self._generation[place] != generation:
            return
        number = self._ticks[place] = self._ticks.get(place, 0) + 1
        row = drill.log(
            (1, _HAZARD_KEYS + place, number), "hazard_tick", self._armed[place],
            detail={"hazard": hazard.id, "tick": number},
        )  # fmt: skip
        self._armed[place] = row
        adds = hazard.adds
        if hazard.growth > 1:
            adds = tuple((fact, round(count * hazard.growth ** (number - 1))) for fact, count in adds)
        self.achieve(self._rank(_HAZARD, hazard.id, number), hazard.sets, adds, row)
        self._schedule_tick(place)

    # --- timers

    def happened(self, event: str, row: Raw, task: Task | None) -> None:
        """Note an event that timers and injects wait for; they start when the wave is settled."""
        self._events.append((event, row, task))
        self.due = True
        self.drill.want_settle()

    def _start_timers(self) -> None:
        events, self._events = sorted(self._events, key=lambda event: seq_of(event[1])), []
        for event, row, task in events:
            for timer in self.drill.index.timers.get(event, ()):
                self._arm(timer, row, task)
            for place in self.drill.index.delayed.get(event, ()):
                self._delay(place, row)

    def _delay(self, place: int, row: Raw) -> None:
        """Give an inject a drawn time after the first such event."""
        inject = self.drill.plan.injects[place]
        if place not in self._delayed and inject.delay is not None:
            length = self.drill.length(inject.delay[1], f"{inject.id}/delay")
            self._delayed[place] = self.drill.now + length
            self.drill.later(length, partial(self._come_due, place, row))

    def _come_due(self, place: int, row: Raw) -> None:
        inject, now = self.drill.plan.injects[place], self.drill.now
        if inject.window[0] <= now <= inject.window[1] and not (inject.unless and self.holds(inject.unless)):
            self.give(place, row)

    def after(self, place: int) -> dict[str, Any]:
        """Return what an inject with a drawn delay waits for, and when it is due (min), if that has happened."""
        delay, due = self.drill.plan.injects[place].delay, self._delayed.get(place)
        assert delay is not None
        return {"after": delay[0]} | ({} if due is None else {"due": due / 1000})

    def _arm(self, timer: Timer, row: Raw, task: Task | None) -> None:
        """Start a timer: at the first such event, or for a limit at that of every task."""
        if timer.norm >= 0:
            assert task is not None
            self.drill.later(timer.delay, partial(self._check_limit, timer, row, task))
        elif timer not in self._timed:
            self._timed.add(timer)
            self.drill.later(timer.delay, partial(self._ring_timer, timer, row))

    def _ring_timer(self, timer: Timer, row: Raw) -> None:
        self.drill.write(Write(self._rank(_CONTROL, "", timer.fact), timer.fact, False, True, row))
        if timer.hq:
            self._let_hq_know(timer, row)

    def _let_hq_know(self, timer: Timer, row: Raw) -> None:
        """Let headquarters know; before it is opened also the desk, of what the office's reports wait for."""
        drill, items = self.drill, ((timer.fact, True),)
        drill.tell(News(drill.now, row, drill.plan.command.actor, items))
        if timer.fact in drill.index.office_facts and not drill.command.opened:
            drill.tell(News(drill.now, row, drill.plan.desk.actor, items))

    def _check_limit(self, timer: Timer, row: Raw, task: Task) -> None:
        """Say that a task is late, unless it was sent home before its limit ran out: then it has nothing to reach."""
        stage = self.drill.plan.norms[timer.norm].stop
        if not task.open and stage not in task.stages and task.last[T] < self.drill.now:
            return
        if task.stages.get(stage, self.drill.now) >= self.drill.now:
            self.drill.write(Write(self._rank(_CONTROL, "", timer.fact), timer.fact, False, True, row))
        if timer.hq and stage not in task.heard:
            self._let_hq_know(timer, row)

    def close(self) -> None:
        """Write a row with the reason for every contingency inject that was not given."""
        for place, inject in enumerate(self.drill.plan.injects):
            if place not in self.given:
                detail = self.why(place) if inject.when is not None else {}
                detail |= self.after(place) if inject.delay is not None else {}
                detail |= {"by": "control"} if place in self.withheld else {}
                self.drill.log(ENGINE_KEY, "inject_skipped", self.drill.opened, inject=place, detail=detail)
