"""Every flaw of an office's plan: the register, the needs, local strength and arrangements, looked at together."""

from __future__ import annotations

from typing import Literal

from sim.plan.compile import compile_plan
from sim.plan.compiled import Plan
from sim.plan.schema import Roster, Scenario
from sim.review.flaws.command import command_flaws
from sim.review.flaws.flaw import Flaw, in_order
from sim.review.flaws.limits import limit_flaws
from sim.review.flaws.owners import owner_flaws
from sim.review.flaws.paper import Paper
from sim.review.flaws.reach import reach_flaws
from sim.review.flaws.scope import scope_flaws


def plan_flaws(roster: Roster) -> tuple[Flaw, ...]:
    """Return what the plan leaves open, the grave first. Nothing is played: rules are laid over the data."""
    paper = Paper(roster, bare_plan(roster, "urban"), bare_plan(roster, "township"))
    return in_order(
        [
            *owner_flaws(paper),
            *reach_flaws(paper),
            *scope_flaws(paper),
            *command_flaws(paper),
            *limit_flaws(paper),
        ]
    )


def bare_plan(roster: Roster, zone: Literal["urban", "township"] = "urban") -> Plan:
    """Return what a roster compiles to by itself: no guests, and a scenario in which nothing happens."""
    nothing = {
        "id": "nothing", "title": {"zh": "空", "en": "Nothing"}, "summary": "空", "purpose": "研究性",
        "start": "2026-01-05T09:00+08:00", "horizon": "1 min",
        "site": {"name": "空", "industry": "空", "location": "空", "zone": zone}, "injects": {},
    }  # fmt: skip
    return compile_plan(roster, Scenario.model_validate(nothing))
