"""The friction of the world: stocks, relief, roads and weather, halts, hazards that grow (rules 19, 22, 23 and 36)."""

from __future__ import annotations

from typing import Any

import pytest
from build import (
    HQ,
    RING,
    Chosen,
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
)

from sim.plan.closure import influence_closure
from sim.plan.compiled import Plan
from sim.record.timeline import Timeline

LABEL = {"zh": "x", "en": "x"}
FLAGS = {name: fact("flag") for name in ("fire", "flood", "more", "cut", "storm")}
FACTS = {**FLAGS, **{name: fact("count") for name in ("hurt", "saved", "rumours")}}


def stock(count: int, **given: Any) -> dict[str, Any]:
    return {"label": LABEL, "count": count, "src": "t", **given}


def log(timeline: Timeline, *events: str) -> list[tuple[float, str, str]]:
    """The rows of the units' tasks, without the desk's."""
    return [(row.t / 1000, row.event, row.task) for row in rows(timeline, *events) if row.duty]


def minutes(timeline: Timeline, event: str, task: str) -> list[float]:
    return [row.t / 1000 for row in rows(timeline, event, task=task)]


# --- stocks


def works(duties: dict[str, Any], work_of: dict[str, Any], **own: Any) -> Timeline:
    """One unit in town without roads or calls; everything burns and floods from T+0 on, five are hurt."""
    draws, drill = own.pop("draws", None), own.pop("drill", {})
    units = {"消防": unit(1, duties, work=work_of, **own), **drill.pop("units", {})}
    needs = {
        "burning": need("fire", 1, lead="optional"), "wet": need("flood", 2, lead="optional"),
        "later": need("more", 3, lead="optional"),
    }  # fmt: skip
    injects = {"I1": RING, **drill.pop("injects", {})}
    told = inject([HQ], tells={"fire": True, "flood": True}, makes={"set": {"fire": True, "flood": True}})
    plan = build(
        FACTS, needs, units, scenario({"I2": told, **injects}, network=True, facts={"hurt": 5}, **drill)
    )
    return play(plan, draws=draws)


ONCE = {"a.one": duty("burning", sees=[]), "b.two": duty("wet", sees=[])}
SETS = {"takes": {"sets": 1}}


def test_work_takes_its_stock_and_waits_for_it_by_name() -> None:
    """One set that comes back ten minutes after use: the second work waits from T+0 to T+15, named; what lets it go on
    is the end of the first."""
    timeline = works(ONCE, {"a.one": work("5 min", **SETS), "b.two": work("5 min", **SETS)},
                     stocks={"sets": stock(1, refill="10 min")})  # fmt: skip
    assert log(timeline, "started", "finished") == [
        (0, "started", "a.one#1"), (5, "finished", "a.one#1"), (15, "started", "b.two#1"), (20, "finished", "b.two#1"),
    ]  # fmt: skip
    (wait,) = rows(timeline, "waiting", duty="b.two")
    assert (wait.t, wait.task, wait.waits_for) == (0, "b.two#1", "stock:sets")
    finished = rows(timeline, "finished", task="a.one#1")[0]
    assert rows(timeline, "started", task="b.two#1")[0].cause == finished.seq
    record = next(r for r in timeline.records if r.task == "b.two#1")
    assert record.waited("stock:") == 15_000


def test_what_has_no_refill_is_gone_for_good() -> None:
    timeline = works(
        ONCE, {"a.one": work("5 min", **SETS), "b.two": work("5 min", **SETS)}, stocks={"sets": stock(1)}
    )
    assert log(timeline, "started") == [(0, "started", "a.one#1")]
    (left,) = rows(timeline, "open_at_close")
    assert (left.task, left.waits_for) == ("b.two#1", "stock:sets")


def test_nobody_holds_a_team_while_waiting_for_a_stock() -> None:
    """All or nothing: the work that lacks a set does not keep the only crew from one that needs none."""
    timeline = works(
        {"a.one": duty("burning", sees=[]), "b.two": duty("wet", sees=[])},
        {"a.one": work("5 min", uses={"crew": 1}, takes={"sets": 2}), "b.two": work("5 min", uses={"crew": 1})},
        stocks={"sets": stock(1)}, teams=teams(crew=1),
    )  # fmt: skip
    assert log(timeline, "started") == [(0, "started", "b.two#1")]


def test_a_duty_that_brings_the_stock_can_have_the_team_of_the_one_that_waits() -> None:
    """The rescue, in its second cycle, has no set left; only its own crew can fetch more. It gives the crew back while
    it waits, the crew fetches, and the rescue goes on: nobody waits for each other."""
    reads = {"form": "batch", "batch": {"takes": "hurt", "gives": "saved", "size": 1}, "sees": []}
    timeline = works(
        {"a.save": duty("burning", **reads), "b.fetch": duty("wet", sees=[])},
        {
            "a.save": work("5 min", uses={"crew": 1}, **SETS),
            "b.fetch": work("20 min", uses={"crew": 1}, supplies={"消防": {"sets": 9}}),
        },
        stocks={"sets": stock(2)}, teams=teams(crew=1),
    )  # fmt: skip
    assert minutes(timeline, "cycle", "a.save#1") == [5, 10, 35, 40, 45]
    assert log(timeline, "started", "finished") == [
        (0, "started", "a.save#1"), (10, "started", "b.fetch#1"), (30, "finished", "b.fetch#1"),
        (45, "finished", "a.save#1"),
    ]  # fmt: skip
    (brought,) = rows(timeline, "supplied")
    assert (brought.t, brought.unit, brought.detail) == (
        30_000,
        "消防",
        {"stock": "sets", "count": 9, "by": "消防"},
    )
    assert [row.waits_for for row in rows(timeline, "waiting", task="a.save#1")] == ["stock:sets"]


def test_people_who_were_claimed_before_the_stock_ran_out_are_left_to_others() -> None:
    """Two crews, three sets that are gone once used, five people: three are saved, nobody is counted twice or kept."""
    reads = {"form": "batch", "batch": {"takes": "hurt", "gives": "saved", "size": 1}, "sees": []}
    timeline = works(
        {"a.save": duty("burning", **reads), "b.save": duty("wet", **reads)},
        {"a.save": work("5 min", **SETS), "b.save": work("7 min")}, stocks={"sets": stock(1)},
    )  # fmt: skip
    assert minutes(timeline, "cycle", "a.save#1") == [5]
    assert minutes(timeline, "cycle", "b.save#1") == [7, 14, 21, 28]
    assert [
        row.detail["value"] for row in rows(timeline, "fact_changed") if row.detail["fact"] == "saved"
    ] == [1, 2, 3, 4, 5]


def test_a_cycle_that_outlasts_its_issue_is_cut_without_a_result() -> None:
    """The first cycle would take 40 minutes, a set lasts 30: cut at T+30, nobody saved; the second takes 10."""
    reads = {"form": "batch", "batch": {"takes": "hurt", "gives": "saved", "size": 9}, "sees": []}
    timeline = works(
        {"a.save": duty("burning", **reads)}, {"a.save": work("uniform(0, 100) min", **SETS)},
        stocks={"sets": stock(5, endurance="30 min")}, draws=Chosen({"time": [0.4, 0.1, 0.1]}),
    )  # fmt: skip
    cycles = rows(timeline, "cycle")
    assert [(row.t / 1000, row.detail["count"]) for row in cycles] == [(30, 0), (40, 5)]
    assert cycles[0].detail["endurance"] == 30
    assert minutes(timeline, "finished", "a.save#1") == [40]


def test_work_done_once_is_begun_anew_when_its_issue_is_used_up() -> None:
    """40 minutes, cut at 30; the next issue is there at T+50, after its refill, and 10 minutes then are enough."""
    timeline = works(
        {"a.one": duty("burning", sees=[])}, {"a.one": work("uniform(0, 100) min", uses={"crew": 1}, **SETS)},
        stocks={"sets": stock(1, endurance="30 min", refill="20 min")}, teams=teams(crew=1),
        draws=Chosen({"time": [0.4, 0.1]}),
    )  # fmt: skip
    assert log(timeline, "cycle", "finished") == [(30, "cycle", "a.one#1"), (60, "finished", "a.one#1")]
    assert [(row.t, row.waits_for) for row in rows(timeline, "waiting", duty="a.one")] == [
        (30_000, "stock:sets")
    ]


def test_an_issue_that_lasts_exactly_as_long_as_the_work_is_enough() -> None:
    timeline = works({"a.one": duty("burning", sees=[])}, {"a.one": work("30 min", **SETS)},
                     stocks={"sets": stock(1, endurance="30 min")})  # fmt: skip
    assert log(timeline, "cycle", "finished") == [(30, "finished", "a.one#1")]


def test_what_was_not_used_comes_back_at_once() -> None:
    """The crew is turned back on its way, after 4 of 10 minutes: its foam, which is gone once used, is back with it at
    T+18; called again at T+40 it has some."""
    units = {
        "消防": unit(1, {"a.one": duty("burning", sees=[])}, stocks={"foam": stock(1)}, teams=teams(crew=1),
                   work={"a.one": work("5 min", uses={"crew": 1}, takes={"foam": 1})}),
        "公安": unit(2, {"b.two": duty("wet", sees=[])}, work={"b.two": work("1 min")}),
    }  # fmt: skip
    injects = {
        "I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True}),
        "I3": inject([HQ], at="T+14", tells={"fire": False}), "I4": inject([HQ], at="T+15", tells={"fire": True}),
    }  # fmt: skip
    roads = {"urban": "10 min", "township": "10 min", "src": "t"}
    needs = {"burning": need("fire"), "wet": need("flood")}
    timeline = play(build(FACTS, needs, units, scenario(injects), **at_once(defaults__travel=roads)))
    assert log(timeline, "stood_down", "waiting", "departed", "started") == [
        (10, "departed", "a.one#1"), (14, "stood_down", "a.one#1"), (15, "waiting", "a.one#2"),
        (18, "departed", "a.one#2"), (28, "started", "a.one#2"),
    ]  # fmt: skip


# --- relief


def pumping(**given: Any) -> Timeline:
    """A pump that is needed from T+10 to T+100, its crew to be relieved every half hour; ten minutes' road."""
    crews, form = given.pop("crews", 2), given.pop("form", "sustained")
    effort = {"uses": {"crew": 1}, **given.pop("effort", {})} | (
        {"every": "7 min"} if form == "repeated" else {}
    )
    own = {"shift": timed("30 min"), "teams": teams(crew=crews), **given.pop("own", {})}
    duties = {"fire.pump": duty("burning", sees=[], form=form), **given.pop("duties", {})}
    units = {"消防": unit(1, duties, work={"fire.pump": work(**effort), **given.pop("works", {})}, **own)}
    injects = {
        "I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True}),
        "I3": inject([HQ], at=given.pop("until", "T+100"), tells={"fire": False}), **given.pop("injects", {}),
    }  # fmt: skip
    roads = {"urban": "10 min", "township": "10 min", "src": "t"}
    local = at_once(
        defaults__travel=roads, defaults__muster={"duty": "2 min", "off-duty": "9 min", "src": "t"}
    )
    needs = {"burning": need("fire"), "wet": need("flood", lead="optional")}
    return play(build(FACTS, needs, units, scenario(injects), **local | given.pop("local", {})))


def test_who_has_been_at_work_for_a_shift_is_relieved_by_another_team() -> None:
    """19: at work from T+22; due at T+52, the other crew musters 2 minutes and drives 10: it takes over at T+64, the
    first one is home at T+74. Due again at T+94, and relieved at T+106, had the need not been over at T+100."""
    timeline = pumping()
    (relieved,) = rows(timeline, "relieved")
    assert (relieved.t, relieved.task, relieved.detail) == (
        64_000,
        "fire.pump#1",
        {"after": 42.0, "why": "shift"},
    )
    assert rows(timeline, "unrelieved") == []
    assert minutes(timeline, "finished", "fire.pump#1") == [100]
    assert log(timeline, "departed", "arrived") == [
        (12, "departed", "fire.pump#1"),
        (22, "arrived", "fire.pump#1"),
    ]


def test_without_another_team_the_old_one_goes_on_and_is_asked_for_again() -> None:
    """19: one crew only: no relief at T+52 and at T+82, and the work goes on to the end."""
    timeline = pumping(crews=1)
    assert log(timeline, "relieved", "unrelieved") == [
        (52, "unrelieved", "fire.pump#1"),
        (82, "unrelieved", "fire.pump#1"),
    ]
    assert minutes(timeline, "finished", "fire.pump#1") == [100]


def test_without_a_shift_nobody_is_relieved() -> None:
    assert log(pumping(own={"shift": None}), "relieved", "unrelieved") == []


def test_a_repeated_duty_goes_on_looking_while_its_team_changes() -> None:
    timeline = pumping(form="repeated")
    assert minutes(timeline, "relieved", "fire.pump#1") == [64]
    assert minutes(timeline, "cycle", "fire.pump#1") == [29, 36, 43, 50, 57, 64, 71, 78, 85, 92, 99]


BOARD = {"b.bail": duty("wet", sees=[])}


def bailing(at: str, **given: Any) -> float:
    """When a crew for another duty, asked for at `at`, sets to work there."""
    told = {"I4": inject([HQ], at=at, tells={"flood": True})}
    works_ = {"b.bail": work("1 min", uses={"crew": 1})}
    return minutes(pumping(duties=BOARD, works=works_, injects=told, **given), "departed", "b.bail#1")[0]


def test_the_old_team_is_free_once_it_is_home() -> None:
    """22: relieved at T+64, home at T+74; a crew asked for at T+70 musters at T+74 and departs at T+76."""
    assert bailing("T+70") == 76


def test_a_team_on_its_way_to_relieve_turns_back_when_the_work_is_over() -> None:
    """20, 22: the need is over at T+60, when the relief has been on the road for 6 minutes (since T+54): it is home at
    T+66, musters again and departs at T+68. The crew at the scene departs for nowhere: it is free at once."""
    timeline = pumping(until="T+60")
    assert log(timeline, "relieved", "unrelieved") == []
    two = {"uses": {"crew": 2}}
    told = {"I4": inject([HQ], at="T+61", tells={"flood": True})}
    both = pumping(until="T+60", duties=BOARD, works={"b.bail": work("1 min", **two)}, injects=told)
    assert minutes(both, "departed", "b.bail#1") == [68]


def test_a_team_that_arrives_in_the_instant_in_which_the_work_is_over_comes_for_nothing() -> None:
    """The call that ends the work comes through at T+64, as the relief arrives: either way nobody is lost."""
    timeline = pumping(until="T+64", duties=BOARD, works={"b.bail": work("1 min", uses={"crew": 2})},
                       injects={"I4": inject([HQ], at="T+65", tells={"flood": True})})  # fmt: skip
    assert minutes(timeline, "finished", "fire.pump#1") == [64]
    assert minutes(timeline, "departed", "b.bail#1") == [76]  # home at T+74, two minutes' muster


def test_an_issue_that_is_used_up_calls_for_relief_before_the_shift_does() -> None:
    """Two sets that last 15 minutes: at work from T+22, due at T+37, relieved at T+49 by a crew with the other set; the
    first is refilled in 5 minutes (T+54), so that at T+64 there is one again: relieved at T+76 and T+103."""
    timeline = pumping(
        own={"stocks": {"sets": stock(2, endurance="15 min", refill="5 min")}}, effort=SETS, until="T+105"
    )
    assert [(row.t / 1000, row.detail["why"]) for row in rows(timeline, "relieved", "unrelieved")] == [
        (49, "endurance"), (76, "endurance"), (103, "endurance"),
    ]  # fmt: skip


def test_no_issue_for_the_relief_is_no_relief() -> None:
    timeline = pumping(own={"stocks": {"sets": stock(1, endurance="15 min")}}, effort=SETS, until="T+60")
    assert [(row.t / 1000, row.event) for row in rows(timeline, "relieved", "unrelieved")] == [
        (37, "unrelieved"), (52, "unrelieved"),
    ]  # fmt: skip


# --- roads and weather


def driving(facts: dict[str, Any], **given: Any) -> tuple[float, dict[str, Any]]:
    """How long the brigade drives (ten minutes usually), and what its departure says."""
    units = {
        "消防": unit(1, {"fire.rescue": duty("burning", sees=[])}, work={"fire.rescue": work("5 min")},
                   **given.pop("own", {"road": "county"}))
    }  # fmt: skip
    injects = {"I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True}), **given.pop("injects", {})}
    roads = {"county": {"blocked": "cut", "detour": timed("15 min")}}
    local = at_once(
        defaults__travel={"urban": "10 min", "township": "10 min", "src": "t"}, roads=roads,
        weather={"when": "storm", "road": 1.5, "src": "t"}, **given,
    )  # fmt: skip
    drill = scenario(injects, facts=facts)
    timeline = play(build(FACTS, {"burning": need("fire")}, units, drill, **local))
    departed, arrived = rows(timeline, "departed")[0], rows(timeline, "arrived")[0]
    return (arrived.t - departed.t) / 1000, departed.detail


def test_a_blocked_road_takes_the_way_round_for_whoever_uses_it() -> None:
    assert driving({}) == (10, {"to": "scene"})
    assert driving({"cut": True}) == (25, {"to": "scene", "detour": 15.0})
    assert driving({"cut": True}, own={"road": "national"})[0] == 10
    assert driving({"cut": True}, own={})[0] == 10


def test_bad_weather_makes_every_road_longer() -> None:
    assert driving({"storm": True}) == (15, {"to": "scene", "weather": 1.5})
    assert driving({"storm": True, "cut": True}) == (37.5, {"to": "scene", "detour": 15.0, "weather": 1.5})


def test_the_road_is_what_it_truly_is_at_departure() -> None:
    """What nobody was told counts; what changes on the way no more. At T+9 it is cut, at T+11 (on the way) open."""
    closes = {"I3": inject([], at="T+9", makes={"set": {"cut": True}})}
    opens = {"I4": inject([], at="T+11", makes={"set": {"cut": False}})}
    assert driving({}, injects=closes | opens)[0] == 25
    assert (
        driving({"cut": True}, injects={"I3": inject([], at="T+9", makes={"set": {"cut": False}})})[0] == 10
    )
    assert driving({}, injects={"I3": inject([], at="T+11", makes={"set": {"cut": True}})})[0] == 10


# --- halts


def halted(changes: dict[str, Any], reads: dict[str, Any] | None = None) -> Timeline:
    told = {"fire": True, "flood": True}
    injects = {
        "I1": inject([HQ], tells=told, makes={"set": told}),
        "I9": inject([], at="T+5", makes={"set": {"storm": True}}),
        **{name: inject([], at=at, makes={"set": {"cut": value}}) for name, (at, value) in changes.items()},
    }  # fmt: skip
    return play(
        network(
            FACTS, {"burning": need("fire")}, {"a.one": duty("burning", sees=[], **(reads or {}))},
            works={"a.one": work("5 min", setup="2 min", uses={"crew": 1}, **{"halted-by": "cut"})}, sizes={"crew": 1},
            injects=injects, drill={"facts": {"cut": True}},
        )
    )  # fmt: skip


def test_work_begins_the_instant_what_halts_it_is_over() -> None:
    """No power: ready at T+2, it begins at T+8 sharp, because of the change, and not at T+5, when
    something else changes; the wait has a name."""
    timeline = halted({"I2": ("T+8", False)})
    assert log(timeline, "waiting", "started", "finished") == [
        (2, "waiting", "a.one#1"), (8, "started", "a.one#1"), (13, "finished", "a.one#1"),
    ]  # fmt: skip
    assert rows(timeline, "waiting", duty="a.one")[0].waits_for == "halted:cut"
    changed = [row for row in rows(timeline, "fact_changed") if row.detail == {"fact": "cut", "value": False}]
    assert rows(timeline, "started", duty="a.one")[0].cause == changed[-1].seq


def test_work_under_way_is_not_halted() -> None:
    timeline = halted({"I2": ("T+1", False), "I3": ("T+4", True)})
    assert log(timeline, "waiting", "finished") == [(7, "finished", "a.one#1")]


def test_what_is_halted_to_the_end_is_open_at_the_close_by_that_name() -> None:
    timeline = halted({})
    (left,) = rows(timeline, "open_at_close")
    assert (left.waits_for, left.detail["where"]) == ("halted:cut", "halted")


def test_a_halted_task_whose_need_is_over_is_stood_down() -> None:
    injects = {
        "I1": inject([HQ], tells={"fire": True}, makes={"set": {"fire": True}}),
        "I2": inject([HQ], at="T+6", makes={"set": {"fire": False}}),
        "I3": inject([], at="T+6", makes={"set": {"cut": False}}),
    }
    timeline = play(
        network(
            FACTS, {"burning": need("fire")}, {"a.one": duty("burning", sees=[])},
            works={"a.one": work("5 min", **{"halted-by": "cut"})}, injects=injects, drill={"facts": {"cut": True}},
        )
    )  # fmt: skip
    assert log(timeline, "started", "stood_down") == [(6, "stood_down", "a.one#1")]


# --- hazards that grow


@pytest.mark.parametrize(
    ("growth", "sizes"), [(1.0, [2, 2, 2, 2]), (2.0, [2, 4, 8, 16]), (1.5, [2, 3, 4, 7])]
)
def test_a_hazard_grows_by_its_factor(growth: float, sizes: list[int]) -> None:
    """36: change number n adds round(2·growth^(n−1)): with 1.5 that is 2, 3, 4.5 → 4 and 6.75 → 7; four at most."""
    hazard = {
        "label": LABEL,
        "while": "fire",
        "every": "5 min",
        "add": {"rumours": 2},
        "at-most": 4,
        "growth": growth,
    }
    plan = network(
        FACTS, {"wet": need("flood")}, {"a.one": duty("wet", sees=[])}, works={"a.one": work("1 min")},
        injects={"I1": inject([])}, drill={"facts": {"fire": True}, "hazards": {"H1": hazard}},
    )  # fmt: skip
    values = [
        row.detail["value"] for row in rows(play(plan), "fact_changed") if row.detail["fact"] == "rumours"
    ]
    assert [after - before for before, after in zip([0, *values], values, strict=False)] == sizes


# --- what the closure knows of it


def quarter(**work_of: dict[str, Any]) -> Plan:
    """Three units with a duty each that share nothing but what a test says; `a`, `b`, `c` are their work."""
    stocks = {"stocks": {"sets": stock(2)}}
    units = {
        name: unit(n, {f"x.{which}": duty(f"n{n}", sees=[])},
                   work={f"x.{which}": work("5 min", **work_of.get(which, {}))},
                   road="county" if which == "b" else "national", **(stocks if which == "a" else {}))
        for n, (name, which) in enumerate((("消防", "a"), ("公安", "b"), ("卫健", "c")), 1)
    }  # fmt: skip
    needs = {f"n{n}": need(flag) for n, flag in ((1, "fire"), (2, "flood"), (3, "more"))}
    flags = dict.fromkeys(("fire", "flood", "more"), True)
    injects = {"I1": RING, "I2": inject([HQ], tells=flags)}
    networks = {"N1": {"to": "T+90", "restored-by": "x.a.finished"}} if work_of.get("n") else {}
    drill = scenario(injects, facts=flags, network=bool(work_of.get("p")), conditions={"networks": networks})
    roads = {"county": {"blocked": "cut", "detour": timed("15 min")}}
    duties = {"x.a": work_of.get("opens", {})}
    units["消防"]["duties"]["x.a"]["reads"] |= duties["x.a"]
    local = {"weather": {"when": "storm", "road": 2, "src": "t"}} if work_of.get("w") else {}
    return build(FACTS, needs, units, drill, roads=roads, **local)


OPENS = {"achieves": {"set": {"cut": False}}}
CALMS = {"achieves": {"set": {"storm": False}}}


@pytest.mark.parametrize(
    ("given", "touched"),
    [
        pytest.param({}, set(), id="nothing shared"),
        pytest.param({"opens": OPENS}, {"x.b"}, id="a road that it opens, for whoever takes that kind"),
        pytest.param({"opens": CALMS, "w": {"on": 1}}, {"x.b", "x.c"}, id="the weather, for all who travel"),
        pytest.param({"opens": OPENS, "p": {"on": 1}}, set(), id="no roads in a network preset"),
        pytest.param({"opens": OPENS, "p": {"on": 1}, "c": {"halted-by": "cut"}}, {"x.c"}, id="what halts work"),
        pytest.param({"n": {"on": 1}}, {"x.b", "x.c"}, id="a network that it restores, for all who are called"),
        pytest.param({"p": {"on": 1}, "a": {"supplies": {"消防": {"sets": 1}}}}, set(), id="a stock that nobody takes"),
    ],
)  # fmt: skip
def test_the_edges_of_the_closure_that_the_world_makes(given: dict[str, Any], touched: set[str]) -> None:
    """33 (c): what shares this with x.a is in the closure of x.a, what does not is not."""
    assert influence_closure(quarter(**given), ["x.a"]) == {"x.a"} | touched


def test_a_stock_ties_those_who_take_it_and_who_bring_it() -> None:
    """33 (c): who takes moves all who take; who brings moves them and is not moved."""
    duties = {"x.a": duty("burning"), "x.b": duty("wet"), "x.c": duty("later")}
    needs = {"burning": need("fire"), "wet": need("flood"), "later": need("more")}
    units = {
        "消防": unit(1, duties, stocks={"sets": stock(1)}, work={
            "x.a": work("5 min", **SETS), "x.b": work("5 min", **SETS),
            "x.c": work("5 min", supplies={"消防": {"sets": 1}}),
        }),
    }  # fmt: skip
    plan = build(FACTS, needs, units, scenario({"I1": inject([])}, network=True))
    assert influence_closure(plan, ["x.a"]) == influence_closure(plan, ["x.b"]) == {"x.a", "x.b"}
    assert influence_closure(plan, ["x.c"]) == {"x.a", "x.b", "x.c"}
