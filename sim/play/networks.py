"""Broken networks: which calls fail, what waits for their return, and who brings them back (SEMANTICS 24).

A network is down for channels, a carrier and actors, from one tick to another or until a stage of a duty is reached. A
call that begins while it is down for that channel of whom it calls fails, after the time that an answered call takes:
the operator hears no more than silence. A runner needs no network. Who could not be reached because of it (with an
order, with word that he may go home, with news of the response) is called again once a network that serves him is back.

Orders hang on the network of whom they are for. What the office has to say to those above it, and what it asks of the
holders of posts, whose telephones the plan does not know, hang on the network of whoever calls: while all voice
channels of the desk are cut, a try to reach a post fails after the time of a call that nobody answers, and a report by
phone waits, without a hand, until a network that serves the desk is back.

Whether it is down is a matter of the clock, and of stages that count from the next wave on, so that it does not depend
on who moves first in an instant.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sim.play.recorder import ENGINE_KEY, Key, Raw, seq_of

if TYPE_CHECKING:
    import simpy

    from sim.plan.compiled import Channel
    from sim.play.drill import Drill
    from sim.play.steps import Step

_KIND: Final = 22  # of its keys


class _Waiting(NamedTuple):
    """Whoever wants to know when a network that serves an actor is back."""

    actor: int
    then: Callable[[Raw], None]


class _Held(NamedTuple):
    """A report that its unit could not send: the row that says it, and how it goes on once it gets through."""

    row: Raw
    actor: int
    delay: int
    then: Callable[[], None]


class Networks:
    """The networks of one drill; `due` says whether something came back, or may have, in this wave."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.given = drill.plan.networks
        self.due = False
        self._restoring = frozenset(network.restored_by for network in self.given)
        self._broke: dict[int, Raw] = {}  # network → the row that says that it is down
        self._back: dict[int, Raw] = {}  # network → the row that says that it is up again
        self._returned: dict[int, Raw] = {}  # those of this wave
        self._reached: list[tuple[int, str, Raw]] = []
        self._waiting: dict[Key, _Waiting] = {}
        self._held: list[_Held] = []

    def open(self) -> None:
        """Set the clock of every network that breaks in this drill."""
        for place, network in enumerate(self.given):
            self.drill.later(network.begin, partial(self._go_down, place))
            if network.end < self.drill.plan.horizon:
                self.drill.later(network.end, partial(self._time_is_up, place))

    # --- what others ask

    def cut(self, actor: int, channel: Channel) -> int:
        """Return the network that keeps a call by this channel from an actor now, −1 for none."""
        if not channel.holds_operator:
            return -1
        for place in self.drill.index.networks_of[actor]:
            network = self.given[place]
            if self._down(place) and (not network.channels or channel.name in network.channels):
                return place
        return -1

    def silent(self, actor: int) -> int:
        """Return a network for want of which an actor can say nothing now: all its voice channels are cut; or −1."""
        voices = [c for c in self.drill.plan.actors[actor].channels if c.holds_operator]
        cuts = [self.cut(actor, channel) for channel in voices]
        return cuts[0] if cuts and min(cuts) >= 0 else -1

    def mute(self, actor: int) -> int:
        """Return what `silent` does; it costs nothing in a plan in which no network breaks."""
        return self.silent(actor) if self.given else -1

    def call_again(self, key: Key, actor: int, then: Callable[[Raw], None], cut: Iterable[int]) -> None:
        """Call `then` with its row once a network that serves `actor` is back: at once if one of `cut` is by now."""
        self._waiting[key] = _Waiting(actor, then)
        already = {place: self._back[place] for place in cut if place in self._back}
        if already:
            self._returned.update(already)
            self._want_settle()

    def returns(self, key: Key, actor: int, cut: Iterable[int]) -> simpy.Event:
        """Return an event whose value is the row of a network that serves `actor`, once it is back."""
        event = self.drill.event()
        self.call_again(key, actor, event.succeed, cut)  # type: ignore[arg-type]
        return event

    def line(
        self, step: Step, let_go: Callable[[Raw], None], hand: Callable[[], Generator[simpy.Event, Any, None]]
    ) -> Generator[simpy.Event, Any, None]:
        """Wait until whoever does a step can phone: the hand is given back meanwhile, and asked for again by `hand`."""
        while (cut := self.silent(step.actor)) >= 0:
            name = f"network:{self.given[cut].id}"
            let_go(step.log("waiting", step.last, name))
            step.waits = name
            step.last = yield self.returns(step.key, step.actor, (cut,))
            step.waits = ""
            yield from hand()

    def hold(self, row: Raw, actor: int, delay: int, then: Callable[[], None]) -> None:
        """Keep a report until its unit can speak again; then it takes `delay` more, as any other."""
        self._held.append(_Held(row, actor, delay, then))

    def reached(self, duty: int, stage: str, row: Raw) -> None:
        """Note a stage, if it restores a network; it counts from the next wave on."""
        if (duty, stage) in self._restoring:
            self._reached.append((duty, stage, row))
            self._want_settle()

    # --- down and up

    def _down(self, place: int) -> bool:
        network = self.given[place]
        return network.begin <= self.drill.now < network.end and place not in self._back

    def _go_down(self, place: int) -> None:
        network, actors = self.given[place], self.drill.plan.actors
        detail: dict[str, Any] = {"network": network.id, "channels": sorted(network.channels)}
        if network.carrier:
            detail["carrier"] = network.carrier
        detail["units"] = [actors[actor].name for actor in sorted(network.actors)]
        self._broke[place] = self.drill.log(
            (_KIND, place, 0), "network_down", self.drill.opened, detail=detail
        )

    def _time_is_up(self, place: int) -> None:
        if place not in self._back:
            self._come_back(place, (_KIND, place, 1), self._broke[place], "")
            self._want_settle()

    def _come_back(self, place: int, key: Key, cause: Raw, by: str) -> None:
        detail = {"network": self.given[place].id} | ({"by": by} if by else {})
        row = self.drill.log(key, "network_up", cause, detail=detail)
        self._back[place] = self._returned[place] = row

    def _want_settle(self) -> None:
        self.due = True
        self.drill.want_settle()

    # --- settling

    def settle(self) -> None:
        """Bring back what was restored in this wave, then let go on who waited for it."""
        self.due = False
        reached, self._reached = sorted(self._reached, key=lambda stage: seq_of(stage[2])), []
        for duty, stage, row in reached:
            for place, network in enumerate(self.given):
                if network.restored_by == (duty, stage) and self._down(place):
                    by = f"{self.drill.plan.duties[duty].id}.{stage}"
                    self._come_back(place, ENGINE_KEY, row, by)
        returned, self._returned = self._returned, {}
        for key in sorted(self._waiting):
            actor, then = self._waiting[key]
            rows = [returned[place] for place in self.drill.index.networks_of[actor] if place in returned]
            if rows:
                del self._waiting[key]
                then(max(rows, key=seq_of))
        self._let_through()

    def _let_through(self) -> None:
        held, self._held = sorted(self._held, key=lambda report: seq_of(report.row)), []
        for report in held:
            if self.silent(report.actor) >= 0:
                self._held.append(report)
            else:
                self.drill.later(report.delay, report.then)
