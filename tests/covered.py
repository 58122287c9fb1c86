"""A small office with one unit for each way in which a duty can fare, and scenarios that tell of a fire or a leak."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from build import DESK, at_once, duty, fact, inject, need, roster, scenario, unit, work

from sim.plan.compile import compile_plan
from sim.plan.schema import Roster, Scenario
from sim.play.engine import Engine, draws_for
from sim.record.timeline import Timeline
from sim.review.coverage import Coverage, Scene, judge, look


def paper(quote: str, phase: str, outside: str) -> dict[str, Any]:
    return {"name": {"zh": quote, "en": quote}, "quote": quote, "phase": phase, "outside": outside}


FACTS = {name: fact("flag") for name in ("fire", "leak", "storm")}
NEEDS = {
    "fire": need("fire"),
    "leak": need("leak"),
    "storm": need("storm"),
    "void": need("leak and not leak"),
}
PUT_OUT = {"achieves": {"set": {"fire": False}}, "sees": ["fire"]}
FAR = {"urban": "60 min", "township": "60 min", "src": "t"}
UNITS: dict[str, Any] = {
    "消防": unit(
        1, {"a.fire": duty("fire", **PUT_OUT), "a.leak": duty("leak", condition="storm")},
        work={"a.fire": work("5 min"), "a.leak": work("5 min")},
    ),
    "远队": unit(2, {"b.fire": duty("fire", role="support")}, travel=FAR, work={"b.fire": work("5 min")}),
    "难找": unit(
        3, {"c.leak": duty("leak", role="support")}, work={"c.leak": work("5 min")},
        answer={"chance": 0.5, "tries": 1, "src": "t"},
    ),
    "水利": unit(4, {"d.storm": duty("storm")}, work={"d.storm": work("5 min")}),
    "空头": unit(5, {"e.void": duty("void")}, work={"e.void": work("5 min")}),
    "来客": unit(6, {"f.fire": duty("fire", role="support")}, work={"f.fire": work("1 min")}),
    "逐次": unit(7, {"g.each": duty("leak", role="support", each="inject")}, work={"g.each": work("1 min")}),
    "纸面": unit(
        8,
        {
            "h.major": paper("重特大事故救援", "response", "words"),
            "h.prevent": paper("平时检查", "prevention", "phase"),
            "h.daily": paper("日常工作", "standing", "phase"),
            "h.command": paper("组织指挥", "response", "command"),
            "h.later": paper("事后抚恤", "recovery", "later"),
        },
    ),
}  # fmt: skip
INVITED = dict.fromkeys((name for name in UNITS if name != "来客"), "参演")


def office(units: Mapping[str, Any] = UNITS) -> Roster:
    return roster(FACTS, NEEDS, units, **at_once())


def drill(name: str, *true: str, participants: Mapping[str, str] = INVITED) -> Scenario:
    """A scenario in which some facts are true from the start, and are told at T+0."""
    now = dict.fromkeys(true, True)
    told = {"I01": inject([DESK], tells=now)}
    return Scenario.model_validate({**scenario(told, facts=now, participants=dict(participants)), "id": name})


def scene(given: Scenario, of: Roster, seeds: int = 8) -> Scene:
    plan = compile_plan(of, given)
    engine = Engine(plan)

    def played(seed: int) -> Timeline:
        raw = engine.play(draws_for(seed, 0, expected=not seed))
        return Timeline(plan, engine.rows(raw, "", 0), {})

    return Scene(plan, look(played(0)), tuple(look(played(seed), seed) for seed in range(1, seeds + 1)))


def covered(*drills: Scenario, of: Roster | None = None, seeds: int = 8) -> Coverage:
    the_office = of or office()
    return judge(the_office, [scene(each, the_office, seeds) for each in drills])


def found(coverage: Coverage, duty_id: str) -> tuple[str, tuple[str, ...], str]:
    clause = next(clause for clause in coverage.clauses if clause.duty == duty_id)
    return clause.status, clause.scenarios, clause.reason("zh")
