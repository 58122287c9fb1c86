"""Tasks: rules 17, 19 and 21 of SEMANTICS."""

from __future__ import annotations

from typing import Any

import pytest
from build import (
    HQ,
    RING,
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

from sim.record.timeline import Timeline

BATCH = {"form": "batch", "batch": {"takes": "injured", "gives": "treated", "size": 1}}
PEOPLE = {"injured": fact("count"), "treated": fact("count")}
MEDICAL = {"medical": need("injured > treated")}


def hq(at: str, **tells: Any) -> dict[str, Any]:
    """Headquarters is told something."""
    return inject([HQ], at=at, tells=tells)


def more(at: str, count: int = 1) -> dict[str, Any]:
    """More are injured; nobody is told."""
    return inject([], at=at, makes={"add": {"injured": count}})


def story(timeline: Timeline, task: str, *events: str) -> list[tuple[float, str]]:
    return [(t, event) for t, event, _ in log(timeline, *events, task=task)]


# --- rule 17


def test_one_open_task_a_duty() -> None:
    """Rule 17: the need is over at T+10 and raised anew at T+20 while the first task still works (to T+65, it
    sees it through). The second occurrence has a task of its own, once the first has ended."""
    plan = build(
        {"leaking": fact("flag")}, {"leak": need("leaking")},
        {"消防": unit(1, {"fire.stop": duty("leak", sees=[])}, work={"fire.stop": work("60 min")})},
        scenario({"I00": RING, "I01": hq("T+5", leaking=True), "I02": hq("T+10", leaking=False),
                  "I03": hq("T+20", leaking=True)}),
        **at_once(),
    )  # fmt: skip
    assert log(play(plan), "need_raised", "triggered", "finished", need="leak") == [
        (5.0, "need_raised", "leak"),
        (5.0, "triggered", "fire.stop#1"),
        (20.0, "need_raised", "leak"),
        (65.0, "finished", "fire.stop#1"),
        (65.0, "triggered", "fire.stop#2"),
        (125.0, "finished", "fire.stop#2"),
    ]


def test_an_arrival_each_a_task() -> None:
    """Rule 17: `each: inject` is the exception: three arrivals, three tasks, side by side."""
    plan = network(
        {"go": fact("flag")},
        {"serve": need("go")},
        {"fire.serve": duty("serve", each="inject")},
        works={"fire.serve": work("30 min")},
        injects={
            "I01": inject([], at="T+0", arrivals={"every": "10 min", "until": "T+25"}, starts=["fire.serve"])
        },
    )
    assert log(play(plan), "started", "finished") == [
        (0.0, "started", "fire.serve#1"),
        (10.0, "started", "fire.serve#2"),
        (20.0, "started", "fire.serve#3"),
        (30.0, "finished", "fire.serve#1"),
        (40.0, "finished", "fire.serve#2"),
        (50.0, "finished", "fire.serve#3"),
    ]


def test_arrivals_of_two_injects_are_two_tasks() -> None:
    """Rules 5 and 17: a duty that two injects start has a task for each, told apart by its id; at the horizon
    both are closed."""
    plan = network(
        {"go": fact("flag")},
        {"serve": need("go")},
        {"fire.serve": duty("serve", each="inject")},
        works={"fire.serve": work("30 min")},
        injects={
            "I01": inject([], at="T+5", starts=["fire.serve"]),
            "I02": inject([], at="T+8", starts=["fire.serve"]),
        },
        drill={"horizon": "20 min"},
    )
    played = play(plan)
    assert log(played, "started") == [(5.0, "started", "fire.serve#1"), (8.0, "started", "fire.serve#2")]
    assert log(played, "open_at_close") == [
        (20.0, "open_at_close", "fire.serve#1"), (20.0, "open_at_close", "fire.serve#2"),
    ]  # fmt: skip


def test_a_need_raised_again_takes_back_the_word_to_stop() -> None:
    """Rules 17 and 20: a crew treats from T+0, ten minutes each; two are injured. At T+4 headquarters believes that
    nobody is, and calls to stop after this cycle; at T+6 it knows better. The crew goes on."""
    plan = build(
        PEOPLE, MEDICAL,
        {"卫健": unit(1, {"health.treat": duty("medical", sees=[], **BATCH)}, work={"health.treat": work("10 min")})},
        scenario({"I00": RING, "I01": hq("T+0", injured=2), "I02": hq("T+4", injured=0), "I03": hq("T+6", injured=2)},
                 facts={"injured": 2}),
        **at_once(),
    )  # fmt: skip
    played = play(plan)
    assert log(played, "need_raised", "need_over") == [
        (0.0, "need_raised", "medical"), (4.0, "need_over", "medical"), (6.0, "need_raised", "medical"),
    ]  # fmt: skip
    assert log(played, "cycle", "finished", task="health.treat#1") == [
        (10.0, "cycle", "health.treat#1"),
        (20.0, "cycle", "health.treat#1"),
        (20.0, "finished", "health.treat#1"),
    ]


def patients(report: str, *later: dict[str, Any], injured: int = 1, **strength: Any) -> Timeline:
    """A crew drives out for ten minutes and treats one at a time, ten minutes each; its reports take
    `report`."""
    injects = {"I00": RING, "I01": hq("T+5", injured=1)} | {
        f"I{n:02}": told for n, told in enumerate(later, 2)
    }
    plan = build(
        PEOPLE,
        MEDICAL,
        {
            "卫健": unit(
                1,
                {"health.treat": duty("medical", **BATCH)},
                teams=teams(crew=1),
                work={"health.treat": work("10 min", uses={"crew": 1})},
                **strength,
            )
        },
        scenario(injects, facts={"injured": injured}),
        **at_once(
            calls__report=timed(report),
            defaults__travel={"urban": "10 min", "township": "10 min", "src": "t"},
        ),
    )
    return play(plan)


def test_growth_is_taken_in_the_next_cycle_of_the_same_task() -> None:
    """Rule 17: one injured when it starts at T+15, two more while it treats him: cycles at T+25, 35 and 45,
    one task, one order."""
    played = patients("0 min", more("T+20", 2))
    assert story(played, "health.treat#1", "ordered", "started", "cycle", "finished") == [
        (5.0, "ordered"),
        (15.0, "started"),
        (25.0, "cycle"),
        (35.0, "cycle"),
        (45.0, "cycle"),
        (45.0, "finished"),
    ]
    assert {row.task for row in rows(played, "triggered", need="medical")} == {"health.treat#1"}


def test_who_comes_after_the_finish_is_treated_without_a_call_while_the_need_stands() -> None:
    """Rule 17: all are treated at T+25, but headquarters will hear of it only at T+95. The one injured at
    T+40 is treated from that instant, by the same unit, in the same task, without a call and without a
    drive."""
    played = patients("70 min", more("T+40"))
    assert story(played, "health.treat#1", "triggered", "ordered", "departed", "cycle", "finished") == [
        (5.0, "triggered"), (5.0, "ordered"), (5.0, "departed"),
        (25.0, "cycle"), (25.0, "finished"), (50.0, "cycle"), (50.0, "finished"),
    ]  # fmt: skip
    assert {row.task for row in rows(played, "triggered", need="medical")} == {"health.treat#1"}
    assert len(rows(played, "call_begun", duty="health.treat")) == 1


def test_growth_at_the_very_instant_of_the_finish_is_not_lost() -> None:
    """Rules 2 and 17: a second person is injured at T+25, just as the first is done, through an inject that
    waits for exactly that. He is treated from T+25 to T+35."""
    then = inject([], when="treated >= 1", makes={"add": {"injured": 1}})
    played = patients("70 min", then)
    assert [t for t, _ in story(played, "health.treat#1", "cycle")] == [25.0, 35.0]


def test_once_the_need_is_over_growth_needs_a_new_order() -> None:
    """Rule 17: the report of T+25 ends the need. Who is injured at T+40 waits until headquarters hears of him
    at T+60: a second occurrence, a second task, ordered. The crew is still at the scene."""
    played = patients("0 min", more("T+40"), hq("T+60", injured=2))
    assert log(played, "need_raised", "need_over") == [
        (5.0, "need_raised", "medical"), (25.0, "need_over", "medical"), (60.0, "need_raised", "medical"),
        (70.0, "need_over", "medical"),
    ]  # fmt: skip
    assert story(played, "health.treat#2", "ordered", "departed", "arrived", "cycle") == [
        (60.0, "ordered"), (60.0, "arrived"), (70.0, "cycle"),
    ]  # fmt: skip


# --- rule 19

FORMS = {"a": fact("flag"), "b": fact("flag"), "done": fact("flag")}


def test_once_only_work_achieves_at_its_end() -> None:
    """Rule 19: four minutes to set up, ten to do: started at 4, finished at 14, and only then achieved."""
    plan = network(
        FORMS, {"some": need("a")}, {"fire.do": duty("some", achieves={"set": {"done": True}})},
        works={"fire.do": work("10 min", setup="4 min")}, drill={"facts": {"a": True}},
    )  # fmt: skip
    played = play(plan)
    assert story(played, "fire.do#1", "started", "finished") == [(4.0, "started"), (14.0, "finished")]
    assert [row.t for row in rows(played, "fact_changed") if row.detail["fact"] == "done"] == [14000]


def test_sustained_work_achieves_at_its_start_and_holds_its_team_until_the_need_is_over() -> None:
    """Rule 19: the cordon stands from T+4 and holds the crew to T+50, when its need ends; the other duty
    waits so long."""
    plan = network(
        FORMS,
        {"order": need("a", 5), "other": need("b", 1)},
        {
            "police.cordon": duty("order", form="sustained", achieves={"set": {"done": True}}),
            "police.more": duty("other"),
        },
        works={
            "police.cordon": work("3 min", setup="4 min", uses={"crew": 1}),
            "police.more": work("1 min", uses={"crew": 1}),
        },
        sizes={"crew": 1},
        drill={"facts": {"a": True}},
        injects={
            "I01": inject([], at="T+1", makes={"set": {"b": True}}),
            "I02": inject([], at="T+50", makes={"set": {"a": False}}),
        },
    )
    played = play(plan)
    assert story(played, "police.cordon#1", "started", "finished") == [(4.0, "started"), (50.0, "finished")]
    assert [row.t for row in rows(played, "fact_changed") if row.detail["fact"] == "done"] == [4000]
    assert story(played, "police.more#1", "waiting", "started") == [(1.0, "waiting"), (50.0, "started")]


def test_repeated_work_has_its_first_result_at_the_start_and_then_one_every_interval() -> None:
    """Rule 19: set up at T+4, then every ten minutes until its need ends at T+35; it holds its team."""
    plan = network(
        FORMS,
        {"air": need("a")},
        {
            "env.measure": duty("air", form="repeated", achieves={"set": {"done": True}}),
            "env.more": duty("air"),
        },
        works={
            "env.measure": work(setup="4 min", every="10 min", uses={"crew": 1}),
            "env.more": work("1 min", uses={"crew": 1}),
        },
        sizes={"crew": 1},
        drill={"facts": {"a": True}},
        injects={"I02": inject([], at="T+35", makes={"set": {"a": False}})},
    )
    played = play(plan)
    assert story(played, "env.measure#1", "started", "cycle", "finished") == [
        (4.0, "started"), (14.0, "cycle"), (24.0, "cycle"), (34.0, "cycle"), (35.0, "finished"),
    ]  # fmt: skip
    assert [row.t for row in rows(played, "fact_changed") if row.detail["fact"] == "done"] == [4000]
    assert story(played, "env.more#1", "started", "stood_down") == [(35.0, "stood_down")]


def test_a_batch_finds_nobody_and_finishes() -> None:
    """Rule 19: headquarters sent it for three; there is nobody: it starts and finishes in the same
    instant."""
    plan = build(
        PEOPLE, MEDICAL,
        {"卫健": unit(1, {"health.treat": duty("medical", **BATCH)}, work={"health.treat": work("10 min")})},
        scenario({"I00": RING, "I01": hq("T+5", injured=3)}), **at_once(),
    )  # fmt: skip
    played = play(plan)
    assert story(played, "health.treat#1", "started", "cycle", "finished") == [
        (5.0, "started"),
        (5.0, "finished"),
    ]
    assert log(played, "need_over") == [(5.0, "need_over", "medical")]


STAGES = {"acknowledged": 6.0, "departed": 8.0, "arrived": 18.0, "started": 22.0, "finished": 42.0}


@pytest.mark.parametrize(("stage", "start"), STAGES.items())
def test_a_prerequisite_names_the_stage(stage: str, start: float) -> None:
    """Rule 19: ordered at T+5, the first duty is acknowledged at 6, departs at 8, arrives at 18, starts at 22
    and finishes at 42; the second begins exactly at the stage it names."""
    units = {
        "甲": unit(1, {"a.first": duty("some", sees=[])}, work={"a.first": work("20 min", setup="4 min")}),
        "乙": unit(2, {"b.then": duty("some", place="office", after=[f"a.first.{stage}"])}),
    }
    plan = build(
        FORMS,
        {"some": need("a")},
        units,
        scenario({"I00": RING, "I01": hq("T+5", a=True)}),
        **at_once(
            defaults__acknowledge=timed("1 min"),
            defaults__muster={"duty": "2 min", "off-duty": "2 min", "src": "t"},
            defaults__travel={"urban": "10 min", "township": "10 min", "src": "t"},
        ),
    )
    played = play(plan)
    assert story(played, "a.first#1", *STAGES) == [(t, event) for event, t in STAGES.items()]
    assert story(played, "b.then#1", "started") == [(start, "started")]


# --- rule 21


def test_a_prerequisite_is_waited_for_before_a_team_is_taken() -> None:
    """Rule 21: both need the one crew, and the more urgent one waits for the other. If it took the crew
    first, neither would ever be done."""
    plan = network(
        FORMS,
        {"one": need("a", 5), "two": need("a", 1)},
        {"fire.recon": duty("one"), "fire.rescue": duty("two", after=["fire.recon.finished"])},
        works={name: work("10 min", uses={"crew": 1}) for name in ("fire.recon", "fire.rescue")},
        sizes={"crew": 1},
        drill={"facts": {"a": True}},
    )
    played = play(plan)
    assert [(row.t, row.task, row.waits_for) for row in rows(played, "waiting")] == [
        (0, "fire.rescue#1", "prerequisite:fire.recon.finished")
    ]
    assert log(played, "started") == [(0.0, "started", "fire.recon#1"), (10.0, "started", "fire.rescue#1")]


def test_an_order_held_back_by_a_prerequisite_departs_only_then() -> None:
    """Rule 21: before departure, not at the scene: the second unit stays at home until the first has started
    at T+10."""
    units = {
        "甲": unit(1, {"a.first": duty("some", sees=[])}, work={"a.first": work("20 min")}),
        "乙": unit(2, {"b.then": duty("some", sees=[], after=["a.first.started"])}),
    }
    plan = build(
        FORMS, {"some": need("a")}, units, scenario({"I00": RING, "I01": hq("T+5", a=True)}),
        **at_once(defaults__travel={"urban": "5 min", "township": "5 min", "src": "t"}),
    )  # fmt: skip
    assert story(play(plan), "b.then#1", "acknowledged", "waiting", "departed", "arrived") == [
        (5.0, "acknowledged"), (5.0, "waiting"), (10.0, "departed"), (15.0, "arrived"),
    ]  # fmt: skip


def test_what_was_never_ordered_blocks_by_name_and_is_never_skipped() -> None:
    """Rule 21: the prerequisite's need is never raised: the wait has its name, and so has the block at the
    close."""
    plan = network(
        FORMS, {"one": need("b"), "two": need("a")},
        {"fire.recon": duty("one"), "fire.rescue": duty("two", after=["fire.recon.finished"])},
        drill={"facts": {"a": True}, "horizon": "60 min"},
    )  # fmt: skip
    found = rows(play(plan), "waiting", "started", "blocked", "open_at_close")
    assert [(row.t, row.event, row.waits_for) for row in found] == [
        (0, "waiting", "prerequisite:fire.recon.finished"),
        (60000, "blocked", "prerequisite:fire.recon.finished"),
    ]


def test_a_prerequisite_that_was_stood_down_blocks() -> None:
    """Rule 21: the reconnaissance is called off while it still waits for a crew; the rescue is not let in
    without it."""
    plan = network(
        FORMS,
        {"held": need("done", 1), "one": need("b"), "two": need("a")},
        {
            "fire.hold": duty("held"),
            "fire.recon": duty("one"),
            "fire.rescue": duty("two", after=["fire.recon.finished"]),
        },
        works={"fire.hold": work("30 min", uses={"crew": 1}), "fire.recon": work("1 min", uses={"crew": 1})},
        sizes={"crew": 1},
        drill={"facts": {"a": True, "b": True, "done": True}},
        injects={"I01": inject([], at="T+10", makes={"set": {"b": False}})},
    )
    played = play(plan)
    assert log(played, "stood_down") == [(10.0, "stood_down", "fire.recon#1")]
    assert [(row.task, row.waits_for) for row in rows(played, "blocked")] == [
        ("fire.rescue#1", "prerequisite:fire.recon.finished")
    ]


def test_every_prerequisite_counts_and_the_missing_one_is_named() -> None:
    """Rule 21: first at 10, second at 20; until 10 the first is missing, then the second; it starts at 20."""
    plan = network(
        FORMS, {"some": need("a")},
        {"fire.one": duty("some"), "fire.two": duty("some"),
         "fire.last": duty("some", after=["fire.two.finished", "fire.one.finished"])},
        works={"fire.one": work("10 min"), "fire.two": work("20 min")}, drill={"facts": {"a": True}},
    )  # fmt: skip
    played = play(plan)
    assert [(row.t, row.waits_for) for row in rows(played, "waiting")] == [
        (0, "prerequisite:fire.one.finished"), (10000, "prerequisite:fire.two.finished"),
    ]  # fmt: skip
    assert story(played, "fire.last#1", "started") == [(20.0, "started")]


def test_each_occurrence_waits_for_its_own_prerequisite() -> None:
    """Rules 17 and 21: the first leak's reconnaissance does not serve the second leak (raised at T+60)."""
    plan = network(
        FORMS, {"some": need("a")},
        {"fire.recon": duty("some"), "fire.rescue": duty("some", after=["fire.recon.finished"])},
        works={"fire.recon": work("10 min"), "fire.rescue": work("5 min")}, drill={"facts": {"a": True}},
        injects={"I01": inject([], at="T+50", makes={"set": {"a": False}}),
                 "I02": inject([], at="T+60", makes={"set": {"a": True}})},
    )  # fmt: skip
    assert log(play(plan), "started", duty="fire.rescue") == [
        (10.0, "started", "fire.rescue#1"), (70.0, "started", "fire.rescue#2"),
    ]  # fmt: skip


def test_a_prerequisite_of_another_need_that_is_reached_already_is_no_wait() -> None:
    """Rule 21: reconnaissance for one need, finished at T+10, lets in the rescue that another need calls for
    at T+30."""
    plan = network(
        FORMS, {"one": need("a"), "two": need("b")},
        {"fire.recon": duty("one"), "fire.rescue": duty("two", after=["fire.recon.finished"])},
        works={"fire.recon": work("10 min")}, drill={"facts": {"a": True}},
        injects={"I01": inject([], at="T+30", makes={"set": {"b": True}})},
    )  # fmt: skip
    played = play(plan)
    assert (rows(played, "waiting"), story(played, "fire.rescue#1", "started")) == ([], [(30.0, "started")])


def test_arrivals_wait_for_a_duty_that_is_done_once_for_all() -> None:
    """Rule 21: the station opens once, at T+10. Patients arrive at T+0 and T+5 and wait for it; the one of
    T+10 comes just as the stage is reached."""
    plan = network(
        FORMS,
        {"open": need("a"), "serve": need("b")},
        {
            "health.open": duty("open"),
            "health.serve": duty("serve", each="inject", after=["health.open.finished"]),
        },
        works={"health.open": work("10 min"), "health.serve": work("1 min")},
        drill={"facts": {"a": True}},
        injects={"I01": inject([], arrivals={"every": "5 min", "until": "T+10"}, starts=["health.serve"])},
    )
    assert log(play(plan), "started", duty="health.serve") == [
        (10.0, "started", f"health.serve#{n}") for n in (1, 2, 3)
    ]
