"""Telling every member that a response is started: by calls, or by one broadcast (SEMANTICS 16).

Who has not confirmed the broadcast once its receipt was due is called.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.play.calls import Call
from sim.play.recorder import ENGINE_KEY, SEQ, Raw
from sim.play.situation import News

if TYPE_CHECKING:
    from sim.play.drill import Drill

_NO_DUE: Final = float("inf")
_INFORM: Final = 9


class Informing:
    """Who knows of the response, and how the others are told."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self._informed: set[int] = set()
        self._informing: list[tuple[int, Raw]] = []

    def begin(self, row: Raw) -> None:
        """Tell all members, now that a response is started."""
        if self.drill.plan.command.broadcast is not None:
            self.drill.start((3, 0, 0), self._broadcast(row))
            return
        for place in self._members():
            self.drill.start((3, place, 1), self._inform(place, row))

    def _members(self) -> list[int]:
        return [place for place, actor in enumerate(self.drill.plan.actors) if actor.kind == "unit"]

    def _inform(self, place: int, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill, actor = self.drill, self.drill.plan.actors[place]
        rank = (_INFORM, _NO_DUE, drill.now, "inform", actor.number, 0)
        call = Call(
            drill, (3, place, 1), place, f"{actor.name}/inform/1/", lambda: rank, cause,
            skip=lambda: place in self._informed,
        )  # fmt: skip
        if (yield from call.persist()):
            self.informed(place, call.last)

    def _broadcast(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill, given = self.drill, self.drill.plan.command.broadcast
        assert given is not None
        send, receipt = given
        desk: dict[str, Any] = {"actor": drill.plan.desk.actor}

        def wait() -> None:
            drill.log((3, 0, 0), "waiting", cause, waits="operator", **desk)

        ask = drill.ask_operator((_INFORM, _NO_DUE, drill.now, "inform", 0, 0), wait)
        yield ask.event
        row = drill.log((3, 0, 0), "call_begun", ask.cause or cause, detail={"channel": "broadcast"}, **desk)
        yield drill.timeout(drill.length(send, "broadcast/inform/1/send"))
        row = drill.log((3, 0, 0), "call_answered", row, detail={"channel": "broadcast"}, **desk)
        drill.release_operator(row)
        for place in self._members():
            stream = f"{drill.plan.actors[place].name}/inform/1/receipt"
            then = self.informed if self._reads(place) else self._call_instead
            drill.later(drill.length(receipt, stream), partial(then, place, row))

    def _reads(self, place: int) -> bool:
        """Whether a member that is sent a message now ever reads it: a chance of its own, if any network reaches it."""
        drill, given = self.drill, self.drill.plan.command
        rate = given.rate_off_duty if drill.is_off_duty(place) else given.rate
        if drill.networks.given and drill.networks.silent(place) >= 0:
            return False
        return rate >= 1 or drill.draws.u(f"{drill.plan.actors[place].name}/inform/1/read") < rate

    def _call_instead(self, place: int, row: Raw) -> None:
        """Call a member that has not confirmed the message by the time the others have."""
        if place not in self._informed:
            self.drill.start((3, place, 1), self._inform(place, row))

    def knows(self, place: int) -> bool:
        """Whether a member was told that a response is started."""
        return place in self._informed

    def informed(self, place: int, cause: Raw) -> None:
        """Queue the note that a member knows of the response."""
        if place not in self._informed and self.drill.plan.actors[place].kind == "unit":
            self._informing.append((place, cause))
            self.drill.command.want_settle()

    def settle(self) -> None:
        """Write, once a member, that it knows, and tell it what headquarters knows."""
        if not self._informing:
            return
        informing, self._informing = sorted(self._informing, key=lambda note: (note[1][SEQ], note[0])), []
        for place, cause in informing:
            if place not in self._informed:
                self._informed.add(place)
                row = self.drill.log(ENGINE_KEY, "informed", cause, actor=place)
                self.brief(place, row)
                self.drill.command.reporting.inform(place, row)

    def brief(self, actor: int, cause: Raw) -> None:
        """Tell an actor what headquarters knows; only those with alarm duties have a use for it."""
        told, own = self.drill.command.picture, self.drill.picture(actor)
        for fact in self.drill.index.alarm_reads.get(actor, ()):
            if told.known[fact] and told.observed[fact] >= own.observed[fact]:
                item = (fact, told.values[fact])
                self.drill.tell(News(told.observed[fact], cause, actor, (item,)))
