"""What the exercise control puts into play, and what the world is like on the day."""

from __future__ import annotations

from dataclasses import dataclass

from sim.plan.compiled.situation import Label, Writes
from sim.plan.conditions import Condition
from sim.plan.durations import Duration


@dataclass(frozen=True, slots=True)
class Expected:
    """What a unit should do after an inject; `duty` ≥ 0 and `stage` when the log can decide it."""

    actor: int
    duty: int
    stage: str
    text: str
    within: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class Inject:
    """An inject, ready to give: at a time (`at`), or when a condition holds inside `window`."""

    id: str
    at: int | None
    when: Condition | None
    unless: Condition | None
    window: tuple[int, int]
    every: Duration | None
    until: int
    source: str
    receivers: tuple[int, ...]
    channel: str
    title: str
    message: str
    sets: Writes
    adds: Writes
    tells: Writes
    starts: tuple[int, ...]
    expect: tuple[Expected, ...]
    question: str
    points: tuple[str, ...]
    clause: str
    objective: str
    notes: str
    condition_text: str
    delay: tuple[str, Duration] | None = None  # an event and a delay that is drawn
    reporter: str = ""  # enterprise, third-party, or nothing
    publishes: tuple[int, Writes] | None = None  # by which actor, with which figures


@dataclass(frozen=True, slots=True)
class Hazard:
    """While `while_` holds on the truth, every `every` one more change, at most `at_most`."""

    id: str
    label: Label
    while_: Condition
    every: int
    sets: Writes
    adds: Writes
    at_most: int | None
    growth: float = 1.0


@dataclass(frozen=True, slots=True)
class Broken:
    """A network that is down from `begin` to `end`, or until a stage of a duty; no channel named means every one."""

    id: str
    channels: frozenset[str]
    carrier: str
    actors: frozenset[int]  # empty: all of that carrier
    begin: int
    end: int
    restored_by: tuple[int, str] | None  # duty and stage
    carrier_label: Label | None = None
    label: Label | None = None  # the carrier and the channels in words; None: every voice channel

    def serves(self, actor: int, carrier: str) -> bool:
        """Return whether an actor who is a customer of `carrier` hangs on it."""
        return self.carrier in ("", carrier) and (not self.actors or actor in self.actors)


@dataclass(frozen=True, slots=True)
class Busy:
    """Teams of a pool that are elsewhere until a tick."""

    pool: int
    count: int
    end: int


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What comes to light days after the accident; `limit` is the last day on which it changes the grade."""

    id: str
    day: int
    limit: int
    title: str
    message: str
    sets: Writes
    adds: Writes


@dataclass(frozen=True, slots=True)
class Weather:
    """While `when` truly holds the road takes `road` times as long."""

    when: Condition
    road: float


@dataclass(frozen=True, slots=True)
class Road:
    """A kind of road: the flag that says it is blocked, and how much longer the way round takes."""

    name: str
    blocked: int
    detour: Duration
