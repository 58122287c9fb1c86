"""The compiled plan: all that the engine, the review and the report know of a drill before it is played.

Frozen and free of files, YAML and pydantic. Everything is sorted by id and referred to by its place in its
tuple, so the order of keys in a file has nowhere left to matter. Times are ticks of 1/1000 minute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sim.plan.conditions import Condition
from sim.plan.durations import Duration

Label = Mapping[str, str]
Writes = tuple[tuple[int, Any], ...]
"""Pairs of a fact's place and a value to set, or a number to add."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One quantity of the situation, or a pseudo-fact such as ``done(fire.rescue)`` written by the engine."""

    id: str
    kind: Literal["flag", "count", "quantity", "category", "pseudo"]
    label: Label
    default: Any
    unit: str = ""
    values: tuple[tuple[str, Label], ...] = ()  # the values of a category and what they are called


@dataclass(frozen=True, slots=True)
class Need:
    """What the situation demands; conditions are over the fact vector."""

    id: str
    label: Label
    when: Condition
    until: Condition | None
    priority: int
    lead_required: bool
    phase: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a unit: tries that each succeed with `chance`; a runner (`tries` 1, chance 1) arrives."""

    name: str
    chance: float
    tries: int
    answered: Duration
    unanswered: Duration
    redial: Duration
    holds_operator: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """A body, member unit or guest: who can be told, called and sent."""

    name: str
    label: Label
    kind: Literal["body", "unit", "guest"]
    number: int
    official: str
    participation: str  # 参演, 旁听, 由导调扮演, or 未邀请
    staffed_always: bool
    channels: tuple[Channel, ...]
    acknowledge: Duration
    muster_duty: Duration
    muster_off_duty: Duration
    travel: Duration


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the command structure: its title, the office that holds it, and what that is called."""

    title: str
    holder: str
    label: Label


@dataclass(frozen=True, slots=True)
class Pool:
    """The teams of one kind that one actor has."""

    actor: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A stage of another duty that must be reached first."""

    duty: int
    stage: str
    text: str


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
    """A limit on one duty (`duty` ≥ 0) or one step of the desk (`step`), or for reference only (neither)."""

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


@dataclass(frozen=True, slots=True)
class Absence:
    """When the commander is away (answers the phone) or unreachable; ticks from the start."""

    state: Literal["away", "unreachable"]
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The duty desk: the actor it is, its people, and how long its steps take."""

    actor: int
    operators_duty: int
    operators_off_duty: int
    receive: Duration
    report_up: Duration
    phone_leader: Duration
    verify: Duration
    assess: Duration


@dataclass(frozen=True, slots=True)
class Command:
    """Headquarters: the actor it is, who acts for the commander, and how a response is started."""

    actor: int
    acting: int
    commander: str
    absences: tuple[Absence, ...]
    activate_when: Condition
    approve: Duration
    tries: int
    next: Duration
    call: Duration
    unanswered: Duration
    broadcast: tuple[Duration, Duration] | None  # send, receipt; None: call one by one
    scene_report: Duration


@dataclass(frozen=True, slots=True)
class Assumption:
    """One local assumption, for the first page of every report."""

    path: str
    text: str
    grade: str
    source: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Timer:
    """A pseudo-fact that becomes true `delay` after an event: ``elapsed(I02) >= 10 min`` or ``late(norm)``."""

    fact: int
    event: str  # inject id, activated, terminated, or duty.stage
    delay: int
    norm: int  # −1, or the norm whose stage must still be missing
    hq: bool  # whether a need or the end reads it (what headquarters knows)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about one drill, frozen. Made by `sim.plan.compile.compile_plan`."""

    id: str
    title: Label
    summary: str
    purpose: str
    site: str
    zone: str
    start: datetime
    horizon: int
    network: bool
    office_days: frozenset[int]  # Monday is 0
    office_begin: int  # minutes after midnight
    office_end: int
    facts: tuple[Fact, ...]
    truth: tuple[Any, ...]  # true values at T+0
    needs: tuple[Need, ...]
    actors: tuple[Actor, ...]
    pools: tuple[Pool, ...]
    duties: tuple[Duty, ...]
    outside: tuple[Outside, ...]
    norms: tuple[Norm, ...]
    injects: tuple[Inject, ...]
    hazards: tuple[Hazard, ...]
    timers: tuple[Timer, ...]
    desk: Desk
    command: Command
    end: Condition | None
    end_hold: int
    objectives: Mapping[str, str]
    assumptions: tuple[Assumption, ...]
    posts: tuple[Post, ...]
