"""The statistics of a study against values that others published, samples worked by hand, and their own promise."""

from __future__ import annotations

from collections.abc import Callable
from math import comb, isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.study.statistics import Distribution, ranks, verdict, wilson


def came(*values: float, closed: float = 1000) -> list[tuple[float | None, float]]:
    return [(value, closed) for value in values]


def still(*closed: float) -> list[tuple[float | None, float]]:
    return [(None, at) for at in closed]


# --- shares


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_examples_of_newcombe_1998(hits: int, n: int, low: float, high: float) -> None:
    found = wilson(hits, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    turned = wilson(n - hits, n)
    assert isclose(turned.low, 1 - found.high)
    assert isclose(turned.high, 1 - found.low, abs_tol=1e-12)


def test_of_no_plays_nothing_is_known_and_more_hits_than_plays_are_a_fault() -> None:
    assert wilson(0, 0) == (None, 0.0, 1.0)
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def test_wilson_covers_the_true_share_on_the_average() -> None:
    """Exactly, from the binomial distribution, for shares spread evenly over 0 to 1."""
    n, grid = 40, [(k + 0.5) / 200 for k in range(200)]
    ends = [wilson(hits, n) for hits in range(n + 1)]

    def covered(p: float) -> float:
        return sum(
            comb(n, hits) * p**hits * (1 - p) ** (n - hits)
            for hits, found in enumerate(ends)
            if found.low <= p <= found.high
        )

    assert 0.945 <= sum(map(covered, grid)) / len(grid) <= 0.96


@pytest.mark.parametrize(
    ("missed", "judged", "running", "told"),
    [
        (0, 20, 0, "cannot_tell"),  # up to 16 in 100 may miss
        (0, 50, 0, "pass"),
        (15, 100, 0, "cannot_tell"),
        (20, 100, 0, "fail"),
        (0, 0, 0, "cannot_tell"),
        (0, 50, 10, "cannot_tell"),  # the ten that were not over might all have missed
        (0, 500, 10, "pass"),  # even then
        (20, 100, 5, "fail"),
        (20, 100, 100, "cannot_tell"),  # or all have met
    ],
)
def test_a_limit_passes_only_if_it_would_whatever_the_unfinished_had_come_to(
    missed: int, judged: int, running: int, told: str
) -> None:
    assert verdict(missed, judged, running, target=0.10) == told


def test_the_target_is_the_offices_own() -> None:
    assert [verdict(20, 100, target=target) for target in (0.1, 0.2, 0.3)] == ["fail", "cannot_tell", "pass"]


# --- quantiles


def test_quantiles_of_a_small_sample_by_hand() -> None:
    found = Distribution(came(7, 3, 9, 1, 10, 5, 2, 8, 6, 4))
    assert [found.quantile(share).value for share in (0.1, 0.11, 0.5, 0.9, 1.0)] == [1, 2, 5, 9, 10]


def test_the_example_of_kaplan_and_meier_1958() -> None:
    """Eight items, lost at 1.0, 2.7, 7.0 and 12.1: what is left is 0.875, 0.7, 0.525 and 0.2625."""
    found = Distribution([*came(0.8, 3.1, 5.4, 9.2), *still(1.0, 2.7, 7.0, 12.1)])
    expected = {0.125: 0.8, 0.126: 3.1, 0.3: 3.1, 0.31: 5.4, 0.475: 5.4, 0.5: 9.2, 0.7375: 9.2, 0.74: None}
    assert {share: found.quantile(share).value for share in expected} == expected
    assert isclose(found.standing(9.2) or 0, (0.475 + 0.7375) / 2)
    assert isclose(found.standing(20) or 0, 0.7375)


def test_what_never_came_is_open_at_the_close_and_pushes_all_quantiles_up() -> None:
    known = Distribution(came(*range(1, 61)))
    more = Distribution([*came(*range(1, 61)), *still(*[1000] * 40)])
    assert (known.quantile(0.5).value, more.quantile(0.5).value) == (30, 50)
    assert more.quantile(0.6).value == 60
    late = more.quantile(0.9)
    assert late == (None, None, None, True)
    unsure = more.quantile(0.65)  # the interval begins before the close and does not end
    assert (unsure.value, unsure.high, unsure.beyond) == (None, None, False)
    assert unsure.low == ranks(100, 0.65)[0]


def test_all_open_is_certainly_beyond_the_close_once_there_are_enough_plays() -> None:
    assert Distribution(still(*[60] * 40)).quantile(0.5) == (None, None, None, True)
    assert Distribution(still(60, 60, 60)).quantile(0.5) == (None, None, None, False)


def test_nothing_at_all_has_no_quantile_and_no_standing() -> None:
    nothing = Distribution([])
    assert (nothing.quantile(0.5), nothing.standing(3)) == ((None, None, None, False), None)


def test_what_is_done_at_the_very_close_is_done() -> None:
    """SEMANTICS 5: work due exactly at the horizon is done; it goes before the plays that closed then."""
    found = Distribution([*came(10, closed=10), *still(10)])
    assert found.quantile(0.5).value == 10
    many = Distribution([*came(*[10] * 50, closed=10), *still(*[10] * 50)])
    assert many.quantile(0.2) == (10, 10, 10, False)


def test_the_expected_play_stands_in_the_middle_of_those_that_came_just_then() -> None:
    found = Distribution([*came(1, 2, 2, 2, 5), *still(9, 9, 9)])
    assert [found.standing(value) for value in (0, 1, 2, 3, 5, 8)] == [
        0,
        1 / 16,
        5 / 16,
        4 / 8,
        9 / 16,
        5 / 8,
    ]


@given(st.permutations([*came(3, 1, 4, 1, 5), *still(2, 6)]))
def test_the_order_of_plays_means_nothing(pairs: list[tuple[float | None, float]]) -> None:
    assert Distribution(pairs).quantile(0.5) == Distribution(sorted(pairs, key=str)).quantile(0.5)


def test_the_ranks_about_a_median_are_those_of_the_tables_of_the_sign_test() -> None:
    """For 95 %: none of 5; 1st and 6th of 6, 2nd and 9th of 10, 6th and 15th of 20, 18th and 33rd of 50."""
    assert ranks(5, 0.5) == (0, 0)
    assert [ranks(n, 0.5) for n in (6, 10, 20, 50)] == [(1, 6), (2, 9), (6, 15), (18, 33)]


@pytest.mark.parametrize("n", [5, 17, 40, 200])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_ranks_hold_their_confidence_and_none_nearer_would(n: int, share: float) -> None:
    def up_to(k: int) -> float:
        return sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k + 1))

    first, last = ranks(n, share)
    assert up_to(first - 1) <= 0.025 < up_to(first)
    if last:
        assert 1 - up_to(last - 1) <= 0.025 < 1 - up_to(last - 2)
    else:
        assert 1 - up_to(n - 1) > 0.025


Cut = Callable[[Random, float], float]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize(
    "cut",
    [
        lambda chance, value: 1e9,
        lambda chance, value: 1.2,
        lambda chance, value: chance.expovariate(0.4),
        lambda chance, value: value * (0.9 if value > 1 and chance.random() < 0.3 else 1.1),
    ],
    ids=["none", "at one time", "at random", "because it took long"],
)
def test_the_interval_covers_the_quantile_whatever_closed_the_plays(share: float, cut: Cut) -> None:
    """400 samples of 60 exponential times; also where plays are cut off because they are slow."""
    from math import log

    truth, chance, held = -log(1 - share), Random(20261125), 0
    for _ in range(400):
        times = [chance.expovariate(1) for _ in range(60)]
        cuts = [cut(chance, time) for time in times]
        found = Distribution(
            (time if time <= at else None, at) for time, at in zip(times, cuts, strict=True)
        ).quantile(share)
        low = 1e9 if found.beyond else found.low or 0.0
        if found.beyond:  # it says that the quantile lies after all that was seen
            low = max(time for time, at in zip(times, cuts, strict=True) if time <= at)
        held += low <= truth <= (1e9 if found.high is None else found.high)
    assert held >= 400 * 0.95 - 3 * (400 * 0.95 * 0.05) ** 0.5
