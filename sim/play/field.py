"""The field headquarters (SEMANTICS 27): who commands at the scene, from the first crew there to its dissolution.

The first of the listed rescue units at the scene commands until somebody of headquarters comes; that person sets the
field headquarters up, upwind as far as the wind is known, and confers. It is dissolved at the end of the response, or
when the city takes command over.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.compiled import Person
from sim.play.conference import Conferences
from sim.play.people import SCENE
from sim.play.recorder import DETAIL, ENGINE_KEY, Key, Raw, seq_of
from sim.play.roads import muster_time, road_time
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task

_KEY: Final[Key] = (10, 0, 1)
_STREAM: Final = "/field/1/"


class FieldHeadquarters:
    """The field headquarters of one drill. `established` is the row since which it stands; `over` is final."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.given = drill.plan.arrangements.field
        self.conferences = Conferences(drill)
        self.who = ""  # the field commander: sent, under way or there
        self.interim: Raw | None = None
        self.there: Raw | None = None  # since when the field commander is at the scene
        self.established: Raw | None = None
        self.over = False
        self._arrivals: list[tuple[Task, Raw]] = []
        self._process: simpy.Process | None = None
        self._set_up: Raw | None = None  # the end of the work of setting up, in this wave

    @property
    def stands(self) -> bool:
        """Whether there is a field headquarters now."""
        return self.established is not None and not self.over

    # --- who commands until then

    def arrived(self, task: Task, row: Raw) -> None:
        """Queue the arrival of a crew at the scene."""
        if self.given is not None and self.interim is None and not self.over:
            self._arrivals.append((task, row))
            self.drill.command.want_settle()

    def _take_interim(self, ranked: tuple[int, ...]) -> None:
        arrivals, self._arrivals = self._arrivals, []
        able = [
            (ranked.index(t.given.actor), seq_of(row), row) for t, row in arrivals if t.given.actor in ranked
        ]
        if able and self.interim is None and self.there is None:
            place, _, row = min(able)
            self.interim = self._log("interim_command", row, {}, ranked[place])

    # --- who is sent

    def begin(self, row: Raw) -> None:
        """Send the first in order who can go, now that a response is started; say who was thought of and why."""
        if self.given is None:
            return
        states: dict[str, str] = {}
        sent: Person | None = None
        ranked = list(self.drill.people.in_order("field"))
        for person in ranked:
            state = self.drill.people.state(person.name)
            if state == "present" and not self.drill.people.take(person.name, "field", SCENE, row):
                state = "needed_twice"
            states[person.name] = state
            if state == "present":
                sent, self.who = person, person.name
                break
        detail = {
            "question": "field_commander", "options": [person.name for person in ranked],
            "decision": self.who, "reason": {"people": states},
            "who": (row[DETAIL] or {}).get("approver", ""),
        }  # fmt: skip
        decided = self._log("decided", row, detail)
        if sent is not None:
            self.drill.start(_KEY, self._life(sent, decided))

    def _life(self, person: Person, cause: Raw) -> Generator[simpy.Event, Any, None]:
        """Muster, travel, set the field headquarters up."""
        drill, given = self.drill, self.given
        assert given is not None
        self._process = drill.env.active_process
        step = Step(drill, _KEY, drill.plan.command.actor, "command.field", 1)
        try:
            step.begin(cause)
            yield from self._go(person, step)
            step.start()
            yield step.spend(given.establish, "command.field/1/establish")
        except simpy.Interrupt as called_off:
            step.log("stood_down", called_off.cause or step.last)
            step.drop()
            return
        self._process = None
        self._set_up = step.end()
        drill.command.want_settle()

    def _go(self, person: Person, step: Step) -> Generator[simpy.Event, Any, None]:
        drill, stream = self.drill, person.name + _STREAM
        usual = person.muster_duty if drill.on_duty() else person.muster_off_duty
        length = muster_time(drill, usual, stream + "muster", 0)
        if length:
            step.waits = "muster"
            step.log("waiting", step.last, "muster")
            yield drill.timeout(length)
        step.waits = ""
        rides = person.unit if person.unit >= 0 else drill.plan.command.actor
        length, why = road_time(drill, rides, person.travel, stream, 0)
        step.log("departed", step.last, detail={"to": "scene", "who": person.name, **why})
        yield drill.timeout(length)
        self.there = step.log("field_commander", step.last, detail={"who": person.name})
        drill.happened("field_commander", self.there)

    # --- standing, conferring, dissolved

    def settle(self) -> None:
        """Note who is there first, that it stands, and the end of a conference."""
        if self.given is None:
            return
        if self._arrivals:
            self._take_interim(self.given.interim)
        if self._set_up is not None:
            row, self._set_up = self._set_up, None
            self.established = self._log("field_established", row, self._place())
            self.conferences.begin(self.established)
        self.conferences.settle()

    def _place(self) -> dict[str, Any]:
        """Who and where: on the side that the wind comes from, if headquarters knows it."""
        told: dict[str, Any] = {"who": self.who}
        assert self.given is not None
        wind = self.given.wind
        if wind < 0:
            return told
        picture = self.drill.command.picture
        known = picture.known[wind]
        return {**told, "where": picture.values[wind] if known else "", "wind_known": known}

    def finish(self) -> None:
        """Let a conference decide; be dissolved, now that the response is over or the city commands."""
        if self.given is None or self.over:
            return
        self.conferences.decide(self.who)
        command = self.drill.command
        cause = command.terminated or command.handover.done
        if cause is not None:
            self._dissolve(cause, "terminated" if command.terminated else "handed_over")

    def _dissolve(self, cause: Raw, why: str) -> None:
        if self.stands:
            self._log("field_dissolved", cause, {"why": why})
        self.over = True
        self.drill.people.leave(self.who, "field")
        self.conferences.stop(cause)
        if self._process is not None:
            process, self._process = self._process, None
            process.interrupt(cause)

    def _log(self, event: str, cause: Raw, detail: dict[str, Any], actor: int = -1) -> Raw:
        by = actor if actor >= 0 else self.drill.plan.command.actor
        row = self.drill.log(ENGINE_KEY, event, cause, actor=by, detail=detail)
        self.drill.happened(event, row)
        return row
