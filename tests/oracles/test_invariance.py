"""What must not matter, and what a change leaves alone (rules 2, 6, 31 and 33 of SEMANTICS).

The same bytes whatever the order of keys in a file, of starts in the engine, of events of one instant in SimPy's queue,
of hashes in Python, and whatever the version of Python; and a change moves only what it can touch.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from contextlib import contextmanager
from copy import deepcopy
from heapq import heappush
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import simpy
from build import (
    DESK, HQ, RING, at_once, build, duty, fact, inject, need, network, play, rows, scenario, teams, timed, unit, work,
)  # fmt: skip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_plans import Spec, compiled, random_spec, shuffled
from simpy.events import URGENT

from sim.errors import PlayError
from sim.plan.closure import influence_closure
from sim.plan.compile import compile_plan
from sim.plan.compiled import Plan
from sim.plan.schema import Roster, Scenario
from sim.plan.workspace import load_roster, load_scenario
from sim.play.drill import Drill
from sim.record.exchange import to_csv
from sim.record.timeline import Row, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = ("blast-furnace-gas", "ammonia-cold-store")


def played(plan: Plan, seed: int = 1) -> tuple[Row, ...] | str:
    """The rows, or the message of a story that goes round in circles without time passing."""
    try:
        return play(plan, seed).rows
    except PlayError as error:
        return str(error)


# --- the order in which simultaneous things are processed


class LastFirst(simpy.Environment):
    """SimPy with its queue turned round: of what is due at one instant, the last scheduled is processed first.

    What is urgent (the beginning of a process, an interrupt) keeps its order: these are scheduled in the order of rank
    already. The contrary is what `starts_reversed` is for.
    """

    def __init__(self, initial_time: float = 0) -> None:
        super().__init__(initial_time)
        self._serial = count()

    def schedule(self, event: simpy.Event, priority: int = 1, delay: float = 0) -> None:  # type: ignore[override]
        serial = next(self._serial) * (1 if priority == URGENT else -1)
        heappush(self._queue, (self._now + delay, priority, serial, event))  # type: ignore[misc]


@contextmanager
def starts_reversed(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Processes of one wave are started in the reverse order."""
    plain = Drill.begin
    with patch.context() as here:
        here.setattr(Drill, "begin", lambda self, lives: plain(self, lives[::-1]))
        yield


@contextmanager
def queue_reversed(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is due at one instant is processed in the reverse order."""
    with patch.context() as here:
        here.setattr(simpy, "Environment", LastFirst)
        yield


ORDERS = pytest.mark.parametrize("order", [starts_reversed, queue_reversed])


@ORDERS
@pytest.mark.parametrize("block", range(3))
def test_random_drills_do_not_depend_on_the_order_of_processing(
    order: Any, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 2: a hundred and fifty drills full of ties give the same rows, numbers and causes."""
    for number in range(50 * block, 50 * block + 50):
        plan = compiled(random_spec(Random(number), random=number % 2 == 0))
        plain = played(plan)
        with order(monkeypatch):
            assert played(plan) == plain, f"random_spec(Random({number}))"


@settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(chance=st.randoms(use_true_random=False), random=st.booleans())
def test_no_drill_depends_on_the_order_of_processing(
    chance: Random, random: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 2, looked for by hypothesis, which cuts a counterexample down."""
    plan = compiled(random_spec(chance, random=random))
    plain = played(plan)
    for order in (starts_reversed, queue_reversed):
        with order(monkeypatch):
            assert played(plan) == plain


@ORDERS
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_do_not_depend_on_the_order_of_processing(
    name: str, order: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 2, on the scenarios that planners play."""
    plan = compile_plan(load_roster().model, load_scenario(name).model)
    plain = to_csv(play(plan, 7).rows)
    with order(monkeypatch):
        assert to_csv(play(plan, 7).rows) == plain


# counterexamples that were found, cut down, as stories of their own

FACTS = {"fire": fact("flag"), "people": fact("flag"), "leak": fact("flag")}


def one_unit(**reads: Any) -> dict[str, Any]:
    return {
        "消防": unit(
            1, {"fire.rescue": duty("burning", sees=[], **reads)}, work={"fire.rescue": work("5 min")}
        )
    }


def either_way(plan: Plan, patch: pytest.MonkeyPatch) -> Timeline:
    plain = play(plan)
    for order in (starts_reversed, queue_reversed):
        with order(patch):
            assert play(plan).rows == plain.rows
    return plain


def test_news_in_the_instant_of_the_start_of_the_response(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found: received by the desk in the very instant (T+24) in which the response was started, news was lost to
    headquarters or not, as it happened. Headquarters must have it."""
    injects = {"I1": RING, "I2": inject([DESK], at="T+20", tells={"fire": True})}
    timeline = either_way(build(FACTS, {"burning": need("fire")}, one_unit(), scenario(injects)), monkeypatch)
    assert [row.t for row in rows(timeline, "activated")] == [24_000]
    assert [row.t for row in rows(timeline, "finished", task="desk.receive#2")] == [24_000]
    assert [row.t for row in rows(timeline, "need_raised")] == [24_000]


def test_a_call_to_headquarters_in_the_instant_of_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found: a call to headquarters at T+24, the instant of the start, rang there or at the desk, as it happened."""
    injects = {"I1": RING, "I2": inject([HQ], at="T+24", tells={"fire": True})}
    timeline = either_way(build(FACTS, {"burning": need("fire")}, one_unit(), scenario(injects)), monkeypatch)
    assert [row.t for row in rows(timeline, "activated")] == [24_000]
    assert len(rows(timeline, "need_raised")) == 1


def test_all_who_read_a_broadcast_in_one_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found: members that read the broadcast in one instant were noted as informed in the order of resuming."""
    broad = {"send": timed("1 min"), "receipt": timed("2 min")}
    units = {**one_unit(), "公安": unit(2, {}), "卫健": unit(3, {}), "环保": unit(4, {})}
    local = at_once(command__inform="broadcast", command__broadcast=broad)
    timeline = either_way(
        build(FACTS, {"burning": need("fire")}, units, scenario({"I1": RING}), **local), monkeypatch
    )
    assert [(row.t, row.unit) for row in rows(timeline, "informed")] == [
        (3_000, "消防"), (3_000, "公安"), (3_000, "卫健"), (3_000, "环保"),
    ]  # fmt: skip


def test_a_hold_broken_and_begun_anew_in_one_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found: headquarters hears at T+20 that it is out, that it is not, and that it is, one after the other in one
    instant. The hold of the first word is void, that of the last one counts, and the end comes at T+30."""
    words = {
        "I2": inject([HQ], at="T+20", tells={"fire": False}),
        "I3": inject([HQ], after={"event": "I2"}, tells={"fire": True}),
        "I4": inject([HQ], after={"event": "I3"}, tells={"fire": False}),
    }
    drill = scenario({"I1": RING, **words}, end={"when": "known(fire) and not fire"})
    timeline = either_way(
        build(FACTS, {"burning": need("fire")}, one_unit(), drill, **at_once()), monkeypatch
    )
    assert [row.t for row in rows(timeline, "learnt", unit=HQ)] == [20_000] * 3
    assert [row.t for row in rows(timeline, "terminated")] == [30_000]


def test_confirming_a_unit_that_is_just_moving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found: the call that confirms a unit under way named as its cause that unit's last row before this wave or of it,
    as it happened: here it starts out in the instant (T+5) in which the need is raised."""
    injects = {
        "I1": RING, "I2": inject(["消防"], at="T+5", tells={"fire": True}),
        "I3": inject([HQ], at="T+5", tells={"fire": True}),
    }  # fmt: skip
    plan = build(FACTS, {"burning": need("fire")}, one_unit(starts="alarm"), scenario(injects), **at_once())
    timeline = either_way(plan, monkeypatch)
    assert len(rows(timeline, "departed", task="fire.rescue#1")) == 1


# --- the order of keys


@pytest.mark.parametrize("block", range(2))
def test_the_order_of_keys_means_nothing_in_random_drills(block: int) -> None:
    """Rule 6: every mapping and every list that is a set is shuffled."""
    for number in range(40 * block, 40 * block + 40):
        spec = random_spec(Random(number))
        plain, other = compiled(spec), compiled(shuffled(spec, Random(number)))
        assert played(other) == played(plain), f"random_spec(Random({number}))"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_order_of_keys_means_nothing_in_shipped_files(name: str) -> None:
    """Rule 6: register, needs, strength, norms and scenario with the keys of every mapping shuffled: the same bytes."""
    roster, drill = load_roster().model, load_scenario(name).model
    plain = to_csv(play(compile_plan(roster, drill), 7).rows)
    for number in range(3):
        chance = Random(number)
        plan = compile_plan(
            Roster.model_validate(shuffled(roster.model_dump(by_alias=True), chance, lists=SETS)),
            Scenario.model_validate(shuffled(drill.model_dump(by_alias=True), chance, lists=SETS)),
        )
        assert to_csv(play(plan, 7).rows) == plain


SETS = ("to", "after", "sees", "starts", "days")


def test_shuffling_does_shuffle() -> None:
    """The two tests above would prove nothing if nothing were moved."""
    data = load_roster().model.model_dump(by_alias=True)
    other = shuffled(data, Random(1), lists=SETS)
    assert other == data or str(other) != str(data)
    assert list(other) != list(data) or list(other["strength"]["units"]) != list(data["strength"]["units"])


# --- hashes, processes, versions of Python

DIGEST = """
import sys
from hashlib import sha256
from random import Random
sys.path.insert(0, sys.argv[1])
from build import play
from random_plans import compiled, random_spec
from sim.errors import PlayError
from sim.plan.compile import compile_plan
from sim.plan.workspace import load_roster, load_scenario
from sim.record.exchange import to_csv

def digest(plan):
    try:
        return sha256(to_csv(play(plan, 7).rows).encode()).hexdigest()
    except PlayError:
        return "circles"

for number in range(12):
    print(digest(compiled(random_spec(Random(number)))))
for name in ("blast-furnace-gas", "ammonia-cold-store"):
    print(digest(compile_plan(load_roster().model, load_scenario(name).model)))
"""

ROOT = Path(__file__).resolve().parents[2]


def digests(python: str, **environment: str) -> list[str]:
    """The checksums of fourteen drills, played by another process."""
    done = subprocess.run(
        [python, "-c", DIGEST, str(ROOT / "tests")],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_another_hash_seed_gives_the_same_bytes() -> None:
    """Rule 6: strings hash differently, sets and dicts of them are laid out differently, the bytes are the same."""
    first = digests(sys.executable, PYTHONHASHSEED="0")
    assert len(first) == 14
    assert len(set(first)) > 10
    assert digests(sys.executable, PYTHONHASHSEED="4242") == first


def interpreter(version: str) -> str | None:
    """A Python of that version that has what a play needs: on the path, or named in TUIYAN_PYTHONS."""
    named = os.environ.get("TUIYAN_PYTHONS", "").split(os.pathsep)
    for python in (*filter(None, named), shutil.which(f"python{version}")):
        if python is None:
            continue
        probe = f"import sys, simpy, pydantic, ruamel.yaml; sys.exit(f'{{sys.version_info[0]}}.{{sys.version_info[1]}}' != '{version}')"
        if subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0:
            return python
    return None


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_another_version_of_python_gives_the_same_bytes(version: str) -> None:
    """DESIGN 4: the same bytes on Python 3.11 to 3.13."""
    python = interpreter(version)
    if python is None:
        pytest.skip(f"no Python {version} with simpy, pydantic and ruamel.yaml (TUIYAN_PYTHONS may name one)")
    assert digests(python) == digests(sys.executable)
