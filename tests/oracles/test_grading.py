"""Grading: what the casualties, the loss and special equipment make an accident (State Council order 493, article 3).

以上 includes its number, 以下 does not; the higher of several rules counts; acute poisoning counts as a serious injury.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from build import DESK, HQ, build, fact, inject, play, rows, scenario, unit
from commanded import POSTS, at_once

from sim.plan.compiled import Plan
from sim.plan.grading import grade_of, is_near_miss
from sim.plan.workspace import load_roster

FACTS = json.loads((Path(__file__).parents[1] / "data" / "reporting_clocks.json").read_text("utf-8"))
VECTORS = FACTS["grading"]["test_vectors"]
NAMES = {"特别重大事故": "severe", "重大事故": "major", "较大事故": "larger", "一般事故": "general"}


@cache
def shipped() -> Plan:
    """The facts and the law of the shipped roster, and nothing else."""
    from sim.plan.compile import compile_plan
    from sim.plan.schema import Scenario

    return compile_plan(
        load_roster().model, Scenario.model_validate(scenario({"I1": inject(["应急值守专班"])}))
    )


def figures(**given: Any) -> list[Any]:
    plan = shipped()
    place = {one.id: at for at, one in enumerate(plan.facts)}
    values = list(plan.truth)
    for name, value in given.items():
        values[place[name]] = value
    return values


def grade(**given: Any) -> str:
    found = grade_of(shipped().law, figures(**given))
    return found.id if found else ""


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_the_order(vector: dict[str, Any]) -> None:
    """Every vector of the collected law, as written there."""
    given = {"dead": vector["deaths"], "seriously_injured": vector["serious"], "loss": vector["loss"]}
    assert grade(**given) == NAMES[vector["level"]]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"dead": 2}, "general"), ({"dead": 3}, "larger"), ({"dead": 9}, "larger"), ({"dead": 10}, "major"),
        ({"dead": 29}, "major"), ({"dead": 30}, "severe"),
        ({"seriously_injured": 9}, "general"), ({"seriously_injured": 10}, "larger"),
        ({"seriously_injured": 49}, "larger"), ({"seriously_injured": 50}, "major"),
        ({"seriously_injured": 99}, "major"), ({"seriously_injured": 100}, "severe"),
        ({"poisoned": 9}, "general"), ({"poisoned": 10}, "larger"),
        ({"seriously_injured": 5, "poisoned": 4}, "general"), ({"seriously_injured": 5, "poisoned": 5}, "larger"),
        ({"loss": 999.99}, "general"), ({"loss": 1000}, "larger"), ({"loss": 4999.99}, "larger"),
        ({"loss": 5000}, "major"), ({"loss": 9999.99}, "major"), ({"loss": 10000}, "severe"),
        ({"injured": 500}, "general"),
    ],
)  # fmt: skip
def test_both_sides_of_each_limit(given: dict[str, Any], found: str) -> None:
    """以上 includes its number: at the limit it is the higher grade, one below it the lower."""
    assert grade(**given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"vessel_exploded": True}, "larger"), ({"crane_overturned": True}, "larger"),
        ({"special_equipment": True, "evacuated": 499}, "general"),
        ({"special_equipment": True, "evacuated": 9999}, "general"),
        ({"special_equipment": True, "evacuated": 10000}, "larger"),
        ({"special_equipment": True, "evacuated": 49999}, "larger"),
        ({"special_equipment": True, "evacuated": 50000}, "major"),
        ({"special_equipment": True, "evacuated": 149999}, "major"),
        ({"special_equipment": True, "evacuated": 150000}, "severe"),
        ({"evacuated": 150000}, "general"),
    ],
)  # fmt: skip
def test_special_equipment_has_rules_of_its_own(given: dict[str, Any], found: str) -> None:
    """A vessel or crane alone makes it larger; people moved count only where special equipment is the cause."""
    assert grade(**given) == found


def test_the_higher_of_two_rules_counts() -> None:
    """Casualties and special equipment are judged side by side, and the graver one is the grade."""
    assert grade(vessel_exploded=True, dead=1) == "larger"
    assert grade(vessel_exploded=True, dead=10) == "major"
    assert grade(dead=3, special_equipment=True, evacuated=50000) == "major"
    assert grade(dead=30, vessel_exploded=True) == "severe"


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ({}, False), ({"endangered": 9}, False), ({"endangered": 10}, True),
        ({"trapped": 2}, False), ({"trapped": 3}, True), ({"missing": 3}, True), ({"trapped": 2, "missing": 1}, True),
        ({"evacuated": 499}, False), ({"evacuated": 500}, True),
        ({"severely_polluted": True}, True), ({"critical_site": True}, True), ({"dead": 2}, False),
    ],
)  # fmt: skip
def test_a_near_miss_with_nobody_hurt(given: dict[str, Any], near: bool) -> None:
    """较大涉险事故, article 26 of order 21: nobody need be hurt; 499 moved is none, 500 is one."""
    assert is_near_miss(shipped().law, figures(**given)) is near


# --- what the office knows of it while the drill is played


LAW = {
    "grades": {name: {"rank": rank, "label": {"zh": name, "en": name}}
               for rank, name in enumerate(("general", "larger", "major"), 1)},
    "rules": {"people": {"label": {"zh": "x", "en": "x"}, "grades": {"larger": "dead >= 3", "major": "dead >= 10"},
                         "basis": "x", "status": "found"}},
    "near-miss": {"label": {"zh": "x", "en": "x"}, "any": {"moved": "moved >= 500"}, "basis": "x", "status": "found"},
}  # fmt: skip


def graded(injects: dict[str, Any]) -> list[tuple[float, list[str], str]]:
    vocabulary = {"dead": fact("count"), "moved": fact("count")}
    drill = scenario({"I1": inject([DESK], tells={"dead": 0}), **injects})
    timeline = play(build(vocabulary, {}, {"消防": unit(1, {})}, drill, law=LAW, posts=POSTS, **at_once()))
    return [
        (row.t / 1000, row.detail["grades"], row.detail["grade"]) for row in rows(timeline, "graded") if row.t
    ]


def test_a_grade_is_what_the_office_knows() -> None:
    """Rule 28: deaths that nobody told make no grade; told, they make it from then on."""
    happened = inject(["消防"], at="T+10", makes={"add": {"dead": 3}})
    assert graded({"I2": happened}) == []
    assert graded({"I2": happened, "I3": inject([HQ], at="T+25", tells={"dead": 3})}) == [
        (25.0, ["larger"], "larger")
    ]


def test_a_graver_grade_is_a_row_each_and_a_milder_one_none() -> None:
    """Rule 28: it rises with what is known; a figure corrected downwards takes no grade back by itself."""
    told = {
        f"I{2 + at}": inject([HQ], at=f"T+{10 * at}", tells={"dead": dead})
        for at, dead in ((1, 2), (2, 3), (3, 2), (4, 10), (5, 3))
    }
    assert graded(told) == [(20.0, ["larger"], "larger"), (40.0, ["major"], "major")]


def test_two_grades_passed_at_once_are_one_row() -> None:
    """Ten dead at once are larger and major; the accident is major."""
    assert graded({"I2": inject([HQ], at="T+10", tells={"dead": 10})}) == [
        (10.0, ["larger", "major"], "major")
    ]


def test_a_near_miss_is_no_grade() -> None:
    """Order 21: 500 moved is a near miss, and the accident stays what it was."""
    assert graded({"I2": inject([HQ], at="T+10", tells={"moved": 500})}) == [(10.0, ["near_miss"], "general")]
