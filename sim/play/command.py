"""The command process: exactly one (SEMANTICS 25, 26 and 29).

The desk proposes a response; the commander approves by phone, also when away; when no call gets through, the office
acts, as Annex 3 says. From then on headquarters has a picture of its own, all members are informed, and the end is
declared once its condition has held for a while.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.play.calls import Call
from sim.play.recorder import ENGINE_KEY, SEQ, Key, Raw
from sim.play.situation import News

if TYPE_CHECKING:
    from sim.play.drill import Drill

_NO_DUE: Final = float("inf")
_APPROVAL: Final[Key] = (2, 5, 1)
_ACTIVATION: Final = 1
_INFORM: Final = 9


class Command:
    """Headquarters of one drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.given = drill.plan.command
        self.actor = self.given.actor
        self.picture = drill.picture(self.actor)
        self.proposed = False
        self.activated: Raw | None = None
        self.opened = False  # whether headquarters answers its own phone
        self.terminated: Raw | None = None
        self._look = False
        self._to_open: Raw | None = None
        self._informed: set[int] = set()
        self._from_desk: list[News] = []
        self._informing: list[tuple[int, Raw]] = []
        self._hold = 0  # generation of the hold under way, 0 for none
        self._holds = 0
        self._held: dict[int, Raw] = {}  # holds that ran out in this wave, and their causes
        self._contradicted = False

    # --- news

    def learn(self, news: News, new: dict[int, Any]) -> Raw:
        """Write the row of what headquarters or the desk has just come to believe; none for pseudo-facts alone."""
        facts = self.drill.plan.facts
        told = {facts[fact].id: value for fact, value in new.items() if facts[fact].kind != "pseudo"}
        if not told:
            return news.cause
        detail = {"facts": told, "observed_at": news.observed / 1000}
        return self.drill.log(ENGINE_KEY, "learnt", news.cause, actor=news.holder, detail=detail)

    def hear(self, news: News) -> None:
        """Take news from the desk in, if a response is started; what it heard before came with the proposal."""
        self._from_desk.append(news)
        self.drill.want_settle()

    def mirror(self, changed: dict[int, Raw]) -> None:
        """In a network preset headquarters sees the truth as it changes."""
        truth, now = self.drill.truth.values, self.drill.now
        self.drill.news += [News(now, row, self.actor, ((f, truth[f]),)) for f, row in changed.items()]

    def brief(self, actor: int, cause: Raw) -> None:
        """Tell an actor what headquarters knows; only those with alarm duties have a use for it."""
        told, own = self.picture, self.drill.picture(actor)
        for fact in self.drill.index.alarm_reads.get(actor, ()):
            if told.known[fact] and told.observed[fact] >= own.observed[fact]:
                item = (fact, told.values[fact])
                self.drill.tell(News(told.observed[fact], cause, actor, (item,)))

    # --- activation

    def want_look(self) -> None:
        """Look at the desk's picture in the next settling."""
        self._look = True
        self.drill.want_settle()

    def consider(self, row: Raw) -> None:
        """Propose a response, once, if the desk's picture calls for it."""
        desk = self.drill.picture(self.drill.plan.desk.actor)
        if not self.proposed and self.given.activate_when.test(desk.values, desk.known):
            self.proposed = True
            self.drill.start(_APPROVAL, self._approve(row))

    def settle(self) -> None:
        """Look at a proposal that is due; open headquarters if a response has just been started; note who knows."""
        if self._informing:
            self._note_informed()
        if self._from_desk:
            heard, self._from_desk = self._from_desk, []
            if self.activated is not None:
                self.drill.news += heard
        if self._look:
            self._look = False
            assert self.drill.desk.assessed is not None
            self.consider(self.drill.desk.assessed)
        if self._to_open is not None:
            row, self._to_open = self._to_open, None
            self._open(row)

    def _approve(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill, given = self.drill, self.given
        columns: dict[str, Any] = {"actor": drill.plan.desk.actor, "task": "desk.activate#1"}
        stream = f"{given.commander}/desk.activate/1/"
        row = drill.log(_APPROVAL, "triggered", cause, **columns)
        drill.desk.open["desk.activate#1"] = (_APPROVAL, row, "approval")
        answered, row = yield from self._reach_commander(row, columns, stream)
        detail: dict[str, Any] = {"approver": given.commander}
        if not answered:
            acting = drill.plan.actors[given.acting].name
            detail = {"approver": acting, "acting_for": given.commander}
            told = {"for": given.commander, "tries": given.tries}
            row = drill.log(_APPROVAL, "substituted", row, actor=given.acting, detail=told)
        row = drill.log(_APPROVAL, "started", row, **columns)
        yield drill.timeout(drill.length(given.approve, stream + "approve"))
        row = drill.log(_APPROVAL, "finished", row, **columns)
        del drill.desk.open["desk.activate#1"]
        self._activate(row, detail)

    def _reach_commander(
        self, row: Raw, columns: dict[str, Any], stream: str
    ) -> Generator[simpy.Event, Any, tuple[bool, Raw]]:
        drill, given = self.drill, self.given
        rank_of = (_ACTIVATION, _NO_DUE, drill.now, "desk.activate")
        for attempt in range(given.tries):
            if attempt:
                yield drill.timeout(drill.length(given.next, stream + "next", attempt))
            last = row

            def wait(last: Raw = last) -> None:
                drill.log(_APPROVAL, "waiting", last, waits="operator", **columns)

            ask = drill.ask_operator((*rank_of, attempt, 0), wait)
            yield ask.event
            state = self._commander_state()
            told = {"who": given.commander, "state": state, "try": attempt + 1}
            row = drill.log(_APPROVAL, "call_begun", ask.cause or row, detail=told, **columns)
            answered = state != "unreachable"
            length = given.call if answered else given.unanswered
            yield drill.timeout(drill.length(length, stream + "call", attempt))
            event = "call_answered" if answered else "call_unanswered"
            row = drill.log(_APPROVAL, event, row, detail={"who": given.commander, "state": state}, **columns)
            drill.release_operator(row)
            if answered:
                return True, row
        return False, row

    def _commander_state(self) -> str:
        now = self.drill.now
        for absence in self.given.absences:
            if absence.begin <= now < absence.end:
                return absence.state
        return "present"

    def _activate(self, cause: Raw, detail: dict[str, Any]) -> None:
        self.activated = self._to_open = self.drill.log(
            _APPROVAL, "activated", cause, actor=self.actor, detail=detail
        )
        self.drill.happened("activated", self.activated)
        self.drill.want_settle()

    def activate_at_once(self) -> None:
        """Start the response at T+0 (network preset)."""
        self.proposed = True
        self._activate(self.drill.opened, {"approver": "network"})

    def _open(self, row: Raw) -> None:
        drill, self.opened = self.drill, True
        desk = drill.picture(drill.plan.desk.actor)
        for observed, items in desk.by_time().items():
            drill.news.append(News(observed, row, self.actor, items))
        drill.needs.look_at_everything(row)
        if drill.plan.network:
            return
        if self.given.broadcast is not None:
            drill.start((3, 0, 0), self._broadcast(row))
            return
        for place in self._members():
            drill.start((3, place, 1), self._inform(place, row))

    # --- informing

    def _members(self) -> list[int]:
        return [place for place, actor in enumerate(self.drill.plan.actors) if actor.kind == "unit"]

    def _inform(self, place: int, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill, actor = self.drill, self.drill.plan.actors[place]
        rank = (_INFORM, _NO_DUE, drill.now, "inform", actor.number, 0)
        call = Call(
            drill, (3, place, 1), place, f"{actor.name}/inform/1/", lambda: rank, cause,
            skip=lambda: place in self._informed,
        )  # fmt: skip
        if (yield from call.life()):
            self.informed(place, call.last)

    def _broadcast(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill = self.drill
        assert self.given.broadcast is not None
        send, receipt = self.given.broadcast
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
            drill.later(drill.length(receipt, stream), partial(self.informed, place, row))

    def informed(self, place: int, cause: Raw) -> None:
        """Queue the note that a member knows of the response."""
        if place not in self._informed and self.drill.plan.actors[place].kind == "unit":
            self._informing.append((place, cause))
            self.drill.want_settle()

    def _note_informed(self) -> None:
        """Write, once a member, that it knows, and tell it what headquarters knows."""
        informing, self._informing = sorted(self._informing, key=lambda note: (note[1][SEQ], note[0])), []
        for place, cause in informing:
            if place not in self._informed:
                self._informed.add(place)
                self.brief(place, self.drill.log(ENGINE_KEY, "informed", cause, actor=place))

    # --- the end

    def look_at_end(self, changed: dict[int, Raw]) -> None:
        """Start, keep or break the hold of the end condition; after the end, note what contradicts it."""
        end, drill = self.drill.plan.end, self.drill
        if end is None or self.activated is None:
            return
        holds = end.test(self.picture.values, self.picture.known)
        if self.terminated is not None:
            if not holds and not self._contradicted:
                cause = drill.script.cause_of(end.facts, changed)
                drill.log(ENGINE_KEY, "end_contradicted", cause, detail={"end": end.text})
            self._contradicted = not holds
        elif not holds:
            self._hold = 0
        elif not self._hold:
            self._holds += 1
            self._hold = self._holds
            cause = drill.script.cause_of(end.facts, changed)
            drill.later(drill.plan.end_hold, partial(self._hold_over, self._hold, cause))

    def _hold_over(self, hold: int, cause: Raw) -> None:
        self._held[hold] = cause
        self.drill.want_settle()

    def terminate_if_held(self) -> None:
        """Terminate if the hold that ran out in this instant was not broken in it."""
        held, self._held = self._held, {}
        if self._hold in held and self.terminated is None:
            self.terminated = self.drill.log(ENGINE_KEY, "terminated", held[self._hold], actor=self.actor)
            self.drill.happened("terminated", self.terminated)
            self.drill.needs.look_at_everything(self.terminated)
