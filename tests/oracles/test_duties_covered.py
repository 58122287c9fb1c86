"""Coverage: what plays show of every clause, why the rest stays on paper, the fewest scenarios that reach it all."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from itertools import combinations

import pytest
from build import duty
from covered import INVITED, NEEDS, UNITS, covered, drill, found, office, scene
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.plan.compile import compile_plan
from sim.plan.schema import Scenario
from sim.review.coverage import Coverage, coverage_csv
from sim.review.flaws import table_minutes
from sim.study.coverage import choose, smallest


@pytest.fixture(scope="module")
def burning() -> Coverage:
    """A fire and a leak, in scenarios of their own."""
    return covered(drill("s-leak", "leak"), drill("s-fire", "fire"))


# --- what each state means


def test_a_duty_that_began_its_work_in_an_expected_play_is_dispatched(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "a.fire")
    assert (status, scenarios) == ("dispatched", ("s-fire",))
    assert "期望推演" in reason


def test_who_turned_back_on_the_road_did_not_work(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "b.fire")
    assert (status, scenarios) == ("conditional", ("s-fire",))
    assert "9次中9次（归队）" in reason


def test_who_works_only_in_some_random_plays_is_conditional_and_the_seed_is_named(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "c.leak")
    of = office()
    plays = scene(drill("s-leak", "leak"), of).random
    worked = [play.seed for play in plays if "c.leak" in play.worked]
    assert 0 < len(worked) < 8
    assert (status, scenarios) == ("conditional", ("s-leak",))
    assert f"8次中{len(worked)}次（如种子号{worked[0]}）" in reason


def test_a_need_that_nobody_raises_is_named_with_its_condition(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "d.storm")
    assert (status, scenarios) == ("never", ())
    assert NEEDS["storm"]["label"]["zh"] in reason
    assert "没有提出" in reason


def test_a_duty_whose_own_condition_never_held_says_so(burning: Coverage) -> None:
    status, _, reason = found(burning, "a.leak")
    assert status == "never"
    assert "自身条件" in reason
    both = covered(drill("s-both", "leak", "storm"))
    assert found(both, "a.leak")[:2] == ("dispatched", ("s-both",))


def test_a_duty_that_answers_injects_waits_for_one_that_names_it(burning: Coverage) -> None:
    status, _, reason = found(burning, "g.each")
    assert status == "never"
    assert "注入信息" in reason


def test_what_the_control_plays_covers_nothing(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "f.fire")
    assert (status, scenarios) == ("not-invited", ("s-fire",))
    assert "来客" in reason
    both = covered(drill("s-fire", "fire"), drill("t-fire", "fire", participants={**INVITED, "来客": "参演"}))
    assert found(both, "f.fire")[:2] == ("dispatched", ("t-fire",))


def test_a_duty_that_no_situation_can_call_for_is_unreachable_and_quoted(burning: Coverage) -> None:
    status, _, reason = found(burning, "e.void")
    assert status == "unreachable"
    assert "“救援”" in reason


def test_a_duty_ruled_out_by_its_own_words_is_unreachable_and_quoted(burning: Coverage) -> None:
    status, _, reason = found(burning, "h.major")
    assert status == "unreachable"
    assert "“重特大事故救援”" in reason.split("原文：")[1]


@pytest.mark.parametrize(
    ("duty_id", "word"),
    [("h.prevent", "预防"), ("h.daily", "常态"), ("h.command", "指挥流程"), ("h.later", "善后台账")],
)
def test_what_is_never_sent_out_says_why(burning: Coverage, duty_id: str, word: str) -> None:
    status, scenarios, reason = found(burning, duty_id)
    assert (status, scenarios) == ("outside", ())
    assert word in reason


def test_without_random_plays_chance_shows_nothing() -> None:
    status, _, reason = found(covered(drill("s-leak", "leak"), seeds=0), "c.leak")
    assert status == "conditional"
    assert "1次中1次（联系不上）" in reason


def test_every_clause_of_the_register_is_there_once_and_guests_are_not() -> None:
    guest = {"某厂": {"en": "Works", "duties": {"works.fire": {**duty("fire"), "quote": None}}}}
    plain = drill("s-fire", "fire").model_dump(by_alias=True, exclude_unset=True)
    coverage = covered(Scenario.model_validate({**plain, "guests": guest}))
    assert coverage.scenes[0].called("works.fire")
    assert sorted(clause.duty for clause in coverage.clauses) == sorted(
        duty_id for each in UNITS.values() for duty_id in each["duties"]
    )


# --- order means nothing


def test_neither_the_order_of_scenarios_nor_of_keys_means_anything(burning: Coverage) -> None:
    backwards = {
        name: {**each, "duties": dict(reversed(each["duties"].items()))}
        for name, each in reversed(UNITS.items())
    }
    again = covered(drill("s-fire", "fire"), drill("s-leak", "leak"), of=office(backwards))
    for lang in ("zh", "en"):
        assert coverage_csv(again, lang) == coverage_csv(burning, lang)  # type: ignore[arg-type]
    assert choose(again) == choose(burning)


# --- the fewest


def brute(covers: Mapping[str, Collection[str]], weights: Mapping[str, int]) -> tuple[str, ...]:
    """Try every set of names: the lightest, of these the fewest, of these the first by name."""
    everything = set().union(*covers.values())
    sets = (chosen for size in range(len(covers) + 1) for chosen in combinations(sorted(covers), size))
    whole = [chosen for chosen in sets if set().union(*(covers[name] for name in chosen)) == everything]
    return min(whole, key=lambda chosen: (sum(weights[name] for name in chosen), len(chosen), chosen))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.frozensets(st.sampled_from("abcdefgh")), st.integers(0, 120)), min_size=0, max_size=7
    )
)
def test_the_smallest_set_is_that_of_trying_every_one(drawn: list[tuple[frozenset[str], int]]) -> None:
    covers = {f"s{place}": duties for place, (duties, _) in enumerate(drawn)}
    weights = {f"s{place}": weight for place, (_, weight) in enumerate(drawn)}
    assert smallest(covers) == brute(covers, dict.fromkeys(covers, 1))
    assert smallest(covers, weights) == brute(covers, weights)
    names = list(covers)
    random.Random(len(drawn)).shuffle(names)
    assert smallest({name: covers[name] for name in names}, weights) == smallest(covers, weights)


def test_a_greedy_choice_is_not_the_smallest() -> None:
    covers = {"a": "123456", "b": "1237", "c": "4568", "d": "78"}
    assert smallest(covers) == ("a", "d")
    assert smallest({**covers, "d": "7"}) == ("b", "c")


@pytest.mark.parametrize("seed", range(60))
def test_weights_that_differ_by_little_are_told_apart(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"s{place}" for place in range(8)]
    covers = {name: {duty_id for duty_id in "abcdefghij" if chance.random() < 0.3} for name in names}
    weights = {name: 1000 + chance.randrange(40) for name in names}

    assert smallest(covers, weights) == brute(covers, weights)


def test_what_each_chosen_scenario_adds() -> None:
    of = office()
    three = [drill("s-fire", "fire"), drill("s-leak", "leak", "storm"), drill("s-storm", "storm")]
    fewest, shortest = choose(covered(*three, of=of, seeds=0))
    assert fewest == shortest
    assert {step.scenario: step.alone for step in fewest.steps} == {
        "s-leak": ("a.leak", "d.storm"),
        "s-fire": ("a.fire",),
    }
    assert [len(step.adds) for step in fewest.steps] == [2, 1]
    assert fewest.minutes == 2 * table_minutes(compile_plan(of, three[0]))


def test_where_nothing_works_there_is_nothing_to_choose() -> None:
    fewest, shortest = choose(covered(drill("s-nothing"), seeds=0))
    assert fewest.steps == shortest.steps == ()
