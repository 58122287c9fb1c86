"""The whole plan of one drill."""

from __future__ import annotations

from datetime import date
from typing import Final

from sim.plan import compiled as c
from sim.plan import schema as s
from sim.plan.assume import assume
from sim.plan.assumptions import list_assumptions
from sim.plan.compile.cast import compile_actor, compile_posts
from sim.plan.compile.command import compile_arrangements, compile_command, compile_desk
from sim.plan.compile.duties import compile_duties, compile_norms, compile_outside
from sim.plan.compile.law import compile_law
from sim.plan.compile.pseudo import compile_timers
from sim.plan.compile.script import (
    compile_aftermath,
    compile_busy,
    compile_hazards,
    compile_injects,
    compile_networks,
    compile_roads,
    compile_weather,
)
from sim.plan.compile.situation import compile_facts, compile_needs, compile_truth
from sim.plan.compile.vocabulary import Vocabulary, label, ticks
from sim.plan.moments import clock_minutes

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def compile_plan(roster: s.Roster, scenario: s.Scenario) -> c.Plan:
    """Return the frozen plan of `scenario` as played with `roster`, its `assume` overrides applied."""
    roster = assume(roster, scenario.assume, scenario.id)
    v = Vocabulary(roster, roster.strength, scenario)
    hours, facts = roster.strength.hours, compile_facts(v)
    return c.Plan(
        id=scenario.id,
        title=label(scenario.title),
        summary=scenario.summary,
        purpose=scenario.purpose,
        site=scenario.site.name,
        zone=scenario.site.zone,
        start=scenario.start_time(),
        horizon=ticks(scenario.horizon),
        network=scenario.network,
        office_days=frozenset(_DAYS.index(day) for day in hours.days),
        office_begin=clock_minutes(hours.begin),
        office_end=clock_minutes(hours.end),
        facts=facts,
        truth=compile_truth(v, facts),
        needs=compile_needs(v),
        actors=tuple(compile_actor(v, *member) for member in v.cast),
        pools=v.pools,
        duties=compile_duties(v),
        outside=compile_outside(v),
        norms=compile_norms(v),
        injects=compile_injects(v),
        hazards=compile_hazards(v),
        timers=compile_timers(v),
        desk=compile_desk(v),
        command=compile_command(v),
        end=v.condition(scenario.end.when) if scenario.end else None,
        end_hold=ticks(scenario.end.hold) if scenario.end else 0,
        objectives=dict(sorted(scenario.objectives.items())),
        assumptions=list_assumptions(roster, scenario),
        posts=compile_posts(v),
        law=compile_law(v),
        arrangements=compile_arrangements(v),
        stocks=v.stocks,
        networks=compile_networks(v),
        busy=compile_busy(v),
        roads=compile_roads(v),
        weather=compile_weather(v),
        together=roster.strength.together.muster if roster.strength.together else 0.0,
        days_off=frozenset(date.fromisoformat(day) for day in hours.holidays),
        days_on=frozenset(date.fromisoformat(day) for day in hours.workdays),
        aftermath=compile_aftermath(v),
    )
