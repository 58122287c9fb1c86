"""What a study says: bands, limits, when it is precise enough, which plays are kept; told by hand-made studies and
by real ones, whose store must say what their timelines say."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from drills import ACTORS, duty, inject, norm, plan
from random_plans import compiled, random_spec

import sim
from sim.plan import compiled as c
from sim.plan.compiled import Plan
from sim.play.draws import RandomDraws
from sim.play.engine import Engine
from sim.record.manifest import plan_for
from sim.record.tasks import TaskRecord
from sim.record.timeline import Timeline
from sim.review.limits import measure
from sim.study import summary
from sim.study.chosen import chosen, typical, worst
from sim.study.executors import InProcess
from sim.study.outcomes import ENDS, MILESTONES, Judged, Outcome, TaskTimes
from sim.study.precise import Loose, Precision, grow, looks, loose, measures, until_precise
from sim.study.replicate import Study
from sim.study.statistics import wilson
from sim.study.store import FILE, opened
from sim.study.tables import tables
from sim.study.work import Chunk, Job, make_job, play_chunk

CLOSE = 240
FIRE, POLICE, HQ, DESK = "区消防救援大队", "区公安局", "区指挥部", "应急值守专班"
Made = Callable[[Iterable[Outcome]], Study]

PLAN = plan(
    duties=(duty("fire.leak", FIRE), duty("police.desk", POLICE, at_scene=False)),
    norms=(norm("N1", 0, "ordered", "arrived", 10), norm("N2", 1, "ordered", "started", 5, judged=False),
           norm("N3", "report.first", "triggered", "finished", 60)),
    injects=(inject("I1", 5, expect=(c.Expected(ACTORS.index(POLICE), 1, "started", "", 9_000, ""),)),),
)  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Keep outcomes in a store, as a study of the hand-made plan."""

    def make(outcomes: Iterable[Outcome]) -> Study:
        given, identity = list(outcomes), {"seed": 7, "manifest": {}}
        with opened(tmp_path / FILE, identity) as store:
            store.add(given)
        return Study(tmp_path / FILE, PLAN, identity, len(given))

    return make


def outcome(number: int, *tasks: TaskTimes, limits: Sequence[Judged] = (), **minutes: float) -> Outcome:
    ticks = {name: round(at * 1000) for name, at in {"closed": CLOSE, **minutes}.items()}
    return Outcome(number, "", tuple(map(ticks.get, MILESTONES)), tasks, tuple(limits))


def task(name: str, state: str, **minutes: float) -> TaskTimes:
    return TaskTimes(
        name, state, tuple(round(minutes[end] * 1000) if end in minutes else None for end in ENDS)
    )


def judged(norm: str, verdict: str, task: str = "fire.leak#1", reason: str = "") -> Judged:
    return Judged(norm, task, verdict, reason, 10_000, 12_000)


# --- milestones


def test_a_milestone_is_told_with_what_never_came(made: Made) -> None:
    """Of ten plays, eight come to an activation: P50 is the fifth, and P90 was not reached."""
    study = made(outcome(n, **({"activated": 10.0 * (n + 1)} if n < 8 else {})) for n in range(10))
    band = {row.milestone: row.band for row in summary.milestones(study)}["activated"]
    assert (band.plays, band.never, band.p10, band.p50, band.p90) == (10, 2, 10.0, 50.0, None)
    assert (band.p50_low, band.p50_high) == (20.0, None)  # the ninth of ten had not come


def test_a_failed_replication_is_listed_and_no_part_of_the_bands(made: Made) -> None:
    study = made([outcome(0, activated=20), Outcome(1, "PlayError: a, b"), outcome(2, activated=40)])
    band = {row.milestone: row.band for row in summary.milestones(study)}["activated"]
    assert (band.plays, band.never, band.p50) == (2, 0, 20.0)
    assert summary.failed(study) == [(1, 7, "PlayError: a, b")]


def test_only_the_replications_below_n_are_looked_at(made: Made) -> None:
    study = made(outcome(n, activated=n + 1) for n in range(20))
    part = Study(study.path, PLAN, study.identity, 5)
    assert [row.band.plays for row in summary.milestones(part)] == [5] * len(summary.TURNING)
    assert part.milestones.set_index("milestone").loc["activated", "p90"] == 5.0


def test_the_expected_play_stands_at_its_place_in_the_band() -> None:
    scenario = sim.load_scenario("ammonia-cold-store")
    study = sim.replicate(scenario, n=12, jobs=1)
    timeline = sim.simulate(scenario, expected=True)
    at = next(row.t for row in timeline.rows if row.event == "activated")
    with study.store() as store:
        ticks = [tick for tick, _ in store.milestone("activated")]
    band = {row.milestone: row.band for row in summary.milestones(study)}["activated"]
    assert band.expected == at / 1000
    assert band.standing == pytest.approx(sum(tick is not None and tick < at for tick in ticks) / 12)
    started = {record.task: record.stages for record in timeline.records}["fire.recon#1"]
    stage = next(r for r in summary.stages(study) if (r.duty, r.stage) == ("fire.recon", "started"))
    assert stage.band.expected == (started["started"] - started["triggered"]) / 1000


# --- stages of tasks


def test_a_stage_is_measured_from_the_trigger_of_the_first_task_of_a_duty(made: Made) -> None:
    study = made(
        outcome(
            n,
            task(
                "fire.leak#1", "finished", triggered=10, ordered=13, arrived=20 + n, started=30, finished=60
            ),
            task("fire.leak#11", "finished", triggered=11, arrived=200, started=201, finished=202),
            task("fire.leak#2", "finished", triggered=11, arrived=200, started=201, finished=202),
        )
        for n in range(3)
    )
    rows = {(row.duty, row.stage): row for row in summary.stages(study)}
    assert list(rows) == [("fire.leak", stage) for stage in ("arrived", "started", "finished")]
    arrived = rows["fire.leak", "arrived"]
    assert (arrived.unit, arrived.occurred, arrived.band.p10, arrived.band.p50, arrived.band.p90) == (
        FIRE, 3, 10.0, 11.0, 12.0,
    )  # fmt: skip


def test_unfinished_work_is_open_for_as_long_as_its_drill_went_on(made: Made) -> None:
    """Begun at 200, closed at 240: 40 minutes are known of it, and a work of 50 minutes may be longer or shorter."""
    whole = [task("fire.leak#1", "finished", triggered=10, arrived=12, started=12, finished=60)] * 2
    cut = task("fire.leak#1", "open", triggered=200, arrived=202, started=202)
    study = made(outcome(n, one) for n, one in enumerate([*whole, cut]))
    band = {row.stage: row.band for row in summary.stages(study)}["finished"]
    assert (band.plays, band.never, band.p50, band.p90) == (3, 1, 50.0, 50.0)


def test_a_task_that_was_called_off_is_counted_but_is_no_unfinished_work(made: Made) -> None:
    study = made(
        [
            outcome(0, task("fire.leak#1", "finished", triggered=0, arrived=10, started=12, finished=30)),
            outcome(1, task("fire.leak#1", "stood_down", triggered=0, arrived=20, stood_down=25)),
            outcome(2),
        ]
    )
    rows = {row.stage: row for row in summary.stages(study)}
    assert {s: (r.occurred, r.stood_down, r.band.plays, r.band.never) for s, r in rows.items()} == {
        "arrived": (2, 0, 2, 0), "started": (2, 1, 1, 0), "finished": (2, 1, 1, 0),
    }  # fmt: skip


def test_work_that_is_done_at_a_desk_has_no_arrival(made: Made) -> None:
    """Nor has one for which nobody had to travel; who was on the road at the close has one to come."""
    study = made(
        [
            outcome(0, task("police.desk#1", "open", triggered=1), task("desk.verify#1", "open", triggered=1),
                    task("fire.leak#1", "finished", triggered=1, started=2, finished=3)),
            outcome(1, task("fire.leak#1", "open", triggered=1, departed=2)),
        ]
    )  # fmt: skip
    rows = {(row.duty, row.stage): row for row in summary.stages(study)}
    assert ("police.desk", "arrived") not in rows
    assert ("desk.verify", "arrived") not in rows
    assert rows["desk.verify", "started"].unit == DESK
    assert rows["fire.leak", "arrived"].band[:2] == (1, 1)
    assert rows["police.desk", "started"].band[:2] == (1, 1)


# --- limits


def test_a_norm_is_missed_in_a_play_if_any_of_its_tasks_missed_it(made: Made) -> None:
    """Seven plays: missed by one task of two; met; missed though another runs; running; stood down; met; none."""
    second = "fire.leak#2"
    limits = [
        [judged("N1", "met"), judged("N1", "missed", second)],
        [judged("N1", "met")],
        [judged("N1", "missed"), judged("N1", "not_evaluated", second, "clock")],
        [judged("N1", "met"), judged("N1", "not_evaluated", second, "clock")],
        [judged("N1", "not_evaluated", reason="stood_down")],
        [judged("N1", "met"), judged("N1", "not_evaluated", second, "stood_down")],
        [],
    ]
    study = made(outcome(n, limits=given) for n, given in enumerate(limits))
    (row,) = summary.limits(study)
    assert (row.norm, row.unit, row.within) == ("N1", FIRE, 10.0)
    assert (row.plays, row.judged, row.missed, row.running, row.stood_down) == (7, 4, 2, 1, 1)
    assert (row.share, row.low, row.high) == wilson(2, 4)
    assert row.verdict == "fail"  # were the one that still ran met, two of five would be more than one in ten


def test_what_is_only_shown_is_not_judged(made: Made) -> None:
    study = made(outcome(n, limits=[judged("N2", "shown", "police.desk#1")]) for n in range(100))
    (row,) = summary.limits(study)
    assert (row.judged, row.shown, row.share, row.verdict) == (0, 100, None, "shown")


def test_limits_are_judged_against_a_target_and_told_of_their_unit(made: Made) -> None:
    name = "I1:police.desk.started"
    study = made(
        outcome(
            n,
            limits=[
                judged(name, "missed" if n < 20 else "met", "police.desk#1"),
                judged("N3", "met", "report.first#1"),
            ],
        )
        for n in range(100)
    )
    assert [(row.norm, row.unit, row.verdict) for row in summary.limits(study)] == [
        (name, POLICE, "fail"), ("N3", HQ, "pass"),
    ]  # fmt: skip
    assert [row.verdict for row in summary.limits(study, target=0.4)] == ["pass", "pass"]


# --- tables


def test_tables_say_what_the_rows_say(made: Made) -> None:
    study = made(
        [
            outcome(n, task("fire.leak#1", "open", triggered=1), limits=[judged("N1", "missed")], activated=n + 0.5)
            for n in range(4)
        ] + [Outcome(4, "PlayError: x")]
    )  # fmt: skip
    read = {
        name: list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
        for name, text in tables(study).items()
    }
    row = next(row for row in read["milestones.csv"] if row["milestone"] == "activated")
    assert (row["plays"], row["p50"], row["p90"], row["p90_high"]) == ("4", "1.500", "3.500", "")
    (limit,) = read["limits.csv"]
    assert (limit["norm"], limit["missed"], limit["share"], limit["low"]) == ("N1", "4", "1.0000", "0.5101")
    assert read["failed.csv"] == [{"replication": "4", "seed": "7", "error": "PlayError: x"}]
    assert [row["stage"] for row in read["stages.csv"]] == ["arrived", "started", "finished"]
    frame = study.norms.set_index("norm")
    assert (frame.loc["N1", "missed"], frame.loc["N1", "verdict"]) == (4, "fail")
    assert list(study.tasks["never"]) == [4, 4, 4]


# --- precise enough


def test_the_rule_looks_at_a_batch_then_twice_as_many_and_last_at_the_most() -> None:
    assert list(looks(100, 1000)) == [100, 200, 400, 800, 1000]
    assert (list(looks(100, 100)), list(looks(100, 30))) == ([100], [30])
    with pytest.raises(ValueError, match="batch 0"):
        list(looks(0, 10))


def test_a_constant_is_precise_at_the_first_look(made: Made) -> None:
    study = made(outcome(n, activated=30, limits=[judged("N1", "met")]) for n in range(400))
    seen: list[int] = []
    assert _stop(study, Precision(0.001, 0.03), seen, "activated.p50", "activated.p90", "N1") == []
    assert seen == [100]


def test_a_coin_needs_as_many_tosses_as_its_width_asks_for(made: Made) -> None:
    """Half a Wilson interval of about 0.5 is z / 2√(n + z²): 0.05 at 381 and 0.03 at 1064, so 400 and 1600 it is."""
    chance = Random(1)
    study = made(
        outcome(n, limits=[judged("N1", "missed" if chance.random() < 0.5 else "met")]) for n in range(1600)
    )
    for half, n in ((0.05, 400), (0.03, 1600)):
        seen: list[int] = []
        assert _stop(study, Precision(1, half), seen, "N1", most=10_000) == []
        assert seen[-1] == n


def test_what_is_still_loose_at_the_most_is_named_with_its_width(made: Made) -> None:
    study = made(
        outcome(n, activated=60.0 * (n % 3), limits=[judged("N1", "missed" if n % 2 else "met")])
        for n in range(200)
    )
    seen: list[int] = []
    left = _stop(study, Precision(2, 0.01), seen, most=200)
    assert seen == [100, 200]
    share = wilson(100, 200)
    assert left == [
        Loose("share", "N1", (share.high - share.low) / 2, 0.01)
    ]  # P50 is 60 and P90 120, exactly
    wide = _stop(made(outcome(n, activated=n) for n in range(10)), Precision(), [], "activated.p90", most=10)
    assert wide == [Loose("minutes", "activated.p90", None, 2.0)]  # ten plays have no upper end of a P90


def test_what_certainly_never_comes_needs_no_minutes_and_what_was_chosen_must_be_judged(made: Made) -> None:
    study = made(outcome(n) for n in range(100))
    assert loose(study, Precision(), ["handed_over.p50", "handed_over.p90"]) == []
    assert loose(study, Precision()) == []
    assert loose(study, Precision(), ["N1"]) == [Loose("share", "N1", None, 0.05)]


def test_what_can_be_chosen_are_milestones_judged_norms_and_expected_actions() -> None:
    found = measures(PLAN)
    assert found[:2] == ("reception.p50", "reception.p90")
    assert found[-3:] == ("N1", "N3", "I1:police.desk.started")


def _stop(study: Study, wanted: Precision, seen: list[int], *only: str, most: int = 400) -> Sequence[Loose]:
    def look(n: int) -> Sequence[Loose]:
        seen.append(n)
        return loose(Study(study.path, study.plan, study.identity, n), wanted, only or None)

    return grow(look, 100, most)


class Backwards:
    """An executor that plays one at a time, the last number first."""

    workers = 1

    def run(self, job: Job, numbers: Sequence[int]) -> Iterator[Chunk]:
        for number in reversed(numbers):
            yield play_chunk(job, [number])


def test_where_it_stops_depends_on_no_executor_and_on_nothing_that_was_there_before(tmp_path: Path) -> None:
    """The desk picks up after exactly 22 minutes in each play: ten are enough. The rest has too few even with 20."""
    scenario = sim.load_scenario("ammonia-cold-store")
    first = until_precise(scenario, only=["reception.p50"], batch=10, most=20, executor=InProcess())
    assert (first.study.n, first.loose) == (10, ())
    sim.replicate(scenario, n=13, jobs=1, folder=tmp_path / "more")
    again = until_precise(
        scenario, only=["reception.p50"], batch=10, most=20, executor=Backwards(), folder=tmp_path / "more"
    )
    assert (again.study.n, again.loose) == (10, ())
    assert tables(again.study) == tables(first.study)
    far = until_precise(scenario, batch=10, most=20, jobs=1, folder=tmp_path / "more")
    assert far.study.n == 20
    assert {one.name for one in far.loose} >= {"activated.p50", "activated.p90", "terminated.p90"}
    assert "reception.p50" not in {one.name for one in far.loose}
    with pytest.raises(ValueError, match="activate"):
        until_precise(scenario, only=["activate.p50"], batch=1, most=1, jobs=1)


# --- what is kept


def test_the_typical_play_is_the_medoid_found_by_comparing_all_with_all() -> None:
    for seed in range(30):
        chance = Random(seed)
        plays = {
            number: tuple(
                240_000 if name == "closed" else None if chance.random() < 0.2 else chance.randrange(240_000)
                for name in MILESTONES
            )
            for number in chance.sample(range(100), chance.randint(1, 25))
        }
        assert typical(plays) == _medoid(plays), seed


def _medoid(plays: Mapping[int, Sequence[int | None]]) -> int:
    at = {n: [240_000 if tick is None else tick for tick in ticks] for n, ticks in plays.items()}
    middle = [sorted(column)[len(column) // 2] for column in zip(*at.values(), strict=True)]
    scale = [sum(abs(ticks[k] - middle[k]) for ticks in at.values()) for k in range(len(middle))]

    def away(number: int) -> Fraction:
        return sum(
            (
                Fraction(abs(at[number][k] - ticks[k]), scale[k])
                for ticks in at.values()
                for k in range(len(scale))
                if scale[k]
            ),
            Fraction(),
        )

    return min(sorted(at), key=away)


def test_of_equal_plays_the_typical_one_is_the_first() -> None:
    same = (1_000, 2_000, 3_000, None, None, None, 9_000, 240_000)
    other = (9_000, 2_000, 3_000, None, None, None, 9_000, 240_000)
    assert typical({8: same, 3: same, 5: other, 4: same}) == 3


def test_the_worst_play_missed_most_limits_and_then_ended_last_or_never(made: Made) -> None:
    late, none = [judged("N1", "missed"), judged("N3", "missed")], [judged("N1", "missed")]
    plays = [
        outcome(0, terminated=230, limits=none),
        outcome(1, terminated=100, limits=late),
        outcome(2, terminated=150, limits=late),
        outcome(3, terminated=150, limits=late),
        outcome(4),
    ]
    assert chosen(made(plays))["worst"] == 2
    ends = {play.number: play.milestones for play in plays}
    assert worst(ends, {}) == 4  # it never ended
    assert worst(ends, {0: 1, 4: 1}) == 4
    assert worst(ends, {0: 1, 4: 0}) == 0


def test_plays_that_failed_are_not_kept(made: Made) -> None:
    study = made([Outcome(0, "PlayError: x"), outcome(1, activated=5), outcome(2, activated=5)])
    assert chosen(study) == {"typical": 1, "worst": 1, "first": 1}


def test_a_study_of_failures_alone_keeps_none(made: Made) -> None:
    assert chosen(made([Outcome(0, "PlayError: x")])) == {}


def test_one_replication_of_a_study_is_the_same_play_alone() -> None:
    scenario = sim.load_scenario("blast-furnace-gas")
    study = sim.replicate(scenario, n=1, seed=3, jobs=1)
    alone, known = study.timeline(37), sim.simulate(scenario, seed=3, replication=37)
    assert alone.rows == known.rows
    assert alone.manifest == known.manifest


# --- the store says what the timelines say


def _plans() -> Iterator[tuple[str, Plan]]:
    roster = sim.load_roster()
    for name in ("blast-furnace-gas", "ammonia-cold-store", "restaurant-gas", "paper-mill-pit"):
        yield name, plan_for(roster.model, sim.load_scenario(name).model, {})
    for number in range(40):
        yield f"random_spec(Random({number}))", compiled(random_spec(Random(number)))


def test_a_store_says_what_the_timelines_say(tmp_path: Path) -> None:
    """Every turning point, every stage of every task, every limit with its verdict, and none lost on the way."""
    for place, (name, of) in enumerate(_plans()):
        seed, numbers = Random(place).randrange(2**32), [0, 37]
        with opened(tmp_path / f"{place}.sqlite", {"seed": seed}) as store:
            store.add(play_chunk(make_job(of, seed), numbers).outcomes)
            assert not store.failed(), name
            kept = {number: ticks for number, *ticks in store.milestones()}
            rows, verdicts = list(store.rows()), list(store.verdicts())
        for number in numbers:
            engine = Engine(of)
            timeline = Timeline(of, engine.rows(engine.play(RandomDraws(seed, number)), "", number), {})
            assert kept[number] == _turning(timeline), (name, number)
            columns = TaskRecord.columns()
            told = [dict(zip(columns, record.as_row(), strict=True)) for record in timeline.records]
            assert [row[1:] for row in rows if row[0] == number] == sorted(
                (one["task"], one["state"], *(one[end] for end in ENDS)) for one in told
            ), (name, number)
            assert Counter(row[0:1] + row[2:] for row in verdicts if row[1] == number) == _limits(timeline)


def _turning(timeline: Timeline) -> list[int | None]:
    """The first tick of each kind, read from the rows by nothing but their names."""
    first: dict[str, int] = {}
    for row in timeline.rows:
        name = (
            "reception"
            if row.event == "started" and row.duty == "" and row.task == "desk.receive#1"
            else row.event
        )
        first.setdefault({"drill_closed": "closed"}.get(name, name), row.t)
    members = {actor.name for actor in timeline.plan.actors if actor.kind == "unit"}
    told = {
        row.unit: row.t for row in reversed(timeline.rows) if row.event == "informed" and row.unit in members
    }
    first.pop("informed", None)
    if members and told.keys() == members:
        first["informed"] = max(told.values())
    return [first.get(name) for name in MILESTONES]


def _limits(timeline: Timeline) -> Counter[tuple[Any, ...]]:
    found = []
    for limit in measure(timeline):
        name = f"{limit.inject}:{limit.duty}.{limit.stop}" if limit.inject else limit.norm
        if limit.within is not None and limit.begin is not None and limit.reason not in ("no_stage", "human"):
            found.append((name, limit.verdict, limit.within, limit.passed))
    return Counter(found)
