"""Gaps of command: field headquarters late or without the wind, no conference, one person twice, a late request.

All limits are this project's own: each is a gap one thousandth of a minute over it and none at it.
"""

from __future__ import annotations

from typing import Any

import pytest
from build import DESK, HQ, OFFICE, duty, fact, inject, need, timed, unit, work
from commanded import (
    CHIEF,
    CITY,
    DEPUTY,
    SECOND,
    conference,
    field,
    handover,
    level,
    muster,
    person,
    played,
    road,
)

from sim.record.timeline import Timeline
from sim.review import Gap, evaluate

WINDS = {"calm": {"zh": "静风", "en": "calm"}, "n": {"zh": "北", "en": "n"}}
FACTS = {"fire": fact("flag"), "dead": fact("count"), "gas": fact("flag"),
         "wind": fact("category", default="calm", values=WINDS)}  # fmt: skip
PEOPLE = {CHIEF: person(order=1), DEPUTY: person(order=2, field=1)}


def command(injects: Any = None, people: Any = None, **more: Any) -> Timeline:
    """A crew is at the scene from T+10 on; the field commander is there at once."""
    crew = {"fire.work": duty("burning", form="sustained", sees=[])}
    units = {"消防": unit(1, crew, work={"fire.work": work()}, travel=road(10))}
    told = {"I1": inject([DESK], tells={"fire": True}), **(injects or {})}
    given = {"people": PEOPLE if people is None else people, **more.pop("also", {"field": field()})}
    return played(
        FACTS, {"burning": need("fire")}, units, told, given, **{"facts": {"fire": True}, **more}
    )  # fmt: skip


def gaps(timeline: Timeline, code: str) -> list[Gap]:
    return [one for gap in evaluate(timeline).gaps for one in (gap, *gap.others) if one.code == code]


@pytest.mark.parametrize(("minutes", "found"), [("70 min", []), ("70.001 min", [60.001])])
def test_a_field_headquarters_later_than_an_hour_after_the_first_crew(
    minutes: str, found: list[float]
) -> None:
    """G332: from the first arrival; to the minute it is none, a thousandth over it is one."""
    timeline = command(also={"field": field(establish=timed(minutes))})
    assert [gap.actual for gap in gaps(timeline, "G332")] == pytest.approx(found)
    assert [(gap.status, gap.severity, gap.expected) for gap in gaps(timeline, "G332")] == [
        ("local", "minor", 60.0)
    ] * len(found)


def test_one_that_was_never_set_up_says_why() -> None:
    """G332: nobody could go; the reason stands in the decision. An end within the hour leaves nothing to judge."""
    timeline = command(conditions={"absent": {DEPUTY: {"state": "away"}}})
    (gap,) = gaps(timeline, "G332")
    assert (gap.severity, gap.reason, gap.variant, gap.actual) == ("major", "nobody_sent", "never", 230.0)
    short = command(conditions={"absent": {DEPUTY: {"state": "away"}}}, horizon="69 min")
    assert gaps(short, "G332") == []


QUICK = handover("dead >= 3", decide=timed("5 min"), travel=timed("5 min"), exchange=timed("5 min"))
THREE = {"I2": inject([HQ], at="T+20", makes={"add": {"dead": 3}}, tells={"dead": 3})}


def test_what_the_city_commands_is_not_the_districts_to_set_up() -> None:
    """G332: command is handed over before the hour is out; what never stands after that is not the district's."""
    slow = field(establish=timed("200 min"))
    given = {"field": slow, "handover": QUICK}
    assert gaps(command(THREE, also=given, guests=CITY), "G332") == []
    assert len(gaps(command(also={"field": slow}), "G332")) == 1


@pytest.mark.parametrize(("dead", "found"), [(3, 0), (2, 1)])
def test_the_level_after_the_receipt_is_not_the_districts(dead: int, found: int) -> None:
    """G113: gas breaks out an hour after the receipt, and nobody tells; with two dead the district commands still."""
    injects = {
        "I2": inject([HQ], at="T+20", makes={"add": {"dead": dead}}, tells={"dead": dead}),
        "I3": inject([], at="T+100", makes={"set": {"gas": True}}),
    }
    levels = {"low": level(1, "fire"), "high": level(2, "gas")}
    timeline = command(injects, also={"levels": levels, "handover": QUICK}, guests=CITY)
    assert len(gaps(timeline, "G113")) == found


def test_without_a_field_headquarters_in_the_arrangements_there_is_nothing_to_judge() -> None:
    assert gaps(command(also={}), "G332") == []


def test_a_place_chosen_without_knowing_the_wind() -> None:
    """G331: unknown is one, known is none, and an office that does not ask for the wind has none."""
    with_wind = {"field": field(wind="wind")}
    assert [gap.at for gap in gaps(command(also=with_wind), "G331")] == [8000]
    assert gaps(command({"I2": inject([HQ], tells={"wind": "n"})}, also=with_wind), "G331") == []
    assert gaps(command(), "G331") == []


@pytest.mark.parametrize(("every", "found"), [(116, []), (117, [121.0])])
def test_two_hours_without_a_conference(every: int, found: list[float]) -> None:
    """G333: from the end of one to the end of the next, each four minutes long."""
    timeline = command(also={"field": field(conference=conference(every=every))})
    assert [gap.actual for gap in gaps(timeline, "G333")] == found


def test_no_conference_after_the_end_is_no_gap() -> None:
    """G333: judged while the field headquarters stands."""
    out = inject([HQ], at="T+60", tells={"fire": False})
    timeline = command(
        {"I2": out},
        also={"field": field(conference=conference(every=200))},
        end={"when": "not fire", "hold": "0 min"},
    )
    assert gaps(timeline, "G333") == []


def test_one_person_in_two_places() -> None:
    """G305: the deputy who heads the acting office is wanted at the scene."""
    people = {
        CHIEF: person(order=1),
        DEPUTY: person(order=2, field=1, heads=OFFICE),
        SECOND: person(order=3, field=2),
    }
    timeline = command(people=people, conditions={"absent": {CHIEF: {"state": "unreachable"}}})
    (gap,) = gaps(timeline, "G305")
    assert (gap.unit, gap.severity, gap.reason) == (DEPUTY, "major", "two_places")
    assert "代行指挥长" in gap.statement("zh")
    assert "现场总指挥" in gap.statement("zh")


@pytest.mark.parametrize(("sign", "found"), [("5 min", []), ("5.001 min", [5.001])])
def test_papers_that_wait_for_one_signature(sign: str, found: list[float]) -> None:
    """G305: a wait of five minutes is none, one over it is one."""
    levels = {"low": level(1, "fire"), "high": level(2, "dead >= 3")}
    timeline = command(
        {"I2": inject([HQ], at="T+30", tells={"dead": 3})}, also={"levels": levels, "handover": handover("dead >= 3")},
        command__approve=timed(sign),
    )  # fmt: skip
    assert [gap.actual for gap in gaps(timeline, "G305")] == pytest.approx(found)


@pytest.mark.parametrize(("sign", "found"), [("15 min", []), ("15.001 min", [15.001])])
def test_a_request_to_hand_over_later_than_a_quarter_of_an_hour_after_it_was_known(
    sign: str, found: list[float]
) -> None:
    """G306: from when headquarters knows, whatever the truth was before."""
    dead = {"I2": inject(["消防"], at="T+20", makes={"add": {"dead": 3}}),
            "I3": inject([HQ], at="T+50", tells={"dead": 3})}  # fmt: skip
    timeline = command(dead, also={"handover": handover("dead >= 3")}, command__approve=timed(sign))
    assert [gap.actual for gap in gaps(timeline, "G306")] == pytest.approx(found)
    assert [gap.at for gap in gaps(timeline, "G306")] == [65000] * len(found)


def test_a_request_that_never_comes() -> None:
    """G306: known at T+50 and left to a conference that nobody holds; an end within the quarter is not judged."""
    dead = {"I3": inject([HQ], at="T+50", tells={"dead": 3})}
    given = {"handover": handover("dead >= 3", request="conference")}
    (gap,) = gaps(command(dead, also=given), "G306")
    assert (gap.variant, gap.reason, gap.actual) == ("never", "conference_only", 190.0)
    assert gaps(command(dead, also=given, horizon="64 min"), "G306") == []


@pytest.mark.parametrize(("withdrawn", "found"), [("T+65", []), ("T+65.001", [15.001])])
def test_news_that_was_withdrawn_asks_for_no_request(withdrawn: str, found: list[float]) -> None:
    """G306: three dead from T+50 on, then two: only the minutes in which it was known count."""
    told = {
        "I3": inject([HQ], at="T+50", tells={"dead": 3}),
        "I4": inject([HQ], at=withdrawn, tells={"dead": 2}),
    }
    given = {"handover": handover("dead >= 3", request="conference")}
    assert [gap.actual for gap in gaps(command(told, also=given), "G306")] == pytest.approx(found)


def test_what_headquarters_heard_of_work_done_counts_too() -> None:
    """G306: the hand-over is asked for once the crew is at work, which headquarters hears by its report."""
    given = {"handover": handover("started(fire.work)", request="conference")}
    (gap,) = gaps(command(also=given), "G306")
    assert (gap.variant, gap.actual) == ("never", 230.0)


def test_what_was_known_before_the_response_counts_from_its_start() -> None:
    """G306: the district cannot ask before it commands."""
    early = {"I1": inject([DESK], tells={"fire": True, "dead": 3})}
    timeline = command(
        early, also={"handover": handover("dead >= 3")}, command__approve=timed("14 min"),
        desk__assess=timed("30 min"), facts={"fire": True, "dead": 3},
    )  # fmt: skip
    assert gaps(timeline, "G306") == []


def test_every_sentence_reads_in_both_languages() -> None:
    """Each of these gaps has its sentence, cause and advice, in Chinese and English, with nothing left unfilled."""
    people = {CHIEF: person(order=1), DEPUTY: person(order=2, field=1, heads=OFFICE, muster=muster(50, 50))}
    dead = {"I3": inject([HQ], at="T+50", tells={"dead": 3})}
    given = {
        "handover": handover("dead >= 3", request="conference"),
        "field": field(wind="wind", establish=timed("90 min")),
    }
    found = {gap.code: gap for gap in evaluate(command(dead, people, also=given, horizon="480 min")).gaps}
    assert {"G306", "G331", "G332", "G333"} <= found.keys()
    for gap in found.values():
        for lang in ("zh", "en"):
            for text in (gap.statement(lang), gap.cause(lang), gap.suggestion(lang), gap.title(lang)):  # type: ignore[arg-type]
                assert text
                assert "{" not in text
