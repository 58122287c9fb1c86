"""Look at a scenario's script: play it as expected and as fast as can be, and let the review judge it."""

from __future__ import annotations

from sim.plan.compile import compile_plan
from sim.plan.compiled import Plan
from sim.plan.workspace import LoadedRoster, LoadedScenario
from sim.play.draws import Draws, ExpectedDraws, FastestDraws
from sim.play.engine import Engine
from sim.record.timeline import Timeline
from sim.review.flaws import Flaw, script_flaws


def look_at_script(scenario: LoadedScenario, roster: LoadedRoster) -> tuple[Flaw, ...]:
    """Return what is thin in the script of `scenario`, the grave first."""
    plan = compile_plan(roster.model, scenario.model)
    engine = Engine(plan)
    expected, fastest = (_played(engine, plan, draws) for draws in (ExpectedDraws(), FastestDraws()))
    return script_flaws(expected, fastest, scripted=scenario.model.scripted)


def _played(engine: Engine, plan: Plan, draws: Draws) -> Timeline:
    return Timeline(plan, engine.rows(engine.play(draws), "", 0), {})
