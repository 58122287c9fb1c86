"""Conditions on time and stages, contingency injects and hazards (rules 34, 35 and 36 of SEMANTICS)."""

from __future__ import annotations

from typing import Any

import pytest
from build import (
    DESK,
    HQ,
    RING,
    at_once,
    build,
    duty,
    fact,
    inject,
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

from sim.record.timeline import Timeline

FACTS = {"fire": fact("flag"), "leak": fact("flag"), "safe": fact("flag"), "injured": fact("count")}


def given(timeline: Timeline, name: str = "I9") -> list[float]:
    return [row.t / 1000 for row in rows(timeline, "inject_given", inject=name)]


def story(injects: dict[str, Any], **more: Any) -> Timeline:
    """One fire duty of seven minutes, ordered at T+1 in a drill without command; `injects` beside the fire itself."""
    works = {"fire.rescue": work(more.pop("time", "7 min"))}
    plan = network(
        FACTS, {"burning": need("fire")}, {"fire.rescue": duty("burning")}, works=works,
        injects={"I1": inject([], at="T+1", makes={"set": {"fire": True}}), **injects}, **more,
    )  # fmt: skip
    return play(plan)


def makes(at: float, **values: bool) -> dict[str, Any]:
    return inject([], at=f"T+{at}", makes={"set": values})


# --- rule 34: done, started, elapsed


@pytest.mark.parametrize(
    ("condition", "minute"),
    [
        ("started(fire.rescue)", 1.0),
        ("done(fire.rescue)", 8.0),
        ("elapsed(I1) >= 10 min", 11.0),
        ("elapsed(I1) >= 0 min", 1.0),
        ("elapsed(fire.rescue.started) >= 2.5 min", 3.5),
        ("elapsed(fire.rescue.finished) >= 3 min", 11.0),
        ("elapsed(activated) >= 15 min", 15.0),
        ("done(fire.rescue) and elapsed(I1) >= 3 min", 8.0),
        ("done(fire.rescue) or elapsed(I1) >= 3 min", 4.0),
        ("started(fire.rescue) and not done(fire.rescue) and elapsed(I1) >= 5 min", 6.0),
    ],
)
def test_conditions_ask_for_stages_and_for_time_passed(condition: str, minute: float) -> None:
    """Rule 34: the inject is given in the very instant in which its condition becomes true."""
    assert given(story({"I9": inject([], when=condition)})) == [minute]


def test_elapsed_since_the_end_of_the_response() -> None:
    """Rule 34: out at T+8 on headquarters' picture, held for two minutes, ended at T+10, and five minutes later..."""
    ending = {"end": {"when": "done(fire.rescue)", "hold": "2 min"}}
    assert given(story({"I9": inject([], when="elapsed(terminated) >= 5 min")}, drill=ending)) == [15.0]


def test_elapsed_is_measured_from_the_first_such_event() -> None:
    """Rule 34: an inject that recurs every four minutes from T+2 was first given at T+2."""
    recurring = inject([], at="T+2", arrivals={"every": "4 min", "until": "T+30"})
    timeline = story({"I2": recurring, "I9": inject([], when="elapsed(I2) >= 5 min")})
    assert given(timeline, "I2")[:3] == [2.0, 6.0, 10.0]
    assert given(timeline) == [7.0]


def test_time_is_not_polled() -> None:
    """Rule 34: waiting two hours for a condition costs no more events than waiting two minutes."""
    import simpy

    from sim.play.draws import ExpectedDraws
    from sim.play.drill import Drill
    from sim.play.index import Index

    def steps(minutes: int) -> int:
        plan = network(
            FACTS, {"burning": need("fire")}, {"fire.rescue": duty("burning")}, drill={"horizon": "400 min"},
            injects={"I1": makes(1, fire=True), "I9": inject([], when=f"elapsed(I1) >= {minutes} min")},
        )  # fmt: skip
        drill = Drill(Index(plan), ExpectedDraws())
        count = 0
        plain = drill.env.step

        def step() -> None:
            nonlocal count
            count += 1
            plain()

        drill.env.step = step  # type: ignore[method-assign]
        assert isinstance(drill.env, simpy.Environment)
        drill.play()
        return count

    assert 0 < steps(300) == steps(3)


# --- rule 34: late


def limit(within: str, start: str = "started", stop: str = "finished") -> dict[str, Any]:
    label = {"zh": "x", "en": "x"}
    norm = {"label": label, "of": "fire.rescue", "from": start, "to": stop, "within": within}
    return {"limit": {**norm, "basis": "x", "status": "local"}}


@pytest.mark.parametrize(
    ("time", "late"),
    [
        pytest.param("6.999 min", [], id="before the limit"),
        pytest.param("7 min", [], id="at the limit exactly"),
        pytest.param("7.001 min", [8.001], id="one thousandth over"),
        pytest.param("7.002 min", [8.001], id="two thousandths over"),
        pytest.param("60 min", [8.001], id="long over"),
    ],
)
def test_late_begins_one_thousandth_of_a_minute_after_the_limit(time: str, late: list[float]) -> None:
    """Rule 34: begun at T+1 with a limit of seven minutes. Finished at T+8 is in time, at T+8.001 it is late, and that
    is known at T+8.001, by one timer."""
    timeline = story({"I9": inject([], when="late(limit)")}, time=time, norms=limit("7 min"))
    assert given(timeline) == late


def test_late_runs_for_every_task_of_the_duty() -> None:
    """Rule 34: the first fire is out in time, the second is not."""
    injects = {
        "I2": makes(20, fire=False), "I3": makes(30, fire=True), "I4": makes(32, fire=False),
        "I9": inject([], when="late(limit)"),
    }  # fmt: skip
    plan = network(
        FACTS, {"burning": need("fire")}, {"fire.rescue": duty("burning", form="sustained")},
        works={"fire.rescue": work()}, injects={"I1": makes(15, fire=True), **injects}, norms=limit("6 min"),
    )  # fmt: skip
    assert given(play(plan)) == []
    longer = {**injects, "I4": makes(40, fire=False)}
    plan = network(
        FACTS, {"burning": need("fire")}, {"fire.rescue": duty("burning", form="sustained")},
        works={"fire.rescue": work()}, injects={"I1": makes(15, fire=True), **longer}, norms=limit("6 min"),
    )  # fmt: skip
    assert given(play(plan)) == [36.001]


def test_who_is_sent_home_before_the_limit_is_not_late() -> None:
    """Rules 20 and 34: it waits for the test and is sent home, long before its seven minutes or just after them."""
    duties = {"fire.test": duty("burning"), "fire.rescue": duty("burning", after=["fire.test.finished"])}
    for over, late in ((4.0, []), (8.001, [8.001])):
        injects = {
            "I1": makes(1, fire=True),
            "I2": makes(over, fire=False),
            "I9": inject([], when="late(limit)"),
        }
        plan = network(
            FACTS, {"burning": need("fire")}, duties, works={"fire.test": work("100 min"), "fire.rescue": work()},
            injects=injects, norms=limit("7 min", "triggered", "started"),
        )  # fmt: skip
        timeline = play(plan)
        assert log(timeline, "stood_down") == [(over, "stood_down", "fire.rescue#1")]
        assert given(timeline) == late


def test_a_limit_whose_clock_never_began_is_never_late() -> None:
    """Rules 30 and 34: nobody ever finished, so nothing runs from the finish."""
    timeline = story(
        {"I9": inject([], when="late(limit)")}, time="300 min", norms=limit("1 min", "finished", "started")
    )
    assert given(timeline) == []


def late_needed(time: str, report: str) -> Timeline:
    """A duty with a limit of ten minutes, reports that take `report`, and a need and an inject that both ask `late`."""
    duties = {"fire.rescue": duty("burning", sees=[]), "fire.second": duty("reinforce", sees=[])}
    force = unit(1, duties, work={"fire.rescue": work(time), "fire.second": work("5 min")})
    injects = {
        "I1": RING, "I2": inject([HQ], at="T+1", tells={"fire": True}), "I9": inject([], when="late(limit)"),
    }  # fmt: skip
    needs = {"burning": need("fire"), "reinforce": need("late(limit)", 2)}
    local = at_once(calls__report=timed(report))
    return play(build(FACTS, needs, {"消防": force}, scenario(injects), limit("10 min"), **local))


def test_in_a_need_late_is_what_headquarters_knows() -> None:
    """Rule 34: finished at T+9, in time; but the report takes four minutes, so at T+11.001 headquarters knows of no
    finish and asks for more. The inject reads the truth and is not given."""
    timeline = late_needed("8 min", "4 min")
    assert log(timeline, "need_raised", need="reinforce") == [(11.001, "need_raised", "reinforce")]
    assert given(timeline) == []


def test_in_a_need_late_is_over_when_the_report_has_come_in_time() -> None:
    """Rule 34: with reports of two minutes headquarters hears at T+11, the last moment in time: no second crew."""
    timeline = late_needed("8 min", "2 min")
    assert not rows(timeline, "need_raised", need="reinforce")


def test_really_late_is_late_for_both() -> None:
    """Rule 34: still at work at T+11.001."""
    timeline = late_needed("30 min", "1 min")
    assert log(timeline, "need_raised", need="reinforce") == [(11.001, "need_raised", "reinforce")]
    assert given(timeline) == [11.001]


def test_known_asks_headquarters() -> None:
    """Rule 34: it leaks from T+0, but headquarters hears of it at T+20."""
    injects = {
        "I1": RING, "I2": inject([HQ], at="T+20", tells={"leak": True}),
        "I8": inject([], when="leak"), "I9": inject([], when="known(leak)"),
    }  # fmt: skip
    force = unit(1, {"fire.rescue": duty("burning")}, work={"fire.rescue": work("5 min")})
    drill = scenario(injects, facts={"leak": True})
    timeline = play(build(FACTS, {"burning": need("fire")}, {"消防": force}, drill, **at_once()))
    assert given(timeline, "I8") == [0.0]
    assert given(timeline) == [20.0]


def test_in_a_need_done_is_what_headquarters_has_heard() -> None:
    """Rule 34: finished at T+6; the report takes three minutes, and the need that asks for it is raised at T+9."""
    duties = {"fire.rescue": duty("burning", sees=[]), "fire.watch": duty("after", sees=[])}
    force = unit(1, duties, work={"fire.rescue": work("5 min"), "fire.watch": work("5 min")})
    injects = {
        "I1": RING,
        "I2": inject([HQ], at="T+1", tells={"fire": True}),
        "I9": inject([], when="done(fire.rescue)"),
    }
    needs = {"burning": need("fire"), "after": need("done(fire.rescue)", 2)}
    timeline = play(
        build(FACTS, needs, {"消防": force}, scenario(injects), **at_once(calls__report=timed("3 min")))
    )
    assert log(timeline, "need_raised", need="after") == [(9.0, "need_raised", "after")]
    assert given(timeline) == [6.0]


# --- rule 35


def contingency(when: str, *, unless: str | None = None, window: Any = None, flips: Any) -> Timeline:
    more = ({"unless": unless} if unless else {}) | ({"window": window} if window else {})
    changes = {f"I{n:02}": makes(at, **values) for n, (at, values) in enumerate(flips, 20)}
    return story({**changes, "I9": inject([], when=when, **more)}, drill={"horizon": "60 min"})


def test_a_contingency_inject_fires_once() -> None:
    """Rule 35: the leak begins, stops and begins again: one inject, at the first beginning."""
    flips = [(10, {"leak": True}), (20, {"leak": False}), (30, {"leak": True})]
    assert given(contingency("leak", flips=flips)) == [10.0]


def test_unless_holds_it_back_until_it_is_lifted() -> None:
    """Rule 35: `when and not unless` becomes true when `unless` ends."""
    assert given(contingency("leak", unless="safe", flips=[(5, {"safe": True}), (10, {"leak": True})])) == []
    flips = [(5, {"safe": True}), (10, {"leak": True}), (15, {"safe": False})]
    assert given(contingency("leak", unless="safe", flips=flips)) == [15.0]


def test_unless_in_the_same_instant_holds_it_back() -> None:
    """Rule 35: leak and safety come true in one instant; the condition is looked at once all writes are in."""
    assert given(contingency("leak", unless="safe", flips=[(10, {"leak": True}), (10, {"safe": True})])) == []


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(5, [10.0], id="true already: fires when the window opens"),
        pytest.param(10, [10.0], id="at the opening"),
        pytest.param(15, [15.0], id="inside"),
        pytest.param(20, [20.0], id="at the close"),
        pytest.param(20.001, [], id="after the close"),
    ],
)
def test_only_inside_its_window(at: float, expected: list[float]) -> None:
    """Rule 35: the window is from T+10 to T+20."""
    assert (
        given(contingency("leak", window={"from": "T+10", "to": "T+20"}, flips=[(at, {"leak": True})]))
        == expected
    )


def test_true_only_before_its_window_does_not_count() -> None:
    """Rule 35: the leak of T+5 is over at T+8; the window opens at T+10."""
    flips = [(5, {"leak": True}), (8, {"leak": False})]
    assert given(contingency("leak", window={"from": "T+10", "to": "T+20"}, flips=flips)) == []


def test_why_it_fired_or_did_not_is_on_its_row() -> None:
    """Rule 35: the row names the condition and the value of each part."""
    fired = contingency("leak and injured > 2", flips=[(10, {"leak": True})])
    (row,) = rows(fired, "inject_skipped", inject="I9")
    assert row.detail["values"] == {"injured": 0, "leak": True}
    (row,) = rows(contingency("leak", flips=[(10, {"leak": True})]), "inject_given", inject="I9")
    assert row.detail["why"]["values"] == {"leak": True}
    assert row.cause == rows(contingency("leak", flips=[(10, {"leak": True})]), "fact_changed")[-1].seq


def test_injects_read_the_truth_and_not_a_rumour() -> None:
    """Rules 9 and 35: headquarters is told of a leak that there is not; nothing fires."""
    injects = {
        "I1": RING,
        "I2": inject([HQ], at="T+5", tells={"leak": True}),
        "I9": inject([DESK], when="leak"),
    }
    force = unit(1, {"fire.rescue": duty("burning")}, work={"fire.rescue": work("5 min")})
    timeline = play(build(FACTS, {"burning": need("fire")}, {"消防": force}, scenario(injects), **at_once()))
    assert given(timeline) == []


# --- rule 36


def hazard(flips: list[tuple[float, dict[str, bool]]], **more: Any) -> Timeline:
    """Every ten minutes while it leaks, one more is injured."""
    grows = {
        "label": {"zh": "x", "en": "x"},
        "while": "leak",
        "every": "10 min",
        "add": {"injured": 1},
        "at-most": 8,
    }
    changes = {f"I{n:02}": makes(at, **values) for n, (at, values) in enumerate(flips, 20)}
    drill = {
        "hazards": {"H1": {**grows, **more}},
        "horizon": "100 min",
        **({"facts": {"leak": True}} if not flips else {}),
    }
    return story(changes, drill=drill)


def ticks(timeline: Timeline) -> list[float]:
    return [row.t / 1000 for row in rows(timeline, "hazard_tick")]


def test_the_first_change_comes_one_period_after_arming() -> None:
    """Rule 36: it leaks from T+5; the first is injured at T+15, then every ten minutes."""
    timeline = hazard([(5, {"leak": True})])
    assert ticks(timeline) == [15.0, 25.0, 35.0, 45.0, 55.0, 65.0, 75.0, 85.0]
    injured = [row.t / 1000 for row in rows(timeline, "fact_changed") if row.detail["fact"] == "injured"]
    assert injured == ticks(timeline)


def test_what_holds_from_the_start_is_armed_at_the_start() -> None:
    """Rule 36: leaking at T+0, the first at T+10."""
    assert ticks(hazard([]))[:2] == [10.0, 20.0]


def test_at_most() -> None:
    """Rule 36: two and no more."""
    timeline = hazard([(5, {"leak": True})], **{"at-most": 2})
    assert ticks(timeline) == [15.0, 25.0]
    assert [
        row.detail["value"] for row in rows(timeline, "fact_changed") if row.detail["fact"] == "injured"
    ] == [1, 2]


def test_disarming_resets_the_clock() -> None:
    """Rule 36: leaking from T+5 to T+12 and from T+13: the next comes at T+23, not at T+15; after a stop at T+30
    none until T+50, ten minutes after it leaks again at T+40."""
    flips = [
        (5, {"leak": True}),
        (12, {"leak": False}),
        (13, {"leak": True}),
        (30, {"leak": False}),
        (40, {"leak": True}),
    ]
    assert ticks(hazard(flips, **{"at-most": 3})) == [23.0, 50.0, 60.0]


def test_at_most_counts_over_all_armings() -> None:
    """Rule 36: at most three in the drill, whatever stops in between."""
    flips = [(5, {"leak": True}), (26, {"leak": False}), (40, {"leak": True})]
    assert ticks(hazard(flips, **{"at-most": 3})) == [15.0, 25.0, 50.0]


def test_stopped_before_the_tick_nothing_happens() -> None:
    """Rule 36: checked again at each tick: stopped at T+14.999, nobody is injured at T+15."""
    assert ticks(hazard([(5, {"leak": True}), (14.999, {"leak": False})])) == []


def test_a_hazard_that_sets_what_it_waits_for_stops_itself() -> None:
    """Rule 36: the first change ends its own condition."""
    plan = network(
        FACTS, {"burning": need("fire")}, {"fire.rescue": duty("burning")},
        injects={"I1": makes(5, leak=True)}, drill={"horizon": "60 min", "hazards": {"H1": {
            "label": {"zh": "x", "en": "x"}, "while": "leak", "every": "10 min", "set": {"leak": False},
        }}},
    )  # fmt: skip
    assert ticks(play(plan)) == [15.0]


def test_delay_has_a_price() -> None:
    """Rule 36: the leak is stopped by the duty: done in 12 minutes one is injured, in 35 three are."""

    def injured(time: str) -> int:
        plan = network(
            FACTS, {"leaking": need("leak")}, {"fire.stop": duty("leaking", achieves={"set": {"leak": False}})},
            works={"fire.stop": work(time)}, injects={"I1": makes(5, leak=True)},
            drill={"horizon": "100 min", "hazards": {"H1": {
                "label": {"zh": "x", "en": "x"}, "while": "leak", "every": "10 min",
                "add": {"injured": 1}, "at-most": 8,
            }}},
        )  # fmt: skip
        return len(ticks(play(plan)))

    assert (injured("12 min"), injured("35 min")) == (1, 3)
