"""Grades of accidents, report forms, the safety of rescuers and rules of drills, compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.plan.compiled.situation import Label
from sim.plan.conditions import Condition
from sim.plan.durations import Duration


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of accidents: `when` holds if an accident is at least that grave; `parts` are the rules that say so."""

    id: str
    rank: int
    label: Label
    when: Condition
    parts: tuple[tuple[int, Condition], ...]  # (place of the rule, its condition)


@dataclass(frozen=True, slots=True)
class GradeRule:
    """One rule of grading with its source."""

    id: str
    label: Label
    basis: str
    status: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What must be reported to the city even with nobody hurt: any part is enough."""

    label: Label
    when: Condition
    parts: tuple[tuple[str, Condition], ...]
    basis: str
    status: str


@dataclass(frozen=True, slots=True)
class Element:
    """One required element of a report form; without facts and events every report has it."""

    id: str
    label: Label
    facts: tuple[int, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A report form and its required elements."""

    id: str
    label: Label
    elements: tuple[Element, ...]
    basis: str
    status: str


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """A rule of the safety of rescuers; see `sim.plan.schema.SafetyRule` for what each kind demands.

    `bands` are pairs of a concentration and the ticks that work may last above it, the lowest first.
    """

    id: str
    kind: Literal["before_entry", "standby", "exposure", "withdrawal", "prohibition"]
    label: Label
    duties: frozenset[int]
    when: Condition
    requires: Condition | None
    stock: str
    fact: int
    bands: tuple[tuple[float, int], ...]
    count: Duration | None
    basis: str
    status: str


@dataclass(frozen=True, slots=True)
class DrillRule:
    """How often, in months, the office or an enterprise must drill; `where` says which scenarios it speaks of."""

    id: str
    label: Label
    binds: Literal["office", "enterprise"]
    months: int
    where: Condition | None
    basis: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Law:
    """What binds every office, grades from the lowest rank; empty where nothing is given."""

    grades: tuple[Grade, ...] = ()
    rules: tuple[GradeRule, ...] = ()
    near_miss: NearMiss | None = None
    casualties: tuple[int, ...] = ()
    forms: tuple[Form, ...] = ()
    safety: tuple[SafetyRule, ...] = ()
    drills: tuple[DrillRule, ...] = ()
