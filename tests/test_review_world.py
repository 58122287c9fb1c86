"""The gaps of the world's friction, found on plays built to show them, and the rows of the world in words."""

from __future__ import annotations

from typing import Any

from build import (
    HQ,
    RING,
    at_once,
    build,
    duty,
    fact,
    inject,
    need,
    play,
    rows,
    scenario,
    teams,
    timed,
    unit,
    work,
)

from sim.record.timeline import Timeline
from sim.report.notes import note_of
from sim.review.findings import evaluate
from sim.review.gap import Gap
from sim.review.names import Names

FACTS = {name: fact("flag") for name in ("fire", "flood", "cut", "storm")}
BREATHING = {"zh": "空气呼吸器", "en": "breathing sets"}


def stocked(count: int, **given: Any) -> dict[str, Any]:
    return {"stocks": {"sets": {"label": BREATHING, "count": count, "src": "t", **given}}}


def found(timeline: Timeline, code: str) -> list[Gap]:
    return [gap for gap in evaluate(timeline).gaps if gap.code == code]


def drill(works: dict[str, Any], form: str = "once", conditions: Any = None, **own: Any) -> Timeline:
    """A unit with a duty for the fire and one for the flood, both told at T+10; the fire is out at T+100."""
    duties = {"a.one": duty("burning", sees=[], form=form), "b.two": duty("wet", sees=[])}
    units = {"消防": unit(1, duties, work=works, **own), "水务": unit(2, {"c.repair": duty("wet", sees=[])})}
    injects = {
        "I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True, "flood": True}),
        "I3": inject([HQ], at="T+100", tells={"fire": False}),
    }  # fmt: skip
    needs = {"burning": need("fire", 1), "wet": need("flood", 3, lead="optional")}
    play_of = scenario(
        injects,
        conditions=conditions or {},
        facts={"fire": True, "cut": True, "storm": True},
        participants={"消防": "参演", "水务": "参演"},
    )
    roads = {"county": {"blocked": "cut", "detour": timed("15 min")}}
    local = at_once(
        defaults__travel={"urban": "10 min", "township": "10 min", "src": "t"}, roads=roads,
        weather={"when": "storm", "road": 1.5, "src": "t"}, calls__redial=timed("5 min"),
        command__inform="broadcast", command__broadcast={"send": timed("0 min"), "receipt": timed("0 min")},
    )  # fmt: skip
    return play(build(FACTS, needs, units, play_of, **local))


def test_a_unit_that_waited_for_a_stock_is_short_of_it() -> None:
    """One set, back ten minutes after the hour it is used for: the other work waits from T+10 to T+95."""
    works = {name: work("60 min", takes={"sets": 1}) for name in ("a.one", "b.two")}
    timeline = drill(works, **stocked(1, refill="10 min"))
    (gap,) = found(timeline, "G403")
    waited = rows(timeline, "waiting", task="b.two#1")[0]
    assert (gap.unit, gap.duty, gap.severity, gap.evidence) == ("消防", "b.two", "minor", (waited.seq,))
    assert gap.actual == 85.0
    assert "空气呼吸器可能不够用：1项行动合计等了85.0分钟" in gap.statement("zh")
    assert "too little of breathing sets" in gap.statement("en")
    assert gap.cause("zh")
    assert gap.suggestion("en")


def test_a_wait_of_a_minute_for_a_stock_is_no_gap() -> None:
    works = {"a.one": work("1 min", takes={"sets": 1}), "b.two": work("1 min", takes={"sets": 1})}
    short = drill(
        works, **stocked(1, refill="0 min"), travel={"urban": "0 min", "township": "0 min", "src": "t"}
    )
    assert [row.waits_for for row in rows(short, "waiting", task="b.two#1")] == ["stock:sets"]
    assert found(short, "G403") == []


def test_a_team_that_nobody_relieved_is_a_gap_with_how_long_it_held_out() -> None:
    """At work from T+25; due every half hour, at T+55 and T+85, with one crew only: an hour by then."""
    works = {"a.one": work(uses={"crew": 1}), "b.two": work("1 min")}
    timeline = drill(works, "sustained", teams=teams(crew=1), shift=timed("30 min"))
    (gap,) = found(timeline, "G404")
    assert (gap.unit, gap.duty, gap.severity, gap.actual, gap.expected) == (
        "消防",
        "a.one",
        "major",
        60.0,
        30.0,
    )
    assert gap.evidence == tuple(row.seq for row in rows(timeline, "unrelieved"))
    assert "2次到时无空闲队伍" in gap.statement("zh")
    relieved = drill(works, "sustained", teams=teams(crew=2), shift=timed("30 min"))
    assert found(relieved, "G404") == []
    assert rows(relieved, "relieved")


def test_who_could_not_be_reached_because_a_network_was_down() -> None:
    """The gap says so and names the network; reached later, it is a minor one."""
    down = {"networks": {"N1": {"actors": ["消防"], "from": "T+5", "to": "T+40"}}}
    (gap,) = found(drill({"a.one": work("1 min"), "b.two": work("1 min")}, conditions=down), "G102")
    assert gap.reason == "network_down"
    assert gap.severity == "minor"
    assert "次呼叫时通信中断（N1）" in gap.cause("zh")
    assert "radio" in gap.suggestion("en")
    silent = {"answer": {"chance": 0.0, "tries": 2, "src": "t"}}
    (plain,) = found(drill({"a.one": work("1 min"), "b.two": work("1 min")}, **silent), "G102")
    assert (plain.reason, plain.severity) == ("no_answer", "major")


def test_work_halted_to_the_end_may_never_begin_and_says_by_what() -> None:
    works = {"b.two": work("1 min", **{"halted-by": "cut"}), "a.one": work("1 min")}
    gaps = [gap for gap in found(drill(works), "G104") if gap.duty == "b.two"]
    assert [gap.waits[0][1] > 60 for gap in gaps] == [True]
    assert "解除" in gaps[0].cause("zh")


def test_rows_of_the_world_in_words() -> None:
    down = {
        "networks": {
            "N1": {"channels": ["phone"], "actors": ["水务"], "to": "T+200", "restored-by": "b.two.finished"}
        }
    }
    works = {
        "a.one": work("20 min", takes={"sets": 1}),
        "b.two": work("30 min", supplies={"消防": {"sets": 3}}),
    }
    timeline = drill(works, conditions=down, road="county", **stocked(1, endurance="15 min"))
    names = Names(timeline.plan)

    def note(event: str, lang: Any = "zh") -> str:
        return note_of(rows(timeline, event)[0], names, lang)

    assert note("network_down") == "N1中断：phone；涉及水务"
    assert note("network_up") == "N1由“wet·完成”恢复"
    assert note("supplied") == "消防送来空气呼吸器3件"
    assert note("cycle") == "用满15分钟撤出，本轮未完"
    assert note("departed") == "道路中断，绕行多用15分钟，天气不好，路上用时为平时1.5倍"
    assert note("departed", "en") == (
        "road blocked, the way round takes 15 min more, bad weather, the road takes 1.5 times as long"
    )
