"""The field headquarters: who commands at the scene, from whom to where, and until when (rule 27).

With `office.swift` the response starts at T+0 and crews are where they are sent at once, but for what a story says.
"""

from __future__ import annotations

from typing import Any

from build import DESK, HQ, OFFICE, duty, fact, inject, log, need, rows, teams, timed, unit, work
from commanded import CHIEF, CITY, DEPUTY, SECOND, field, handover, muster, person, played, road
from office import report

from sim.record.timeline import Timeline

WINDS = {"calm": {"zh": "静风", "en": "calm"}, "n": {"zh": "北", "en": "north"}}
FACTS = {"fire": fact("flag"), "dead": fact("count"), "wind": fact("category", default="calm", values=WINDS)}
NEEDS = {"burning": need("fire")}
PEOPLE = {CHIEF: person(order=1), DEPUTY: person(order=2, field=1, muster=muster(3, 40), travel=road(10)),
          SECOND: person(order=3, field=2, travel=road(25))}  # fmt: skip


def crew(number: int, travel: int = 0, **reads: Any) -> dict[str, Any]:
    name = f"u{number}.work"
    return unit(
        number, {name: duty("burning", form="sustained", **{"sees": [], **reads})}, work={name: work()},
        travel=road(travel),
    )  # fmt: skip


UNITS = {"消防": crew(1, 12), "救援": crew(2, 7), "公安": crew(3, 7)}
FIRE = inject([DESK], tells={"fire": True})


def command(units: Any = None, people: Any = None, injects: Any = None, **more: Any) -> Timeline:
    arrangements = {
        "people": people or PEOPLE,
        "field": field(**more.pop("field", {})),
        **more.pop("also", {}),
    }
    told = {"I1": FIRE, **(injects or {})}
    return played(FACTS, NEEDS, units or UNITS, told, arrangements, facts={"fire": True}, **more)


def stages(timeline: Timeline) -> list[tuple[float, str, str | None]]:
    events = ("interim_command", "field_commander", "field_established", "field_dissolved")
    return [(row.t / 1000, row.event, row.detail.get("who") or row.unit) for row in rows(timeline, *events)]


# --- interim command


def test_the_first_listed_crew_there_commands_until_then() -> None:
    """Rule 27: interim command goes to the first arrival of a listed unit, and that arrival is its cause."""
    timeline = command(field={"interim": {"消防": 1, "救援": 2}})
    (row,) = rows(timeline, "interim_command")
    (arrived,) = rows(timeline, "arrived", unit="救援")
    assert (row.t, row.unit, row.cause) == (7000, "救援", arrived.seq)


def test_a_tie_of_arrivals_goes_by_rank() -> None:
    """Rules 4 and 27: of two that arrive at one instant the better ranked commands, whoever is written first."""
    for ranks, who in (({"救援": 1, "公安": 2}, "救援"), ({"救援": 2, "公安": 1}, "公安")):
        assert [row.unit for row in rows(command(field={"interim": ranks}), "interim_command")] == [who]


def test_a_crew_that_is_not_listed_does_not_command() -> None:
    """Rule 27: interim command belongs to the units that the office lists."""
    timeline = command(field={"interim": {"消防": 1}})
    assert log(timeline, "interim_command") == [(12.0, "interim_command", "消防")]


def test_a_crew_that_comes_by_its_own_alarm_commands_before_any_response() -> None:
    """Rules 18 and 27: whoever is there first commands, before headquarters has started anything."""
    injects = {"I1": inject([DESK, "消防"], tells={"fire": True})}
    timeline = command(
        {"消防": crew(1, 12, starts="alarm")}, injects=injects, field={"interim": {"消防": 1}},
        command__approve=timed("60 min"),
    )  # fmt: skip
    (interim,), (activated,) = rows(timeline, "interim_command"), rows(timeline, "activated")
    assert interim.t == 12000
    assert activated.t > interim.t


def test_a_crew_that_comes_after_the_field_commander_does_not_command() -> None:
    """Rule 27: he is there at T+10 and sets up until T+18; the crew that comes at T+14 finds him in command."""
    people = {CHIEF: person(order=1), DEPUTY: person(order=2, field=1, travel=road(10))}
    timeline = command({"消防": crew(1, 14)}, people=people, field={"interim": {"消防": 1}})
    assert stages(timeline)[:2] == [(10.0, "field_commander", DEPUTY), (18.0, "field_established", DEPUTY)]
    together = command({"消防": crew(1, 10)}, people=people, field={"interim": {"消防": 1}})
    assert rows(together, "interim_command") == []


# --- who is sent


def test_the_field_commander_musters_travels_and_sets_it_up() -> None:
    """Rule 27: three minutes of muster in office hours, ten of road, eight to set it up."""
    assert stages(command()) == [(13.0, "field_commander", DEPUTY), (21.0, "field_established", DEPUTY)]


def test_off_duty_the_field_commander_musters_longer() -> None:
    """Rules 23 and 27: forty minutes at night."""
    timeline = command(start="2026-03-04T23:00+08:00")
    assert stages(timeline)[0] == (50.0, "field_commander", DEPUTY)


def test_who_is_away_or_unreachable_is_not_sent() -> None:
    """Rules 25 and 27: a deputy who answers the phone from elsewhere cannot be present."""
    for state in ("away", "unreachable"):
        timeline = command(conditions={"absent": {DEPUTY: {"state": state}}})
        assert stages(timeline) == [(25.0, "field_commander", SECOND), (33.0, "field_established", SECOND)]
        (sent,) = rows(timeline, "decided")
        assert sent.detail["reason"]["people"] == {DEPUTY: state, SECOND: "present"}
        assert (sent.detail["options"], sent.detail["decision"]) == ([DEPUTY, SECOND], SECOND)


def test_one_person_is_not_in_two_places() -> None:
    """Rules 25 and 27: who acts for the commander at headquarters is not sent to the scene; the next one goes."""
    people = {**PEOPLE, DEPUTY: person(order=2, field=1, heads=OFFICE)}
    timeline = command(people=people, conditions={"absent": {CHIEF: {"state": "unreachable"}}})
    (twice,) = rows(timeline, "needed_twice")
    assert twice.detail == {"person": DEPUTY, "roles": ["acting", "field"], "kept": "acting"}
    assert stages(timeline)[0][1:] == ("field_commander", SECOND)


def test_where_nobody_can_go_the_interim_commander_stays() -> None:
    """Rule 27: no field headquarters; the decision says that nobody could be sent."""
    absent = {DEPUTY: {"state": "away"}, SECOND: {"state": "unreachable"}}
    timeline = command(conditions={"absent": absent}, field={"interim": {"消防": 1}})
    assert stages(timeline) == [(12.0, "interim_command", "消防")]
    assert [row.detail["decision"] for row in rows(timeline, "decided")] == [""]


# --- where it stands


def test_it_stands_on_the_side_that_the_wind_comes_from() -> None:
    """Rule 27: upwind, by what headquarters knows of the wind, and not by the wind."""
    weather = inject([DESK], tells={"wind": "n"})
    (row,) = rows(command(injects={"I2": weather}, field={"wind": "wind"}), "field_established")
    assert row.detail == {"who": DEPUTY, "where": "n", "wind_known": True}


def test_a_wind_that_headquarters_does_not_know_is_said() -> None:
    """Rules 10 and 27: a true wind that nobody told of is no wind known."""
    blows = inject([DESK], makes={"set": {"wind": "n"}})
    (row,) = rows(command(injects={"I2": blows}, field={"wind": "wind"}), "field_established")
    assert row.detail == {"who": DEPUTY, "where": "", "wind_known": False}


# --- its end


END = {"when": "not fire", "hold": "0 min"}
OUT = inject([DESK], tells={"fire": False}, makes={"set": {"fire": False}})


def test_it_is_dissolved_at_the_end_of_the_response() -> None:
    """Rules 27 and 29: by the termination, and because of it."""
    timeline = command(injects={"I2": {**OUT, "at": "T+30"}}, end=END)
    (gone,), (ended,) = rows(timeline, "field_dissolved"), rows(timeline, "terminated")
    assert (gone.t, gone.cause, gone.detail) == (30000, ended.seq, {"why": "terminated"})


def test_one_that_does_not_stand_yet_is_called_off() -> None:
    """Rules 5 and 27: ended while its commander is on the road, none is set up, and nothing stays open."""
    timeline = command(injects={"I2": {**OUT, "at": "T+5"}}, end=END)
    assert stages(timeline) == []
    assert log(timeline, "stood_down", unit=HQ) == [(5.0, "stood_down", "command.field#1")]
    assert rows(timeline, "open_at_close", unit=HQ) == []


def test_it_is_dissolved_when_the_city_takes_over() -> None:
    """Rules 27 and 28: the city has its own from the receipt on."""
    dead = inject([DESK], at="T+1", tells={"dead": 3}, makes={"add": {"dead": 3}})
    timeline = command(injects={"I2": dead}, also={"handover": handover("dead >= 3")}, guests=CITY)
    (gone,), (done,) = rows(timeline, "field_dissolved"), rows(timeline, "handed_over")
    assert (gone.t, gone.cause, gone.detail) == (64000, done.seq, {"why": "handed_over"})


def test_a_field_commander_is_free_again_afterwards() -> None:
    """Rules 25 and 27: who commanded at the scene can act for the commander once that is dissolved."""
    people = {CHIEF: person(order=1), DEPUTY: person(order=2, field=1, heads=OFFICE)}
    gone = {"absent": {CHIEF: {"state": "unreachable", "from": "T+40"}}}
    dead = inject([DESK], at="T+1", tells={"dead": 3}, makes={"add": {"dead": 3}})
    letter = report("knowledge", when="dead >= 4", signed=True, sign="1 min", mode="written", draft="1 min")
    more = inject([DESK], at="T+50", tells={"dead": 4})
    timeline = command(
        people=people, conditions=gone, injects={"I2": dead, "I3": more},
        also={"handover": handover("dead >= 3", decide=timed("5 min"), travel=timed("5 min"), exchange=timed("5 min")),
              "reports": {"letter": letter}},
    )  # fmt: skip
    assert [row.t for row in rows(timeline, "field_dissolved")] == [16000]
    assert [row.detail.get("by") for row in rows(timeline, "substituted")] == [DEPUTY]
    assert rows(timeline, "needed_twice") == []


def test_without_arrangements_there_is_none() -> None:
    """Rule 27: what the office does not arrange is not played."""
    timeline = played(FACTS, NEEDS, UNITS, {"I1": FIRE}, {"people": PEOPLE})
    assert stages(timeline) == []
    assert rows(timeline, "decided", "conference") == []


# --- the duty desk's own working group


def test_the_desks_working_group_goes_without_a_call_and_without_a_hand() -> None:
    """Rules 13 and 16: the desk sends a group of its own; its operators are none fewer, and nobody is called."""
    own = {"desk.group": duty("burning", form="sustained", sees=[])}
    units = {"消防": crew(1, 12)}
    bodies = {DESK: {"duties": own, "strength": {"teams": teams(group=1), "travel": road(9),
                                                 "work": {"desk.group": work(uses={"group": 1})}}}}  # fmt: skip
    timeline = command(units, bodies=bodies, desk__operators={"duty": 1, "off-duty": 1, "src": "t"})
    assert log(timeline, task="desk.group#1") == [
        (0.0, "triggered", "desk.group#1"), (0.0, "ordered", "desk.group#1"), (0.0, "acknowledged", "desk.group#1"),
        (0.0, "departed", "desk.group#1"), (9.0, "arrived", "desk.group#1"), (9.0, "reported", "desk.group#1"),
        (9.0, "started", "desk.group#1"), (240.0, "open_at_close", "desk.group#1"),
    ]  # fmt: skip
