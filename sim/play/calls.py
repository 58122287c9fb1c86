"""A call out: tries, channels, and the operator it holds (SEMANTICS 24)."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.compiled import Channel
from sim.play.pools import Ask
from sim.play.recorder import Key, Raw

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task

ORDER, CONFIRM, RELEASE, TEAM, STOCK, RELIEF, STANDBY = range(7)
"""Purposes of an ask, the last part of its rank: one task may ask for several things at one instant."""

_ABOUT: Final = {CONFIRM: (5, "confirm"), RELEASE: (6, "release")}


@dataclass(slots=True)
class Call:
    """One call to one actor, over its channels until somebody answers.

    `where` says what the call is doing: ``operator`` (waiting for one), ``talking``, ``redial``. `skip` is asked
    before each try; if it is true the call ends without it.
    """

    drill: Drill
    key: Key
    actor: int
    stream: str
    rank: Callable[[], Any]
    last: Raw
    duty: int = -1
    task: str = ""
    need: int = -1
    skip: Callable[[], bool] = lambda: False
    where: str = "operator"
    ask: Ask | None = None
    tries: int = 0
    talk: tuple[Channel, bool, int, int] | None = (
        None  # the try under way: channel, answered?, until, network cut
    )
    first: int = 0  # tries made before a network came back
    cut: tuple[int, ...] = ()  # networks for want of which a try since then has failed

    def life(self) -> Generator[simpy.Event, Any, bool]:
        """Call until answered; return whether somebody answered. `last` is the last row written."""
        for channel, again in self._ways():
            if again:
                self.where = "redial"
                yield self.drill.timeout(self._length(channel, "redial"))
            self.where = "operator"
            if channel.holds_operator:
                yield from self._operator()
            if self.skip():
                self._hang_up(channel)
                return False
            if (yield from self._try(channel)):
                return True
        self._log("call_unreached")
        return False

    def taken_over(self) -> Generator[simpy.Event, Any, bool]:
        """Go on from the middle of a try that its task did not wait for."""
        assert self.talk is not None
        if (yield from self.end_try(*self.talk)):
            return True
        return (yield from self.life())

    def _ways(self) -> Iterator[tuple[Channel, bool]]:
        """The tries still to make: the channel, and whether it was tried before."""
        ways = [
            (channel, attempt > 0)
            for channel in self.drill.plan.actors[self.actor].channels
            for attempt in range(channel.tries)
        ]
        return islice(ways, self.tries - self.first, None)

    def persist(self) -> Generator[simpy.Event, Any, bool]:
        """Call until answered, and again when a network that failed it is back."""
        return self._persist() if self.drill.networks.given else self.life()

    def _persist(self) -> Generator[simpy.Event, Any, bool]:
        while not (yield from self.life()):
            if not self.cut or self.skip():
                return False
            self.where = "answer"
            self.last = yield self.drill.networks.returns(self.key, self.actor, self.cut)
            self.first, self.cut = self.tries, ()
        return True

    def withdraw(self) -> None:
        """Take back the ask for an operator, if one is waiting."""
        if self.ask is not None and not self.ask.granted:
            self.drill.pools.cancel(self.ask)
        self.ask = None

    def _operator(self) -> Generator[simpy.Event, Any, None]:
        self.ask = self.drill.ask_operator(self.rank(), self._wait)
        yield self.ask.event
        self.last = self.ask.cause or self.last

    def _try(self, channel: Channel) -> Generator[simpy.Event, Any, bool]:
        drill = self.drill
        self.where = "talking"
        self._log("call_begun", channel=channel.name)
        cut = drill.networks.cut(self.actor, channel) if drill.networks.given else -1
        chance = channel.chance
        if channel.chance_off_duty >= 0 and drill.is_off_duty(self.actor):
            chance = channel.chance_off_duty
        answered = cut < 0 and (chance >= 1 or drill.draws.u(self.stream + "answer", self.tries) < chance)
        until = drill.now + self._length(channel, "answered" if answered or cut >= 0 else "unanswered")
        self.talk = (channel, answered, until, cut)
        return (yield from self.end_try(channel, answered, until, cut))

    def end_try(
        self, channel: Channel, answered: bool, until: int, cut: int
    ) -> Generator[simpy.Event, Any, bool]:
        """Wait for the end of a try, hang up, and return whether it was answered."""
        yield self.drill.timeout(until - self.drill.now)
        self.talk = None
        self.tries += 1
        if cut >= 0:
            self.cut += (cut,)
        self._log("call_answered" if answered else "call_unanswered", channel=channel.name, cut=cut)
        self._hang_up(channel)
        return answered

    def _hang_up(self, channel: Channel) -> None:
        self.ask = None
        if channel.holds_operator:
            self.drill.release_operator(self.last)

    def _length(self, channel: Channel, part: str) -> int:
        return self.drill.length(getattr(channel, part), self.stream + part, self.tries)

    def _wait(self) -> None:
        self._log("waiting", waits="operator")

    def _log(self, event: str, waits: str = "", channel: str = "", cut: int = -1) -> None:
        detail = {"channel": channel} if channel else None
        if detail and cut >= 0:
            detail["network"] = self.drill.networks.given[cut].id
        self.last = self.drill.log(
            self.key, event, self.last, self.actor, self.duty, self.task, self.need, -1, waits, detail
        )


def call_about(task: Task, purpose: int, cause: Raw, skip: Callable[[], bool]) -> Call:
    """Return a call about a task that is headquarters' own and no part of the task's life.

    Each has a chance of its own: its stream is named by how often the task was called for that purpose.
    """
    first, name = _ABOUT[purpose]
    task.calls[purpose] += 1
    given, key = task.given, (first, task.duty, task.occurrence)
    stream = f"{task.name}{name}/{task.calls[purpose]}/"
    rank = partial(task.rank, purpose)
    return Call(task.drill, key, given.actor, stream, rank, cause, task.duty, need=given.need, skip=skip)
