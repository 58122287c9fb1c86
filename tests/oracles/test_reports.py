"""Reports of the office besides the first one up, and the first one's price of waiting (rules 13 and 34 of SEMANTICS).

With the times of `build.strength` and two hands at the desk, a ring at T+0 is picked up at T+0 and recorded by T+4, the
first report up is made from T+0 to T+3, the leader is phoned from T+4, verification runs from T+4 to T+12.
"""

from __future__ import annotations

from typing import Any

import pytest
from build import (
    DESK,
    HQ,
    RING,
    Chosen,
    at_once,
    duty,
    inject,
    log,
    need,
    play,
    rows,
    scenario,
    timed,
    unit,
    work,
)
from office import arranged, ledger, office, report, shipped

from sim.record.timeline import Row, Timeline
from sim.review import evaluate

COMMANDER = "指挥长甲"
ONE_HAND = {"desk__operators": {"duty": 1, "off-duty": 1, "src": "t"}}


def told(**facts: Any) -> dict[str, Any]:
    """A first call to the desk that tells what is true."""
    return inject([DESK], makes={"set": facts}, tells=facts)


def reported(
    reports: dict[str, Any], injects: dict[str, Any] | None = None, *, draws: Any = None, drill: Any = None,
    units: Any = None, local: Any = None, **arrangements: Any,
) -> Timeline:  # fmt: skip
    """An office that makes these reports of one ring at T+0 and of what else comes in."""
    given = scenario({"I1": RING, **(injects or {})}, **(drill or {}))
    return play(office(given, arranged(reports, **arrangements), units, **(local or {})), draws=draws)


def stages(timeline: Timeline, task: str) -> list[tuple[float, str]]:
    return [(row.t / 1000, row.event) for row in timeline.rows if row.task == task]


def filed(timeline: Timeline, name: str = "") -> list[Row]:
    return [row for row in rows(timeline, "report_filed") if not name or row.detail["report"] == name]


# --- reception: it waits for neither verification nor activation, only for a hand


def test_a_report_at_reception_waits_only_for_a_hand() -> None:
    """Rule 13: the clock starts at the first pick-up; with one hand free at T+3 (the first report up is done) it is
    made before the call is even recorded at T+4."""
    timeline = reported({"two": report(priority=0)})
    assert stages(timeline, "report.two#1") == [
        (0.0, "triggered"), (0.0, "waiting"), (3.0, "started"), (6.0, "finished"), (6.0, "report_filed"),
    ]  # fmt: skip
    (pick_up,) = rows(timeline, "started", task="desk.receive#1")
    assert rows(timeline, "triggered", task="report.two#1")[0].cause == pick_up.seq
    assert [(row.waits_for, row.unit) for row in rows(timeline, "waiting", task="report.two#1")] == [
        ("operator", DESK)
    ]


def test_a_report_at_reception_is_begun_by_the_first_pick_up_and_by_no_other() -> None:
    """Rule 13: nothing before the first call, and nothing anew at the second."""
    timeline = reported(
        {"two": report(hands=False)}, {"I1": inject([DESK], at="T+10"), "I2": inject([DESK], at="T+40")}
    )
    assert [row.t / 1000 for row in rows(timeline, "triggered") if row.task.startswith("report.")] == [10.0]


def test_reports_take_a_hand_by_their_rank() -> None:
    """Rule 13: one hand: received until T+4, the first report up, the other of its rank, the leader (1), verification
    (2), the notice (3)."""
    reports = {"b": report(priority=0), "notice": report(priority=3, mode="written", send="1 min")}
    timeline = reported(reports, local=ONE_HAND)
    begun = [(row.t / 1000, row.task) for row in rows(timeline, "started") if row.t <= 30_000]
    assert begun[:6] == [
        (0.0, "desk.receive#1"), (4.0, "desk.report_up#1"), (7.0, "report.b#1"), (10.0, "desk.phone_leader#1"),
        (12.0, "desk.verify#1"), (20.0, "desk.assess#1"),
    ]  # fmt: skip
    assert (20.0, "report.notice#1") in begun


def test_a_report_holds_its_hand_and_gives_it_back() -> None:
    """Rule 13: a phone that rings during the report waits for its end."""
    timeline = reported(
        {"b": report(priority=0, send="20 min")}, {"I2": inject([DESK], at="T+8")}, local=ONE_HAND
    )
    assert stages(timeline, "report.b#1")[-2] == (27.0, "finished")
    (receive,) = rows(timeline, "started", task="desk.receive#2")
    assert receive.t >= 27_000


def test_a_report_without_hands_is_made_beside_the_desk() -> None:
    """Rule 13: made by somebody else, it neither waits nor keeps anybody."""
    plain = reported({}, local=ONE_HAND)
    beside = reported({"b": report(hands=False, send="30 min", priority=0)}, local=ONE_HAND)
    assert stages(beside, "report.b#1")[:2] == [(0.0, "triggered"), (0.0, "started")]
    assert log(beside, "started", task="desk.verify#1") == log(plain, "started", task="desk.verify#1")


# --- draft, signature, sending


WRITTEN: dict[str, Any] = {
    "mode": "written",
    "draft": "10 min",
    "signed": True,
    "send": "2 min",
    "hands": False,
}


def test_a_written_report_is_drafted_signed_and_sent() -> None:
    """A draft of ten minutes, a call of one to the commander who signs in six, two to send: T+19."""
    timeline = reported({"full": report(**WRITTEN)})
    assert [(row.t / 1000, row.event, row.waits_for) for row in rows(timeline) if row.task == "report.full#1"] == [
        (0.0, "triggered", ""), (0.0, "started", ""), (10.0, "waiting", "approval"), (17.0, "waiting", "send"),
        (19.0, "finished", ""), (19.0, "report_filed", ""),
    ]  # fmt: skip
    assert [(row.t / 1000, row.event) for row in rows(timeline) if row.task == "sign.report.full#1"] == [
        (10.0, "triggered"), (10.0, "call_begun"), (11.0, "call_answered"), (11.0, "started"), (17.0, "finished"),
    ]  # fmt: skip


def test_whose_signature_takes_its_own_time() -> None:
    """`sign` is how long the signature of this report takes, not that of a response."""
    timeline = reported({"full": report(**WRITTEN, sign="25 min")})
    assert filed(timeline)[0].t == (10 + 1 + 25 + 2) * 1000


def test_who_signed_what_is_recorded() -> None:
    """With people in the arrangements every signature is a row of its own."""
    people = {COMMANDER: {"order": 1, "src": "t"}}
    timeline = reported({"full": report(**WRITTEN)}, people=people)
    assert {"what": "report.full", "by": COMMANDER} in [dict(row.detail) for row in rows(timeline, "signed")]


def test_a_commander_out_of_reach_costs_the_report_his_tries() -> None:
    """Rule 25: two tries of half a minute, four minutes apart, then the office signs: T+10 + 5 + 6 + 2."""
    absent = {"conditions": {"absent": {COMMANDER: {"state": "unreachable"}}}}
    timeline = reported({"full": report(**WRITTEN)}, drill=absent)
    assert filed(timeline)[0].t == 23_000
    assert rows(timeline, "substituted")[0].detail["for"] == COMMANDER


def test_who_drafts_has_a_free_hand_while_the_commander_signs() -> None:
    """One hand: the draft (T+9 to T+19) lets it go for the six minutes of the signature, and the phone is picked up."""
    reports = {"full": report(**{**WRITTEN, "hands": True}, priority=0)}
    local = {**ONE_HAND, "desk__phone_leader": timed("1 min"), "desk__verify": timed("1 min")}
    timeline = reported(reports, {"I2": inject([DESK], at="T+18")}, local=local)
    drafted = rows(timeline, "waiting", task="report.full#1", waits_for="approval")[0].t
    sent = rows(timeline, "finished", task="report.full#1")[0].t
    picked_up = rows(timeline, "started", task="desk.receive#2")[0].t
    assert drafted < picked_up < sent


def test_the_start_of_a_response_is_signed_before_letters() -> None:
    """Rule 3: one commander, two letters drafted by T+16 and the response proposed at T+17: the first letter is under
    his hand until T+23 and is not put aside, the second, though asked for earlier, comes after the response."""
    people = {COMMANDER: {"order": 1, "src": "t"}}
    letters = {name: report(**{**WRITTEN, "draft": "16 min"}) for name in ("a", "b")}
    timeline = reported(letters, people=people)
    assert [(row.t / 1000, row.detail["what"]) for row in rows(timeline, "signed")] == [
        (23.0, "report.a"), (29.0, "desk.activate"), (35.0, "report.b"),
    ]  # fmt: skip


# --- what it says


def test_a_report_before_the_record_tells_little_and_one_after_it_more() -> None:
    """Who has recorded nothing can tell only that it happened: one of three elements; later all three."""
    early, late = report(form="express", hands=False), report(form="express", hands=False, draft="5 min")
    timeline = reported({"early": early, "late": late}, {"I1": told(dead=1)})
    first, second = filed(timeline)
    assert (first.t, first.detail["elements"]) == (3000, {"casualties": False, "unit": True, "when": True})
    assert (second.t, second.detail["elements"]) == (8000, {"casualties": True, "unit": True, "when": True})
    assert (first.detail["figures"], second.detail["figures"]) == ({}, {"dead": 1})


def test_an_element_by_an_event_is_told_once_it_has_happened() -> None:
    """The full form: what has been done is told once a response is started (T+24), the rest once it is verified."""
    reports = {
        f"r{minute}": report(form="full", hands=False, draft=f"{minute} min", send="0 min")
        for minute in (3, 5, 13, 25)
    }
    timeline = reported(reports)
    assert [[name for name, yes in sorted(row.detail["elements"].items()) if yes] for row in filed(timeline)] == [
        [], ["course"], ["course", "other"], ["course", "measures", "other"],
    ]  # fmt: skip


def test_a_written_report_tells_what_was_known_as_its_draft_was_done() -> None:
    """The draft is done at T+3, before the record at T+4; the letter of T+12 still knows nothing."""
    letter = report(mode="written", draft="3 min", send="9 min", hands=False)
    reports = {"letter": letter, "call": report(send="12 min", hands=False)}
    timeline = reported(reports, {"I1": told(dead=1)})
    assert {row.detail["report"]: (row.t, row.detail["as_of"], row.detail["figures"]) for row in filed(timeline)} == {
        "letter": (12_000, 3.0, {}), "call": (12_000, 12.0, {"dead": 1}),
    }  # fmt: skip


def test_the_row_says_to_whom_on_which_line_and_of_what_task() -> None:
    timeline = reported({"notice": report(line="notice", to=["乙局", "甲局"], mode="written", hands=False)})
    (row,) = filed(timeline)
    assert (row.unit, row.task) == (DESK, "report.notice#1")
    assert {key: row.detail[key] for key in ("report", "line", "to", "mode")} == {
        "report": "notice", "line": "notice", "to": ["乙局", "甲局"], "mode": "written",
    }  # fmt: skip
    assert row.cause == rows(timeline, "finished", task="report.notice#1")[0].seq


# --- knowledge


NEAR_MISS = {"near_miss": shipped("near_miss", send="3 min", hands=False)}


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        pytest.param({"evacuated": 499}, False, id="499 evacuated"),
        pytest.param({"evacuated": 500}, True, id="500 evacuated"),
        pytest.param({"endangered": 9}, False, id="9 endangered"),
        pytest.param({"endangered": 10}, True, id="10 endangered"),
        pytest.param({"trapped": 2}, False, id="2 trapped"),
        pytest.param({"trapped": 3}, True, id="3 trapped"),
        pytest.param({"trapped": 1, "missing": 2}, True, id="one trapped and two missing"),
        pytest.param({"severely_polluted": True}, True, id="severe pollution"),
        pytest.param({"dead": 1}, False, id="one dead is no near miss"),
    ],
)
def test_a_near_miss_with_nobody_hurt_goes_to_the_city(facts: dict[str, Any], due: bool) -> None:
    """Order 21, article 26: both sides of each number; the clock starts as the desk has recorded it (T+4)."""
    timeline = reported(NEAR_MISS, {"I1": told(**facts)})
    assert [(row.t / 1000, row.detail["to"]) for row in filed(timeline)] == (
        [(7.0, ["市应急局"])] if due else []
    )


PROVINCE = {"province_phone": shipped("province_phone", send="3 min", hands=False)}


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        pytest.param({"dead": 2}, False, id="two dead"),
        pytest.param({"dead": 3}, True, id="three dead"),
        pytest.param({"seriously_injured": 4, "poisoned": 5}, False, id="nine seriously hurt or poisoned"),
        pytest.param({"seriously_injured": 5, "poisoned": 5}, True, id="ten seriously hurt or poisoned"),
        pytest.param({"trapped": 3}, False, id="a near miss"),
    ],
)
def test_an_ordinary_accident_is_not_reported_to_the_province(facts: dict[str, Any], due: bool) -> None:
    timeline = reported(PROVINCE, {"I1": told(**facts)})
    assert bool(filed(timeline)) is due


def test_knowledge_is_what_the_office_knows_and_not_the_truth() -> None:
    """Three are dead from T+0; the desk hears of it at T+30 and has it recorded at T+34."""
    later = inject([DESK], at="T+30", tells={"dead": 3})
    timeline = reported(PROVINCE, {"I1": inject([DESK], makes={"set": {"dead": 3}}, tells={"dead": 1}), "I2": later},
                        local={"desk__verify": timed("120 min")})  # fmt: skip
    (row,) = rows(timeline, "triggered", task="report.province_phone#1")
    assert row.t == 34_000
    assert [r.t for r in rows(timeline, "graded") if "larger" in r.detail["grades"]] == [34_000]


def test_a_report_of_knowledge_is_made_once() -> None:
    """What is known already and comes in again begins nothing."""
    more = {f"I{n}": inject([DESK], at=f"T+{n * 20}", tells={"trapped": n + 2}) for n in (2, 3, 4)}
    assert len(filed(reported(NEAR_MISS, {"I1": told(trapped=3), **more}))) == 1


def test_what_is_learnt_after_the_start_of_the_response_counts_as_well() -> None:
    """From T+24 it is headquarters' picture that counts: told by phone at T+60."""
    timeline = reported(NEAR_MISS, {"I2": inject([HQ], at="T+60", tells={"trapped": 3})})
    assert rows(timeline, "triggered", task="report.near_miss#1")[0].t == 60_000


def test_a_units_own_line_starts_from_its_own_picture() -> None:
    """The bureau hears of the tank at T+5 by itself; the office knows only at T+44, and nothing is reported twice."""
    bureau = {"市监": unit(1, {})}
    line = {
        "equipment": report("knowledge", when="special_equipment", by="市监", hands=False, line="equipment")
    }
    injects = {
        "I2": inject(["市监"], at="T+5", tells={"special_equipment": True}),
        "I3": inject([DESK], at="T+40", tells={"special_equipment": True}),
    }
    timeline = reported(line, injects, units=bureau)
    assert [(row.t, row.unit) for row in filed(timeline)] == [(8000, "市监")]


BUREAU = {"市监": unit(1, {})}
LINE = {"equipment": report("knowledge", when="special_equipment", by="市监", hands=False, line="equipment")}


def test_a_unit_reports_what_the_office_knows_only_once_it_was_informed() -> None:
    """The office records the tank at T+4; the bureau hears of it as it is told of the response, started at T+24."""
    timeline = reported(LINE, {"I1": told(special_equipment=True)}, units=BUREAU)
    (informed,) = rows(timeline, "informed", unit="市监")
    (row,) = rows(timeline, "triggered", task="report.equipment#1")
    assert informed.t > 24_000
    assert (row.t, row.cause) == (informed.t, informed.seq)


def test_a_unit_that_was_informed_reports_as_the_office_learns() -> None:
    later = {"I2": inject([HQ], at="T+60", tells={"special_equipment": True})}
    timeline = reported(LINE, later, units=BUREAU)
    assert [row.t for row in rows(timeline, "triggered", task="report.equipment#1")] == [60_000]


def test_a_unit_that_nobody_tells_reports_nothing() -> None:
    silent = {"command__activate_when": "calm"}
    assert not filed(reported(LINE, {"I1": told(special_equipment=True)}, units=BUREAU, local=silent))


def test_a_units_report_at_reception_begins_as_it_hears() -> None:
    """It has no ear at the desk: informed by its own call at T+5, or else of the response."""
    line = {"own": report(by="市监", hands=False)}
    heard = {"I2": inject(["市监"], at="T+5", tells={"fire": True})}
    assert [row.t for row in filed(reported(line, heard, units=BUREAU))] == [8000]
    timeline = reported(line, units=BUREAU)
    (informed,) = rows(timeline, "informed", unit="市监")
    assert [row.t for row in filed(timeline)] == [informed.t + 3000]


def test_a_unit_that_was_not_informed_tells_what_it_knows_itself() -> None:
    """One dead is approved at T+9 and was told up; the bureau, at T+18, knows of two trapped and of no ledger. What it
    tells on its own line is nothing that the office has to correct."""
    reports = {**LINE, "first": report(hands=False, draft="5 min"), "fix": report("correction", hands=False)}
    heard = {"I2": inject(["市监"], at="T+15", tells={"special_equipment": True, "trapped": 2})}
    timeline = reported(reports, {"I1": told(dead=1), **heard}, units=BUREAU, ledger=ledger())
    (row,) = filed(timeline, "equipment")
    assert (row.t, row.detail["figures"], row.detail["unchecked"], row.detail["own"]) == (
        18_000, {"trapped": 2}, ["trapped"], True,
    )  # fmt: skip
    assert not filed(timeline, "fix")
    assert not [gap for gap in evaluate(timeline).gaps if gap.code == "G321" and gap.variant == "unreported"]


def test_what_another_unit_knows_starts_nothing() -> None:
    others = {"市监": unit(1, {}), "公安": unit(2, {})}
    line = {"equipment": report("knowledge", when="special_equipment", by="市监", hands=False)}
    timeline = reported(
        line, {"I2": inject(["公安"], at="T+5", tells={"special_equipment": True})}, units=others
    )
    assert not filed(timeline)


# --- follow-ups


def follow_up(**given: Any) -> dict[str, Any]:
    return {
        "first": report(hands=False),
        "more": report(
            "knowledge", when="elapsed(report.first.finished) >= 0 min", every="20 min", hands=False, **given
        ),
    }


def test_follow_ups_come_at_their_interval_until_the_end() -> None:
    """The first report is done at T+3, its follow-up at once, then twenty minutes after each: T+6, T+29, T+52…; the
    response, started at T+24, is over at T+70 (calm is heard at T+60 and holds for ten minutes)."""
    drill = {"end": {"when": "calm"}, "horizon": "140 min"}
    calm = {"I2": inject([HQ], at="T+60", makes={"set": {"calm": True}}, tells={"calm": True})}
    timeline = reported(follow_up(), calm, drill=drill)
    assert [row.t for row in rows(timeline, "terminated")] == [70_000]
    assert [(row.t / 1000, row.task) for row in filed(timeline, "more")] == [
        (6.0, "report.more#1"), (29.0, "report.more#2"), (52.0, "report.more#3"),
    ]  # fmt: skip


def test_without_an_end_follow_ups_go_on_to_the_horizon() -> None:
    timeline = reported(follow_up(), drill={"horizon": "100 min"})
    assert [row.t / 1000 for row in filed(timeline, "more")] == [6.0, 29.0, 52.0, 75.0, 98.0]


def test_each_interval_is_a_draw_of_its_own() -> None:
    reports = follow_up()
    reports["more"]["every"] = "uniform(10, 30) min"
    draws = Chosen({f"report.more/{n}/every": u for n, u in ((1, 0.0), (2, 1.0), (3, 0.5))})
    timeline = reported(reports, draws=draws, drill={"horizon": "90 min"})
    assert [row.t / 1000 for row in filed(timeline, "more")] == [6.0, 19.0, 52.0, 75.0]


def test_a_follow_up_is_due_even_if_no_response_is_ever_started() -> None:
    """The desk itself knows that its report was sent."""
    timeline = reported(follow_up(), local={"command__activate_when": "calm"}, drill={"horizon": "40 min"})
    assert not rows(timeline, "activated")
    assert [row.t / 1000 for row in filed(timeline, "more")] == [6.0, 29.0]


def test_after_the_hand_over_the_city_reports() -> None:
    """Three dead are known at T+4, the response starts at T+24 and is handed over at T+34: nothing follows."""
    timeline = reported(follow_up(), {"I1": told(dead=3)}, handover=CITY, drill=CITY_THERE)
    assert [row.t for row in rows(timeline, "handed_over")] == [34_000]
    assert [row.t / 1000 for row in filed(timeline, "more")] == [6.0, 29.0]


CITY = {"when": "graded(larger)", "to": "市指挥部", "approver": COMMANDER, "decide": timed("1 min"),
        "travel": timed("1 min"), "exchange": timed("1 min"), "src": "t"}  # fmt: skip
CITY_THERE = {"guests": {"市指挥部": {"en": "City"}}}


def test_after_the_hand_over_the_final_report_is_the_citys() -> None:
    """Rule 28: handed over at T+34, over at T+70: the city commanded, and reports the end."""
    calm = {"I2": inject([HQ], at="T+60", makes={"set": {"calm": True}}, tells={"calm": True})}
    timeline = reported({"final": report("terminated", hands=False)}, {"I1": told(dead=3), **calm}, handover=CITY,
                        drill={**CITY_THERE, "end": {"when": "calm"}})  # fmt: skip
    assert [row.t for row in rows(timeline, "handed_over", "terminated")] == [34_000, 70_000]
    assert not filed(timeline)


def test_after_the_hand_over_corrections_are_the_citys() -> None:
    """Rule 28: three dead are known at T+4 and reported; the fourth is approved at T+65, after the receipt of T+34."""
    reports = {"first": report(hands=False, draft="5 min"), "fix": report("correction", hands=False)}
    more = {"I2": inject([HQ], at="T+60", makes={"set": {"dead": 4}}, tells={"dead": 4})}
    timeline = reported(
        reports, {"I1": told(dead=3), **more}, handover=CITY, drill=CITY_THERE, ledger=ledger()
    )
    assert [row.t for row in rows(timeline, "handed_over")] == [34_000]
    assert [row.t for row in rows(timeline, "figure_approved")] == [9000, 65_000]
    assert not filed(timeline, "fix")
    assert not [gap for gap in evaluate(timeline).gaps if gap.code == "G321"], "nor does the district owe one"


def test_after_the_end_figures_are_still_corrected() -> None:
    """Order 493, article 13: the end of the response does not end it. Over at T+70, a second death is heard at T+90."""
    reports = {"first": report(hands=False, draft="5 min"), "fix": report("correction", hands=False)}
    more = {
        "I2": inject([HQ], at="T+60", makes={"set": {"calm": True}}, tells={"calm": True}),
        "I3": inject([HQ], at="T+90", makes={"set": {"dead": 2}}, tells={"dead": 2}),
    }
    timeline = reported(
        reports, {"I1": told(dead=1), **more}, ledger=ledger(), drill={"end": {"when": "calm"}}
    )
    assert [row.t for row in rows(timeline, "terminated")] == [70_000]
    assert [(row.t, row.detail["figures"]) for row in filed(timeline, "fix")] == [(98_000, {"dead": 2})]


def test_the_final_report_follows_the_end() -> None:
    """Over at T+70, two minutes to draft and three to send."""
    drill = {"end": {"when": "calm"}}
    calm = {"I2": inject([HQ], at="T+60", makes={"set": {"calm": True}}, tells={"calm": True})}
    timeline = reported({"final": report("terminated", draft="2 min", hands=False)}, calm, drill=drill)
    assert stages(timeline, "report.final#1") == [
        (70.0, "triggered"), (70.0, "started"), (75.0, "finished"), (75.0, "report_filed"),
    ]  # fmt: skip
    assert rows(timeline, "triggered", task="report.final#1")[0].cause == rows(timeline, "terminated")[0].seq


def test_a_report_under_way_at_the_horizon_is_closed_with_what_it_waits_for() -> None:
    timeline = reported({"full": report(**WRITTEN)}, drill={"horizon": "12 min"})
    assert [(row.task, row.waits_for) for row in rows(timeline, "open_at_close") if "full" in row.task] == [
        ("report.full#1", "approval"), ("sign.report.full#1", "approval"),
    ]  # fmt: skip


# --- corrections: the figures themselves are in test_ledger


def test_a_correction_is_begun_when_the_approved_figures_are_not_those_reported_last() -> None:
    """Reported at T+8 as one dead (believed); the ledger approves one at T+9, hears of two at T+44 and approves two at
    T+49: then, and only then, the figures are corrected."""
    reports = {"first": report(hands=False, draft="5 min"), "fix": report("correction", hands=False)}
    more = {"I2": inject([HQ], at="T+44", makes={"set": {"dead": 2}}, tells={"dead": 2})}
    timeline = reported(reports, {"I1": told(dead=1), **more}, ledger=ledger())
    assert [(row.t / 1000, row.detail["figures"]) for row in rows(timeline, "figure_approved")] == [
        (9.0, {"dead": 1}), (49.0, {"dead": 2}),
    ]  # fmt: skip
    assert [(row.t / 1000, row.task, row.detail["figures"]) for row in filed(timeline, "fix")] == [
        (52.0, "report.fix#1", {"dead": 2}),
    ]  # fmt: skip


def test_one_correction_at_a_time_and_again_if_the_figures_moved_on() -> None:
    """The letter that corrects two dead is written from T+49 and leaves at T+69; three, approved at T+59, follow."""
    reports = {
        "first": report(hands=False, draft="5 min"),
        "fix": report("correction", mode="written", draft="8 min", send="12 min", hands=False),
    }
    more = {
        f"I{n}": inject([HQ], at=at, makes={"set": {"dead": n}}, tells={"dead": n})
        for n, at in ((2, "T+44"), (3, "T+54"))
    }
    timeline = reported(reports, {"I1": told(dead=1), **more}, ledger=ledger())
    assert [(row.t / 1000, row.detail["figures"]) for row in filed(timeline, "fix")] == [
        (69.0, {"dead": 2}), (89.0, {"dead": 3}),
    ]  # fmt: skip


def test_an_old_letter_does_not_undo_a_newer_call() -> None:
    """A letter drafted by T+10 with one dead leaves at T+100; the correction of T+52 told two: nothing to correct."""
    reports = {
        "letter": report(mode="written", draft="10 min", send="90 min", hands=False),
        "fix": report("correction", hands=False),
    }
    more = {"I2": inject([HQ], at="T+44", makes={"set": {"dead": 2}}, tells={"dead": 2})}
    timeline = reported(reports, {"I1": told(dead=1), **more}, ledger=ledger())
    assert [row.t / 1000 for row in filed(timeline)] == [52.0, 100.0]


SECOND = {"I2": inject([HQ], at="T+44", makes={"set": {"dead": 2}}, tells={"dead": 2})}
"""The second death is heard at T+44 and approved at T+49."""


def forestalled(to: list[str] | None = None, more: dict[str, Any] | None = None, **fix: Any) -> Timeline:
    """A follow-up, filed at T+52, tells of the second death before its correction, begun at T+49, is done."""
    reports = {**follow_up(**({"to": to} if to else {})), "fix": report("correction", **fix)}
    local = {**ONE_HAND, "desk__receive": timed("1 min")}
    return reported(reports, {"I1": told(dead=1), **SECOND, **(more or {})}, ledger=ledger(), local=local)


@pytest.mark.parametrize(
    "fix",
    [
        pytest.param({"hands": False, "send": "12 min"}, id="in the call"),
        pytest.param({"hands": False, **WRITTEN}, id="in its draft"),
        pytest.param({"hands": False, **WRITTEN, "draft": "1 min"}, id="under signature"),
        pytest.param({"send": "12 min"}, id="with a hand of the desk"),
    ],
)
def test_a_correction_that_a_follow_up_has_told_is_dropped(fix: dict[str, Any]) -> None:
    """Rule 8: its receivers are not told the same figures twice within minutes."""
    timeline = forestalled(**fix)
    (told_by,) = [row for row in filed(timeline, "more") if row.t == 52_000]
    assert told_by.detail["figures"] == {"dead": 2}
    (dropped,) = rows(timeline, "stood_down", task="report.fix#1")
    assert (dropped.t, dropped.cause) == (52_000, told_by.seq)
    assert not filed(timeline, "fix")
    assert not [row for row in rows(timeline, "open_at_close") if "report.fix" in row.task]


def test_a_correction_that_is_dropped_gives_its_hand_back() -> None:
    """The one hand is on the phone with the correction from T+49; the ring of T+50 is picked up at T+52."""
    timeline = forestalled(more={"I3": inject([DESK], at="T+50")}, send="12 min")
    assert [row.t for row in rows(timeline, "started", task="desk.receive#2")] == [52_000]


def test_a_correction_that_is_dropped_in_the_queue_takes_no_hand() -> None:
    """The one hand is busy with a ring from T+45 to T+65; afterwards the next ring finds it free."""
    more = {"I3": inject([DESK], at="T+45"), "I4": inject([DESK], at="T+65")}
    reports = {**follow_up(), "fix": report("correction", send="30 min")}
    local = {**ONE_HAND, "desk__receive": timed("20 min")}
    injects = {"I1": told(dead=1), **more, "I2": {**SECOND["I2"], "at": "T+46"}}
    timeline = reported({**reports, "more": {**reports["more"], "every": "43 min"}}, injects, ledger=ledger("1 min"),
                        local=local)  # fmt: skip
    begun = {row.task: row.t for row in rows(timeline, "started")}
    (dropped,) = rows(timeline, "stood_down", task="report.fix#1")
    assert rows(timeline, "waiting", task="report.fix#1", waits_for="operator")
    assert (begun["desk.receive#2"], begun["desk.receive#3"]) == (45_000, 65_000)
    assert 47_000 < dropped.t < 65_000
    assert "report.fix#1" not in begun


def test_a_follow_up_to_others_drops_nothing() -> None:
    """Who was not told by it is owed the correction."""
    timeline = forestalled(to=["别处"], hands=False, send="12 min")
    assert [row.t for row in filed(timeline, "fix")] == [61_000]


def test_figures_that_move_on_after_a_dropped_correction_are_corrected() -> None:
    third = {"I3": inject([HQ], at="T+53", makes={"set": {"dead": 3}}, tells={"dead": 3})}
    timeline = forestalled(more=third, hands=False, send="12 min")
    assert [(row.t, row.task, row.detail["figures"]) for row in filed(timeline, "fix")] == [
        (70_000, "report.fix#2", {"dead": 3})
    ]


# --- what must not delay the start of a response


def one_hand(reports: dict[str, Any], **local: Any) -> Timeline:
    """One hand: the leader is phoned until T+9, what was told as two dead verified as one until T+17, and assessed with
    no hand until T+22; then the approval call is made. The figure of T+17 is approved at T+18, with the hand free."""
    first = {"I1": inject([DESK], makes={"set": {"dead": 1}}, tells={"dead": 2})}
    return reported(reports, first, ledger=ledger("1 min"), local={**ONE_HAND, **local})


@pytest.mark.parametrize("priority", [0, 3])
@pytest.mark.parametrize("name", ["fix", "more"])
def test_corrections_and_follow_ups_do_not_delay_the_start_of_a_response(name: str, priority: int) -> None:
    """Rule 3: whatever their priority says, they take no hand while the start of a response is on its way."""
    reports = {
        "fix": report("correction", send="20 min", priority=priority),
        "more": report("knowledge", when="dead == 1", every="60 min", send="20 min", priority=priority),
    }
    timeline, plain = one_hand({name: reports[name]}), one_hand({})
    (activated,) = rows(timeline, "activated")
    assert activated.t == rows(plain, "activated")[0].t == 29_000
    (waiting,) = rows(timeline, "waiting", task=f"report.{name}#1", waits_for="activation")
    started = rows(timeline, "started", task=f"report.{name}#1")[0]
    assert waiting.t < 22_000 < activated.t <= started.t


def test_a_report_at_reception_does_not_wait_though_it_is_made_again() -> None:
    """Rule 13: the first at once; the second, due at T+14, waits for the start of T+24 if there is a hand or not."""
    timeline = reported({"again": report(priority=0, every="8 min")})
    assert [row.t for row in rows(timeline, "started", task="report.again#1")] == [3000]
    (waiting,) = rows(timeline, "waiting", task="report.again#2", waits_for="activation")
    assert waiting.t == 14_000
    assert rows(timeline, "started", task="report.again#2")[0].t >= 24_000


def test_a_correction_goes_out_once_it_is_clear_that_no_response_is_started() -> None:
    timeline = one_hand({"fix": report("correction")}, command__activate_when="calm")
    assert not rows(timeline, "activated")
    assert [row.t for row in rows(timeline, "started", task="report.fix#1")] == [22_000]


def test_a_correction_that_waits_for_the_start_at_the_horizon_says_so() -> None:
    timeline = reported(
        {"fix": report("correction")}, {"I1": inject([DESK], makes={"set": {"dead": 1}}, tells={"dead": 2})},
        ledger=ledger("1 min"), local=ONE_HAND, drill={"horizon": "20 min"},
    )  # fmt: skip
    assert [row.waits_for for row in rows(timeline, "open_at_close", task="report.fix#1")] == ["activation"]


# --- the first report up: an office's habit of waiting


def held(habit: str, **local: Any) -> Timeline:
    return reported({}, first_report=habit, local=local)


def test_the_first_report_waits_for_nothing_by_default() -> None:
    """Rule 13."""
    timeline = held("reception")
    assert stages(timeline, "desk.report_up#1") == [(0.0, "triggered"), (0.0, "started"), (3.0, "finished")]
    assert not [gap for gap in evaluate(timeline).gaps if gap.code == "G313"]


@pytest.mark.parametrize(
    ("habit", "wait", "until", "words"),
    [
        ("verified", "verification", 12.0, "等核实12.0分钟"),
        ("approved", "activation", 24.0, "等启动响应24.0分钟"),
    ],
)
def test_a_first_report_that_waits_is_played_and_its_price_is_a_gap(
    habit: str, wait: str, until: float, words: str
) -> None:
    """Rule 13: the clock runs from reception all the same; the wait has a name, and how long it was is a major gap."""
    timeline = held(habit)
    assert stages(timeline, "desk.report_up#1") == [
        (0.0, "triggered"), (0.0, "waiting"), (until, "started"), (until + 3, "finished"),
    ]  # fmt: skip
    assert [row.waits_for for row in rows(timeline, "waiting", task="desk.report_up#1")] == [wait]
    (gap,) = [gap for gap in evaluate(timeline).gaps if gap.code == "G313"]
    assert (gap.severity, gap.actual) == ("major", until)
    assert words in gap.statement()
    assert f"waiting for {wait};" in gap.statement("en")


def test_a_first_report_held_by_a_response_that_never_starts_is_never_made() -> None:
    timeline = held("approved", command__activate_when="calm")
    assert log(timeline, "open_at_close", task="desk.report_up#1") == [
        (240.0, "open_at_close", "desk.report_up#1")
    ]
    assert [row.waits_for for row in rows(timeline, "open_at_close")] == ["activation"]
    (gap,) = [gap for gap in evaluate(timeline).gaps if gap.code == "G313"]
    assert gap.actual == 240.0


def test_other_reports_at_reception_do_not_share_the_habit() -> None:
    timeline = reported({"two": report(priority=0, hands=False)}, first_report="approved")
    assert filed(timeline)[0].t == 3000


def test_with_no_time_between_them_the_first_report_is_let_go_all_the_same() -> None:
    """Verified in the very instant of the reception."""
    given = scenario({"I1": RING}, horizon="5 min")
    timeline = play(office(given, arranged(first_report="verified"), **at_once()))
    assert log(timeline, "finished", task="desk.report_up#1") == [(0.0, "finished", "desk.report_up#1")]


# --- third parties who know first


def by(reporter: str | None, **given: Any) -> dict[str, Any]:
    return inject([DESK], **({"reporter": reporter} if reporter else {}), **given)


@pytest.mark.parametrize(("reporter", "begun"), [("third-party", 0.0), ("enterprise", 4.0), (None, 4.0)])
def test_what_a_third_party_reports_is_verified_from_reception_on(reporter: str | None, begun: float) -> None:
    """Order 21, article 12: not only after the record is made; with hands enough side by side with it."""
    hands = {"desk__operators": {"duty": 3, "off-duty": 1, "src": "t"}}
    timeline = reported({}, {"I1": by(reporter)}, local=hands)
    assert log(timeline, "triggered", "started", task="desk.verify#1") == [
        (begun, "triggered", "desk.verify#1"), (begun, "started", "desk.verify#1"),
    ]  # fmt: skip
    (pick_up,) = rows(timeline, "started", task="desk.receive#1")
    assert pick_up.detail.get("reporter") == reporter


def test_a_third_partys_call_is_verified_once() -> None:
    """And the enterprise's own call later is another ring, received and not verified again."""
    timeline = reported({}, {"I1": by("third-party"), "I2": by("enterprise", at="T+20")})
    assert len(rows(timeline, "finished", task="desk.verify#1")) == 1
    assert not [row for row in timeline.rows if row.task == "desk.verify#2"]
    assert rows(timeline, "started", task="desk.receive#2")[0].detail["reporter"] == "enterprise"


def test_verification_from_reception_still_asks_for_a_hand_after_the_report_and_the_leader() -> None:
    """One hand: received until T+4, reported up until T+7, the leader phoned until T+9, verified from then on."""
    timeline = reported({}, {"I1": by("third-party")}, local=ONE_HAND)
    assert log(timeline, "started", task="desk.verify#1") == [(9.0, "started", "desk.verify#1")]


# --- an inject some drawn time after another


def test_an_inject_comes_a_drawn_time_after_an_event() -> None:
    """An enterprise that reports with a heavy right tail: median 25 minutes after T+5, played as expected."""
    later = by("enterprise", after={"event": "I1", "delay": "lognormal(25, 0.6) min"})
    plan = office(scenario({"I1": inject([], at="T+5"), "I2": later}), arranged())
    expected = play(plan, expected=True)
    assert log(expected, "inject_given") == [(5.0, "inject_given", "I1"), (30.0, "inject_given", "I2")]
    (row,) = rows(expected, "inject_given", inject="I2")
    assert (row.cause, row.detail["after"]) == (rows(expected, "inject_given", inject="I1")[0].seq, "I1")
    times = sorted(rows(play(plan, seed), "inject_given", inject="I2")[0].t - 5000 for seed in range(60))
    assert times[5] < 15_000 < 25_000 < 40_000 < times[-5], (
        "its delay is drawn, with a long tail to the right"
    )


def test_its_delay_is_drawn_from_a_stream_of_its_own() -> None:
    later = inject([], after={"event": "activated", "delay": "uniform(10, 30) min"})
    timeline = reported({}, {"I2": later}, draws=Chosen({"I2/delay": 0.25}))
    assert [row.t / 1000 for row in rows(timeline, "inject_given", inject="I2")] == [24 + 15]


def test_it_is_given_once_and_skipped_with_its_reason_beyond_the_horizon() -> None:
    """Twice started, one event: the first counts; what is due after the horizon, or never, is said so."""
    injects = {
        "I2": inject([], after={"event": "I1", "delay": "uniform(20, 40) min"}),
        "I3": inject([], after={"event": "terminated", "delay": "uniform(20, 40) min"}),
    }
    timeline = reported({}, injects, draws=Chosen({}), drill={"horizon": "29 min"})
    assert [(row.inject, dict(row.detail)) for row in rows(timeline, "inject_skipped")] == [
        ("I2", {"after": "I1", "due": 30.0}), ("I3", {"after": "terminated"}),
    ]  # fmt: skip
    ring = inject([DESK], at="T+0", arrivals={"every": "5 min", "until": "T+20"})
    again = reported({}, {"I1": ring, "I2": injects["I2"]}, draws=Chosen({}))
    assert [row.t / 1000 for row in rows(again, "inject_given", inject="I2")] == [30.0]


def test_an_inject_after_a_stage_of_a_duty_comes_after_its_first_time() -> None:
    needs = {"rescue": need("fire")}
    units = {"消防": unit(1, {"fire.rescue": duty("rescue", sees=[])}, work={"fire.rescue": work("5 min")})}
    later = inject([], after={"event": "fire.rescue.started", "delay": "uniform(1, 3) min"})
    given = scenario({"I1": inject([DESK], tells={"fire": True}), "I2": later}, facts={"fire": True})
    timeline = play(office(given, arranged(), units, needs, **at_once()), draws=Chosen({}))
    assert log(timeline, "started", task="fire.rescue#1") == [(0.0, "started", "fire.rescue#1")]
    assert [row.t / 1000 for row in rows(timeline, "inject_given", inject="I2")] == [2.0]
