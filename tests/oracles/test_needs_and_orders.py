"""Needs and orders: rules 14, 15, 16, 18 and 20 of SEMANTICS."""

from __future__ import annotations

from typing import Any

import pytest
from build import (
    DESK,
    HQ,
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
    teams,
    timed,
    unit,
    work,
)  # fmt: skip

from sim.record.timeline import Timeline

LEAK = {"leaking": fact("flag"), "smoke": fact("flag")}
NEVER = {"chance": 0.0, "tries": 2, "src": "t"}


def hq(at: str, **tells: Any) -> dict[str, Any]:
    """Headquarters is told something."""
    return inject([HQ], at=at, tells=tells)


# --- rule 14


def test_no_need_is_raised_before_the_response_is_started() -> None:
    """Rule 14: the desk records the leak at T+4 and verifies it at T+12; headquarters is there at T+24, and
    only then is there a need."""
    plan = build(
        LEAK, {"leak": need("leaking")}, {"消防": unit(1, {"fire.stop": duty("leak")})},
        scenario({"I01": inject([DESK], tells={"leaking": True})}, facts={"leaking": True}),
    )  # fmt: skip
    assert log(play(plan), "activated", "need_raised", "triggered", need="leak") == [
        (24.0, "need_raised", "leak"), (24.0, "triggered", "fire.stop#1"),
    ]  # fmt: skip


def test_what_is_reported_before_the_response_is_started_raises_nothing_yet() -> None:
    """Rule 14: a crew out on its own alarm reports the leak at T+16, straight to headquarters; the need is
    raised with the response, at T+24."""
    plan = build(
        LEAK, {"leak": need("leaking")}, {"消防": unit(1, {"fire.stop": duty("leak", starts="alarm")})},
        scenario({"I01": inject([DESK]), "I02": inject(["消防"], at="T+2", tells={"leaking": True})},
                 facts={"leaking": True}),
    )  # fmt: skip
    played = play(plan)
    assert log(played, "reported")[0] == (14.0, "reported", "fire.stop#1")
    assert log(played, "need_raised") == [(24.0, "need_raised", "leak")]


def test_an_alarm_duty_starts_on_its_own_units_picture_at_any_time() -> None:
    """Rule 14: told at T+2, the unit sets out at T+4, long before headquarters exists."""
    plan = build(
        LEAK, {"leak": need("leaking")}, {"消防": unit(1, {"fire.stop": duty("leak", starts="alarm")})},
        scenario({"I01": inject([DESK]), "I02": inject(["消防"], at="T+2", tells={"leaking": True})}),
    )  # fmt: skip
    assert log(play(plan), "departed", "activated") == [
        (4.0, "departed", "fire.stop#1"),
        (24.0, "activated", HQ),
    ]


def test_the_end_is_declared_on_what_headquarters_believes() -> None:
    """Rule 14: `not leaking` is true of every picture at T+0; nothing ends. In truth the leak stops at T+40;
    headquarters hears of it at T+60, and ten minutes later ends the response."""
    injects = {
        "I01": inject([DESK], tells={"leaking": True}),
        "I02": inject([], at="T+40", makes={"set": {"leaking": False}}),
        "I03": hq("T+60", leaking=False),
    }
    plan = build(
        LEAK, {"leak": need("leaking")}, {"消防": unit(1, {"fire.stop": duty("leak", place="office")})},
        scenario(injects, facts={"leaking": True}, end={"when": "not leaking", "hold": "10 min"}),
    )  # fmt: skip
    assert log(play(plan), "terminated") == [(70.0, "terminated", HQ)]


def test_needs_are_judged_on_headquarters_picture_not_on_the_truth() -> None:
    """Rule 14: true from T+5, believed from T+20 to T+30, false again in truth at T+25."""
    injects = {
        "I00": RING,
        "I01": inject([], at="T+5", makes={"set": {"leaking": True}}),
        "I02": hq("T+20", leaking=True),
        "I03": inject([], at="T+25", makes={"set": {"leaking": False}}),
        "I04": hq("T+30", leaking=False),
    }
    plan = build(
        LEAK,
        {"leak": need("leaking")},
        {"消防": unit(1, {"fire.stop": duty("leak", sees=[])})},
        scenario(injects),
        **at_once(),
    )
    assert log(play(plan), "need_raised", "need_over") == [
        (20.0, "need_raised", "leak"),
        (30.0, "need_over", "leak"),
    ]


# --- rule 15


def judged(when: str, until: str | None, *news: dict[str, Any]) -> Timeline:
    needs = {"leak": need(when, until=until) if until else need(when)}
    injects = {"I00": RING} | {f"I{n:02}": told for n, told in enumerate(news, 1)}
    units = {"消防": unit(1, {"fire.stop": duty("leak", place="office")}, work={"fire.stop": work("2 min")})}
    return play(build(LEAK, needs, units, scenario(injects), **at_once()))


def test_a_need_latches() -> None:
    """Rule 15: raised when it leaks, it stands when the leak has stopped, until the smoke is gone. A new leak
    without smoke does not raise it (`until` holds); with smoke again it is raised a second time, a new
    occurrence."""
    played = judged(
        "leaking", "not smoke",
        hq("T+5", leaking=True, smoke=True), hq("T+10", leaking=False), hq("T+15", smoke=False),
        hq("T+20", leaking=True), hq("T+25", smoke=True),
    )  # fmt: skip
    assert log(played, "need_raised", "need_over") == [
        (5.0, "need_raised", "leak"), (15.0, "need_over", "leak"), (25.0, "need_raised", "leak"),
    ]  # fmt: skip
    assert [row.detail["occurrence"] for row in rows(played, "need_raised")] == [1, 2]
    assert log(played, "finished", need="leak") == [
        (7.0, "finished", "fire.stop#1"),
        (27.0, "finished", "fire.stop#2"),
    ]


def test_without_until_a_need_is_over_when_its_condition_is_not() -> None:
    """Rule 15: the default."""
    played = judged("leaking and smoke", None, hq("T+5", leaking=True, smoke=True), hq("T+10", smoke=False))
    assert log(played, "need_raised", "need_over") == [
        (5.0, "need_raised", "leak"),
        (10.0, "need_over", "leak"),
    ]


def test_a_need_that_would_be_over_at_once_is_not_raised() -> None:
    """Rule 15: raised when `when` and not `until`."""
    played = judged("leaking", "smoke", hq("T+5", leaking=True, smoke=True))
    assert rows(played, "need_raised") == []


# --- rule 16


def test_all_members_are_informed_and_only_those_needed_are_dispatched() -> None:
    """Rule 16: on activation (T+24) the three members are called; a guest is none. Nobody has anything to
    do."""
    units = {name: unit(n, {f"u{n}.do": duty("leak")}) for n, name in enumerate(("甲", "乙", "丙"), 1)}
    guests = {"企业": {"en": "x", "duties": {"plant.do": duty("leak")}, "strength": {}}}
    played = play(
        build(LEAK, {"leak": need("leaking")}, units, scenario({"I01": inject([DESK])}, guests=guests))
    )
    assert log(played, "informed") == [
        (25.0, "informed", "甲"),
        (25.0, "informed", "乙"),
        (26.0, "informed", "丙"),
    ]
    assert log(played, "triggered", duty="u1.do") == log(played, "ordered") == []
    assert {row.unit for row in rows(played, "call_begun")} == {DESK, "甲", "乙", "丙"}


def test_an_order_informs_as_well() -> None:
    """Rule 16: a unit that is ordered out needs no second call; each member is informed once."""
    units = {"甲": unit(1, {"a.do": duty("leak")}), "乙": unit(2, {}), "丙": unit(3, {"c.do": duty("leak")})}
    plan = build(
        LEAK, {"leak": need("leaking")}, units, scenario({"I01": inject([DESK], tells={"leaking": True})},
        facts={"leaking": True}), desk__operators={"duty": 1, "off-duty": 1, "src": "t"},
    )  # fmt: skip
    played = play(plan)
    assert sorted(row.unit for row in rows(played, "informed")) == ["丙", "乙", "甲"]
    assert [row.unit for row in rows(played, "call_begun") if row.unit != DESK] == ["甲", "丙", "乙"]


def test_a_guest_is_dispatched_like_a_unit() -> None:
    """Rule 16: it is not informed of the response, but ordered when its need is raised."""
    guests = {"企业": {"en": "x", "duties": {"plant.do": duty("leak")}, "strength": {}}}
    drill = scenario({"I00": RING, "I01": hq("T+5", leaking=True)}, guests=guests)
    played = play(build(LEAK, {"leak": need("leaking")}, {}, drill, **at_once()))
    assert log(played, "ordered") == [(5.0, "ordered", "plant.do#1")]
    assert rows(played, "informed") == []


def test_a_duty_is_dispatched_when_its_need_is_raised_and_its_own_condition_holds() -> None:
    """Rule 16: the need is raised at T+5; the smoke is real from T+6 and believed from T+10: then the second
    duty goes. The third one's condition comes true after the need is over: it never goes."""
    injects = {
        "I00": RING,
        "I01": hq("T+5", leaking=True),
        "I02": inject([], at="T+6", makes={"set": {"smoke": True}}),
        "I03": hq("T+10", smoke=True),
        "I04": hq("T+20", leaking=False),
        "I05": hq("T+30", gas=True),
    }
    units = {
        "甲": unit(1, {"a.do": duty("leak", place="office")}),
        "乙": unit(2, {"b.do": duty("leak", place="office", condition="smoke")}),
        "丙": unit(3, {"c.do": duty("leak", place="office", condition="gas")}),
    }
    plan = build(
        {**LEAK, "gas": fact("flag")}, {"leak": need("leaking")}, units, scenario(injects), **at_once()
    )
    assert log(play(plan), "ordered") == [(5.0, "ordered", "a.do#1"), (10.0, "ordered", "b.do#1")]


def test_a_condition_that_comes_true_twice_dispatches_once_an_occurrence() -> None:
    """Rules 16 and 17: the same need, the same duty: one task; at the next raising of the need another."""
    injects = {
        "I00": RING, "I01": hq("T+5", leaking=True, smoke=True), "I02": hq("T+10", smoke=False),
        "I03": hq("T+15", smoke=True), "I04": hq("T+20", leaking=False), "I05": hq("T+25", leaking=True),
    }  # fmt: skip
    units = {"甲": unit(1, {"a.do": duty("leak", place="office", condition="smoke")})}
    plan = build(LEAK, {"leak": need("leaking")}, units, scenario(injects), **at_once())
    assert log(play(plan), "ordered") == [(5.0, "ordered", "a.do#1"), (25.0, "ordered", "a.do#2")]


def test_a_broadcast_reaches_all_with_one_call() -> None:
    """Rule 16: sent in two minutes by one operator, read three minutes later by everybody."""
    units = {name: unit(n, {}) for n, name in enumerate(("甲", "乙", "丙"), 1)}
    plan = build(
        LEAK, {"leak": need("leaking")}, units, scenario({"I00": RING}),
        **at_once(
            desk__operators={"duty": 1, "off-duty": 1, "src": "t"}, command__inform="broadcast",
            command__broadcast={"send": timed("2 min"), "receipt": timed("3 min")},
        ),
    )  # fmt: skip
    played = play(plan)
    assert log(played, "informed") == [(5.0, "informed", name) for name in ("甲", "乙", "丙")]
    assert [(row.t, row.detail["channel"]) for row in rows(played, "call_begun")[1:]] == [(0, "broadcast")]


# --- rule 18


@pytest.mark.parametrize(("known", "start"), [("T+11", 20.0), ("T+21", 31.0)])
def test_a_unit_that_is_called_learns_what_headquarters_knows(known: str, start: float) -> None:
    """Rules 14 and 18: one hand, ten minutes a call. The unit is informed at T+20; of two orders of T+11 none
    has been called yet, but it has been told of the leak, and its alarm duty starts at T+20. If headquarters
    learns of the leak only at T+21, the order for the first duty, given at T+31, brings the word."""
    units = {
        "消防": unit(
            1,
            {"fire.a": duty("smoke", place="office"), "fire.b": duty("leak", starts="alarm", place="office")},
        )
    }
    plan = build(
        LEAK, {"smoke": need("smoke", 1), "leak": need("leaking", 2)}, units,
        scenario({"I00": RING, "I01": hq(known, leaking=True, smoke=True)}),
        **at_once(calls__answered=timed("10 min"), desk__operators={"duty": 1, "off-duty": 1, "src": "t"}),
    )  # fmt: skip
    played = play(plan)
    assert log(played, "informed") == [(20.0, "informed", "消防")]
    assert log(played, "ordered", "acknowledged", task="fire.b#1") == [(start, "acknowledged", "fire.b#1")]


def test_a_unit_acts_on_what_its_own_crew_reports() -> None:
    """Rules 10, 14 and 18: out on its own alarm, the crew is there at T+14 and sees somebody trapped. Its
    report comes through at T+16, and the unit begins the rescue on it, eight minutes before there is a
    headquarters."""
    units = {
        "消防": unit(1, {"fire.recon": duty("leak", starts="alarm", sees=["leaking", "trapped"]),
                       "fire.rescue": duty("rescue", starts="alarm")})
    }  # fmt: skip
    plan = build(
        {"leaking": fact("flag"), "trapped": fact("count")},
        {"leak": need("leaking"), "rescue": need("trapped > 0")},
        units,
        scenario(
            {"I01": inject([DESK]), "I02": inject(["消防"], at="T+2", tells={"leaking": True})},
            facts={"leaking": True, "trapped": 1},
        ),
    )
    played = play(plan)
    assert log(played, "arrived", task="fire.recon#1") == [(14.0, "arrived", "fire.recon#1")]
    assert log(played, "triggered", "acknowledged", "ordered", task="fire.rescue#1") == [
        (16.0, "triggered", "fire.rescue#1"), (16.0, "acknowledged", "fire.rescue#1"),
    ]  # fmt: skip


def alarm(**strength: Any) -> dict[str, Any]:
    return {
        "消防": unit(
            1, {"fire.stop": duty("leak", starts="alarm")}, work={"fire.stop": work("90 min")}, **strength
        )
    }


def test_headquarters_calls_a_unit_it_does_not_know_to_be_under_way() -> None:
    """Rule 18: out since T+4 on its own alarm. Headquarters (T+24) raises the need and calls; at T+25 the
    call closes as confirmed. There is one task, and it was never ordered."""
    injects = {
        "I01": inject([DESK], tells={"leaking": True}),
        "I02": inject(["消防"], at="T+2", tells={"leaking": True}),
    }
    site = {"name": "某厂", "industry": "冶金", "location": "某地", "zone": "township"}
    played = play(
        build(LEAK, {"leak": need("leaking")}, alarm(), scenario(injects, site=site, facts={"leaking": True}))
    )
    assert log(played, "triggered", "departed", "arrived", "ordered", duty="fire.stop") == [
        (2.0, "triggered", "fire.stop#1"), (4.0, "departed", "fire.stop#1"), (34.0, "arrived", "fire.stop#1"),
    ]  # fmt: skip
    assert log(played, "need_raised", "call_confirmed") == [
        (24.0, "need_raised", "leak"), (25.0, "call_confirmed", "fire.stop#1"),
    ]  # fmt: skip


def test_a_unit_that_has_reported_is_not_called() -> None:
    """Rule 18: there at T+14 (ten minutes' drive), heard at T+16: at T+24 headquarters knows and does not
    ask."""
    injects = {
        "I01": inject([DESK], tells={"leaking": True}),
        "I02": inject(["消防"], at="T+2", tells={"leaking": True}),
    }
    played = play(build(LEAK, {"leak": need("leaking")}, alarm(), scenario(injects, facts={"leaking": True})))
    assert log(played, "need_raised") == [(24.0, "need_raised", "leak")]
    assert rows(played, "call_confirmed") == rows(played, "call_begun", duty="fire.stop") == []


SLOW_ROAD = {"defaults__travel": {"urban": "60 min", "township": "60 min", "src": "t"}}


def test_an_alarm_overtakes_an_order_that_waits_for_an_operator() -> None:
    """Rule 18: the only hand informs the unit until T+20; the order of T+11 waits. At T+12 the unit is told
    by others and sets out. The order is not given any more; the next free hand (T+20) confirms at T+30."""
    injects = {
        "I00": RING,
        "I01": hq("T+11", leaking=True),
        "I02": inject(["消防"], at="T+12", tells={"leaking": True}),
    }
    plan = build(
        LEAK,
        {"leak": need("leaking")},
        alarm(),
        scenario(injects, facts={"leaking": True}),
        **at_once(
            calls__answered=timed("10 min"),
            desk__operators={"duty": 1, "off-duty": 1, "src": "t"},
            **SLOW_ROAD,
        ),
    )
    assert log(
        play(plan), "triggered", "ordered", "acknowledged", "departed", "call_confirmed", need="leak"
    ) == [
        (11.0, "triggered", "fire.stop#1"),
        (12.0, "acknowledged", "fire.stop#1"),
        (12.0, "departed", "fire.stop#1"),
        (30.0, "call_confirmed", "fire.stop#1"),
    ]


@pytest.mark.parametrize(
    ("told", "where"), [("T+6", "in a try that fails"), ("T+13", "between tries"), ("T+40", "given up")]
)
def test_an_alarm_need_not_wait_for_an_order_that_does_not_get_through(told: str, where: str) -> None:
    """Rule 18: headquarters calls in vain: tries at T+5 to T+10 and T+20 to T+25. Whenever the unit learns of
    the leak by itself, it goes at once."""
    injects = {
        "I00": RING,
        "I01": hq("T+5", leaking=True),
        "I02": inject(["消防"], at=told, tells={"leaking": True}),
    }
    plan = build(
        LEAK, {"leak": need("leaking")}, alarm(answer=NEVER), scenario(injects, facts={"leaking": True}),
        **at_once(calls__unanswered=timed("5 min"), calls__redial=timed("10 min"), **SLOW_ROAD),
    )  # fmt: skip
    played = play(plan)
    assert log(played, "call_begun", task="fire.stop#1")[0] == (5.0, "call_begun", "fire.stop#1")
    assert log(played, "departed") == [(float(told[2:]), "departed", "fire.stop#1")], where


def test_an_alarm_called_off_does_not_stand_in_the_way_of_the_real_need() -> None:
    """Rules 16, 17 and 18: a false alarm of T+2 brings the unit out; headquarters, which knows better, calls
    it back at T+10. At T+50 the leak is real and headquarters knows: the need is raised and the unit is
    sent."""
    injects = {
        "I00": inject(["消防"], at="T+2", tells={"leaking": True}),
        "I01": inject([DESK], at="T+10", tells={"leaking": False}),
        "I02": inject([HQ], at="T+50", makes={"set": {"leaking": True}}, tells={"leaking": True}),
    }
    plan = build(LEAK, {"leak": need("leaking")}, alarm(), scenario(injects), **at_once(**SLOW_ROAD))
    played = play(plan)
    assert log(played, "departed")[0] == (2.0, "departed", "fire.stop#1")
    assert log(played, "stood_down") == [(10.0, "stood_down", "fire.stop#1")]
    assert log(played, "need_raised") == [(50.0, "need_raised", "leak")]
    assert [t for t, _, _ in log(played, "departed")] == [2.0, 50.0]


def test_an_alarm_called_off_does_not_stand_in_the_way_of_the_next_alarm() -> None:
    """Rules 14 and 18: after the false alarm the unit hears at T+30 of a real leak by itself, and goes
    again."""
    injects = {
        "I00": inject(["消防"], at="T+2", tells={"leaking": True}),
        "I01": inject([DESK], at="T+10", tells={"leaking": False}),
        "I02": inject(["消防"], at="T+29", tells={"leaking": False}),
        "I03": inject(["消防"], at="T+30", tells={"leaking": True}),
    }
    plan = build(LEAK, {"leak": need("leaking")}, alarm(), scenario(injects), **at_once(**SLOW_ROAD))
    played = play(plan)
    assert log(played, "stood_down") == [(10.0, "stood_down", "fire.stop#1")]
    assert [t for t, _, _ in log(played, "departed")] == [2.0, 30.0]


# --- rule 20


def called_off(at: str, form: str = "once", *, other: bool = True, **more: Any) -> Timeline:
    """A leak is believed from T+2 to `at`. A call takes a minute: the order is given at T+3, acknowledged at
    T+5; muster 3 min, road 10, set-up 4, work 20: departed 8, arrived 18, started 22, done 42. The one crew
    is also wanted, less urgently, for another duty, ordered at T+6."""
    reads = {"batch": {"takes": "injured", "gives": "treated", "size": 1}} if form == "batch" else {}
    duties = {"fire.go": duty("leak", form=form, sees=[], **reads), "fire.next": duty("smoke", sees=[])}
    timing = {
        "fire.go": work("20 min", setup="4 min", uses={"crew": 1}, **more),
        "fire.next": work("5 min", uses={"crew": 1}),
    }
    injects = {"I00": RING, "I01": hq("T+2", leaking=True), "I02": hq(at, leaking=False)}
    plan = build(
        {**LEAK, "injured": fact("count"), "treated": fact("count")},
        {"leak": need("leaking", 1), "smoke": need("smoke", 5)},
        {"消防": unit(1, duties, teams=teams(crew=1), work=timing)},
        scenario(injects | ({"I03": hq("T+5", smoke=True)} if other else {}), facts={"injured": 9}),
        **at_once(
            calls__answered=timed("1 min"), defaults__acknowledge=timed("2 min"),
            defaults__muster={"duty": "3 min", "off-duty": "3 min", "src": "t"},
            defaults__travel={"urban": "10 min", "township": "10 min", "src": "t"},
        ),
    )  # fmt: skip
    return play(plan)


def story(timeline: Timeline, task: str, *events: str) -> list[tuple[float, str]]:
    return [(t, event) for t, event, _ in log(timeline, *events, task=task)]


GONE = ("ordered", "acknowledged", "departed", "arrived", "started", "finished", "stood_down")


def test_an_order_being_called_out_is_taken_back_in_the_same_call() -> None:
    """Rule 20: over at T+2.5, while the call of T+2 is talking: at T+3 the unit is told to stay; nothing was
    ordered."""
    assert story(called_off("T+2.5"), "fire.go#1", *GONE) == [(3.0, "stood_down")]


def test_an_order_waiting_for_an_operator_is_dropped_without_a_call() -> None:
    """Rule 20: the only hand is busy until T+20; over at T+15, the order is taken off the list there and
    then."""
    plan = build(
        LEAK, {"leak": need("leaking")}, {"消防": unit(1, {"fire.go": duty("leak", sees=[])})},
        scenario({"I00": RING, "I01": hq("T+11", leaking=True), "I02": hq("T+15", leaking=False)}),
        **at_once(calls__answered=timed("10 min"), desk__operators={"duty": 1, "off-duty": 1, "src": "t"}),
    )  # fmt: skip
    played = play(plan)
    assert story(played, "fire.go#1") == [
        (11.0, "triggered"), (11.0, "waiting"), (15.0, "stood_down"),
    ]  # fmt: skip
    assert len(rows(played, "call_begun", unit="消防")) == 1  # the one that informed it


def test_a_try_that_fails_for_an_order_taken_back_is_the_last() -> None:
    """Rule 20: over at T+6 while the only try by phone (T+5 to T+10) rings in vain: nobody is sent after the
    unit."""
    plan = build(
        LEAK,
        {"leak": need("leaking")},
        {
            "消防": unit(
                1,
                {"fire.go": duty("leak")},
                answer={"chance": 0.0, "tries": 1, "then": ["runner"], "src": "t"},
            )
        },
        scenario({"I00": RING, "I01": hq("T+5", leaking=True), "I02": hq("T+6", leaking=False)}),
        **at_once(calls__unanswered=timed("5 min")),
        channels__runner={"label": {"zh": "x", "en": "x"}, "operator": False, "time": "20 min", "src": "t"},
    )
    calls = rows(play(plan), "call_begun", "stood_down", task="fire.go#1")
    assert [(row.t, row.event, row.detail.get("channel", "")) for row in calls] == [
        (5000, "call_begun", "phone"), (10000, "stood_down", ""),
    ]  # fmt: skip


def test_ordered_but_not_acknowledged() -> None:
    """Rule 20: over at T+3.5, called at once, learnt at T+4.5, before it was acknowledged."""
    assert story(called_off("T+3.5"), "fire.go#1", *GONE) == [(3.0, "ordered"), (4.5, "stood_down")]


def test_mustering_it_stands_down_and_its_team_is_free_at_home() -> None:
    """Rule 20: over at T+6, learnt by a call at T+7. The next duty has the crew at T+8 (acknowledged then),
    at home: it musters and drives."""
    played = called_off("T+6")
    assert story(played, "fire.go#1", *GONE)[-1] == (7.0, "stood_down")
    assert story(played, "fire.next#1", "departed", "arrived") == [(11.0, "departed"), (21.0, "arrived")]


def test_on_the_road_it_turns_back_and_is_busy_as_long_again() -> None:
    """Rule 20: out since T+8, called at T+10, learnt at T+11: three minutes out, three back: free at T+14.
    Then muster (17) and road (27) for the next duty."""
    played = called_off("T+10")
    assert story(played, "fire.go#1", *GONE)[-2:] == [(8.0, "departed"), (11.0, "stood_down")]
    assert story(played, "fire.next#1", "departed", "arrived") == [(17.0, "departed"), (27.0, "arrived")]


def test_arrived_but_not_started_it_stands_down_at_the_scene() -> None:
    """Rule 20: over at T+18.5, learnt at T+19.5 while setting up. The crew is free there: the next duty is at
    the scene the same instant."""
    played = called_off("T+18.5")
    assert story(played, "fire.go#1", *GONE)[-2:] == [(18.0, "arrived"), (19.5, "stood_down")]
    assert story(played, "fire.next#1", "departed", "arrived", "started") == [
        (19.5, "arrived"),
        (19.5, "started"),
    ]


def test_waiting_for_a_team_it_stands_down_and_does_not_get_one_later() -> None:
    """Rule 20: `next` takes the crew at T+3 and holds it until T+60; `go`, ordered at T+6, waits and is
    called off at T+30 (learnt at T+31). The crew is free at T+60 and stays so."""
    plan = build(
        LEAK, {"leak": need("leaking"), "smoke": need("smoke")},
        {"消防": unit(
            1, {"fire.go": duty("leak", sees=[]), "fire.next": duty("smoke", sees=[])}, teams=teams(crew=1),
            work={"fire.go": work("20 min", uses={"crew": 1}), "fire.next": work("57 min", uses={"crew": 1})},
        )},
        scenario({"I00": RING, "I01": hq("T+2", smoke=True), "I02": hq("T+5", leaking=True),
                  "I03": hq("T+30", leaking=False)}),
        **at_once(calls__answered=timed("1 min")),
    )  # fmt: skip
    assert story(play(plan), "fire.go#1", "ordered", "waiting", "started", "stood_down", "open_at_close") == [
        (6.0, "ordered"), (6.0, "waiting"), (31.0, "stood_down"),
    ]  # fmt: skip


def test_waiting_for_a_prerequisite_it_stands_down() -> None:
    """Rule 20: and when the prerequisite is reached later, nobody goes."""
    plan = build(
        LEAK,
        {"leak": need("leaking"), "smoke": need("smoke")},
        {
            "消防": unit(
                1,
                {
                    "fire.go": duty("leak", sees=[], after=["fire.first.finished"]),
                    "fire.first": duty("smoke", sees=[]),
                },
                work={"fire.first": work("57 min")},
            )
        },
        scenario({"I00": RING, "I01": hq("T+2", smoke=True, leaking=True), "I03": hq("T+30", leaking=False)}),
        **at_once(calls__answered=timed("1 min")),
    )
    played = play(plan)
    assert story(played, "fire.go#1", "ordered", "waiting", "started", "stood_down", "blocked") == [
        (3.0, "ordered"), (3.0, "waiting"), (31.0, "stood_down"),
    ]  # fmt: skip
    assert story(played, "fire.first#1", "finished") == [(60.0, "finished")]


def test_once_started_a_once_only_duty_finishes() -> None:
    """Rule 20: over at T+25; started at T+22 it goes on to T+42, and nobody calls."""
    played = called_off("T+25")
    assert story(played, "fire.go#1", *GONE)[-2:] == [(22.0, "started"), (42.0, "finished")]
    assert len(rows(played, "call_begun", duty="fire.go")) == 1  # the order


def test_a_batch_duty_stops_after_its_cycle() -> None:
    """Rule 20: cycles end at T+42, 62, …; over at T+45, learnt at T+46: it ends with the cycle of T+62, seven
    of nine still untreated."""
    played = called_off("T+45", "batch")
    assert story(played, "fire.go#1", "cycle", "finished", "stood_down") == [
        (42.0, "cycle"), (62.0, "cycle"), (62.0, "finished"),
    ]  # fmt: skip
    assert story(played, "fire.next#1", "started") == [(62.0, "started")]


@pytest.mark.parametrize(("form", "more"), [("sustained", {}), ("repeated", {"every": "100 min"})])
def test_a_lasting_duty_stops_when_its_unit_learns_that_the_need_is_over(
    form: str, more: dict[str, Any]
) -> None:
    """Rule 20: over at T+45 for headquarters, for the unit when the call gets through, at T+46: then its crew
    is free."""
    played = called_off("T+45", form, **more)
    assert story(played, "fire.go#1", "started", "finished", "stood_down") == [
        (22.0, "started"),
        (46.0, "finished"),
    ]
    assert story(played, "fire.next#1", "started") == [(46.0, "started")]


def test_a_need_raised_again_while_the_unit_is_being_called_off_keeps_it_there() -> None:
    """Rules 17 and 20: over at T+45, raised anew at T+45.5, before the unit has heard: it goes on; no second
    task."""
    injects = {
        "I00": RING,
        "I01": hq("T+2", leaking=True),
        "I02": hq("T+45", leaking=False),
        "I03": hq("T+45.5", leaking=True),
    }
    plan = build(
        LEAK,
        {"leak": need("leaking")},
        {"消防": unit(1, {"fire.go": duty("leak", form="sustained", sees=[])})},
        scenario(injects, horizon="60 min"),
        **at_once(calls__answered=timed("1 min")),
    )
    assert story(play(plan), "fire.go#1", "ordered", "finished", "stood_down", "open_at_close") == [
        (3.0, "ordered"), (60.0, "open_at_close"),
    ]  # fmt: skip


def test_a_unit_not_reached_for_one_occurrence_is_called_for_the_next() -> None:
    """Rules 17 and 20: two tries in vain at T+5, over at T+20: an order that waits for an answer is stood
    down like any that waits. Raised again at T+40, the need has a task of its own, and this time the unit
    answers."""
    injects = {
        "I00": RING,
        "I01": hq("T+5", leaking=True),
        "I02": hq("T+20", leaking=False),
        "I03": hq("T+40", leaking=True),
    }
    plan = build(
        LEAK, {"leak": need("leaking")},
        {"消防": unit(1, {"fire.go": duty("leak", sees=[])}, answer={"chance": 0.5, "tries": 2, "src": "t"})},
        scenario(injects), **at_once(),
    )  # fmt: skip
    played = play(plan, draws=Chosen({"fire.go/1/answer": 0.9, "answer": 0.1}))
    assert log(played, "call_unreached", need="leak") == [(5.0, "call_unreached", "fire.go#1")]
    assert log(played, "stood_down") == [(20.0, "stood_down", "fire.go#1")]
    assert log(played, "ordered") == [(40.0, "ordered", "fire.go#2")]
