"""After the drill (SEMANTICS 29): the after-care ledger, and what comes to light days later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from build import DESK, HQ, RING, at_once, build, duty, fact, inject, label, need, play, rows, scenario, unit

from sim.plan.compiled import Plan
from sim.record.timeline import Timeline

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
    "supplement": {"days": 30, "fire-or-traffic": 7, "basis": "测试", "status": "assumption"},
}  # fmt: skip
CARE = {
    "union.inquiry": {"days": 10, "src": "t"},
    "civil.cremation": {"when": "dead > 0", "days": 3, "src": "t"},
}


def plan_of(dead: int = 2, **drill: Any) -> Plan:
    facts = {"dead": fact("count"), "leaking": fact("flag")}
    later = {"name": label("事后"), "quote": "救援", "phase": "recovery", "outside": "later"}
    units = {
        "消防": unit(1, {"fire.stop": duty("leak", achieves={"set": {"leaking": False}})}),
        "工会": unit(2, {"union.inquiry": later, "civil.cremation": later}),
    }
    injects: Mapping[str, Any] = {"I1": RING, "I2": inject([HQ, DESK], tells={"leaking": False})}
    return build(
        facts, {"leak": need("leaking")}, units, scenario(injects, facts={"dead": dead} if dead else {}, **drill),
        law=LAW, arrangements={"aftercare": CARE}, **at_once(),
    )  # fmt: skip


def death(day: int, **more: Any) -> dict[str, Any]:
    return {"day": day, "title": "死亡", "message": "【演练】", "makes": {"add": {"dead": 1}}, **more}


def grades(timeline: Timeline) -> list[tuple[str, str, int]]:
    return [(row.detail["was"], row.detail["grade"], row.detail["day"]) for row in rows(timeline, "regraded")]


# --- the ledger


def test_what_takes_days_is_entered_with_its_date_when_the_response_is_over() -> None:
    """Terminated on 4 March at 10:10: ten days later is the 14th, three days later the 7th."""
    timeline = play(plan_of(end={"when": "not leaking"}))
    entered = rows(timeline, "aftercare")
    assert [(row.unit, row.detail["duty"], row.detail["date"]) for row in entered] == [
        ("工会", "civil.cremation", "2026-03-07"),
        ("工会", "union.inquiry", "2026-03-14"),
    ]
    (over,) = rows(timeline, "terminated")
    assert {(row.t, row.cause) for row in entered} == {(over.t, over.seq)}


def test_an_entry_whose_condition_does_not_hold_is_left_out() -> None:
    timeline = play(plan_of(dead=0, end={"when": "not leaking"}))
    assert [row.detail["duty"] for row in rows(timeline, "aftercare")] == ["union.inquiry"]


def test_a_response_that_is_not_over_is_entered_at_the_close() -> None:
    """From 10:00 on 4 March a horizon of fifteen hours ends on the 5th."""
    timeline = play(plan_of(horizon="15 h"))
    assert [row.detail["date"] for row in rows(timeline, "aftercare")] == ["2026-03-08", "2026-03-15"]
    assert {row.t for row in rows(timeline, "aftercare")} == {15 * 60_000}


# --- days later


@pytest.mark.parametrize(("day", "changed"), [(30, [("general", "larger", 30)]), (31, [])])
def test_a_death_within_thirty_days_changes_the_grade_and_one_after_them_does_not(
    day: int, changed: list[Any]
) -> None:
    timeline = play(plan_of(aftermath={"A1": death(day)}))
    assert grades(timeline) == changed
    (row,) = rows(timeline, "aftermath")
    assert (row.clock[:10], row.detail["facts"]) == (f"2026-04-{'03' if day == 30 else '04'}", {"dead": 3})
    assert row.detail["counted"] == (day == 30)


@pytest.mark.parametrize(("day", "changes"), [(7, 1), (8, 0)])
def test_after_a_fire_seven_days_count(day: int, changes: int) -> None:
    plan = plan_of(aftermath={"A1": death(day, **{"fire-or-traffic": True})})
    assert len(grades(play(plan))) == changes


def test_the_second_death_counts_with_the_first() -> None:
    """One dead at the close: the grade changes with the second death of the aftermath, and only once."""
    plan = plan_of(dead=1, aftermath={"A2": death(9), "A1": death(4), "A3": death(20)})
    assert grades(play(plan)) == [("general", "larger", 9)]
    assert [row.detail["id"] for row in rows(play(plan), "aftermath")] == ["A1", "A2", "A3"]


def test_a_death_that_does_not_count_does_not_count_later_either() -> None:
    """One dead at the close, one on day ten after a fire (seven count), one on day twenty: two count."""
    plan = plan_of(dead=1, aftermath={"A1": death(10, **{"fire-or-traffic": True}), "A2": death(20)})
    assert grades(play(plan)) == []
    assert [row.detail["facts"] for row in rows(play(plan), "aftermath")] == [{"dead": 2}, {"dead": 3}]


def test_the_drill_itself_knows_nothing_of_the_aftermath() -> None:
    """All rows up to the close are those of the drill without it."""
    plain, told = play(plan_of()), play(plan_of(aftermath={"A1": death(4)}))
    assert [row for row in told.rows if row.event not in ("aftermath", "regraded")] == list(plain.rows)
    assert told.rows[-2].cause == plain.rows[-1].seq
