"""One thing otherwise from a moment on (rule 33): nothing before it knows, and from then on it holds.

A unit `甲` is called for three injects, ten minutes apart, each time another of its teams; muster takes five minutes,
work four.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from build import DESK, at_once, build, duty, fact, inject, log, need, scenario, teams, timed, unit, work

from sim import load_roster, load_scenario
from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE, later, parse_duration
from sim.play.change import Change
from sim.play.engine import Engine, draws_for
from sim.play.index import Index
from sim.record.manifest import plan_for
from sim.record.timeline import Timeline

ONE, TWO, THREE = "x.a#1", "x.b#1", "x.c#1"


def office() -> Plan:
    facts = {f"f{one}": fact("flag") for one in "abc"}
    units = {
        "甲": unit(
            1, {f"x.{one}": duty(f"n{one}", form="once", starts="order") for one in "abc"}, teams=teams(a=1, b=1, c=1),
            work={f"x.{one}": work("4 min", uses={one: 1}) for one in "abc"},
            muster={"duty": "5 min", "off-duty": "5 min", "src": "t"},
        )
    }  # fmt: skip
    told = {
        f"I{n}": inject([DESK], at=f"T+{10 * n}", makes={"set": {f"f{one}": True}}, tells={f"f{one}": True})
        for n, one in enumerate("abc")
    }
    drill = scenario(told, facts={"fa": True})
    return build(facts, {f"n{one}": need(f"f{one}") for one in "abc"}, units, drill, **at_once())


def changed(
    plan: Plan, at: float, other: Plan | None = None, withheld: frozenset[int] = frozenset()
) -> Timeline:
    engine = Engine(plan)
    change = Change(round(at * MINUTE), Index(other or plan), withheld)
    return Timeline(plan, engine.rows(engine.play(draws_for(1, 0), change), "test", 0), {})


def muster_longer(plan: Plan, minutes: float) -> Plan:
    actors = tuple(
        replace(a, muster_duty=later(a.muster_duty, minutes)) if a.name == "甲" else a for a in plan.actors
    )
    return replace(plan, actors=actors)


def departed(timeline: Timeline) -> dict[str, float]:
    return {name: t for t, _, name in log(timeline, "departed")}


def test_a_unit_is_later_from_the_moment_on() -> None:
    """Whoever has begun to muster is not held up; whoever begins at the very moment is, and all after it."""
    plan = office()
    assert departed(changed(plan, 5, muster_longer(plan, 7))) == {ONE: 5.0, TWO: 22.0, THREE: 32.0}
    assert departed(changed(plan, 10, muster_longer(plan, 7))) == {ONE: 5.0, TWO: 22.0, THREE: 32.0}
    assert departed(changed(plan, 10.001, muster_longer(plan, 7))) == {ONE: 5.0, TWO: 15.0, THREE: 32.0}


def test_work_that_begins_after_the_moment_takes_the_new_time_also_of_a_task_under_way() -> None:
    plan = office()
    slow = replace(plan, duties=tuple(replace(d, time=parse_duration("9 min")) for d in plan.duties))
    done = {name: t for t, _, name in log(changed(plan, 12, slow), "finished") if name.startswith("x.")}
    assert done == {ONE: 9.0, TWO: 24.0, THREE: 34.0}  # the second was mustering at T+12


def test_a_withheld_inject_is_not_given_and_the_close_says_so() -> None:
    told = changed(office(), 10, withheld=frozenset((1,)))
    assert [name for _, _, name in log(told, "inject_given")] == ["I0", "I2"]
    (skipped,) = [row for row in told.rows if row.event == "inject_skipped"]
    assert (skipped.inject, skipped.detail) == ("I1", {"by": "control"})
    assert TWO not in departed(told)


def test_an_inject_withheld_after_it_was_given_stays_given() -> None:
    assert len(log(changed(office(), 10.001, withheld=frozenset((1,))), "inject_given")) == 3


def busy_desk() -> Plan:
    """Two calls to the desk at T+20 and one hand, each taking six minutes."""
    facts = {"fa": fact("flag"), "fb": fact("flag")}
    told = {f"I{n}": inject([DESK], at="T+20", tells={f"f{one}": True}) for n, one in enumerate("ab")}
    hands = {"duty": 1, "off-duty": 1, "src": "t"}
    return build(
        facts, {"na": need("fa")}, {"甲": unit(1, {"x.a": duty("na", form="once")}, work={"x.a": work()})},
        scenario(told), **at_once(desk__operators=hands, desk__receive=timed("6 min")),
    )  # fmt: skip


@pytest.mark.parametrize(("at", "second"), [(0, 26.0), (20, 26.0), (23, 29.0), (26.5, 32.0)])
def test_one_more_hand_from_the_moment_on(at: float, second: float) -> None:
    """The second call is taken at once, or as soon as the new hand is there, or when the first is over."""
    plan = busy_desk()
    desk = replace(plan.desk, operators_duty=2, operators_off_duty=2)
    ends = [
        t for t, _, name in log(changed(plan, at, replace(plan, desk=desk)), "finished")
        if name.startswith("desk.receive#")
    ]  # fmt: skip
    assert ends[:2] == [26.0, second]


def test_hands_that_come_with_the_hours_are_those_of_the_new_plan() -> None:
    """From 18:00 the new plan has nobody but one; at T+470 the old one would still have had two."""
    facts = {"fa": fact("flag"), "fb": fact("flag")}
    told = {f"I{n}": inject([DESK], at="T+490", tells={f"f{one}": True}) for n, one in enumerate("ab")}
    hands = {"duty": 2, "off-duty": 2, "src": "t"}
    plan = build(
        facts, {"na": need("fa")}, {"甲": unit(1, {"x.a": duty("na", form="once")}, work={"x.a": work()})},
        scenario(told, horizon="600 min"), **at_once(desk__operators=hands, desk__receive=timed("6 min")),
    )  # fmt: skip
    for at in (400, 480):  # 480 is 18:00 itself
        other = replace(plan, desk=replace(plan.desk, operators_off_duty=1))
        ends = [
            t for t, _, name in log(changed(plan, at, other), "finished") if name.startswith("desk.receive#")
        ]
        assert ends[:2] == [496.0, 502.0]


@pytest.mark.parametrize("scenario_id", ["blast-furnace-gas", "ammonia-cold-store", "night-landslide"])
@pytest.mark.parametrize("at", [0, 37.5, 80])
def test_no_row_before_the_moment_knows_of_the_change(scenario_id: str, at: float) -> None:
    """Rule 33 (b), for everything at once: every muster, every work, the hands, the last injects."""
    plan = plan_for(load_roster().model, load_scenario(scenario_id).model, {})
    other = replace(
        plan,
        actors=tuple(
            replace(a, muster_duty=later(a.muster_duty, 9), muster_off_duty=later(a.muster_off_duty, 9))
            for a in plan.actors
        ),
        duties=tuple(replace(d, time=later(d.time, 5)) for d in plan.duties),
        desk=replace(plan.desk, operators_duty=plan.desk.operators_duty + 1),
    )
    engine = Engine(plan)
    change = Change(
        round(at * MINUTE), Index(other), frozenset(range(len(plan.injects) // 2, len(plan.injects)))
    )
    before = list(engine.rows(engine.play(draws_for(7, 0)), "test", 0))
    after = list(engine.rows(engine.play(draws_for(7, 0), change), "test", 0))
    count = sum(row.t < change.at for row in before)
    assert before[:count] == after[:count]
    assert all(row.t >= change.at for row in after[count:])
    assert before[count:] != after[count:]


def test_a_change_to_nothing_else_changes_no_row() -> None:
    plan = office()
    engine = Engine(plan)
    same = engine.play(draws_for(3, 0), Change(15 * MINUTE, Index(plan)))
    assert same == engine.play(draws_for(3, 0))
