"""Chance: counter-based named streams and the expected play (rules 31 and 32 of SEMANTICS)."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import suppress
from hashlib import blake2b
from random import Random
from struct import unpack
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
    play,
    rows,
    scenario,
    teams,
    timed,
    unit,
    work,
)
from random_plans import compiled, random_spec

from sim.errors import PlayError
from sim.plan.durations import parse_duration
from sim.play.draws import ExpectedDraws, RandomDraws
from sim.play.engine import Engine, draws_for

# --- rule 31: the uniforms

VECTORS = [
    # the digests were made with coreutils' b2sum, the word reversed and shifted by hand
    pytest.param(
        1, 0, "区消防救援大队/fire.rescue/1/travel", 0, "14ac71eefdfcbd", 0.646050421506423, id="first word"
    ),
    pytest.param(
        7, 37, "区公安局/police.cordon/2/answer", 3, "08299f125ffe5f", 0.2550807341467126, id="fourth word"
    ),
    pytest.param(
        20260304,
        5,
        "区卫健委/health.treat/1/time",
        11,
        "0b47b90ba36ccb",
        0.3525052287399374,
        id="second block",
    ),
]


def by_the_rule(seed: int, replication: int, name: str, attempt: int) -> float:
    """Rule 31 written anew: the top 53 bits of one of eight little-endian words."""
    digest = blake2b(f"{seed}|{replication}|{name}|{attempt // 8}".encode(), digest_size=64).digest()
    return unpack("<8Q", digest)[attempt % 8] // 2**11 / 2**53


@pytest.mark.parametrize(("seed", "replication", "name", "attempt", "bits", "value"), VECTORS)
def test_three_vectors(seed: int, replication: int, name: str, attempt: int, bits: str, value: float) -> None:
    """Rule 31: the scheme, bit by bit."""
    u = RandomDraws(seed, replication).u(name, attempt)
    assert u.hex() == value.hex()
    assert u == int(bits, 16) / 2**53 == by_the_rule(seed, replication, name, attempt)


def test_the_scheme_over_many_names_and_attempts() -> None:
    """Rule 31: every word of several blocks, for several seeds, replications and names."""
    for seed, replication in ((1, 0), (1, 1), (2, 0), (12, 3), (1, 23)):
        draws = RandomDraws(seed, replication)
        for name in ("a", "a/b.c/1/time", "单位/duty.x/12/answer"):
            assert [draws.u(name, n) for n in range(40)] == [
                by_the_rule(seed, replication, name, n) for n in range(40)
            ]


def test_uniforms_lie_in_the_unit_interval_and_are_spread_evenly() -> None:
    """Rule 31: 0 ≤ u < 1; of 4000 draws each tenth holds about 400 (five standard deviations are 95)."""
    us = [draws_for(3, n).u("unit/duty.x/1/time", k) for n in range(200) for k in range(20)]
    assert all(0.0 <= u < 1.0 for u in us)
    assert all(abs(count - 400) < 95 for count in Counter(int(10 * u) for u in us).values())


def test_replication_37_alone_is_replication_37_after_all_others() -> None:
    """Rule 31: nothing is carried from one replication to the next, so one of them can be played alone."""
    plan = compiled(random_spec(Random(12)))
    engine = Engine(plan)
    alone = list(engine.rows(engine.play(draws_for(7, 37)), "x", 37))
    for replication in range(37):
        engine.play(draws_for(7, replication))
    assert list(engine.rows(engine.play(draws_for(7, 37)), "x", 37)) == alone


def test_play_needs_no_numpy() -> None:
    """Rule 31: none of the rooms that play a drill imports numpy."""
    code = "import sim.play.engine, sim.play.simulate, sys; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_scheme_has_a_name_in_the_manifest() -> None:
    """Rule 31: a run says by which scheme its chances were drawn."""
    from sim.plan.workspace import load_roster, load_scenario
    from sim.play.draws import SCHEME
    from sim.play.simulate import simulate

    manifest = simulate(load_scenario("blast-furnace-gas"), load_roster(), seed=3).manifest
    assert SCHEME
    assert manifest["draws"] == SCHEME


# --- rule 31: the names


class Recorded:
    """Random draws that remember what was asked."""

    def __init__(self, seed: int = 1) -> None:
        self.draws = RandomDraws(seed, 0)
        self.asked: list[tuple[str, int]] = []

    def u(self, name: str, attempt: int = 0) -> float:
        self.asked.append((name, attempt))
        return self.draws.u(name, attempt)


RANDOM = "1..2..4 min"


def everything_random(more: Any = None) -> Any:
    """One fire, called twice in a drill: everything that may be drawn is a distribution."""
    local = {
        "calls__answered": timed(RANDOM), "calls__unanswered": timed(RANDOM), "calls__redial": timed(RANDOM),
        "calls__report": timed(RANDOM), "defaults__acknowledge": timed(RANDOM),
        "defaults__muster": {"duty": RANDOM, "off-duty": RANDOM, "src": "t"},
        "defaults__travel": {"urban": RANDOM, "township": RANDOM, "src": "t"},
        **(more or {}),
    }  # fmt: skip
    injects = {"I1": RING} | {
        f"I{n}": inject([HQ], at=f"T+{at}", tells={"fire": burns})
        for n, at, burns in ((2, 30, True), (3, 90, False), (4, 120, True))
    }
    own = {
        "work": {"fire.rescue": work(RANDOM, setup=RANDOM)},
        "answer": {"chance": 0.6, "tries": 20, "src": "t"},
    }  # fmt: skip
    units = {"消防": unit(1, {"fire.rescue": duty("burning", sees=[])}, **own)}
    return build(
        {"fire": fact("flag")}, {"burning": need("fire")}, units, scenario(injects), **at_once(**local)
    )


def test_a_stream_is_named_by_unit_duty_occurrence_and_purpose() -> None:
    """Rule 31: the fire is raised twice; each occurrence draws from streams of its own, one a purpose."""
    draws = Recorded()
    timeline = play(everything_random(), draws=draws)
    assert len(rows(timeline, "finished", duty="fire.rescue")) == 2
    streams = {name for name, _ in draws.asked if name.startswith("消防/fire.rescue/")}
    purposes = {
        occurrence: {name.split("/", 3)[3] for name in streams if name.split("/")[2] == occurrence}
        for occurrence in ("1", "2")
    }
    always = {"answer", "answered", "acknowledge", "muster", "travel", "setup", "time", "report"}
    assert always <= purposes["1"]
    assert always <= purposes["2"]
    assert {name.split("/")[2] for name in streams} == {"1", "2"}


def used_twice(draws: Recorded) -> list[str]:
    return sorted(name for (name, _), times in Counter(draws.asked).items() if times > 1)


def test_no_uniform_is_used_twice() -> None:
    """Rule 31: in a hundred drills no stream gives the same attempt to two things; they would share one chance."""
    for number in range(100):
        draws = Recorded(number)
        with suppress(PlayError):  # a story that goes round in circles without time passing
            play(compiled(random_spec(Random(number))), draws=draws)
        assert used_twice(draws) == [], number


def test_a_second_journey_is_a_chance_of_its_own() -> None:
    """Rules 17 and 31: the crew saves one person, an office job takes it home, and one more person is found: the same
    task travels again, on a new draw."""
    facts = {"injured": fact("count"), "saved": fact("count"), "papers": fact("flag")}
    needs = {"rescue": need("injured > 0", 2), "file": need("papers", 1)}
    saving = {"takes": "injured", "gives": "saved", "size": 1}
    duties = {
        "fire.rescue": duty("rescue", form="batch", batch=saving, sees=[]),
        "fire.file": duty("file", place="office"),
    }  # fmt: skip
    force = unit(
        1, duties, teams=teams(crew=1),
        work={"fire.rescue": work("5 min", uses={"crew": 1}), "fire.file": work("5 min", uses={"crew": 1})},
    )  # fmt: skip
    injects = {
        "I1": RING,
        "I2": inject([HQ], at="T+1", makes={"add": {"injured": 1}}, tells={"injured": 1}),
        "I3": inject([HQ], at="T+60", tells={"papers": True}),
        "I4": inject([HQ], at="T+120", makes={"add": {"injured": 1}}),
    }
    zones = {"urban": RANDOM, "township": RANDOM, "src": "t"}
    draws = Recorded()
    plan = build(facts, needs, {"消防": force}, scenario(injects), **at_once(defaults__travel=zones))
    timeline = play(plan, draws=draws)
    assert len(rows(timeline, "departed", task="fire.rescue#1")) == 2
    assert used_twice(draws) == []


def test_calling_once_more_is_a_chance_of_its_own() -> None:
    """Rules 18 and 31: under way on its own alarm, the unit is called when the need is raised and cannot be reached; it
    is called again when the need is raised again, on new draws (else who was missed once could never be reached)."""
    injects = {
        "I1": RING, "I2": inject(["消防"], at="T+1", tells={"fire": True}),
        **{f"I{n}": inject([HQ], at=f"T+{10 * n}", tells={"fire": n % 2 == 1}) for n in (3, 4, 5)},
    }  # fmt: skip
    own = {"answer": {"chance": 0.0, "tries": 2, "src": "t"}, "work": {"fire.hold": work()}}
    force = unit(1, {"fire.hold": duty("burning", starts="alarm", form="sustained", sees=[])}, **own)
    draws = Recorded()
    plan = build({"fire": fact("flag")}, {"burning": need("fire")}, {"消防": force}, scenario(injects), **at_once(
        calls__report=timed("200 min")
    ))  # fmt: skip
    timeline = play(plan, draws=draws)
    calls = [row.t for row in rows(timeline, "call_begun", unit="消防", need="burning")]
    assert 30_000 in calls
    assert 50_000 in calls
    assert used_twice(draws) == []


def test_a_fixed_length_draws_nothing() -> None:
    """Rule 31: what is certain asks no chance, so that making one length uncertain moves no other draw."""
    draws = Recorded()
    injects = {"I1": RING, "I2": inject([HQ], at="T+1", tells={"fire": True})}
    units = {"消防": unit(1, {"fire.rescue": duty("burning")}, work={"fire.rescue": work("5 min")})}
    play(
        build({"fire": fact("flag")}, {"burning": need("fire")}, units, scenario(injects), **at_once()),
        draws=draws,
    )
    assert draws.asked == []


# --- rule 31: values by the inverse distribution function


@pytest.mark.parametrize(
    ("text", "u", "ticks"),
    [
        ("5 min", 0.999, 5_000),
        ("uniform(2, 6) min", 0.25, 3_000),
        ("0..0..10 min", 0.75, 5_000),  # F(x) = 1 − (1 − x/10)²
        ("0..10..10 min", 0.25, 5_000),  # F(x) = (x/10)²
        ("2..4..6 min", 0.5, 4_000),
        ("2..4..6 min", 0.125, 3_000),  # F(3) = 1/8
        ("exp(2 min)", 0.5, 1_386),  # 2 ln 2
        ("exp(2 min)", 0.0, 0),
        ("lognormal(25, 0.6) min", 0.5, 25_000),
        ("lognormal(25, 0.6) min", 0.8413447460685429, 45_553),  # 25 e^0.6, one standard deviation up
        ("1 h", 0.5, 60_000),
        ("90 s", 0.5, 1_500),
    ],
)
def test_a_value_is_the_quantile_of_its_uniform(text: str, u: float, ticks: int) -> None:
    """Rule 31: quantiles worked out by hand."""
    assert parse_duration(text).at(u) == ticks


def test_quantiles_rise_with_the_uniform() -> None:
    """Rule 31: by the inverse, more chance is never less time."""
    for text in ("1..2..9 min", "exp(3 min)", "uniform(1, 9) min", "lognormal(5, 1) min"):
        values = [parse_duration(text).at(n / 1000) for n in range(1000)]
        assert values == sorted(values)
        assert values[0] < values[-1]


# --- rule 32


def test_expected_is_one_half_for_every_stream() -> None:
    """Rule 32: whatever the name and the attempt."""
    assert {ExpectedDraws().u(name, attempt) for name in ("a", "b/c.d/3/time") for attempt in range(20)} == {
        0.5
    }


def expected(time: str, chance: float = 1.0) -> Any:
    injects = {"I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True})}
    own = {"answer": {"chance": chance, "tries": 2, "src": "t"}, "work": {"fire.rescue": work(time)}}
    units = {"消防": unit(1, {"fire.rescue": duty("burning")}, **own)}
    plan = build({"fire": fact("flag")}, {"burning": need("fire")}, units, scenario(injects), **at_once())
    return play(plan, expected=True)


def test_expected_plays_the_median_and_not_the_mode() -> None:
    """Rule 32: of 0..0..10 minutes the mode is 0, the mean 3.333, the median 10 − √50 = 2.929."""
    assert log(expected("0..0..10 min"), "finished", task="fire.rescue#1") == [
        (12.929, "finished", "fire.rescue#1")
    ]
    assert log(expected("exp(10 min)"), "finished", task="fire.rescue#1") == [
        (16.931, "finished", "fire.rescue#1")
    ]


@pytest.mark.parametrize(
    ("chance", "reached"), [(0.5, False), (0.501, True), (0.499, False), (1.0, True), (0.0, False)]
)
def test_expected_a_chance_succeeds_only_above_one_half(chance: float, reached: bool) -> None:
    """Rule 32: at one half exactly it fails."""
    timeline = expected("5 min", chance)
    assert bool(rows(timeline, "ordered", task="fire.rescue#1")) is reached
    assert bool(rows(timeline, "call_unreached", task="fire.rescue#1")) is not reached


def test_expected_has_no_seed() -> None:
    """Rule 32: the expected play is one play, whatever the seed."""
    plan = compiled(random_spec(Random(8)))
    assert play(plan, 1, expected=True).rows == play(plan, 99, expected=True).rows
