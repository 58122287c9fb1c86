"""The end of a response as a process: proposed, an expert opinion, approved, announced; withdrawn before (rule 29).

The end holds for ten minutes, the experts take twenty, an approval one call of a minute and six to sign, the
announcement two: known to be out at T+30, it is proposed at T+40, given an opinion at T+60, signed at T+67 and
announced at T+69.
"""

from __future__ import annotations

from typing import Any

import pytest
from build import DESK, HQ, OFFICE, duty, fact, inject, log, need, rows, timed, unit, work
from commanded import CHIEF, DEPUTY, level, person, played, termination

from sim.record.timeline import Timeline

FACTS = {"fire": fact("flag"), "gas": fact("flag"), "homeless": fact("flag")}
NEEDS = {"burning": need("fire"), "shelter": need("homeless", 3, phase="recovery")}
PEOPLE = {CHIEF: person(order=1), DEPUTY: person(order=2)}
OUT = inject([HQ], at="T+30", tells={"fire": False})
STEPS = ("termination_proposed", "expert_opinion", "termination_withdrawn", "terminated", "end_contradicted")


def again(minute: float) -> Any:
    """Fire is reported again, and out a minute later."""
    return {"I8": inject([HQ], at=f"T+{minute}", tells={"fire": True}),
            "I9": inject([HQ], at=f"T+{minute + 1}", tells={"fire": False})}  # fmt: skip


def command(injects: Any = None, **more: Any) -> Timeline:
    given = {"people": PEOPLE, "termination": termination(), **more.pop("also", {})}
    told = {"I1": inject([DESK], tells={"fire": True}), "I2": OUT, **(injects or {})}
    local = {
        "calls__answered": timed("1 min"),
        "command__approve": timed("6 min"),
        "end": {"when": "not fire"},
    }
    return played(
        FACTS,
        more.pop("needs", NEEDS),
        more.pop("units", {"消防": unit(1, {})}),
        told,
        given,
        facts={"fire": True},
        **{**local, **more},
    )


def steps(timeline: Timeline) -> list[tuple[float, str]]:
    return [(minute, event) for minute, event, _ in log(timeline, *STEPS)]


def test_proposed_given_an_opinion_approved_announced() -> None:
    """Rule 29: each step takes its time, is caused by the last, and the end names who proposed and approved it."""
    timeline = command()
    assert steps(timeline) == [
        (40.0, "termination_proposed"), (60.0, "expert_opinion"), (69.0, "terminated"),
    ]  # fmt: skip
    (proposed,), (opinion,) = rows(timeline, "termination_proposed"), rows(timeline, "expert_opinion")
    assert (proposed.unit, opinion.detail, opinion.cause) == (OFFICE, {"experts": "专家组"}, proposed.seq)
    assert rows(timeline, "terminated")[0].detail == {"proposer": OFFICE, "approver": CHIEF}
    signed = [(row.t / 1000, row.detail["what"]) for row in rows(timeline, "signed")]
    assert signed == [(7.0, "desk.activate"), (67.0, "termination")]


def test_without_the_process_the_hold_is_the_end() -> None:
    """Rule 29: an office that arranges no termination ends by itself, as before."""
    given = {"people": PEOPLE}
    timeline = played(
        FACTS, NEEDS, {"消防": unit(1, {})}, {"I1": inject([DESK], tells={"fire": True}), "I2": OUT}, given,
        facts={"fire": True}, end={"when": "not fire"},
    )  # fmt: skip
    assert steps(timeline) == [(40.0, "terminated")]


@pytest.mark.parametrize("minute", [45, 60.5, 63, 68, 69])
def test_contrary_news_at_any_step_withdraws_it(minute: float) -> None:
    """Rule 29: before the opinion, in the call, being signed, before and at the announcement; then anew."""
    timeline = command(again(minute))
    assert [event for at, event in steps(timeline) if at <= minute][-1] == "termination_withdrawn"
    assert steps(timeline)[-3:] == [
        (minute + 11, "termination_proposed"), (minute + 31, "expert_opinion"), (minute + 40, "terminated"),
    ]  # fmt: skip
    assert [event for _, event in steps(timeline)].count("terminated") == 1


def test_contrary_news_after_it_is_a_contradiction() -> None:
    """Rule 29: one-way; a tick after the announcement it is a gap and no withdrawal."""
    timeline = command(again(69.001))
    assert steps(timeline)[2:] == [(69.0, "terminated"), (69.001, "end_contradicted")]


def test_a_withdrawal_says_what_brought_it() -> None:
    """Rules 29 and 37: its cause is the news."""
    timeline = command(again(45))
    (row,) = rows(timeline, "termination_withdrawn")
    assert rows(timeline, "learnt")[-2].detail["facts"] == {"fire": True}
    assert row.cause == rows(timeline, "learnt")[-2].seq


def test_withdrawn_in_the_call_the_hand_of_the_desk_is_free() -> None:
    """Rules 24 and 29: the call is broken off at T+60.5, and the one hand takes the next call at that instant."""
    timeline = command(
        {"I5": inject([HQ], at="T+60.2", tells={"gas": True}), **again(60.5)}, needs={"crowd": need("gas", 2)},
        units={"公安": unit(1, {"u.work": duty("crowd", sees=[])}, work={"u.work": work()})},
        desk__operators={"duty": 1, "off-duty": 1, "src": "t"},
    )  # fmt: skip
    waited = rows(timeline, "call_begun", task="u.work#1")[0]
    (gone,) = rows(timeline, "stood_down", task="command.termination#1")
    assert (waited.t / 1000, waited.cause) == (60.5, gone.seq)


def test_withdrawn_while_it_waits_for_a_hand_it_asks_no_more() -> None:
    """Rules 22 and 29: what was asked for is withdrawn; nobody calls for an approval that is off."""
    timeline = command(
        {"I5": inject([HQ], at="T+59", tells={"gas": True}), **again(62)}, needs={"crowd": need("gas", 2)},
        units={"公安": unit(1, {"u.work": duty("crowd", sees=[])}, work={"u.work": work()})},
        desk__operators={"duty": 1, "off-duty": 1, "src": "t"}, calls__answered=timed("8 min"), horizon="75 min",
    )  # fmt: skip
    task = "command.termination#1"
    assert log(timeline, "waiting", "call_begun", "stood_down", task=task) == [
        (60.0, "waiting", task), (62.0, "stood_down", task),
    ]  # fmt: skip


def test_withdrawn_while_it_is_signed_the_person_is_free() -> None:
    """Rules 25 and 29: the commander breaks off at T+63, and looks at the level that waited for him at once."""
    levels = {"low": level(1, "fire"), "mid": level(2, "gas")}
    timeline = command(
        {"I5": inject([HQ], at="T+61", tells={"gas": True}), **again(63)}, also={"levels": levels},
    )  # fmt: skip
    (wait,) = rows(timeline, "waiting", waits_for=f"person:{CHIEF}")
    (started,) = rows(timeline, "started", task="command.level#1")
    (gone,) = rows(timeline, "stood_down", task="command.termination#1")
    assert (wait.t / 1000, started.t / 1000, started.cause) == (62.0, 63.0, gone.seq)


def test_withdrawn_while_it_waits_for_the_person_it_waits_no_more() -> None:
    """Rules 22, 25 and 29: an ask for a person is withdrawn with what was to be signed."""
    levels = {"low": level(1, "fire"), "mid": level(2, "gas")}
    timeline = command(
        {"I5": inject([HQ], at="T+58", tells={"gas": True}), **again(62)}, also={"levels": levels},
    )  # fmt: skip
    assert log(timeline, "stood_down", task="command.termination#1") == [
        (62.0, "stood_down", "command.termination#1")
    ]
    assert rows(timeline, "started", task="command.termination#1") == []
    assert [row.t / 1000 for row in rows(timeline, "level_changed")] == [65.0]


def test_each_proposal_draws_by_its_own_number() -> None:
    """Rules 29 and 31: a second proposal is a chance of its own, with a call of its own."""
    timeline = command(again(45), also={"termination": termination(opinion=timed("exp(20 min)"))})
    assert [row.task for row in rows(timeline, "call_begun") if "termination" in row.task] == [
        "command.termination#2"
    ]


def test_until_it_is_announced_needs_are_answered() -> None:
    """Rules 14 and 29: a need of the response that is raised while the end is being approved is dispatched."""
    crowd = {"crowd": need("gas", 2)}
    units = {"公安": unit(1, {"u.work": duty("crowd", sees=[])}, work={"u.work": work()})}
    given = {"people": PEOPLE, "termination": termination()}
    told = {"I1": inject([DESK], tells={"fire": True}), "I2": OUT,
            "I3": inject([HQ], at="T+50", tells={"gas": True})}  # fmt: skip
    timeline = played(FACTS, crowd, units, told, given, facts={"fire": True}, end={"when": "not fire"})
    assert log(timeline, "ordered") == [(50.0, "ordered", "u.work#1")]


def test_recovery_begins_on_its_need_whenever_that_is() -> None:
    """Rule 29: some of it before the end, some after it."""
    own = {"civil.shelter": duty("shelter", sees=[])}
    units = {"民政": unit(1, own, work={"civil.shelter": work()})}
    for minute in (50, 80):
        homeless = {"I5": inject([HQ], at=f"T+{minute}", tells={"homeless": True})}
        timeline = command(homeless, units=units)
        assert log(timeline, "triggered", task="civil.shelter#1") == [
            (float(minute), "triggered", "civil.shelter#1")
        ]
