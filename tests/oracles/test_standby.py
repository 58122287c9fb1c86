"""Standby: the fourth kind of order (rule 16).

A call takes one minute, muster twelve in office hours and thirty off duty, an acknowledgement three, the road ten.
"""

from __future__ import annotations

from typing import Any

from build import DESK, HQ, duty, fact, inject, log, need, rows, teams, timed, unit, work
from commanded import muster, person, played, road

from sim.record.timeline import Timeline
from sim.review import evaluate

FACTS = {"smoke": fact("flag"), "hurt": fact("count"), "done": fact("flag")}
NEEDS = {"care": need("hurt > 0", 2, until="done")}
WORK = {"sees": [], "form": "sustained"}


def command(at: str | None = "T+40", injects: Any = None, **more: Any) -> Timeline:
    """Smoke from T+5 on has the ambulances stand by; people are hurt at `at`."""
    reads = {**WORK, "standby": "smoke", **more.pop("reads", {})}
    units = {"卫健": unit(1, {"health.surge": duty("care", **reads)}, work={"health.surge": work()}, travel=road(10),
                        muster=muster(12, 30), acknowledge=timed("3 min"), **more.pop("strength", {}))}  # fmt: skip
    told: dict[str, Any] = {"I1": inject([DESK]), "I2": inject([HQ], at="T+5", tells={"smoke": True})}
    if at:
        told["I3"] = inject([HQ], at=at, tells={"hurt": 1})
    return played(
        more.pop("vocabulary", FACTS), more.pop("needs", NEEDS), {**units, **more.pop("units", {})},
        {**told, **(injects or {})}, {"people": {"指挥长甲": person(order=1)}},
        calls__answered=timed("1 min"), **more,
    )  # fmt: skip


def life(timeline: Timeline, task: str = "health.surge#1") -> list[tuple[float, str]]:
    return [(minute, event) for minute, event, _ in log(timeline, task=task) if event != "reported"]


def test_a_unit_that_stands_by_departs_as_soon_as_it_is_called() -> None:
    """Rule 16: mustered and told before, it needs neither muster nor an acknowledgement but the call."""
    assert life(command()) == [
        (6.0, "standby"), (40.0, "triggered"), (40.0, "call_begun"), (41.0, "call_answered"), (41.0, "ordered"),
        (41.0, "acknowledged"), (41.0, "departed"), (51.0, "arrived"), (51.0, "started"), (240.0, "open_at_close"),
    ]  # fmt: skip


def test_without_standby_it_acknowledges_and_musters() -> None:
    """Rule 16: the same order to a unit that was not told before."""
    timeline = command(reads={"standby": None})
    assert life(timeline)[3:7] == [
        (41.0, "ordered"),
        (44.0, "acknowledged"),
        (44.0, "waiting"),
        (56.0, "departed"),
    ]


def test_what_is_left_of_the_muster_is_mustered() -> None:
    """Rules 16 and 23: called at T+10, it has mustered for five of its twelve minutes."""
    timeline = command("T+10")
    assert (18.0, "departed") in life(timeline)


def test_a_standby_is_an_order_by_a_call_and_its_cause_is_the_news() -> None:
    """Rules 16 and 37: a call, the unit knows of the response from then on."""
    timeline = command(None)
    (standby,) = rows(timeline, "standby")
    call = next(row for row in timeline.rows if row.seq == standby.cause)
    begun = next(row for row in timeline.rows if row.seq == call.cause)
    news = next(row for row in timeline.rows if row.seq == begun.cause)
    assert [call.event, begun.event, news.event] == ["call_answered", "call_begun", "learnt"]
    assert news.detail["facts"] == {"smoke": True}


def test_it_is_told_once_while_the_condition_holds() -> None:
    """Rule 16: news that change nothing are no new standby."""
    again = {
        "I4": inject([HQ], at="T+8", tells={"smoke": True}),
        "I5": inject([HQ], at="T+9", tells={"done": False}),
    }
    assert log(command(None, again), "standby") == [(6.0, "standby", "health.surge#1")]


def test_it_takes_no_team() -> None:
    """Rule 16: the one team of a unit that stands by is free for its other work."""
    uses = work(uses={"team": 1})
    own = {"health.surge": duty("care", **WORK, standby="smoke"), "health.fire": duty("fire", **WORK)}
    units = {"卫健": unit(1, own, work=dict.fromkeys(own, uses), teams=teams(team=1))}
    timeline = command(
        None, {"I4": inject([HQ], at="T+20", tells={"fire": True})}, vocabulary={**FACTS, "fire": fact("flag")},
        needs={**NEEDS, "fire": need("fire")}, units=units,
    )  # fmt: skip
    assert log(timeline, "standby") == [(6.0, "standby", "health.surge#1")]
    assert (21.0, "started", "health.fire#1") in log(timeline, "started")


def test_a_standby_comes_after_the_orders_of_its_priority() -> None:
    """Rules 3 and 16: with one hand, an order due at the same instant and of the same priority is called first."""
    facts = {**FACTS, "fire": fact("flag")}
    units = {"甲队": unit(2, {"a.work": duty("fire", sees=[]), }, work={"a.work": work()}),
             "丁队": unit(3, {"z.work": duty("fire", sees=[])}, work={"z.work": work()})}  # fmt: skip
    timeline = command(
        None, {"I2": inject([HQ], at="T+5", tells={"smoke": True, "fire": True})},
        vocabulary=facts, needs={**NEEDS, "fire": need("fire", 2)}, units=units,
        desk__operators={"duty": 1, "off-duty": 1, "src": "t"},
    )  # fmt: skip
    begun = [row.unit for row in rows(timeline, "call_begun") if row.t >= 5000]
    assert begun == ["甲队", "丁队", "卫健"]


def test_once_the_condition_ends_the_next_order_finds_nobody_ready() -> None:
    """Rule 16: what a standby made ready does not outlive it, and nobody is called for its end."""
    clear = {"I4": inject([HQ], at="T+25", tells={"smoke": False})}
    timeline = command(injects=clear)
    assert life(timeline)[5:7] == [(44.0, "acknowledged"), (44.0, "waiting")]
    assert [row.t for row in rows(timeline, "call_begun") if row.t > 25000] == [40000]


def test_a_condition_that_holds_again_is_a_new_standby_with_a_new_call() -> None:
    """Rules 16 and 31: called again, mustered again, by chances of their own."""
    turns = {"I4": inject([HQ], at="T+25", tells={"smoke": False}),
             "I5": inject([HQ], at="T+30", tells={"smoke": True})}  # fmt: skip
    timeline = command(injects=turns)
    assert log(timeline, "standby") == [
        (6.0, "standby", "health.surge#1"),
        (31.0, "standby", "health.surge#1"),
    ]
    assert (43.0, "departed") in life(timeline)


def test_a_need_raised_during_the_call_makes_it_an_ordinary_order() -> None:
    """Rule 16: who has not been told yet does not stand by."""
    timeline = command("T+5.5")
    assert rows(timeline, "standby") == []
    assert life(timeline)[3:5] == [(6.5, "ordered"), (9.5, "acknowledged")]


def test_after_one_occurrence_it_stands_by_for_the_next() -> None:
    """Rules 16 and 17: what is over leaves nothing ready; the condition that still holds is a new call."""
    over = {"I4": inject([HQ], at="T+60", tells={"done": True}),
            "I5": inject([HQ], at="T+90", tells={"done": False})}  # fmt: skip
    timeline = command(injects=over)
    assert [row.task for row in rows(timeline, "standby")] == ["health.surge#1", "health.surge#2"]
    assert life(timeline, "health.surge#2")[4:7] == [
        (91.0, "ordered"), (91.0, "acknowledged"), (91.0, "departed")]  # fmt: skip


def test_before_the_response_and_after_its_end_nobody_stands_by() -> None:
    """Rules 14 and 16: a standby is headquarters' order, while it is at work."""
    slow = command(None, command__approve=timed("50 min"))
    assert [row.t / 1000 for row in rows(slow, "standby")] == [52.0]
    ended = command(None, {"I4": inject([HQ], at="T+10", tells={"done": True}),
                           "I5": inject([HQ], at="T+2", tells={"smoke": False}),
                           "I2": inject([HQ], at="T+30", tells={"smoke": True})},
                    end={"when": "done", "hold": "0 min"})  # fmt: skip
    assert rows(ended, "terminated") != []
    assert rows(ended, "standby") == []


def test_an_alarm_finds_its_own_unit_ready() -> None:
    """Rules 16 and 18: who stands by and hears of it by itself is mustered already."""
    alarm = {"I4": inject(["卫健"], at="T+40", tells={"hurt": 1})}
    timeline = command(None, alarm, reads={"starts": "alarm"})
    assert (40.0, "departed") in life(timeline)


def test_standing_by_is_no_over_response() -> None:
    """Rule 16: over-response is judged on dispatch alone; a standby that was not needed is no gap."""
    timeline = command(None)
    assert [gap.code for gap in evaluate(timeline).gaps if gap.duty == "health.surge"] == []
    assert [record.task for record in timeline.records if record.duty] == []
