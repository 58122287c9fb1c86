"""The tables of what was reported and of the casualty ledger, in both languages."""

from __future__ import annotations

from typing import Any

from build import DESK, HQ, RING, inject, play, scenario
from office import arranged, ledger, office, report

from sim.record.timeline import Timeline
from sim.report import filings
from sim.report.page import page
from sim.review import evaluate
from sim.review.forms import form_scores


def story(**given: Any) -> Timeline:
    """One dead is told at T+0 (recorded at T+4), two at T+60; checked in five minutes each."""
    reports = {
        "phone": report(form="express", hands=False),
        "letter": report(form="express", mode="written", draft="5 min", hands=False, to=["乙局", "甲局"]),
        "fix": report("correction", hands=False),
    }
    injects = {
        "I1": inject([DESK], makes={"set": {"dead": 1}}, tells={"dead": 1}),
        "I2": {**inject([HQ], at="T+60", makes={"set": {"dead": 2}}, tells={"dead": 2}), "from": "医院"},
    }
    arrangements = arranged(reports, **{"ledger": ledger(), **given})
    return play(office(scenario(injects), arrangements))


def test_what_was_reported_stands_in_order_of_time() -> None:
    assert [line.cells for line in filings.filings(story(), "zh")] == [
        ("10:03（T+3.0）", "首报上级", "值守 → 上级", "", "死亡1（未审定）"),
        ("10:03（T+3.0）", "报告", "值守 → 市总值班室", "2/3，缺：伤亡（含下落不明、涉险）人数", "未报数字"),
        ("10:08（T+8.0）", "报告", "值守 → 乙局、甲局", "3/3", "死亡1（未审定）"),
        ("11:08（T+68.0）", "报告", "值守 → 市总值班室", "", "死亡2"),
    ]  # fmt: skip
    assert [line.cells[2:] for line in filings.filings(story(), "en")][:3] == [
        ("值守 → the level above", "", "Dead 1 (not approved)"),
        ("值守 → 市总值班室", "2 of 3; missing: Casualties, missing and endangered", "no figures"),
        ("值守 → 乙局, 甲局", "3 of 3", "Dead 1 (not approved)"),
    ]  # fmt: skip


def test_each_line_that_nobody_approved_is_marked_and_a_line_taken_back_is_told() -> None:
    """One dead is approved at T+9; three trapped are told at T+62 and checked until T+65, none at T+105."""
    reports = {"late": report(hands=False, draft="59 min"), "fix": report("correction", hands=False)}
    injects = {
        "I1": inject([DESK], makes={"set": {"dead": 1}}, tells={"dead": 1}),
        "I2": inject([HQ], at="T+60", tells={"trapped": 3}),
        "I3": inject([HQ], at="T+100", tells={"trapped": 0}),
    }
    timeline = play(office(scenario(injects), arranged(reports, ledger=ledger())))
    assert [line.cells[4] for line in filings.filings(timeline, "zh")][1:] == [
        "死亡1、被困3（未审定）", "死亡1、被困0",
    ]  # fmt: skip


def test_a_figure_has_one_source_on_the_page_and_in_the_timeline() -> None:
    """The enterprise's word, but verified by the desk at T+12 before it is approved at T+24."""
    timeline = story(ledger=ledger("20 min"))
    rows = {row.seq: row for row in timeline.rows}
    shown = {(line.cells[1], line.cells[2], line.evidence) for line in filings.ledger(timeline, "zh")}
    assert {(figure, source) for figure, source, _ in shown} == {("1", DESK), ("2", "医院")}
    assert all(rows[seqs[1]].detail["sources"]["dead"] == source for _, source, seqs in shown)


def test_every_line_points_at_its_row() -> None:
    timeline = story()
    rows = {row.seq: row for row in timeline.rows}
    events = [rows[line.evidence[0]].event for line in filings.filings(timeline, "zh")]
    assert events == ["report_up", "report_filed", "report_filed", "report_filed"]
    assert [[rows[seq].event for seq in line.evidence] for line in filings.ledger(timeline, "zh")] == [
        ["learnt", "figure_approved"], ["learnt", "figure_approved"],
    ]  # fmt: skip


def test_the_ledger_says_who_said_it_when_and_when_it_was_approved() -> None:
    assert [line.cells for line in filings.ledger(story(), "zh")] == [
        ("死亡", "1", "企业", "10:04（T+4.0）", "10:09（T+9.0）"),
        ("死亡", "2", "医院", "11:00（T+60.0）", "11:05（T+65.0）"),
    ]  # fmt: skip


def test_what_was_taken_back_before_its_check_was_never_approved() -> None:
    slow = story(ledger=ledger("59 min"))
    assert [line.cells[4] for line in filings.ledger(slow, "zh")] == ["未审定", "12:02（T+122.0）"]
    assert filings.ledger(slow, "en")[0].cells[4] == "not approved"


def test_an_office_without_reports_or_ledger_has_no_such_tables() -> None:
    timeline = play(office(scenario({"I1": RING}), arranged()))
    assert filings.filings(timeline, "zh") == []
    assert filings.ledger(timeline, "zh") == []
    assert "报送情况" not in page(timeline, evaluate(timeline), {}, "zh")


def test_the_page_has_both_tables_in_both_languages() -> None:
    timeline = story()
    zh, en = (page(timeline, evaluate(timeline), {}, lang) for lang in ("zh", "en"))
    assert "<h3>报送情况</h3>" in zh
    assert "<h3>伤亡台账</h3>" in zh
    assert "<h3>What was reported</h3>" in en
    assert "<h3>Casualty ledger</h3>" in en


def test_scores_of_forms() -> None:
    assert [(score.told, score.required, len(score.missing)) for score in form_scores(story())] == [
        (2, 3, 1),
        (3, 3, 0),
    ]
