"""The shipped scenarios: complete as papers, and believable when they are played."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.plan.durations import MINUTE, parse_duration
from sim.plan.schema import Inject, Scenario
from sim.plan.workspace import LoadedScenario, list_scenarios, load_roster, load_scenario
from sim.play.simulate import simulate
from sim.record.timeline import Row, Timeline
from sim.study.scripts import look_at_script

IDS = (
    "aluminium-dust", "ammonia-cold-store", "blast-furnace-gas", "coke-oven-gas", "crane-blackout", "molten-metal",
    "night-landslide", "paper-mill-pit", "restaurant-gas", "slaughterhouse-ammonia",
)  # fmt: skip
LEAKS = ("ammonia-cold-store", "blast-furnace-gas")
HANDED_OVER = ("aluminium-dust", "night-landslide")
"""The stories that grow beyond the district."""
ROOT = Path(__file__).resolve().parents[1]
SEEDS = range(1, 21)
RUMOUR = {"blast-furnace-gas": "I07", "ammonia-cold-store": "I06"}
WRONG_COUNT = {"blast-furnace-gas": "I10", "ammonia-cold-store": "I08"}
FIRST_RING = {
    "aluminium-dust": "I03", "ammonia-cold-store": "I03", "blast-furnace-gas": "I04", "coke-oven-gas": "I07",
    "crane-blackout": "I03", "molten-metal": "I03", "night-landslide": "I04", "paper-mill-pit": "I03",
    "restaurant-gas": "I03", "slaughterhouse-ammonia": "I03",
}  # fmt: skip
QUOTED = re.compile(r"附件3 ([^：“]+)：“([^”]+)”")

each_scenario = pytest.mark.parametrize("id_", IDS)
each_leak = pytest.mark.parametrize("id_", LEAKS)


@cache
def loaded(id_: str) -> LoadedScenario:
    return load_scenario(id_)


def scenario(id_: str) -> Scenario:
    return loaded(id_).model


@cache
def expected(id_: str) -> Timeline:
    return simulate(loaded(id_), expected=True)


@cache
def drawn(id_: str) -> tuple[Timeline, ...]:
    return tuple(simulate(loaded(id_), seed=seed) for seed in SEEDS)


def when(timeline: Timeline, event: str, **columns: str) -> float:
    """The minute of the first such row; infinity if there is none."""
    return next((row.t / MINUTE for row in rows(timeline, event, **columns)), float("inf"))


def rows(timeline: Timeline, event: str, **columns: str) -> Iterator[Row]:
    for row in timeline.rows:
        if row.event == event and all(getattr(row, name) == value for name, value in columns.items()):
            yield row


def truth_at(timeline: Timeline, t: int) -> dict[str, Any]:
    """What was true at the end of tick `t`, defaults included."""
    values = {fact.id: fact.default for fact in timeline.plan.facts}
    values.update(
        (row.detail["fact"], row.detail["value"]) for row in rows(timeline, "fact_changed") if row.t <= t
    )
    return values


def last_truth(timeline: Timeline) -> dict[str, Any]:
    return truth_at(timeline, timeline.plan.horizon)


def hq_learns(timeline: Timeline, fact: str, value: Any) -> Iterator[Row]:
    for row in rows(timeline, "learnt", unit="区指挥部"):
        if row.detail["facts"].get(fact) == value and fact in row.detail["facts"]:
            yield row


# --- as papers ------------------------------------------------------------------------------------------


def test_all_ten_storylines_ship() -> None:
    assert [file.id for file in list_scenarios() if file.origin == "built-in"] == list(IDS)


@each_scenario
def test_nothing_is_warned_of(id_: str) -> None:
    assert loaded(id_).warnings == ()


@each_scenario
def test_size_and_cast(id_: str) -> None:
    given = scenario(id_)
    assert 10 <= len(given.injects) <= 12
    assert 240 * MINUTE <= parse_duration(given.horizon).at(0.5) <= 510 * MINUTE
    assert 3 <= len(given.objectives) <= 5
    assert 8 <= sum(part == "参演" for part in given.participants.values()) <= 15
    assert len(given.guests) >= 2
    assert all(given.participants[guest] == "由导调扮演" for guest in given.guests)
    assert given.end is not None
    assert given.end.hold == "10 min"
    assert any(hazard.add and hazard.at_most for hazard in given.hazards.values())
    assert given.notes
    assert "主持" in given.notes


def test_day_night_and_the_commander() -> None:
    day, night = scenario("blast-furnace-gas"), scenario("ammonia-cold-store")
    assert day.start_time().weekday() == 2
    assert day.start.endswith("T09:40+08:00")
    assert night.start_time().weekday() == 5
    assert night.start.endswith("T02:15+08:00")
    assert day.conditions.absent["区政府常务副区长"].state == "away"
    assert night.conditions.absent["区政府常务副区长"].state == "unreachable"


@each_scenario
def test_every_inject_is_complete(id_: str) -> None:
    given = scenario(id_)
    for name, inject in given.injects.items():
        assert inject.message.startswith("【演练】"), name
        assert all((inject.to, inject.channel, inject.notes, inject.expect)), name
        assert inject.ask is not None, name
        assert 3 <= len(inject.ask.points) <= 6, name
        assert inject.ask.clause, name
        assert inject.makes.set or inject.makes.add or inject.tells, name
        for item in inject.expect:
            assert item.within is None or (item.basis and ("自定" in item.basis)), (name, item.who)
    assert {inject.objective for inject in given.injects.values()} == set(given.objectives)
    assert any(inject.when for inject in given.injects.values())


@each_scenario
def test_clauses_quote_annex_3_word_for_word(id_: str) -> None:
    register = load_roster().model.register_
    actors = {**register.units, **register.bodies}
    quotes = [
        found
        for inject in scenario(id_).injects.values()
        if inject.ask and inject.ask.clause
        for found in QUOTED.findall(inject.ask.clause)
    ]
    assert len(quotes) >= 6
    for unit, quote in quotes:
        assert quote in actors[unit].official, (unit, quote)


@each_scenario
def test_names_are_fictional_and_guests_have_no_quote(id_: str) -> None:
    given = scenario(id_)
    assert given.site.name.startswith("某")
    assert all(duty.quote is None for guest in given.guests.values() for duty in guest.duties.values())
    sources = {"own", "e1", "g1"}
    for guest in given.guests.values():
        strength = guest.strength
        used = {work.src for work in strength.work.values()} | {team.src for team in strength.teams.values()}
        used |= {
            part.src
            for part in (strength.answer, strength.acknowledge, strength.muster, strength.travel)
            if part
        }
        assert used <= sources


# --- as played ------------------------------------------------------------------------------------------


@each_scenario
def test_the_desk_hears_first_from_the_inject_meant_for_it(id_: str) -> None:
    """Or from a crew at the scene, where an enterprise that reports late in its heavy tail is overtaken by it."""
    first = [first_ring(timeline) for timeline in (expected(id_), *drawn(id_))]
    assert first[0].inject == FIRST_RING[id_]
    assert {row.event for row in first} <= {"inject_given", "reported"}
    late = [row for row in first if row.inject != FIRST_RING[id_]]
    assert len(late) < len(first) / 2
    assert all(row.event == "reported" for row in late)
    assert late or id_ != "blast-furnace-gas"


def first_ring(timeline: Timeline) -> Row:
    """What made the phone of the desk ring first."""
    ring = next(rows(timeline, "triggered", task="desk.receive#1"))
    assert ring.cause is not None
    return timeline.rows[ring.cause]


def test_the_enterprise_reports_with_a_heavy_tail() -> None:
    """Its head knows at T+2; half the drills hear of it within thirty minutes, some only after the legal hour."""
    delays = [when(timeline, "inject_given", inject="I04") - 2 for timeline in drawn("blast-furnace-gas")]
    assert expected("blast-furnace-gas").plan.injects[3].id == "I04"
    assert when(expected("blast-furnace-gas"), "inject_given", inject="I04") == 32
    assert 5 <= sum(delay < 30 for delay in delays) <= 15
    assert any(delay > 60 for delay in delays)


@each_scenario
def test_first_report_up_does_not_wait_for_activation(id_: str) -> None:
    for timeline in (expected(id_), *drawn(id_)):
        assert when(timeline, "report_up") < when(timeline, "activated") < timeline.plan.horizon / MINUTE
        assert when(timeline, "report_up") - when(timeline, "started", task="desk.receive#1") < 30


def test_who_starts_the_response() -> None:
    by_day = next(rows(expected("blast-furnace-gas"), "activated"))
    assert by_day.detail["approver"] == "区政府常务副区长"
    night = expected("ammonia-cold-store")
    assert next(rows(night, "activated")).detail["approver"] == "区应急局局长"  # heads the office (自定)
    assert next(rows(night, "activated")).detail["acting_for"] == "区政府常务副区长"
    assert len(list(rows(night, "call_unanswered", task="desk.activate#1"))) == 3
    assert next(rows(night, "substituted")).unit == "区指挥部办公室"


@each_scenario
def test_nobody_enters_before_the_gas_is_tested(id_: str) -> None:
    for timeline in drawn(id_):
        for brigade in ("fire", "brigade"):
            entered = when(timeline, "started", duty=f"{brigade}.rescue")
            assert entered == float("inf") or entered > when(timeline, "finished", task=f"{brigade}.recon#1")


@each_leak
def test_the_story_runs_in_order(id_: str) -> None:
    timeline = expected(id_)
    facts = {
        (row.detail["fact"], row.detail["value"]): row.t / MINUTE for row in rows(timeline, "fact_changed")
    }
    steps = [
        when(timeline, "inject_given", inject=FIRST_RING[id_]),
        when(timeline, "report_up"),
        when(timeline, "finished", task="fire.recon#1"),
        facts["rescued", 1],
        facts["leaking", False],
        facts["gas_over_limit", False],
        when(timeline, "terminated"),
        when(timeline, "ordered", task="union.rights#1"),
    ]
    assert steps == sorted(steps)
    assert steps[-1] < timeline.plan.horizon / MINUTE


@each_leak
def test_most_plays_end_before_the_horizon_and_then_recover(id_: str) -> None:
    ended = [timeline for timeline in drawn(id_) if when(timeline, "terminated") < float("inf")]
    assert len(ended) >= 16
    recovering = [
        timeline for timeline in ended if when(timeline, "ordered", task="finance.fund#1") < float("inf")
    ]
    assert len(recovering) >= len(ended) - 2
    for timeline in recovering:
        assert when(timeline, "ordered", task="finance.fund#1") > when(timeline, "terminated")
    assert not any(list(rows(timeline, "end_contradicted")) for timeline in drawn(id_))


@each_leak
def test_casualties_grow_with_delay_and_stop(id_: str) -> None:
    given = scenario(id_)
    most = {name: hazard.at_most for name, hazard in given.hazards.items()}
    harmed = set()
    for timeline in drawn(id_):
        ticks: dict[str, list[float]] = {}
        for row in rows(timeline, "hazard_tick"):
            ticks.setdefault(row.detail["hazard"], []).append(row.t / MINUTE)
        assert all(len(found) <= (most[name] or 0) for name, found in ticks.items())
        assert max(ticks["H1"]) < when(timeline, "terminated")
        harmed.add(len(ticks["H1"]))
    assert len(harmed) >= 2


def test_the_longer_the_leak_the_more_are_hurt() -> None:
    path = "units.区应急救援大队.work.brigade.leak.time"
    slow = simulate(loaded("ammonia-cold-store"), expected=True, overrides={path: "120 min"})
    assert last_truth(slow)["injured"] > last_truth(expected("ammonia-cold-store"))["injured"]


@each_leak
def test_a_rumour_is_told_acted_on_and_corrected(id_: str) -> None:
    inject = scenario(id_).injects[RUMOUR[id_]]
    assert "explosion" not in inject.makes.set  # the rumour is abroad; what it says is not true
    timeline = expected(id_)
    given = next(rows(timeline, "inject_given", inject=RUMOUR[id_]))
    true = truth_at(timeline, given.t)
    assert inject.tells["explosion"] is True
    assert true["explosion"] is False
    raised = next(rows(timeline, "need_raised", need="rumour_control"))
    ordered = next(rows(timeline, "ordered", task="press.refute#1"))
    corrected = [row for row in hq_learns(timeline, "explosion", False) if row.t > given.t]
    refuted = [row for row in rows(timeline, "fact_changed") if row.detail["fact"] == "rumour_refuted"]
    assert given.t <= raised.t < ordered.t < refuted[0].t
    assert _reporter(timeline, corrected[0]) in (
        "区应急局",
        "应急值守专班",
    )  # whichever group was there first
    assert given.t < corrected[0].t < refuted[0].t
    assert next(rows(timeline, "need_over", need="rumour_control")).t > refuted[0].t


@each_leak
def test_a_wrong_count_is_told_acted_on_and_corrected_from_the_scene(id_: str) -> None:
    inject = scenario(id_).injects[WRONG_COUNT[id_]]
    told = inject.tells["injured"]
    timeline = expected(id_)
    given = next(rows(timeline, "inject_given", inject=WRONG_COUNT[id_]))
    true = truth_at(timeline, given.t)["injured"]
    assert isinstance(told, int)
    assert told > true
    raised = next(rows(timeline, "need_raised", need="medical_surge"))
    corrected = next(
        row
        for row in rows(timeline, "learnt", unit="区指挥部")
        if row.t > given.t and "injured" in row.detail["facts"]
    )
    assert raised.t >= given.t
    assert when(timeline, "ordered", task="health.surge#1") < when(
        timeline, "need_over", need="medical_surge"
    )
    assert corrected.detail["facts"]["injured"] < told
    assert _reporter(timeline, corrected) not in ("", "应急值守专班")
    assert next(rows(timeline, "need_over", need="medical_surge")).t >= corrected.t


def _reporter(timeline: Timeline, learnt: Row) -> str:
    """The unit whose report brought the news; empty if it came otherwise."""
    assert learnt.cause is not None
    cause = timeline.rows[learnt.cause]
    return cause.unit if cause.event == "reported" else ""


def test_late_testing_brings_two_poisoned_rescuers() -> None:
    usual = expected("blast-furnace-gas")
    assert [
        row.detail["values"]["started(fire.recon)"] for row in rows(usual, "inject_skipped", inject="I05")
    ] == [True]
    slow = {f"units.{unit}.travel.urban": "40 min" for unit in ("区消防救援大队", "区应急救援大队")}
    late = simulate(loaded("blast-furnace-gas"), expected=True, overrides=slow)
    assert when(late, "inject_given", inject="I05") == 45
    assert last_truth(late)["poisoned"] == last_truth(usual)["poisoned"] + 2
    given = sum(when(timeline, "inject_given", inject="I05") == 45 for timeline in drawn("blast-furnace-gas"))
    assert 0 < given < 10


def test_a_leak_that_lasts_widens_the_evacuation() -> None:
    for timeline in drawn("ammonia-cold-store"):
        lasted = when(timeline, "finished", task="brigade.leak#1") > 125
        assert (when(timeline, "inject_given", inject="I10") == 125) == lasted
        assert last_truth(timeline)["endangered"] == 120 + 60 * lasted


def test_two_missed_at_the_count_are_found() -> None:
    timeline = expected("ammonia-cold-store")
    assert when(timeline, "inject_given", inject="I09") < when(timeline, "ordered", task="brigade.search#1")
    assert last_truth(timeline)["located"] == last_truth(timeline)["missing"] == 2


def test_the_rescued_are_counted_within_reach() -> None:
    timeline = expected("blast-furnace-gas")
    final: Mapping[str, Any] = last_truth(timeline)
    injects: Mapping[str, Inject] = scenario("blast-furnace-gas").injects
    carried_out = injects["I02"].makes.add["injured"]
    assert final["injured"] == carried_out + final["rescued"] + final["lightly_injured"]
    assert final["injured"] == final["treated"] == final["transferred"]


def test_the_serious_stay_below_a_larger_accident() -> None:
    for id_ in LEAKS:
        for timeline in drawn(id_):
            final = last_truth(timeline)
            assert final["poisoned"] < 10
            assert final["dead"] < 3


@each_scenario
def test_every_drill_comes_to_its_end_or_to_a_hand_over(id_: str) -> None:
    """In the expected play and for twenty seeds; who hands over is told by the story."""
    for timeline in (expected(id_), *drawn(id_)):
        ended, receipt = when(timeline, "terminated"), when(timeline, "handed_over")
        assert min(ended, receipt) < timeline.plan.horizon / MINUTE
        assert (receipt < float("inf")) == (id_ in HANDED_OVER)
        assert not list(rows(timeline, "end_contradicted"))


@each_scenario
def test_hazards_keep_to_their_most(id_: str) -> None:
    most = {name: hazard.at_most for name, hazard in scenario(id_).hazards.items()}
    for timeline in drawn(id_):
        for name, at_most in most.items():
            ticks = [row for row in rows(timeline, "hazard_tick") if row.detail["hazard"] == name]
            assert at_most is None or len(ticks) <= at_most


@each_scenario
def test_a_contingency_fires_in_some_plays_and_not_in_others(id_: str) -> None:
    """Over all plays together, so that both ways of the story are played."""
    fired: set[tuple[str, bool]] = set()
    for timeline in (expected(id_), *drawn(id_)):
        given = {row.inject for row in rows(timeline, "inject_given")}
        fired |= {(name, name in given) for name, inject in scenario(id_).injects.items() if inject.when}
    assert {yes for _, yes in fired} == {True, False}


@each_scenario
def test_the_script_has_no_flaw(id_: str) -> None:
    assert [flaw.statement() for flaw in look_at_script(loaded(id_), load_roster())] == []


def test_every_duty_that_can_be_played_is_dispatched_in_some_scenario() -> None:
    """Warning, response and recovery: what no expected play dispatches is ruled out by its own words, or told why."""
    sent = {
        record.duty
        for id_ in IDS
        for record in expected(id_).records
        if record.stages.keys() & {"departed", "started"}
    }
    plan = expected(IDS[0]).plan
    members = [duty for duty in plan.duties if plan.actors[duty.actor].kind != "guest"]
    assert {duty.id for duty in members} - sent == set()


@each_scenario
def test_the_review_speaks_of_every_unit(id_: str) -> None:
    """Each unit, body and guest stands once in the table of its scenario, with what the expected play did with it."""
    text = (ROOT / "scenarios" / "REVIEW.md").read_text("utf-8")
    (chapter,) = [part for part in text.split("\n## ") if f"（{id_}）" in part.splitlines()[0]]
    rows_of = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in chapter.splitlines()
        if line.startswith("| ")
    ]
    table = rows_of[1:]
    told = {cells[0]: cells for cells in table}
    assert len(told) == len(table)
    register, timeline = load_roster().model.register_, expected(id_)
    for unit in (*register.bodies, *register.units, *scenario(id_).guests):
        state, clause, reason = told.pop(unit)[1:]
        assert state == state_of(timeline, unit), (unit, state)
        assert reason, unit
        for quote in re.findall(r"“([^”]+)”", clause):
            member = register.units.get(unit) or register.bodies.get(unit)
            assert member is not None
            assert all(part in member.official for part in quote.split("……")), (unit, quote)
    assert told == {}


def state_of(timeline: Timeline, unit: str) -> str:
    """What a play did with a unit: it worked, was ordered without working, was told of the response, or nothing."""
    own = [record for record in timeline.records if record.unit == unit and record.duty]
    if unit in command_of(timeline) or any(r.stages.keys() & {"departed", "started"} for r in own):
        return "派出"
    if any(r.stages.keys() & {"ordered", "acknowledged"} for r in own):
        return "下令未作业"
    return "通知" if any(True for _ in rows(timeline, "informed", unit=unit)) else "未派"


def command_of(timeline: Timeline) -> set[str]:
    plan = timeline.plan
    return {plan.actors[place].name for place in (plan.command.actor, plan.command.acting, plan.desk.actor)}
