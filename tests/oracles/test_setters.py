"""Rule 7 on paper: `check` warns of two writers just where the engine may see them write at one instant.

Every story is played too: where the warning stands a conflict is recorded, where it does not there is none.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from small import SCENARIO, copy

import sim

HEAD = "from: 导调, to: [指挥部], channel: phone, title: 变化, message: 情况有变。"
STRONG, CALM = "makes: {set: {wind: strong}}", "makes: {set: {wind: calm}}"
GAS = f"{{at: T+30, {HEAD}, makes: {{set: {{gas: 500}}}}}}"
LABEL = "label: {zh: 变风, en: The wind}"


def story(folder: Path, injects: dict[str, str], hazards: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the facts that `check` warns of, and those of the conflicts in the expected play."""
    plan = copy(folder)
    place = plan / SCENARIO
    text = place.read_text(encoding="utf-8")
    text = text.replace("hazards:\n", "".join(f"  {k}: {v}\n" for k, v in injects.items()) + "hazards:\n")
    text = text.replace("end: {when", "".join(f"  {k}: {v}\n" for k, v in hazards.items()) + "end: {when")
    place.write_text(text, encoding="utf-8")
    roster = sim.load_roster(plan)
    scenario = sim.load_scenario(place, roster)
    warned = [p.values["name"] for p in scenario.warnings if p.code == "several-setters"]
    drill = sim.simulate(scenario, roster, expected=True)
    return warned, sorted({row.detail["fact"] for row in drill.rows if row.event == "conflict"})


def inject(when: str, makes: str) -> str:
    return f"{{{when}, {HEAD}, {makes}}}"


MEET = {
    "two times that are equal": ({"C1": inject("at: T+30", STRONG), "C2": inject("at: T+30", CALM)}, {}),
    "a fixed time and a fixed delay after another": (
        {"C1": inject("at: T+30", STRONG), "C2": inject("after: {event: C3, delay: 10 min}", CALM),
         "C3": inject("after: {event: I01, delay: 20 min}", "notes: 无")},
        {},
    ),
    "the same delay after the same event": (
        {"C1": inject("after: {event: activated, delay: 9 min}", STRONG),
         "C2": inject("when: elapsed(activated) >= 9 min", CALM)},
        {},
    ),
    "one sets off the other": (
        {"C1": inject("at: T+30", "makes: {set: {wind: strong, gas: 500}}"),
         "C2": inject("when: gas >= 400", CALM)},
        {},
    ),
    "one sets off the other through a third": (
        {"C1": inject("at: T+30", "makes: {set: {wind: strong, gas: 500}}"),
         "C2": inject("when: injured >= 90", CALM),
         "C3": inject("when: gas >= 400", "makes: {add: {injured: 90}}")},
        {},
    ),
    "both are set off by a third": (
        {"C1": inject("when: gas >= 400", STRONG), "C2": inject("when: gas >= 450", CALM), "C3": GAS},
        {},
    ),
    "an exception that ends": (
        {"C1": inject("at: T+30", "makes: {set: {wind: strong, gas: 5}}"),
         "C2": inject("when: trapped > 0, unless: gas > 9, window: {from: T+1}", CALM)},
        {},
    ),
    "what held before is given as the window opens": (
        {"C1": inject("at: T+30", STRONG), "C2": inject("when: trapped > 0, window: {from: T+30}", CALM)},
        {},
    ),
    "what holds from the start": (
        {"C1": inject("at: T+0", STRONG), "C2": inject("when: trapped > 0", CALM)},
        {},
    ),
    "a hazard that goes on just then": (
        {"C1": inject("at: T+20", CALM)},
        {"H2": f"{{{LABEL}, while: trapped > 0, every: 10 min, set: {{wind: strong}}, at-most: 3}}"},
    ),
    "a hazard that another inject sets off": (
        {"C1": inject("at: T+45", CALM), "C3": GAS},
        {"H2": f"{{{LABEL}, while: gas >= 400, every: 5 min, set: {{wind: strong}}, at-most: 3}}"},
    ),
    "two hazards": (
        {},
        {"H2": f"{{{LABEL}, while: trapped > 0, every: 10 min, set: {{wind: strong}}, at-most: 3}}",
         "H3": f"{{{LABEL}, while: leaking, every: 20 min, set: {{wind: calm}}, at-most: 3}}"},
    ),
}  # fmt: skip
APART = {
    "other times": ({"C1": inject("at: T+30", STRONG), "C2": inject("at: T+31", CALM)}, {}),
    "other delays": (
        {"C1": inject("at: T+30", STRONG), "C2": inject("after: {event: I01, delay: 29 min}", CALM)},
        {},
    ),
    "conditions that have nothing in common": (
        {"C1": inject("when: rescued >= 1", STRONG), "C2": inject("when: gas >= 400", CALM), "C3": GAS},
        {},
    ),
    "what goes the wrong way": (
        {"C1": inject("at: T+30", "makes: {set: {wind: strong, leaking: false}}"),
         "C2": inject("when: leaking", CALM)},
        {},
    ),
    "either the one or the other": (
        {"C1": inject("when: leaking, window: {from: T+7}", STRONG),
         "C2": inject("when: not leaking, window: {from: T+7}", CALM)},
        {},
    ),
    "a hazard that goes on at other times": (
        {"C1": inject("at: T+25", CALM)},
        {"H2": f"{{{LABEL}, while: trapped > 0, every: 10 min, set: {{wind: strong}}, at-most: 3}}"},
    ),
    "an inject makes it and a duty ends it": ({"C1": inject("at: T+9", "makes: {set: {leaking: true}}")}, {}),
    "the same value": ({"C1": inject("at: T+30", STRONG), "C2": inject("at: T+30", STRONG)}, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", MEET)
def test_writers_that_may_meet_are_warned_of_and_their_conflict_is_recorded(
    name: str, tmp_path: Path
) -> None:
    assert story(tmp_path, *MEET[name]) == (["wind"], ["wind"])


@pytest.mark.parametrize("name", APART)
def test_writers_that_cannot_meet_are_not_warned_of(name: str, tmp_path: Path) -> None:
    assert story(tmp_path, *APART[name]) == ([], [])


def test_what_the_end_of_a_duty_sets_off_may_meet_it(tmp_path: Path) -> None:
    again = {"C1": inject("when: done(fire.stop)", "makes: {set: {leaking: true}}")}
    assert story(tmp_path, again, {}) == (["leaking"], ["leaking"])
