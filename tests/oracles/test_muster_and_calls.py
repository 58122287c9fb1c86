"""Muster by the roster of that hour (rule 23), and calls that are not answered (rule 24 of SEMANTICS)."""

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
    log,
    need,
    play,
    rows,
    scenario,
    teams,
    timed,
    unit,
    work,
)  # fmt: skip

from sim.record.timeline import Timeline

ROSTER = {"duty": "2 min", "off-duty": "20 min", "src": "t"}


def called_out(
    start: str, at: str = "T+1", *, reads: Any = None, strength: Any = None, **given: Any
) -> Timeline:
    """A fire that headquarters hears of at `at`: ordered and acknowledged in that instant, then mustered."""
    own = {"staffed": "office", "work": {"fire.rescue": work("5 min")}, **(strength or {})}
    injects = {"I1": RING, "I2": inject([HQ], at=at, tells={"fire": True})}
    plan = build(
        {"fire": fact("flag"), "open": fact("flag")}, {"burning": need("fire")},
        {"消防": unit(1, {"fire.rescue": duty("burning", **(reads or {})), **given.pop("more", {})}, **own)},
        scenario({**injects, **given.pop("injects", {})}, start=start, horizon="900 min", **given),
        **at_once(defaults__muster=ROSTER),
    )  # fmt: skip
    return play(plan)


def departed(timeline: Timeline, task: str = "fire.rescue#1") -> float:
    (row,) = rows(timeline, "departed", task=task)
    return row.t / 1000


# --- rule 23


@pytest.mark.parametrize(
    ("start", "at", "minutes"),
    [
        pytest.param("2026-03-04T10:00+08:00", "T+1", 2, id="a Wednesday morning"),
        pytest.param("2026-03-04T17:50+08:00", "T+9", 2, id="one minute to six"),
        pytest.param("2026-03-04T17:50+08:00", "T+11", 20, id="one minute past six"),
        pytest.param("2026-03-04T08:20+08:00", "T+9", 20, id="a minute before the office opens"),
        pytest.param("2026-03-07T10:00+08:00", "T+1", 20, id="a Saturday morning"),
        pytest.param("2026-03-06T23:50+08:00", "T+600", 20, id="from Friday night into Saturday morning"),
        pytest.param("2026-03-08T23:50+08:00", "T+600", 2, id="from Sunday night into Monday morning"),
    ],
)
def test_muster_goes_by_the_roster_at_that_clock_time(start: str, at: str, minutes: int) -> None:
    """Rule 23: office hours are 8:30 to 18:00 on weekdays; outside them a unit of the office kind needs 20 minutes."""
    assert departed(called_out(start, at)) == float(at[2:]) + minutes


@pytest.mark.parametrize("start", ["2026-03-04T10:00+08:00", "2026-03-07T03:00+08:00"])
def test_who_is_always_staffed_musters_as_on_duty(start: str) -> None:
    """Rule 23: the fire service has the same roster at three in the morning."""
    assert departed(called_out(start, strength={"staffed": "always"})) == 3.0


def test_muster_is_decided_at_acknowledgement() -> None:
    """Rule 23: acknowledged at 17:51 and held up by a prerequisite until 18:05: the crew that was on duty when it
    acknowledged still musters in 2 minutes. One acknowledged at 18:01 needs 20, though its reason arose at 17:51."""
    early = called_out(
        "2026-03-04T17:50+08:00", reads={"after": ["fire.scout.finished"]},
        more={"fire.scout": duty("burning", place="office")},
        strength={"work": {"fire.rescue": work("5 min"), "fire.scout": work("14 min")}},
    )  # fmt: skip
    assert log(early, "acknowledged", "waiting", "departed", task="fire.rescue#1") == [
        (1.0, "acknowledged", "fire.rescue#1"), (1.0, "waiting", "fire.rescue#1"),
        (15.0, "waiting", "fire.rescue#1"), (17.0, "departed", "fire.rescue#1"),
    ]  # fmt: skip
    slow = {"acknowledge": timed("10 min"), "work": {"fire.rescue": work("5 min")}}
    late = called_out("2026-03-04T17:50+08:00", strength=slow)
    assert log(late, "acknowledged", "departed", task="fire.rescue#1") == [
        (11.0, "acknowledged", "fire.rescue#1"), (31.0, "departed", "fire.rescue#1"),
    ]  # fmt: skip


def test_an_alarm_duty_musters_by_the_same_roster() -> None:
    """Rule 23: woken by its own alarm at night, before any order, the office unit needs 20 minutes."""
    night = called_out(
        "2026-03-04T23:00+08:00", at="T+60", reads={"starts": "alarm"},
        injects={"I3": inject(["消防"], at="T+5", tells={"fire": True})},
    )  # fmt: skip
    assert log(night, "acknowledged", "departed", task="fire.rescue#1") == [
        (5.0, "acknowledged", "fire.rescue#1"), (25.0, "departed", "fire.rescue#1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "began"), [("2026-03-04T10:00+08:00", 1.0), ("2026-03-04T23:00+08:00", 21.0)]
)
def test_a_team_of_the_office_musters_only_off_duty(start: str, began: float) -> None:
    """Rule 23: in office hours the clerk sits at the desk; at night the clerk must come in first."""
    own = {"teams": teams(staff=1), "work": {"fire.rescue": work("5 min", uses={"staff": 1})}}
    timeline = called_out(start, reads={"place": "office"}, strength=own)
    assert log(timeline, "started", task="fire.rescue#1") == [(began, "started", "fire.rescue#1")]


# --- rule 24


def rung(
    answer: dict[str, Any], *, operators: int = 1, minutes: str = "60 min", draws: Any = None
) -> Timeline:
    """One order to the fire service at T+10, from a desk with `operators` people; it musters and travels at once.

    A try takes 1 minute answered and 0.5 unanswered; the next comes 2 minutes later. The office is told first, so that
    no other call is open.
    """
    channels = {
        "radio": {"label": {"zh": "x", "en": "x"}, "chance": 0.0, "tries": 2, "time": "3 min", "src": "t"},
        "runner": {"label": {"zh": "x", "en": "x"}, "operator": False, "time": "15 min", "src": "t"},
    }
    quick = at_once(
        channels=channels, calls__answered=timed("1 min"), calls__unanswered=timed("0.5 min"),
        calls__redial=timed("2 min"), desk__operators={"duty": operators, "off-duty": 1, "src": "t"},
        command__inform="broadcast", command__broadcast={"send": timed("0 min"), "receipt": timed("0 min")},
    )  # fmt: skip
    units = {
        "消防": unit(
            1,
            {"fire.rescue": duty("burning")},
            answer={**answer, "src": "t"},
            work={"fire.rescue": work("5 min")},
        ),
        "公安": unit(2, {"police.cordon": duty("crowd")}, work={"police.cordon": work("5 min")}),
    }
    injects = {
        "I1": RING,
        "I2": inject([HQ], at="T+10", tells={"fire": True}),
        "I3": inject([HQ], at="T+10", tells={"people": True}),
    }
    facts, needs = (
        {"fire": fact("flag"), "people": fact("flag")},
        {"burning": need("fire", 1), "crowd": need("people", 2)},
    )
    return play(build(facts, needs, units, scenario(injects, horizon=minutes), **quick), draws=draws)


CALLS = ("call_begun", "call_answered", "call_unanswered", "call_unreached", "ordered", "acknowledged")


def calls(timeline: Timeline, task: str = "fire.rescue#1") -> list[tuple[float, str]]:
    return [(minute, event) for minute, event, _ in log(timeline, *CALLS, task=task)]


def test_an_unanswered_try_is_followed_by_a_wait_and_another() -> None:
    """Rule 24: half a minute of ringing, two minutes' pause, and again; the third is answered in one minute."""
    timeline = rung({"chance": 0.5, "tries": 3}, draws=Chosen({"answer": [0.9, 0.7, 0.3]}))
    assert calls(timeline) == [
        (10.0, "call_begun"), (10.5, "call_unanswered"),
        (12.5, "call_begun"), (13.0, "call_unanswered"),
        (15.0, "call_begun"), (16.0, "call_answered"), (16.0, "ordered"), (16.0, "acknowledged"),
    ]  # fmt: skip


def test_the_operator_is_held_for_the_try_and_free_in_the_pause() -> None:
    """Rule 24: with one operator, the police's call waits for the ringing to stop at T+10.5, not for the redials."""
    timeline = rung({"chance": 0.0, "tries": 3})
    assert log(timeline, "waiting", "call_begun", task="police.cordon#1") == [
        (10.0, "waiting", "police.cordon#1"), (10.5, "call_begun", "police.cordon#1"),
    ]  # fmt: skip
    assert calls(timeline)[:2] == [(10.0, "call_begun"), (10.5, "call_unanswered")]


def test_after_its_tries_the_next_channel_and_last_a_runner() -> None:
    """Rule 24: two tries by phone, two by radio, then a runner who needs a quarter of an hour and no operator: the
    police can be called meanwhile."""
    timeline = rung({"chance": 0.0, "tries": 2, "then": ["radio", "runner"]})
    assert calls(timeline) == [
        (10.0, "call_begun"), (10.5, "call_unanswered"), (12.5, "call_begun"), (13.0, "call_unanswered"),
        (13.0, "call_begun"), (13.5, "call_unanswered"), (15.5, "call_begun"), (16.0, "call_unanswered"),
        (16.0, "call_begun"), (31.0, "call_answered"), (31.0, "ordered"), (31.0, "acknowledged"),
    ]  # fmt: skip
    channels = [row.detail["channel"] for row in rows(timeline, "call_begun", task="fire.rescue#1")]
    assert channels == ["phone", "phone", "radio", "radio", "runner"]


def test_a_runner_holds_no_operator() -> None:
    """Rule 24: while the runner is on the road from T+10.5 to T+25.5 the only operator calls the police."""
    timeline = rung({"chance": 0.0, "tries": 1, "then": ["runner"]})
    assert calls(timeline, "police.cordon#1")[0] == (10.5, "call_begun")
    assert calls(timeline)[-2:] == [(25.5, "ordered"), (25.5, "acknowledged")]


def test_exhausted_is_unreached_and_never_an_acknowledgement() -> None:
    """Rule 24: three tries in vain and nothing else to try: unreached, no order, no acknowledgement, nobody goes."""
    timeline = rung({"chance": 0.0, "tries": 3})
    assert calls(timeline) == [
        (10.0, "call_begun"), (10.5, "call_unanswered"), (12.5, "call_begun"), (13.0, "call_unanswered"),
        (15.0, "call_begun"), (15.5, "call_unanswered"), (15.5, "call_unreached"),
    ]  # fmt: skip
    assert not rows(timeline, "departed", task="fire.rescue#1")
    assert log(timeline, "open_at_close", task="fire.rescue#1") == [(60.0, "open_at_close", "fire.rescue#1")]


def test_unreached_is_shown_as_a_gap() -> None:
    """Rule 24: the review names the unit that could not be reached."""
    from sim.review import evaluate

    found = [gap for gap in evaluate(rung({"chance": 0.0, "tries": 3})).gaps if gap.code == "G102"]
    assert [(gap.unit, gap.duty) for gap in found] == [("消防", "fire.rescue")]


def test_every_try_is_a_draw_of_its_own() -> None:
    """Rules 24 and 31: three tries ask three times, on every channel that may fail; the runner is sure."""
    asked: list[tuple[str, int]] = []

    class Never:
        def u(self, name: str, attempt: int = 0) -> float:
            asked.append((name, attempt))
            return 0.99

    rung({"chance": 0.5, "tries": 2, "then": ["radio", "runner"]}, draws=Never())
    answers = [item for item in asked if item[0].startswith("消防/fire.rescue/")]
    assert len(answers) == len(set(answers)) == 4


@pytest.mark.parametrize("operators", [1, 2])
def test_no_more_calls_at_once_than_operators(operators: int) -> None:
    """Rule 24: a call, answered or not, occupies one of the desk's people while it lasts."""
    timeline = rung({"chance": 0.0, "tries": 3}, operators=operators)
    open_now = most = 0
    for row in timeline.rows:
        if row.event == "call_begun":
            open_now += 1
        elif row.event in ("call_answered", "call_unanswered"):
            open_now -= 1
        most = max(most, open_now)
    assert most == operators
