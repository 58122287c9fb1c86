"""Posts are held by people: one place, one thing at a time, and an order of substitution (rule 25).

Approvals take six minutes and every call one; three tries, four minutes apart, before somebody stands in.
"""

from __future__ import annotations

from typing import Any

from build import DESK, HQ, OFFICE, fact, inject, log, need, rows, timed, unit
from commanded import CHIEF, DEPUTY, SECOND, THIRD, field, handover, level, person, played
from office import report

from sim.record.timeline import Timeline

FACTS = {"fire": fact("flag"), "gas": fact("flag"), "dead": fact("count")}
PEOPLE = {CHIEF: person(order=1), DEPUTY: person(order=2), SECOND: person(order=3), THIRD: person()}
GONE = {"state": "unreachable"}


def command(injects: Any = None, absent: Any = None, people: Any = None, **more: Any) -> Timeline:
    given = {"people": PEOPLE if people is None else people, **more.pop("also", {})}
    told = {"I1": inject([DESK], tells={"fire": True}), **(injects or {})}
    local = {"command__approve": timed("6 min"), "calls__answered": timed("1 min"),
             "calls__unanswered": timed("1 min"), "command__next": timed("4 min"), "command__tries": 3}  # fmt: skip
    return played(
        FACTS, {"burning": need("fire")}, {"消防": unit(1, {})}, told, given, facts={"fire": True},
        conditions={"absent": absent or {}}, **{**local, **more},
    )  # fmt: skip


def signatures(timeline: Timeline) -> list[tuple[float, str, str, str]]:
    return [
        (row.t / 1000, row.detail["what"], row.detail["by"], row.detail.get("for", ""))
        for row in rows(timeline, "signed")
    ]


# --- who signs


def test_the_holder_of_the_post_signs() -> None:
    """Rule 25: one call, six minutes, signed by name, on a row of headquarters."""
    timeline = command()
    assert signatures(timeline) == [(7.0, "desk.activate", CHIEF, "")]
    assert [row.unit for row in rows(timeline, "signed")] == [HQ]


def test_out_of_reach_the_next_in_order_signs_for_him() -> None:
    """Rule 25: after three tries; the row is the acting body's, and says for whom."""
    timeline = command(absent={CHIEF: GONE})
    assert signatures(timeline) == [(17.0, "desk.activate", DEPUTY, CHIEF)]
    (row,) = rows(timeline, "substituted")
    assert (row.t / 1000, row.unit, row.detail) == (11.0, OFFICE, {"for": CHIEF, "tries": 3, "by": DEPUTY})


def test_the_head_of_the_acting_body_goes_before_the_order_of_substitution() -> None:
    """Rule 25: Annex 3 has the office act, so its head signs first, whatever the order."""
    people = {**PEOPLE, SECOND: person(order=3, heads=OFFICE)}
    assert signatures(command(absent={CHIEF: GONE}, people=people))[0][2] == SECOND


def test_the_order_of_substitution_is_by_rank_and_passes_over_who_is_out_of_reach() -> None:
    """Rule 25: the deputies in their local order; who is away by phone can sign."""
    people = {**PEOPLE, DEPUTY: person(order=3), SECOND: person(order=2)}
    assert signatures(command(absent={CHIEF: GONE}, people=people))[0][2] == SECOND
    assert signatures(command(absent={CHIEF: GONE, DEPUTY: GONE}))[0][2] == SECOND
    assert signatures(command(absent={CHIEF: GONE, DEPUTY: {"state": "away"}}))[0][2] == DEPUTY


def test_who_has_no_order_does_not_stand_in() -> None:
    """Rule 25: with nobody in the order in reach, the body itself signs."""
    timeline = command(absent={CHIEF: GONE, DEPUTY: GONE, SECOND: GONE})
    assert signatures(timeline) == [(17.0, "desk.activate", OFFICE, CHIEF)]


def test_a_deputys_absence_counts_while_it_lasts() -> None:
    """Rule 25: unreachable until T+10, the deputy stands in at T+11; until T+12 the next one does."""
    for until, who in (("T+10", DEPUTY), ("T+12", SECOND)):
        away = {CHIEF: GONE, DEPUTY: {**GONE, "from": "T+0", "to": until}}
        assert signatures(command(absent=away))[0][2] == who


def test_who_acts_goes_on_acting_and_the_absent_are_not_tried_again() -> None:
    """Rule 25: the second signature takes no tries, and the same person gives it."""
    levels = {"low": level(1, "fire"), "mid": level(2, "gas")}
    timeline = command(
        {"I2": inject([HQ], at="T+30", tells={"gas": True})}, {CHIEF: GONE}, also={"levels": levels}
    )
    assert signatures(timeline)[1] == (36.0, "level.mid", DEPUTY, CHIEF)
    assert [row.detail["tries"] for row in rows(timeline, "substituted")] == [3, 0]


def test_a_commander_who_is_back_signs_himself_again() -> None:
    """Rule 25: who acts for him does so while he is out of reach."""
    levels = {"low": level(1, "fire"), "mid": level(2, "gas")}
    back = {CHIEF: {**GONE, "from": "T+0", "to": "T+25"}}
    timeline = command({"I2": inject([HQ], at="T+30", tells={"gas": True})}, back, also={"levels": levels})
    assert signatures(timeline)[1] == (37.0, "level.mid", CHIEF, "")


def test_another_post_out_of_reach_costs_its_tries_each_time() -> None:
    """Rule 25: the commander signs for a deputy out of reach; that is nobody acting for the commander yet."""
    levels = {"low": level(1, "fire"), "mid": level(2, "gas", approver=THIRD)}
    timeline = command(
        {"I2": inject([HQ], at="T+30", tells={"gas": True}), "I3": inject([HQ], at="T+70", tells={"dead": 3})},
        {THIRD: GONE, CHIEF: {**GONE, "from": "T+60"}}, also={"levels": levels, "handover": handover("dead >= 3")},
    )  # fmt: skip
    assert [(row.t / 1000, row.detail) for row in rows(timeline, "substituted")] == [
        (41.0, {"for": THIRD, "tries": 3, "by": CHIEF}), (81.0, {"for": CHIEF, "tries": 3, "by": DEPUTY}),
    ]  # fmt: skip


def test_without_people_a_post_is_a_name() -> None:
    """Rule 25: an office that names nobody has no signatures, and its commander's absence still counts."""
    timeline = command(people={}, absent={CHIEF: GONE})
    assert signatures(timeline) == []
    assert rows(timeline, "activated")[0].detail == {"approver": OFFICE, "acting_for": CHIEF}


# --- one thing at a time


def test_two_approvals_wait_for_one_person() -> None:
    """Rule 25: a level and a hand-over at one instant; the second is looked at when the first is signed."""
    levels = {"low": level(1, "fire"), "high": level(2, "dead >= 3")}
    timeline = command(
        {"I2": inject([HQ], at="T+20", tells={"dead": 3})},
        also={"levels": levels, "handover": handover("dead >= 3")},
    )
    assert signatures(timeline)[1:] == [(27.0, "handover", CHIEF, ""), (33.0, "level.high", CHIEF, "")]
    (wait,) = rows(timeline, "waiting", waits_for=f"person:{CHIEF}")
    started = next(row for row in rows(timeline, "started") if row.task == wait.task)
    first = next(row for row in rows(timeline, "finished", task="command.handover#1"))
    assert (wait.t / 1000, started.t / 1000, started.cause) == (21.0, 27.0, first.seq)


def test_two_people_sign_side_by_side() -> None:
    """Rule 25: what different people sign does not wait."""
    levels = {"low": level(1, "fire"), "high": level(2, "dead >= 3", approver=DEPUTY)}
    timeline = command(
        {"I2": inject([HQ], at="T+20", tells={"dead": 3})},
        also={"levels": levels, "handover": handover("dead >= 3")},
    )
    assert [minute for minute, *_ in signatures(timeline)][1:] == [27.0, 27.0]


# --- one place


def test_who_commands_at_the_scene_does_not_act_at_headquarters() -> None:
    """Rule 25: a deputy who has gone to the scene is needed twice; the next in order signs."""
    people = {**PEOPLE, DEPUTY: person(order=2, field=1)}
    levels = {"low": level(1, "fire"), "mid": level(2, "gas")}
    timeline = command(
        {"I2": inject([HQ], at="T+40", tells={"gas": True})}, {CHIEF: {**GONE, "from": "T+30"}}, people,
        also={"levels": levels, "field": field()},
    )  # fmt: skip
    (twice,) = rows(timeline, "needed_twice")
    assert twice.detail == {"person": DEPUTY, "roles": ["acting", "field"], "kept": "field"}
    assert signatures(timeline)[1][2:] == (SECOND, CHIEF)


def test_who_commands_at_the_scene_signs_by_telephone() -> None:
    """Rule 25: a signature needs no place; the field commander approves what is his to approve."""
    people = {**PEOPLE, DEPUTY: person(order=2, field=1)}
    levels = {"low": level(1, "fire"), "mid": level(2, "gas", approver=DEPUTY)}
    timeline = command(
        {"I2": inject([HQ], at="T+40", tells={"gas": True})},
        None,
        people,
        also={"levels": levels, "field": field()},
    )
    assert signatures(timeline)[1][1:] == ("level.mid", DEPUTY, "")
    assert log(timeline, "needed_twice") == []


def test_who_signs_a_letter_for_another_post_is_needed_nowhere_afterwards() -> None:
    """Rules 25 and 27: the deputy signs for somebody out of reach at T+2, and goes to the scene all the same."""
    people = {CHIEF: person(), DEPUTY: person(order=1, field=1), SECOND: person(field=2), THIRD: person()}
    letter = report(signed=True, signer=THIRD, mode="written", draft="1 min", sign="1 min", hands=False)
    timeline = command(absent={THIRD: GONE}, people=people, also={"field": field(), "reports": {"letter": letter}},
                       command__approve=timed("20 min"))  # fmt: skip
    assert [row.detail["by"] for row in rows(timeline, "signed") if row.detail.get("for") == THIRD] == [
        DEPUTY
    ]
    assert [row.detail["who"] for row in rows(timeline, "field_commander")] == [DEPUTY]
    assert rows(timeline, "needed_twice") == []
