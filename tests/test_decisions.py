"""The decision log and the posts of command: every decision once, with its options, reason and signer, in words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from build import DESK, HQ, OFFICE, duty, fact, inject, need, network, play, timed, unit, work
from commanded import (
    CHIEF,
    CITY,
    DEPUTY,
    SECOND,
    conference,
    field,
    handover,
    level,
    person,
    played,
    road,
    termination,
)

from sim.plan.workspace import load_scenario
from sim.play.simulate import simulate
from sim.record.timeline import Timeline
from sim.report.decisions import decision_log, posts_held, signed
from sim.report.notes import note_of
from sim.review.decisions import decisions
from sim.review.drill import Drill
from sim.review.names import Names
from sim.review.posts import posts

FACTS = {"fire": fact("flag"), "gas": fact("flag"), "dead": fact("count")}
NEEDS = {"burning": need("fire")}
PEOPLE = {CHIEF: person(order=1), DEPUTY: person(order=2, heads=OFFICE), SECOND: person(order=3, field=1)}
LEVELS = {"low": level(1, "fire"), "high": level(2, "gas", hold="5 min")}


def command(injects: Any, **more: Any) -> Timeline:
    crew = {"fire.work": duty("burning", form="sustained", sees=["fire"])}
    units = {"消防": unit(1, crew, work={"fire.work": work()})}
    given = {
        "people": PEOPLE,
        "levels": LEVELS,
        "field": field(conference=conference()),
        **more.pop("also", {}),
    }
    told = {"I1": inject([DESK], tells={"fire": True}), **injects}
    return played(FACTS, NEEDS, units, told, given, facts={"fire": True}, horizon="90 min", **more)


def told(timeline: Timeline) -> list[tuple[float, str, str, str]]:
    return [(one.row.t / 1000, one.question, one.decision, one.who) for one in decisions(Drill(timeline))]


GAS = {"I2": inject([HQ], at="T+9", tells={"gas": True}), "I3": inject([HQ], at="T+10", tells={"gas": False})}


def test_every_decision_stands_once_in_order_of_time() -> None:
    """Started, sent, raised, lowered by a conference (told there and not again), end approved."""
    out = inject([HQ], at="T+45", tells={"fire": False})
    timeline = command(
        {**GAS, "I4": out}, also={"termination": termination()}, end={"when": "not fire", "hold": "0 min"}
    )
    assert told(timeline) == [
        (0.0, "activate", "start", CHIEF), (0.0, "field_commander", SECOND, CHIEF), (9.0, "level", "high", CHIEF),
        (13.0, "level", "high", SECOND), (37.0, "level", "low", SECOND), (61.0, "course", "watch_end", SECOND),
        (67.0, "terminate", "end", CHIEF),
    ]  # fmt: skip


def test_a_reason_is_what_was_known_then() -> None:
    """What headquarters knew when it was signed, neither before nor after."""
    (raised,) = [
        one for one in decisions(Drill(command(GAS))) if one.question == "level" and one.row.t == 9000
    ]
    assert raised.options == ("low", "high")
    assert raised.reason == {"facts": {"gas": True}, "proposer": OFFICE}


def test_who_stood_in_is_a_decision_with_its_tries_and_the_rest_say_for_whom() -> None:
    gone = {"absent": {CHIEF: {"state": "unreachable"}}}
    found = decisions(Drill(command({}, conditions=gone)))
    stood_in, started = found[0], found[1]
    assert (stood_in.question, stood_in.about, stood_in.decision, stood_in.reason) == (
        "substitute", CHIEF, DEPUTY, {"tries": 2},
    )  # fmt: skip
    assert stood_in.options == (CHIEF, DEPUTY, SECOND)
    assert (started.who, started.acting_for) == (DEPUTY, CHIEF)


def test_a_signed_report_says_what_it_was_due_from_and_who_put_it_up() -> None:
    """Begun as the desk picks up at T+0, put up for signature as it is drafted at T+7, signed in no time."""
    written = {
        "written": {"label": {"zh": "书面", "en": "written"}, "line": "department", "to": ["市局"], "mode": "written",
                    "starts": "reception", "draft": "7 min", "signed": True, "send": "0 min", "src": "t"},
    }  # fmt: skip
    (paper,) = [
        one for one in decisions(Drill(command({}, also={"reports": written}))) if one.question == "paper"
    ]
    assert paper.reason == {"starts": "reception", "author": DESK, "asked": 7.0}


def test_posts_and_who_held_them() -> None:
    """The commander until the city, who acted, who commanded at the scene first and then, and where it stood."""
    dead = {"I2": inject([HQ], at="T+1", tells={"dead": 3})}
    quick = handover("dead >= 3", decide=timed("10 min"), travel=timed("10 min"), exchange=timed("10 min"))
    people = {**PEOPLE, SECOND: person(order=3, field=1, travel=road(5))}
    timeline = command(
        dead, also={"handover": quick, "field": field(interim={"消防": 1}), "people": people}, guests=CITY,
        conditions={"absent": {CHIEF: {"state": "unreachable", "from": "T+0", "to": "T+20"}}},
    )  # fmt: skip
    held = [
        (one.post, one.who, one.begin / 1000, one.end / 1000, one.state) for one in posts(Drill(timeline))
    ]
    assert held == [
        ("commander", CHIEF, 0.0, 20.0, "unreachable"), ("acting", DEPUTY, 0.0, 20.0, ""),
        ("interim", "消防", 0.0, 5.0, ""), ("field", SECOND, 5.0, 31.0, ""),
        ("commander", CHIEF, 20.0, 31.0, ""),  # not while nobody can reach him
        ("city", "市级", 31.0, 90.0, ""),
    ]  # fmt: skip


def test_who_signs_a_letter_for_another_post_does_not_act_for_it() -> None:
    """The commander is out of reach until T+20; at T+5 a letter is signed in place of a deputy who is out of reach."""
    gone = {"state": "unreachable"}
    levels = {**LEVELS, "high": level(2, "gas", approver=SECOND)}
    timeline = command(
        {"I2": inject([HQ], at="T+5", tells={"gas": True})}, also={"levels": levels},
        conditions={"absent": {CHIEF: {**gone, "from": "T+0", "to": "T+20"}, SECOND: gone}},
    )  # fmt: skip
    assert [row.detail["for"] for row in timeline.rows if row.event == "substituted"] == [CHIEF, SECOND]
    acted = [one for one in posts(Drill(timeline)) if one.post == "acting"]
    assert [(one.who, one.begin, one.end) for one in acted] == [(DEPUTY, 0, 20_000)]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["blast-furnace-gas", "ammonia-cold-store"])
def test_no_id_and_no_gap_in_the_words_of_the_shipped_scenarios(name: str, lang: Any) -> None:
    """Each cell reads in words; a decision names its evidence."""
    timeline = simulate(load_scenario(name), expected=True)
    log, held, papers = decision_log(timeline, lang), posts_held(timeline, lang), signed(timeline, lang)
    assert len(log) >= 4
    assert len(held) >= 3
    assert len(papers) >= 2
    cells = [cell for line in (*log, *held, *papers) for cell in line.cells]
    assert [cell for cell in cells if "_" in cell or "{" in cell] == []
    if lang == "zh":
        assert [cell for cell in cells if re.search(r"[a-z]{3,}", cell)] == []
    else:
        assert [cell for cell in cells if re.search(r"[\u4e00-\u9fff]", cell)] == []
    assert all(line.evidence for line in log)
    assert [line.cells for line in log if not line.cells[4]] == []  # each says why


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rows_of_command_are_told_in_words(lang: Any) -> None:
    """Each row of the field headquarters, its conferences and decisions has a note without an id in it."""
    dead = {"I2": inject([HQ], at="T+16", tells={"dead": 3})}
    quick = handover("dead >= 3", decide=timed("10 min"), travel=timed("10 min"), exchange=timed("10 min"))
    timeline = command(dead, also={"handover": quick}, guests=CITY)
    names = Names(timeline.plan)
    events = ("conference", "decided", "field_established", "field_dissolved", "field_commander")
    notes = {
        event: [note_of(row, names, lang) for row in timeline.rows if row.event == event] for event in events
    }
    assert all(texts and all(texts) for texts in notes.values())
    assert [text for texts in notes.values() for text in texts if "_" in text or "{" in text] == []


def test_a_plan_of_networks_has_neither() -> None:
    timeline = play(network({"go": fact("flag")}, {"n": need("go")}, {"x.a": duty("n")}))
    assert decision_log(timeline, "zh") == []
    assert posts_held(timeline, "zh") == []
