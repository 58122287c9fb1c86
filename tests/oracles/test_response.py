"""Over-response and under-response (SEMANTICS 16 and 28): on plays built to show them, and not on sound ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from build import (
    DESK,
    HQ,
    RING,
    at_once,
    build,
    duty,
    fact,
    inject,
    label,
    need,
    play,
    scenario,
    teams,
    timed,
    unit,
    work,
)

from sim.plan.compiled import Plan
from sim.review.findings import evaluate
from sim.review.gap import Gap

LAW = {
    "grades": {
        "general": {"rank": 1, "label": label("一般")},
        "larger": {"rank": 2, "label": label("较大")},
    },
    "rules": {
        "people": {
            "label": label("人数"), "grades": {"larger": "dead >= 3"}, "basis": "测试", "status": "assumption",
        }
    },
}  # fmt: skip
LEVELS = {
    "low": {
        "rank": 1, "label": label("二级"), "when": "trapped > 0", "proposer": DESK, "approver": "指挥长甲", "src": "t",
    },
    "high": {
        "rank": 2, "label": label("一级"), "when": "graded(larger)", "proposer": HQ, "approver": "指挥长甲",
        "src": "t",
    },
}  # fmt: skip


def gaps(plan: Plan, code: str) -> list[Gap]:
    return [gap for gap in evaluate(play(plan)).gaps if gap.code == code]


def plan_of(injects: Mapping[str, Any], arrangements: Mapping[str, Any] | None = None, **local: Any) -> Plan:
    """One unit that rescues the trapped; who is trapped and dead is said by the injects."""
    reads = {"sees": ["trapped", "rescued", "dead"], "form": "batch"}
    rescue = duty("rescue", batch={"takes": "trapped", "gives": "rescued", "size": 9}, **reads)
    works = {"fire.rescue": work("30 min", uses={"crew": 1})}
    units = {"消防": unit(1, {"fire.rescue": rescue}, teams=teams(crew=1), work=works)}
    facts = {"trapped": fact("count"), "rescued": fact("count"), "dead": fact("count")}
    needs = {"rescue": need("trapped > rescued")}
    local = at_once(defaults__travel={"urban": "5 min", "township": "5 min", "src": "t"}, **local)
    return build(
        facts, needs, units, scenario(injects, horizon="180 min"), law=LAW, arrangements=arrangements, **local
    )


# --- duties


def test_a_unit_sent_for_a_wrong_report_is_over_response() -> None:
    """Headquarters is told of two trapped who do not exist: the unit goes out for nothing."""
    (gap,) = gaps(plan_of({"I1": RING, "I2": inject([HQ], at="T+1", tells={"trapped": 2})}), "G111")
    assert (gap.unit, gap.duty, gap.severity) == ("消防", "fire.rescue", "minor")
    assert gap.reason == "believed"
    assert "可能" in gap.statement()


def test_a_unit_sent_where_it_is_needed_is_not() -> None:
    told = {"I1": inject([DESK], makes={"add": {"trapped": 2}}, tells={"trapped": 2})}
    assert gaps(plan_of(told), "G111") == []


def test_who_turns_back_in_time_was_still_sent() -> None:
    """The correction arrives on the road: over-response is judged on dispatch alone."""
    injects = {
        "I1": RING,
        "I2": inject([HQ], at="T+1", tells={"trapped": 2}),
        "I3": inject([HQ], at="T+3", tells={"trapped": 0}),
    }
    assert len(gaps(plan_of(injects), "G111")) == 1


def test_a_need_that_ended_before_the_unit_was_sent_is_over_response_too() -> None:
    """One was trapped and got out by himself; headquarters hears of it late."""
    injects = {
        "I1": RING,
        "I2": inject([], at="T+10", makes={"add": {"trapped": 1}}),
        "I3": inject([], at="T+15", makes={"add": {"rescued": 1}}),
        "I4": inject([HQ], at="T+20", tells={"trapped": 1}),
    }
    assert [gap.at for gap in gaps(plan_of(injects), "G111")] == [20000]


# --- levels


def test_a_level_that_the_truth_never_called_for_is_too_high() -> None:
    """Three dead are told, none is dead: the highest level runs on a rumour."""
    injects = {
        "I1": inject([DESK], makes={"add": {"trapped": 1}}, tells={"trapped": 1}),
        "I2": inject([HQ], at="T+1", tells={"dead": 3}),
    }
    (gap,) = gaps(plan_of(injects, {"levels": LEVELS}), "G112")
    assert gap.severity == "minor"
    assert gap.values["level"] == label("一级")


def test_a_level_that_the_truth_called_for_is_not_too_high() -> None:
    injects = {
        "I1": inject([DESK], makes={"add": {"trapped": 1, "dead": 3}}, tells={"trapped": 1, "dead": 3})
    }
    assert gaps(plan_of(injects, {"levels": LEVELS}), "G112") == []


def test_a_level_below_what_the_truth_calls_for_is_too_low() -> None:
    """Three are dead from T+0, which nobody tells: the response stays at the lower level for good."""
    injects = {
        "I1": inject([DESK], tells={"trapped": 1}),
        "I2": inject([], makes={"add": {"dead": 3}}),
    }
    (gap,) = gaps(plan_of(injects, {"levels": LEVELS}), "G113")
    assert (gap.severity, gap.reason) == ("major", "level_unknown")
    assert gap.values["level"] == label("一级")
    assert gap.values["lasted"] == 180


def test_fifteen_minutes_below_are_no_gap_and_a_thousandth_more_is_one() -> None:
    """Three dead at T+0 and known at once; the approval of the higher level takes the whole limit."""
    injects = {
        "I1": inject([DESK], makes={"add": {"trapped": 1}}, tells={"trapped": 1}),
        "I2": inject([HQ], at="T+30", makes={"add": {"dead": 3}}, tells={"dead": 3}),
    }
    for approve, found in (("15 min", 0), ("15.001 min", 1)):
        plan = plan_of(injects, {"levels": LEVELS}, command__approve=timed(approve))
        assert len(gaps(plan, "G113")) == found
