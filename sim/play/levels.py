"""Levels of response, local (自定): upwards as soon as headquarters' picture calls for it, downwards by decision
(SEMANTICS 28)."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.compiled import Level
from sim.play.approval import Approval
from sim.play.recorder import Key, Raw
from sim.play.situation import Picture
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill

_LEVEL: Final = 7


class Levels:
    """The level of response of one drill. `current` is its place, −1 before the response or without any levels."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.all = drill.plan.arrangements.levels
        self.facts = frozenset(fact for level in self.all for fact in level.when.facts)
        self.current = -1
        self._asked = -1  # the highest level that was proposed
        self._proposals = 0
        self._below_since = -1  # since when a lower level would do, −1 if it would not
        self._steps: list[tuple[int, Raw, dict[str, Any]]] = []

    def called_for(self, picture: Picture) -> Level | None:
        """Return the highest level that a picture calls for, the lowest of all if none; None without levels."""
        place = self._target(picture)
        return self.all[max(place, 0)] if self.all else None

    def _target(self, picture: Picture) -> int:
        holds = [p for p, level in enumerate(self.all) if level.when.test(picture.values, picture.known)]
        return max(holds, default=-1)

    def begin(self, level: Level | None) -> dict[str, Any]:
        """Begin a response at `level`; return what the row of its start says of it."""
        if level is None:
            return {}
        self.current = self._asked = self.all.index(level)
        return {"level": level.id, "proposer": self.drill.plan.actors[level.proposer].name}

    def judge(self, changed: dict[int, Raw]) -> None:
        """Propose a higher level if the news calls for one; note since when a lower one would do."""
        if not self.all or (self.current >= 0 and self.facts.isdisjoint(changed) and self._asked >= 0):
            return
        target = self._target(self.drill.command.picture)
        if target > self._asked:
            self._asked = target
            self._proposals += 1
            cause = self.drill.script.cause_of(self.all[target].when.facts, changed)
            self.drill.start(self._key(self._proposals), self._raise(target, self._proposals, cause))
        if target >= self.current:
            self._below_since = -1
        elif self._below_since < 0:
            self._below_since = self.drill.now

    def _key(self, number: int) -> Key:
        return (_LEVEL, 0, number)

    def _raise(self, place: int, number: int, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill, level = self.drill, self.all[place]
        step = Step(drill, self._key(number), level.proposer, "command.level", number)
        approval = Approval(drill, step, level.approver, number, what=f"level.{level.id}")
        row = yield from approval.life(cause)
        command = drill.command
        if place > self.current and command.terminated is None and command.handover.done is None:
            proposer = drill.plan.actors[level.proposer].name
            self._change(self._key(number), place, row, {**approval.detail, "proposer": proposer})

    def _change(self, key: Key, place: int, cause: Raw, detail: dict[str, Any]) -> Raw:
        drill, old = self.drill, self.all[self.current].id if self.current >= 0 else ""
        self.current = place
        below = self._target(drill.command.picture) < place  # what called for it was withdrawn meanwhile
        self._below_since = drill.now if below else -1
        told = {"was": old, "level": self.all[place].id, **detail}
        row = drill.log(key, "level_changed", cause, actor=drill.plan.command.actor, detail=told)
        drill.happened(f"level.{self.all[place].id}", row)
        return row

    def lower_now(self) -> int:
        """Return the lower level that would do on what headquarters knows now, −1 if none would."""
        if self._below_since < 0 or self.current < 0:
            return -1
        place = max(self._target(self.drill.command.picture), 0)
        return place if place < self.current else -1

    def may_lower(self) -> int:
        """Return the level to which a conference may lower the response now, −1 if it must stand."""
        place = self.lower_now()
        if place >= 0 and self.drill.now - self._below_since < self.all[self.current].hold:
            return -1
        return place

    def lower(self, place: int, key: Key, cause: Raw, who: str) -> Raw:
        """Lower the response by the decision of a conference."""
        self._asked = place
        return self._change(key, place, cause, {"approver": who})
