"""Every row names its cause, and the two ways to split a task's time (rule 37 of SEMANTICS)."""

from __future__ import annotations

import itertools
from random import Random
from typing import Any

import pytest
from build import (
    HQ,
    RING,
    at_once,
    build,
    duty,
    fact,
    inject,
    need,
    network,
    play,
    rows,
    scenario,
    teams,
    timed,
    unit,
    work,
)  # fmt: skip
from random_plans import compiled, random_spec

from sim.errors import PlayError
from sim.record.events import KINDS
from sim.record.timeline import Row, Timeline
from sim.review import Causes


def the(timeline: Timeline, event: str, **columns: str) -> Row:
    (row,) = rows(timeline, event, **columns)
    return row


def cause(timeline: Timeline, row: Row) -> tuple[float, str, str]:
    assert row.cause is not None
    found = timeline.rows[row.cause]
    return found.t / 1000, found.event, found.task or found.inject or found.need or found.unit


# --- every row


def uncaused(timeline: Timeline) -> list[Row]:
    return [row for row in timeline.rows if row.cause is None]


def may_be_uncaused(timeline: Timeline, row: Row) -> bool:
    timed_injects = {inject.id for inject in timeline.plan.injects if inject.at is not None}
    return row.event == "drill_opened" or (row.event == "inject_given" and row.inject in timed_injects)


@pytest.mark.parametrize("block", range(4))
def test_every_row_names_a_cause_that_stands_before_it(block: int) -> None:
    """Rules 4 and 37: in two hundred random drills full of ties, every row but the opening one and the injects given by
    the clock names its cause, and the cause has a smaller number and is not later."""
    for number in range(50 * block, 50 * block + 50):
        try:
            timeline = play(compiled(random_spec(Random(number))))
        except PlayError:  # a story that goes round in circles without time passing
            continue
        assert [row.seq for row in timeline.rows] == list(range(len(timeline)))
        assert all(may_be_uncaused(timeline, row) for row in uncaused(timeline)), number
        for row in timeline.rows:
            if row.cause is not None:
                assert row.cause < row.seq, (number, row)
                assert timeline.rows[row.cause].t <= row.t, (number, row)
        times = [row.t for row in timeline.rows]
        assert times == sorted(times)


def test_rows_carry_what_their_kind_of_event_must() -> None:
    """Rule 37 and DESIGN 5: the events are a closed list, each with its obligatory columns."""
    seen = set()
    for number in range(120):
        try:
            timeline = play(compiled(random_spec(Random(number))))
        except PlayError:
            continue
        for row in timeline.rows:
            seen.add(row.event)
            assert all(getattr(row, column) for column in KINDS[row.event].needs), row
    assert len(seen) > 30


# --- which cause


def one_crew(**more: Any) -> Timeline:
    """Two fires, one crew: the first takes it at T+1 for ten minutes, the second waits from T+3."""
    facts = {"one": fact("flag"), "two": fact("flag")}
    needs = {"n_one": need("one", 1), "n_two": need("two", 2)}
    duties = {"fire.one": duty("n_one", **more), "fire.two": duty("n_two")}
    works = {"fire.one": work("10 min", uses={"crew": 1}), "fire.two": work("4 min", uses={"crew": 1})}
    injects = {
        "I1": inject([], at="T+1", makes={"set": {"one": True}}),
        "I2": inject([], at="T+3", makes={"set": {"two": True}}),
    }
    return play(network(facts, needs, duties, works=works, sizes={"crew": 1}, injects=injects))


def test_a_grant_after_waiting_is_caused_by_the_release() -> None:
    """Rule 37: the last enabling event of the second fire's start is the finish of the first."""
    timeline = one_crew()
    assert cause(timeline, the(timeline, "started", task="fire.two#1")) == (11.0, "finished", "fire.one#1")


def test_a_grant_without_waiting_follows_from_the_task_itself() -> None:
    """Rule 37: the first fire found the crew free."""
    timeline = one_crew()
    assert cause(timeline, the(timeline, "started", task="fire.one#1")) == (1.0, "acknowledged", "fire.one#1")


def test_the_chain_from_order_to_finish() -> None:
    """Rule 37: each step of a task's life is caused by the one before it, back to what headquarters learnt."""
    injects = {"I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True})}
    force = unit(
        1, {"fire.rescue": duty("burning", sees=[])}, work={"fire.rescue": work("5 min", setup="1 min")}
    )
    slow = at_once(
        calls__answered=timed("1 min"), defaults__acknowledge=timed("1 min"),
        defaults__muster={"duty": "2 min", "off-duty": "2 min", "src": "t"},
        defaults__travel={"urban": "9 min", "township": "9 min", "src": "t"},
    )  # fmt: skip
    timeline = play(
        build({"fire": fact("flag")}, {"burning": need("fire")}, {"消防": force}, scenario(injects), **slow)
    )
    path = Causes(timeline).path(the(timeline, "finished", task="fire.rescue#1").seq)
    assert [(row.t / 1000, row.event) for row in path] == [
        (10.0, "inject_given"), (10.0, "told"), (10.0, "learnt"), (10.0, "need_raised"), (10.0, "triggered"),
        (10.0, "call_begun"), (11.0, "call_answered"), (11.0, "ordered"), (12.0, "acknowledged"), (12.0, "waiting"),
        (14.0, "departed"), (23.0, "arrived"), (24.0, "started"), (29.0, "finished"),
    ]  # fmt: skip


def joined(first: str, second: str) -> Timeline:
    """Work that waits for two others, which take so long."""
    facts, needs = {"fire": fact("flag")}, {"burning": need("fire")}
    duties = {
        "fire.a": duty("burning"), "fire.b": duty("burning"),
        "fire.c": duty("burning", after=["fire.a.finished", "fire.b.finished"]),
    }  # fmt: skip
    works = {"fire.a": work(first), "fire.b": work(second), "fire.c": work("1 min")}
    return play(
        network(
            facts,
            needs,
            duties,
            works=works,
            injects={"I1": inject([], at="T+1", makes={"set": {"fire": True}})},
        )
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"), [("3 min", "8 min", "fire.b"), ("8 min", "3 min", "fire.a")]
)
def test_a_join_names_the_latest_arrival(first: str, second: str, expected: str) -> None:
    """Rule 37: of two prerequisites the one that came last is the cause."""
    timeline = joined(first, second)
    assert cause(timeline, the(timeline, "started", task="fire.c#1")) == (9.0, "finished", f"{expected}#1")


def test_a_tie_of_arrivals_goes_by_rank() -> None:
    """Rule 37: both at T+6, of one need: the later in rank, which is the last row, is the cause."""
    timeline = joined("5 min", "5 min")
    assert cause(timeline, the(timeline, "started", task="fire.c#1")) == (6.0, "finished", "fire.b#1")


def test_assessment_names_the_later_of_call_and_verification() -> None:
    """Rule 37: with `build.strength` the leader is phoned until T+6 and the news verified until T+12; with a slow
    leader it is the other way round."""
    force = {"消防": unit(1, {"fire.rescue": duty("burning")})}

    def waits_for(**local: Any) -> tuple[float, str, str]:
        plan = build(
            {"fire": fact("flag")}, {"burning": need("fire")}, force, scenario({"I1": RING}), **local
        )
        timeline = play(plan)
        return cause(timeline, the(timeline, "triggered", task="desk.assess#1"))

    assert waits_for() == (12.0, "finished", "desk.verify#1")
    assert waits_for(desk__phone_leader=timed("20 min")) == (24.0, "finished", "desk.phone_leader#1")


def test_first_report_up_is_caused_by_picking_up_the_phone() -> None:
    """Rules 13 and 37: not by the end of the record, nor by verification."""
    force = {"消防": unit(1, {"fire.rescue": duty("burning")})}
    timeline = play(build({"fire": fact("flag")}, {"burning": need("fire")}, force, scenario({"I1": RING})))
    row = the(timeline, "triggered", task="desk.report_up#1")
    assert cause(timeline, row) == (0.0, "started", "desk.receive#1")


def test_a_hazard_names_what_armed_it_and_then_its_last_tick() -> None:
    """Rules 36 and 37."""
    grows = {
        "label": {"zh": "x", "en": "x"},
        "while": "leak",
        "every": "10 min",
        "add": {"injured": 1},
        "at-most": 2,
    }
    plan = network(
        {"leak": fact("flag"), "injured": fact("count")}, {"burning": need("leak")}, {"fire.rescue": duty("burning")},
        injects={"I1": inject([], at="T+5", makes={"set": {"leak": True}})}, drill={"hazards": {"H1": grows}},
    )  # fmt: skip
    timeline = play(plan)
    first, second = rows(timeline, "hazard_tick")
    assert cause(timeline, first) == (5.0, "fact_changed", "")
    assert second.cause == first.seq


def test_a_stand_down_is_caused_by_the_call_that_brought_it() -> None:
    """Rules 20 and 37: the need is over at T+5; the unit learns it by a call answered at T+6 and turns back."""
    injects = {"I1": RING} | {
        f"I{n}": inject([HQ], at=f"T+{at}", tells={"fire": burns})
        for n, at, burns in ((2, 1, True), (3, 5, False))
    }
    far = {"urban": "60 min", "township": "60 min", "src": "t"}
    force = unit(1, {"fire.rescue": duty("burning")}, work={"fire.rescue": work("5 min")})
    local = at_once(calls__answered=timed("1 min"), defaults__travel=far)
    timeline = play(
        build({"fire": fact("flag")}, {"burning": need("fire")}, {"消防": force}, scenario(injects), **local)
    )
    row = the(timeline, "stood_down", task="fire.rescue#1")
    assert row.t == 6_000
    assert cause(timeline, row) == (6.0, "call_answered", "burning")
    chain = [found.event for found in Causes(timeline).path(row.seq)]
    assert chain == [
        "inject_given",
        "told",
        "learnt",
        "need_over",
        "call_begun",
        "call_answered",
        "stood_down",
    ]


# --- the two decompositions


@pytest.mark.parametrize("number", range(0, 60, 3))
def test_the_critical_path_sums_by_construction(number: int) -> None:
    """Rule 37: along the causes of any row the steps are never negative and add up to its time."""
    timeline = play(compiled(random_spec(Random(number))))
    causes = Causes(timeline)
    for row in timeline.rows:
        path = causes.path(row.seq)
        steps = [after.t - before.t for before, after in itertools.pairwise(path)]
        assert all(step >= 0 for step in steps)
        assert path[0].t + sum(steps) == row.t
        assert may_be_uncaused(timeline, path[0])


def test_a_wait_for_a_team_is_on_the_task_and_not_on_the_critical_path() -> None:
    """Rule 37: the second fire waited from T+3 to T+11 for the crew. Its own rows say so; the critical path does not:
    it runs from the inject of T+1 through the ten minutes of the first fire, and no step of it is a wait."""
    timeline = one_crew()
    causes = Causes(timeline)
    assert [(wait.kind, wait.minutes) for wait in causes.waits("fire.two#1")] == [
        ("team:crew", 8.0),
        ("work", 4.0),
    ]
    path = causes.path(the(timeline, "finished", task="fire.two#1").seq)
    told = [row for row in path if row.event in ("inject_given", "started", "finished")]
    assert [(row.t / 1000, row.event, row.task) for row in told] == [
        (1.0, "inject_given", ""), (1.0, "started", "fire.one#1"), (11.0, "finished", "fire.one#1"),
        (11.0, "started", "fire.two#1"), (15.0, "finished", "fire.two#1"),
    ]  # fmt: skip
    assert not [row for row in path if row.event == "waiting"]


def test_task_waits_by_the_previous_row_of_the_same_task() -> None:
    """Rule 37: one task that waits for everything in turn: the only operator until T+12, three minutes of call and one
    to acknowledge, a prerequisite until T+40, the crew until T+60, two minutes to muster, nine on the road, one to set
    up, five of work."""
    injects = {
        "I1": RING, "I2": inject([HQ], at="T+9", tells={"two": True}),
        "I3": inject([HQ], at="T+10", tells={"one": True}), "I4": inject([HQ], at="T+16", tells={"three": True}),
    }  # fmt: skip
    facts = {name: fact("flag") for name in ("one", "two", "three")}
    needs = {"n_one": need("one", 1), "n_two": need("two", 2), "n_three": need("three", 3)}
    duties = {
        "fire.one": duty("n_one", after=["fire.two.finished"]),
        "fire.two": duty("n_two", place="office"), "fire.three": duty("n_three", place="office"),
    }  # fmt: skip
    works = {
        "fire.one": work("5 min", setup="1 min", uses={"crew": 1}), "fire.two": work("27 min"),
        "fire.three": work("40 min", uses={"crew": 1}),
    }  # fmt: skip
    local = at_once(
        calls__answered=timed("3 min"), defaults__acknowledge=timed("1 min"),
        defaults__muster={"duty": "2 min", "off-duty": "2 min", "src": "t"},
        defaults__travel={"urban": "9 min", "township": "9 min", "src": "t"},
        desk__operators={"duty": 1, "off-duty": 1, "src": "t"},
        command__inform="broadcast", command__broadcast={"send": timed("0 min"), "receipt": timed("0 min")},
    )  # fmt: skip
    timeline = play(
        build(
            facts,
            needs,
            {"消防": unit(1, duties, teams=teams(crew=1), work=works)},
            scenario(injects),
            **local,
        )
    )
    # fire.two: called T+9 to T+12, acknowledged T+13, done T+40; fire.three: called T+16 to T+19, crew T+20 to T+60
    spent = {wait.kind: wait.minutes for wait in Causes(timeline).waits("fire.one#1")}
    assert spent == {
        "operator": 2.0, "call": 3.0, "acknowledge": 1.0, "prerequisite:fire.two.finished": 24.0, "team:crew": 20.0,
        "muster": 2.0, "travel": 9.0, "setup": 1.0, "work": 5.0,
    }  # fmt: skip
    first, last = the(timeline, "triggered", task="fire.one#1"), the(timeline, "finished", task="fire.one#1")
    assert (first.t, last.t, sum(spent.values())) == (10_000, 77_000, 67.0)


def test_task_waits_add_up_to_the_whole_life_of_every_task() -> None:
    """Rule 37: from its first row to its last a task is always somewhere, and nowhere twice."""
    counted = 0
    for number in range(80):
        timeline = play(compiled(random_spec(Random(number), network=False)))
        for record in timeline.records:
            life = [row for row in timeline.rows if row.task == record.task and row.event not in ASIDE]
            events = [row.event for row in life]
            if "finished" in events[:-1]:
                continue  # it rested in between and then took those who came later
            counted += 1
            spans = sorted((span.begin, span.end) for span in record.spans)
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans)), (number, record.task)
            assert sum(end - begin for begin, end in spans) == life[-1].t - life[0].t, (number, record.task)
    assert counted > 200


ASIDE = (
    "reported", "call_confirmed", "informed", "relieved", "unrelieved", "supplied", "safety_broken", "head_counted",
)  # fmt: skip
