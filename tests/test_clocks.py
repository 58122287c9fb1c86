"""Every clock of the law: met at its limit, missed a thousandth of a minute later, and 未评 with its words where it
sets no minutes. Each is played on a small office with the shipped norm itself.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from build import DESK, HQ, NOTHING, at_once, duty, inject, need, play, rows, scenario, timed, unit, work
from office import ROSTER, arranged, office, report, shipped

from sim.plan.compiled import Plan
from sim.record.timeline import Timeline
from sim.review import Limit, evaluate

CLOCKS = {
    clock["id"]: clock
    for clock in json.loads(
        (Path(__file__).parent / "data" / "reporting_clocks.json").read_text(encoding="utf-8")
    )["clocks"]
}
NUMBERED = {
    name: clock["deadline_min"] for name, clock in CLOCKS.items() if clock["deadline_min"] is not None
}
WORDED = {name: clock for name, clock in CLOCKS.items() if clock["deadline_min"] is None}
BY_EVENTS = ("R01", "R02", "R04", "R05", "R06", "R14", "S01")
"""Clocks of others (enterprise, city, province): the scenario says between which of its events they run."""
GRAVE = {"dead": 10}
"""A major accident, so that every clock that binds only then does bind."""
GUESTS = {"guests": {"事发企业": {"en": "Enterprise"}}}


def norms(*names: str) -> dict[str, Any]:
    """The shipped norms of these ids, word for word."""
    return {name: ROSTER.norms.norms[name].model_dump(by_alias=True, exclude_none=True) for name in names}


def timed_by_the_scenario(name: str, minutes: str, horizon: str) -> Plan:
    """The clock runs from I1 at T+0 to I2."""
    clocks = {name: {"who": "事发企业", "since": "I1", "by": "I2"}}
    injects = {"I1": inject([], makes={"set": GRAVE}), "I2": inject([], at=f"T+{minutes}")}
    return office(scenario(injects, clocks=clocks, horizon=horizon, **GUESTS), arranged(), norms=norms(name))


def of_a_report(name: str, minutes: str, horizon: str) -> Plan:
    """The report that the norm is on takes so long; all that starts it is known at T+0."""
    of = ROSTER.norms.norms[name].of or ""
    reports = (
        {of.removeprefix("report."): _long(of.removeprefix("report."), minutes)}
        if of.startswith("report.")
        else {}
    )
    return _told(name, arranged(reports), horizon, desk__report_up=timed(f"{minutes} min"))


def _long(name: str, minutes: str) -> dict[str, Any]:
    return shipped(name, draft="0 min", sign="0 min", send=f"{minutes} min", hands=False, signed=False)


def of_follow_ups(name: str, minutes: str, horizon: str) -> Plan:
    reports = {
        "department_written": _long("department_written", "0"),
        "follow_up": _long("follow_up", minutes),
    }
    return _told(name, arranged(reports), horizon)


def of_news(name: str, minutes: str, horizon: str) -> Plan:
    """A release (or, for N03, the word against a rumour) that takes so long from the instant that starts its clock."""
    needs = {"public_info": need("dead > 0"), "rumour_control": need("rumour")}
    duties = {
        "press.release": duty("public_info", place="office", publishes=True, sees=[]),
        "press.refute": duty("rumour_control", place="office", sees=[]),
    }
    press = {"新闻": unit(1, duties, work={name: work(f"{minutes} min") for name in duties})}
    return _told(name, arranged(), horizon, units=press, needs=needs)


def _told(name: str, arrangements: dict[str, Any], horizon: str, **given: Any) -> Plan:
    known = {**GRAVE, "severely_polluted": True, "polluted": True, "rumour": True}
    drill = scenario({"I1": inject([DESK], tells=known)}, facts=known, horizon=horizon)
    free = at_once(desk__report_up=given.pop("desk__report_up", NOTHING))
    return office(drill, arrangements, norms=norms(name), **given, **free)


def built(name: str, minutes: str, horizon: str = "3000 min") -> Plan:
    if name in BY_EVENTS:
        return timed_by_the_scenario(name, minutes, horizon)
    if name in ("R09", "R10"):
        return of_follow_ups(name, minutes, horizon)
    return (of_news if name.startswith("N") else of_a_report)(name, minutes, horizon)


def judging(plan: Plan) -> Plan:
    """The same plan, its norms judged also where they are only shown."""
    return replace(plan, norms=tuple(replace(norm, judged=True) for norm in plan.norms))


def measured(timeline: Timeline, name: str) -> Limit:
    """The first measurement of a norm."""
    return next(limit for limit in evaluate(timeline).limits if limit.norm == name)


def test_every_clock_of_the_facts_is_here() -> None:
    assert len(CLOCKS) == 23
    assert len(NUMBERED) == 17
    assert set(WORDED) == {"R01", "R11", "N04", "S01", "S02", "S03"}


@pytest.mark.parametrize("name", sorted(NUMBERED))
def test_a_clock_is_met_at_its_limit_and_missed_a_thousandth_of_a_minute_later(name: str) -> None:
    """以内 includes its number."""
    minutes = NUMBERED[name]
    for text, actual, verdict in (
        (str(minutes), minutes, "met"),
        (f"{minutes}.001", minutes + 0.001, "missed"),
    ):
        limit = measured(play(judging(built(name, text))), name)
        assert limit.actual is not None
        assert (limit.actual / 1000, limit.within, limit.verdict) == (actual, minutes * 1000, verdict)


@pytest.mark.parametrize("name", sorted(NUMBERED))
def test_a_clock_that_rests_on_memory_or_stands_for_another_is_shown_and_not_judged(name: str) -> None:
    norm = ROSTER.norms.norms[name]
    limit = measured(play(built(name, f"{NUMBERED[name]}.001")), name)
    assert limit.verdict == ("missed" if norm.judged else "shown")
    assert norm.judged or norm.note
    assert norm.status != "memory" or not norm.judged


@pytest.mark.parametrize("name", sorted(NUMBERED))
def test_a_clock_that_has_not_run_out_at_the_horizon_is_not_evaluated(name: str) -> None:
    """Rule 30: the close at the very limit finds it running; one thousandth later it has run out."""
    minutes = NUMBERED[name]
    for horizon, verdict, reason in (
        (f"{minutes} min", "not_evaluated", "clock"),
        (f"{minutes}.001 min", "missed", ""),
    ):
        limit = measured(play(judging(built(name, str(minutes + 500), horizon))), name)
        assert (limit.actual, limit.verdict, limit.reason) == (None, verdict, reason)


def worded(name: str) -> Timeline:
    """A drill in which that clock begins and ends."""
    if name in BY_EVENTS:
        return play(timed_by_the_scenario(name, "30", "60 min"))
    if name == "R11":
        fix = {"correction": shipped("correction", hands=False)}
        more = {"I2": inject([HQ], at="T+20", makes={"set": {"dead": 2}}, tells={"dead": 2})}
        drill = scenario({"I1": inject([DESK], tells={"dead": 1}), **more}, facts={"dead": 1})
        keeper = {"keeper": "办公室", "verify": NOTHING}
        return play(office(drill, arranged(fix, ledger=keeper), norms=norms(name), **at_once()))
    return play(of_news(name, "5", "60 min"))


@pytest.mark.parametrize("name", sorted(WORDED))
def test_a_clock_without_minutes_is_never_judged_and_its_words_are_shown(name: str) -> None:
    """立即 is no number of minutes: 未评, and the words of the source stand where the limit would."""
    timeline = worded(name)
    limit = measured(timeline, name)
    assert (limit.verdict, limit.reason, limit.within) == ("not_evaluated", "no_minutes", None)
    assert limit.actual is not None or name in (
        "S02",
        "S03",
    )  # nobody goes to the scene and nothing is handed over
    assert limit.text == WORDED[name]["text"]
    assert not [gap for gap in evaluate(timeline).gaps if gap.norm == name]


# --- whether a clock binds, and whose it is


@pytest.mark.parametrize(("dead", "binds"), [(2, False), (3, True)])
def test_a_clock_with_a_condition_binds_only_if_that_ever_truly_held(dead: int, binds: bool) -> None:
    """R07 is for larger accidents; believed to be one that it is not, the report is made and its clock not measured."""
    drill = scenario({"I1": inject([DESK], tells={"dead": 3})}, facts={"dead": dead})
    plan = office(drill, arranged({"province_phone": shipped("province_phone", hands=False)}), norms=norms("R07"),
                  desk__verify=timed("100 min"), desk__receive=NOTHING)  # fmt: skip
    timeline = play(plan)
    assert rows(timeline, "report_filed")
    findings = evaluate(timeline)
    assert [limit.norm for limit in findings.limits] == (["R07"] if binds else [])


def test_what_held_for_a_moment_binds() -> None:
    """A fire put out at once was a fire."""
    injects = {
        "I1": inject([DESK], makes={"set": {"leaking": True}}),
        "I2": inject([], at="T+1", makes={"set": {"leaking": False}}),
    }
    norm = {"X": {**norms("R12")["R12"], "when": "leaking"}}
    plan = office(scenario(injects), arranged({"government_phone": shipped("government_phone")}), norms=norm)
    assert measured(play(plan), "X").norm == "X"


def test_a_report_that_the_law_asks_for_and_nobody_arranged_is_missing() -> None:
    """An office that arranges its reports, and forgot the province: known at T+4, an hour over at T+64."""
    drill = scenario({"I1": inject([DESK], tells={"dead": 3})}, facts={"dead": 3}, horizon="120 min")
    arrangements = arranged({"near_miss": shipped("near_miss")})
    timeline = play(office(drill, arrangements, norms=norms("R07")))
    (gap,) = [gap for gap in evaluate(timeline).gaps if gap.code == "G312"]
    assert (gap.severity, gap.norm, gap.actual, gap.expected) == ("major", "R07", None, 60.0)
    assert "本地安排里没有这一项报告" in gap.cause()
    assert gap.evidence == (next(row.seq for row in timeline.rows if row.event == "learnt"),)

    def missing(horizon: str, **local: Any) -> int:
        plan = office({**drill, "horizon": horizon}, arrangements, norms=norms("R07"), **local)
        return len([gap for gap in evaluate(play(plan)).gaps if gap.code == "G312"])

    assert missing("64 min") == 0, "the clock had not run out"
    assert missing("64.001 min") == 1, (
        "it runs from what the desk knows, not from the start of the response at T+24"
    )
    assert missing("80 min", command__activate_when="calm") == 1, "nor does it need a response"
    none = play(office(drill, arranged(), norms=norms("R07")))
    assert not [gap for gap in evaluate(none).gaps if gap.code == "G312"], (
        "an office without any arrangements"
    )


def test_the_clock_of_a_report_nobody_arranged_runs_from_what_headquarters_knows_once_it_is_open() -> None:
    """The response starts at T+24; the third death is told to headquarters at T+60."""
    later = inject([HQ], at="T+60", makes={"set": {"dead": 3}}, tells={"dead": 3})
    injects = {"I1": inject([DESK], makes={"set": {"dead": 1}}, tells={"dead": 1}), "I2": later}
    plan = office(scenario(injects), arranged({"near_miss": shipped("near_miss")}), norms=norms("R07"))
    (limit,) = [limit for limit in evaluate(play(plan)).limits if limit.norm == "R07"]
    assert limit.begin == 60_000


def test_a_report_up_late_is_a_gap_with_how_late() -> None:
    timeline = play(built("R07", "75"))
    (gap,) = [gap for gap in evaluate(timeline).gaps if gap.code == "G311"]
    assert (gap.severity, gap.task, gap.expected, gap.actual) == (
        "major",
        "report.province_phone#1",
        60.0,
        75.0,
    )
    assert "超过15.0分钟" in gap.statement()


def test_a_statutory_report_that_is_not_made_by_the_close_is_a_gap() -> None:
    timeline = play(built("R07", "500", "120 min"))
    (gap,) = [gap for gap in evaluate(timeline).gaps if gap.code == "G312"]
    assert (gap.norm, gap.variant) == ("R07", "never")
    assert "可能缺报" in gap.statement()


# --- the enterprise


def enterprise(minutes: str, horizon: str = "240 min") -> Timeline:
    """The head of the enterprise hears at T+14 and reports so many minutes after that (storyline 3)."""
    injects = {
        "I1": inject([], at="T+14", title="班组长报企业负责人"),
        "I4": inject([DESK], at=f"T+{14 + float(minutes):g}", reporter="enterprise"),
    }
    clocks = {"R02": {"who": "事发企业", "since": "I1", "by": "I4"}}
    return play(
        office(scenario(injects, clocks=clocks, horizon=horizon, **GUESTS), arranged(), norms=norms("R02"))
    )


def test_an_enterprise_that_reports_after_75_minutes_is_found_late_by_15() -> None:
    """Its head hears at T+14 and reports at T+89; order 493, article 9, gives an hour."""
    timeline = enterprise("75")
    (gap,) = [gap for gap in evaluate(timeline).gaps if gap.code == "G315"]
    assert (gap.unit, gap.norm, gap.expected, gap.actual, gap.severity) == (
        "事发企业",
        "R02",
        60.0,
        75.0,
        "major",
    )
    assert gap.statement() == (
        "事发企业可能迟报：“企业负责人报区级”用75.0分钟，时限60.0分钟，迟15.0分钟（493号第九条，已核原文）。"
    )
    assert "15.0 min late" in gap.statement("en")


def test_an_enterprise_that_reports_in_an_hour_is_not_late() -> None:
    assert not [gap for gap in evaluate(enterprise("60")).gaps if gap.code == "G315"]


def test_an_enterprise_that_never_reports_is_late_once_its_hour_is_over() -> None:
    injects = {"I1": inject([], at="T+14"), "I4": inject([DESK], when="fire", reporter="enterprise")}
    clocks = {"R02": {"who": "事发企业", "since": "I1", "by": "I4"}}
    for horizon, found in (("74 min", []), ("75 min", ["G315"])):
        plan = office(
            scenario(injects, clocks=clocks, horizon=horizon, **GUESTS), arranged(), norms=norms("R02")
        )
        gaps = evaluate(play(plan)).gaps
        assert [gap.code for gap in gaps if gap.norm == "R02"] == found


def test_a_clock_whose_event_never_came_has_not_begun() -> None:
    """Nobody was told: there is nothing to measure, and it says so."""
    injects = {"I1": inject([], when="fire"), "I4": inject([DESK], reporter="enterprise")}
    clocks = {"R02": {"who": "事发企业", "since": "I1", "by": "I4"}}
    plan = office(scenario(injects, clocks=clocks, **GUESTS), arranged(), norms=norms("R02"))
    limit = measured(play(plan), "R02")
    assert (limit.begin, limit.verdict, limit.reason) == (None, "not_evaluated", "not_begun")


def test_a_clock_that_ends_before_it_begins_took_no_time() -> None:
    """The office reports before it hears officially."""
    injects = {"I1": inject([], at="T+30"), "I4": inject([DESK], at="T+10", reporter="enterprise")}
    clocks = {"R02": {"who": "事发企业", "since": "I1", "by": "I4"}}
    plan = office(scenario(injects, clocks=clocks, **GUESTS), arranged(), norms=norms("R02"))
    limit = measured(play(plan), "R02")
    assert (limit.actual, limit.verdict) == (0, "met")


def test_a_clock_of_the_office_between_two_events_is_no_fault_of_an_enterprise() -> None:
    """N03, which binds the office: late by 15 it is another gap, against its own unit."""
    timeline = play(built("N03", "2895"))
    (gap,) = [gap for gap in evaluate(timeline).gaps if gap.norm == "N03"]
    assert (gap.code, gap.unit) == ("G316", "新闻")
    assert "处置需求“rumour”提出" in gap.statement()
    assert "超过15.0分钟" in gap.statement()


# --- forms


def test_a_report_is_scored_by_the_elements_of_its_form() -> None:
    """Two of three: nobody had recorded anything yet."""
    plan = office(
        scenario({"I1": inject([DESK], tells={"dead": 1})}),
        arranged({"r": report(form="express", hands=False)}),
    )
    (gap,) = [gap for gap in evaluate(play(plan)).gaps if gap.code == "G314"]
    assert (gap.severity, gap.actual, gap.expected, gap.status) == ("minor", 2.0, 3.0, "found")
    assert gap.statement() == (
        "值守T+3.0的“报告”可能只说到“快报”3项要素中的2项，"
        "缺：伤亡（含下落不明、涉险）人数（原安监总局令第21号 第十条）。"
    )


def test_a_whole_report_and_one_without_a_form_are_no_gap() -> None:
    reports = {"r": report(form="express", hands=False, draft="10 min"), "n": report(hands=False)}
    plan = office(scenario({"I1": inject([DESK], tells={"dead": 1})}), arranged(reports))
    timeline = play(plan)
    assert len(rows(timeline, "report_filed")) == 2
    assert not [gap for gap in evaluate(timeline).gaps if gap.code == "G314"]


def test_reports_of_one_kind_that_lack_the_same_are_one_gap() -> None:
    """Follow-ups that never learn of casualties: one gap, the others inside it."""
    more = report(
        "knowledge",
        when="elapsed(desk.receive.started) >= 0 min",
        form="express",
        every="20 min",
        hands=False,
    )
    plan = office(scenario({"I1": inject([DESK])}), arranged({"r": more}))
    (gap,) = [gap for gap in evaluate(play(plan)).gaps if gap.code == "G314"]
    assert len(gap.others) > 5


# --- the tables of the brief (imported where they are used: the mutants of the engine have no report)


def table(timeline: Timeline, name: str) -> list[tuple[str, ...]]:
    """The lines of a table of the brief about limits."""
    from sim.report import tables
    from sim.review.names import Names

    findings = evaluate(timeline)
    shown = tables.reference(findings, "zh") if name == "reference" else tables.limits(
        findings.limits, Names(timeline.plan), "zh"
    )  # fmt: skip
    return [line.cells for line in shown]


@pytest.mark.parametrize("name", sorted(WORDED))
def test_the_words_of_a_clock_without_minutes_stand_where_its_limit_would(name: str) -> None:
    assert {(cells[3], cells[5]) for cells in table(worded(name), "limits")} == {
        (WORDED[name]["text"], "未评（未规定分钟数）")
    }


def test_a_clock_between_two_events_is_shown_from_one_to_the_other() -> None:
    (cells,) = table(enterprise("75"), "limits")
    assert cells[1:6] == ("事发企业", "I1 班组长报企业负责人 → I4 报告", "60分钟", "75.0", "可能超时")


def test_a_clock_that_does_not_bind_is_registered_for_reference() -> None:
    drill = scenario({"I1": inject([DESK], tells={"dead": 2})}, facts={"dead": 2})
    plan = office(drill, arranged({"province_phone": shipped("province_phone")}), norms=norms("R07"))
    assert [cells[0] for cells in table(play(plan), "reference")] == ["R07"]
    assert table(play(plan), "limits") == []
