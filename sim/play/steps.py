"""Steps under way that are no unit's duty: those of the desk, of command and of reports.

Each has a task of its own in the timeline; whatever is still open at the horizon is closed with its state there.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.plan.durations import Duration
from sim.play.pools import Ask, Rank
from sim.play.recorder import Key, Raw

if TYPE_CHECKING:
    from sim.play.drill import Drill


class Step:
    """One such step: its rows share a key, an actor and a task such as ``desk.verify#1``.

    `last` is its latest row and `waits` what it would be closed as waiting for.
    """

    __slots__ = ("actor", "drill", "key", "last", "name", "task", "waits")

    def __init__(self, drill: Drill, key: Key, actor: int, name: str, number: int) -> None:
        self.drill, self.key, self.actor, self.name = drill, key, actor, name
        self.task = f"{name}#{number}"
        self.waits = ""
        self.last: Raw

    def begin(self, cause: Raw, waits: str = "") -> Raw:
        """Write that the step is triggered; it is open from now on."""
        self.waits = waits
        self.drill.steps[self.task] = self
        return self._reach("triggered", cause)

    def start(self, cause: Raw | None = None, detail: dict[str, Any] | None = None) -> Raw:
        """Write that the step is under way."""
        self.waits = ""
        return self._reach("started", cause or self.last, detail)

    def end(self) -> Raw:
        """Write that the step is done."""
        del self.drill.steps[self.task]
        return self._reach("finished", self.last)

    def drop(self) -> None:
        """Leave the step where it stands; its last row says why."""
        del self.drill.steps[self.task]

    def log(self, event: str, cause: Raw, waits: str = "", detail: dict[str, Any] | None = None) -> Raw:
        """Write one row of the step."""
        self.last = self.drill.log(
            self.key, event, cause, actor=self.actor, task=self.task, waits=waits, detail=detail
        )
        return self.last

    def ask_hand(self, rank: Rank) -> Ask:
        """Ask for a hand of the duty desk; the row of waiting, if it has to, follows from the latest one."""
        before = self.last
        return self.drill.ask_operator(rank, lambda: self.drill.log(
            self.key, "waiting", before, actor=self.actor, task=self.task, waits="operator"
        ))  # fmt: skip

    def hand(self, rank: Rank) -> Generator[simpy.Event, Any, Raw]:
        """Wait for a hand of the duty desk; return the row that the next one follows from."""
        before, ask = self.last, self.ask_hand(rank)
        yield ask.event
        return ask.cause or before

    def spend(self, duration: Duration, stream: str, attempt: int = 0) -> simpy.Timeout:
        """Return an event at the end of a drawn length of time."""
        return self.drill.timeout(self.drill.length(duration, stream, attempt))

    def _reach(self, stage: str, cause: Raw, detail: dict[str, Any] | None = None) -> Raw:
        row = self.log(stage, cause, detail=detail)
        self.drill.happened(f"{self.name}.{stage}", row)
        return row


def close_steps(drill: Drill) -> None:
    """Write a row for every step that is still open at the horizon."""
    for step in sorted(drill.steps.values(), key=lambda step: step.key):
        step.log("open_at_close", step.last, step.waits)
