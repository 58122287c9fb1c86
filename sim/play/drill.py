"""One drill in play: the clock with its waves, and the parts that share it.

An instant is played in waves until quiet (SEMANTICS 2): MOVE, in which timeouts end and processes resume but only
queue what they want; SETTLE, in which queued writes are applied and everybody reacts in a fixed order; GRANT, when
nothing of the instant is left to move or settle; CLOSE, once, at the horizon. They are SimPy events of one instant
at rising priorities.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Final

import simpy

from sim.errors import PlayError
from sim.plan.compiled import Plan
from sim.plan.durations import Duration
from sim.play import relief
from sim.play.aftercare import tell_aftermath
from sim.play.alarms import Alarms
from sim.play.batches import Batches
from sim.play.change import FIRST, Change, take_effect
from sim.play.command import Command
from sim.play.desk import Desk
from sim.play.dispatch import Dispatch
from sim.play.draws import Draws
from sim.play.exposure import Exposure
from sim.play.halts import Halts
from sim.play.hours import set_clocks
from sim.play.index import Index
from sim.play.needs import Needs
from sim.play.networks import Networks
from sim.play.people import People
from sim.play.pools import Ask, Pools, Rank, Uses
from sim.play.prerequisites import Prerequisites
from sim.play.recall import Recall
from sim.play.recorder import ENGINE_KEY, Key, Raw, Recorder
from sim.play.relief import Relief
from sim.play.safety import Safety
from sim.play.scene_reports import SceneReports
from sim.play.script import Script
from sim.play.situation import News, Picture, Truth, Write, by_arrival
from sim.play.standby import Standby
from sim.play.steps import Step, close_steps
from sim.play.tasks import Task

Life = Generator[simpy.Event, Any, None]

SETTLE: Final = 2
GRANT: Final = 3
CLOSE: Final = 4
MOST_WAVES: Final = 1000


class Wave(simpy.Event):
    """A step of an instant: an event that has happened once its priority comes."""

    _ok = True
    _value = None

    def __init__(self, env: simpy.Environment, then: Callable[[simpy.Event], None]) -> None:
        self.env = env
        self.callbacks = [then]


class Drill:
    """The shared state of one play. Made anew for every replication; `index` is shared between them."""

    __slots__ = (  # Python looks attributes up more slowly once an object without slots has over thirty
        "_granting", "_instant", "_settling", "_starts", "_waves", "alarms", "batches", "closed",
        "command", "desk", "dispatch", "draws", "env", "exposure", "halts", "index", "log", "needs", "networks", "news",
        "opened", "operators_pool", "people", "pictures", "plan", "pools", "prerequisites", "recall",
        "recorder", "relieving", "reports", "safety", "script", "standby", "steps", "truth",
    )  # fmt: skip

    def __init__(self, index: Index, draws: Draws) -> None:
        plan = index.plan
        self.plan: Plan = plan
        self.index = index
        self.draws = draws
        self.env = simpy.Environment()
        self.recorder = Recorder(self.env)
        self.log = self.recorder.log
        self.truth = Truth(plan.truth)
        self.pictures: dict[int, Picture] = {}
        self.news: list[News] = []
        self.operators_pool = len(plan.pools)
        sizes = [pool.size for pool in plan.pools]
        people = [1 for _ in plan.arrangements.people]
        stocks = [stock.count for stock in plan.stocks]
        self.pools = Pools((*sizes, self._operators(), *people, *stocks))
        self._starts: list[tuple[Key, Life]] = []
        self._settling = False
        self._granting = False
        self._instant = -1
        self._waves = 0
        self.closed = False
        self.opened = self.log(ENGINE_KEY, "drill_opened", None)
        self.script = Script(self)
        self.people = People(self)
        self.steps: dict[str, Step] = {}
        self.desk = Desk(self)
        self.command = Command(self)
        self.reports = SceneReports(self)
        self.needs = Needs(self)
        self.alarms = Alarms(self)
        self.recall = Recall(self)
        self.batches = Batches(self)
        self.prerequisites = Prerequisites(self)
        self.networks = Networks(self)
        self.halts = Halts(self)
        self.relieving: list[Relief] = []  # whose relief has arrived in this wave
        self.safety = Safety(self)
        self.exposure = Exposure(self)
        self.dispatch = Dispatch(self)
        self.standby = Standby(self)

    def play(self, change: Change | None = None) -> list[Raw]:
        """Play to the horizon, with a `change` from its moment on, and return every row."""
        if change is not None:
            wave = Wave(self.env, lambda _: take_effect(self, change))
            self.env.schedule(wave, FIRST, change.at)  # type: ignore[arg-type]
        self.script.open()
        self.networks.open()
        set_clocks(self)
        end = Wave(self.env, lambda _: None)
        self.env.schedule(end, CLOSE, self.plan.horizon)  # type: ignore[arg-type]
        self.env.run(until=end)
        self._close()
        return self.recorder.rows

    # --- what the parts use

    @property
    def now(self) -> int:
        """The current tick."""
        return self.env.now  # type: ignore[return-value]

    def length(self, duration: Duration, stream: str, attempt: int = 0) -> int:
        """Draw a length of time in ticks from the named stream; a fixed one draws nothing."""
        if duration.kind == "fixed":
            return duration.at(0.5)
        return duration.at(self.draws.u(stream, attempt))

    def later(self, delay: int, then: Callable[[], None]) -> None:
        """Call `then` while processes move, `delay` ticks from now."""
        timeout = simpy.Timeout(self.env, delay)
        timeout.callbacks.append(lambda _: then())

    def timeout(self, delay: int) -> simpy.Timeout:
        """Return an event `delay` ticks from now."""
        return simpy.Timeout(self.env, delay)

    def event(self) -> simpy.Event:
        """Return an event that somebody must succeed."""
        return simpy.Event(self.env)

    def ask(self, rank: Rank, uses: Uses, on_wait: Callable[[], Any], *, scene: bool = False) -> Ask:
        """Queue an ask for teams or operators; its event succeeds when GRANT serves it."""
        ask = Ask(rank, uses, simpy.Event(self.env), scene, on_wait)
        self.pools.ask(ask)
        self.want_grant()
        return ask

    def ask_operator(self, rank: Rank, on_wait: Callable[[], Any]) -> Ask:
        """Queue an ask for one operator of the duty desk."""
        return self.ask(rank, ((self.operators_pool, 1),), on_wait)

    def release_operator(self, row: Raw) -> None:
        """Give back one operator; `row` is what the next one served will name as its cause."""
        self.release(((self.operators_pool, 1),), row, scene=False)

    def release(self, granted: Uses, row: Raw, *, scene: bool) -> None:
        """Give back teams, at the scene or at home."""
        self.pools.release(granted, row, scene=scene, now=self.now)
        if self.safety.gate:
            self.safety.freed(row)
        self.want_grant()

    def write(self, write: Write) -> None:
        """Queue a change of the truth."""
        self.truth.queue.append(write)
        self.want_settle()

    def tell(self, news: News) -> None:
        """Queue news for a picture."""
        self.news.append(news)
        self.want_settle()

    def picture(self, actor: int) -> Picture:
        """Return what `actor` believes."""
        picture = self.pictures.get(actor)
        if picture is None:
            picture = self.pictures[actor] = Picture(self.index.defaults)
        return picture

    def start(self, key: Key, life: Life) -> None:
        """Start a process at the end of the current settling, in the order of keys."""
        self._starts.append((key, life))
        self.want_settle()

    def happened(self, event: str, row: Raw, task: Task | None = None) -> None:
        """Start what measures time from `event`: the timers of conditions, injects after it; let reports tell of it."""
        if event in self.index.awaited:
            self.script.happened(event, row, task)
        if event in self.index.told:
            self.command.reporting.note(event)

    # --- waves

    @property
    def granting(self) -> bool:
        """Whether a GRANT is still to come in this instant."""
        return self._granting

    def want_settle(self) -> None:
        """See to it that a SETTLE comes in this instant."""
        if not self._settling:
            self._settling = True
            self.env.schedule(Wave(self.env, self._settle), SETTLE)  # type: ignore[arg-type]

    def want_grant(self) -> None:
        """See to it that a GRANT comes once the instant is otherwise quiet."""
        if not self._granting:
            self._granting = True
            self.env.schedule(Wave(self.env, self._grant), GRANT)  # type: ignore[arg-type]

    def _settle(self, _: simpy.Event) -> None:
        self._settling = False
        self._count_wave()
        self.recorder.settle_moves()
        changed: dict[int, Raw] = {}
        if self.truth.queue or self.script.first:
            changed = self.script.record(self.truth.apply(self.now))
        if changed or self.script.due:
            self.script.react(changed)
        if self.plan.network and changed:
            self.command.mirror(changed)
        if self.reports.arrived:
            self.reports.settle()
        if self.people.sought:
            self.people.settle()
        if due := self.command.due:
            self.command.settle()
        if self.desk.rings or self.desk.held is not None:
            self.desk.settle()
        if self.news:
            self._hear()
        if changed and self.halts.waiting:
            self.halts.settle(changed)
        if self.relieving:
            relief.settle(self)
        self.dispatch.settle(changed)
        if self.networks.due:
            self.networks.settle()
        if self.command.noted:
            self.command.judge()
        if due:
            self.command.finish()
        self.recorder.keep()
        if self._starts:
            starts, self._starts = sorted(self._starts, key=_by_key), []
            self.begin([life for _, life in starts])

    def begin(self, lives: list[Life]) -> None:
        """Start processes that are due; the order is of no consequence, and a test reverses it."""
        for life in lives:
            self.env.process(life)

    def _hear(self) -> None:
        while self.news:
            news, self.news = self.news, []
            if len(news) > 1:
                news.sort(key=by_arrival)
            heard: dict[int, dict[int, Raw]] = {}
            for item in news:
                self._take_in(item, heard.setdefault(item.holder, {}))
            for holder in sorted(heard):
                if heard[holder]:
                    self.dispatch.heard(holder, heard[holder])

    def _take_in(self, news: News, heard: dict[int, Raw]) -> None:
        picture, observed, source = self.picture(news.holder), news.observed, news.cause[0]
        new = {fact: value for fact, value in news.items if picture.hear(fact, value, observed, source)}
        if not new:
            return
        row = news.cause
        if news.holder in (self.plan.command.actor, self.plan.desk.actor):
            row = self.command.learn(news, new)
        for fact in new:
            heard[fact] = row

    def _grant(self, _: simpy.Event) -> None:
        self._granting = False
        self._count_wave()
        self.recorder.settle_moves()
        self.pools.grant()
        if self.safety.gate:
            self.safety.granted()
        self.recorder.keep()

    def _count_wave(self) -> None:
        now = self.env.now
        if now != self._instant:
            self._instant, self._waves = now, 0  # type: ignore[assignment]
        self._waves += 1
        if self._waves > MOST_WAVES:
            last = ", ".join(
                [*self.pools.served, *(row[2] + " " + row[5] for row in self.recorder.rows[-3:])]
            )
            raise PlayError(f"more than {MOST_WAVES} waves at {self.now / 1000:g} min: {last}")

    def _close(self) -> None:
        self.recorder.settle_moves()
        self.closed = True
        close_steps(self)
        self.dispatch.close()
        self.script.close()
        self.command.aftercare.close()
        closed = self.log(ENGINE_KEY, "drill_closed", self.opened)
        tell_aftermath(self, closed)

    # --- the day

    def on_duty(self) -> bool:
        """Whether it is office hours now."""
        return self.index.hours.on_duty(self.now)

    def is_off_duty(self, actor: int) -> bool:
        """Whether an actor is staffed in office hours only, and it is none now."""
        return not (self.plan.actors[actor].staffed_always or self.on_duty())

    def _operators(self) -> int:
        desk = self.plan.desk
        return desk.operators_duty if self.on_duty() else desk.operators_off_duty


def _by_key(start: tuple[Key, Life]) -> Key:
    return start[0]
