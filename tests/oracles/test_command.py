"""The command process: absence, one activation, the end and its hold (rules 25, 26, 29 and 30 of SEMANTICS).

With the times of `build.strength` a ring at T+0 is received by T+4, verified by T+12 and assessed by T+17; the
commander is called from T+17 to T+18, approves until T+24, and the response is started.
"""

from __future__ import annotations

from typing import Any

import pytest
from build import (
    DESK,
    HQ,
    OFFICE,
    RING,
    Chosen,
    at_once,
    build,
    duty,
    fact,
    inject,
    log,
    need,
    play,
    rows,
    scenario,
    unit,
    work,
)  # fmt: skip

from sim.record.timeline import Timeline
from sim.review import evaluate

COMMANDER = "指挥长甲"
FACTS = {"fire": fact("flag"), "people": fact("flag"), "homeless": fact("flag")}
NEEDS = {"burning": need("fire", 1), "crowd": need("people", 2)}


def units() -> dict[str, Any]:
    return {
        "消防": unit(1, {"fire.rescue": duty("burning", sees=[])}, work={"fire.rescue": work("5 min")}),
        "公安": unit(2, {"police.cordon": duty("crowd", sees=[])}, work={"police.cordon": work("5 min")}),
    }


def started(
    injects: Any = None, absent: Any = None, *, draws: Any = None, drill: Any = None, **local: Any
) -> Timeline:
    """A response to one ring at T+0, the commander absent as said."""
    conditions = {"conditions": {"absent": {COMMANDER: absent}}} if absent else {}
    given = scenario({"I1": RING, **(injects or {})}, **conditions, **(drill or {}))
    return play(build(FACTS, NEEDS, units(), given, **local), draws=draws)


CALLS = ("call_begun", "call_answered", "call_unanswered", "substituted", "activated")


def signed(timeline: Timeline) -> tuple[float, str, str | None]:
    """When the response was started, who signed, and for whom."""
    (row,) = rows(timeline, "activated")
    return row.t / 1000, row.detail["approver"], row.detail.get("acting_for")


def approach(timeline: Timeline) -> list[tuple[float, str]]:
    return [
        (minute, event)
        for minute, event, who in log(timeline, *CALLS)
        if who in ("desk.activate#1", OFFICE, HQ)
    ]


# --- rule 25


def test_the_commander_approves() -> None:
    """Rule 25: present, he answers the first call and signs himself."""
    timeline = started()
    assert approach(timeline) == [(17.0, "call_begun"), (18.0, "call_answered"), (24.0, "activated")]
    assert signed(timeline) == (24.0, COMMANDER, None)


def test_away_is_reachable_by_phone_and_approves() -> None:
    """Rule 25: away, he cannot be present but approves by phone; nobody acts for him."""
    timeline = started(absent={"state": "away"})
    assert signed(timeline) == (24.0, COMMANDER, None)
    assert not rows(timeline, "substituted")
    assert [row.detail["state"] for row in rows(timeline, "call_answered", task="desk.activate#1")] == [
        "away"
    ]


def test_unreachable_every_try_costs_a_call_and_then_the_office_acts() -> None:
    """Rule 25: two tries of half a minute, four minutes apart, then the office acts; it is recorded for whom."""
    timeline = started(absent={"state": "unreachable"})
    assert approach(timeline) == [
        (17.0, "call_begun"), (17.5, "call_unanswered"), (21.5, "call_begun"), (22.0, "call_unanswered"),
        (22.0, "substituted"), (28.0, "activated"),
    ]  # fmt: skip
    (row,) = rows(timeline, "substituted")
    assert (row.unit, row.detail["for"], row.detail["tries"]) == (OFFICE, COMMANDER, 2)
    assert signed(timeline) == (28.0, OFFICE, COMMANDER)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        pytest.param("T+0", "T+20", (28.5, COMMANDER, None), id="back between the tries"),
        pytest.param("T+18", "T+240", (24.0, COMMANDER, None), id="gone only after the call"),
        pytest.param("T+0", "T+17", (24.0, COMMANDER, None), id="back at the very minute"),
        pytest.param("T+17", "T+240", (28.0, OFFICE, COMMANDER), id="gone at the very minute"),
    ],
)
def test_absence_has_a_beginning_and_an_end(begin: str, end: str, expected: Any) -> None:
    """Rule 25: absence is data, from and to; what counts is the moment of each call (T+17 and T+21.5)."""
    assert signed(started(absent={"state": "unreachable", "from": begin, "to": end})) == expected


@pytest.mark.parametrize("u", [0.0, 0.5, 0.999])
@pytest.mark.parametrize(("state", "who"), [("away", COMMANDER), ("unreachable", OFFICE)])
def test_absence_is_data_and_not_drawn(state: str, who: str, u: float) -> None:
    """Rule 25: whatever chance says, away answers and unreachable does not."""
    assert signed(started(absent={"state": state}, draws=Chosen({"": u})))[1] == who


def test_a_try_for_the_commander_holds_an_operator() -> None:
    """Rule 25: with one operator the desk's steps come one after another (received at 4, reported up at 7, leader
    phoned at 9, verified at 17, assessed at 22); the call of T+22 keeps him until T+22.5, and the phone that rings at
    T+22.2 is picked up then."""
    one = {"desk__operators": {"duty": 1, "off-duty": 1, "src": "t"}}
    timeline = started({"I2": inject([DESK], at="T+22.2")}, {"state": "unreachable"}, **one)
    assert approach(timeline)[:2] == [(22.0, "call_begun"), (22.5, "call_unanswered")]
    assert log(timeline, "triggered", "started", task="desk.receive#2") == [
        (22.2, "triggered", "desk.receive#2"), (22.5, "started", "desk.receive#2"),
    ]  # fmt: skip


# --- rule 26


def test_many_reports_start_one_response() -> None:
    """Rule 26: three reports before the response and one after it: one proposal, one approval, one start."""
    more = {
        f"I{n}": inject([DESK], at=at, makes={"set": {"fire": True}}, tells={"fire": True})
        for n, at in ((2, "T+13"), (3, "T+18"), (4, "T+60"))
    }
    timeline = started(more)
    assert [row.t for row in rows(timeline, "activated")] == [24_000]
    assert log(timeline, "triggered", "finished", task="desk.activate#1") == [
        (17.0, "triggered", "desk.activate#1"), (24.0, "finished", "desk.activate#1"),
    ]  # fmt: skip
    assert not rows(timeline, task="desk.activate#2")
    assert len(rows(timeline, "triggered", task="fire.rescue#1")) == 1


def test_a_rumour_does_not_start_a_response_and_a_later_report_does_once() -> None:
    """Rule 26: the first ring says nothing that calls for a response. The second (T+30, received at T+34) does, without
    being verified; the third, received at T+36 while the commander is called, starts nothing more."""
    more = {
        "I2": inject([DESK], at="T+30", tells={"fire": True}),
        "I3": inject([DESK], at="T+32", tells={"people": True}),
    }
    timeline = started(more, command__activate_when="fire")
    assert approach(timeline) == [(34.0, "call_begun"), (35.0, "call_answered"), (41.0, "activated")]
    assert not rows(timeline, task="desk.verify#2")
    assert len(rows(timeline, "triggered", task="desk.activate#1")) == 1


def test_before_the_response_nobody_is_ordered() -> None:
    """Rule 26: fire and crowd are reported at T+0; the orders go out with the start at T+24 and not before."""
    heard = {
        "I1": inject(
            [DESK], makes={"set": {"fire": True, "people": True}}, tells={"fire": True, "people": True}
        )
    }
    timeline = started(heard)
    assert {row.t for row in rows(timeline, "need_raised")} == {24_000}
    assert min(row.t for row in rows(timeline, "call_begun") if row.task != "desk.activate#1") == 24_000


def test_the_response_goes_forward_through_its_states() -> None:
    """Rule 26: not activated, activated, terminated: the phase of the rows never goes back."""
    timeline = held([(1, True), (20, False), (40, True)])
    order = ["warning", "response", "recovery"]
    phases = [order.index(row.phase) for row in timeline.rows]
    assert phases == sorted(phases)
    assert {row.phase for row in timeline.rows if 0 < row.t < 30_000} == {"response"}
    assert {row.phase for row in timeline.rows if row.t > 30_000} == {"recovery"}


# --- rule 29


def held(
    news: list[tuple[float, bool]], *, hold: str | None = None, needs: Any = None, more: Any = None
) -> Timeline:
    """Headquarters hears at these minutes whether it burns; the end is declared when it knows that it does not."""
    injects = {
        f"I{n:02}": inject([HQ], at=f"T+{at}", tells={"fire": burns})
        for n, (at, burns) in enumerate(news, 10)
    }
    end = {"when": "known(fire) and not fire", **({"hold": hold} if hold else {})}
    guests = (
        {"民政": unit(3, {"relief.house": duty("shelter", sees=[])}, work={"relief.house": work("5 min")})}
        if needs
        else {}
    )
    given = scenario({"I1": RING, **injects, **(more or {})}, end=end)
    return play(build(FACTS, {**NEEDS, **(needs or {})}, {**units(), **guests}, given, **at_once()))


def ended(timeline: Timeline) -> list[float]:
    return [row.t / 1000 for row in rows(timeline, "terminated")]


def test_the_end_must_hold_for_ten_minutes() -> None:
    """Rule 29: out at T+20, ended at T+30, by default."""
    assert ended(held([(1, True), (20, False)])) == [30.0]


def test_the_hold_is_what_the_scenario_says() -> None:
    """Rule 29: three and a half minutes here."""
    assert ended(held([(1, True), (20, False)], hold="3.5 min")) == [23.5]


def test_a_broken_hold_begins_anew() -> None:
    """Rule 29: out at T+20, burning again at T+25, out at T+28: the ten minutes run from T+28."""
    assert ended(held([(1, True), (20, False), (25, True), (28, False)])) == [38.0]


def test_contrary_news_in_the_last_instant_breaks_the_hold() -> None:
    """Rule 29: the news of T+30 arrives in the instant in which the hold would be over; it must have held for ten
    minutes, so nothing is ended before T+41."""
    assert ended(held([(1, True), (20, False), (30, True), (31, False)])) == [41.0]


def test_no_hold_no_end() -> None:
    """Rule 29: out for nine minutes, three times over, is not out for ten."""
    flicker = [(at, at % 10 == 0) for at in range(10, 100) if at % 10 in (0, 1)]
    assert ended(held(flicker)) == [101.0]


def test_the_end_is_judged_on_what_headquarters_knows_once_it_is_at_work() -> None:
    """Rules 14 and 29: `not fire` holds from T+0 on an empty picture; the hold begins with the response at T+24, and it
    ends at T+34 although it burns, because nobody told headquarters."""
    timeline = started(drill={"end": {"when": "not fire"}, "facts": {"fire": True}})
    assert ended(timeline) == [34.0]


def test_the_end_is_one_way_and_contrary_news_is_a_gap() -> None:
    """Rule 29: ended at T+30; at T+35 it burns after all: the contradiction is written, the response stays ended, and
    no duty of the response is ordered."""
    timeline = held([(1, True), (20, False), (35, True), (36, False), (60, True)])
    assert ended(timeline) == [30.0]
    assert log(timeline, "end_contradicted")[0] == (35.0, "end_contradicted", "")
    assert not [row for row in rows(timeline, "need_raised", "ordered") if row.t > 30_000]
    assert "G801" in {gap.code for gap in evaluate(timeline).gaps}


def test_an_end_without_contrary_news_is_no_gap() -> None:
    """Rule 29: nothing contradicts it, nothing is written."""
    timeline = held([(1, True), (20, False), (40, False)])
    assert ended(timeline) == [30.0]
    assert not rows(timeline, "end_contradicted")


@pytest.mark.parametrize(("at", "expected"), [(5, 5.0), (50, 50.0)])
def test_recovery_starts_on_its_need_before_the_end_or_after_it(at: int, expected: float) -> None:
    """Rule 29: shelter for families is ordered when headquarters hears of them, at T+5 or at T+50, the end at T+30
    notwithstanding."""
    shelter = {"shelter": need("homeless", 3, phase="recovery")}
    told = {"I2": inject([HQ], at=f"T+{at}", tells={"homeless": True})}
    timeline = held([(1, True), (20, False)], needs=shelter, more=told)
    assert ended(timeline) == [30.0]
    assert log(timeline, "ordered", task="relief.house#1") == [(expected, "ordered", "relief.house#1")]


def test_recovery_under_way_survives_the_end() -> None:
    """Rule 29: a sustained recovery duty begun at T+5 is not called off by the end at T+30."""
    shelter = {"shelter": need("homeless", 3, phase="recovery")}
    told = {"I2": inject([HQ], at="T+5", tells={"homeless": True})}
    care = {
        "民政": unit(
            3, {"relief.house": duty("shelter", form="sustained", sees=[])}, work={"relief.house": work()}
        )
    }
    injects = {"I1": RING, "I3": inject([HQ], at="T+6", tells={"fire": False}), **told}
    drill = scenario(injects, end={"when": "known(fire) and not fire"}, horizon="60 min")
    timeline = play(build(FACTS, {**NEEDS, **shelter}, {**units(), **care}, drill, **at_once()))
    assert ended(timeline) == [16.0]
    assert log(timeline, "started", "stood_down", "finished", "open_at_close", task="relief.house#1") == [
        (5.0, "started", "relief.house#1"), (60.0, "open_at_close", "relief.house#1"),
    ]  # fmt: skip


def test_a_unit_starts_recovery_by_its_own_alarm_after_the_end() -> None:
    """Rules 14 and 29: after the end at T+16 nobody answers a fire any more, but who has lost a home is sheltered."""
    needs = {**NEEDS, "shelter": need("homeless", 3, phase="recovery")}
    alarmed = {
        name: unit(number, {does: duty(serves, sees=[], starts="alarm")}, work={does: work("5 min")})
        for number, name, does, serves in
        ((1, "消防", "fire.rescue", "burning"), (3, "民政", "relief.house", "shelter"))
    }  # fmt: skip
    injects = {
        "I1": RING, "I2": inject([HQ], at="T+6", tells={"fire": False}),
        "I3": inject(["消防"], at="T+30", tells={"fire": True}),
        "I4": inject(["民政"], at="T+30", tells={"homeless": True}),
    }  # fmt: skip
    drill = scenario(injects, end={"when": "known(fire) and not fire"}, horizon="60 min")
    timeline = play(build(FACTS, needs, alarmed, drill, **at_once()))
    assert ended(timeline) == [16.0]
    assert [row.task for row in rows(timeline, "triggered") if row.t == 30_000] == ["relief.house#1"]
    assert log(timeline, "finished", task="relief.house#1") == [(35.0, "finished", "relief.house#1")]


def test_news_for_the_office_is_news_for_headquarters() -> None:
    """Rules 9 and 10: the office is headquarters' own house: what it is told after the start, headquarters knows."""
    told = {"I2": inject([OFFICE], at="T+60", tells={"people": True}, makes={"set": {"people": True}})}
    timeline = started(told)
    assert log(timeline, "need_raised")[-1] == (60.0, "need_raised", "crowd")
    (learnt,) = (row for row in rows(timeline, "learnt", unit=HQ) if row.t == 60_000)
    assert learnt.cause == rows(timeline, "told", unit=OFFICE)[0].seq


# --- rule 30


@pytest.mark.parametrize(
    ("minutes", "verdict", "late"),
    [
        pytest.param("20 min", "not_evaluated", 0, id="the clock still runs"),
        pytest.param("31 min", "not_evaluated", 0, id="at the limit exactly"),
        pytest.param("31.001 min", "missed", 1, id="just over it"),
        pytest.param("60 min", "missed", 1, id="long over it"),
    ],
)
def test_a_clock_that_has_not_run_out_is_not_evaluated(minutes: str, verdict: str, late: int) -> None:
    """Rule 30: thirty minutes from the trigger at T+1 for work that takes two hours. At a horizon of up to T+31 nobody
    is late yet: not evaluated, no gap, and `late` says no."""
    norm = {
        "label": {"zh": "x", "en": "x"}, "of": "fire.rescue", "from": "triggered", "to": "finished",
        "within": "30 min", "basis": "x", "status": "found",
    }  # fmt: skip
    force = {"消防": unit(1, {"fire.rescue": duty("burning")}, work={"fire.rescue": work("120 min")})}
    injects = {
        "I1": RING,
        "I2": inject([HQ], at="T+1", tells={"fire": True}),
        "I3": inject([HQ], when="late(limit)", tells={}),
    }
    drill = scenario(injects, horizon=minutes)
    timeline = play(build(FACTS, {"burning": need("fire")}, force, drill, {"limit": norm}, **at_once()))
    findings = evaluate(timeline)
    assert [limit.verdict for limit in findings.limits if limit.norm == "limit"] == [verdict]
    assert len([gap for gap in findings.gaps if gap.norm == "limit"]) == late
    assert len(rows(timeline, "inject_given", inject="I3")) == late


def test_substitution_is_a_gap_with_its_tries() -> None:
    """Rule 25: the review names the vacancy; a commander who is away by phone is none."""

    def vacancies(state: str) -> int:
        return len([gap for gap in evaluate(started(absent={"state": state})).gaps if gap.code == "G303"])

    assert (vacancies("unreachable"), vacancies("away")) == (1, 0)
