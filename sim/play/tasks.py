"""A task: one execution of a duty.

Its life is triggered → ordered → acknowledged → waiting (by name: operator, prerequisite, team, muster) → departed →
arrived → started → finished, or it is stood down on the way, or closed as blocked or open at the horizon. `where` says
at which of these it stands: ``operator``, ``talking``, ``redial``, ``acknowledge``, ``prerequisite``, ``team``,
``muster``, ``travel``, ``setup``, ``work``, ``hold`` (a sustained or repeated duty under way), ``closed``.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.compiled import Duty, Writes
from sim.play.calls import CONFIRM, ORDER, RELEASE, TEAM, Call
from sim.play.pools import Ask, Rank
from sim.play.recorder import EVENT, WAITS, Key, Raw

if TYPE_CHECKING:
    from sim.play.drill import Drill

Steps = Generator[simpy.Event, Any, None]

_NO_DUE: Final = float("inf")
_MISSING: Final = object()
_WAITS: Final = ("operator", "redial", "answer", "team", "muster")


class Task:
    """One execution of a duty in one drill. `last` is its latest row: the cause of its next one."""

    __slots__ = (
        "_cycles", "_journeys", "_own_adds", "_own_instant", "_own_sets", "_reports", "_timed", "_where",
        "alarm", "arrival", "ask", "call", "calls", "cancelled", "drill", "duty", "event", "given", "heard",
        "id", "key", "known", "last", "name", "occurrence", "off_duty", "over", "process", "reported",
        "stages", "stop",
    )  # fmt: skip

    def __init__(
        self, drill: Drill, duty: int, occurrence: int, cause: Raw, *, alarm: bool, arrival: bool = False
    ) -> None:
        self.drill = drill
        self.duty = duty
        self.given: Duty = drill.plan.duties[duty]
        self.occurrence = occurrence
        self.alarm = alarm
        self.arrival = arrival
        self.id = f"{self.given.id}#{occurrence}"
        self.key: Key = (4, duty, occurrence)
        self.name = f"{drill.index.names[duty]}{occurrence}/"
        self.last = cause
        self.stages: dict[str, int] = {}
        self.heard: set[str] = set()  # stages that headquarters has heard of
        self.known = False  # whether headquarters knows that it is under way
        self.reported: dict[int, Any] = {}
        self.process: simpy.Process | None = None
        self.call: Call | None = None
        self.ask: Ask | None = None
        self.event: simpy.Event | None = None
        self.off_duty = False
        self.stop = False
        self.cancelled = False
        self._where = ""
        self._reports = 0
        self._cycles = 0
        self._own_instant = -1
        self._own_adds: Writes = ()
        self._own_sets: Writes = ()
        self._journeys = 0
        self.over = False  # whether everybody could have noticed that it has ended
        self.calls = dict.fromkeys(
            (CONFIRM, RELEASE), 0
        )  # calls about it that were not its own: each has a chance of its own
        self._timed = drill.index.stages_timed[duty]

    # --- what others ask

    @property
    def where(self) -> str:
        """Where it stands."""
        return self.call.where if self.call is not None else self._where

    @property
    def open(self) -> bool:
        """Whether it has not ended."""
        return self._where != "closed"

    @property
    def sees_it_through(self) -> bool:
        """Whether it finishes even if its need is over: a once-only duty under way (SEMANTICS 20)."""
        return self._where == "work" and self.given.form == "once"

    def rank(self, purpose: int) -> Rank:
        """Return the rank of an ask made now (SEMANTICS 3)."""
        stages, dues = self.stages, self.drill.index.dues[self.duty]
        due = _NO_DUE
        if dues:
            due = min((stages[start] + within for start, within in dues if start in stages), default=_NO_DUE)
        return (self.given.priority, due, self.drill.now, self.given.id, self.occurrence, purpose)

    def log(self, event: str, waits: str = "", detail: dict[str, Any] | None = None) -> Raw:
        """Write one row of this task, caused by its last one."""
        given = self.given
        self.last = self.drill.log(
            self.key, event, self.last, given.actor, self.duty, self.id, given.need, -1, waits, detail
        )
        return self.last

    def stage(self, event: str, detail: dict[str, Any] | None = None) -> Raw:
        """Reach a stage: write its row, start the limits that run from it, wake who waited for it."""
        row = self.log(event, detail=detail)
        self.stages[event] = self.drill.env.now  # type: ignore[assignment]
        if (self.duty, event) in self.drill.index.stages_awaited:
            self.drill.dispatch.reached(self.duty, event, row)
        if event in self._timed:
            self.drill.happened(self._timed[event], row, self)
        return row

    # --- its life

    def life(self) -> Steps:
        """From the trigger to the end."""
        self.stage("triggered", {"by": "alarm"} if self.alarm else None)
        try:
            if not self.alarm:
                if not (yield from self._order()):
                    return
            else:
                self.stage("acknowledged")
            yield from self._prepare()
            yield from self._work()
        except simpy.Interrupt as interrupt:
            if interrupt.cause == "alarm":
                yield from self._life_on_alarm()
            else:
                self._stand_down()
        self._close()

    def _life_on_alarm(self) -> Steps:
        call, self.call, self.alarm = self.call, None, True
        if call is not None and call.talk is None:
            call.withdraw()
            call = None
        try:
            self.stage("acknowledged", {"by": "alarm"})
            self.drill.dispatch.confirm(self, call)
            yield from self._prepare()
            yield from self._work()
        except simpy.Interrupt:
            self._stand_down()

    def alone(self) -> Steps:
        """A unit that could not be reached learns of it by itself after all."""
        yield from self._life_on_alarm()
        self._close()

    def again(self) -> Steps:
        """A batch duty takes the people who came after it had finished, without a call (SEMANTICS 17)."""
        self._where, self.stop = "team", False
        try:
            yield from self._teams()
            yield from self._cycle_on()
            yield from self._finish()
        except simpy.Interrupt:
            self._stand_down()
        self._close()

    def _close(self) -> None:
        self._where = "closed"
        self.process = None
        self.drill.dispatch.closed(self)

    def _order(self) -> Generator[simpy.Event, Any, bool]:
        drill, given = self.drill, self.given
        if drill.plan.network:
            self.stage("ordered")
            self.stage("acknowledged")
            return True
        self.call = Call(
            drill, self.key, given.actor, self.name, partial(self.rank, ORDER), self.last,
            self.duty, self.id, given.need, skip=lambda: self.cancelled,
        )  # fmt: skip
        reached = yield from self.call.life()
        self.last, self.call = self.call.last, None
        if self.cancelled:
            self.log("stood_down")
            self._close()
            return False
        if not reached:
            self._where = "answer"
            return False
        self.stage("ordered")
        drill.command.informed(given.actor, self.last)
        self._where = "acknowledge"
        yield drill.timeout(
            drill.length(drill.plan.actors[given.actor].acknowledge, self.name + "acknowledge")
        )
        self.stage("acknowledged")
        drill.command.brief(given.actor, self.last)
        return True

    def _prepare(self) -> Steps:
        drill, given = self.drill, self.given
        self.off_duty = not (drill.plan.actors[given.actor].staffed_always or drill.on_duty())
        if given.after:
            self._where = "prerequisite"
            yield drill.dispatch.await_prerequisites(self)
        yield from self._teams()
        self._where = "setup"
        if given.setup.a or given.setup.kind != "fixed":
            if self.last[EVENT] == "waiting":  # else the wait would seem to go on until the start
                self.log("waiting", waits="setup")
            yield drill.timeout(drill.length(given.setup, self.name + "setup"))

    def _teams(self) -> Steps:
        drill, given = self.drill, self.given
        if given.uses:
            self._where = "team"
            self.ask = drill.ask(self.rank(TEAM), given.uses, self._wait_for_team, scene=given.at_scene)
            yield self.ask.event
            self.last = self.ask.cause or self.last
        if not drill.plan.network:
            yield from self._move()

    def _wait_for_team(self) -> None:
        drill = self.drill
        short = [
            drill.plan.pools[pool].name
            for pool, count in self.given.uses
            if drill.pools.home[pool] + drill.pools.scene[pool] < count
        ]
        self.log("waiting", waits="team:" + "+".join(short))

    def _move(self) -> Steps:
        from_scene = sum(scene for _, scene, _ in self.ask.granted) if self.ask else 0
        from_home = sum(home for _, _, home in self.ask.granted) if self.ask else 0
        if self.given.at_scene:
            if from_scene and not from_home:
                self._arrive({"already": True})
                return
            yield from self._muster()
            yield from self._travel("scene")
            self._arrive(None)
        elif from_scene:
            yield from self._travel("base")
        elif from_home and self.off_duty:
            yield from self._muster()

    def _muster(self) -> Steps:
        actor = self.drill.plan.actors[self.given.actor]
        usual = actor.muster_off_duty if self.off_duty else actor.muster_duty
        length = self.drill.length(usual, self.name + "muster", self._journeys)
        if length:
            self._where = "muster"
            self.log("waiting", waits="muster")
            yield self.drill.timeout(length)

    def _travel(self, to: str) -> Steps:
        self._where = "travel"
        self.stage("departed", {"to": to})
        actor = self.drill.plan.actors[self.given.actor]
        yield self.drill.timeout(self.drill.length(actor.travel, self.name + "travel", self._journeys))
        self._journeys += 1

    def _arrive(self, detail: dict[str, Any] | None) -> None:
        self.stage("arrived", detail)
        self._report()

    # --- work

    def _work(self) -> Steps:
        self._where = "work"
        self.stage("started")
        self._pseudo(self.drill.index.started)
        form = self.given.form
        if form == "once":
            yield self.drill.timeout(self.drill.length(self.given.time, self.name + "time"))
        elif form == "batch":
            yield from self._cycle_on()
        else:
            yield from self._hold()
        yield from self._finish()

    def _cycle_on(self) -> Steps:
        self._where = "work"
        drill, given = self.drill, self.given
        while not self.stop:
            claimed = yield drill.dispatch.claim(self)
            if not claimed:
                return
            yield drill.timeout(drill.length(given.time, self.name + "time", self._cycles))
            self._cycles += 1
            self.log("cycle", detail={"count": claimed, "cycle": self._cycles})
            drill.dispatch.served(self, claimed)
            self._achieve(((given.gives, claimed),))
            self._report()

    def _hold(self) -> Steps:
        drill, given = self.drill, self.given
        self._where = "hold"
        self._achieve(given.adds, given.sets)
        self._report()
        try:
            while given.every is not None and given.form == "repeated":
                yield drill.timeout(drill.length(given.every, self.name + "every", self._cycles))
                self._cycles += 1
                self.log("cycle", detail={"cycle": self._cycles})
                self._report()
            yield drill.event()
        except simpy.Interrupt:
            return

    def _finish(self) -> Steps:
        given = self.given
        self.stage("finished")
        if given.form in ("once", "batch"):
            self._achieve(given.adds, given.sets)
        self._pseudo(self.drill.index.done)
        self._report()
        self._release(scene=given.at_scene)
        yield from ()

    def _pseudo(self, places: tuple[int, ...]) -> None:
        if places[self.duty] >= 0:
            self._achieve((), ((places[self.duty], True),))

    def _achieve(self, adds: Writes, sets: Writes = ()) -> None:
        if self._own_instant != self.drill.now:
            self._own_instant, self._own_adds, self._own_sets = self.drill.now, (), ()
        self._own_adds += adds
        self._own_sets += sets
        self.drill.script.achieve(self.rank(ORDER), sets, adds, self.last)

    def _report(self) -> None:
        """Report from the task: what it sees before this instant with its own writes, if it is news."""
        drill = self.drill
        if drill.plan.network:
            return
        now, before = drill.now, drill.truth.before
        seen = {fact: before(fact, now) for fact in self.given.sees}
        if self._own_instant == now:
            for fact, value in self._own_adds:
                if fact in seen:
                    seen[fact] += value
            seen.update((fact, value) for fact, value in self._own_sets if fact in seen)
        said = self.reported
        items = tuple((f, v) for f, v in seen.items() if said.get(f, _MISSING) != v or self._errs(f, v))
        done, started = drill.index.done[self.duty], drill.index.started[self.duty]
        items += ((done, True),) if done >= 0 and "finished" in self.stages else ()
        items += ((started, True),) if started >= 0 and "started" in self.stages else ()
        if not items and self._reports and "finished" not in self.stages:
            return
        self._send(items)

    def _errs(self, fact: int, value: Any) -> bool:
        """Whether headquarters errs in what a repeated duty sees: then it says it again, changed or not."""
        held = self.drill.command.picture
        return self.given.form == "repeated" and held.known[fact] and bool(held.values[fact] != value)

    def look_back(self) -> None:
        """Look once more a moment later, if the instant in which it finished left things otherwise than it said.

        Two crews that end at one instant each report the truth before it and their own work (SEMANTICS 12); without
        this neither would ever tell headquarters the sum.
        """
        if self.stages.get("finished") == self.drill.now and not self.drill.plan.network and self._unsaid():
            self.drill.later(1, self._last_look)

    def _last_look(self) -> None:
        items = self._unsaid()
        if items and not self.open:
            self._send(items)

    def _unsaid(self) -> tuple[tuple[int, Any], ...]:
        values = self.drill.truth.values
        return tuple((f, values[f]) for f in self.given.sees if self.reported.get(f, values[f]) != values[f])

    def _send(self, items: tuple[tuple[int, Any], ...]) -> None:
        drill = self.drill
        real = drill.index.real_facts
        self.reported.update((fact, value) for fact, value in items if fact < real)
        row = self._say(items)
        delay = drill.length(drill.plan.command.scene_report, self.name + "report", self._reports)
        self._reports += 1
        drill.later(delay, partial(drill.dispatch.report_arrives, self, row, items, set(self.stages)))

    def _say(self, items: tuple[tuple[int, Any], ...]) -> Raw:
        facts, given = self.drill.plan.facts, self.given
        told = {facts[f].id: v for f, v in items if facts[f].kind != "pseudo"}
        return self.drill.log(
            self.key, "reported", self.last, actor=given.actor, duty=self.duty, task=self.id, need=given.need,
            detail={"facts": told},
        )  # fmt: skip

    # --- the end

    def _stand_down(self) -> None:
        where = self.where
        if self.call is not None:
            self.last = self.call.last
            self.call.withdraw()
            self.call = None
        if where == "prerequisite":
            self.drill.dispatch.forget(self)
        if where == "team" and self.ask is not None:
            self.drill.pools.cancel(self.ask)
            self.ask = None
        row = self.log("stood_down", detail={"from": where})
        if where == "travel" and self.ask is not None:
            self.ask = None  # it turns back, and is busy for as long again
            elapsed = self.drill.now - self.stages["departed"]
            self.drill.later(elapsed, partial(self.drill.release, self.given.uses, row, scene=False))
        else:
            self._release(scene=self.given.at_scene and where in ("setup", "work", "hold"))

    def _release(self, *, scene: bool) -> None:
        if self.ask is not None:
            self.drill.release(self.given.uses, self.last, scene=scene)
            self.ask = None

    def stay(self) -> None:
        """Go on after all: the need was raised again before the word to stop took effect."""
        self.stop = self.cancelled = False

    def give_up(self, row: Raw) -> None:
        """Be stood down while nobody answers: there is nobody to tell."""
        self.last = row
        self.log("stood_down", detail={"from": "answer"})
        self._close()

    def reopen(self) -> None:
        """Be open again, before `again` is run."""
        self.over = False
        self._where = "team"

    def close_at_horizon(self) -> None:
        """Write the state in which the horizon found this task (SEMANTICS 5 and 21)."""
        where = self.where
        if self.call is not None:
            self.last = self.call.last
        if where == "prerequisite":
            self.log("blocked", waits=self.last[WAITS])
        else:
            self.log("open_at_close", waits=where if where in _WAITS else "", detail={"where": where})
