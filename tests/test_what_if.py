"""What if: paired plays, what is claimed of unfinished work, and what a change cannot touch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from statistics import stdev
from typing import Any

import pytest
from build import DESK, HQ, RING, duty, fact, inject, loaded, need, roster, scenario, teams, timed, unit, work
from small import SCENARIO, SMALL

from sim.errors import InputError
from sim.plan.compiled import Plan
from sim.plan.overrides import read_overrides
from sim.plan.schema import Roster
from sim.plan.workspace import load_roster, load_scenario
from sim.play.draws import Draws, RandomDraws
from sim.play.engine import Engine
from sim.record.manifest import plan_for
from sim.report.what_if import limit_rows, what_if_notes, what_if_rows
from sim.study.outcomes import MILESTONES, Judged, Outcome, TaskTimes, outcome_of
from sim.study.pairs import Paired, Seen, Tally, mean_of, missed
from sim.study.reach import reach
from sim.study.statistics import wilson
from sim.study.what_if import Comparison, Variant, differences, milestone, reached_at, what_if
from sim.words.problems import render

RANDOM = "5..12..30 min"


def paired(*pairs: tuple[Seen | None, Seen | None]) -> Paired:
    tally = Tally()
    for pair in pairs:
        tally.add(*pair)
    return tally.paired()


def at(minutes: float | None, closed: float = 100) -> Seen:
    return Seen(None if minutes is None else round(1000 * minutes), round(1000 * closed))


# --- pairs, by hand


def test_differences_are_second_less_first_with_students_interval() -> None:
    """−2, −4 and −6: mean −4, standard deviation 2, and t(0.975; 2) = 4.302653 of 2/√3."""
    found = paired((at(10), at(8)), (at(10), at(6)), (at(10), at(4)))
    assert (found.first, found.second, found.mean, found.spread) == (10, 6, -4, 2)
    assert found.low == pytest.approx(-4 - 4.302653 * 2 / 3**0.5, abs=1e-5)
    assert found.high == pytest.approx(-4 + 4.302653 * 2 / 3**0.5, abs=1e-5)
    assert (found.better, found.equal, found.worse) == (3, 0, 0)
    assert mean_of([-2000, -4000, -6000])[:2] == (found.mean, found.low)


def test_work_unfinished_on_one_side_counts_as_coming_at_the_close_and_none_is_dropped() -> None:
    """The second came at 40 and the first had not by 100: the difference is at least −60."""
    found = paired((at(None), at(40)), (at(90), at(None)), (at(50), at(50)))
    assert (found.pairs, found.better, found.worse, found.equal) == (3, 1, 1, 1)
    assert found.mean == pytest.approx((-60 + 10 + 0) / 3)
    assert (found.unfinished, found.unknown) == (2, 0)


def test_where_neither_side_came_which_is_sooner_cannot_be_told() -> None:
    found = paired((at(None), at(None)), (at(30), at(20)))
    assert (found.equal, found.unknown, found.better) == (0, 1, 1)
    assert found.share_high == wilson(1, 2).high  # of all pairs, also of that which cannot be told


def test_a_pair_is_compared_as_far_as_both_were_played() -> None:
    """The first drill closed at 60 with the work open, the second did it at 80: nobody knows which is sooner."""
    found = paired((at(None, 60), at(80, 100)))
    assert (found.unknown, found.worse, found.mean) == (1, 0, 0)
    assert paired((at(None, 60), at(50, 100))).better == 1


def test_what_occurs_in_one_play_only_is_told_and_not_compared() -> None:
    found = paired((None, at(5)), (at(5), None), (None, None))
    assert (found.pairs, found.unlike, found.mean) == (0, 2, None)
    assert found.touched


def test_called_off_is_not_unfinished() -> None:
    """A task stood down on the road never arrives: that is no lateness, whereas one still on the road may be late."""
    marks = (None, None, None, None, None, None, None, 60_000)
    outcome = Outcome(0, "", marks)
    ticks = (1000, 1000, 2000, 3000, None, None, None, None)
    assert reached_at(TaskTimes("a.b#1", "stood_down", ticks), "arrived", outcome) is None
    assert reached_at(TaskTimes("a.b#1", "open", ticks), "arrived", outcome) == Seen(None, 60_000)
    assert milestone(outcome, "handed_over") is None  # need not come at all
    assert milestone(outcome, "terminated") == Seen(None, 60_000)


def test_shares_of_a_limit_missed_are_paired() -> None:
    """Ten plays: missed in both thrice, by the first alone five times, by the second alone once. Agresti and Min add a
    half to each kind of pair: (1.5 − 5.5)/12 = −1/3, ± 1.959964 · √(7 − 16/12)/12."""
    pairs = [(True, True)] * 3 + [(True, False)] * 5 + [(False, True)] + [(False, False), (None, True)]
    found = missed(pairs)
    assert (found.judged, found.first, found.second, found.first_only, found.second_only) == (10, 8, 4, 5, 1)
    assert found.difference == pytest.approx(-0.4)
    half = 1.959964 * (7 - 16 / 12) ** 0.5 / 12
    assert (found.low, found.high) == pytest.approx((-1 / 3 - half, -1 / 3 + half), abs=1e-6)
    assert missed([]).difference is None


def islands(**more: Any) -> Roster:
    facts = {name: fact("flag") for name in ("fire", "people", "hurt")}
    needs = {"n_fire": need("fire", 1), "n_people": need("people", 2), "n_hurt": need("hurt", 3)}
    fire = {"fire.douse": duty("n_fire", sees=[]), "fire.watch": duty("n_fire", sees=[])}
    works = {"fire.douse": work(RANDOM, uses={"crew": 1}), "fire.watch": work(RANDOM, uses={"crew": 1})}
    for name in more.pop("extra", ()):
        fire[name], works[name] = duty("n_fire", sees=[]), work(RANDOM)
    units = {
        "消防": unit(1, fire, teams=teams(crew=more.pop("crew", 1)), work=works),
        "公安": unit(2, {"police.cordon": duty("n_people", sees=[])}, work={"police.cordon": work(RANDOM)}),
        "卫健": unit(3, {"health.treat": duty("n_hurt", sees=[])}, work={"health.treat": work(RANDOM)}),
    }
    return roster(facts, needs, units, **{"calls__answered": timed(RANDOM), **more})


FLAGS = {"fire": True, "people": True, "hurt": True}
DRILL = scenario({"I1": RING, "I2": inject([DESK], at="T+5", tells=FLAGS)}, facts=FLAGS, horizon="300 min")


def variant(given: Roster | None = None, drill: Any = DRILL, **overrides: Any) -> Variant:
    return Variant(
        *loaded(given or islands(), drill), {k.replace("__", "."): v for k, v in overrides.items()}
    )


LONGER = {"units.消防.work.fire.douse.time": "60 min"}


def compared(second: Variant, n: int = 12, **given: Any) -> Comparison:
    return what_if(variant(), second, n=n, jobs=1, **given)


def longer() -> Variant:
    return variant()._replace(overrides=LONGER)


def test_tasks_outside_the_closure_are_the_same_in_every_replication() -> None:
    found = compared(longer(), n=30)
    assert not found.reach.everything
    assert found.reach.inside == ("fire.douse", "fire.watch")
    assert found.reach.outside == ("health.treat", "police.cordon")
    outside = [line for line in found.tasks if line.name.rpartition("#")[0] in found.reach.outside]
    assert {line.name for line in outside} == {"health.treat#1", "police.cordon#1"}
    for line in outside:
        assert [minutes for _, minutes in found.each(line.item)] == [0] * 30
        assert (line.paired.equal, line.paired.spread, line.paired.touched) == (30, 0, False)
    late = next(line for line in found.tasks if line.item == "fire.douse#1.finished")
    assert late.paired.worse == 30
    assert {line.name.rpartition("#")[0] for line in found.changed} <= set(found.reach.inside)


def test_what_a_change_bears_on_follows_from_its_path() -> None:
    base = variant().played()

    def of(path: str, value: Any) -> tuple[bool, tuple[str, ...]]:
        found = reach(base, variant()._replace(overrides={path: value}).played())
        assert [change.path for change in found.changes] == [path]
        return found.everything, found.outside

    fire = ("health.treat", "police.cordon")
    assert of("units.消防.teams.crew.count", 2) == (False, fire)
    assert of("units.公安.work.police.cordon.time", "1 min") == (
        False, ("fire.douse", "fire.watch", "health.treat"),
    )  # fmt: skip
    for path, value in (("desk.operators.duty", 1), ("defaults.muster.duty", "9 min"), ("command.tries", 1)):
        assert of(path, value) == (True, ())


def test_a_value_that_is_set_to_what_it_is_changes_nothing() -> None:
    found = compared(variant()._replace(overrides={"units.消防.teams.crew.count": 1}), n=3)
    assert (found.reach.changes, found.reach.inside, found.changed) == ((), (), ())


def test_two_rosters_are_compared_as_their_assumptions_and_another_drill_may_change_everything() -> None:
    found = compared(variant(islands(crew=2)), n=5)
    assert [change.path for change in found.reach.changes] == ["units.消防.teams.crew.count"]
    assert not found.reach.everything
    more = compared(variant(islands(extra=("fire.pump",))), n=5)
    assert (more.reach.everything, "roster" in more.reach.because) == (True, True)
    pump = next(line for line in more.tasks if line.item == "fire.pump#1.finished")
    assert (pump.paired.pairs, pump.paired.unlike) == (0, 5)
    later = {**DRILL, "injects": {"I1": RING, "I2": inject([DESK], at="T+9", tells=FLAGS)}}
    assert compared(variant(drill=later), n=2).reach.because == ("scenario",)


def test_the_result_is_the_same_from_two_processes_and_from_a_folder_gone_on_with(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    alone = compared(longer(), told=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (24, 24)
    assert heard == sorted(heard)
    what_if(variant(), longer(), n=7, jobs=1, folder=tmp_path)
    both = what_if(variant(), longer(), n=12, jobs=2, folder=tmp_path)
    assert (both.milestones, both.tasks, both.limits) == (alone.milestones, alone.tasks, alone.limits)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_failed_replication_makes_no_pair() -> None:
    marks = (None, None, 5000, None, None, None, None, 60_000)
    a = [Outcome(0, "", marks), Outcome(1, "ValueError: x"), Outcome(2, "", marks)]
    b = [Outcome(number, "", (None, None, 8000, None, None, None, None, 60_000)) for number in range(3)]
    assert list(differences(a, b, "activated")) == [(0, 3), (2, 3)]
    with pytest.raises(KeyError):
        list(differences(a, b, "activatd"))


def test_different_seeds_are_no_pairs() -> None:
    from sim.study.replicate import replicate
    from sim.study.what_if import compare

    first = replicate(*loaded(islands(), DRILL), n=1, seed=1, jobs=1)
    second = replicate(*loaded(islands(), DRILL), n=1, seed=2, jobs=1)
    with pytest.raises(ValueError, match="seeds 1 and 2"):
        compare(first, second, reach(variant().played(), variant().played()), n=1)


def test_limits_missed_in_either_variant() -> None:
    """The fire is to be out 40 minutes after work on it begins; then it takes 60 for sure."""
    norm = {"label": {"zh": "灭火", "en": "Fire out"}, "of": "fire.douse", "from": "started", "to": "finished",
            "within": "40 min", "basis": "x", "status": "local"}  # fmt: skip
    given = islands(norms={"n.out": norm})
    first, second = variant(given), variant(given)._replace(overrides=LONGER)
    found = what_if(first, second, n=20, jobs=1)
    (limit,) = found.limits
    assert (limit.missed.judged, limit.missed.first, limit.missed.second) == (20, 0, 20)
    assert limit_rows(found, "zh")[1][:4] == ("灭火", "20", "0%", "100%")


# --- the spread of a difference: one duty more


class InTurn:
    """Uniforms one after another, whoever asks: what most simulations do."""

    def __init__(self, number: int) -> None:
        self._chance = Random(number)

    def u(self, name: str, attempt: int = 0) -> float:
        return self._chance.random()


Streams = Callable[[int, int], Draws]
"""The draws of one side of a pair and of one replication."""
APART: Mapping[str, Streams] = {
    "common": lambda side, number: RandomDraws(1, number),
    "independent": lambda side, number: RandomDraws(1 + side, number),
    "in turn": lambda side, number: InTurn(number),
}


def spreads(
    first: Plan, second: Plan, came: Callable[[Outcome], int | None], n: int
) -> tuple[float, dict[str, float]]:
    """How far the differences between two plans spread, in minutes: on common random numbers, and on the others."""
    engines = Engine(first), Engine(second)
    found = {}
    for name, streams in APART.items():
        pairs = [
            [came(outcome_of(e, k, e.play(streams(side, k)))) for side, e in enumerate(engines)]
            for k in range(n)
        ]
        found[name] = stdev((b - a) / 1000 for a, b in pairs if a is not None and b is not None)
    return found.pop("common"), found


def test_one_duty_more_moves_no_other_draw_so_its_effect_is_seen_with_few_plays() -> None:
    """The doctors' end, with and without one duty more of the fire brigade, which is called out before them. On common
    random numbers only the longer queue for the one telephone shows; else all the chance of both drills."""
    hand = {"duty": 1, "off-duty": 1, "src": "t"}
    plans = [variant(islands(extra=extra, calls__answered=timed("1..1.5..3 min"), desk__operators=hand)).played().plan
             for extra in ((), ("fire.pump",))]  # fmt: skip

    def treated(outcome: Outcome) -> int | None:
        return next(task.ticks[6] for task in outcome.tasks if task.task == "health.treat#1")

    common, others = spreads(plans[0], plans[1], treated, 150)
    assert 0 < common < 1
    assert all(other >= 5 * common for other in others.values()), (common, others)


@pytest.mark.slow
def test_one_duty_more_in_a_shipped_drill_and_when_the_response_ends() -> None:
    """The police get a second duty like that of directing traffic."""
    given = load_roster()
    drill = load_scenario("coke-oven-gas", given)
    register, strength = given.model.register_, given.model.strength
    police, able = register.units["区公安局"], strength.units["区公安局"]
    duties = {**police.duties, "police.traffic2": police.duties["police.traffic"]}
    works = {**able.work, "police.traffic2": able.work["police.traffic"]}
    units = {**register.units, "区公安局": police.model_copy(update={"duties": duties})}
    strong = {**strength.units, "区公安局": able.model_copy(update={"work": works})}
    more = given.model.model_copy(
        update={
            "register_": register.model_copy(update={"units": units}),
            "strength": strength.model_copy(update={"units": strong}),
        }
    )
    plans = [plan_for(office, drill.model, {}) for office in (given.model, more)]
    assert len(plans[1].duties) == len(plans[0].duties) + 1
    place = MILESTONES.index("terminated")
    common, others = spreads(plans[0], plans[1], lambda outcome: outcome.milestones[place], 40)
    assert common > 0
    assert all(other >= 5 * common for other in others.values()), (common, others)


# --- overrides from a file


def _overrides(text: str, tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "b.yaml"
    path.write_text(text, encoding="utf-8")
    given = load_roster(SMALL)
    return read_overrides(path, given.model, load_scenario(SMALL / SCENARIO, given).model)


def test_a_file_of_overrides_is_read_as_set_is(tmp_path: Path) -> None:
    text = "units.消防队.teams.rescue.count: 3\nunits.消防队.work.fire.stop.time: 15 min\n"
    assert _overrides(text, tmp_path) == {
        "units.消防队.teams.rescue.count": 3,
        "units.消防队.work.fire.stop.time": "15 min",
    }


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("units.消防队.teams.rescu.count: 3\n", (1, 1), "assume-path"),
        ("# x\nunits.消防队.work.fire.stop.time: 15\n", (2, 32), "assume-value"),
        ("units.消防队.teams.rescue.count: [3]\n", (1, 31), "value-not-plain"),
        ("units.消防队.teams.rescue.count: 3\nunits.消防队.teams.rescue.count: 4\n", (2, 1), "duplicate-key"),
        ("- a\n", (1, 1), "root-not-mapping"),
        ("command.inform: broadcast\n", (1, 17), "broadcast-missing"),
    ],
)  # fmt: skip
def test_a_wrong_override_is_told_with_line_and_column(
    text: str, place: tuple[int, int], code: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        _overrides(text, tmp_path)
    assert [(p.line, p.column, p.code) for p in refused.value.problems] == [(*place, code)]
    assert render(refused.value.problems[0]).startswith(f"{tmp_path / 'b.yaml'}:{place[0]}:{place[1]}: ")


# --- in words


def test_rows_and_notes_in_both_languages() -> None:
    found = compared(longer(), n=4)
    zh, en = what_if_rows(found, "zh"), what_if_rows(found, "en")
    assert zh[0][0] == "项目"
    assert en[0][3] == "B − A (min)"
    assert [len(row) for row in zh] == [10] * len(zh)
    assert zh[1][0] == "接报"
    douse = next(row for row in en if row[0].endswith("(1) finished"))
    assert float(douse[3]) > 0
    assert douse[7] == "4 / 4"
    notes = what_if_notes(found, "zh")
    assert "units.消防.work.fire.douse.time：5..12..30 min → 60 min" in notes[1]
    assert notes[2] == "从预案上看，2项职责可能受影响，其余2项每次推演都不变：卫健·n_hurt、公安·n_people。"
    every = compared(variant()._replace(overrides={"desk.operators.duty": 1}), n=1)
    assert "of none can it be said that it stays" in what_if_notes(every, "en")[2]


def test_the_store_gives_back_what_was_kept() -> None:
    from sim.study.replicate import replicate
    from sim.study.work import make_job, play_chunk

    study = replicate(*loaded(islands(), DRILL), n=6, jobs=1)
    with study.store() as store:
        store.add([Outcome(6, "ValueError: x")])
        kept = list(store.outcomes())
        assert [outcome.number for outcome in store.outcomes(3)] == [0, 1, 2]
    played = play_chunk(make_job(study.plan, study.seed), range(6)).outcomes

    def by_name(outcome: Outcome) -> Outcome:
        limits: list[Judged] = sorted(outcome.limits, key=lambda limit: limit[:2])
        return outcome._replace(tasks=tuple(sorted(outcome.tasks)), limits=tuple(limits))

    assert kept[:6] == [by_name(outcome) for outcome in played]
    assert kept[6] == Outcome(6, "ValueError: x")


def test_a_headquarters_own_unit_bears_on_everything() -> None:
    """How long it takes to reach the unit that a post's holder leads is how long it takes to reach him."""
    people = {"指挥长甲": {"order": 1, "unit": "公安", "src": "t"}}
    muster = {"muster": {"duty": "2 min", "off-duty": "20 min", "src": "t"}}
    facts, needs = {"fire": fact("flag")}, {"n": need("fire")}
    units = {"公安": unit(1, {"x.a": duty("n")}, work={"x.a": work()}, **muster),
             "卫健": unit(2, {"x.b": duty("n")}, work={"x.b": work()}, **muster)}  # fmt: skip
    given = roster(facts, needs, units, arrangements={"people": people})
    drill = scenario({"I1": RING, "I2": inject([HQ], tells={"fire": True})}, facts={"fire": True})
    base = Variant(*loaded(given, drill))
    found = {
        name: reach(base.played(), base._replace(overrides={f"units.{name}.muster.duty": "9 min"}).played())
        for name in ("公安", "卫健")
    }
    assert found["公安"].because == ("units.公安.muster.duty",)
    assert found["卫健"].because == ()
