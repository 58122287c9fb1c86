"""Handing command over to the city: when it is wanted, its steps, who commands meanwhile (rule 28).

The approval takes no time; the city decides in 15 minutes, travels 35 and takes over in 13: 63 from the request.
"""

from __future__ import annotations

from typing import Any

from build import DESK, HQ, OFFICE, duty, fact, inject, log, need, rows, timed, unit, work
from commanded import CHIEF, CITY, DEPUTY, handover, person, played, road, termination

from sim.record.timeline import Timeline

FACTS = {"fire": fact("flag"), "dead": fact("count"), "smoke": fact("flag")}
NEEDS = {"burning": need("fire"), "air": need("smoke", 2)}
PEOPLE = {CHIEF: person(order=1), DEPUTY: person(order=2, heads=OFFICE)}
UNITS = {
    "消防": unit(1, {"fire.rescue": duty("burning", sees=["fire"])}, work={"fire.rescue": work("100 min")}),
    "环保": unit(2, {"env.air": duty("air", sees=["smoke"], form="sustained")}, work={"env.air": work()},
               travel=road(40)),
}  # fmt: skip
THREE = inject([HQ], at="T+20", tells={"dead": 3})


def command(injects: Any, *, city: bool = True, given: Any = None, **more: Any) -> Timeline:
    wanted = handover("dead >= 3", **(given or {}))
    also = more.pop("also", {})
    if city:
        more["guests"] = CITY
    told = {"I1": inject([DESK], tells={"fire": True}), **injects}
    return played(
        FACTS, NEEDS, more.pop("units", UNITS), told, {"people": PEOPLE, "handover": wanted, **also},
        facts={"fire": True}, **more,
    )  # fmt: skip


STEPS = ("handover_requested", "city_departed", "city_arrived", "handed_over")


def steps(timeline: Timeline) -> list[tuple[float, str, str]]:
    return log(timeline, *STEPS)


def test_each_step_takes_its_time_and_follows_from_the_one_before() -> None:
    """Rule 28: request, decision, road, taking over, receipt; each is caused by the last."""
    timeline = command({"I2": THREE})
    assert steps(timeline) == [
        (20.0, "handover_requested", HQ), (35.0, "city_departed", "市级"), (70.0, "city_arrived", "市级"),
        (83.0, "handed_over", HQ),
    ]  # fmt: skip
    causes = [row.cause for row in rows(timeline, *STEPS)]
    assert causes[1:] == [row.seq for row in rows(timeline, *STEPS)][:3]


def test_the_request_starts_from_when_headquarters_knows() -> None:
    """Rule 28: dead since T+5 and known at T+20; what nobody told headquarters requests nothing."""
    truth = inject(["消防"], at="T+5", makes={"add": {"dead": 3}})
    other = inject([HQ], at="T+10", tells={"smoke": False})
    assert steps(command({"I2": truth, "I3": other})) == []
    known = command({"I2": truth, "I3": THREE})
    assert steps(known)[0] == (20.0, "handover_requested", HQ)


def test_two_dead_are_the_districts_own() -> None:
    """Rule 28 and order 493: below the limit nothing is requested."""
    assert steps(command({"I2": inject([HQ], at="T+20", tells={"dead": 2})})) == []


def test_what_was_known_before_the_response_requests_it_as_soon_as_there_is_one() -> None:
    """Rules 14 and 28: told to the desk at T+0, with the approval of the response at T+30."""
    first = inject([DESK], tells={"fire": True, "dead": 3})
    slow = command({"I1": first}, desk__assess=timed("30 min"), desk__verify=timed("1 min"), units=UNITS)
    assert steps(slow) == []  # verification said that nobody is dead
    truly = {"I1": inject([DESK], tells={"fire": True, "dead": 3}, makes={"add": {"dead": 3}})}
    slow = command(truly, desk__assess=timed("30 min"), desk__verify=timed("1 min"))
    assert steps(slow)[0] == (31.0, "handover_requested", HQ)


def test_what_was_known_before_the_response_is_requested_because_of_it() -> None:
    """Rules 28 and 37: the crew reported three dead at T+10; the request follows from the start at T+30."""
    seen = duty("burning", sees=["dead"], starts="alarm", form="sustained")
    crews = {"消防": unit(1, {"fire.rescue": seen}, work={"fire.rescue": work()}, travel=road(10))}
    first = inject([DESK, "消防"], tells={"fire": True}, makes={"add": {"dead": 3}})
    timeline = command({"I1": first}, units=crews, desk__assess=timed("30 min"))
    (activated,) = rows(timeline, "activated")
    (asked,) = rows(timeline, "triggered", task="command.handover#1")
    assert asked.cause == activated.seq


def test_it_is_requested_once() -> None:
    """Rule 28: more dead, fewer, and more again are no second request."""
    again = {
        f"I{n}": inject([HQ], at=f"T+{10 * n}", tells={"dead": dead}) for n, dead in ((3, 5), (4, 1), (5, 9))
    }
    assert len(steps(command({"I2": THREE, **again}))) == 4


def test_the_district_commands_until_the_receipt() -> None:
    """Rule 28: a need raised at T+82 is ordered by the district, one at T+84 for the city."""
    for at, orders in ((82, {}), (84, {"for": "市级"})):
        timeline = command({"I2": THREE, "I3": inject([HQ], at=f"T+{at}", tells={"smoke": True})})
        (row,) = rows(timeline, "triggered", task="env.air#1")
        assert (row.t / 1000, row.detail) == (float(at), orders)


def test_no_order_given_before_is_lost() -> None:
    """Rule 28: who was sent, is on the road or at work when the receipt is signed goes on to the end."""
    timeline = command({"I2": THREE, "I3": inject([HQ], at="T+50", tells={"smoke": True})})
    (receipt,) = rows(timeline, "handed_over")
    assert receipt.detail == {"to": "市级", "receipt": True, "orders": 2}
    assert log(timeline, "stood_down") == []
    assert log(timeline, "arrived", "finished", task="env.air#1")[0] == (90.0, "arrived", "env.air#1")
    assert log(timeline, "finished", task="fire.rescue#1") == [(100.0, "finished", "fire.rescue#1")]


def test_by_video_the_city_needs_no_road() -> None:
    """Rule 28: it takes over remotely, without departing."""
    timeline = command({"I2": THREE}, given={"remote": True})
    assert steps(timeline) == [
        (20.0, "handover_requested", HQ), (35.0, "city_arrived", "市级"), (48.0, "handed_over", HQ),
    ]  # fmt: skip
    assert rows(timeline, "city_arrived")[0].detail["by"] == "video"


def test_a_city_that_is_not_on_stage_takes_over_all_the_same() -> None:
    """Rule 28: where the scenario has no such guest, headquarters' rows say who."""
    timeline = command({"I2": THREE}, city=False)
    assert [row.unit for row in rows(timeline, *STEPS)] == [HQ] * 4
    assert rows(timeline, "handed_over")[0].detail["to"] == "市级"


def test_the_request_is_signed() -> None:
    """Rules 25 and 28: the commander approves it; out of reach, the head of the office signs for him."""
    (row,) = [row for row in rows(command({"I2": THREE}), "signed") if row.detail["what"] == "handover"]
    assert row.detail == {"what": "handover", "by": CHIEF}
    gone = {"absent": {CHIEF: {"state": "unreachable", "from": "T+10"}}}
    (row,) = [row for row in rows(command({"I2": THREE}, conditions=gone), "signed")
              if row.detail["what"] == "handover"]  # fmt: skip
    assert row.detail == {"what": "handover", "by": DEPUTY, "for": CHIEF}


def test_the_request_is_one_call_by_a_hand_of_the_desk() -> None:
    """Rules 24 and 28: the approval is asked for by phone, and waits for a hand."""
    timeline = command(
        {"I2": THREE, "I3": inject([DESK], at="T+20", tells={})}, calls__answered=timed("4 min"),
        desk__operators={"duty": 1, "off-duty": 1, "src": "t"},
    )  # fmt: skip
    begun = [(row.t / 1000, row.task) for row in rows(timeline, "call_begun") if row.t >= 20000]
    assert begun == [(20.0, "command.handover#1")]


def test_a_response_that_ends_before_the_receipt_is_not_handed_over() -> None:
    """Rules 28 and 29: the city comes, and there is nothing left to take over."""
    out = inject([HQ], at="T+60", tells={"fire": False})
    timeline = command({"I2": THREE, "I3": out}, end={"when": "not fire", "hold": "0 min"})
    assert [event for _, event, _ in steps(timeline)] == [
        "handover_requested",
        "city_departed",
        "city_arrived",
    ]


def test_after_the_receipt_the_city_approves_the_end() -> None:
    """Rules 28 and 29: no call to the district's commander; the city is the approver."""
    out = inject([HQ], at="T+90", tells={"fire": False})
    timeline = command(
        {"I2": THREE, "I3": out},
        also={"termination": termination()},
        end={"when": "not fire", "hold": "0 min"},
    )
    (row,) = rows(timeline, "terminated")
    assert (row.t / 1000, row.detail) == (112.0, {"proposer": OFFICE, "approver": "市级"})
    assert [r.task for r in rows(timeline, "call_begun") if r.task.startswith("command.termination")] == []


def test_conditions_know_of_the_receipt() -> None:
    """Rules 28 and 34: an inject ten minutes after the receipt."""
    later = inject([HQ], when="elapsed(handed_over) >= 10 min", tells={})
    assert log(command({"I2": THREE, "I3": later}), "inject_given", inject="I3") == [
        (93.0, "inject_given", "I3")
    ]


def test_at_the_horizon_a_request_under_way_is_closed_with_its_state() -> None:
    """Rule 5: the approval that nobody has given yet is open at the close."""
    timeline = command({"I2": THREE}, horizon="21 min", command__approve=timed("5 min"),
                       desk__verify=timed("0 min"))  # fmt: skip
    assert log(timeline, "open_at_close", task="command.handover#1") == [
        (21.0, "open_at_close", "command.handover#1")
    ]
