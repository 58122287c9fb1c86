"""Everything about one drill, together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sim.plan.compiled.cast import Actor, Pool, Post, Stock
from sim.plan.compiled.command import Arrangements, Command, Desk
from sim.plan.compiled.duties import Duty, Norm, Outside
from sim.plan.compiled.law import Law
from sim.plan.compiled.script import Aftermath, Broken, Busy, Hazard, Inject, Road, Weather
from sim.plan.compiled.situation import Fact, Label, Need, Timer
from sim.plan.conditions import Condition

NO_LAW: Final = Law()
PLAIN: Final = Arrangements()


@dataclass(frozen=True, slots=True)
class Assumption:
    """One local assumption, for the first page of every report."""

    path: str
    text: str
    grade: str
    source: str
    source_id: str


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
    law: Law = NO_LAW
    arrangements: Arrangements = PLAIN
    stocks: tuple[Stock, ...] = ()
    networks: tuple[Broken, ...] = ()
    busy: tuple[Busy, ...] = ()
    roads: tuple[Road, ...] = ()
    weather: Weather | None = None
    together: float = 0.0  # correlation of muster times over units
    days_off: frozenset[date] = frozenset()
    days_on: frozenset[date] = frozenset()
    aftermath: tuple[Aftermath, ...] = ()
