"""The clock of the day: office hours, hands at the desk, answering, muster that moves together (rules 16, 23, 24)."""

from __future__ import annotations

from statistics import correlation
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
)

from sim.play.draws import RandomDraws
from sim.play.hours import Hours

FACTS = {name: fact("flag") for name in ("fire", "people", "hurt")}
MUSTER = {"duty": "2 min", "off-duty": "20 min", "src": "t"}


def brigade(start: str, at: str = "T+0", **local: Any) -> Any:
    """A unit staffed in office hours only; its muster tells whether it is on duty when told at `at`."""
    units = {
        "消防": unit(1, {"fire.rescue": duty("burning", sees=[])}, staffed="office",
                   work={"fire.rescue": work("5 min")})
    }  # fmt: skip
    told = {"I1": RING, "I2": inject([HQ], at=at, tells={"fire": True})}
    drill = scenario(told, start=start, horizon="3 d")
    return build(FACTS, {"burning": need("fire")}, units, drill, **at_once(defaults__muster=MUSTER, **local))


def mustered(plan: Any) -> float:
    timeline = play(plan)
    return (rows(timeline, "departed")[0].t - rows(timeline, "acknowledged")[0].t) / 1000


HOLIDAY = {"hours__holidays": ["2026-03-05"], "hours__workdays": ["2026-03-07"]}


@pytest.mark.parametrize(
    ("start", "at", "minutes"),
    [
        pytest.param("2026-03-04T10:00+08:00", "T+0", 2, id="a Wednesday"),
        pytest.param("2026-03-05T10:00+08:00", "T+0", 20, id="a holiday"),
        pytest.param("2026-03-06T10:00+08:00", "T+0", 2, id="the day after it"),
        pytest.param("2026-03-07T10:00+08:00", "T+0", 2, id="a Saturday made up"),
        pytest.param("2026-03-08T10:00+08:00", "T+0", 20, id="a Sunday"),
        pytest.param("2026-03-04T23:50+08:00", "T+640", 20, id="into the holiday, past midnight"),
        pytest.param("2026-03-06T23:50+08:00", "T+640", 2, id="into the Saturday, past midnight"),
        pytest.param("2026-03-07T07:00+08:00", "T+80", 20, id="not before half past eight of it"),
    ],
)
def test_holidays_and_days_made_up_go_by_the_calendar(start: str, at: str, minutes: float) -> None:
    """23: the roster at that clock time: a holiday is none of the office's days, a Saturday made up is one."""
    assert mustered(brigade(start, at, **HOLIDAY)) == minutes


def test_without_holidays_the_days_of_the_week_count() -> None:
    assert mustered(brigade("2026-03-05T10:00+08:00")) == 2
    assert mustered(brigade("2026-03-07T10:00+08:00")) == 20


def test_the_ticks_at_which_hours_change() -> None:
    """From Wednesday 17:00, with Thursday off and a horizon of three days: Wednesday's end, Friday's two edges."""
    plan = brigade("2026-03-04T17:00+08:00", **HOLIDAY)
    assert [tick / 60_000 for tick in Hours(plan).changes()] == [1.0, 39.5, 49.0, 63.5]


# --- hands at the desk


def desk(start: str, *, duty_hands: int, off_duty_hands: int, calls: int = 3) -> Any:
    """Three units or four to be called at T+10, ten minutes a call; hours end at 18:00 and begin at 8:30."""
    names = ("消防", "公安", "卫健", "环保")[:calls]
    units = {
        name: unit(n, {f"x.d{n}": duty(f"n{n}", sees=[])}, work={f"x.d{n}": work("1 min")})
        for n, name in enumerate(names, 1)
    }
    needs = {f"n{n}": need("fire", n) for n in range(1, calls + 1)}
    told = {"I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True})}
    local = at_once(
        calls__answered=timed("10 min"), command__inform="broadcast",
        command__broadcast={"send": timed("0 min"), "receipt": timed("0 min")},
        desk__operators={"duty": duty_hands, "off-duty": off_duty_hands, "src": "t"},
    )  # fmt: skip
    return build(FACTS, needs, units, scenario(told, start=start), **local)


def begun(plan: Any) -> list[float]:
    return [row.t / 1000 for row in rows(play(plan), "call_begun") if row.duty]


def test_hands_that_come_with_the_hours_take_the_next_call() -> None:
    """One hand until 8:30 (T+25), three from then on: the second call goes out at T+20, the third at T+25."""
    assert begun(desk("2026-03-04T08:05+08:00", duty_hands=3, off_duty_hands=1)) == [10, 20, 25]


def test_nobody_is_cut_off_when_the_hours_end() -> None:
    """Two hands, both on the phone, until 18:00 (T+15), one from then on: both calls go on to T+20; then one hand goes,
    and the other makes the third call and then the fourth."""
    plan = desk("2026-03-04T17:45+08:00", duty_hands=2, off_duty_hands=1, calls=4)
    assert begun(plan) == [10, 10, 20, 30]
    assert [t for t, *_ in log(play(plan), "call_answered")][-4:] == [20, 20, 30, 40]


def test_the_hand_that_goes_is_the_next_one_free() -> None:
    """Three hands become one at T+15, with two on the phone: the third goes at once, one more at T+20, and the third
    call of T+16 waits for the last one."""
    plan = desk("2026-03-04T17:45+08:00", duty_hands=3, off_duty_hands=1)
    assert begun(plan) == [10, 10, 10]
    late = desk("2026-03-04T17:51+08:00", duty_hands=3, off_duty_hands=1)  # the hours end at T+9
    assert begun(late) == [10, 20, 30]


# --- answering


def answering(start: str, draws: Any, **own: Any) -> list[str]:
    answer = {"chance": 1.0, "off-duty": 0.3, "tries": 2, "src": "t"}
    units = {
        "消防": unit(1, {"fire.rescue": duty("burning", sees=[])}, answer=answer,
                   work={"fire.rescue": work("5 min")}, **own)
    }  # fmt: skip
    told = {"I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True})}
    local = at_once(
        calls__redial=timed("20 min"), command__inform="broadcast",
        command__broadcast={"send": timed("0 min"), "receipt": timed("0 min")},
    )  # fmt: skip
    plan = build(FACTS, {"burning": need("fire")}, units, scenario(told, start=start), **local)
    return [
        row.event
        for row in rows(play(plan, draws=draws), "call_answered", "call_unanswered")
        if row.task == "fire.rescue#1"
    ]


def test_the_chance_of_an_answer_goes_by_the_clock_at_the_try() -> None:
    """24: in office hours it always answers, outside three times in ten; the try of 17:55 is in, that of 18:15 out."""
    half = Chosen({"answer": 0.5})
    assert answering("2026-03-04T10:00+08:00", half, staffed="office") == ["call_answered"]
    assert answering("2026-03-04T20:00+08:00", half, staffed="office") == ["call_unanswered"] * 2
    early = answering("2026-03-04T08:15+08:00", half, staffed="office")  # tries at 8:25 and 8:45
    assert early == ["call_unanswered", "call_answered"]


def test_a_unit_that_is_always_staffed_answers_at_night_as_by_day() -> None:
    assert answering("2026-03-04T20:00+08:00", Chosen({"answer": 0.5}), staffed="always") == ["call_answered"]


# --- muster together


def two(rho: float, draws: Any) -> list[float]:
    """How long two units muster, each 0 to 10 minutes, uniformly."""
    units = {
        name: unit(n, {f"x.d{n}": duty("burning", sees=[])}, work={f"x.d{n}": work("1 min")})
        for n, name in enumerate(("消防", "公安"), 1)
    }
    told = {"I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True})}
    uniform = {"duty": "uniform(0, 10) min", "off-duty": "uniform(0, 10) min", "src": "t"}
    plan = build(
        FACTS, {"burning": need("fire", lead="optional")}, units, scenario(told, horizon="60 min"),
        **at_once(defaults__muster=uniform, together={"muster": rho, "src": "t"}),
    )  # fmt: skip
    timeline = play(plan, draws=draws)
    return [
        (
            rows(timeline, "departed", task=f"x.d{n}#1")[0].t
            - rows(timeline, "acknowledged", task=f"x.d{n}#1")[0].t
        )
        / 1000
        for n in (1, 2)
    ]


def test_muster_moves_together_as_far_as_the_plan_says() -> None:
    """23: Φ(√ρ·Φ⁻¹(u of all) + √(1−ρ)·Φ⁻¹(u of one's own)). Common luck at the 84th percentile (one standard deviation
    up) and one's own at the median give Φ(√ρ): 0.5, Φ(0.5) = 0.6915, Φ(1) = 0.8413 for ρ of 0, 1/4 and 1."""
    luck = Chosen({"all/muster/1/common": 0.841344746068543, "muster": 0.5})
    assert two(0.0, luck) == [5.0, 5.0]
    assert two(0.25, luck) == [6.915, 6.915]
    assert two(1.0, luck) == [8.413, 8.413]


def test_own_luck_counts_for_the_rest() -> None:
    """One's own at the 84th percentile, the common one at the median, ρ = 0.75: Φ(√0.25) = 0.6915."""
    luck = Chosen({"消防/x.d1/1/muster": 0.841344746068543, "muster": 0.5, "common": 0.5})
    assert two(0.75, luck) == [6.915, 5.0]


def test_the_expected_muster_is_the_median_whatever_is_shared() -> None:
    assert two(0.6, Chosen({})) == two(0.0, Chosen({})) == [5.0, 5.0]


class Counted:
    """Random draws that remember the names of their streams."""

    def __init__(self, seed: int) -> None:
        self.draws, self.names = RandomDraws(seed, 0), set[str]()

    def u(self, name: str, attempt: int = 0) -> float:
        self.names.add(name)
        return self.draws.u(name, attempt)


def test_units_that_share_nothing_draw_nothing_more() -> None:
    """23: zero ρ draws no common luck and changes nothing; otherwise it is one draw for all."""
    alone, beside = Counted(3), Counted(3)
    two(0.0, alone)
    two(0.5, beside)
    assert beside.names - alone.names == {"all/muster/1/common"}


def test_over_many_drills_muster_times_correlate_as_they_should() -> None:
    """23: the rank correlation of two normal scores that correlate by ρ is 6/π·asin(ρ/2); muster is uniform here, so
    that is its plain correlation: 0.58 for ρ = 0.6, none for ρ = 0. Four hundred drills tell them apart (±0.1)."""
    for rho, expected in ((0.0, 0.0), (0.6, 0.582)):
        pairs = [two(rho, RandomDraws(seed, 0)) for seed in range(400)]
        assert correlation([a for a, _ in pairs], [b for _, b in pairs]) == pytest.approx(expected, abs=0.12)


# --- teams that are busy


def busy(count: int, to: str, have: int) -> list[float]:
    units = {
        "消防": unit(1, {"fire.rescue": duty("burning", sees=[])}, teams=teams(crew=have),
                   work={"fire.rescue": work("5 min", uses={"crew": 1})})
    }  # fmt: skip
    told = {"I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True})}
    drill = scenario(told, conditions={"busy": {"消防": {"crew": {"count": count, "to": to}}}})
    timeline = play(build(FACTS, {"burning": need("fire")}, units, drill, **at_once()))
    return [row.t / 1000 for row in rows(timeline, "started", task="fire.rescue#1")]


def test_a_team_that_is_busy_elsewhere_is_missing_until_it_is_free() -> None:
    assert busy(1, "T+30", have=1) == [30]
    assert busy(1, "T+30", have=2) == [10]
    assert busy(2, "T+30", have=2) == [30]
    assert busy(1, "T+10", have=1) == [10]
    assert busy(1, "T+300", have=1) == []


# --- a broadcast, and who never reads it


def broadcast(
    start: str, draws: Any, *, rate: float, networks: dict[str, Any] | None = None
) -> list[tuple[float, str, str]]:
    """Two members are sent a message at T+0 and would read it at T+5; a call takes three minutes, one hand is there."""
    units = {
        name: unit(n, {}, staffed=staffed)
        for n, name, staffed in ((1, "消防", "always"), (2, "公安", "office"))
    }
    broad = {"send": timed("0 min"), "receipt": timed("5 min"), "rate": rate, "rate-off-duty": 0.2}
    local = at_once(
        calls__answered=timed("3 min"), command__inform="broadcast", command__broadcast=broad, command__tries=1,
        desk__operators={"duty": 1, "off-duty": 1, "src": "t"},
    )  # fmt: skip
    drill = scenario({"I1": RING}, start=start, conditions={"networks": networks or {}})
    timeline = play(build(FACTS, {"burning": need("fire")}, units, drill, **local), draws=draws)
    sent = next(row.t for row in rows(timeline, "call_begun") if row.detail.get("channel") == "broadcast")
    told = rows(timeline, "informed", "call_begun")
    return [((row.t - sent) / 1000, row.event, row.unit) for row in told if row.unit in units]


DAY, NIGHT = "2026-03-04T10:00+08:00", "2026-03-04T20:00+08:00"


def test_who_does_not_read_the_broadcast_is_called_once_its_receipt_is_due() -> None:
    """16: nine in ten read it; the police, by their own draw, do not: they are called at T+5 and know at T+8."""
    luck = Chosen({"公安/inform/1/read": 0.95, "read": 0.5})
    assert broadcast(DAY, luck, rate=0.9) == [
        (5, "informed", "消防"),
        (5, "call_begun", "公安"),
        (8, "informed", "公安"),
    ]
    assert broadcast(DAY, luck, rate=1.0) == [(5, "informed", "消防"), (5, "informed", "公安")]


def test_fewer_read_it_outside_their_hours() -> None:
    """At night two in ten of those who are not staffed read it, and as many as by day of those who are."""
    assert broadcast(NIGHT, Chosen({"read": 0.5}), rate=0.9)[1] == (5, "call_begun", "公安")
    assert broadcast(NIGHT, Chosen({"read": 0.1}), rate=0.9)[1] == (5, "informed", "公安")


def test_in_the_expected_play_a_member_reads_it_if_more_than_half_do() -> None:
    assert [event for _, event, _ in broadcast(DAY, Chosen({}), rate=0.51)] == ["informed", "informed"]
    assert [event for _, event, _ in broadcast(DAY, Chosen({}), rate=0.5)].count("call_begun") == 2


def test_whoever_no_network_reaches_does_not_read_it() -> None:
    """24: the police are cut off until T+60: called at T+5, in vain, and again when they can be reached."""
    down = {"N1": {"actors": ["公安"], "to": "T+60"}}
    told = broadcast(DAY, Chosen({}), rate=1.0, networks=down)
    assert told[0] == (5, "informed", "消防")
    assert [event for _, event, who in told if who == "公安"][-1] == "informed"
    assert told[-1][0] > 55
