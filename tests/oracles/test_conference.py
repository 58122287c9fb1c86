"""Conferences of the field headquarters: when they are, what they refresh, what they decide (rules 27 and 28).

The field headquarters stands from T+8; the first conference ends five minutes later, each next one begins twenty
minutes after the end of the last and lasts four: they end at T+13, T+37, T+61 …
"""

from __future__ import annotations

from typing import Any

from build import DESK, HQ, Chosen, duty, fact, inject, log, need, rows, timed, unit, work
from commanded import CHIEF, CITY, DEPUTY, conference, field, handover, level, person, played

from sim.record.timeline import Timeline

FACTS = {"fire": fact("flag"), "dead": fact("count"), "gas": fact("flag"), "hurt": fact("count")}
NEEDS = {"burning": need("fire"), "care": need("hurt > 0", 2)}
PEOPLE = {CHIEF: person(order=1), DEPUTY: person(order=2, field=1)}


def crew(number: int, **reads: Any) -> dict[str, Any]:
    name = f"u{number}.work"
    given = {"form": "sustained", "sees": ["hurt"], **reads}
    return unit(number, {name: duty(given.pop("serves", "burning"), **given)}, work={name: work()})


def command(injects: Any = None, units: Any = None, **more: Any) -> Timeline:
    arrangements = {
        "people": PEOPLE, "field": field(conference=conference(), **more.pop("field", {})), **more.pop("also", {}),
    }  # fmt: skip
    told = {"I1": inject([DESK], tells={"fire": True}), **(injects or {})}
    given = {"消防": crew(1)} if units is None else units
    return played(
        FACTS, NEEDS, given, told, arrangements, facts={"fire": True}, **{"horizon": "70 min", **more}
    )


def decisions(timeline: Timeline, question: str | None = None) -> list[tuple[float, str, str]]:
    return [
        (row.t / 1000, row.detail["question"], row.detail["decision"])
        for row in rows(timeline, "decided")
        if row.detail["question"] in ((question,) if question else ("level", "handover", "course"))
    ]


# --- when


def test_the_first_and_then_at_intervals() -> None:
    """Rule 27: the first so long after it stands, each next one a while after the end of the last."""
    timeline = command()
    assert [(row.t / 1000, row.detail["number"]) for row in rows(timeline, "conference")] == [
        (13.0, 1), (37.0, 2), (61.0, 3),
    ]  # fmt: skip
    assert [row.t / 1000 for row in rows(timeline, "started", task="command.conference#2")] == [33.0]


def test_each_length_is_a_chance_of_its_own() -> None:
    """Rules 27 and 31: intervals and lengths are drawn from streams by the number of the conference."""
    given = conference()
    given["every"] = {"time": "exp(20 min)", "src": "t"}
    streams = {f"command.conference/{n}/every": u for n, u in ((1, 0.1), (2, 0.9))}
    arrangements = {"people": PEOPLE, "field": field(conference=given)}
    timeline = played(
        FACTS, NEEDS, {"消防": crew(1)}, {"I1": inject([DESK], tells={"fire": True})}, arrangements,
        facts={"fire": True}, draws=Chosen(streams), horizon="90 min",
    )  # fmt: skip
    assert [row.t / 1000 for row in rows(timeline, "conference")] == [13.0, 19.107, 69.159, 87.022]


def test_none_after_the_end() -> None:
    """Rules 27 and 29: a conference under way at the termination is broken off, and there is none after it."""
    out = inject([HQ], at="T+35", tells={"fire": False})
    timeline = command({"I2": out}, end={"when": "not fire", "hold": "0 min"})
    assert [row.t / 1000 for row in rows(timeline, "conference")] == [13.0]
    assert log(timeline, "stood_down", task="command.conference#2") == [
        (35.0, "stood_down", "command.conference#2")
    ]


def test_without_a_field_headquarters_there_is_none() -> None:
    """Rule 27: nobody confers where nobody went."""
    timeline = command(conditions={"absent": {DEPUTY: {"state": "away"}}})
    assert rows(timeline, "conference", "field_established") == []


# --- what it refreshes


def test_headquarters_learns_what_the_crews_there_see() -> None:
    """Rules 12 and 27: a sustained duty reports once; what changed since is told in the conference, and by it."""
    timeline = command({"I2": inject(["消防"], at="T+20", makes={"add": {"hurt": 2}})})
    (row,) = [row for row in rows(timeline, "learnt", unit=HQ) if row.detail["facts"] == {"hurt": 2}]
    second = rows(timeline, "conference")[1]
    assert (row.t, row.cause) == (37000, second.seq)
    assert second.detail["units"] == ["消防"]


def test_what_happens_in_the_very_instant_is_not_seen_yet() -> None:
    """Rules 12 and 27: what is told is the truth before this instant."""
    timeline = command({"I2": inject(["消防"], at="T+37", makes={"add": {"hurt": 2}})})
    learnt = [row.t / 1000 for row in rows(timeline, "learnt", unit=HQ) if row.detail["facts"].get("hurt")]
    assert learnt == [61.0]


def test_only_who_is_at_work_there_takes_part() -> None:
    """Rule 27: those on the road, in an office or gone tell nothing."""
    units = {
        "消防": crew(1, form="once", sees=["hurt"]), "办公": crew(2, place="office", sees=["hurt"]),
        "远处": unit(3, {"u3.work": duty("burning", form="sustained", sees=["hurt"])}, work={"u3.work": work()},
                   travel={"urban": "200 min", "township": "200 min", "src": "t"}),
    }  # fmt: skip
    timeline = command({"I2": inject(["消防"], at="T+20", makes={"add": {"hurt": 2}})}, units)
    assert [row.detail["units"] for row in rows(timeline, "conference")] == [[], [], []]
    assert [row for row in rows(timeline, "learnt", unit=HQ) if "hurt" in row.detail["facts"]][1:] == []


def test_what_was_said_in_it_is_said_again_once_it_is_no_longer_so() -> None:
    """Rules 10 and 12: a crew remembers what it told the conference, so that a change back is news as well."""
    spark = {"I2": inject(["消防"], at="T+20", makes={"set": {"gas": True}}),
             "I3": inject(["消防"], at="T+40", makes={"set": {"gas": False}})}  # fmt: skip
    units = {"消防": unit(1, {"u1.work": duty("burning", sees=["gas"])}, work={"u1.work": work("50 min")})}
    timeline = command(spark, units)
    told = [(row.t / 1000, row.detail["facts"]["gas"]) for row in rows(timeline, "learnt", unit=HQ)
            if "gas" in row.detail["facts"]]  # fmt: skip
    assert told == [(0.0, False), (37.0, True), (50.0, False)]


def test_the_crews_there_learn_what_headquarters_knows() -> None:
    """Rules 14 and 27: an alarm duty of a unit that is there begins by what the conference tells."""
    own = {
        "u1.work": duty("burning", form="sustained", sees=[]),
        "u1.care": duty("care", starts="alarm", sees=[]),
    }
    arrangements = {"people": PEOPLE, "field": field(conference=conference())}
    told = {"I1": inject([DESK], tells={"fire": True}), "I2": inject([HQ], at="T+20", tells={"hurt": 1})}
    answer = {"chance": 0.5, "tries": 2, "src": "t"}
    units = {"消防": unit(1, own, work={"u1.work": work(), "u1.care": work()}, answer=answer)}
    timeline = played(
        FACTS, NEEDS, units, told, arrangements, facts={"fire": True}, horizon="70 min", draws=Deaf(),
        calls__redial={"time": "90 min", "src": "t"},
    )  # fmt: skip
    (row,) = rows(timeline, "acknowledged", task="u1.care#1")
    assert (row.t / 1000, row.detail) == (37.0, {"by": "alarm"})


class Deaf:
    """Answers everything but the order for care."""

    def u(self, name: str, attempt: int = 0) -> float:
        return 0.99 if name.endswith("u1.care/1/answer") else 0.0 if name.endswith("answer") else 0.5


# --- what it decides


LEVELS = {"low": level(1, "fire"), "high": level(2, "gas", hold="30 min")}
ALARM = {
    "I2": inject([HQ], at="T+1", tells={"gas": True}),
    "I3": inject([HQ], at="T+5", tells={"gas": False}),
}


def changes(timeline: Timeline) -> list[tuple[float, str, str]]:
    return [
        (row.t / 1000, row.detail["was"], row.detail["level"])
        for row in rows(timeline, "level_changed")
    ]  # fmt: skip


def test_a_level_goes_down_only_in_a_conference_and_only_after_its_hold() -> None:
    """Rule 28: uncalled for since T+5, it may go down from T+35 and does at T+37, by whoever commands at the scene."""
    timeline = command(ALARM, also={"levels": LEVELS})
    assert changes(timeline) == [(1.0, "low", "high"), (37.0, "high", "low")]
    assert decisions(timeline) == [(13.0, "level", "high"), (37.0, "level", "low"), (61.0, "course", "go_on")]
    lowered, decided = rows(timeline, "level_changed")[1], rows(timeline, "decided")[2]
    assert (lowered.cause, lowered.detail["approver"]) == (decided.seq, DEPUTY)
    assert decided.detail["options"] == ["high", "low"]
    assert decided.detail["reason"] == {"facts": {"fire": True, "gas": False}}


def test_a_level_that_must_stand_yet_is_kept_and_says_for_how_long() -> None:
    """Rule 28: the decision to keep it is a decision with its reason."""
    kept = rows(command(ALARM, also={"levels": LEVELS}), "decided")[1]
    assert kept.detail["reason"] == {"facts": {"fire": True, "gas": False}, "hold": 30.0}


def test_a_level_raised_on_news_withdrawn_meanwhile_may_go_down_after_its_hold() -> None:
    """Rule 28: gas known at T+20 and withdrawn at T+22, approved at T+26: from T+56 on it may go down."""
    told = {
        "I2": inject([HQ], at="T+20", tells={"gas": True}),
        "I3": inject([HQ], at="T+22", tells={"gas": False}),
    }
    timeline = command(told, also={"levels": LEVELS}, command__approve=timed("6 min"))
    assert changes(timeline)[0] == (26.0, "low", "high")
    (lowered,) = rows(timeline, "level_changed")[1:]
    assert lowered.t == next(row.t for row in rows(timeline, "conference") if row.t >= 56_000)


def test_a_level_called_for_again_begins_its_hold_anew() -> None:
    """Rule 28: gas at T+30 once more, gone at T+31: not yet at T+37, at T+61."""
    again = {
        "I4": inject([HQ], at="T+30", tells={"gas": True}),
        "I5": inject([HQ], at="T+31", tells={"gas": False}),
    }
    timeline = command({**ALARM, **again}, also={"levels": LEVELS})
    assert changes(timeline)[1:] == [(61.0, "high", "low")]


def test_a_level_lowered_goes_up_again_by_itself() -> None:
    """Rule 28: upward automatically, also after it was lowered."""
    again = {"I4": inject([HQ], at="T+50", tells={"gas": True})}
    timeline = command({**ALARM, **again}, also={"levels": LEVELS})
    assert changes(timeline)[2:] == [(50.0, "low", "high")]


def test_the_hand_over_is_requested_by_a_conference_where_the_office_says_so() -> None:
    """Rule 28: known to be beyond the district at T+14, decided at the next conference, and only once."""
    dead = {"I2": inject([HQ], at="T+14", tells={"dead": 3})}
    slow = handover("dead >= 3", request="conference", decide={"time": "90 min", "src": "t"})
    timeline = command(dead, also={"handover": slow}, guests=CITY)
    assert decisions(timeline, "handover") == [(37.0, "handover", "request")]
    (row,) = rows(timeline, "handover_requested")
    assert row.t == 37000
    assert rows(timeline, "decided")[2].detail["reason"] == {"facts": {"dead": 3}}


def test_a_conference_requests_no_hand_over_on_news_that_was_withdrawn() -> None:
    """Rules 27 and 28: three dead at T+14, none at T+16; the conference at T+37 decides on what is known then."""
    told = {
        "I2": inject([HQ], at="T+14", tells={"dead": 3}),
        "I3": inject([HQ], at="T+16", tells={"dead": 0}),
    }
    timeline = command(told, also={"handover": handover("dead >= 3", request="conference")}, guests=CITY)
    assert decisions(timeline, "handover") == []
    assert rows(timeline, "handover_requested") == []


def test_where_it_is_requested_at_once_a_conference_has_nothing_to_decide() -> None:
    """Rule 28: what is under way is not pending."""
    dead = {"I2": inject([HQ], at="T+14", tells={"dead": 3})}
    slow = handover("dead >= 3", decide={"time": "90 min", "src": "t"})
    timeline = command(dead, also={"handover": slow}, guests=CITY)
    assert decisions(timeline) == [
        (13.0, "course", "go_on"),
        (37.0, "course", "go_on"),
        (61.0, "course", "go_on"),
    ]


def test_where_nothing_is_pending_it_says_what_still_stands() -> None:
    """Rule 27: a conference is never silent, and says one thing only."""
    rows_ = rows(command(), "decided")[1:]
    assert [row.detail["reason"] for row in rows_] == [{"needs": ["burning"]}] * 3
    assert {row.detail["who"] for row in rows_} == {DEPUTY}


def test_where_the_end_is_watched_it_says_so() -> None:
    """Rules 27 and 29: the end holds and is being watched."""
    out = {"I2": inject([HQ], at="T+30", tells={"fire": False})}
    timeline = command(out, end={"when": "not fire", "hold": "60 min"})
    assert decisions(timeline) == [
        (13.0, "course", "go_on"),
        (37.0, "course", "watch_end"),
        (61.0, "course", "watch_end"),
    ]


def test_a_conference_decides_on_what_it_has_just_heard() -> None:
    """Rules 27 and 28: three dead, seen by the crew there, are told and acted on in one and the same conference."""
    units = {"消防": crew(1, sees=["dead"])}
    dead = {"I2": inject(["消防"], at="T+20", makes={"add": {"dead": 3}})}
    slow = handover("dead >= 3", request="conference", decide={"time": "90 min", "src": "t"})
    timeline = command(dead, units, also={"handover": slow}, guests=CITY)
    assert decisions(timeline, "handover") == [(37.0, "handover", "request")]
