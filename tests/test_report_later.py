"""What the brief says of days later, of broken networks, of who received the first report, and of our own limits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from drills import PLACE, condition, duty, inject, norm, plan, timeline

import sim
from sim.plan import compiled as c
from sim.plan.durations import MINUTE
from sim.record.timeline import Timeline
from sim.report import aftercare, filings, tables
from sim.report.page import page
from sim.review import evaluate
from sim.review.names import Names
from sim.words import Lang

FIRE = "区消防救援大队"
DAY = 1440
SHIPPED = ("blast-furnace-gas", "ammonia-cold-store")


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> Timeline:
    return sim.simulate(sim.load_scenario(request.param), sim.load_roster(), seed=20260513)


def pages(drill: Timeline) -> dict[Lang, str]:
    found = evaluate(drill)
    return {"zh": page(drill, found, {}, "zh"), "en": page(drill, found, {}, "en")}


# --- the after-care ledger


def test_both_shipped_scenarios_show_the_ledger_in_both_languages(shipped: Timeline) -> None:
    written = pages(shipped)
    assert "<h3>善后台账</h3>" in written["zh"]
    assert "<h3>After-care ledger</h3>" in written["en"]
    entries = [row for row in shipped.rows if row.event == "aftercare"]
    assert entries
    for row in entries:
        assert f">{row.detail['date']}</td>" in written["zh"]
    later = [row for row in shipped.rows if row.event == "aftermath"]
    assert later
    for row in later:
        day = (shipped.plan.start.date() + timedelta(days=row.detail["day"])).isoformat()
        assert f"{day}（第{row.detail['day']}天）" in written["zh"]
        assert f"{day} (day {row.detail['day']})" in written["en"]
        assert row.detail["message"] in written["zh"]


def test_the_ledger_stands_by_date_and_names_the_unit_and_its_row(shipped: Timeline) -> None:
    lines = aftercare.aftercare(shipped, "zh")
    assert [line.cells[0] for line in lines] == sorted(line.cells[0] for line in lines)
    rows = {row.seq: row for row in shipped.rows}
    for line in lines:
        (seq,) = line.evidence
        assert (line.cells[0], line.cells[2]) == (rows[seq].detail["date"], rows[seq].unit)
        assert date.fromisoformat(line.cells[0]) > shipped.plan.start.date()


def grades() -> c.Law:
    def grade(rank: int, name: str, zh: str, dead: int) -> c.Grade:
        return c.Grade(name, rank, {"zh": zh, "en": name}, condition(f"trapped >= {dead}"), ())

    return c.Law(grades=(grade(1, "ordinary", "一般", 1), grade(2, "larger", "较大", 3)))


def later(*days: tuple[int, int]) -> Timeline:
    """One trapped at the close (counted as dead here), and more on days after it; those after day 30 do not count."""
    entries = tuple(
        c.Aftermath(f"A{n}", day, 30, f"第{day}天的事", "内容", (), ((PLACE["trapped"], more),))
        for n, (day, more) in enumerate(days)
    )
    rows: list[tuple[float, str, dict[str, Any]]] = [
        (5, "fact_changed", {"detail": {"fact": "trapped", "value": 1}})
    ]
    count = 1
    for entry, (day, more) in zip(entries, days, strict=True):
        told = {
            "id": entry.id,
            "day": day,
            "title": entry.title,
            "message": "内容",
            "counted": day <= 30,
            "facts": {},
        }
        rows.append((day * DAY, "aftermath", {"detail": told}))
        was, count = count, count + more * (day <= 30)
        if was < 3 <= count:
            rows.append(
                (day * DAY, "regraded", {"detail": {"was": "ordinary", "grade": "larger", "day": day}})
            )
    return timeline(plan(law=grades(), aftermath=entries), rows)


def test_the_grade_after_what_happened_later_is_told() -> None:
    lines = aftercare.aftermath(later((3, 1), (12, 1), (20, 1), (40, 1)), "zh")
    assert [line.cells[3] for line in lines] == [
        "一般（不变）", "较大（原为一般）", "较大（不变）", "较大（超过30天，不计入）",
    ]  # fmt: skip
    assert [len(line.evidence) for line in lines] == [1, 2, 1, 1]  # the row of the new grade too


def test_without_grades_it_says_so() -> None:
    drill = later((3, 1))
    bare = Timeline(replace(drill.plan, law=c.Law()), drill.rows, drill.manifest)
    assert [line.cells[3] for line in aftercare.aftermath(bare, "en")] == ["not graded"]


def test_an_office_without_a_ledger_has_no_such_section() -> None:
    drill = timeline(plan(), [])
    assert "善后台账" not in page(drill, evaluate(drill), {}, "zh")


# --- networks


def test_every_break_of_a_network_and_its_return_stand_in_the_course_of_the_drill() -> None:
    def row(t: float, event: str, **detail: Any) -> tuple[float, str, dict[str, Any]]:
        return t, event, {"detail": detail}

    mobile = c.Broken(
        "N1", frozenset(), "mobile", frozenset(), 0, 0, None, {"zh": "移动网络", "en": "China Mobile"}
    )
    down: dict[str, Any] = {"channels": [], "units": []}
    drill = timeline(plan(networks=(mobile,)), [
        row(10, "network_down", network="N1", carrier="mobile", **down), row(20, "network_up", network="N1"),
        row(30, "network_down", network="N2", **down), row(44, "network_up", network="N2"),
    ])  # fmt: skip
    told = [line.cells for line in tables.key_times(drill, "zh") if line.cells[1].startswith("通信")]
    assert [(cells[0], cells[1], cells[3]) for cells in told] == [
        ("09:50（T+10.0）", "通信中断", "N1中断：全部通话方式；涉及移动网络用户"),
        ("10:00（T+20.0）", "通信恢复", "N1恢复"),
        ("10:10（T+30.0）", "通信中断", "N2中断：全部通话方式；涉及各单位"),
        ("10:24（T+44.0）", "通信恢复", "N2恢复"),
    ]  # fmt: skip


# --- who received the first report


def test_the_receivers_of_the_first_report_are_named_on_both_lines(shipped: Timeline) -> None:
    times = {line.cells[1]: line.cells[3] for line in tables.key_times(shipped, "zh")}
    assert times["首报上级"] == "向市应急局"
    assert times["首报另一条线"] == "向市委市政府总值班室"
    assert filings.filings(shipped, "zh")[0].cells[2] == "应急值守专班 → 市应急局"
    assert filings.filings(shipped, "en")[0].cells[2] == "Duty desk → City Emergency Bureau"


# --- limits of our own


@pytest.mark.parametrize("basis", ["本情景设定，自定", "本情景设定，自定（没有法定小时数）", "本情景设定"])
def test_that_a_limit_is_our_own_is_said_once(basis: str) -> None:
    expect = c.Expected(4, 0, "arrived", "fire.rescue.arrived", 5 * MINUTE, basis)
    told = inject("I01", 5, expect=(expect,))
    late = plan(
        injects=(told,), duties=(duty("fire.rescue", FIRE),), norms=(norm("N1", 0, "ordered", "arrived", 90),)
    )
    rows = [(5, "inject_given", {"inject": "I01"})]
    for t, event in ((6, "triggered"), (6, "ordered"), (40, "arrived"), (41, "started"), (60, "finished")):
        rows.append((t, event, {"unit": FIRE, "task": "fire.rescue#1", "need": "rescue"}))
    found = evaluate(timeline(late, rows))
    (gap,) = (gap for gap in found.gaps if "自定" in gap.statement("zh"))
    assert gap.statement("zh").count("自定") == 1
    cells = next(
        line.cells for line in tables.limits(found.limits, Names(late), "zh") if "I01" in line.cells[2]
    )
    assert cells[7] == "自定"
    assert not cells[6].endswith("自定")


def test_no_page_says_twice_that_a_limit_is_our_own(shipped: Timeline) -> None:
    bare = re.sub(r"<[^>]+>", "|", pages(shipped)["zh"])
    assert re.search(r"自定[，|]+自定", bare) is None


# --- tables that are wider than a phone


def test_every_box_that_scrolls_can_be_reached_and_has_a_name(shipped: Timeline) -> None:
    for html in pages(shipped).values():
        boxes = re.findall(r'<div class="box"[^>]*>', html)
        assert len(boxes) > 15
        for box in boxes:
            assert 'tabindex="0"' in box
            assert 'role="region"' in box
            name = re.search(r'aria-label="([^"]+)"', box)
            assert name
            assert name[1].strip()
