"""Levels of response: local, upwards by themselves, through proposal and approval (rules 26 and 28).

How a level goes down is the matter of conferences: `test_conference.py`.
"""

from __future__ import annotations

from typing import Any

from build import DESK, HQ, OFFICE, fact, inject, log, need, rows, timed, unit
from commanded import CHIEF, CITY, DEPUTY, handover, level, person, played

from sim.record.timeline import Timeline

FACTS = {"fire": fact("flag"), "gas": fact("flag"), "dead": fact("count")}
PEOPLE = {CHIEF: person(order=1), DEPUTY: person(order=2)}
LEVELS = {"low": level(1, "fire"), "mid": level(2, "gas"), "high": level(3, "dead >= 1")}


def command(injects: Any, **more: Any) -> Timeline:
    """Approvals take six minutes; a ring at T+0 tells of fire, so that a response starts at T+6."""
    given = {"people": PEOPLE, "levels": more.pop("levels", LEVELS), **more.pop("also", {})}
    told = {"I1": inject([DESK], tells={"fire": True}), **injects}
    local = {"command__approve": timed("6 min"), **more}
    needs = more.pop("needs", {"burning": need("fire")})
    return played(FACTS, needs, {"消防": unit(1, {})}, told, given, **{"facts": {"fire": True}, **local})


def changes(timeline: Timeline) -> list[tuple[float, str, str]]:
    return [
        (row.t / 1000, row.detail["was"], row.detail["level"])
        for row in rows(timeline, "level_changed")
    ]  # fmt: skip


def test_a_response_starts_at_the_level_that_what_is_known_calls_for() -> None:
    """Rule 28: the highest level that holds on the desk's picture when it is proposed, the lowest if none does."""
    for told, found in (
        ({}, "low"),
        ({"gas": True}, "mid"),
        ({"gas": True, "dead": 1}, "high"),
        ({"fire": False}, "low"),
    ):
        ring = {"I1": inject([DESK], tells={"fire": True, **told})}
        (row,) = rows(command(ring, facts={"fire": True, **told}), "activated")
        assert row.detail["level"] == found
    (row,) = rows(command({}), "activated")
    assert (row.t / 1000, row.detail) == (6.0, {"approver": CHIEF, "level": "low", "proposer": OFFICE})


def test_news_that_call_for_a_higher_level_are_proposed_at_once_and_take_an_approval() -> None:
    """Rule 28: known at T+20, approved and raised at T+26; what is true and not known raises nothing."""
    timeline = command({
        "I2": inject(["消防"], at="T+10", makes={"set": {"gas": True}}),
        "I3": inject([HQ], at="T+20", tells={"gas": True}),
    })  # fmt: skip
    assert changes(timeline) == [(26.0, "low", "mid")]
    (row,) = rows(timeline, "level_changed")
    assert (row.detail["approver"], row.detail["proposer"]) == (CHIEF, OFFICE)
    assert [(signed.t / 1000, signed.detail) for signed in rows(timeline, "signed")][1:] == [
        (26.0, {"what": "level.mid", "by": CHIEF}),
    ]  # fmt: skip


def test_a_level_may_be_passed_over() -> None:
    """Rule 28: the highest that is called for, not the next."""
    assert changes(command({"I2": inject([HQ], at="T+20", tells={"dead": 1})})) == [(26.0, "low", "high")]


def test_two_raises_wait_for_one_signature_after_the_other() -> None:
    """Rules 25 and 28: the same person signs both; the second waits until the first is signed."""
    timeline = command({
        "I2": inject([HQ], at="T+20", tells={"gas": True}), "I3": inject([HQ], at="T+22", tells={"dead": 1}),
    })  # fmt: skip
    assert changes(timeline) == [(26.0, "low", "mid"), (32.0, "mid", "high")]
    (wait,) = rows(timeline, "waiting", waits_for=f"person:{CHIEF}")
    assert (wait.t / 1000, wait.task) == (22.0, "command.level#2")


def test_a_raise_overtaken_by_a_higher_one_changes_nothing_any_more() -> None:
    """Rule 28: approved after a higher level already stands, the lower proposal does not bring it down."""
    levels = {**LEVELS, "high": level(3, "dead >= 1", approver=DEPUTY)}
    timeline = command({
        "I2": inject([HQ], at="T+20", tells={"gas": True}), "I3": inject([HQ], at="T+20", tells={"dead": 1}),
    }, levels=levels)  # fmt: skip
    assert changes(timeline) == [(26.0, "low", "high")]
    slow = command(
        {"I2": inject([HQ], at="T+20", tells={"gas": True}), "I3": inject([HQ], at="T+21", tells={"dead": 1})},
        levels=levels, conditions={"absent": {CHIEF: {"state": "unreachable", "from": "T+10"}}},
        command__tries=3, command__next=timed("10 min"),
    )  # fmt: skip
    assert changes(slow) == [(27.0, "low", "high")]


def test_nothing_goes_down_without_a_conference() -> None:
    """Rule 28: downwards by decision; where nobody confers the level stands to the end."""
    timeline = command({
        "I2": inject([HQ], at="T+20", tells={"gas": True}), "I3": inject([HQ], at="T+30", tells={"gas": False}),
    })  # fmt: skip
    assert changes(timeline) == [(26.0, "low", "mid")]


def test_a_call_for_a_level_that_passes_before_the_signature_is_signed_all_the_same() -> None:
    """Rule 28: what was proposed on the news of its time is approved; a conference may lower it later."""
    timeline = command({
        "I2": inject([HQ], at="T+20", tells={"gas": True}), "I3": inject([HQ], at="T+22", tells={"gas": False}),
    })  # fmt: skip
    assert changes(timeline) == [(26.0, "low", "mid")]


def test_news_between_proposal_and_start_raise_the_level_afterwards() -> None:
    """Rule 28: gas is known at T+3, while the low level is being approved: it starts low and is raised."""
    timeline = command({"I2": inject([DESK], at="T+3", tells={"gas": True})})
    assert rows(timeline, "activated")[0].detail["level"] == "low"
    assert changes(timeline) == [(12.0, "low", "mid")]


def test_after_the_end_and_after_the_receipt_no_level_changes() -> None:
    """Rules 28 and 29: nobody raises the level of a response that is over, or that is the city's."""
    late = {
        "I2": inject([HQ], at="T+10", tells={"fire": False}),
        "I3": inject([HQ], at="T+40", tells={"gas": True}),
    }
    over = command(late, end={"when": "not fire", "hold": "0 min"})
    assert rows(over, "terminated") != []
    assert changes(over) == []
    quick = handover("dead >= 3", decide=timed("0 min"), travel=timed("0 min"), exchange=timed("0 min"))
    gone = {
        "I2": inject([HQ], at="T+10", tells={"dead": 3}),
        "I3": inject([HQ], at="T+40", tells={"gas": True}),
    }
    levels = {"low": level(1, "fire"), "mid": level(2, "gas")}
    handed = command(gone, levels=levels, also={"handover": quick}, guests=CITY)
    assert rows(handed, "handed_over") != []
    assert changes(handed) == []


def test_without_a_table_of_levels_there_are_none() -> None:
    """Rule 26: not activated, activated, handed over or terminated; no level is invented."""
    timeline = command({"I2": inject([HQ], at="T+20", tells={"gas": True})}, levels={})
    assert rows(timeline, "activated")[0].detail == {"approver": CHIEF}
    assert changes(timeline) == []


def test_conditions_know_when_a_level_began() -> None:
    """Rules 28 and 34: `elapsed(level.mid)` runs from the row that raised it."""
    later = inject([HQ], when="elapsed(level.mid) >= 10 min", tells={})
    timeline = command({"I2": inject([HQ], at="T+20", tells={"gas": True}), "I3": later})
    assert log(timeline, "inject_given", inject="I3") == [(36.0, "inject_given", "I3")]


def test_after_the_receipt_the_district_proposes_no_level_either() -> None:
    """Rule 28: the city commands; nobody of the district signs a level that would change nothing."""
    also = {
        "handover": handover(
            "dead >= 1", decide=timed("1 min"), travel=timed("1 min"), exchange=timed("1 min")
        )
    }
    levels = {"low": level(1, "fire"), "high": level(2, "gas")}
    gas = inject([HQ], at="T+60", tells={"gas": True})
    timeline = command({"I2": inject([HQ], at="T+10", tells={"dead": 1}), "I3": gas}, levels=levels, also=also,
                       guests=CITY)  # fmt: skip
    (over,) = rows(timeline, "handed_over")
    assert over.t < 60_000
    assert [row for row in rows(timeline, "signed", "decided") if row.t >= 60_000] == []
