"""What can be true, what it demands, and who measures time from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sim.plan.conditions import Condition

Label = Mapping[str, str]
Writes = tuple[tuple[int, Any], ...]
"""Pairs of a fact's place and a value to set, or a number to add."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One quantity of the situation, or a pseudo-fact such as ``done(crew.rescue)`` written by the engine."""

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
class Timer:
    """A pseudo-fact that becomes true `delay` after an event: ``elapsed(I02) >= 10 min`` or ``late(norm)``."""

    fact: int
    event: str  # inject id, activated, terminated, or duty.stage
    delay: int
    norm: int  # −1, or the norm whose stage must still be missing
    hq: bool  # whether a need or the end reads it (what headquarters knows)
