"""Facts and knowledge: rules 7 to 13 of SEMANTICS."""

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
    label,
    log,
    need,
    network,
    play,
    rows,
    scenario,
    timed,
    unit,
    work,
)  # fmt: skip

from sim.record.timeline import Row, Timeline

LEVELS = {name: label(name) for name in ("none", "low", "high")}
GAS = {"gas": fact("category", values=LEVELS, default="none")}


def truth(timeline: Timeline, name: str) -> list[tuple[float, Any]]:
    """Every value that a fact really took, and when."""
    changes = [row for row in rows(timeline, "fact_changed") if row.detail["fact"] == name]
    return [(row.t / 1000, row.detail["value"]) for row in changes]


def belief(timeline: Timeline, name: str, who: str = HQ) -> list[tuple[float, Any]]:
    """Every value that an actor came to believe, and when."""
    learnt = [row for row in rows(timeline, "learnt", unit=who) if name in row.detail["facts"]]
    return [(row.t / 1000, row.detail["facts"][name]) for row in learnt]


def told_by(timeline: Timeline, task: str) -> list[tuple[float, Any]]:
    """Every report of a task: when, and what it says."""
    return [(row.t / 1000, row.detail["facts"]) for row in rows(timeline, "reported", task=task)]


def lost(timeline: Timeline) -> list[tuple[float, Any]]:
    return [(row.t / 1000, row.detail["value"]) for row in rows(timeline, "conflict")]


# --- rule 7


@pytest.mark.parametrize(("low", "high"), [("fire.a", "fire.b"), ("fire.b", "fire.a")])
def test_of_two_values_at_one_instant_the_better_rank_wins(low: str, high: str) -> None:
    """Rule 7: at T+10 a duty of priority 1 sets `high` and one of priority 5 `low`, whatever their names.
    `high` it is, and a conflict row names the value that lost."""
    plan = network(
        {"go": fact("flag"), **GAS}, {"urgent": need("go", 1), "routine": need("go", 5)},
        {
            low: duty("routine", achieves={"set": {"gas": "low"}}),
            high: duty("urgent", achieves={"set": {"gas": "high"}}),
        },
        works={"fire.a": work("10 min"), "fire.b": work("10 min")}, drill={"facts": {"go": True}},
    )  # fmt: skip
    played = play(plan)
    assert truth(played, "gas")[-1] == (10.0, "high")
    assert lost(played) == [(10.0, "low")]


@pytest.mark.parametrize("first", [1, 5])
def test_the_better_rank_wins_over_the_whole_instant(first: int) -> None:
    """Rule 7: the second value comes a wave later, from a duty that the first one's other effect calls for.
    The better rank still wins, be it first or second, and the loser is named."""
    second = 6 - first
    plan = network(
        {"go": fact("flag"), "then": fact("flag"), **GAS},
        {"one": need("go", first), "two": need("then", second)},
        {
            "fire.one": duty("one", achieves={"set": {"gas": "low", "then": True}}),
            "fire.two": duty("two", achieves={"set": {"gas": "high"}}),
        },
        works={"fire.one": work("10 min")},
        drill={"facts": {"go": True}},
    )
    played = play(plan)
    winner, loser = ("low", "high") if first == 1 else ("high", "low")
    assert truth(played, "gas")[-1] == (10.0, winner)
    assert lost(played) == [(10.0, loser)]


def test_equal_values_and_sums_are_no_conflict() -> None:
    """Rule 7: two duties set the same value, two injects add to the same count: nothing is lost."""
    injects = {
        "I01": inject([], at="T+10", makes={"add": {"injured": 2}}),
        "I02": inject([], at="T+10", makes={"add": {"injured": 3}}),
    }
    plan = network(
        {"go": fact("flag"), "injured": fact("count"), **GAS},
        {"some": need("go")},
        {name: duty("some", achieves={"set": {"gas": "low"}}) for name in ("fire.a", "fire.b")},
        works={name: work("10 min") for name in ("fire.a", "fire.b")},
        drill={"facts": {"go": True}},
        injects=injects,
    )
    played = play(plan)
    assert (truth(played, "gas"), lost(played)) == ([(10.0, "low")], [])
    assert truth(played, "injured")[-1] == (10.0, 5)


def test_a_value_set_at_another_instant_is_no_conflict() -> None:
    """Rule 7: one thousandth of a minute later the worse rank simply sets the value anew."""
    plan = network(
        {"go": fact("flag"), **GAS}, {"urgent": need("go", 1), "routine": need("go", 5)},
        {
            "fire.a": duty("urgent", achieves={"set": {"gas": "high"}}),
            "fire.b": duty("routine", achieves={"set": {"gas": "low"}}),
        },
        works={"fire.a": work("10 min"), "fire.b": work("10.001 min")}, drill={"facts": {"go": True}},
    )  # fmt: skip
    played = play(plan)
    assert (truth(played, "gas"), lost(played)) == ([(10.0, "high"), (10.001, "low")], [])


def test_the_first_situation_is_no_set() -> None:
    """Rule 7: the scenario's facts are how things stand before T+0. An inject at T+0 that sets one of them
    anew is the only `set` of that instant: it holds, and nothing is in conflict."""
    drill = scenario({"I01": inject([], at="T+0", makes={"set": {"gas": "high"}})}, facts={"gas": "low"})
    plan = build(
        GAS, {"clear": need("gas != 'none'")}, {"消防": unit(1, {"fire.clear": duty("clear")})}, drill
    )
    played = play(plan)
    assert (truth(played, "gas")[-1], lost(played)) == ((0.0, "high"), [])


# --- rule 8

TREAT = {"form": "batch", "batch": {"takes": "injured", "gives": "treated", "size": 2}}


def test_two_teams_never_save_the_same_person() -> None:
    """Rule 8: three injured. 甲 claims two at T+0 (12 min), 乙 the third (5 min); at T+5 nobody is left to
    claim, at T+12 three are treated, not four."""
    plan = build(
        {"injured": fact("count"), "treated": fact("count")}, {"medical": need("injured > treated")},
        {
            "甲": unit(1, {"a.treat": duty("medical", **TREAT)}, work={"a.treat": work("12 min")}),
            "乙": unit(2, {"b.treat": duty("medical", **TREAT)}, work={"b.treat": work("5 min")}),
        },
        scenario({}, network=True, facts={"injured": 3}),
    )  # fmt: skip
    played = play(plan)
    assert [(row.t / 1000, row.task, row.detail["count"]) for row in rows(played, "cycle")] == [
        (5.0, "b.treat#1", 1), (12.0, "a.treat#1", 2),
    ]  # fmt: skip
    assert truth(played, "treated") == [(5.0, 1), (12.0, 3)]
    assert log(played, "finished") == [(5.0, "finished", "b.treat#1"), (12.0, "finished", "a.treat#1")]


def test_a_claim_is_made_at_the_start_of_a_cycle_and_counted_at_its_end() -> None:
    """Rule 8: `min(size, injured - claimed)` at each start: of five, two, then two, then one; `treated` grows
    only as each cycle ends and `injured` never falls."""
    plan = network(
        {"injured": fact("count"), "treated": fact("count")},
        {"medical": need("injured > treated")},
        {"fire.treat": duty("medical", **TREAT)},
        works={"fire.treat": work("10 min")},
        drill={"facts": {"injured": 5}},
    )
    played = play(plan)
    assert truth(played, "treated") == [(10.0, 2), (20.0, 4), (30.0, 5)]
    assert truth(played, "injured") == [(0.0, 5)]


def test_a_correction_changes_pictures_never_the_truth() -> None:
    """Rule 8: headquarters is told of five injured, then corrected to one; two there are. The unit treats
    two."""
    injects = {
        "I00": RING,
        "I01": inject([HQ], at="T+1", tells={"injured": 5}),
        "I02": inject([HQ], at="T+2", tells={"injured": 1}),
    }
    plan = build(
        {"injured": fact("count"), "treated": fact("count")}, {"medical": need("injured > treated")},
        {"卫健": unit(1, {"health.treat": duty("medical", sees=["treated"], **TREAT)},
                    work={"health.treat": work("10 min")})},
        scenario(injects, facts={"injured": 2}), **at_once(),
    )  # fmt: skip
    played = play(plan)
    assert truth(played, "injured") == [(0.0, 2)]
    assert belief(played, "injured") == [(1.0, 5), (2.0, 1)]
    assert truth(played, "treated") == [(11.0, 2)]


# --- rule 9


def alarmed(number: int, name: str, serves: str = "leak") -> dict[str, Any]:
    return unit(number, {name: duty(serves, starts="alarm")}, work={name: work("5 min")})


def test_what_an_inject_makes_nobody_knows_until_told() -> None:
    """Rule 9: at T+5 the leak is real, but no one hears of it; only at T+20 are fire service and police
    told."""
    injects = {
        "I00": RING,
        "I01": inject(["消防", "公安"], at="T+5", makes={"set": {"leaking": True}}),
        "I02": inject(["消防", "公安"], at="T+20", tells={"leaking": True}),
    }
    plan = build(
        {"leaking": fact("flag")},
        {"leak": need("leaking")},
        {"消防": alarmed(1, "fire.stop"), "公安": alarmed(2, "police.cordon")},
        scenario(injects),
        **at_once(),
    )
    played = play(plan)
    assert truth(played, "leaking") == [(5.0, True)]
    assert log(played, "triggered", need="leak") == [
        (20.0, "triggered", "fire.stop#1"), (20.0, "triggered", "police.cordon#1"),
    ]  # fmt: skip


def test_a_citizens_call_wakes_whoever_it_reaches_and_nobody_else() -> None:
    """Rule 9: one call to 119 and 110 both: each acts on its own picture; the health office, not called, does
    not."""
    call = {
        "I01": inject(["消防", "公安"], at="T+6", makes={"set": {"leaking": True}}, tells={"leaking": True})
    }
    plan = build(
        {"leaking": fact("flag")},
        {"leak": need("leaking")},
        {
            "消防": alarmed(1, "fire.stop"),
            "公安": alarmed(2, "police.cordon"),
            "卫健": alarmed(3, "health.stand"),
        },
        scenario(call, horizon="7 min"),
    )
    assert log(play(plan), "told", "triggered") == [
        (6.0, "told", "I01"), (6.0, "told", "I01"),
        (6.0, "triggered", "fire.stop#1"), (6.0, "triggered", "police.cordon#1"),
    ]  # fmt: skip


def test_a_rumour_is_acted_on_though_nothing_is_true() -> None:
    """Rule 9: what is told need not be so. The leak that never was brings the unit out, and its report on
    arrival at T+15 puts an end to the need."""
    plan = build(
        {"leaking": fact("flag")}, {"leak": need("leaking")},
        {"消防": unit(1, {"fire.stop": duty("leak")}, work={"fire.stop": work("30 min")})},
        scenario({"I00": RING, "I01": inject([HQ], at="T+5", tells={"leaking": True})}),
        **at_once(defaults__travel={"urban": "10 min", "township": "10 min", "src": "t"}),
    )  # fmt: skip
    played = play(plan)
    assert truth(played, "leaking") == []
    assert log(played, "need_raised", "need_over") == [
        (5.0, "need_raised", "leak"),
        (15.0, "need_over", "leak"),
    ]


# --- rule 10


def test_before_anything_is_heard_a_picture_holds_the_default_and_knows_nothing() -> None:
    """Rule 10: at T+0 the default (no leak) is believed but not known. Told at T+5 that there is no leak,
    headquarters believes what it believed before, and now knows it."""
    plan = build(
        {"leaking": fact("flag"), "staff": fact("count", default=7)},
        {
            "ask": need("not known(leaking)"),
            "calm": need("known(leaking) and not leaking"),
            "quiet": need("not leaking"),
            "seven": need("staff == 7"),
        },
        {
            "消防": unit(
                1, {f"fire.{name}": duty(name, place="office") for name in ("ask", "calm", "quiet", "seven")}
            )
        },
        scenario({"I00": RING, "I01": inject([HQ], at="T+5", tells={"leaking": False})}),
        **at_once(),
    )
    assert log(play(plan), "need_raised", "need_over") == [
        (0.0, "need_raised", "ask"), (0.0, "need_raised", "quiet"), (0.0, "need_raised", "seven"),
        (5.0, "need_over", "ask"), (5.0, "need_raised", "calm"),
    ]  # fmt: skip


def in_flight(*calls: tuple[str, Any]) -> Timeline:
    """A unit sees at T+8 that nothing leaks; its report is four minutes on its way. `calls` are told
    headquarters."""
    injects = {
        f"I{n}": inject([HQ], at=at, tells={"leaking": value}) for n, (at, value) in enumerate(calls, 1)
    }
    plan = build(
        {"leaking": fact("flag"), "go": fact("flag")},
        {"look": need("go")},
        {"消防": unit(1, {"fire.look": duty("look", sees=["leaking"])}, work={"fire.look": work("100 min")})},
        scenario(
            {"I00": inject([DESK], at="T+0"), "I01": inject([HQ], at="T+8", tells={"go": True}), **injects}
        ),
        **at_once(calls__report=timed("4 min")),
    )
    return play(plan)


def test_the_newest_observation_wins_not_the_newest_arrival() -> None:
    """Rule 10: what was seen at T+8 arrives at T+12. It corrects what was told at T+5, but not what was told
    at T+10, even when that only repeated what was believed."""
    assert belief(in_flight(("T+5", True)), "leaking") == [(5.0, True), (12.0, False)]
    assert belief(in_flight(("T+10", True)), "leaking") == [(10.0, True)]
    assert belief(in_flight(("T+5", True), ("T+10", True)), "leaking") == [(5.0, True)]
    assert belief(in_flight(("T+5", True), ("T+8", True)), "leaking") == [(5.0, True), (12.0, False)]


def two_eyes(delays: dict[str, float | list[float]], stopper: str, looker: str) -> Timeline:
    """At T+10 one unit stops the leak and says so; the other arrives and still sees it (the truth before
    T+10)."""
    plan = build(
        {"leaking": fact("flag"), "go": fact("flag")}, {"act": need("go")},
        {"消防": unit(
            1,
            {
                stopper: duty("act", sees=["leaking"], achieves={"set": {"leaking": False}}, place="office"),
                looker: duty("act", sees=["leaking"]),
            },
            work={stopper: work("9 min"), looker: work("300 min")},
            travel={"urban": "9 min", "township": "9 min", "src": "t"},
        )},
        scenario({"I00": RING, "I01": inject([HQ], at="T+1", tells={"go": True})}, facts={"leaking": True}),
        **at_once(calls__report=timed("uniform(0, 10) min")),
    )  # fmt: skip
    return play(plan, draws=Chosen(delays))


def test_of_observations_of_one_time_the_later_arrival_wins() -> None:
    """Rule 10: both saw at T+10. The one whose report takes longer (7 min against 2) has the last word."""
    slow_looker = two_eyes({"fire.stop/1/report": 0.2, "fire.look/1/report": 0.7}, "fire.stop", "fire.look")
    assert belief(slow_looker, "leaking") == [(12.0, False), (17.0, True)]
    slow_stopper = two_eyes({"fire.stop/1/report": 0.7, "fire.look/1/report": 0.2}, "fire.stop", "fire.look")
    assert belief(slow_stopper, "leaking") == [(12.0, True), (17.0, False)]


@pytest.mark.parametrize(
    ("stopper", "looker", "final"), [("fire.a", "fire.b", False), ("fire.b", "fire.a", True)]
)
def test_of_one_arrival_the_smaller_source_row_wins(stopper: str, looker: str, final: bool) -> None:
    """Rule 10: both saw at T+10 and both reports arrive at T+15: the report written first is believed."""
    played = two_eyes({}, stopper, looker)
    first, second = rows(played, "reported")[:2]
    assert (first.t, second.t, first.duty) == (10000, 10000, "fire.a")
    assert belief(played, "leaking")[-1] == (15.0, final)


def test_every_actor_has_a_picture_of_its_own() -> None:
    """Rule 10: what the fire service is told neither the police nor headquarters knows; the alarm duty of the
    fire service starts, headquarters has no need."""
    plan = build(
        {"leaking": fact("flag")}, {"leak": need("leaking")},
        {
            "消防": unit(1, {"fire.stop": duty("leak", starts="alarm", sees=[])}),
            "公安": unit(2, {"police.cordon": duty("leak", starts="alarm", sees=[])}),
        },
        scenario({"I00": RING, "I01": inject(["消防"], at="T+5", tells={"leaking": True})}), **at_once(),
    )  # fmt: skip
    played = play(plan)
    assert log(played, "triggered", need="leak") == [(5.0, "triggered", "fire.stop#1")]
    assert (rows(played, "need_raised"), belief(played, "leaking"), belief(played, "leaking", DESK)) == (
        [],
        [],
        [],
    )


# --- rule 11


def test_a_duty_at_the_scene_sees_the_facts_of_its_need_and_one_in_an_office_nothing() -> None:
    """Rule 11: the defaults, and a duty that says itself what it sees."""
    units = {
        "消防": unit(1, {"fire.scene": duty("leak")}),
        "气象": unit(2, {"weather.office": duty("leak", place="office")}),
        "环保": unit(3, {"env.measure": duty("leak", sees=["gas"])}),
        "水务": unit(4, {"water.call": duty("leak", place="office", sees=["gas"])}),
    }
    plan = build(
        {"leaking": fact("flag"), "trapped": fact("count"), "injured": fact("count"), **GAS},
        {"leak": need("leaking", until="not leaking and trapped == 0")}, units,
        scenario({"I00": RING, "I01": inject([HQ], at="T+5", tells={"leaking": True})},
                 facts={"leaking": True, "trapped": 1, "injured": 2, "gas": "low"}),
        **at_once(),
    )  # fmt: skip
    played = play(plan)
    assert told_by(played, "fire.scene#1")[0] == (5.0, {"leaking": True, "trapped": 1})
    assert {name for _, facts in told_by(played, "weather.office#1") for name in facts} == set()
    assert told_by(played, "env.measure#1")[0] == (5.0, {"gas": "low"})
    assert told_by(played, "water.call#1") == [(5.0, {"gas": "low"})]
    assert belief(played, "injured") == []


# --- rule 12


def medical(**more: Any) -> dict[str, Any]:
    return duty("medical", sees=["injured", "treated"], form="batch",
                batch={"takes": "injured", "gives": "treated", "size": 1}, **more)  # fmt: skip


def scene(injects: dict[str, Any], units: dict[str, Any], **facts: Any) -> Timeline:
    """Units on their way at T+0, there at T+10; a report takes two minutes."""
    plan = build(
        {"injured": fact("count"), "treated": fact("count"), "gas": fact("quantity")},
        {"medical": need("injured > treated"), "air": need("injured > 0")},
        units,
        scenario({"I00": inject([DESK], tells={"injured": 1}), **injects}, facts=facts),
        **at_once(
            calls__report=timed("2 min"),
            defaults__travel={"urban": "9 min", "township": "9 min", "src": "t"},
            desk__receive=timed("1 min"),
        ),
    )
    return play(plan)


def test_a_report_is_a_snapshot_before_the_instant_with_the_tasks_own_work() -> None:
    """Rule 12: at the instants of arrival (T+10) and of the first cycle (T+20) one more is injured. Each
    report leaves out the one of its own instant, has the task's own work in it, and says only what is new
    since the last."""
    injects = {
        f"I{n}": inject([], at=at, makes={"add": {"injured": 1}}) for n, at in enumerate(("T+10", "T+20"), 1)
    }
    units = {"卫健": unit(1, {"health.treat": medical()}, work={"health.treat": work("10 min")})}
    played = scene(injects, units, injured=1)
    assert told_by(played, "health.treat#1") == [
        (10.0, {"injured": 1, "treated": 0}),
        (20.0, {"injured": 2, "treated": 1}),
        (30.0, {"injured": 3, "treated": 2}),
        (40.0, {"treated": 3}),
        (40.0, {}),  # at the finish; nothing is new
    ]
    assert belief(played, "injured") == [(1.0, 1), (22.0, 2), (32.0, 3)]
    assert belief(played, "treated") == [(12.0, 0), (22.0, 1), (32.0, 2), (42.0, 3)]


def test_a_report_knows_nothing_of_what_others_do_in_the_same_instant() -> None:
    """Rule 12: two teams end their first cycle at T+20; each counts the one it treated itself."""
    units = {
        "卫健": unit(1, {"health.treat": medical()}, work={"health.treat": work("10 min")}),
        "救护": unit(2, {"ambulance.treat": medical()}, work={"ambulance.treat": work("10 min")}),
    }
    played = scene({}, units, injured=4)
    assert truth(played, "treated")[:2] == [(20.0, 1), (20.0, 2)]
    assert told_by(played, "health.treat#1")[1] == (20.0, {"treated": 1})
    assert told_by(played, "ambulance.treat#1")[1] == (20.0, {"treated": 1})
    assert told_by(played, "health.treat#1")[2] == (30.0, {"treated": 3})


def test_a_repeated_duty_reports_each_interval_what_has_changed() -> None:
    """Rule 12: on arrival and first result at T+10, then every ten minutes; the gas rises at T+25 and at T+40
    exactly, the latter is in the report of T+50."""
    injects = {
        f"I{n}": inject([], at=at, makes={"set": {"gas": value}})
        for n, (at, value) in enumerate((("T+25", 20), ("T+40", 50)), 1)
    }
    units = {"环保": unit(1, {"env.measure": duty("air", form="repeated", sees=["gas"])},
                        work={"env.measure": work(every="10 min")})}  # fmt: skip
    played = scene(injects, units, injured=1, gas=5)
    news = [(t, facts["gas"]) for t, facts in told_by(played, "env.measure#1") if facts]
    assert news == [(10.0, 5.0), (30.0, 20.0), (50.0, 50.0)]
    assert belief(played, "gas") == [(12.0, 5.0), (32.0, 20.0), (52.0, 50.0)]


def test_a_report_goes_straight_to_headquarters() -> None:
    """Rule 12: two minutes after it is given headquarters believes it, whatever the desk is busy with: its
    only hand takes an hour-long call from T+11."""
    units = {"卫健": unit(1, {"health.treat": medical()}, work={"health.treat": work("100 min")})}
    plan = build(
        {"injured": fact("count"), "treated": fact("count")},
        {"medical": need("injured > treated")},
        units,
        scenario(
            {
                "I00": inject([DESK], tells={"injured": 1}),
                "I01": inject([DESK], at="T+11"),
                "I02": inject([], at="T+5", makes={"add": {"injured": 2}}),
            },
            facts={"injured": 1},
        ),
        **at_once(
            calls__report=timed("2 min"),
            defaults__travel={"urban": "9 min", "township": "9 min", "src": "t"},
            desk__operators={"duty": 1, "off-duty": 1, "src": "t"},
            desk__receive=timed("uniform(1, 61) min"),
        ),
    )
    played = play(plan, draws=Chosen({"desk.receive#1/time": 0.0, "desk.receive#2/time": 1.0}))
    assert log(played, "arrived") == [(10.0, "arrived", "health.treat#1")]
    assert belief(played, "injured") == [(1.0, 1), (12.0, 3)]
    assert rows(played, "finished", task="desk.receive#2")[0].t == 72000


def test_a_wrong_count_is_corrected_from_the_scene() -> None:
    """Rules 8 and 12: verified as two at T+1, told as five at T+5, seen to be two at T+10: at T+12
    headquarters believes two again; in truth it never was anything else."""
    units = {"卫健": unit(1, {"health.treat": medical()}, work={"health.treat": work("10 min")})}
    played = scene({"I01": inject([HQ], at="T+5", tells={"injured": 5})}, units, injured=2)
    assert belief(played, "injured") == [(1.0, 2), (5.0, 5), (12.0, 2)]
    assert truth(played, "injured") == [(0.0, 2)]


def test_two_crews_that_end_at_one_instant_leave_the_right_sum_behind() -> None:
    """Rule 12, and what it lacked: two injured, two crews of one each, both done at one instant. Each reports the truth
    before it and its own patient: one treated. Their last look tells the sum, or the need would stand for ever."""
    treat = {"form": "batch", "batch": {"takes": "injured", "gives": "treated", "size": 1}}
    crews = {
        name: unit(number, {f"{tag}.treat": duty("medical", sees=["treated"], **treat)},
                   work={f"{tag}.treat": work("10 min")})
        for number, (name, tag) in enumerate((("甲", "a"), ("乙", "b")), 1)
    }  # fmt: skip
    injects = {
        "I00": RING,
        "I01": inject([HQ], at="T+5", makes={"add": {"injured": 2}}, tells={"injured": 2}),
    }
    plan = build(
        {"injured": fact("count"), "treated": fact("count")}, {"medical": need("injured > treated")}, crews,
        scenario(injects), **at_once(),
    )  # fmt: skip
    played = play(plan)
    cycles = {row.t for row in rows(played, "cycle")}
    assert len(cycles) == 1
    assert [told for _, told in told_by(played, "a.treat#1")][-2:] == [{}, {"treated": 2}]
    assert len(rows(played, "need_over", need="medical")) == 1


def test_a_repeated_duty_puts_right_what_headquarters_was_told_since() -> None:
    """Rule 12, and what it lacked: one injured, as the watch reported at T+5. At T+8 somebody tells headquarters ten.
    Nothing changes at the scene, so by "only what changed" the ten would stand for ever; the watch's next round at
    T+15 says one."""
    plan = build(
        {"injured": fact("count"), "go": fact("flag")}, {"watch": need("go")},
        {"监测": unit(1, {"env.watch": duty("watch", form="repeated", sees=["injured"])},
                    work={"env.watch": work(every="10 min")})},
        scenario({
            "I00": RING, "I01": inject([HQ], at="T+5", tells={"go": True}),
            "I02": inject([HQ], at="T+8", tells={"injured": 10}),
        }, facts={"injured": 1}, horizon="60 min"),
        **at_once(),
    )  # fmt: skip
    learnt = [(row.t / 1000, row.detail["facts"]) for row in rows(play(plan), "learnt", unit=HQ)]
    assert [(t, told["injured"]) for t, told in learnt if "injured" in told] == [
        (5.0, 1),
        (8.0, 10),
        (15.0, 1),
    ]


def test_the_first_situation_stands_before_the_first_instant() -> None:
    """Rules 7 and 12: a unit that is there at T+0 sees the scenario's facts, which were true before."""
    plan = build(
        {"gas": fact("quantity"), "go": fact("flag")}, {"look": need("go")},
        {"环保": unit(1, {"env.look": duty("look", starts="alarm", sees=["gas"])})},
        scenario({"I01": inject(["环保"], tells={"go": True})}, facts={"gas": 8}), **at_once(),
    )  # fmt: skip
    assert told_by(play(plan), "env.look#1")[0] == (0.0, {"gas": 8.0})


# --- rule 13


def desk_day(hands: int, *later: str, tells: dict[str, Any] | None = None, **drill: Any) -> Timeline:
    """The desk with plain times: receive 4, report up 3, phone the leader 2, verify 8, assess 5, approve 1 +
    6 min. The first call comes at T+0, others at `later`."""
    calls = {f"I{n}": inject([DESK], at=at, tells={"more": True}) for n, at in enumerate(later, 2)}
    plan = build(
        {"leaking": fact("flag"), "more": fact("flag")}, {"leak": need("leaking")},
        {"消防": unit(1, {"fire.stop": duty("leak", sees=[])})},
        scenario({"I01": inject([DESK], tells=tells or {}), **calls}, **drill),
        desk__operators={"duty": hands, "off-duty": hands, "src": "t"},
    )  # fmt: skip
    return play(plan)


def steps(timeline: Timeline) -> dict[str, tuple[float, float]]:
    """When each step of the desk started and finished."""
    found: dict[str, list[Row]] = {}
    for row in rows(timeline, "started", "finished", unit=DESK):
        found.setdefault(row.task.removeprefix("desk."), []).append(row)
    return {task: (first.t / 1000, last.t / 1000) for task, (first, last) in found.items()}


def test_the_first_report_up_starts_as_the_phone_is_picked_up() -> None:
    """Rule 13: with two hands it runs beside the taking of the call; verification and activation come long
    after."""
    assert steps(desk_day(2)) == {
        "receive#1": (0.0, 4.0),
        "report_up#1": (0.0, 3.0),
        "phone_leader#1": (4.0, 6.0),
        "verify#1": (4.0, 12.0),
        "assess#1": (12.0, 17.0),
        "activate#1": (18.0, 24.0),
    }


def test_with_one_hand_the_steps_follow_each_other_by_rank() -> None:
    """Rule 13: the report up is asked for at reception and done as soon as the hand is free, before the
    leader is phoned and before anything is verified."""
    played = desk_day(1)
    assert steps(played) == {
        "receive#1": (0.0, 4.0),
        "report_up#1": (4.0, 7.0),
        "phone_leader#1": (7.0, 9.0),
        "verify#1": (9.0, 17.0),
        "assess#1": (17.0, 22.0),
        "activate#1": (23.0, 29.0),
    }
    assert log(played, "triggered", task="desk.report_up#1") == [(0.0, "triggered", "desk.report_up#1")]
    waited = [(row.t / 1000, row.task) for row in rows(played, "waiting", waits_for="operator", unit=DESK)]
    assert waited == [(0.0, "desk.report_up#1"), (4.0, "desk.phone_leader#1"), (4.0, "desk.verify#1")]


def test_a_later_call_about_the_same_incident_is_neither_verified_nor_reported_up_again() -> None:
    """Rule 13: the call of T+5 waits for the hand that phones the leader until T+6 and is believed as it
    stands when it is recorded at T+10. There is one report up, one call to the leader, one verification,
    assessment, activation."""
    played = desk_day(2, "T+5", "T+30")
    assert {task for task in steps(played) if task.endswith("#2")} == {"receive#2"}
    assert {task for task in steps(played) if task.endswith("#3")} == {"receive#3"}
    assert steps(played)["receive#3"] == (30.0, 34.0)
    assert len(rows(played, "report_up")) == len(rows(played, "activated")) == 1
    assert belief(played, "more", DESK) == [(10.0, True)]


def test_calls_queue_for_a_hand_in_the_order_they_came() -> None:
    """Rule 13: one hand; calls at T+1, T+2 and T+3 are taken one after the other, behind the report up,
    before the leader is phoned."""
    played = desk_day(1, "T+1", "T+2", "T+3")
    begun = sorted((start, task) for task, (start, _) in steps(played).items())
    assert begun[:7] == [
        (0.0, "receive#1"),
        (4.0, "report_up#1"),
        (7.0, "receive#2"),
        (11.0, "receive#3"),
        (15.0, "receive#4"),
        (19.0, "phone_leader#1"),
        (21.0, "verify#1"),
    ]


def test_verification_corrects_what_the_first_caller_said() -> None:
    """Rule 13: a rumour of a leak is recorded at T+4 and found false at T+12; headquarters starts with the
    truth."""
    played = desk_day(2, tells={"leaking": True})
    assert belief(played, "leaking", DESK) == [(4.0, True), (12.0, False)]
    assert belief(played, "leaking") == [(24.0, False)]
    assert rows(played, "need_raised") == []


def test_what_the_desk_is_told_after_the_start_headquarters_hears_when_the_call_is_recorded() -> None:
    """Rule 13: a call at T+30 is recorded at T+34 and at once with headquarters, seen at T+30, unverified."""
    played = desk_day(2, "T+30")
    assert belief(played, "more") == [(34.0, True)]
    assert [row.detail["observed_at"] for row in rows(played, "learnt", unit=HQ)] == [30.0]


@pytest.mark.parametrize(("call", "approve"), [("T+20", "6 min"), ("T+16", "2 min")])
def test_a_call_recorded_at_the_very_instant_of_activation_is_not_lost(call: str, approve: str) -> None:
    """Rules 2 and 13: the second call is recorded just as the response is started. Whichever of the two the
    engine happens to resume first, headquarters knows of it from that instant."""
    plan = build(
        {"more": fact("flag")},
        {"react": need("more")},
        {"消防": unit(1, {"fire.go": duty("react", sees=[])})},
        scenario({"I01": inject([DESK]), "I02": inject([DESK], at=call, tells={"more": True})}),
        command__approve=timed(approve),
        desk__operators={"duty": 9, "off-duty": 9, "src": "t"},
    )
    played = play(plan)
    instant = rows(played, "activated")[0].t
    assert rows(played, "finished", task="desk.receive#2")[0].t == instant
    assert [row.t for row in rows(played, "need_raised")] == [instant]


def test_the_report_up_says_what_is_known_when_it_goes_out() -> None:
    """Rule 13: with what the first caller said, before anything is verified."""
    row = rows(desk_day(2, tells={"leaking": True}), "report_up")[0]
    assert (row.t, row.detail["facts"]) == (3000, {"leaking": True})


def test_off_duty_one_person_sits_at_the_desk() -> None:
    """Rule 13: one or two people; on a Saturday night the report up waits for the only hand."""
    facts, needs = {"leaking": fact("flag")}, {"leak": need("leaking")}
    units = {"消防": unit(1, {"fire.stop": duty("leak")})}
    drill = scenario({"I01": inject([DESK])}, start="2026-03-07T02:15+08:00")
    assert steps(play(build(facts, needs, units, drill)))["report_up#1"] == (4.0, 7.0)


# --- the first word of the incident


def first_word(kind: str, sees: list[str]) -> Timeline:
    """A crew that works by its own alarm from T+2 on; the enterprise rings the desk at T+20 only."""
    crew = {"x.stop": duty("burning", starts="alarm", form="sustained", sees=sees)}
    injects = {
        "I1": inject(["某队"], at="T+2", makes={"set": {"fire": True}}, tells={"fire": True}),
        "I2": inject([DESK], at="T+20", tells={"fire": True}),
    }
    strength = unit(1, {})["strength"]
    guests = {"某队": {"en": "X", "duties": crew, "strength": strength}} if kind == "guest" else {}
    units = {"消防": unit(1, {})} if kind == "guest" else {"某队": unit(1, crew)}
    given = scenario(injects, guests=guests, participants=dict.fromkeys(guests, "由导调扮演"))
    return play(build({"fire": fact("flag")}, {"burning": need("fire")}, units, given, **at_once()))


def rung(timeline: Timeline) -> float:
    return next(row.t for row in timeline.rows if row.task == "desk.receive#1") / 1000


def test_a_members_crew_may_bring_the_first_word() -> None:
    """Rule 12: nobody has called the desk yet, so that what a crew sees rings there."""
    assert rung(first_word("member", ["fire"])) == 2.0


def test_a_crew_that_sees_nothing_brings_no_word() -> None:
    """A report without a fact is no news of an incident."""
    assert rung(first_word("member", [])) == 20.0


def test_an_enterprise_rings_when_its_inject_does() -> None:
    """Its own people see the fire from T+2 on; the desk hears of it as the enterprise calls, and then from them too."""
    timeline = first_word("guest", ["fire"])
    assert rung(timeline) == 20.0
    assert [row.t for row in rows(timeline, "reported", unit="某队")][:1] == [2000]
