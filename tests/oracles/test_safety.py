"""Rules that kill rescuers when broken: test before entry, one team in and one ready, bands of bad air, the signal to
withdraw, what is forbidden. Each oracle is a story of its own on a small plan."""

from __future__ import annotations

from itertools import pairwise
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
    log,
    need,
    network,
    play,
    rows,
    scenario,
    teams,
    unit,
    work,
)  # fmt: skip
from random_plans import compiled, random_spec
from test_chance import Recorded, used_twice
from test_invariance import played, queue_reversed, starts_reversed

from sim.plan.closure import influence_closure
from sim.plan.compiled import Plan, SafetyRule
from sim.record.timeline import Row, Timeline
from sim.review import evaluate

LABEL = {"zh": "规则", "en": "the rule"}
FACTS = {
    **{name: fact("flag") for name in ("go", "also", "gas", "tested", "danger", "wet", "done_it")},
    "trapped": fact("count"), "saved": fact("count"), "air": fact("quantity", unit="mg/m³"),
}  # fmt: skip
SAVING: dict[str, Any] = {"form": "batch", "batch": {"takes": "trapped", "gives": "saved", "size": 1}}


def rule(kind: str, *duties: str, when: str = "gas", **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "label": LABEL,
        "duties": list(duties),
        "when": when,
        "basis": "某规定",
        "status": "found",
        **more,
    }


def happens(*moments: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """What the control makes true, and when."""
    return {f"I{n}": inject([], at=at, makes=made) for n, (at, made) in enumerate(moments, 1)}


def becomes(at: str, **facts: Any) -> tuple[str, dict[str, Any]]:
    return at, {"set": facts}


def drill(
    rules: dict[str, Any],
    duties: dict[str, Any],
    works: dict[str, Any],
    *moments: tuple[str, dict[str, Any]],
    **given: Any,
) -> Plan:
    """A drill without command, calls or roads: what `go` demands begins at once."""
    needs = {"n": need("go"), "m": need("also", 2), **given.pop("needs", {})}
    conditions = {"breaks": given.pop("breaks", {})}
    more = {"facts": given.pop("facts", {}), "conditions": conditions, "participants": {"消防": "参演"}}
    more |= given.pop("drill", {})
    injects = {**happens(*moments), **given.pop("injects", {})}
    return network(
        FACTS, needs, duties, works=works, injects=injects, drill=more, law={"safety": rules}, **given
    )  # fmt: skip


def cause(timeline: Timeline, row: Row) -> Row:
    assert row.cause is not None
    return timeline.rows[row.cause]


# --- before the entry

TEST_FIRST = {"tested.first": rule("before_entry", "x.enter", requires="tested")}
TESTING = {"x.test": duty("n", achieves={"set": {"tested": True}}), "x.enter": duty("n")}
TEN_AND_FIVE = {"x.test": work("10 min"), "x.enter": work("5 min")}


def test_nobody_begins_before_what_the_rule_requires_is_true() -> None:
    """The test takes ten minutes; who would go in waits for it by name, and goes in the instant it is done."""
    plan = drill(TEST_FIRST, TESTING, TEN_AND_FIVE, becomes("T+0", go=True, gas=True))
    timeline = play(plan)
    assert log(timeline, "waiting", "started", "finished", duty="x.enter") == [
        (0.0, "waiting", "x.enter#1"), (10.0, "started", "x.enter#1"), (15.0, "finished", "x.enter#1"),
    ]  # fmt: skip
    assert [row.waits_for for row in rows(timeline, "waiting")] == ["safety:tested.first"]
    (started,) = rows(timeline, "started", duty="x.enter")
    assert cause(timeline, started).detail == {"fact": "tested", "value": True}
    (record,) = [record for record in timeline.records if record.duty == "x.enter"]
    assert record.waited("safety:") == 10_000


def test_where_the_rule_does_not_speak_it_bars_nobody() -> None:
    """Without gas nobody waits for the test; nor does who works while the gas comes."""
    timeline = play(
        drill(TEST_FIRST, TESTING, TEN_AND_FIVE, becomes("T+0", go=True), becomes("T+2", gas=True))
    )
    assert log(timeline, "waiting", "withdrawn", "started", "finished", duty="x.enter") == [
        (0.0, "started", "x.enter#1"), (5.0, "finished", "x.enter#1"),
    ]  # fmt: skip


def test_the_rule_is_over_when_the_danger_is() -> None:
    """Nobody tests; at T+7 the gas is gone, and the wait with it."""
    timeline = play(
        drill(TEST_FIRST, {"x.enter": duty("n")}, {"x.enter": work("5 min")},
              becomes("T+0", go=True, gas=True), becomes("T+7", gas=False))
    )  # fmt: skip
    assert log(timeline, "started", duty="x.enter") == [(7.0, "started", "x.enter#1")]


def test_each_cycle_of_a_batch_is_an_entry() -> None:
    """Three are trapped. At T+7 the test is void, in the middle of the second cycle: that one goes on, the third waits
    until it is tested anew at T+30, and says that it begins again."""
    moments = (
        becomes("T+0", go=True, gas=True, tested=True), ("T+0", {"add": {"trapped": 3}}),
        becomes("T+7", tested=False), becomes("T+30", tested=True),
    )  # fmt: skip
    timeline = play(drill(TEST_FIRST, {"x.enter": duty("n", **SAVING)}, {"x.enter": work("5 min")}, *moments))
    assert log(timeline, "started", "cycle", "waiting", "finished", duty="x.enter") == [
        (0.0, "started", "x.enter#1"), (5.0, "cycle", "x.enter#1"), (10.0, "cycle", "x.enter#1"),
        (10.0, "waiting", "x.enter#1"), (30.0, "started", "x.enter#1"), (35.0, "cycle", "x.enter#1"),
        (35.0, "finished", "x.enter#1"),
    ]  # fmt: skip
    assert [row.detail for row in rows(timeline, "started", duty="x.enter")] == [{}, {"anew": True}]


def test_who_is_left_with_nobody_to_save_does_not_stand_at_the_gate() -> None:
    """Two teams save the only one: the other finds nobody, and is not kept waiting for a test that never comes."""
    duties = {"x.enter": duty("n", **SAVING), "x.other": duty("n", **SAVING)}
    moments = (becomes("T+0", go=True), ("T+0", {"add": {"trapped": 1}}), becomes("T+1", gas=True))
    timeline = play(drill(TEST_FIRST, duties, {"x.enter": work("9 min"), "x.other": work("5 min")}, *moments))
    assert log(timeline, "waiting", "cycle", "finished") == [
        (0.0, "finished", "x.other#1"), (9.0, "cycle", "x.enter#1"), (9.0, "finished", "x.enter#1"),
    ]  # fmt: skip


def test_what_is_known_counts_as_a_rule_may_ask() -> None:
    """The rule asks for the word of the test, not for the test: it is let in when headquarters hears."""
    told = {"told.first": rule("before_entry", "x.enter", requires="known(tested)")}
    force = unit(1, {"x.enter": duty("n")}, work={"x.enter": work("5 min")})
    injects = {
        "I1": RING,
        "I2": inject([HQ], at="T+1", tells={"go": True}),
        "I3": inject([HQ], at="T+9", tells={"tested": True}),
    }
    plan = build(
        FACTS, {"n": need("go")}, {"消防": force}, scenario(injects, facts={"go": True, "gas": True, "tested": True}),
        law={"safety": told}, **at_once(),
    )  # fmt: skip
    timeline = play(plan)
    assert log(timeline, "waiting", "started", duty="x.enter") == [
        (1.0, "waiting", "x.enter#1"), (9.0, "started", "x.enter#1")
    ]  # fmt: skip


# --- rules broken


def test_who_breaks_a_rule_goes_ahead_and_the_outcome_is_the_scenarios() -> None:
    """The duty is played as breaking the rule, though the register has it wait for the test; three minutes later two
    rescuers are poisoned. The test, and who keeps the rule, go their way."""
    duties = {
        "x.test": TESTING["x.test"], "x.enter": duty("n", after=["x.test.finished"]), "x.second": duty("n"),
    }  # fmt: skip
    rules = {"tested.first": rule("before_entry", "x.enter", "x.second", requires="tested")}
    outcome = inject([], when="elapsed(broken.tested.first) >= 3 min", makes={"add": {"trapped": 2}})
    works = {**TEN_AND_FIVE, "x.second": work("5 min")}
    timeline = play(
        drill(rules, duties, works, becomes("T+0", go=True, gas=True), breaks={"tested.first": ["x.enter"]},
              injects={"I9": outcome})
    )  # fmt: skip
    assert log(timeline, "waiting", "safety_broken", "started", duty="x.enter") == [
        (0.0, "safety_broken", "x.enter#1"), (0.0, "started", "x.enter#1"),
    ]  # fmt: skip
    assert [row.detail for row in rows(timeline, "safety_broken")] == [{"rule": "tested.first"}]
    assert log(timeline, "inject_given", inject="I9") == [(3.0, "inject_given", "I9")]
    assert log(timeline, "started", duty="x.second") == [(10.0, "started", "x.second#1")]


def test_a_rule_is_broken_anew_by_every_entry_until_it_bars_nobody() -> None:
    """Three trapped, five minutes each; the test is done at T+7: the first two entries break the rule."""
    moments = (
        becomes("T+0", go=True, gas=True),
        ("T+0", {"add": {"trapped": 3}}),
        becomes("T+7", tested=True),
    )
    plan = drill(
        TEST_FIRST, {"x.enter": duty("n", **SAVING)}, {"x.enter": work("5 min")}, *moments,
        breaks={"tested.first": ["x.enter"]},
    )  # fmt: skip
    assert [at for at, *_ in log(play(plan), "safety_broken")] == [0.0, 5.0]


def test_a_prerequisite_of_another_kind_is_waited_for_all_the_same() -> None:
    """Who breaks the rule of the test does not wait for the test, but for the road to be cleared he does."""
    duties = {
        "x.clear": duty("n", achieves={"set": {"done_it": True}}), "x.test": TESTING["x.test"],
        "x.enter": duty("n", after=["x.clear.finished", "x.test.finished"]),
    }  # fmt: skip
    works = {**TEN_AND_FIVE, "x.clear": work("4 min")}
    moments = becomes("T+0", go=True, gas=True)
    waits = log(play(drill(TEST_FIRST, duties, works, moments)), "started", duty="x.enter")
    breaks = drill(TEST_FIRST, duties, works, moments, breaks={"tested.first": ["x.enter"]})
    assert waits == [(10.0, "started", "x.enter#1")]
    assert log(play(breaks), "started", duty="x.enter") == [(4.0, "started", "x.enter#1")]


BREATHING = {"set.on": rule("before_entry", "x.enter", stock="breathing")}


def breathing(*, takes: bool, breaks: bool) -> Timeline:
    """One breathing set, worn by another duty until T+20, its refill included."""
    sets = {"breathing": {"label": LABEL, "count": 1, "refill": "5 min", "src": "t"}}
    took = {"takes": {"breathing": 1}}
    works = {"x.enter": work("5 min", **(took if takes else {})), "x.wear": work("15 min", **took)}
    force = unit(1, {"x.enter": duty("n"), "x.wear": duty("n", priority=0)}, work=works, stocks=sets)
    moments = {**happens(becomes("T+0", go=True, gas=True)), "I9": RING}
    given = {"conditions": {"breaks": {"set.on": ["x.enter"]}}} if breaks else {}
    plan = build(
        FACTS, {"n": need("go")}, {"消防": force}, scenario(moments, network=True, **given), law={"safety": BREATHING}
    )  # fmt: skip
    return play(plan)


def test_a_rule_that_demands_a_stock_is_broken_by_every_entry_without_it() -> None:
    """Who takes a breathing set waits for one and breaks nothing; who takes none, or does not wait for it, is inside
    without."""
    assert log(breathing(takes=True, breaks=False), "started", "safety_broken", duty="x.enter") == [
        (20.0, "started", "x.enter#1")
    ]
    for takes, breaks in ((False, False), (True, True)):
        assert log(breathing(takes=takes, breaks=breaks), "started", "safety_broken", duty="x.enter") == [
            (0.0, "safety_broken", "x.enter#1"), (0.0, "started", "x.enter#1"),
        ]  # fmt: skip


# --- one team in, one ready

TWO = {"two": rule("standby", "x.left", "x.right")}
BOTH = {"x.left": duty("n"), "x.right": duty("n")}
CREW = {"uses": {"crew": 1}}


def entries(crews: int, *moments: tuple[str, dict[str, Any]], **more: dict[str, Any]) -> Timeline:
    """Left takes five minutes, right three; `more` duties hold a crew for as long as they say."""
    duties = {**BOTH, **{name.replace("_", "."): given["duty"] for name, given in more.items()}}
    works = {"x.left": work("5 min", **CREW), "x.right": work("3 min", **CREW)}
    works |= {name.replace("_", "."): work(given["time"], **CREW) for name, given in more.items()}
    start = becomes("T+0", go=True, gas=True)
    return play(drill(TWO, duties, works, start, *moments, sizes={"crew": crews}))


def test_one_team_goes_in_while_the_other_stands_ready() -> None:
    """Two crews for two duties: the one held back is the one that stands ready; they go in one after the other."""
    assert log(entries(2), "waiting", "started", "finished") == [
        (0.0, "waiting", "x.right#1"), (0.0, "started", "x.left#1"), (5.0, "finished", "x.left#1"),
        (5.0, "started", "x.right#1"), (8.0, "finished", "x.right#1"),
    ]  # fmt: skip


def test_with_a_third_crew_both_go_in() -> None:
    """Nobody is reserved: one free crew is ready for both."""
    assert log(entries(3), "waiting", "started") == [
        (0.0, "started", "x.left#1"),
        (0.0, "started", "x.right#1"),
    ]


def test_alone_a_team_does_not_go_in() -> None:
    """One crew: nobody can stand ready, and it waits to the end, by name."""
    timeline = entries(1)
    assert log(timeline, "started") == []
    (left, *_) = rows(timeline, "open_at_close", duty="x.left")
    assert left.waits_for == "safety:two"


def crew_given_back(**late: Any) -> Timeline:
    """Left has one of two crews, the other is at work until T+4 at what left must wait for too; `late` wants one."""
    rules = {**TWO, "first": rule("before_entry", "x.left", requires="done_it")}
    duties = {
        "x.left": duty("n"),
        "x.other": duty("n", priority=0, achieves={"set": {"done_it": True}}),
        **late,
    }
    works = {
        "x.left": work("5 min", **CREW),
        "x.other": work("4 min", **CREW),
        "x.late": work("2 min", **CREW),
    }
    moments = (becomes("T+0", go=True, gas=True), becomes("T+1", also=True))
    return play(drill(rules, duties, {name: works[name] for name in duties}, *moments, sizes={"crew": 2}))


def test_a_crew_given_back_stands_ready_unless_others_take_it() -> None:
    """The second crew is free from T+4: left goes in, caused by that. When a third duty has waited for a crew it takes
    this one in the same instant, and left goes on waiting until T+6."""
    (left,) = rows(timeline := crew_given_back(), "started", duty="x.left")
    assert left.t == 4000
    assert cause(timeline, left).t == 4000
    taken = crew_given_back(**{"x.late": duty("m", priority=0)})
    (left,) = rows(taken, "started", duty="x.left")
    assert (left.t, cause(taken, left).event, cause(taken, left).duty) == (6000, "finished", "x.late")


def test_a_team_of_another_unit_at_the_scene_stands_ready_one_at_home_does_not() -> None:
    """The brigade has one crew. The service's crew, to whose duty the rule speaks too, is at the scene from T+10 until
    its own duty is over, and then stays there, free: the brigade goes in. Were it at home, the brigade would wait."""
    two = {"two": rule("standby", "a.enter", "b.enter")}
    force = {"work": {"a.enter": work("5 min", uses={"crew": 1})}, "teams": teams(crew=1)}
    other = {"work": {"b.enter": work("5 min", uses={"crew": 1})}, "teams": teams(crew=1)}
    units = {
        "大队": unit(1, {"a.enter": duty("n")}, **force),
        "支队": unit(2, {"b.enter": duty("m")}, **other),
    }
    for also, begins in ((True, [11.0]), (False, [])):
        injects = {"I1": RING, "I2": inject([HQ], at="T+1", tells={"go": True, "also": also})}
        plan = build(
            FACTS, {"n": need("go"), "m": need("also", 2)}, units, scenario(injects, facts={"gas": True}),
            law={"safety": two}, **at_once(defaults__travel={"urban": "10 min", "township": "0 min", "src": "t"}),
        )  # fmt: skip
        assert [at for at, *_ in log(play(plan), "started", duty="a.enter")] == begins


# --- the signal to withdraw

LEAVE = {"leave": rule("withdrawal", "x.save", "x.once", "x.hold", when="danger", count="4 min")}


def test_at_the_signal_a_cycle_is_lost_and_begins_anew_when_it_is_over() -> None:
    """Two trapped, ten minutes each. The signal comes at T+15, in the second cycle, and is over at T+20: that cycle
    begins anew and nobody is saved twice. The head count comes four minutes after the signal."""
    moments = (
        becomes("T+0", go=True), ("T+0", {"add": {"trapped": 2}}), becomes("T+15", danger=True),
        becomes("T+20", danger=False),
    )  # fmt: skip
    timeline = play(drill(LEAVE, {"x.save": duty("n", **SAVING)}, {"x.save": work("10 min")}, *moments))
    assert log(timeline, "started", "cycle", "withdrawn", "waiting", "head_counted", "finished") == [
        (0.0, "started", "x.save#1"), (10.0, "cycle", "x.save#1"), (15.0, "withdrawn", "x.save#1"),
        (15.0, "waiting", "x.save#1"), (19.0, "head_counted", "x.save#1"), (20.0, "started", "x.save#1"),
        (30.0, "cycle", "x.save#1"), (30.0, "finished", "x.save#1"),
    ]  # fmt: skip
    (out,) = rows(timeline, "withdrawn")
    assert out.detail == {"rule": "leave"}
    assert cause(timeline, out).detail == {"fact": "danger", "value": True}
    saved = [row.detail["value"] for row in rows(timeline, "fact_changed") if row.detail["fact"] == "saved"]
    assert saved == [1, 2]
    (record,) = timeline.records
    assert [(span.kind, span.begin, span.end) for span in record.spans] == [
        ("work", 0, 10_000), ("work", 10_000, 15_000), ("safety:leave", 15_000, 20_000), ("work", 20_000, 30_000),
    ]  # fmt: skip


def test_who_is_called_out_leaves_people_to_others_and_keeps_its_team() -> None:
    """Once-only and lasting work begin anew too, with the same crew; what lasting work adds it adds once."""
    duties = {
        "x.once": duty("n", achieves={"set": {"done_it": True}}),
        "x.hold": duty("n", form="sustained", achieves={"add": {"saved": 1}, "set": {"wet": True}}),
    }  # fmt: skip
    works = {"x.once": work("10 min", uses={"crew": 1}), "x.hold": work(uses={"crew": 1})}
    moments = (
        becomes("T+0", go=True), becomes("T+6", danger=True), becomes("T+8", danger=False), becomes("T+30", go=False),
    )  # fmt: skip
    timeline = play(drill(LEAVE, duties, works, *moments, sizes={"crew": 2}))
    assert log(timeline, "started", "withdrawn", "finished", duty="x.once") == [
        (0.0, "started", "x.once#1"), (6.0, "withdrawn", "x.once#1"), (8.0, "started", "x.once#1"),
        (18.0, "finished", "x.once#1"),
    ]  # fmt: skip
    assert log(timeline, "started", "withdrawn", "finished", duty="x.hold") == [
        (0.0, "started", "x.hold#1"), (6.0, "withdrawn", "x.hold#1"), (8.0, "started", "x.hold#1"),
        (30.0, "finished", "x.hold#1"),
    ]  # fmt: skip
    assert not [row for row in rows(timeline, "waiting") if row.waits_for.startswith("team")]
    changes = [(row.detail["fact"], row.t) for row in rows(timeline, "fact_changed")]
    assert [at for name, at in changes if name == "saved"] == [0]


def test_heads_are_counted_unit_by_unit_and_only_of_those_who_were_inside() -> None:
    """Two units inside with three tasks, a third on the road: it comes to the scene, says that it waits, and begins
    when the signal is over. Whose setting up was broken off sets up anew."""
    leave = {"leave": rule("withdrawal", "a.one", "a.two", "b.one", "c.one", when="danger", count="4 min")}
    far = {"urban": "10 min", "township": "0 min", "src": "t"}
    plain = {"work": {"a.one": work("20 min"), "a.two": work("20 min", setup="8 min")}}
    units = {
        "甲队": unit(1, {"a.one": duty("n"), "a.two": duty("n")}, **plain),
        "乙队": unit(2, {"b.one": duty("n")}, work={"b.one": work("20 min")}),
        "丙队": unit(3, {"c.one": duty("n")}, work={"c.one": work("5 min")}, travel={**far, "urban": "16 min"}),
        "丁队": unit(4, {"d.one": duty("n")}, work={"d.one": work("20 min")}),
    }  # fmt: skip
    injects = {
        "I1": RING, "I2": inject([HQ], at="T+1", tells={"go": True}),
        "I3": inject([], at="T+14", makes={"set": {"danger": True}}),
        "I4": inject([], at="T+40", makes={"set": {"danger": False}}),
    }  # fmt: skip
    plan = build(
        FACTS, {"n": need("go")}, units, scenario(injects, facts={"go": True}), law={"safety": leave},
        **at_once(defaults__travel=far),
    )  # fmt: skip
    timeline = play(plan)
    assert log(timeline, "withdrawn", "head_counted") == [
        (14.0, "withdrawn", "a.one#1"), (14.0, "withdrawn", "a.two#1"), (14.0, "withdrawn", "b.one#1"),
        (18.0, "head_counted", "a.two#1"), (18.0, "head_counted", "b.one#1"),
    ]  # fmt: skip
    assert [row.detail["tasks"] for row in rows(timeline, "head_counted")] == [
        ["a.one#1", "a.two#1"],
        ["b.one#1"],
    ]
    assert log(timeline, "arrived", "waiting", "started", "finished", duty="c.one") == [
        (17.0, "arrived", "c.one#1"), (17.0, "waiting", "c.one#1"), (40.0, "started", "c.one#1"),
        (45.0, "finished", "c.one#1"),
    ]  # fmt: skip
    assert log(timeline, "departed", "started", "finished", duty="a.two") == [
        (1.0, "departed", "a.two#1"), (48.0, "started", "a.two#1"), (68.0, "finished", "a.two#1"),
    ]  # fmt: skip
    assert log(timeline, "finished", duty="d.one") == [(31.0, "finished", "d.one#1")]


def test_who_stays_in_spite_of_the_signal_breaks_the_rule_once_for_each_signal() -> None:
    """At T+5 and T+20 the signal is given; the duty ignores it, and its work goes on."""
    moments = (
        becomes("T+0", go=True), becomes("T+5", danger=True),
        becomes("T+9", danger=False), becomes("T+20", danger=True),
    )  # fmt: skip
    plan = drill(
        LEAVE, {"x.once": duty("n")}, {"x.once": work("30 min")}, *moments, breaks={"leave": ["x.once"]}
    )
    timeline = play(plan)
    assert log(timeline, "withdrawn", "head_counted", "safety_broken", "finished") == [
        (5.0, "safety_broken", "x.once#1"), (20.0, "safety_broken", "x.once#1"), (30.0, "finished", "x.once#1"),
    ]  # fmt: skip
    (finished,) = rows(timeline, "finished")
    assert cause(timeline, finished).event == "started"


def test_a_cycle_that_ends_at_the_very_instant_of_the_signal_counts() -> None:
    """Ten minutes a cycle and the signal at T+10: one is saved, the next cycle does not begin."""
    moments = (becomes("T+0", go=True), ("T+0", {"add": {"trapped": 2}}), becomes("T+10", danger=True))
    timeline = play(drill(LEAVE, {"x.save": duty("n", **SAVING)}, {"x.save": work("10 min")}, *moments))
    assert log(timeline, "cycle", "withdrawn", "open_at_close") == [
        (10.0, "cycle", "x.save#1"), (10.0, "withdrawn", "x.save#1"), (240.0, "open_at_close", "x.save#1"),
    ]  # fmt: skip


def test_what_was_broken_off_is_drawn_anew_and_moves_no_other_draw() -> None:
    """Rule 31: a cycle begun anew has a length of its own; the cycles after it are as long as without the signal."""
    length = "exp(10 min)"

    def cycles(*signal: tuple[str, dict[str, Any]]) -> tuple[list[int], Recorded]:
        draws = Recorded()
        moments = (becomes("T+0", go=True), ("T+0", {"add": {"trapped": 4}}), *signal)
        plan = drill(
            LEAVE, {"x.save": duty("n", **SAVING)}, {"x.save": work(length)}, *moments, drill={"horizon": "600 min"}
        )  # fmt: skip
        ends = [row.t for row in rows(play(plan, draws=draws), "started", "cycle")]
        return [b - a for a, b in pairwise(ends)], draws

    plain, _ = cycles()
    broken, draws = cycles(becomes("T+1", danger=True), becomes("T+2", danger=False))
    assert len(plain) == 4
    assert plain[0] > 1000  # the signal came in the first cycle
    assert broken[0] == 2000  # from the first start to the second
    assert broken[1] != plain[0]
    assert broken[2:] == plain[1:]
    assert used_twice(draws) == []


@pytest.mark.parametrize("form", ["once", "batch", "sustained"])
def test_a_need_that_is_over_ends_who_stands_at_the_gate(form: str) -> None:
    """Called out at T+5, the need is over at T+9: what lasts, or had saved somebody, is finished; the rest goes home.
    Who had not begun at all goes home in any case."""
    reads = SAVING if form == "batch" else {"form": form}
    moments = (
        becomes("T+0", go=True), ("T+0", {"add": {"trapped": 3}}), becomes("T+5", danger=True),
        becomes("T+9", go=False),
        becomes("T+12", danger=False),
    )  # fmt: skip
    works = {
        "x.once": work("0 min" if form == "sustained" else "4 min", **CREW),
        "x.next": work("4 min", **CREW),
    }
    works["x.once"] = work("20 min" if form == "once" else "4 min", **CREW)
    later = {"x.next": duty("m")}
    plan = drill(
        LEAVE, {"x.once": duty("n", **reads), **later}, works, *moments, becomes("T+8", also=True), sizes={"crew": 1}
    )  # fmt: skip
    timeline = play(plan)
    end = "stood_down" if form == "once" else "finished"
    assert log(timeline, "finished", "stood_down", duty="x.once") == [(9.0, end, "x.once#1")]
    assert len(rows(timeline, "started", duty="x.once")) == 1
    assert log(timeline, "started", duty="x.next") == [(9.0, "started", "x.next#1")]  # its crew is free


def test_who_never_began_goes_home_from_the_gate_when_the_need_is_over() -> None:
    timeline = play(
        drill(TEST_FIRST, {"x.enter": duty("n", form="sustained")}, {"x.enter": work()},
              becomes("T+0", go=True, gas=True), becomes("T+9", go=False), becomes("T+12", tested=True))
    )  # fmt: skip
    assert log(timeline, "waiting", "started", "stood_down") == [
        (0.0, "waiting", "x.enter#1"), (9.0, "stood_down", "x.enter#1")
    ]  # fmt: skip
    assert rows(timeline, "stood_down")[0].detail == {"from": "safety"}


# --- what is forbidden


def test_what_is_forbidden_is_not_begun_and_is_broken_off_without_a_count() -> None:
    """Water is forbidden from T+0 to T+10 and from T+15 to T+20: the curtain stands from ten to fifteen, and again."""
    dry = {"dry": rule("prohibition", "x.spray", when="danger", count="4 min")}
    dry["dry"].pop("count")
    moments = (
        becomes("T+0", go=True, danger=True), becomes("T+10", danger=False), becomes("T+15", danger=True),
        becomes("T+20", danger=False),
    )  # fmt: skip
    timeline = play(drill(dry, {"x.spray": duty("n", form="sustained")}, {"x.spray": work()}, *moments))
    assert log(timeline, "waiting", "started", "withdrawn", "head_counted") == [
        (0.0, "waiting", "x.spray#1"), (10.0, "started", "x.spray#1"), (15.0, "withdrawn", "x.spray#1"),
        (15.0, "waiting", "x.spray#1"), (20.0, "started", "x.spray#1"),
    ]  # fmt: skip


def test_what_is_forbidden_may_be_set_up_but_not_in_a_place_to_leave() -> None:
    """The hoses are laid out while water is forbidden; when the place must be left they are not."""
    rules = {
        "dry": rule("prohibition", "x.spray", when="wet"),
        "leave": rule("withdrawal", "x.other", when="wet"),
    }
    works = {"x.spray": work("5 min", setup="6 min"), "x.other": work("5 min", setup="6 min")}
    timeline = play(
        drill(rules, {"x.spray": duty("n"), "x.other": duty("n")}, works, becomes("T+0", go=True, wet=True),
              becomes("T+20", wet=False))
    )  # fmt: skip
    assert log(timeline, "started") == [(20.0, "started", "x.spray#1"), (26.0, "started", "x.other#1")]


def test_danger_first_names_the_wait() -> None:
    """Of several rules that bar the way the signal is named before the test, and the test once the signal is over."""
    rules = {**TEST_FIRST, "z.leave": rule("withdrawal", "x.enter", when="danger")}
    moments = (
        becomes("T+0", go=True, gas=True, danger=True),
        becomes("T+5", danger=False),
        becomes("T+9", tested=True),
    )
    timeline = play(drill(rules, {"x.enter": duty("n")}, {"x.enter": work("5 min")}, *moments))
    assert [(row.t, row.waits_for) for row in rows(timeline, "waiting")] == [
        (0, "safety:z.leave"), (5000, "safety:tested.first"),
    ]  # fmt: skip
    assert log(timeline, "started") == [(9.0, "started", "x.enter#1")]


# --- bad air

BANDS = {
    "low": {"above": 30, "within": "60 min"},
    "mid": {"above": 50, "within": "30 min"},
    "high": {"above": 100, "within": "15 min"},
}


def guard(*moments: tuple[str, dict[str, Any]], crews: int = 2) -> Timeline:
    """A cordon held in gas by one crew of `crews`."""
    air = {"air.co": rule("exposure", "x.guard", fact="air", bands=BANDS)}
    return play(
        drill(air, {"x.guard": duty("n", form="sustained")}, {"x.guard": work(**CREW)}, *moments, sizes={"crew": crews})
    )  # fmt: skip


def test_a_team_in_bad_air_is_relieved_after_the_time_of_its_band() -> None:
    """At 100 mg/m³, above 50 and not above 100, thirty minutes: then every thirty minutes another crew takes over."""
    timeline = guard(becomes("T+0", go=True, gas=True, air=100))
    assert log(timeline, "relieved", "unrelieved")[:3] == [
        (30.0, "relieved", "x.guard#1"), (60.0, "relieved", "x.guard#1"), (90.0, "relieved", "x.guard#1"),
    ]  # fmt: skip
    assert rows(timeline, "relieved")[0].detail == {"after": 30.0, "why": "air.co"}


@pytest.mark.parametrize(
    ("air", "due"), [(30, []), (30.5, [60.0]), (50, [60.0]), (51, [30.0]), (101, [15.0])]
)
def test_a_band_begins_above_its_value(air: float, due: list[float]) -> None:
    timeline = guard(becomes("T+0", go=True, gas=True, air=air), becomes("T+61", go=False))
    assert [at for at, *_ in log(timeline, "relieved")][: len(due) or None][:1] == due


def test_a_rise_brings_the_relief_forward_and_a_fall_ends_the_exposure() -> None:
    """Thirty-five at T+0 would allow until T+60; from T+5 it is sixty: until T+30. Or it falls at T+20 and rises again
    at T+40: then the time counts anew."""
    rise = guard(becomes("T+0", go=True, gas=True, air=35), becomes("T+5", air=60))
    assert log(rise, "relieved")[0][0] == 30.0
    late = guard(becomes("T+0", go=True, gas=True, air=35), becomes("T+25", air=120))
    assert log(late, "relieved")[0][0] == 25.0
    fall = guard(becomes("T+0", go=True, gas=True, air=60), becomes("T+20", air=10), becomes("T+40", air=60))
    assert log(fall, "relieved")[0][0] == 70.0
    gone = guard(becomes("T+0", go=True, gas=True, air=60), becomes("T+20", gas=False))
    assert log(gone, "relieved") == []


def test_without_another_crew_it_stays_and_that_is_a_gap() -> None:
    """One crew: at T+15 nobody takes over, at T+40 the need is over: twenty-five minutes too long, a grave gap."""
    timeline = guard(becomes("T+0", go=True, gas=True, air=150), becomes("T+40", go=False), crews=1)
    assert log(timeline, "unrelieved", "relieved") == [
        (15.0, "unrelieved", "x.guard#1"),
        (30.0, "unrelieved", "x.guard#1"),
    ]
    (gap,) = [gap for gap in evaluate(timeline).gaps if gap.code == "G903"]
    assert (gap.severity, gap.expected, gap.actual, gap.basis, gap.status) == (
        "major",
        15.0,
        40.0,
        "某规定",
        "found",
    )
    assert "25.0" in gap.statement()
    assert "可能" in gap.statement()
    assert " may " in gap.statement("en")


def test_too_long_in_bad_air_ends_when_the_air_is_clean() -> None:
    """One crew: due at T+15; the air is clean at T+25, whatever else is going on: ten minutes too long."""
    timeline = guard(
        becomes("T+0", go=True, gas=True, air=150),
        becomes("T+25", air=10),
        becomes("T+90", go=False),
        crews=1,
    )
    (gap,) = [gap for gap in evaluate(timeline).gaps if gap.code == "G903"]
    assert gap.actual == 25.0


# --- what the review says


def gaps(timeline: Timeline, code: str) -> list[Any]:
    return [gap for gap in evaluate(timeline).gaps if gap.code == code]


def test_a_rule_broken_is_a_grave_gap_with_its_rows_and_its_reason() -> None:
    """By the scenario's will, or because the local assumptions give it no equipment: two causes."""
    moments = (becomes("T+0", go=True, gas=True), ("T+0", {"add": {"trapped": 2}}))
    timeline = play(
        drill(TEST_FIRST, {"x.enter": duty("n", **SAVING)}, {"x.enter": work("5 min")}, *moments,
              breaks={"tested.first": ["x.enter"]})
    )  # fmt: skip
    (gap,) = gaps(timeline, "G901")
    assert gap.severity == "major"
    assert gap.evidence == tuple(row.seq for row in rows(timeline, "safety_broken"))
    assert len(gap.evidence) == 2
    assert (gap.reason, gap.unit, gap.duty, gap.clause) == ("played_so", "消防", "x.enter", "救援")
    for lang, word in (("zh", "可能"), ("en", "may")):
        assert word in gap.statement(lang)
        assert LABEL[lang] in gap.statement(lang)
        assert gap.cause(lang)
        assert gap.suggestion(lang)
    (gap,) = gaps(breathing(takes=False, breaks=False), "G901")
    assert gap.reason == "unequipped"


@pytest.mark.parametrize(("minutes", "found"), [(5, False), (5.001, True)])
def test_a_long_wait_for_a_safe_entry_is_a_gap_that_names_the_rule(minutes: float, found: bool) -> None:
    """Five minutes are our own mark: at five none, one thousandth over it yes."""
    works = {"x.test": work(f"{minutes} min"), "x.enter": work("5 min")}
    timeline = play(drill(TEST_FIRST, TESTING, works, becomes("T+0", go=True, gas=True)))
    assert bool(gaps(timeline, "G902")) == found


def test_the_wait_is_grave_where_life_depends_on_it_and_says_what_was_missing() -> None:
    """Of priority 1 major, of priority 2 minor; at the close it says that it never came to it; a wait outside at the
    signal to withdraw is none."""
    never = drill(
        TEST_FIRST, {"x.enter": duty("n")}, {"x.enter": work("5 min")}, becomes("T+0", go=True, gas=True)
    )
    (gap,) = gaps(play(never), "G902")
    assert (gap.severity, gap.actual, gap.variant) == ("major", 240.0, "never")
    assert "tested" not in gap.cause()
    assert FACTS["tested"]["label"]["zh"] in gap.cause()
    assert LABEL["zh"] in gap.statement()
    second = drill(
        TEST_FIRST, {"x.enter": duty("m")}, {"x.enter": work("5 min")}, becomes("T+0", also=True, gas=True)
    )
    assert [gap.severity for gap in gaps(play(second), "G902")] == ["minor"]
    signal = drill(
        LEAVE, {"x.once": duty("n")}, {"x.once": work("5 min")}, becomes("T+0", go=True, danger=True)
    )
    assert gaps(play(signal), "G902") == []


# --- properties


def toggled(number: int) -> Plan:
    """A random drill in which gas, test and danger come and go under the feet of everybody, all four kinds of rule."""
    chance = Random(number)
    duties, works = {}, {}
    for n in range(chance.randint(2, 5)):
        form = chance.choice(("once", "batch", "sustained", "repeated"))
        duties[f"x.d{n}"] = duty(chance.choice(("n", "m")), **(SAVING if form == "batch" else {"form": form}))
        length = f"{chance.choice((1, 2, 3, 5))} min"
        every = {"every": "2 min"} if form == "repeated" else {}
        works[f"x.d{n}"] = work(length, setup=f"{chance.choice((0, 0, 2))} min", **CREW, **every)
    kinds = (
        ("a.test", "before_entry", {"requires": "tested"}),
        ("b.leave", "withdrawal", {"when": "danger", "count": "2 min"}),
        ("c.dry", "prohibition", {"when": "wet"}), ("d.two", "standby", {}),
    )  # fmt: skip
    rules = {
        name: rule(kind, *chance.sample(sorted(duties), chance.randint(1, len(duties))), **more)
        for name, kind, more in kinds
        if chance.random() < 0.7
    }
    moments = [becomes("T+0", go=True, also=True), ("T+0", {"add": {"trapped": chance.randint(1, 6)}})]
    for at in range(25):
        name = chance.choice(("gas", "tested", "danger", "wet", "go", "also", ""))
        if name:
            moments.append(becomes(f"T+{at}", **{name: chance.random() < 0.6}))
    return drill(
        rules, duties, works, *moments, sizes={"crew": chance.randint(1, 4)}, drill={"horizon": "40 min"},
        breaks={name: [chance.choice(given["duties"])] for name, given in rules.items() if chance.random() < 0.2},
    )  # fmt: skip


class Watch:
    """Reads a timeline row by row: what is true, and who is inside since when."""

    def __init__(self, timeline: Timeline) -> None:
        self.plan = timeline.plan
        self.place = {given.id: n for n, given in enumerate(self.plan.facts)}
        self.rows = timeline.rows
        self.states: list[list[Any]] = []  # what was true after each row
        values = [given.default for given in self.plan.facts]
        for row in self.rows:
            if row.event == "fact_changed":
                values = [*values]
                values[self.place[row.detail["fact"]]] = row.detail["value"]
            self.states.append(values)

    def settled(self, row: Row) -> list[list[Any]]:
        """What was true at some moment of the instant of `row`, from it on."""
        return [self.states[other.seq] for other in self.rows[row.seq :] if other.t == row.t]

    def inside(self) -> list[tuple[Row, int, str]]:
        """(the row that let it in, until when, duty) of every stretch of work; a cycle is a stretch."""
        found, since = [], {}
        for row in self.rows:
            if row.task in since and row.event in (
                "cycle",
                "withdrawn",
                "finished",
                "waiting",
                "stood_down",
                "open_at_close",
            ):
                begun = since.pop(row.task)
                if row.t > begun.t:
                    found.append((begun, row.t, row.duty))
            if row.event in ("started", "cycle"):
                since[row.task] = row
        return found


def bars(given: SafetyRule, values: list[Any]) -> bool:
    sure = [True] * len(values)
    if not given.when.test(values, sure):
        return False
    return given.kind != "before_entry" or (
        given.requires is not None and not given.requires.test(values, sure)
    )


def keeping(plan: Plan, duty_id: str, *kinds: str) -> list[SafetyRule]:
    """The rules of some kinds that speak to a duty and are kept by it."""
    given = next(one for one in plan.duties if one.id == duty_id)
    return [
        plan.law.safety[place]
        for place in given.safety
        if place not in given.breaks and plan.law.safety[place].kind in kinds
    ]


def test_a_rescuer_is_never_inside_before_the_rule_holds_nor_after_the_signal() -> None:
    """In four hundred drills in which everything comes and goes: at the entry no rule bars the way, and nobody is at
    work for a moment while the signal stands or the work is forbidden. A repeated duty enters
    once, not each interval."""
    entered = called_out = again = 0
    for number in range(400):
        watch = Watch(play(toggled(number)))
        plan = watch.plan
        forms = {given.id: given.form for given in plan.duties}
        for begun, until, duty_id in watch.inside():
            entry = begun.event == "started" or forms[duty_id] == "batch"
            for given in keeping(plan, duty_id, "before_entry") if entry else ():
                entered += 1
                assert not all(bars(given, values) for values in watch.settled(begun)), (number, begun)
            for given in keeping(plan, duty_id, "withdrawal", "prohibition"):
                during = [watch.states[row.seq] for row in watch.rows if begun.t < row.t < until]
                last_of_instant = watch.settled(begun)[-1]
                assert not any(bars(given, values) for values in (last_of_instant, *during)), (number, begun)
        called_out += sum(row.event == "withdrawn" for row in watch.rows)
        again += sum("anew" in row.detail for row in watch.rows)
    assert entered > 200
    assert called_out > 100
    assert again > 100


def test_every_entry_that_a_rule_would_bar_is_said_to_break_it_and_no_other() -> None:
    """Rows of broken rules stand exactly where a duty that does not keep a rule goes in while it bars the way."""
    said = 0
    for number in range(400):
        watch = Watch(play(toggled(number)))
        forms = {given.id: given.form for given in watch.plan.duties}
        rules = {given.id: given for given in watch.plan.law.safety}
        for row in watch.rows:
            if row.event == "safety_broken" and rules[row.detail["rule"]].kind != "standby":
                said += 1
                assert any(bars(rules[row.detail["rule"]], values) for values in watch.settled(row)[:1]), (
                    number
                )
        broken = {
            (row.t, row.task, row.detail.get("rule")) for row in watch.rows if row.event == "safety_broken"
        }
        for begun, _, duty_id in watch.inside():
            given = next(one for one in watch.plan.duties if one.id == duty_id)
            for place in given.breaks if begun.event == "started" or forms[duty_id] == "batch" else ():
                breaks = watch.plan.law.safety[place]
                if breaks.kind != "standby" and all(bars(breaks, values) for values in watch.settled(begun)):
                    assert (begun.t, begun.task, breaks.id) in broken, (number, begun)
    assert said > 100


def test_one_in_one_ready_in_random_drills() -> None:
    """At no moment of time are all crews inside, where every duty keeps the rule and all are of one pool."""
    together = 0
    for number in range(500):
        plan = toggled(number)
        two = [given for given in plan.law.safety if given.kind == "standby"]
        if not two or len(two[0].duties) < len(plan.duties) or any(given.breaks for given in plan.duties):
            continue
        watch = Watch(play(plan))
        stretches = watch.inside()
        forms = {given.id: given.form for given in plan.duties}
        for begun, until, duty_id in stretches:
            entry = begun.event == "started" or forms[duty_id] == "batch"
            if entry and all(bars(two[0], values) for values in watch.settled(begun)):
                together += 1
                entering = [one for one in stretches if one[0].t <= begun.t < one[1]]
                assert len(entering) < plan.pools[0].size, (number, begun, until)
    assert together > 30


def test_rules_that_never_speak_change_nothing() -> None:
    """The same random drills with rules whose danger never comes: the same rows, numbers and causes as without."""
    for number in range(150):
        spec = random_spec(Random(number), random=number % 2 == 0, rules=3) | {"breaks": {}}
        silent = {name: {**given, "when": "false"} for name, given in spec["safety"].items()}
        assert played(compiled(spec | {"safety": silent})) == played(compiled(spec | {"safety": {}})), number


def test_drills_full_of_rules_do_not_depend_on_the_order_of_processing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rule 2, where everything happens at whole minutes and everybody stands at one gate."""
    for number in range(100):
        for plan in (toggled(number), compiled(random_spec(Random(number), rules=3, random=False))):
            plain = played(plan)
            for order in (starts_reversed, queue_reversed):
                with order(monkeypatch):
                    assert played(plan) == plain, number


def test_no_uniform_is_used_twice_where_work_begins_anew() -> None:
    """Rule 31, in drills in which half of all that begins is broken off."""
    for number in range(100):
        plan, draws = toggled(number), Recorded(number)
        again = sum("anew" in row.detail for row in play(plan, draws=draws).rows)
        assert used_twice(draws) == [], (number, again)


# --- the closure


def test_what_a_rule_reads_is_in_the_closure() -> None:
    """Rule 33 (c): the test moves who waits for it; of two duties under one rule of standby each moves the other, with
    crews of their own or not; what breaks a rule moves who is sent by it; a duty of no rule moves alone."""
    duties = {name: duty("n") for name in ("x.enter", "x.left", "x.right", "x.alone")}
    duties["x.test"] = duty("n", achieves={"set": {"tested": True}})
    duties["x.help"] = duty("broke")
    works = {name: work("5 min") for name in duties}
    works |= {"x.left": work("5 min", uses={"crew": 1}), "x.right": work("5 min", uses={"boat": 1})}
    outcome = inject([], when="elapsed(broken.tested.first) >= 3 min", makes={"set": {"wet": True}})
    plan = drill(
        {**TEST_FIRST, **TWO}, duties, works, sizes={"crew": 2, "boat": 2}, injects={"I9": outcome},
        needs={"broke": need("wet")}, breaks={"tested.first": ["x.enter"]},
        facts={"go": True},
    )  # fmt: skip
    assert influence_closure(plan, ["x.test"]) == {"x.test", "x.enter", "x.help"}
    assert influence_closure(plan, ["x.left"]) == {"x.left", "x.right"}
    assert influence_closure(plan, ["x.enter"]) == {"x.enter", "x.help"}
    assert influence_closure(plan, ["x.alone"]) == {"x.alone"}
