"""Who is on stage: actors, posts and the people who hold them, their teams and stocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.plan.compiled.situation import Label
from sim.plan.durations import Duration


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
    chance_off_duty: float = -1.0  # outside office hours; below zero: the same


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
    carrier: str = ""
    road: str = ""  # county, national, or nothing
    shift: Duration | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the command structure: its title, the office that holds it, and what that is called."""

    title: str
    holder: str
    label: Label


@dataclass(frozen=True, slots=True)
class Absence:
    """When the commander is away (answers the phone) or unreachable; ticks from the start."""

    state: Literal["away", "unreachable"]
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds a post: in what order they substitute and go to the scene, what they head, when they are away.

    `order` and `field` are 0 for those who do not; `heads` and `unit` are −1 for none.
    """

    name: str
    label: Label
    order: int
    field: int
    heads: int
    unit: int
    muster_duty: Duration
    muster_off_duty: Duration
    travel: Duration
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """The teams of one kind that one actor has."""

    actor: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Stock:
    """What one actor has of a thing that is used up; without `refill` it is gone for good."""

    actor: int
    name: str
    label: Label
    count: int
    endurance: Duration | None
    refill: Duration | None
