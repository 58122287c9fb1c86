"""What a change can touch through the office's arrangements (rule 33 c).

Three units whose needs last, each with a duty of its own; `x.a` makes something true that it sees. By itself that
touches nobody else, and each story adds the one arrangement that reads it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from build import DESK, duty, fact, inject, need, unit, work
from commanded import CHIEF, DEPUTY, conference, field, group, handover, level, person, swift, termination

from sim.plan.closure import influence_closure
from sim.plan.compiled import Plan, Road
from sim.plan.durations import ZERO
from sim.play.engine import Engine, draws_for

EVERYTHING = {"x.a", "x.b", "x.c"}


def office(a: Any = None, b: Any = None, injects: Any = None, **arrangements: Any) -> Plan:
    facts = {**{f"f{one}": fact("flag") for one in "abc"}, "told": fact("flag"), "other": fact("flag")}
    own = {"form": "once", "sees": ["told"], "achieves": {"set": {"told": True}}, **(a or {})}
    units = {
        "甲": unit(1, {"x.a": duty("na", **own)}, work={"x.a": work("5 min")}),
        "乙": unit(2, {"x.b": duty("nb", **{"sees": [], **(b or {})})}, work={"x.b": work("5 min")}),
        "丙": unit(3, {"x.c": duty("nc", sees=[])}, work={"x.c": work("5 min")}),
    }
    end = arrangements.pop("end", None)
    people = {"people": {CHIEF: person(order=1), DEPUTY: person(order=2, field=1)}}
    told = {"I1": inject([DESK], tells={"fa": True, "fb": True, "fc": True}), **(injects or {})}
    return swift(
        facts, {f"n{one}": need(f"f{one}") for one in "abc"}, units, told, {**people, **arrangements},
        facts={"fa": True, "fb": True, "fc": True}, **({"end": end} if end else {}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "touched"),
    [
        pytest.param({}, {"x.a"}, id="nothing reads it"),
        pytest.param({"levels": {"l": level(1, "other")}}, {"x.a"}, id="a level that reads something else"),
        pytest.param({"levels": {"l": level(1, "told")}}, EVERYTHING, id="a level: its approval takes a hand"),
        pytest.param({"handover": handover("told")}, EVERYTHING, id="a hand-over: its approval takes a hand"),
        pytest.param({"b": {"standby": "told"}}, EVERYTHING, id="a standby: a call"),
        pytest.param({"field": field(conference=conference())}, {"x.a"}, id="what a conference tells anyhow"),
        pytest.param({"field": field(relay=None), "groups": {"g": group("甲", "乙")}}, {"x.a"}, id="a group"),
        pytest.param({"termination": termination()}, {"x.a"}, id="a termination without an end"),
        pytest.param({"termination": termination(), "end": {"when": "told"}}, EVERYTHING, id="an end"),
    ],
)  # fmt: skip
def test_each_edge_of_an_arrangement(given: dict[str, Any], touched: set[str]) -> None:
    """Rule 33 (c): what reads what x.a tells is touched by it, and by nothing else."""
    assert influence_closure(office(**given), ["x.a"]) == touched


def test_time_since_an_event_of_command_is_an_edge_and_no_error() -> None:
    """Rules 33 and 34: an inject after the receipt depends on what asks for the hand-over."""
    later = {"I9": inject([], when="elapsed(handed_over) >= 1 min", makes={"set": {"other": True}})}
    plan = office(b={"condition": "other"}, injects=later, handover=handover("told"))
    assert influence_closure(plan, ["x.a"]) == EVERYTHING
    assert Engine(plan).play(draws_for(1, 0)) != []


@pytest.mark.parametrize(("blocked", "touched"), [("told", EVERYTHING), ("other", {"x.a"})])
def test_the_road_of_whoever_commands_at_the_scene_is_an_edge(blocked: str, touched: set[str]) -> None:
    """Rules 27 and 33 (c): when he is there orders go through leads; his road may be blocked by what x.a makes true."""
    plan = office(field=field(conference=conference()))
    hq = plan.actors[plan.command.actor]
    actors = tuple(replace(actor, road="county") if actor is hq else actor for actor in plan.actors)
    place = next(number for number, one in enumerate(plan.facts) if one.id == blocked)
    roads = (Road("county", place, ZERO),)
    assert influence_closure(replace(plan, actors=actors, roads=roads), ["x.a"]) == touched
