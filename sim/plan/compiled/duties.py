"""What can be ordered, what cannot, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.plan.compiled.situation import Label, Writes
from sim.plan.conditions import Condition
from sim.plan.durations import Duration


@dataclass(frozen=True, slots=True)
class Duty:
    """A dispatchable clause, with how long it takes and what it uses."""

    id: str
    actor: int
    label: Label
    quote: str
    phase: str
    need: int
    lead: bool
    alarm: bool
    at_scene: bool
    form: Literal["once", "batch", "sustained", "repeated"]
    takes: int  # fact places of a batch, −1 otherwise
    gives: int
    size: int
    condition: Condition | None
    after: tuple[Prerequisite, ...]
    sees: tuple[int, ...]
    sets: Writes
    adds: Writes
    priority: int
    each_inject: bool
    setup: Duration
    time: Duration
    every: Duration | None
    uses: tuple[tuple[int, int], ...]  # (pool, how many)
    grade: str  # grade of its `work` assumption
    standby: Condition | None = None
    signed: bool = False
    publishes: bool = False
    takes_stock: tuple[tuple[int, int], ...] = ()  # (stock, how many) for one cycle
    supplies: tuple[tuple[int, int], ...] = ()  # (stock, how many) that its end brings
    halted_by: int = -1  # a flag while which it cannot begin
    safety: tuple[int, ...] = ()  # the safety rules that speak to it, by place
    breaks: tuple[int, ...] = ()  # those of them that it is played as breaking


@dataclass(frozen=True, slots=True)
class Outside:
    """A registered clause that is never dispatched, and why."""

    id: str
    actor: int
    label: Label
    quote: str
    phase: str
    reason: str  # phase, command, words, later


@dataclass(frozen=True, slots=True)
class Norm:
    """A limit on one duty (`duty` ≥ 0), on one step of the desk or one report (`step`), between two events of the drill
    (`since` and `by`), or for reference only. It binds only if `when`, where there is one, ever truly held."""

    id: str
    label: Label
    duty: int
    step: str
    start: str
    stop: str
    within: int | None
    text: str
    basis: str
    status: str
    judged: bool
    note: str
    since: str = ""  # or between two events
    by: str = ""
    who: str = ""  # whose clock that is
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A stage of another duty that must be reached first."""

    duty: int
    stage: str
    text: str
