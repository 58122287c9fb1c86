"""Improvement options: what a measure buys, the best set within a budget, and the office's own file of measures."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from build import DESK, at_once, duty, fact, inject, loaded, need, roster, scenario, teams, unit, work

from sim.errors import InputError
from sim.plan.measures import LoadedMeasures, load_measures, read_measures
from sim.plan.schema import Measures
from sim.plan.workspace import LoadedRoster, LoadedScenario, load_roster, load_scenario
from sim.play.draws import RandomDraws
from sim.play.engine import Engine
from sim.record.manifest import plan_for
from sim.report.what_if import options_notes, options_rows
from sim.study.options import Aim, Options, improve
from sim.study.outcomes import MILESTONES, outcome_of
from sim.words.problems import render

# The response ends when the fire is out and the crowd is clear; fire takes muster, road and work one after another, the
# crowd takes sixty minutes and is no bottleneck unless the fire is faster.


def office(clear: str = "20..25..30 min", every: str = "0 min") -> tuple[LoadedScenario, LoadedRoster]:
    facts = {name: fact("flag") for name in ("fire", "crowd")}
    needs = {"n_fire": need("fire", 1), "n_crowd": need("crowd", 2)}
    out = duty("n_fire", place="scene", achieves={"set": {"fire": False}}, sees=["fire"])
    away = duty("n_crowd", place="office", achieves={"set": {"crowd": False}}, sees=["crowd"])
    units = {
        "消防": unit(1, {"fire.douse": out}, teams=teams(crew=1), work={"fire.douse": work("35..40..50 min")},
                     muster={"duty": "28..30..33 min", "off-duty": "9 min", "src": "t"},
                     travel={"urban": "18..20..23 min", "township": "9 min", "src": "t"}),
        "公安": unit(2, {"police.clear": away}, work={"police.clear": work(clear)}),
    }  # fmt: skip
    norm = {"label": {"zh": "到场", "en": "Arrival"}, "of": "fire.douse", "from": "ordered", "to": "arrived",
            "within": "40 min", "basis": "x", "status": "local"}  # fmt: skip
    drill = scenario(
        {"I1": inject([DESK], tells={"fire": True, "crowd": True})},
        facts={"fire": True, "crowd": True}, end={"when": "not fire and not crowd", "hold": "1 min"},
    )  # fmt: skip
    return loaded(roster(facts, needs, units, norms={"n.arrive": norm}, **at_once()), drill)


MUSTER, ROAD = "units.消防.muster.duty", "units.消防.travel.urban"
DOUSE, CLEAR = "units.消防.work.fire.douse.time", "units.公安.work.police.clear.time"


def measures(**given: tuple[float, dict[str, Any]]) -> LoadedMeasures:
    data = {
        name: {"label": {"zh": f"措施{name}", "en": name}, "cost": float(cost), "set": what}
        for name, (cost, what) in given.items()
    }
    unit = {"zh": "分", "en": "points"}
    return LoadedMeasures(Measures.model_validate({"unit": unit, "measures": data}), "measures.yaml")


THREE = measures(
    muster=(5, {MUSTER: "7..9..11 min"}),  # saves about 21 minutes: most for its cost
    road=(3, {ROAD: "7..8..9 min"}),  # about 12
    douse=(3, {DOUSE: "25..29..38 min"}),  # about 11, so that road and douse together beat muster alone
)
TOGETHER = measures(
    douse=(2, {DOUSE: "5 min"}), clear=(2, {CLEAR: "50 min"}), road=(2, {ROAD: "16..18..21 min"})
)
"""Each of the first two buys little by itself, because the other one is waited for."""


def improved(given: LoadedMeasures, budget: float | None = None, **more: Any) -> Options:
    drill = more.pop("drill", None) or office()
    return improve(*drill, given, budget=budget, marks=("terminated",), **{"n": 12, "jobs": 1, **more})


def by_hand(
    drill: tuple[LoadedScenario, LoadedRoster], what: dict[str, Any], n: int
) -> list[tuple[float, int]]:
    """Minutes at which the response ends and limits missed, play by play, without the study."""
    engine = Engine(plan_for(drill[1].model, drill[0].model, what))
    outcomes = [outcome_of(engine, k, engine.play(RandomDraws(1, k))) for k in range(n)]
    ends = [outcome.milestones[MILESTONES.index("terminated")] for outcome in outcomes]
    assert None not in ends
    missed = [sum(limit.verdict == "missed" for limit in outcome.limits) for outcome in outcomes]
    return [((end or 0) / 1000, count) for end, count in zip(ends, missed, strict=True)]


def brute_force(
    drill: tuple[LoadedScenario, LoadedRoster], given: LoadedMeasures, budget: float, aim: Aim
) -> dict[frozenset[str], float]:
    """What every set of measures within the budget buys."""
    usual = by_hand(drill, {}, 12)
    found = {}
    for size in range(len(given.model.measures) + 1):
        for names in combinations(given.model.measures, size):
            if sum(given.model.measures[name].cost for name in names) <= budget:
                what = {path: v for name in names for path, v in given.model.measures[name].set.items()}
                played = by_hand(drill, what, 12)
                place = 0 if aim == "minutes" else 1
                found[frozenset(names)] = fmean(
                    a[place] - b[place] for a, b in zip(usual, played, strict=True)
                )
    return found


@pytest.mark.parametrize("aim", ["minutes", "limits"])
@pytest.mark.parametrize("budget", [3, 6, 8, 11])
def test_the_best_set_within_a_budget_is_that_of_brute_force(aim: Aim, budget: float) -> None:
    found = improved(THREE, budget, aims=(aim,))
    every = brute_force(office(), THREE, budget, aim)
    (best,) = found.best
    assert best.exact
    assert best.option.worth(aim) == pytest.approx(max(every.values()))
    assert every[frozenset(best.option.names)] == pytest.approx(max(every.values()))
    assert best.option.cost <= budget


def test_the_best_set_is_not_the_best_for_its_cost_one_by_one() -> None:
    """With 6 points the muster, best for its cost, leaves nothing for the others, which together buy more."""
    found = improved(THREE, 6, aims=("minutes",))
    assert found.ranked("minutes")[0].names == ("muster",)
    assert found.best[0].option.names == ("douse", "road")
    assert 19 < found.ranked("minutes")[0].minutes < found.best[0].option.minutes < 26


def test_measures_that_help_only_together_are_found() -> None:
    drill = office(clear="95..100..105 min")
    found = improved(TOGETHER, 4, drill=drill, aims=("minutes",))
    singles = {option.names: option.minutes for option in found.singles}
    both = found.best[0].option
    assert both.names == ("clear", "douse")
    assert both.minutes > sum(singles.values()) + 5
    assert both.minutes == pytest.approx(max(brute_force(drill, TOGETHER, 4, "minutes").values()))


def test_with_too_many_sets_the_search_goes_step_by_step_and_says_so() -> None:
    found = improved(THREE, 11, most_sets=3, aims=("minutes",))
    (best,) = found.best
    assert (best.exact, best.option.names) == (False, ("douse", "muster", "road"))
    alone = sum(option.minutes for option in found.singles)
    assert best.bound == pytest.approx(alone)
    tight = improved(THREE, 6, most_sets=3, aims=("minutes",)).best[0]
    assert tight.option.names == ("muster",)  # not the best, and it does not claim to be
    by_name = {option.names[0]: option for option in found.singles}
    second = max(by_name["road"].minutes, by_name["douse"].minutes)
    assert tight.bound == pytest.approx(by_name["muster"].minutes + second / 3)
    assert "不保证最好" in options_notes(found, "zh")[1]


def test_two_measures_that_set_one_thing_differently_are_never_taken_together() -> None:
    given = measures(
        fast=(1, {MUSTER: "9 min"}),
        faster=(2, {MUSTER: "3 min"}),
        road=(1, {ROAD: "16 min", MUSTER: "9 min"}),
    )
    found = improved(given, 10, aims=("minutes",))
    assert found.best[0].option.names == ("faster",)
    assert found.best[0].played == 3 + 1 + 1  # each alone, fast with road, none


def test_what_plays_no_part_buys_nothing_and_what_does_not_fit_is_named() -> None:
    given = measures(
        night=(1, {"defaults.travel.township": "1 min"}),
        foreign=(1, {"units.水利.teams.pump.count": 2}),
        road=(1, {ROAD: "8 min"}),
    )
    found = improved(given, 2)
    night = next(option for option in found.singles if option.names == ("night",))
    assert (night.minutes, night.limits, night.idle) == (0, 0, ("night",))
    assert found.unfit == ("foreign",)
    assert [best.option.names for best in found.best] == [("road",), ("road",)]
    assert "措施foreign" in options_notes(found, "zh")[-1]


def test_nothing_is_best_where_nothing_helps() -> None:
    found = improved(measures(slow=(1, {DOUSE: "90 min"})), 5)
    assert [best.option.names for best in found.best] == [(), ()]
    assert found.singles[0].minutes < -40
    assert "一项也不做" in options_notes(found, "zh")[1]


def test_minutes_and_limits_avoided_with_their_interval() -> None:
    found = improved(THREE)
    muster = next(option for option in found.singles if option.names == ("muster",))
    hand = zip(by_hand(office(), {}, 12), by_hand(office(), {MUSTER: "7..9..11 min"}, 12), strict=True)
    saved, avoided = zip(*((a - b, c - d) for (a, c), (b, d) in hand), strict=True)
    assert muster.minutes == pytest.approx(fmean(saved))
    assert muster.limits == pytest.approx(fmean(avoided)) == 1  # fifty minutes to arrive, forty allowed
    low, high = muster.interval
    assert low is not None
    assert high is not None
    assert low < muster.minutes < high
    assert muster.per_cost("minutes") == muster.minutes / 5
    ((mark, paired),) = muster.milestones
    assert (mark, paired.better, paired.mean) == ("terminated", 12, pytest.approx(-muster.minutes))


def test_the_workers_do_not_show_and_progress_ends_at_its_total() -> None:
    heard: list[tuple[int, int]] = []
    alone = improved(THREE, 6, told=lambda done, total: heard.append((done, total)))
    assert improved(THREE, 6, jobs=2) == alone
    assert heard[-1] == (72, 72)  # as it is, each alone, road with douse, and none
    assert heard == sorted(heard)
    improved(THREE, 11, most_sets=3, told=lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1]


def test_an_unknown_milestone_is_refused() -> None:
    with pytest.raises(KeyError, match="ended"):
        improve(*office(), THREE, marks=("ended",), n=1, jobs=1)


def test_rows_in_both_languages() -> None:
    found = improved(THREE, 6)
    zh, en = options_rows(found, "zh"), options_rows(found, "en")
    assert zh[0][:2] == ("措施（自定）", "费用，分")
    assert en[0][1] == "cost, points"
    assert (zh[1][0], zh[1][1]) == ("措施muster", "5")
    assert float(en[1][2]) == round(found.ranked("minutes")[0].minutes, 1)
    notes = options_notes(found, "en")
    assert notes[1].startswith("For a cost of at most 6, what gains most time: douse, road, cost 6,")
    assert notes[1].endswith("Every set within the budget was played (5 in all); this is the best of them.")


# --- the file


def refused(data: Any, tmp_path: Path) -> list[str]:
    path = tmp_path / "measures.yaml"
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, indent=1))
    with pytest.raises(InputError) as fault:
        read_measures(path, load_roster().model)
    return [render(problem, "en").removeprefix(f"{path}:") for problem in fault.value.problems]


FILE = """unit: {zh: 万元, en: 10 000 yuan}
measures:
  x:
    label: {zh: 甲, en: A}
    cost: COST
    set: {PATH: VALUE}
"""


@pytest.mark.parametrize(
    ("cost", "path", "value", "said"),
    [
        ("2", "desk.operators.of-duty", "2", "6:11: there is no assumption 'desk.operators.of-duty'"),
        ("2", "desk.operators.off-duty", "two", "6:36: "),
        ("0", "desk.operators.off-duty", "2", "5:11: 0 is too small; at least 0.01."),
        ("free", "desk.operators.off-duty", "2", "5:11: "),
    ],
)
def test_a_wrong_measure_is_told_with_line_and_column(
    cost: str, path: str, value: str, said: str, tmp_path: Path
) -> None:
    text = FILE.replace("COST", cost).replace("PATH", path).replace("VALUE", value)
    assert [line for line in refused(text, tmp_path) if line.startswith(said)]


def test_the_shipped_measures_can_be_set_and_an_offices_own_file_wins(tmp_path: Path) -> None:
    given = load_roster()
    shipped = load_measures(None, given.model).model
    drill = load_scenario("ammonia-cold-store", given)
    for measure in shipped.measures.values():
        plan_for(given.model, drill.model, measure.set)
    assert {"second-operator", "broadcast", "deputy-on-call"} < set(shipped.measures)
    (tmp_path / "roster").mkdir()
    own = FILE.replace("COST", "2").replace("PATH", "desk.operators.off-duty").replace("VALUE", "2")
    (tmp_path / "roster/measures.yaml").write_text(own)
    assert set(load_measures(tmp_path, given.model).model.measures) == {"x"}
    assert set(load_measures(tmp_path / "roster", given.model).model.measures) == {"x"}


@pytest.mark.slow
def test_a_second_operator_at_night_starts_the_response_sooner() -> None:
    given = load_roster()
    drill = load_scenario("ammonia-cold-store", given)
    found = improve(drill, given, load_measures(None, given.model), n=20, marks=("activated",))
    second = next(option for option in found.singles if option.names == ("second-operator",))
    assert second.minutes > 5
    assert second.interval[0] is not None
    assert second.interval[0] > 0
