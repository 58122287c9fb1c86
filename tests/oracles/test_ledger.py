"""The casualty ledger: one set of figures, checked, quoted by everybody (rule 8 of SEMANTICS).

A ring at T+0 is recorded at T+4; from T+24 on, when the response starts, calls to headquarters are heard at once. A
check takes five minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from build import (
    DESK,
    HQ,
    OFFICE,
    at_once,
    duty,
    inject,
    log,
    need,
    network,
    play,
    rows,
    scenario,
    timed,
    unit,
    work,
)
from office import LINES, ROSTER, arranged, ledger, office, report

from sim.record.timeline import Timeline
from sim.review import Gap, evaluate


def call(at: str, to: str = HQ, true: dict[str, Any] | None = None, **facts: Any) -> dict[str, Any]:
    """A call that tells of casualties, true unless said otherwise."""
    return inject([to], at=at, makes={"set": facts if true is None else true}, tells=facts)


def kept(injects: dict[str, Any], reports: dict[str, Any] | None = None, **given: Any) -> Timeline:
    """An office with a ledger; the first ring tells of one dead unless `injects` say otherwise."""
    arrangements = arranged(reports, **{"ledger": ledger(), **given.pop("arrangements", {})})
    first = {"I1": call("T+0", DESK, dead=1)}
    return play(office(scenario({**first, **injects}, **given.pop("drill", {})), arrangements, **given))


def approved(timeline: Timeline) -> list[tuple[float, dict[str, int]]]:
    return [(row.t / 1000, row.detail["figures"]) for row in rows(timeline, "figure_approved")]


def gaps(timeline: Timeline, code: str = "G321") -> list[Gap]:
    return [gap for gap in evaluate(timeline).gaps if gap.code == code]


# --- checking


def test_what_the_office_learns_of_a_line_is_checked_and_then_approved() -> None:
    """Recorded at T+4, approved at T+9; the keeper holds no hand of the desk."""
    timeline = kept({})
    assert log(timeline, task="ledger.check#1") == [
        (4.0, "triggered", "ledger.check#1"), (4.0, "started", "ledger.check#1"), (9.0, "finished", "ledger.check#1"),
    ]  # fmt: skip
    (row,) = rows(timeline, "figure_approved")
    assert (row.t, row.unit, row.detail["figures"]) == (9000, OFFICE, {"dead": 1})
    assert row.cause == rows(timeline, "finished", task="ledger.check#1")[0].seq


def test_what_is_no_line_of_the_ledger_is_not_checked() -> None:
    """Nor is the progress of the rescue: who was rescued or found is no casualty."""
    assert approved(kept({"I1": call("T+0", DESK, injured=4, rescued=1, located=2, fire=True)})) == []


def test_without_a_ledger_nothing_is_approved() -> None:
    timeline = play(office(scenario({"I1": call("T+0", DESK, dead=1)}), arranged()))
    assert not rows(timeline, "figure_approved")


def test_what_is_learnt_again_is_not_checked_again() -> None:
    assert approved(kept({"I2": call("T+60", dead=1)})) == [(9.0, {"dead": 1})]


def test_one_check_at_a_time_and_what_changes_meanwhile_is_checked_next() -> None:
    """Two dead are heard at T+60 and their check runs to T+65; three trapped, heard at T+62, are approved at T+70."""
    timeline = kept({"I2": call("T+60", dead=2), "I3": call("T+62", trapped=3)})
    assert approved(timeline) == [
        (9.0, {"dead": 1}), (65.0, {"dead": 2}), (70.0, {"dead": 2, "trapped": 3}),
    ]  # fmt: skip
    assert [row.t / 1000 for row in rows(timeline, "triggered") if "ledger" in row.task] == [4.0, 60.0, 65.0]


def test_a_line_that_changes_while_it_is_checked_keeps_its_figure_until_it_is_checked() -> None:
    """Twelve dead is a rumour of T+60, taken back at T+62: neither is approved at T+65, and two, checked, at T+70."""
    rumour = {"I2": call("T+60", true={"dead": 2}, dead=12), "I3": call("T+62", dead=2)}
    assert approved(kept(rumour)) == [(9.0, {"dead": 1}), (70.0, {"dead": 2})]


def test_the_lines_are_those_of_the_rule() -> None:
    assert tuple(ROSTER.law.casualties) == LINES


def test_a_figure_that_is_taken_back_wholly_is_approved_as_none_and_corrected() -> None:
    """Nobody was trapped after all: verified at T+12, approved at T+17, corrected at T+20."""
    timeline = kept({"I1": call("T+0", DESK, true={}, trapped=2)}, FIX)
    assert approved(timeline) == [(9.0, {"trapped": 2}), (17.0, {"trapped": 0})]
    assert [(row.t / 1000, row.detail["figures"]) for row in rows(timeline, "report_filed")] == [
        (20.0, {"trapped": 0})
    ]


def test_what_was_told_and_taken_back_before_its_check_is_over_is_checked_and_corrected() -> None:
    """Two trapped are told up at T+3 and believed from T+4; taken back at T+8 while they are checked: checked again
    until T+14, approved as none, corrected."""
    taken_back = {
        "I1": call("T+0", DESK, true={}, trapped=2),
        "I2": call("T+4", DESK, true={}, trapped=0),
    }
    timeline = kept(taken_back, FIX)
    assert approved(timeline) == [(14.0, {"trapped": 0})]
    assert [row.t / 1000 for row in rows(timeline, "report_filed")] == [17.0]


def test_each_check_takes_a_drawn_time_of_its_own() -> None:
    arrangements = {"ledger": ledger("uniform(2, 8) min")}
    timeline = kept({"I2": call("T+60", dead=2)}, arrangements=arrangements)
    again = kept({"I2": call("T+90", dead=2)}, arrangements=arrangements)
    first, second = (figures[0] for figures in approved(timeline))
    assert first - 4 != second - 60, "two checks, two draws"
    assert [figures[0] for figures in approved(again)] == [first, pytest.approx(second + 30)], (
        "named by their number"
    )


def test_a_network_keeps_no_ledger() -> None:
    plan = network({"hurt": {"kind": "count", "label": {"zh": "伤", "en": "hurt"}}}, {"n": need("hurt > 0")}, {},
                   injects={"I1": inject([], makes={"set": {"hurt": 2}})},
                   law={"casualties": ["hurt"]}, arrangements=arranged(ledger=ledger()))  # fmt: skip
    assert not rows(play(plan), "figure_approved")


# --- whose word it is


def test_each_figure_names_who_said_it() -> None:
    """One dead is the enterprise's word until the desk verifies it at T+12, three trapped the hospital's, the wounded
    a unit's."""
    needs = {"care": need("fire")}
    medics = {
        "卫健": unit(
            1, {"health.treat": duty("care", sees=["lightly_injured"])}, work={"health.treat": work("5 min")}
        )
    }
    injects = {
        "I2": {**call("T+60", trapped=3), "from": "医院"},
        "I3": inject(
            [HQ], at="T+90", makes={"set": {"fire": True, "lightly_injured": 4}}, tells={"fire": True}
        ),
    }
    timeline = kept(injects, units=medics, needs=needs)
    first, second, last = rows(timeline, "figure_approved")
    assert first.detail["sources"] == {"dead": "企业"}
    assert second.detail["sources"] == {"dead": DESK, "trapped": "医院"}
    assert last.detail["sources"] == {"dead": DESK, "lightly_injured": "卫健", "trapped": "医院"}


def test_what_the_desk_has_verified_is_the_desks_word() -> None:
    """Told two, verified as one at T+12: the line is approved at T+17 on the desk's own word."""
    timeline = kept({"I1": call("T+0", DESK, true={"dead": 1}, dead=2)})
    assert approved(timeline) == [(9.0, {"dead": 2}), (17.0, {"dead": 1})]
    assert rows(timeline, "figure_approved")[-1].detail["sources"] == {"dead": DESK}


def test_what_headquarters_took_over_from_the_desk_keeps_its_source() -> None:
    """The response starts at T+24; a line that changes afterwards does not make the desk's figures nobody's."""
    timeline = kept(
        {"I2": call("T+20", DESK, dead=2)}, desk__verify=timed("100 min"), desk__phone_leader=timed("1 min")
    )
    assert rows(timeline, "figure_approved")[-1].detail["sources"] == {"dead": "企业"}


# --- who quotes it


def test_reports_quote_the_approved_figures_and_mark_those_that_nobody_has_checked() -> None:
    """Filed at T+6, before the check of T+9: believed, and marked; at T+12 approved; at T+62, while the new figure is
    being checked, still the approved one."""
    reports = {
        f"r{minute}": report(hands=False, draft=f"{minute - 3} min") for minute in (6, 12, 62)
    }  # fmt: skip
    timeline = kept({"I2": call("T+60", dead=2)}, reports)
    filed = rows(timeline, "report_filed")
    assert [(row.t / 1000, row.detail["figures"], row.detail.get("unchecked")) for row in filed] == [
        (6.0, {"dead": 1}, ["dead"]), (12.0, {"dead": 1}, None), (62.0, {"dead": 1}, None),
    ]  # fmt: skip


def test_a_line_that_nobody_has_approved_is_told_and_marked() -> None:
    """One dead is approved; three trapped, heard at T+60, are told at T+62 all the same, while they are checked. They
    call for no correction: not before they are approved, nor then, for they were told as they are."""
    reports = {"r": report(hands=False, draft="59 min"), **FIX}
    timeline = kept({"I2": call("T+60", trapped=3)}, reports)
    assert [
        (row.t / 1000, row.detail["report"], row.detail["figures"], row.detail["unchecked"])
        for row in rows(timeline, "report_filed")
    ] == [(62.0, "r", {"dead": 1, "trapped": 3}, ["trapped"])]
    assert approved(timeline)[-1] == (65.0, {"dead": 1, "trapped": 3})
    assert gaps(timeline) == []


def test_without_a_ledger_what_is_believed_is_told_and_marked() -> None:
    given = scenario({"I1": call("T+0", DESK, dead=1)})
    timeline = play(office(given, arranged({"r": report(hands=False, draft="20 min")})))
    (row,) = rows(timeline, "report_filed")
    assert (row.detail["figures"], row.detail["unchecked"]) == ({"dead": 1}, ["dead"])


# --- the review


FIX = {"fix": report("correction", hands=False)}


def test_a_ledger_that_is_right_and_reported_is_no_gap() -> None:
    timeline = kept({"I2": call("T+60", dead=2)}, FIX)
    assert [(row.t / 1000, row.detail["figures"]) for row in rows(timeline, "report_filed")] == [
        (68.0, {"dead": 2})
    ]
    assert gaps(timeline) == []


def test_figures_that_are_not_the_truth_at_the_close_are_a_gap() -> None:
    """A third died at T+100 and nobody told."""
    timeline = kept(
        {"I2": call("T+60", dead=2), "I3": inject([], at="T+100", makes={"set": {"dead": 3}})}, FIX
    )
    (gap,) = gaps(timeline)
    assert (gap.variant, gap.severity) == ("wrong", "major")
    assert "死亡2（真实3）" in gap.statement()
    assert "Dead 2 (in truth 3)" in gap.statement("en")


def test_a_change_that_nobody_had_time_to_report_is_no_gap() -> None:
    """Fifteen minutes before the close is time enough (our own mark), one thousandth less is not."""

    def died(at: str) -> list[Gap]:
        return gaps(kept({"I3": inject([], at=at, makes={"set": {"dead": 3}})}, FIX))

    assert not died("T+225")
    assert died("T+224.999")


def test_nothing_approved_at_all_is_a_gap() -> None:
    timeline = kept({"I1": inject([DESK], makes={"set": {"dead": 1}})}, FIX, desk__verify=timed("3 min"))
    (gap,) = gaps(timeline)
    assert gap.variant == "none"
    assert OFFICE in gap.statement()


def test_figures_that_go_uncorrected_are_a_gap() -> None:
    """Approved as two at T+65, reported last as one: no correction is arranged."""
    timeline = kept({"I2": call("T+60", dead=2)}, {"r": report(hands=False, draft="20 min")})
    (gap,) = gaps(timeline)
    assert gap.variant == "unreported"
    assert "死亡1（报送口径2）" in gap.statement()


def test_a_line_that_grades_nothing_is_a_minor_gap() -> None:
    timeline = kept({"I2": call("T+60", lightly_injured=2)})
    (gap,) = gaps(timeline)
    assert (gap.variant, gap.severity) == ("unreported", "minor")


def unlike(second: str, *, keeper: bool, high: int = 12, low: int = 5) -> list[Gap]:
    """The enterprise says twelve at T+60, somebody else another number at T+80."""
    injects = {
        "I1": call("T+0", DESK, dead=1),
        "I2": call("T+60", true={}, dead=high),
        "I3": {**call("T+80", true={}, dead=low), "from": second},
    }
    timeline = play(office(scenario(injects), arranged(ledger=ledger()) if keeper else arranged()))
    return [gap for gap in gaps(timeline) if gap.variant == "unchecked"]


def test_two_sources_that_differ_and_no_check_are_a_gap() -> None:
    """Of a count that never falls, one was wrong."""
    (gap,) = unlike("医院", keeper=False)
    assert gap.severity == "major"
    assert gap.statement() == "关于“死亡”，企业说12，医院T+80说5，其后可能无人核对。"


@pytest.mark.parametrize(
    ("second", "keeper", "low"),
    [
        pytest.param("医院", True, 5, id="the keeper checked it"),
        pytest.param("企业", False, 5, id="one source that corrects itself"),
        pytest.param("医院", False, 12, id="both say the same"),
        pytest.param("医院", False, 13, id="it may have grown"),
    ],
)
def test_two_sources_that_agree_or_were_checked_are_none(second: str, keeper: bool, low: int) -> None:
    assert unlike(second, keeper=keeper, low=low) == []


def test_the_desks_verification_is_a_check() -> None:
    """Told twelve, verified as one: the figure was put right."""
    given = scenario({"I1": call("T+0", DESK, true={"dead": 1}, dead=12)})
    assert gaps(play(office(given, arranged()))) == []


def test_figures_of_a_ledger_that_holds_no_casualties_are_never_judged() -> None:
    law = {"casualties": []}
    timeline = play(office(scenario({"I1": call("T+0", DESK, dead=1)}), arranged(ledger=ledger()), law=law))
    assert not gaps(timeline)
    assert not rows(timeline, "figure_approved")


def test_at_once_everything_is_settled_in_one_instant() -> None:
    """No time passes anywhere, and the order of what happens in the instant is still one."""
    plan = office(
        scenario({"I1": call("T+0", DESK, dead=1)}), arranged(FIX, ledger=ledger("0 min")), **at_once()
    )
    timeline = play(plan)
    assert approved(timeline)[0] == (0.0, {"dead": 1})
