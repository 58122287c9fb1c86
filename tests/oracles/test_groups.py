"""Orders through the lead unit of a group, once the field headquarters stands (rule 16).

In these stories a call takes one minute, the desk has one hand unless told, and the lead passes an order on in two. The
field headquarters stands from T+8; the need arises at T+20.
"""

from __future__ import annotations

from typing import Any

from build import DESK, HQ, Chosen, duty, fact, inject, log, need, rows, timed, unit, work
from commanded import CHIEF, CITY, DEPUTY, field, group, handover, person, played

from sim.record.timeline import Timeline

FACTS = {"crowd": fact("flag"), "smoke": fact("flag")}
NEEDS = {"order": need("crowd", 2), "air": need("smoke", 1)}
PEOPLE = {CHIEF: person(order=1), DEPUTY: person(order=2, field=1)}
LEAD, MEMBER, OTHER, OUTSIDER = "公安", "交通", "公路", "气象"


def member(number: int, need: str = "order", **reads: Any) -> dict[str, Any]:
    name = f"u{number}.work"
    given = {key: reads.pop(key) for key in ("answer", "acknowledge") if key in reads}
    return unit(number, {name: duty(need, form="sustained", sees=[], **reads)}, work={name: work()}, **given)


UNITS = {LEAD: member(1), MEMBER: member(2), OTHER: member(3), OUTSIDER: member(4)}
CROWD = inject([DESK], at="T+20", tells={"crowd": True}, makes={"set": {"crowd": True}})
RING = inject([DESK])


def command(
    units: Any = None, injects: Any = None, *, draws: Any = None, hands: int = 1, **more: Any
) -> Timeline:
    local = {"calls__answered": timed("1 min"), "calls__unanswered": timed("1 min"), "calls__redial": timed("2 min"),
             "desk__operators": {"duty": hands, "off-duty": hands, "src": "t"}}  # fmt: skip
    arrangements = {
        "people": PEOPLE, "field": field(**{"relay": timed("2 min"), **more.pop("field", {})}),
        "groups": {"order": group(LEAD, *sorted({MEMBER, OTHER} & (units or UNITS).keys()))},
    }  # fmt: skip
    told = {"I1": RING, "I2": CROWD, **(injects or {})}
    return played(FACTS, NEEDS, units or UNITS, told, arrangements, draws=draws, **{**local, **more})


def calls(timeline: Timeline, since: float = 20.0) -> list[tuple[float, str]]:
    return [(row.t / 1000, row.unit) for row in rows(timeline, "call_begun") if row.t >= since * 1000]


def ordered(timeline: Timeline) -> dict[str, float]:
    return {row.unit: row.t / 1000 for row in rows(timeline, "ordered")}


def test_an_order_goes_through_the_lead() -> None:
    """Rule 16: headquarters calls the lead, and the lead passes the order on to its unit."""
    timeline = command({LEAD: member(1, "air"), MEMBER: member(2)})
    assert log(timeline, "call_begun", "call_answered", "relayed", "ordered") [-4:] == [
        (20.0, "call_begun", "u2.work#1"), (21.0, "call_answered", "u2.work#1"), (23.0, "relayed", "u2.work#1"),
        (23.0, "ordered", "u2.work#1"),
    ]  # fmt: skip
    (relayed,) = rows(timeline, "relayed")
    assert (relayed.unit, relayed.detail) == (MEMBER, {"by": LEAD})
    assert calls(timeline) == [(20.0, LEAD)]


def test_the_leads_own_order_and_those_of_units_in_no_group_stay_direct() -> None:
    """Rule 16: nobody passes an order on to a lead, nor to a unit outside the groups."""
    timeline = command(hands=9)
    direct = [(row.unit, row.task) for row in rows(timeline, "call_begun") if row.t >= 20000]
    assert direct == [(LEAD, "u1.work#1"), (LEAD, "u2.work#1"), (LEAD, "u3.work#1"), (OUTSIDER, "u4.work#1")]
    assert ordered(timeline) == {LEAD: 21.0, MEMBER: 23.0, OTHER: 23.0, OUTSIDER: 21.0}


def test_one_call_carries_all_orders_that_wait_for_theirs() -> None:
    """Rule 16: with one hand the lead is called once for its group; what waits is passed on with it."""
    timeline = command()
    assert calls(timeline) == [(20.0, LEAD), (21.0, LEAD), (22.0, OUTSIDER)]
    assert ordered(timeline) == {LEAD: 21.0, MEMBER: 24.0, OTHER: 24.0, OUTSIDER: 23.0}
    answered = rows(timeline, "call_answered", task="u2.work#1")[0]
    assert [row.cause for row in rows(timeline, "waiting", waits_for="relay")] == [answered.seq] * 2


def test_an_order_that_comes_later_makes_a_call_of_its_own() -> None:
    """Rule 16: a call carries what waits at that moment, and no more."""
    later = inject([DESK], at="T+23", tells={"smoke": True}, makes={"set": {"smoke": True}})
    units = {LEAD: member(1, "air"), MEMBER: member(2), OTHER: member(3, "air")}
    timeline = command(units, {"I3": later})
    assert calls(timeline) == [(20.0, LEAD), (23.0, LEAD), (24.0, LEAD)]
    assert ordered(timeline) == {MEMBER: 23.0, LEAD: 24.0, OTHER: 27.0}


def test_relaying_holds_no_hand_of_the_desk() -> None:
    """Rule 16: while the lead passes an order on, the one hand of the desk makes the next call."""
    timeline = command({LEAD: member(1, "air"), MEMBER: member(2), OUTSIDER: member(4)})
    assert calls(timeline) == [(20.0, LEAD), (21.0, OUTSIDER)]


def test_before_the_field_headquarters_stands_orders_are_direct() -> None:
    """Rule 16: groups are at work once it stands."""
    timeline = command(field={"establish": timed("30 min")})
    assert sorted(unit for _, unit in calls(timeline)) == sorted([LEAD, MEMBER, OTHER, OUTSIDER])
    assert rows(timeline, "relayed") == []


def test_without_a_relay_orders_are_direct() -> None:
    """Rule 16: an office that names groups but no way of passing on calls each unit itself."""
    timeline = command(field={"relay": None})
    assert rows(timeline, "relayed") == []
    assert ordered(timeline).keys() == {LEAD, MEMBER, OTHER, OUTSIDER}


def test_a_lead_out_of_reach_is_gone_around() -> None:
    """Rules 16 and 24: unanswered tries are spent once; then each unit is called itself."""
    silent = {LEAD: member(1, "air", answer={"chance": 0.0, "tries": 2, "src": "t"})}
    timeline = command({**silent, MEMBER: member(2), OTHER: member(3)})
    tried = [(row.t / 1000, row.task) for row in rows(timeline, "call_unreached") if row.task]
    assert tried == [(24.0, "u2.work#1")]
    assert calls(timeline) == [(20.0, LEAD), (21.0, LEAD), (23.0, LEAD), (24.0, MEMBER), (25.0, OTHER)]
    assert ordered(timeline) == {MEMBER: 25.0, OTHER: 26.0}


def test_the_lead_is_informed_by_the_call() -> None:
    """Rule 16: who passes an order on knows of the response."""
    silent = Chosen({f"{LEAD}/inform/1/answer": 1.0})
    answer = {"chance": 0.5, "tries": 1, "src": "t"}
    timeline = command({LEAD: member(1, "air", answer=answer), MEMBER: member(2)}, draws=Chosen(
        {**silent.streams, "lead/answer": 0.0}))  # fmt: skip
    assert log(timeline, "informed", unit=LEAD) == [(21.0, "informed", LEAD)]


# --- taken back, overtaken


CALM = {"tells": {"crowd": False}, "makes": {"set": {"crowd": False}}}


def test_an_order_taken_back_while_it_is_passed_on_is_stood_down_on_receipt() -> None:
    """Rule 20: the word that it is off reaches the unit with the order, without a call of its own."""
    timeline = command(
        {LEAD: member(1, "air"), MEMBER: member(2)}, {"I3": inject([DESK], at="T+22", **CALM)}, hands=5
    )
    assert log(timeline, "relayed", "ordered", "stood_down") == [
        (23.0, "relayed", "u2.work#1"), (23.0, "stood_down", "u2.work#1"),
    ]  # fmt: skip
    assert calls(timeline) == [(20.0, LEAD)]


def test_an_order_taken_back_while_it_waits_is_dropped() -> None:
    """Rule 20: an order that waits for its call to the lead is dropped without one."""
    slow = {"calls__answered": timed("5 min")}
    timeline = command(
        {LEAD: member(1), MEMBER: member(2)}, {"I3": inject([HQ], at="T+22", **CALM)}, **slow,
    )  # fmt: skip
    assert log(timeline, "stood_down", task="u2.work#1") == [(22.0, "stood_down", "u2.work#1")]
    assert rows(timeline, "relayed") == []


def test_a_units_own_alarm_overtakes_the_order_on_its_way() -> None:
    """Rules 16 and 18: it goes at once, on its own alarm; the call to the lead comes to its end and frees its hand."""
    for at, hand_free in (("T+20.5", 21.0), ("T+22", 21.0)):
        alarm = inject([MEMBER], at=at, tells={"crowd": True})
        timeline = command(
            {LEAD: member(1, "air"), MEMBER: member(2, starts="alarm")}, {"I3": alarm},
        )  # fmt: skip
        (acknowledged,) = rows(timeline, "acknowledged", task="u2.work#1")
        assert (acknowledged.t / 1000, acknowledged.detail) == (float(at[2:]), {"by": "alarm"})
        assert [row.t / 1000 for row in rows(timeline, "call_answered", unit=LEAD) if row.t > 20000] == [
            hand_free
        ]
        assert rows(timeline, "relayed") == []
        assert calls(timeline) == [(20.0, LEAD)]  # it has reported by itself before anybody could confirm


def test_an_overtaken_call_still_carries_the_others() -> None:
    """Rule 16: the lead has answered, whatever became of the order that was first."""
    alarm = inject([MEMBER], at="T+20.5", tells={"crowd": True})
    timeline = command(
        {LEAD: member(1, "air"), MEMBER: member(2, starts="alarm"), OTHER: member(3)}, {"I3": alarm}
    )
    assert ordered(timeline)[OTHER] == 23.0
    assert (21.0, LEAD) not in calls(timeline)


def test_after_the_hand_over_orders_name_the_city() -> None:
    """Rule 28: the district supports; what is ordered then is ordered for the city."""
    facts = {**FACTS, "dead": fact("count")}
    dead = inject([DESK], at="T+1", tells={"dead": 3}, makes={"add": {"dead": 3}})
    quick = {"decide": timed("1 min"), "travel": timed("1 min"), "exchange": timed("1 min")}
    arrangements = {"people": PEOPLE, "handover": handover("dead >= 3", **quick)}
    units = {OUTSIDER: member(4), "先": member(5, "air")}
    early = inject([DESK], at="T+2", tells={"smoke": True}, makes={"set": {"smoke": True}})
    timeline = played(
        facts, NEEDS, units, {"I1": RING, "I2": CROWD, "I3": dead, "I4": early}, arrangements, guests=CITY
    )
    triggered = {row.task: dict(row.detail) for row in rows(timeline, "triggered") if row.duty}
    assert triggered == {"u5.work#1": {}, "u4.work#1": {"for": "市级"}}
