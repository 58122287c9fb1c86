"""Time and order: rules 1 to 6 of SEMANTICS."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest
from build import (
    DESK,
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
    network,
    play,
    rows,
    scenario,
    teams,
    timed,
    unit,
    work,
)  # fmt: skip

from sim.errors import PlayError
from sim.play.drill import Drill
from sim.record.exchange import to_csv
from sim.record.timeline import Timeline

ENDS = ("finished", "stood_down", "blocked", "open_at_close")


# --- rule 1


def test_a_drawn_time_is_rounded_once_to_a_thousandth_of_a_minute() -> None:
    """Rule 1: 20 s is 333 ticks each time; three of them end at 0.999, not at 1."""
    plan = network(
        {"go": fact("flag")}, {"watch": need("go")},
        {"fire.watch": duty("watch", form="repeated")},
        works={"fire.watch": work(every="20 s")}, drill={"facts": {"go": True}, "horizon": "1.2 min"},
    )  # fmt: skip
    cycles = rows(play(plan), "cycle")
    assert [row.t for row in cycles] == [333, 666, 999]
    assert all(type(row.t) is int for row in cycles)


def test_a_random_time_is_a_whole_number_of_ticks() -> None:
    """Rule 1: every length is quantised at its draw, whatever its distribution; only whole ticks are added
    up."""
    for text in ("1..2..5 min", "exp(3 min)", "uniform(1, 2) min", "lognormal(2, 0.5) min"):
        plan = network(
            {"go": fact("flag")}, {"dig": need("go")}, {"fire.dig": duty("dig")},
            works={"fire.dig": work(text, setup=text)}, drill={"facts": {"go": True}},
        )  # fmt: skip
        assert {type(row.t) for row in play(plan, seed=3).rows} == {int}


def test_a_tie_on_paper_is_a_tie_in_the_drill() -> None:
    """Rule 1: 0.1 + 0.2 min is 0.3 min. The team comes free at 0.3 just as the urgent duty, 0.1 + 0.2 min
    after the start, asks for it; in floating point the routine duty would have had it 0.00000000000000004 min
    before."""
    plan = network(
        {"go": fact("flag")}, {"now": need("go", 1), "later": need("go", 5)},
        {
            "fire.a": duty("later"), "fire.b": duty("later"), "fire.hold": duty("later"),
            "fire.urgent": duty("now", after=["fire.b.finished"]),
            "fire.routine": duty("later", after=["fire.a.finished"]),
        },
        works={
            "fire.hold": work("0.3 min", uses={"crew": 1}), "fire.a": work("0.1 min"),
            "fire.b": work("0.2 min", setup="0.1 min"), "fire.urgent": work("1 min", uses={"crew": 1}),
            "fire.routine": work("1 min", uses={"crew": 1}),
        },
        sizes={"crew": 1}, drill={"facts": {"go": True}},
    )  # fmt: skip
    played = play(plan)
    assert log(played, "started", duty="fire.urgent") == [(0.3, "started", "fire.urgent#1")]
    assert log(played, "started", duty="fire.routine") == [(1.3, "started", "fire.routine#1")]


def test_times_are_printed_with_three_decimals() -> None:
    """Rule 1: `t` in the file is minutes with exactly three decimals."""
    plan = network(
        {"go": fact("flag")}, {"dig": need("go")}, {"fire.dig": duty("dig")},
        works={"fire.dig": work("20 s")}, drill={"facts": {"go": True}, "horizon": "90 s"},
    )  # fmt: skip
    lines = csv.DictReader(io.StringIO(to_csv(play(plan).rows).removeprefix("\ufeff")))
    told = {line["event"]: line["t"] for line in lines}
    assert (told["started"], told["finished"], told["drill_closed"]) == ("0.000", "0.333", "1.500")


# --- rule 2

CHAIN = {
    "I01": inject([], at="T+5", makes={"set": {"mess": True}}),
    "I02": inject([], when="mess", makes={"set": {"smoke": True}}),
    "I03": inject([], when="smoke", makes={"set": {"fire": True}}),
    "I04": inject([], when="fire", makes={"add": {"trapped": 1}}),
}


def test_a_routine_ask_of_the_first_wave_waits_for_the_waves_after_it() -> None:
    """Rule 2: both fall due at T+5, the routine duty three waves earlier; GRANT comes when the instant is
    quiet and gives the only crew to the life-saving one."""
    plan = network(
        {**{name: fact("flag") for name in ("mess", "smoke", "fire")}, "trapped": fact("count")},
        {"tidy": need("mess", 5), "rescue": need("trapped > 0", 1)},
        {"fire.rescue": duty("rescue"), "fire.tidy": duty("tidy")},
        works={name: work("10 min", uses={"crew": 1}) for name in ("fire.rescue", "fire.tidy")},
        sizes={"crew": 1}, injects=CHAIN,
    )  # fmt: skip
    assert log(play(plan), "triggered", "started", "waiting") == [
        (5.0, "triggered", "fire.tidy#1"),
        (5.0, "triggered", "fire.rescue#1"),
        (5.0, "waiting", "fire.tidy#1"),
        (5.0, "started", "fire.rescue#1"),
        (15.0, "started", "fire.tidy#1"),
    ]


def test_the_operator_too_is_given_out_when_the_instant_is_quiet() -> None:
    """Rule 2: one operator; the order that a later wave of T+5 calls for goes out before the one of the first
    wave."""
    units = {
        "公安": unit(1, {"police.tidy": duty("tidy")}),
        "消防": unit(2, {"fire.rescue": duty("rescue")}),
    }
    injects = {
        "I00": RING,
        **CHAIN,
        "I01": inject([HQ], at="T+5", makes={"set": {"mess": True}}, tells={"mess": True}),
        "I04": inject([HQ], when="fire", makes={"add": {"trapped": 1}}, tells={"trapped": 1}),
    }
    plan = build(
        {**{name: fact("flag") for name in ("mess", "smoke", "fire")}, "trapped": fact("count")},
        {"tidy": need("mess", 5), "rescue": need("trapped > 0", 1)}, units, scenario(injects),
        **at_once(desk__operators={"duty": 1, "off-duty": 1, "src": "t"}, calls__answered=timed("1 min")),
    )  # fmt: skip
    assert log(play(plan), "ordered") == [
        (6.0, "ordered", "fire.rescue#1"),
        (7.0, "ordered", "police.tidy#1"),
    ]


def test_conditions_never_see_half_a_wave() -> None:
    """Rule 2: all writes of a wave are applied before anybody looks, and all news heard before needs are
    judged: at T+5 `a and not b` is never the case, neither in truth nor at headquarters."""
    both = {
        "I00": RING,
        "I01": inject([HQ], at="T+5", makes={"set": {"a": True}}, tells={"a": True}),
        "I02": inject([HQ], at="T+5", makes={"set": {"b": True}}, tells={"b": True}),
        "I03": inject([HQ], when="a and not b"),
        "I04": inject([HQ], when="a and b"),
    }
    hazard = {
        "H1": {"label": {"zh": "x", "en": "x"}, "while": "a and not b", "every": "1 min", "set": {"c": True}}
    }
    plan = build(
        {name: fact("flag") for name in "abc"}, {"half": need("a and not b"), "whole": need("a and b")},
        {"消防": unit(1, {"fire.half": duty("half", sees=[]), "fire.whole": duty("whole", sees=[])})},
        scenario(both, hazards=hazard), **at_once(),
    )  # fmt: skip
    played = play(plan)
    assert log(played, "need_raised") == [(5.0, "need_raised", "whole")]
    assert log(played, "inject_given", inject="I04") == [(5.0, "inject_given", "I04")]
    assert log(played, "inject_skipped") == [(240.0, "inject_skipped", "I03")]
    assert rows(played, "hazard_tick") == []


def test_a_contingency_is_seen_before_needs_are_judged() -> None:
    """Rule 2: in one wave the truth moves first, then contingency injects, then pictures, then needs: what
    the contingency of T+5 tells headquarters arrives together with what set it off."""
    injects = {
        "I00": RING,
        "I01": inject([HQ], at="T+5", makes={"set": {"a": True}}, tells={"a": True}),
        "I02": inject([HQ], when="a", tells={"b": True}),
    }
    plan = build(
        {"a": fact("flag"), "b": fact("flag")},
        {"alone": need("a and not b"), "both": need("a and b")},
        {"消防": unit(1, {"fire.alone": duty("alone", sees=[]), "fire.both": duty("both", sees=[])})},
        scenario(injects),
        **at_once(),
    )
    assert log(play(plan), "need_raised") == [(5.0, "need_raised", "both")]


def test_an_instant_without_end_is_an_error_that_names_the_items() -> None:
    """Rule 2: two duties give each other work. With seven minutes in the circle all is well; in no time,
    after 1 000 waves the engine stops and says who they are."""
    facts, needs = (
        {"up": fact("count"), "down": fact("count")},
        {"rise": need("up == down"), "fall": need("up > down")},
    )
    duties = {
        "fire.up": duty("rise", achieves={"add": {"up": 1}}),
        "fire.down": duty("fall", achieves={"add": {"down": 1}}),
    }
    slow = network(facts, needs, duties, works={"fire.down": work("7 min")})
    assert len(rows(play(slow), "finished", duty="fire.down")) == 34  # the horizon is 240 = 34 × 7 + 2
    with pytest.raises(PlayError, match=r"fire\.(up|down)"):
        play(network(facts, needs, duties))


def test_many_waves_are_no_error() -> None:
    """Rule 2: eighty contingencies, each set off by the one before it, all fire in the one instant."""
    steps = 80
    facts = {f"f{n}": fact("flag") for n in range(steps + 1)}
    injects = {"I00": inject([], at="T+5", makes={"set": {"f0": True}})} | {
        f"I{n + 1:02}": inject([], when=f"f{n}", makes={"set": {f"f{n + 1}": True}}) for n in range(steps)
    }
    plan = network(facts, {"last": need(f"f{steps}")}, {"fire.last": duty("last")}, injects=injects)
    played = play(plan)
    assert log(played, "started") == [(5.0, "started", "fire.last#1")]
    assert {row.t for row in rows(played, "inject_given")} == {5000}


# --- rule 3


def order_of_service(
    asks: Mapping[str, tuple[int, str]], norms: Mapping[str, Any] | None = None
) -> list[str]:
    """One crew, held until T+10; each duty is due with its need at its time. Return who then got the crew."""
    names = {f"fire.{name}": name for name in asks}
    plan = network(
        {"hold": fact("flag"), **{name: fact("flag") for name in asks}},
        {"held": need("hold", 8)}
        | {f"n_{name}": need(name, priority) for name, (priority, _) in asks.items()},
        {"fire.holder": duty("held")} | {full: duty(f"n_{name}") for full, name in names.items()},
        works={"fire.holder": work("10 min", uses={"crew": 1})}
        | {full: work("1 min", uses={"crew": 1}) for full in names},
        sizes={"crew": 1},
        norms=norms or {},
        drill={"facts": {"hold": True}},
        injects={
            f"I{n}": inject([], at=at, makes={"set": {name: True}})
            for n, (name, (_, at)) in enumerate(asks.items())
        },
    )
    started = rows(play(plan), "started")
    assert (started[0].task, [row.t for row in started[1:]]) == (
        "fire.holder#1",
        [10000 + 1000 * n for n in range(len(asks))],
    )
    return [row.duty.removeprefix("fire.") for row in started[1:]]


def limit(of: str, within: str) -> dict[str, Any]:
    return {
        "label": {"zh": of, "en": of}, "of": of, "from": "triggered", "to": "started", "within": within,
        "basis": "t", "status": "assumption",
    }  # fmt: skip


def test_priority_goes_before_all_else_and_nobody_is_put_out() -> None:
    """Rule 3: the need's priority first. The holder, less urgent than all, keeps the crew (no pre-emption),
    and nine minutes of waiting do not make a routine ask urgent (no ageing): `urgent` asks at the very
    instant of release."""
    asks = {"early": (3, "T+1"), "middle": (2, "T+5"), "urgent": (1, "T+10")}
    assert order_of_service(asks) == ["urgent", "middle", "early"]


def test_then_the_time_by_which_it_is_due() -> None:
    """Rule 3: absolute due times: asked at 1 within 8 is due at 9; asked at 3 within 5 at 8; asked at 5
    within 1 at 6; without a limit never."""
    asks = {"a_never": (2, "T+0.5"), "b_nine": (2, "T+1"), "c_eight": (2, "T+3"), "d_six": (2, "T+5")}
    norms = {
        "B": limit("fire.b_nine", "8 min"),
        "C": limit("fire.c_eight", "5 min"),
        "D": limit("fire.d_six", "1 min"),
    }
    assert order_of_service(asks, norms) == ["d_six", "c_eight", "b_nine", "a_never"]
    assert order_of_service({**asks, "e_first": (1, "T+9")}, norms)[0] == "e_first"


def test_then_who_asked_first_then_the_duty_by_name() -> None:
    """Rule 3: then asked-at; at one instant the duty's id."""
    asks = {"b": (2, "T+2"), "d": (2, "T+1"), "c": (2, "T+2"), "a": (2, "T+3")}
    assert order_of_service(asks) == ["d", "b", "c", "a"]


def test_last_the_occurrence_as_a_number() -> None:
    """Rule 3: eleven arrivals of one duty, all at T+0, get the crew in the order of their numbers; as text,
    10 would stand before 2."""
    plan = network(
        {"go": fact("flag")},
        {"serve": need("go")},
        {"fire.serve": duty("serve", each="inject")},
        works={"fire.serve": work("1 min", uses={"crew": 1})},
        sizes={"crew": 1},
        injects={
            "I01": inject(
                [], at="T+0", arrivals={"every": "exp(1 min)", "until": "T+0"}, starts=["fire.serve"]
            )
        },
    )
    started = rows(play(plan, draws=Chosen({"I01/arrival": [0.5] + [0.0] * 10 + [0.5]})), "started")
    assert [row.t for row in started] == [1000 * n for n in range(11)]
    assert [row.task for row in started] == [f"fire.serve#{n}" for n in range(1, 12)]


ONE_HAND = {"duty": 1, "off-duty": 1, "src": "t"}


def test_orders_are_called_out_by_the_priority_of_their_need_and_informing_comes_last() -> None:
    """Rule 3: one operator, calls of a minute. The response starts at T+1 (the commander is called); 甲 is
    being informed when two needs are learnt at 1.5 and 1.6. The orders go first, the more urgent one leading;
    丁, who gets none, is informed last; 乙 and 丙 know by then."""
    units = {
        "甲": unit(1, {}), "乙": unit(2, {"b.do": duty("routine")}), "丙": unit(3, {"c.do": duty("urgent")}),
        "丁": unit(4, {}),
    }  # fmt: skip
    injects = {
        "I00": RING,
        "I01": inject([HQ], at="T+1.5", tells={"a": True}),
        "I02": inject([HQ], at="T+1.6", tells={"b": True}),
    }
    plan = build(
        {"a": fact("flag"), "b": fact("flag")}, {"routine": need("a", 3), "urgent": need("b", 1)}, units,
        scenario(injects), **at_once(desk__operators=ONE_HAND, calls__answered=timed("1 min")),
    )  # fmt: skip
    played = play(plan)
    assert log(played, "activated") == [(1.0, "activated", HQ)]
    assert log(played, "ordered") == [(3.0, "ordered", "c.do#1"), (4.0, "ordered", "b.do#1")]
    assert log(played, "informed") == [
        (2.0, "informed", "甲"), (3.0, "informed", "丙"), (4.0, "informed", "乙"), (5.0, "informed", "丁"),
    ]  # fmt: skip
    assert len(rows(played, "call_begun")) == 5  # one to the commander, four to members


def test_the_report_up_goes_before_everything_else_of_the_desk() -> None:
    """Rule 3: one hand, a second call at T+1. The report up (rank 0, due by its limit) starts as soon as the
    first call is recorded, then the second call is taken, then the leader is phoned (1), last comes
    verification."""
    norms = {"R": {**limit("desk.report_up", "120 min"), "to": "finished"}}
    plan = build(
        {"a": fact("flag")}, {"x": need("a")}, {"消防": unit(1, {"fire.x": duty("x")})},
        scenario({"I01": inject([DESK]), "I02": inject([DESK], at="T+1")}, horizon="60 min"), norms,
        desk__operators=ONE_HAND,
    )  # fmt: skip
    assert [(t, who) for t, _, who in log(play(plan), "started") if who.startswith("desk.")][:5] == [
        (0.0, "desk.receive#1"),
        (4.0, "desk.report_up#1"),
        (7.0, "desk.receive#2"),
        (11.0, "desk.phone_leader#1"),
        (13.0, "desk.verify#1"),
    ]


# --- rules 4 and 5


def busy_day() -> tuple[dict[str, Any], ...]:
    """Facts, needs, units and scenario of a small drill in which much happens at the same instants."""
    facts = {
        "leaking": fact("flag"),
        **{name: fact("count") for name in ("injured", "treated", "trapped", "rescued")},
    }
    needs = {
        "leak": need("leaking", 2),
        "medical": need("injured > treated", 1),
        "rescue": need("trapped > rescued", 1),
        "order": need("leaking or injured > 0", 4),
        "records": need("rescued > 0", 7, phase="recovery"),
    }
    units = {
        "消防": unit(
            1,
            {
                "fire.recon": duty("leak", starts="alarm"),
                "fire.rescue": duty(
                    "rescue",
                    starts="alarm",
                    form="batch",
                    batch={"takes": "trapped", "gives": "rescued", "size": 1},
                    after=["fire.recon.finished"],
                ),
                "fire.stop": duty(
                    "leak", after=["fire.recon.finished"], achieves={"set": {"leaking": False}}
                ),
            },
            teams=teams(crew=2),
            work={
                "fire.recon": work("5 min", uses={"crew": 1}),
                "fire.rescue": work("10 min", uses={"crew": 1}),
                "fire.stop": work("20 min", uses={"crew": 2}),
            },
        ),
        "公安": unit(2, {"police.cordon": duty("order", form="sustained")}),
        "卫健": unit(
            3,
            {
                "health.treat": duty(
                    "medical", form="batch", batch={"takes": "injured", "gives": "treated", "size": 2}
                )
            },
            work={"health.treat": work("10 min")},
        ),
        "宣传": unit(
            4,
            {"media.watch": duty("order", form="repeated", place="office")},
            work={"media.watch": work(every="10 min")},
        ),
        "民政": unit(
            5, {"civil.list": duty("records", place="office")}, answer={"chance": 0.0, "tries": 2, "src": "t"}
        ),
    }
    truth = {"leaking": True, "trapped": 2}
    injects = {
        "I01": inject([DESK, "消防"], at="T+0", tells=truth),
        "I02": inject([DESK], at="T+10", tells={"injured": 5}),
        "I03": inject([HQ], when="rescued >= 1", makes={"add": {"injured": 1}}),
    }
    hazards = {
        "H1": {
            "label": {"zh": "x", "en": "x"},
            "while": "leaking",
            "every": "10 min",
            "add": {"injured": 1},
            "at-most": 3,
        }
    }
    end = {"when": "not leaking and rescued >= trapped and treated >= injured", "hold": "10 min"}
    return facts, needs, units, scenario(injects, facts=truth, hazards=hazards, end=end, horizon="200 min")


def busy() -> Timeline:
    return play(build(*busy_day()))


def test_an_effect_never_stands_before_its_cause() -> None:
    """Rule 4: rows are numbered as they stand, time never runs backwards, and a cause has the smaller
    number."""
    played = busy()
    assert len(played.rows) > 100
    assert {"terminated", "call_unreached", "hazard_tick", "report_up", "cycle"} <= {
        row.event for row in played.rows
    }
    assert [row.seq for row in played.rows] == list(range(len(played.rows)))
    assert all(first.t <= then.t for first, then in zip(played.rows, played.rows[1:], strict=False))
    for row in played.rows:
        if row.cause is not None:
            assert row.cause < row.seq, row
            assert played.rows[row.cause].t <= row.t, row


def test_the_rows_of_a_task_stand_in_the_order_of_its_life() -> None:
    """Rule 4: whatever else happens in the same instant."""
    stages = ("triggered", "ordered", "acknowledged", "departed", "arrived", "started", "finished")
    played = busy()
    for record in played.records:
        if not record.task.startswith("desk."):
            reached = [row.event for row in rows(played, *stages, task=record.task)]
            assert reached == sorted(reached, key=stages.index), record.task


def test_work_due_exactly_at_the_horizon_is_done() -> None:
    """Rule 5: the work ends at T+30 and the drill too. The work is recorded, so is what it achieved, what
    that set off in the same instant, and only then is the drill closed."""
    plan = network(
        {"a": fact("flag"), "b": fact("flag"), "c": fact("flag")},
        {"first": need("a"), "then": need("b")},
        {
            "fire.first": duty("first", achieves={"set": {"b": True}}),
            "fire.then": duty("then", achieves={"set": {"c": True}}),
        },
        works={"fire.first": work("30 min")},
        injects={"I09": inject([], when="c")},
        drill={"facts": {"a": True}, "horizon": "30 min"},
    )
    events = ("triggered", "finished", "fact_changed", "inject_given", "drill_closed")
    assert log(play(plan), *events) == [
        (0.0, "fact_changed", ""),
        (0.0, "triggered", "fire.first#1"),
        (30.0, "finished", "fire.first#1"),
        (30.0, "fact_changed", ""),
        (30.0, "triggered", "fire.then#1"),
        (30.0, "finished", "fire.then#1"),
        (30.0, "fact_changed", ""),
        (30.0, "inject_given", "I09"),
        (30.0, "drill_closed", ""),
    ]


def test_news_that_arrives_exactly_at_the_horizon_is_heard() -> None:
    """Rule 5: the report of T+29 comes through at T+31, the horizon: headquarters learns it and the need is
    over."""
    plan = build(
        {"leaking": fact("flag")}, {"leak": need("leaking")},
        {"消防": unit(1, {"fire.stop": duty("leak", achieves={"set": {"leaking": False}})},
                    work={"fire.stop": work("28 min")})},
        scenario(
            {"I00": RING, "I01": inject([HQ], at="T+1", tells={"leaking": True})}, facts={"leaking": True},
            horizon="31 min",
        ),
        **at_once(calls__report=timed("2 min")),
    )  # fmt: skip
    assert log(play(plan), "need_over", "drill_closed") == [
        (31.0, "need_over", "leak"),
        (31.0, "drill_closed", ""),
    ]


def test_every_open_task_gets_a_row_and_a_state_at_the_close() -> None:
    """Rule 5: each unit is stopped by the horizon at another station of a task's life; the last row of each
    task says which. Steps of the desk are closed too."""

    def one(number: int, **more: Any) -> dict[str, Any]:
        reads, time = more.pop("reads", {}), more.pop("time", "1 min")
        name = f"u{number}.do"
        timing = work(time, **more.pop("work", {}))
        return unit(number, {name: duty("go", place="scene", **reads)}, work={name: timing}, **more)

    slow = {"time": "20 min", "src": "t"}
    units = {
        "甲": one(1, answer={"chance": 0.0, "tries": 1, "src": "t"}),
        "乙": one(2, acknowledge=slow),
        "丙": one(3, reads={"after": ["u9.do.finished"]}),
        "丁": one(4, muster={"duty": "20 min", "off-duty": "20 min", "src": "t"}),
        "戊": one(5, travel={"urban": "20 min", "township": "20 min", "src": "t"}),
        "己": one(6, work={"setup": "20 min"}),
        "庚": one(7, time="20 min"),
        "辛": one(8, reads={"form": "sustained"}),
        "壬": unit(9, {"u9.do": duty("never")}),
        "癸": unit(10, {"u10.do": duty("go"), "u10.more": duty("go")}, teams=teams(crew=1),
                  work={name: work("20 min", uses={"crew": 1}) for name in ("u10.do", "u10.more")}),
    }  # fmt: skip
    plan = build(
        {"on": fact("flag"), "off": fact("flag")},
        {"go": need("on"), "never": need("off")},
        units,
        scenario(
            {"I00": inject([DESK], tells={"on": True}), "I01": inject([DESK], at="T+9")},
            facts={"on": True},
            horizon="10 min",
        ),
        **at_once() | {"desk__receive": timed("3 min")},
    )
    played = play(plan)
    last = {row.task: row for row in played.rows if row.task}
    assert {
        task: (row.event, row.detail.get("where", "")) for task, row in last.items() if row.t == 10000
    } == {
        "u1.do#1": ("open_at_close", "answer"),
        "u2.do#1": ("open_at_close", "acknowledge"),
        "u3.do#1": ("blocked", ""),
        "u4.do#1": ("open_at_close", "muster"),
        "u5.do#1": ("open_at_close", "travel"),
        "u6.do#1": ("open_at_close", "setup"),
        "u7.do#1": ("open_at_close", "work"),
        "u8.do#1": ("open_at_close", "hold"),
        "u10.do#1": ("open_at_close", "work"),
        "u10.more#1": ("open_at_close", "team"),
        "desk.receive#2": ("open_at_close", ""),
    }
    assert all(row.event in ENDS for row in last.values())
    assert log(played)[-1] == (10.0, "drill_closed", "")


def test_every_task_of_a_long_story_ends_with_a_state() -> None:
    """Rule 5: no task simply stops being mentioned."""
    played = busy()
    closed = [row for row in played.rows if row.event in ENDS]
    assert {row.task for row in played.rows if row.task} == {row.task for row in closed}


# --- rule 6


def backwards(value: Any) -> Any:
    """The same mapping, every level of it written from the end."""
    if isinstance(value, dict):
        return {key: backwards(item) for key, item in reversed(list(value.items()))}
    return value


def test_the_order_of_keys_means_nothing() -> None:
    """Rule 6: every mapping of the input written backwards gives the same rows."""
    facts, needs, units, drill = (backwards(part) for part in busy_day())
    assert list(units) == list(reversed(list(busy_day()[2])))
    assert play(build(facts, needs, units, drill)).rows == busy().rows


def test_the_order_in_which_processes_are_started_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules 2 and 4: the engine's own start order reversed gives the same rows."""
    plain, begin = busy().rows, Drill.begin
    monkeypatch.setattr(Drill, "begin", lambda self, lives: begin(self, list(reversed(lives))))
    assert busy().rows == plain
