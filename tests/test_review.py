"""The review of one play: stories on small drills made by hand, then on the shipped scenarios."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from drills import actor, condition, duty, inject, need, norm, plan, task, timeline

import sim
from sim.plan import compiled as c
from sim.plan.durations import MINUTE
from sim.record.timeline import Timeline
from sim.review import Gap, evaluate, gaps_csv
from sim.words.gaps import ADVICE, STATEMENTS, TITLES, WHY

FIRE = "区消防救援大队"
POLICE = "区公安局"
HQ = "区指挥部"
DESK = "应急值守专班"


def true(t: float, fact: str, value: Any) -> tuple[float, str, dict[str, Any]]:
    return t, "fact_changed", {"detail": {"fact": fact, "value": value}}


def learnt(t: float, unit: str = HQ, **facts: Any) -> tuple[float, str, dict[str, Any]]:
    return t, "learnt", {"unit": unit, "detail": {"facts": facts, "observed_at": t}}


def activated(t: float) -> tuple[float, str, dict[str, Any]]:
    return t, "activated", {"unit": HQ}


def raised(t: float, name: str = "rescue") -> tuple[float, str, dict[str, Any]]:
    return t, "need_raised", {"need": name, "detail": {"occurrence": 1}}


def gaps(drill: Timeline, code: str) -> list[Gap]:
    return [gap for gap in evaluate(drill).gaps if gap.code == code]


def rescue(*, at: float = 10, road: float = 20, within: float | None = 15, **changes: Any) -> Timeline:
    """One task of the fire brigade: ordered at `at`, on the road for `road` minutes."""
    of = plan(
        duties=(duty("fire.rescue", FIRE),), norms=(norm("N1", 0, "ordered", "arrived", within, **changes),)
    )
    steps = [(at - 2, "triggered"), (at, "ordered"), (at + 1, "acknowledged"), (at + 1, "waiting:muster"),
             (at + 3, "departed"), (at + 3 + road, "arrived"), (at + 3 + road, "started"),
             (at + 40, "finished")]  # fmt: skip
    return timeline(of, task(FIRE, "fire.rescue#1", *steps))


# --- limits


def test_a_stage_that_took_longer_than_its_norm_is_a_gap_with_its_figures() -> None:
    (gap,) = gaps(rescue(road=20), "G203")
    assert (gap.unit, gap.norm, gap.expected, gap.actual) == (FIRE, "N1", 15.0, 23.0)
    assert "23.0分钟" in gap.statement()
    assert "15.0分钟" in gap.statement()
    assert "建标152" in gap.statement()
    assert "转引" in gap.statement()


def test_the_cause_names_what_the_task_itself_spent_its_time_on_longest_first() -> None:
    (gap,) = gaps(rescue(road=20), "G203")
    assert gap.cause() == "用时构成：路上20.0分钟、集结2.0分钟、接令确认1.0分钟。"


def test_a_stage_exactly_at_its_norm_is_in_time() -> None:
    assert gaps(rescue(road=12), "G203") == []


def test_a_norm_that_is_shown_only_is_never_judged() -> None:
    drill = rescue(road=20, judged=False)
    assert gaps(drill, "G203") == []
    assert [limit.verdict for limit in evaluate(drill).limits] == ["shown"]


def test_a_norm_without_minutes_is_not_evaluated() -> None:
    (limit,) = evaluate(rescue(within=None)).limits
    assert (limit.verdict, limit.reason) == ("not_evaluated", "no_minutes")


def test_a_clock_that_has_not_run_out_at_the_close_is_not_evaluated() -> None:
    of = plan(duties=(duty("fire.rescue", FIRE),), norms=(norm("N1", 0, "ordered", "arrived", 15),))
    begun = [(229.0, "triggered"), (230.0, "ordered"), (231.0, "acknowledged"), (232.0, "departed")]
    drill = timeline(of, task(FIRE, "fire.rescue#1", *begun, (240.0, "open_at_close")))
    (limit,) = evaluate(drill).limits
    assert (limit.verdict, limit.reason) == ("not_evaluated", "clock")
    earlier = [(t - 10, event) for t, event in begun]
    late = timeline(of, task(FIRE, "fire.rescue#1", *earlier, (240.0, "open_at_close")))
    (gap,) = gaps(late, "G203")
    assert gap.actual is None
    assert "仍未到场" in gap.statement()


def test_a_task_stood_down_within_its_limit_is_not_evaluated_and_after_it_is_late() -> None:
    of = plan(duties=(duty("fire.rescue", FIRE),), norms=(norm("N1", 0, "ordered", "arrived", 15),))

    def verdict(end: float) -> str:
        steps = [
            (9.0, "triggered"),
            (10.0, "ordered"),
            (11.0, "acknowledged"),
            (12.0, "departed"),
            (end, "stood_down"),
        ]
        return evaluate(timeline(of, task(FIRE, "fire.rescue#1", *steps))).limits[0].verdict

    assert verdict(20.0) == "not_evaluated"
    assert verdict(30.0) == "missed"


def test_an_alarm_duty_has_no_order_so_its_clock_starts_with_the_alarm() -> None:
    of = plan(
        duties=(duty("fire.rescue", FIRE, alarm=True),), norms=(norm("N1", 0, "ordered", "departed", 1),)
    )
    steps = [(2.0, "triggered"), (2.0, "acknowledged"), (5.0, "departed"), (9.0, "arrived"), (9.0, "started")]
    (gap,) = gaps(timeline(of, task(FIRE, "fire.rescue#1", *steps, (20.0, "finished"))), "G202")
    assert gap.actual == 3.0


def test_later_stages_that_are_late_for_the_same_reason_are_one_gap() -> None:
    norms = (norm("N1", 0, "ordered", "arrived", 15), norm("N2", 0, "ordered", "started", 16))
    drill = rescue(road=20)
    both = Timeline(replace(drill.plan, norms=norms), drill.rows, {})
    late = [gap for gap in evaluate(both).gaps if gap.code.startswith("G20")]
    assert [len(gap.others) for gap in late] == [1]
    assert "同一原因另有1处" in late[0].statement()


def expecting(stage_at: float | None) -> Timeline:
    expected = c.Expected(ACTOR[FIRE], 0, "departed", "fire.rescue.departed", 5 * MINUTE, "本情景自定")
    human = c.Expected(ACTOR[POLICE], -1, "", "封控周边道路", 5 * MINUTE, "")
    of = plan(duties=(duty("fire.rescue", FIRE),), injects=(inject("I01", 10, expect=(expected, human)),))
    rows: list[Any] = [(10.0, "inject_given", {"inject": "I01"})]
    if stage_at is not None:
        steps = [(min(stage_at, 11.0), "triggered"), (stage_at, "departed"), (60.0, "finished")]
        rows += task(FIRE, "fire.rescue#1", *steps)
    return timeline(of, sorted(rows, key=lambda row: row[0]))


ACTOR = {name: place for place, name in enumerate((HQ, "区指挥部办公室", DESK, POLICE, FIRE))}


@pytest.mark.parametrize(
    ("stage_at", "verdict"), [(8.0, "met"), (15.0, "met"), (15.001, "missed"), (None, "missed")]
)
def test_an_expected_action_is_measured_from_its_inject(stage_at: float | None, verdict: str) -> None:
    assert evaluate(expecting(stage_at)).limits[0].verdict == verdict


def test_an_expected_action_in_words_is_left_to_a_person() -> None:
    limit = evaluate(expecting(12.0)).limits[1]
    assert (limit.verdict, limit.reason, limit.unit) == ("not_evaluated", "human", POLICE)


# --- the desk and command


def desk_drill(waited: float, within: float) -> Timeline:
    of = plan(norms=(norm("R", "desk.report_up", "triggered", "finished", within, status="found"),))
    receive = task(DESK, "desk.receive#1", (5.0, "triggered"), (5.0, "started"), (9.0, "finished"), need="")
    begin = 5.0 + waited
    waits = [(5.0, "waiting:operator")] if waited else []
    report = task(DESK, "desk.report_up#1", (5.0, "triggered"), *waits, (begin, "started"), (begin + 3, "finished"),
                  need="")  # fmt: skip
    return timeline(of, sorted([*receive, *report], key=lambda row: row[0]))


def test_a_first_report_that_waited_names_what_the_desk_was_busy_with() -> None:
    (gap,) = gaps(desk_drill(waited=4, within=120), "G302")
    assert gap.actual == 4.0
    assert gap.cause() == "当时值守人员正在办理：接报。"
    assert gaps(desk_drill(waited=0, within=120), "G302") == []


def test_a_late_first_report_up_has_a_code_of_its_own_and_is_major() -> None:
    (gap,) = gaps(desk_drill(waited=4, within=5), "G301")
    assert (gap.severity, gap.expected, gap.actual) == ("major", 5.0, 7.0)


def test_a_commander_out_of_reach_shows_the_tries_the_time_lost_and_the_clause() -> None:
    clause = c.Outside(
        "office.act", 1, {"zh": "代行", "en": "act"}, "指挥长不在时，代行指挥长职责", "response", "command"
    )
    who = {"detail": {"who": "区政府常务副区长"}, "unit": DESK, "task": "desk.activate#1"}
    calls = [(20.0, "triggered", {**who, "detail": {}}), (20.0, "call_begun", who), (21.0, "call_unanswered", who),
             (25.0, "call_begun", who), (26.0, "call_unanswered", who)]  # fmt: skip
    acting = (
        26.0,
        "substituted",
        {"unit": "区指挥部办公室", "detail": {"for": "区政府常务副区长", "tries": 2}},
    )
    (gap,) = gaps(timeline(plan(outside=(clause,)), [*calls, acting]), "G303")
    assert gap.actual == 6.0
    assert "呼叫2次未接通" in gap.statement()
    assert "区指挥部办公室代行" in gap.statement()
    assert gap.clause == "指挥长不在时，代行指挥长职责"
    assert "递补次序按本区安排" in gap.cause()


# --- sending


def needing(rows: list[Any], **changes: Any) -> Timeline:
    return timeline(plan(duties=(duty("fire.rescue", FIRE, **changes),)), rows)


def test_a_need_that_truly_held_while_nobody_was_sent_is_a_gap_and_says_who_did_not_know() -> None:
    (gap,) = gaps(needing([true(10, "trapped", 2), activated(30)]), "G101")
    assert (gap.unit, gap.duty, gap.need, gap.severity) == (FIRE, "fire.rescue", "rescue", "major")
    assert gap.cause() == "指挥部一直没有获知：被困。"
    assert gap.clause == "负责现场救援"


def test_without_activation_that_is_the_reason() -> None:
    (gap,) = gaps(needing([true(10, "trapped", 2)]), "G101")
    assert gap.cause() == "推演结束前没有启动响应。"


def test_a_need_that_held_for_a_moment_only_left_no_time_to_send_anybody() -> None:
    assert gaps(needing([true(230, "trapped", 2), activated(231)]), "G101") == []


def test_a_duty_whose_own_condition_never_held_is_not_missed() -> None:
    rows = [true(10, "trapped", 2), activated(30)]
    assert gaps(needing(rows, condition=condition("leaking")), "G101") == []
    assert len(gaps(needing(rows, condition=condition("trapped > 1")), "G101")) == 1


def test_support_is_not_missed_where_another_unit_saw_to_the_need() -> None:
    duties = (duty("fire.rescue", FIRE), duty("police.help", POLICE, lead=False))
    served = task(FIRE, "fire.rescue#1", (12.0, "triggered"), (20.0, "started"), (60.0, "finished"))
    rows = [true(10, "trapped", 2), *served, activated(70)]
    assert gaps(timeline(plan(duties=duties), rows), "G101") == []
    alone = [true(10, "trapped", 2), activated(70)]
    assert {gap.unit for gap in gaps(timeline(plan(duties=duties), alone), "G101")} == {FIRE}
    both = gaps(timeline(plan(duties=duties), alone), "G101")
    assert [other.unit for other in both[0].others] == [POLICE]  # the same cause: headquarters did not know


def test_a_unit_that_is_not_invited_is_marked_and_never_major() -> None:
    actors = tuple(actor(a, participation="未邀请") if a == FIRE else actor(a) for a in PARTY)
    of = plan(duties=(duty("fire.rescue", FIRE),), actors=actors)
    (gap,) = gaps(timeline(of, [true(10, "trapped", 2), activated(30)]), "G101")
    assert gap.severity == "minor"
    assert not gap.invited
    assert "未邀请" in gap.statement()


PARTY = (HQ, "区指挥部办公室", DESK, POLICE, FIRE, "赵庄乡政府")


def test_a_unit_that_never_answered_is_unreached_with_its_tries() -> None:
    of = plan(duties=(duty("fire.rescue", FIRE),))
    tries = [(t, event) for t in (10.0, 13.0, 16.0) for event in ("call_begun", "call_unanswered")]
    rows = task(FIRE, "fire.rescue#1", (10.0, "triggered"), *tries, (17.0, "call_unreached"))
    (gap,) = gaps(timeline(of, rows), "G102")
    assert (gap.unit, gap.severity) == (FIRE, "major")
    assert "呼叫3次未接通" in gap.statement()


def test_an_order_without_acknowledgement_and_a_task_left_waiting_are_two_kinds() -> None:
    of = plan(duties=(duty("fire.rescue", FIRE),))
    silent = task(FIRE, "fire.rescue#1", (10.0, "triggered"), (11.0, "ordered"), (240.0, "open_at_close"))
    assert [gap.code for gap in evaluate(timeline(of, silent)).gaps] == ["G103"]
    queued = task(FIRE, "fire.rescue#1", (10.0, "triggered"), (10.0, "waiting:operator"),
                  (240.0, "open_at_close:operator"))  # fmt: skip
    assert "G104" in [gap.code for gap in evaluate(timeline(of, queued)).gaps]


def test_a_task_still_on_the_road_at_the_close_is_no_gap() -> None:
    """It was sent for nothing (nobody is trapped in this plan), but that it is not there yet is no gap."""
    of = plan(duties=(duty("fire.rescue", FIRE),))
    steps = [(100.0, "triggered"), (101.0, "ordered"), (102.0, "acknowledged"), (103.0, "departed")]
    drill = timeline(of, task(FIRE, "fire.rescue#1", *steps, (240.0, "open_at_close")))
    assert [gap.code for gap in evaluate(drill).gaps] == ["G111"]


def test_a_prerequisite_that_never_came_is_named() -> None:
    of = plan(duties=(duty("fire.recon", FIRE), duty("fire.rescue", FIRE)))
    wait = "prerequisite:fire.recon.finished"
    steps = [(10.0, "triggered"), (11.0, "ordered"), (12.0, "acknowledged"), (12.0, f"waiting:{wait}")]
    (gap,) = gaps(timeline(of, task(FIRE, "fire.rescue#1", *steps, (240.0, f"blocked:{wait}"))), "G701")
    assert "等前置行动（职责fire.recon·完成）" in gap.statement()


@pytest.mark.parametrize(
    ("duties", "reason", "severity"),
    [
        ((), "no_owner", "major"),
        ((duty("town.evacuate", "赵庄乡政府"),), "guests_only", "major"),
        ((duty("fire.rescue", FIRE, lead=False),), "support_only", "minor"),
    ],
)
def test_a_raised_need_that_the_plan_gives_to_nobody_is_a_hole(
    duties: Any, reason: str, severity: str
) -> None:
    (gap,) = gaps(timeline(plan(duties=duties), [raised(20)]), "G501")
    assert (gap.variant, gap.severity, gap.unit) == (reason, severity, "")


def test_a_need_with_a_lead_or_never_raised_is_no_hole() -> None:
    assert gaps(timeline(plan(duties=(duty("fire.rescue", FIRE),)), [raised(20)]), "G501") == []
    assert gaps(timeline(plan(), []), "G501") == []


# --- information


def test_news_that_came_late_gives_both_times_and_the_needs_that_read_it() -> None:
    rows = [true(5, "trapped", 2), activated(20), learnt(32, trapped=2), raised(32)]
    (gap,) = gaps(timeline(plan(), rows), "G601")
    assert gap.actual == 27.0
    assert "被困" in gap.statement()
    assert "T+5" in gap.statement()
    assert "T+32" in gap.statement()
    assert "需求rescue" in gap.cause()


def test_news_in_time_is_no_gap_nor_is_a_fact_that_no_need_reads() -> None:
    assert gaps(timeline(plan(), [true(5, "trapped", 2), learnt(20, trapped=2)]), "G601") == []
    assert gaps(timeline(plan(), [true(5, "leaking", True), learnt(90, leaking=True)]), "G601") == []


def test_a_count_told_too_low_is_not_yet_news() -> None:
    rows = [true(5, "trapped", 3), learnt(8, trapped=1), learnt(40, trapped=3)]
    (gap,) = gaps(timeline(plan(), rows), "G601")
    assert gap.actual == 35.0


def test_news_that_never_came_is_another_kind() -> None:
    (gap,) = gaps(timeline(plan(), [true(5, "trapped", 2), activated(10)]), "G602")
    assert gap.actual is None
    assert "被困" in gap.statement()


def test_news_of_one_minute_is_one_gap() -> None:
    of = plan(needs=(need("rescue", "trapped > 0"), need("medical", "injured > treated")))
    rows = [true(5, "trapped", 2), true(5, "injured", 1), learnt(40, trapped=2, injured=1)]
    (gap,) = gaps(timeline(of, rows), "G601")
    assert "被困" in gap.statement()
    assert "伤员" in gap.statement()


def test_news_against_the_end_is_a_gap() -> None:
    rows = [(50.0, "terminated", {"unit": HQ}), (60.0, "end_contradicted", {})]
    assert [gap.code for gap in evaluate(timeline(plan(), rows)).gaps] == ["G801"]


# --- capacity


def crowded() -> Timeline:
    of = plan(
        duties=(duty("fire.leak", FIRE, uses=((0, 1),)), duty("fire.rescue", FIRE, uses=((0, 1),))),
        pools=(c.Pool(ACTOR[FIRE], "rescue", 1),), norms=(norm("N1", 1, "ordered", "started", 10),),
    )  # fmt: skip
    first = task(FIRE, "fire.leak#1", (10.0, "triggered"), (10.0, "ordered"), (10.0, "acknowledged"),
                 (10.0, "started"), (40.0, "finished"))  # fmt: skip
    second = task(FIRE, "fire.rescue#1", (12.0, "triggered"), (12.0, "ordered"), (12.0, "acknowledged"),
                  (12.0, "waiting:team:rescue"), (40.0, "departed"), (42.0, "started"), (60.0, "finished"))  # fmt: skip
    return timeline(of, sorted([*first, *second], key=lambda row: row[0]))


def test_a_team_that_was_waited_for_is_a_shortage_and_swallows_the_lateness_it_caused() -> None:
    late = [gap for gap in evaluate(crowded()).gaps if gap.unit == FIRE and gap.code != "G111"]
    assert [gap.code for gap in late] == ["G401"]
    assert late[0].actual == 28.0
    assert "救援队共1支" in late[0].statement()
    assert [other.code for other in late[0].others] == ["G204"]


def test_a_team_that_came_back_is_unrelieved_since_then_and_not_since_it_first_came() -> None:
    """At work from T+10 to T+20, called out, and from T+50 on; at T+80 nobody takes over."""
    of = plan(duties=(duty("fire.leak", FIRE),))
    steps = [
        (10.0, "triggered"),
        (10.0, "started"),
        (20.0, "withdrawn"),
        (50.0, "started"),
        (80.0, "unrelieved"),
    ]
    rows = list(task(FIRE, "fire.leak#1", *steps))
    rows[-1][2]["detail"] = {"after": 30.0, "why": "shift"}
    (gap,) = gaps(timeline(of, rows), "G404")
    assert gap.actual == 30.0


def test_orders_that_queue_for_an_operator_are_counted_and_the_longest_is_named() -> None:
    of = plan(duties=(duty("fire.rescue", FIRE), duty("police.cordon", POLICE)))
    rows: list[Any] = []
    for name, unit, waited in (("fire.rescue#1", FIRE, 0.5), ("police.cordon#1", POLICE, 9.0)):
        steps = [(10.0, "triggered"), (10.0, "waiting:operator"), (10 + waited, "call_begun"),
                 (12 + waited, "call_answered"), (12 + waited, "ordered"), (13 + waited, "acknowledged"),
                 (13 + waited, "started"), (60.0, "finished")]  # fmt: skip
        rows += task(unit, name, *steps)
    (gap,) = gaps(timeline(of, sorted(rows, key=lambda row: row[0])), "G402")
    assert "1个出动令" in gap.statement()
    assert "职责police.cordon" in gap.statement()
    assert (gap.severity, gap.actual) == ("major", 9.0)


# --- causes and results


def test_the_critical_path_follows_causes_back_to_the_opening() -> None:
    rows = [(1.0, "inject_given", {"inject": "I01", "cause": None}), (2.0, "told", {"cause": 1}),
            (3.0, "learnt", {"unit": HQ, "cause": 1, "detail": {"facts": {}}}),
            (4.0, "activated", {"cause": 3})]  # fmt: skip
    found = evaluate(timeline(plan(injects=(inject("I01", 1),)), rows))
    assert [row.seq for row in found.causes.path(4)] == [1, 3, 4]
    with pytest.raises(KeyError):
        found.causes.path(99)


def test_gaps_csv_holds_every_gap_and_no_cell_that_a_spreadsheet_would_run() -> None:
    actors = tuple(actor(name) for name in PARTY)
    of = plan(duties=(duty("fire.rescue", FIRE, quote="=HYPERLINK(1)"),), actors=actors)
    found = evaluate(timeline(of, [true(10, "trapped", 2), activated(30), raised(30)]))
    text = gaps_csv(found)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert len(rows) == len(found.gaps) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]
    assert "'=HYPERLINK(1)" in rows[1]
    assert [row[0] for row in rows[1:]] == list(found.frame["code"])


def test_the_body_of_a_report_shows_few_and_loses_none() -> None:
    duties = tuple(duty(f"fire.x{n:02}", FIRE, need_at=n) for n in range(8))
    needs = tuple(need(f"need{n}", f"trapped > {n}") for n in range(8))
    found = evaluate(timeline(plan(duties=duties, needs=needs), [true(10, "trapped", 9), activated(30)]))
    assert len(found.gaps) > 5
    assert len(found.body.major) == 5
    assert sorted(map(id, (*found.body.major, *found.body.minor, *found.body.rest))) == sorted(
        map(id, found.gaps)
    )


def test_a_simulated_drill_has_no_score() -> None:
    assert evaluate(rescue()).score is None


# --- the shipped scenarios


@pytest.fixture(scope="module", params=["blast-furnace-gas", "ammonia-cold-store"])
def played(request: pytest.FixtureRequest) -> Timeline:
    return sim.simulate(sim.load_scenario(request.param), sim.load_roster(), seed=7)


def test_every_sentence_reads_in_both_languages_and_grades_nobody(played: Timeline) -> None:
    found = evaluate(played)
    assert found.gaps
    for gap in (one for head in found.gaps for one in (head, *head.others)):
        said = [
            f(lang) for f in (gap.title, gap.statement, gap.cause, gap.suggestion) for lang in ("zh", "en")
        ]
        assert all(said), gap
        assert not [
            word
            for word in ("优秀", "良好", "不合格", "失败", "{", "None")
            if any(word in text for text in said)
        ]
        assert "可能" in gap.statement()
        assert "may" in gap.statement("en")


def test_every_row_of_evidence_is_there_and_every_clause_is_official(played: Timeline) -> None:
    official = " ".join(a.official for a in played.plan.actors)
    for gap in (one for head in evaluate(played).gaps for one in (head, *head.others)):
        assert gap.evidence
        assert set(gap.evidence) <= {row.seq for row in played.rows}
        assert gap.clause in official


def test_public_evacuation_has_no_owner_in_the_plan(played: Timeline) -> None:
    holes = {gap.need for gap in evaluate(played).gaps if gap.code == "G501"}
    assert "evacuation" in holes


def test_every_code_has_a_title_and_a_suggestion_and_every_variant_a_sentence() -> None:
    assert set(TITLES) == {key.partition(".")[0] for key in STATEMENTS}
    assert set(TITLES) <= set(ADVICE)
    for table in (TITLES, STATEMENTS, WHY, ADVICE):
        assert all(len(entry) == 2 and all(entry) for entry in table.values())


def test_the_review_leaves_the_timeline_as_it_was(played: Timeline) -> None:
    before = played.rows
    evaluate(played)
    assert played.rows == before
