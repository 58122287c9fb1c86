"""Which assumption drives a result: a published function, a planted bottleneck, and what is measured first."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sin
from typing import Any

import pytest
from build import DESK, at_once, duty, fact, inject, loaded, need, roster, scenario, teams, timed, unit, work
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.plan.durations import parse_duration, scaled, written
from sim.plan.factors import Factor, list_factors
from sim.plan.workspace import LoadedRoster, LoadedScenario, load_roster
from sim.record.manifest import plan_for
from sim.report.what_if import sensitivity_notes, sensitivity_rows, tornado_notes, tornado_rows
from sim.study.measures import Measure, read_measure
from sim.study.outcomes import Judged, Outcome, TaskTimes
from sim.study.sensitivity import factors_of, morris, morris_of, power_of_two, sobol, sobol_of, tornado
from sim.words.problems import render

# --- a published function: Ishigami and Homma (1990), a = 7, b = 0.1

BOUNDS = dict.fromkeys(("x1", "x2", "x3"), (-pi, pi))
A, B = 7.0, 0.1


def ishigami(x: Sequence[float]) -> float:
    return sin(x[0]) + A * sin(x[1]) ** 2 + B * x[2] ** 4 * sin(x[0])


def test_sobol_reproduces_the_ishigami_function() -> None:
    """Variance a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2: first order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437."""
    variance = A**2 / 8 + B * pi**4 / 5 + B**2 * pi**8 / 18 + 0.5
    first = {"x1": 0.5 * (1 + B * pi**4 / 5) ** 2 / variance, "x2": A**2 / 8 / variance, "x3": 0.0}
    joint = 8 * B**2 * pi**8 / 225 / variance
    total = {"x1": first["x1"] + joint, "x2": first["x2"], "x3": joint}
    assert first == pytest.approx({"x1": 0.3139, "x2": 0.4424, "x3": 0}, abs=5e-5)
    assert total == pytest.approx({"x1": 0.5576, "x2": 0.4424, "x3": 0.2437}, abs=5e-5)
    found = sobol_of(ishigami, BOUNDS, 2048, seed=3)
    assert [share.name for share in found] == ["x1", "x2", "x3"]
    for share in found:
        assert share.alone == pytest.approx(first[share.name], abs=0.02)
        assert share.total == pytest.approx(total[share.name], abs=0.02)
        assert abs(share.alone - first[share.name]) < 1.5 * share.alone_error + 1e-9


def test_morris_reproduces_the_ishigami_function() -> None:
    """On the four levels −π, −π/3, π/3, π a step is 4π/3, two thirds of the range. Of x2 the squared sine goes from 0
    to 3/4 or back: every effect is ±7 · 3/4 ÷ 2/3 = ±7.875. Of x1 the sine goes from 0 to √3/2 or back, with the
    factor 1 + x3⁴/10, which is 1.120 at the inner levels and 10.741 at the outer ones: mean 7.704. Of x3 the effect is
    nought where sin x1 is, at half the levels, else ±√3/2 · (10.741 − 1.120) ÷ 2/3."""
    inner, outer = 1 + B * (pi / 3) ** 4, 1 + B * pi**4
    expected = {
        "x1": 3**0.5 / 2 * (inner + outer) / 2 * 1.5,
        "x2": A * 0.75 * 1.5,
        "x3": 3**0.5 / 2 * (outer - inner) * 1.5 / 2,
    }
    found = {effect.name: effect for effect in morris_of(ishigami, BOUNDS, 1500, seed=3)}
    assert found["x2"].strength == pytest.approx(expected["x2"], rel=1e-9)
    for name in ("x1", "x3"):
        assert found[name].strength == pytest.approx(expected[name], rel=0.07)
        assert abs(found[name].strength - expected[name]) < 1.5 * found[name].error
    assert abs(found["x3"].signed) < 1 < found["x3"].bent  # up as often as down, by the sign of sin x1


def test_a_function_that_is_the_same_everywhere_has_nothing_to_share() -> None:
    assert {(share.alone, share.total) for share in sobol_of(lambda _: 4.0, BOUNDS, 16)} == {(0, 0)}
    assert {effect.strength for effect in morris_of(lambda _: 4.0, BOUNDS, 4)} == {0}
    assert [power_of_two(count) for count in (1, 2, 3, 64, 65)] == [1, 2, 4, 64, 128]


# --- a hand-built plan: the fire is out when the brigade has doused it; police and doctors hold nobody up


def office(**changes: Any) -> tuple[LoadedScenario, LoadedRoster]:
    facts = {name: fact("flag") for name in ("fire", "crowd")}
    needs = {"n_fire": need("fire", 1), "n_crowd": need("crowd", 2)}
    out = duty("n_fire", place="scene", achieves={"set": {"fire": False}}, sees=["fire"])
    units = {
        "消防": unit(1, {"fire.douse": out}, teams=teams(crew=2), muster=given_muster("1..2..3 min"),
                     work={"fire.douse": work("30..40..60 min", setup="1..2..3 min", uses={"crew": 2})}),
        "公安": unit(2, {"police.cordon": duty("n_crowd", sees=[])}, teams=teams(patrol=1),
                     work={"police.cordon": work("50..90..150 min", uses={"patrol": 1})}),
    }  # fmt: skip
    local = at_once(
        desk__receive=timed("1..2..4 min"), defaults__travel={"urban": "2..4..6 min", "township": "9 min", "src": "t"},
        calls__report=timed("0.5..1..2 min"),
        sources={"t": {"grade": "guess", "text": "test"}, "m": {"grade": "measured", "text": "test"}},
    )  # fmt: skip
    drill = scenario(
        {"I1": inject([DESK], tells={"fire": True, "crowd": True})}, facts={"fire": True, "crowd": True},
        end={"when": "not fire", "hold": "1 min"},
    )  # fmt: skip
    return loaded(roster(facts, needs, units, **{**local, **changes}), drill)


def given_muster(text: str) -> dict[str, str]:
    return {"duty": text, "off-duty": text, "src": "t"}


DOUSE = "units.消防.work.fire.douse.time"


def test_the_planted_bottleneck_comes_first() -> None:
    """Dousing takes forty minutes and everything else on its way two to four; the cordon takes longer and holds up
    nobody."""
    found = tornado(*office(), "terminated", n=20, jobs=1)
    first, second = found.bars[:2]
    assert first.factor.path == DOUSE
    assert (first.low_value, first.high_value) == ("15..20..30 min", "45..60..90 min")
    assert first.swing > 5 * second.swing > 0
    assert 35 < first.swing < 50  # about the forty minutes that it takes
    assert first.low is not None
    assert first.high is not None
    assert found.usual is not None
    assert first.low < found.usual < first.high
    cordon = next(bar for bar in found.bars if bar.factor.path == "units.公安.work.police.cordon.time")
    assert (cordon.swing, cordon.moved) == (0, 0)
    assert cordon not in found.to_measure
    assert found.top(2) == (first.factor, second.factor)


def test_what_has_no_part_in_the_drill_is_not_played() -> None:
    """Off-duty muster is compiled for a day drill too and so is tried; the road of another zone is not."""
    heard: list[tuple[int, int]] = []
    found = tornado(
        *office(), "terminated", n=2, jobs=1, told=lambda done, total: heard.append((done, total))
    )
    assert "defaults.travel.township" in [factor.path for factor in found.unused]
    assert heard[-1][0] == heard[-1][1]
    assert {total for _, total in heard} >= {2 * (1 + 2 * len(factors_of(*office())))}


def test_what_is_measured_needs_no_stopwatch() -> None:
    """The influence counts only where the value is a guess or one planner's first value."""
    scenario, given = office()
    strength = given.model.strength
    works = {"fire.douse": strength.units["消防"].work["fire.douse"].model_copy(update={"src": "m"})}
    units = {**strength.units, "消防": strength.units["消防"].model_copy(update={"work": works})}
    known = given.model.model_copy(update={"strength": strength.model_copy(update={"units": units})})
    found = tornado(scenario, LoadedRoster(known, given.files, ()), "terminated", n=5, jobs=1)
    assert found.bars[0].factor.path == DOUSE
    assert DOUSE not in [bar.factor.path for bar in found.to_measure]
    assert found.to_measure[0] == found.bars[1]


def test_sobol_and_morris_of_a_drill_agree_with_the_tornado_whatever_the_workers() -> None:
    scenario, given = office()
    factors = tornado(scenario, given, "terminated", n=5, jobs=1).top(3)
    shares = sobol(scenario, given, "terminated", factors, base=16, n=2, jobs=1)
    effects = morris(scenario, given, "terminated", factors, trajectories=6, n=2, jobs=1)
    assert (shares.points, effects.points) == (16 * 5, 6 * 4)
    assert shares.shares[0].name == effects.effects[0].name == DOUSE
    assert shares.shares[0].alone > 0.8
    assert effects.effects[0].strength > 5 * effects.effects[1].strength
    assert shares.to_measure[0].path == DOUSE
    again = morris(scenario, given, "terminated", factors, trajectories=6, n=2, jobs=2)
    assert again == effects


def test_the_range_of_a_time_as_it_is_written() -> None:
    """With ``range`` dousing takes 30 and then 60 minutes for sure, its own ends; scaled it would take 15 to 90."""
    found = tornado(*office(), "fire.douse.finished", n=5, jobs=1, how="range")
    bar = next(bar for bar in found.bars if bar.factor.path == DOUSE)
    assert parse_duration(bar.low_value).at(0.5) == 30_000
    assert parse_duration(bar.high_value).at(0.5) == pytest.approx(60_000, abs=1000)
    assert bar.swing == pytest.approx(30, abs=1)


# --- factors


def test_factors_are_what_set_takes_and_every_end_of_them_fits() -> None:
    scenario, given = office()
    factors = {factor.path: factor for factor in factors_of(scenario, given)}
    crew = factors["units.消防.teams.crew.count"]
    assert (crew.kind, crew.least, crew.at(0.5), crew.at(1.5)) == ("count", 2, 2, 3)  # dousing takes both
    assert factors["units.公安.teams.patrol.count"].at(1.5) == 2
    assert factors["desk.operators.duty"].at(1.5) == 100  # as many as the file allows
    assert factors["defaults.answer.tries"].at(0.5) == 2
    assert "defaults.answer.chance" not in factors  # sure: nothing to vary
    assert "units.消防.teams.crew.src" not in factors
    assert factors["units.消防.muster.duty"].assumption == "units.消防.muster"
    for factor in factors.values():
        for by in (0.5, 1, 1.5):
            plan = plan_for(given.model, scenario.model, {factor.path: factor.at(by)})
            assert by != 1 or plan == plan_for(given.model, scenario.model, {})


@pytest.mark.slow
def test_every_factor_of_the_shipped_roster_can_be_set_to_either_end() -> None:
    from sim.plan.workspace import load_scenario

    given = load_roster()
    drill = load_scenario("ammonia-cold-store", given)
    factors = list_factors(given.model)
    assert len(factors) > 200
    assert {factor.kind for factor in factors} == {"duration", "chance", "count"}
    for by in (0.5, 1.5):
        for how in ("scale", "range"):
            plan_for(given.model, drill.model, {factor.path: factor.at(by, how) for factor in factors})  # type: ignore[arg-type]


def test_of_a_chance_it_is_the_failing_that_is_varied() -> None:
    chance = Factor("x", "x", "chance", 0.9, 1, 1, "guess", "")
    assert [chance.at(by) for by in (0.5, 1, 1.5)] == [0.95, 0.9, 0.85]
    assert Factor("x", "x", "chance", 0.2, 1, 1, "guess", "").at(1.5) == 0  # never below nothing


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("3..5..9 min", 0.5, "1.5..2.5..4.5 min"),
        ("90 s", 2, "3 min"),
        ("1 h", 1.5, "90 min"),
        ("exp(2 min)", 1.5, "exp(3 min)"),
        ("uniform(1, 2) h", 0.5, "uniform(30, 60) min"),
        ("lognormal(25, 0.6) min", 2, "lognormal(50, 0.6) min"),
        ("0 min", 1.5, "0 min"),
        ("0.001 min", 0.5, "0.001 min"),
        ("59 d", 1.5, "86400 min"),
    ],
)
def test_a_scaled_duration_is_written_as_a_planner_would(text: str, by: float, expected: str) -> None:
    assert scaled(text, by) == expected


_MINUTES = st.floats(0, 86_400).map(lambda value: round(value, 3))


@settings(max_examples=200, deadline=None)
@given(
    values=st.tuples(_MINUTES, _MINUTES, _MINUTES).map(sorted),
    by=st.floats(0.01, 50),
    u=st.floats(0, 1, exclude_max=True),
)
def test_a_scaled_duration_is_valid_and_as_many_times_as_long(
    values: list[float], by: float, u: float
) -> None:
    text = "..".join(f"{value:.3f}" for value in values) + " min"
    result = parse_duration(scaled(text, by))
    assert (result.at(0) > 0) == (values[0] > 0)
    if 0 < by * values[2] <= 86_400:
        assert result.at(u) == pytest.approx(by * parse_duration(text).at(u), abs=3 + 0.51 * by)


def test_nothing_is_scaled_by_nothing() -> None:
    with pytest.raises(ValueError, match="0"):
        scaled("3 min", 0)
    assert written(1500) == "1.5 min"


# --- measures


def test_measures_of_a_play() -> None:
    marks = (1000, 2000, 3000, None, None, None, None, 90_000)
    ticks = (0, 0, 1000, 2000, 10_000, 12_000, None, None)
    tasks = (
        TaskTimes("a.b#1", "open", ticks),
        TaskTimes("a.b#2", "open", (*ticks[:4], 20_000, None, None, None)),
    )
    limits = (Judged("n", "a.b#1", "met", "", 5, 1), Judged("n", "a.b#2", "missed", "", 5, 9))
    play = Outcome(0, "", marks, tasks, limits)
    assert Measure("milestone", "activated").of(play) == 3
    assert Measure("milestone", "terminated").of(play) == 90  # not by the close
    assert Measure("milestone", "handed_over").of(play) is None
    assert Measure("duty", "a.b", "arrived").of(play) == 15
    assert Measure("duty", "a.b", "finished").of(play) == 90
    assert Measure("duty", "a.c", "arrived").of(play) is None
    assert Measure("limit", "n").of(play) == 1
    assert Measure("milestone", "x").over([1, 2, 9, None]) == 2
    assert Measure("limit", "n").over([0, 1, None]) == 0.5
    assert Measure("limit", "n").over([None]) is None


def test_a_measure_is_read_and_an_unknown_one_refused_with_one_like_it() -> None:
    scenario, given = office()
    plan = plan_for(given.model, scenario.model, {})
    for text in ("activated", "fire.douse.arrived"):
        assert read_measure(text, plan).text == text
    with pytest.raises(InputError) as refused:
        tornado(*office(), "fire.dowse.arrived", n=1, jobs=1)
    (problem,) = refused.value.problems
    assert problem.code == "measure-unknown"
    assert render(problem).endswith("是否想写“fire.douse.arrived”？")


# --- in words


def test_rows_and_notes_in_both_languages() -> None:
    scenario, given = office()
    plan = plan_for(given.model, scenario.model, {})
    found = tornado(scenario, given, "terminated", n=3, jobs=1)
    rows = tornado_rows(found, plan, "zh")
    assert rows[0][:3] == ("假设参数", "等级", "现值")
    assert rows[1][:5] == ("消防·n_fire·用时", "估计", "30..40..60 min", "15..20..30 min", "45..60..90 min")
    assert tornado_rows(found, plan, "en")[0][-1] == "plays that change"
    notes = tornado_notes(found, plan, "zh", 1)
    assert "终止响应的一般情况" in notes[0]
    assert notes[1].endswith("：消防·n_fire·用时。")
    together = morris(scenario, given, "terminated", found.top(2), trajectories=2, n=1, jobs=1)
    assert sensitivity_rows(together, plan, "en")[1][0] == "消防·n_fire·time"
    shares = sobol(scenario, given, "terminated", found.top(2), base=2, n=1, jobs=1)
    assert len(sensitivity_rows(shares, plan, "zh")) == 3
    assert sensitivity_notes(shares, plan, "en")[0].startswith("Measure these with a stopwatch first")
