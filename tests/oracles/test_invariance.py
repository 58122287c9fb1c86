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
    DESK,
    HQ,
    RING,
    at_once,
    build,
    duty,
    fact,
    inject,
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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_plans import compiled, random_spec, shuffled
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


@pytest.mark.parametrize("name", SHIPPED)
def test_one_seed_is_one_timeline_and_another_seed_another(name: str) -> None:
    """DESIGN 4: the same inputs and seed give the same bytes, compiled anew each time; chance is really at work."""

    def told(seed: int) -> str:
        return to_csv(play(compile_plan(load_roster().model, load_scenario(name).model), seed).rows)

    assert told(7) == told(7)
    assert told(7) != told(8)


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


def test_a_network_that_is_back_in_the_instant_in_which_the_desk_phones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The approval begins at T+17, sharp as the network returns, with the report up and a single hand: the report goes
    first, the call to the commander gets through after it, in whatever order what is due then is processed."""
    conditions = {"networks": {"N1": {"to": "T+17"}, "N2": {"to": "T+17", "channels": ["phone"]}}}
    drill = scenario({"I1": RING}, conditions=conditions)
    hands = {"duty": 1, "off-duty": 1, "src": "t"}
    needs = {"burning": need("fire")}
    plan = build(FACTS, needs, one_unit(), drill, desk__operators=hands, desk__receive=timed("3 min"),
                 desk__verify=timed("7 min"))  # fmt: skip
    timeline = either_way(plan, monkeypatch)
    assert [row.t for row in rows(timeline, "report_up")] == [20_000]
    calls = rows(timeline, "call_begun", "call_answered", task="desk.activate#1")
    assert [(row.t, row.event) for row in calls] == [
        (20_000, "call_begun"), (21_000, "call_answered"),
    ]  # fmt: skip


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


def test_two_calls_about_one_task_that_begin_in_one_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found: the unit's own alarm overtakes its order at T+10 (so it is to be confirmed), and in the same instant the
    need is over (so it is to be called back); which of the two calls was given the first chance depended on the order
    of starts."""
    own = {"answer": {"chance": 0.5, "tries": 9, "src": "t"}, "work": {"fire.rescue": work("60 min")}}
    units = {
        "消防": unit(1, {"fire.rescue": duty("burning", sees=[], starts="alarm")}, **own),
        "公安": unit(2, {"police.cordon": duty("crowd", sees=[])}, work={"police.cordon": work("5 min")}),
    }
    injects = {
        "I1": RING, "I2": inject([HQ], at="T+8", tells={"people": True, "fire": True}),
        "I3": inject(["消防"], at="T+10", tells={"fire": True}),
        "I4": inject([HQ], after={"event": "I3"}, tells={"fire": False}),
    }  # fmt: skip
    needs = {"burning": need("fire", 2), "crowd": need("people", 1)}
    road = {"urban": "30 min", "township": "30 min", "src": "t"}
    local = at_once(
        calls__answered=timed("5 min"), calls__unanswered=timed("1 min"), defaults__travel=road,
        desk__operators={"duty": 1, "off-duty": 1, "src": "t"}, command__inform="broadcast",
        command__broadcast={"send": timed("0 min"), "receipt": timed("0 min")},
    )  # fmt: skip
    plan = build(FACTS, needs, units, scenario(injects), **local)
    for seed in range(8):
        plain = play(plan, seed).rows
        assert {row.event for row in plain if row.task == "fire.rescue#1"} >= {"acknowledged", "stood_down"}
        for order in (starts_reversed, queue_reversed):
            with order(monkeypatch):
                assert play(plan, seed).rows == plain


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
    """The two tests above would prove nothing if nothing were moved, or if more than the order were."""
    data = load_roster().model.model_dump(by_alias=True)
    other = shuffled(data, Random(1), lists=())
    assert other == data
    assert list(other["strength"]["units"]) != list(data["strength"]["units"])
    assert list(other["needs"]["facts"]) != list(data["needs"]["facts"])


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
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, check=True,
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
    for python in (*filter(None, named), sys.executable, shutil.which(f"python{version}")):
        if python is None:
            continue
        probe = f"import sys, simpy, pydantic, ruamel.yaml; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
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


# --- rule 33: what a change leaves alone


def by_duty(timeline_rows: tuple[Row, ...]) -> dict[str, list[tuple[str, str, int]]]:
    """What happened when to each duty's tasks; numbers of rows do not count."""
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for row in timeline_rows:
        if row.duty:
            found[row.duty].append((row.task, row.event, row.t))
    return found


class Recorded:
    """The draws of seed 1, remembered by name and attempt."""

    def __init__(self) -> None:
        from sim.play.draws import RandomDraws

        self.draws = RandomDraws(1, 0)
        self.drawn: dict[tuple[str, int], float] = {}

    def u(self, name: str, attempt: int = 0) -> float:
        return self.drawn.setdefault((name, attempt), self.draws.u(name, attempt))


RANDOM = "1..3..9 min"


def town(*, extra: bool, horizon: str = "240 min") -> Plan:
    """Four units with random lengths who share two operators; with `extra` a more urgent need comes at T+29."""
    names = {"one": "消防", "two": "公安", "three": "卫健", "four": "环保"}
    facts = {name: fact("flag") for name in names}
    needs = {f"n_{name}": need(name, number) for number, name in enumerate(names, 2)}
    units = {
        unit_name: unit(
            number,
            {f"{name}.act": duty(f"n_{name}", sees=[])},
            work={f"{name}.act": work(RANDOM, setup=RANDOM)},
        )
        for number, (name, unit_name) in enumerate(names.items(), 1)
    }
    told = {"I2": ("T+30", "two"), "I3": ("T+31", "three"), "I4": ("T+32", "four")} | (
        {"I5": ("T+29", "one")} if extra else {}
    )
    injects = {
        "I1": RING,
        **{key: inject([HQ], at=at, tells={name: True}) for key, (at, name) in told.items()},
    }
    local = at_once(
        calls__answered=timed(RANDOM), calls__report=timed(RANDOM), defaults__acknowledge=timed(RANDOM),
        defaults__muster={"duty": RANDOM, "off-duty": RANDOM, "src": "t"},
        defaults__travel={"urban": RANDOM, "township": RANDOM, "src": "t"},
        desk__operators={"duty": 1, "off-duty": 1, "src": "t"},
    )  # fmt: skip
    return build(facts, needs, units, scenario(injects, horizon=horizon), **local)


def lengths(timeline: Timeline) -> dict[str, dict[str, int]]:
    """How long each stage of each task took that is drawn and not waited for."""
    pairs = {
        "call": ("call_begun", "ordered"),
        "acknowledge": ("ordered", "acknowledged"),
        "travel": ("departed", "arrived"),
    }
    pairs |= {
        "setup": ("arrived", "started"),
        "work": ("started", "finished"),
        "muster": ("acknowledged", "departed"),
    }
    at = {(row.task, row.event): row.t for row in timeline.rows if row.task}
    return {
        record.task: {name: at[record.task, b] - at[record.task, a] for name, (a, b) in pairs.items()}
        for record in timeline.records
        if record.duty
    }


def test_a_change_leaves_every_draw_of_every_common_task_alone() -> None:
    """Rule 33 (a): one more need at T+29 takes the only operator and delays the others; yet each of them is called,
    acknowledges, musters, travels, sets up and works exactly as long as before."""
    before, after = play(town(extra=False)), play(town(extra=True))
    alone, beside = lengths(before), lengths(after)
    assert set(beside) - set(alone) == {"one.act#1"}
    assert by_duty(before.rows)["two.act"] != by_duty(after.rows)["two.act"]
    assert all(beside[task] == alone[task] for task in alone)
    assert (
        len({length for stages in alone.values() for length in stages.values()}) > 15
    )  # they were drawn, one by one


def test_a_change_leaves_every_common_draw_alone_in_random_drills() -> None:
    """Rule 33 (a): the inject that is taken away takes its own consequences along; a stream and attempt that is asked
    in both plays gives the same."""
    common = 0
    for number in range(100):
        spec = random_spec(Random(number))
        other = deepcopy(spec)
        del other["injects"][max(other["injects"])]
        first, second = Recorded(), Recorded()
        try:
            for draws, given in ((first, spec), (second, other)):
                play(compiled(given), draws=draws)
        except (PlayError, KeyError):  # circles, or a condition that names the inject
            continue
        both = first.drawn.keys() & second.drawn.keys()
        common += len(both)
        assert all(first.drawn[key] == second.drawn[key] for key in both)
    assert common > 250


def test_a_change_leaves_every_row_before_it_alone() -> None:
    """Rule 33 (b): the drills are the same, to the byte, number and cause, until the inject of T+29; after it not."""
    before, after = play(town(extra=False)).rows, play(town(extra=True)).rows
    early = [row for row in before if row.t < 29_000]
    assert len(early) > 20
    assert [row for row in after if row.t < 29_000] == early
    assert after[len(early)].inject == "I5"
    assert before[: len(early) + 40] != after[: len(early) + 40]


def changed_drills(numbers: range, *, network: bool | None) -> Iterator[tuple[int, Plan, str, Any, Any]]:
    """Random drills before and after one duty takes another time, with the name of the duty and the rows of both."""
    for number in numbers:
        chance = Random(number)
        spec = random_spec(chance, random=number % 2 == 0, network=network)
        other = deepcopy(spec)
        item = chance.choice([item for given in other["units"].values() for item in given["duties"]])
        item["work"][chance.choice(("time", "setup"))] = chance.choice(("0 min", "2 min", "5 min", "7 min"))
        plan = compiled(spec)
        rows_before, rows_after = played(plan), played(compiled(other))
        if not isinstance(rows_before, str) and not isinstance(rows_after, str):
            yield number, plan, item["name"], rows_before, rows_after


def test_the_first_row_that_differs_is_one_of_the_changed_duty() -> None:
    """Rule 33 (b): a duty takes longer or shorter; the first row in which the drills differ is its own."""
    different = 0
    for number, _, name, before, after in changed_drills(range(240), network=None):
        first = next((place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
        if first is not None:
            different += 1
            assert name in (before[first].duty, after[first].duty), number
    assert different > 10


@pytest.mark.parametrize("network", [True, False])
def test_a_change_moves_nothing_outside_its_closure(network: bool) -> None:
    """Rule 33 (c): what moved in random drills lies in the static closure of the duty that was changed."""
    moved_at_all = 0
    for number, plan, name, before, after in changed_drills(range(400), network=network):
        was, now = by_duty(before), by_duty(after)
        moved = {duty_id for duty_id in was.keys() | now.keys() if was[duty_id] != now[duty_id]}
        moved_at_all += len(moved)
        assert moved <= influence_closure(plan, [name]), number
    assert moved_at_all > 20


def islands(crew_works: str) -> Plan:
    """Two incidents side by side under one headquarters. In the west the crew puts out a fire and then pumps, and the
    watch begins when the fire is out; in the east the police keep a cordon and the doctors see to people. Nothing is
    shared but the calls, and no need is ever over, so that nobody is called after he has been sent."""
    facts = {"fire": fact("flag"), "water": fact("flag"), "people": fact("flag"), "hurt": fact("flag")}
    needs = {
        "n_fire": need("fire", 1),
        "n_water": need("water", 2),
        "n_people": need("people", 3),
        "n_hurt": need("hurt", 4),
    }
    west = {
        "fire.douse": duty("n_fire", sees=[]), "fire.pump": duty("n_water", sees=[]),
        "fire.watch": duty("n_fire", sees=[], after=["fire.douse.finished"]),
    }  # fmt: skip
    works = {
        "fire.douse": work(crew_works, uses={"crew": 1}), "fire.pump": work("20 min", uses={"crew": 1}),
        "fire.watch": work("5 min"),
    }  # fmt: skip
    units = {
        "消防": unit(1, west, teams=teams(crew=1), work=works),
        "公安": unit(2, {"police.cordon": duty("n_people", sees=[])}, work={"police.cordon": work(RANDOM)}),
        "卫健": unit(3, {"health.treat": duty("n_hurt", sees=[])}, work={"health.treat": work(RANDOM)}),
    }
    injects = {"I1": RING, "I2": inject([DESK], at="T+5", tells=dict.fromkeys(facts, True))}
    drill = scenario(injects, facts=dict.fromkeys(facts, True), horizon="300 min")
    return build(facts, needs, units, drill, calls__answered=timed(RANDOM))


def test_the_closure_is_not_everything_and_what_is_outside_stays() -> None:
    """Rule 33 (c): with command, calls and roads in play. The fire takes twice as long: pumping waits for the crew, the
    watch for the fire; cordon and doctors, outside the closure, keep every time."""
    west = {"fire.douse", "fire.pump", "fire.watch"}
    plan = islands("30 min")
    assert influence_closure(plan, ["fire.douse"]) == west
    was, now = by_duty(play(plan).rows), by_duty(play(islands("60 min")).rows)
    assert {name for name in was if was[name] != now[name]} == west
    assert len(was["police.cordon"]) > 5
    assert influence_closure(plan, ["fire.watch"]) == {"fire.watch"}
    assert influence_closure(plan, ["公安"]) == west | {
        "police.cordon",
        "health.treat",
    }  # how it is called: all share calls
    assert influence_closure(plan, ["I2"]) == west | {"police.cordon", "health.treat"}


def reporting_office(work_of_one: str, arrangements: dict[str, Any], **reads: Any) -> Plan:
    """One hand at the desk; the first duty's end tells that three are trapped, the second is ordered after that."""
    facts = {name: fact("flag") for name in ("fire", "crowd")} | {
        "trapped": fact("count"),
        "calm": fact("flag"),
    }
    needs = {"burning": need("fire"), "people": need("crowd")}
    first = {"place": "office", "achieves": {"add": {"trapped": 3}}, "sees": ["trapped"], **reads}
    units = {
        "消防": unit(1, {"x.a": duty("burning", **first)}, work={"x.a": work(work_of_one)}),
        "公安": unit(2, {"x.b": duty("people", place="office", sees=[])}, work={"x.b": work("5 min")}),
    }
    injects = {
        "I1": inject([DESK], tells={"fire": True}),
        "I2": inject([HQ], at="T+60", tells={"crowd": True}),
    }
    true = {"fire": True, "crowd": True}
    law = {"casualties": ["trapped"]}
    hand = {"desk__operators": {"duty": 1, "off-duty": 1, "src": "t"}}
    drill = scenario(injects, facts=true)
    return build(facts, needs, units, drill, law=law, arrangements=arrangements, **hand)


REPORT = {
    "label": {"zh": "x", "en": "x"},
    "line": "department",
    "to": [],
    "mode": "phone",
    "send": "40 min",
    "src": "t",
}
LEDGER = {"keeper": "办公室", "verify": timed("1 min")}
FIRST = {**REPORT, "starts": "reception", "send": "0 min", "hands": False}


@pytest.mark.parametrize(
    ("arrangements", "reads"),
    [
        pytest.param(
            {"reports": {"r": {**REPORT, "starts": "knowledge", "when": "trapped > 0", "priority": 0}}}, {},
            id="a fact that a report waits for",
        ),
        pytest.param(
            {"reports": {"f": FIRST, "r": {**REPORT, "starts": "correction", "priority": 0}}, "ledger": LEDGER}, {},
            id="a line of the ledger",
        ),
    ],
)  # fmt: skip
def test_a_report_carries_influence_through_the_hands_of_the_desk(
    arrangements: dict[str, Any], reads: dict[str, Any]
) -> None:
    """Rule 33 (c): x.a ends in time, its news starts a long report, and the order of x.b waits for the only hand."""
    alone, plan = reporting_office("5 min", {}), reporting_office("5 min", arrangements)
    assert influence_closure(alone, ["x.a"]) == {"x.a"}
    assert influence_closure(plan, ["x.a"]) == {"x.a", "x.b"}
    was, now = (by_duty(play(given).rows) for given in (plan, reporting_office("300 min", arrangements)))
    assert was["x.b"] != now["x.b"], "and it really does"


def test_a_draft_to_be_signed_carries_influence_through_who_signs() -> None:
    """Rule 33 (c): whoever signs does one thing at a time."""
    news = {"news": {"approver": "指挥长甲", "src": "t"}}
    assert influence_closure(reporting_office("5 min", news, signed=True), ["x.a"]) == {"x.a", "x.b"}
    assert influence_closure(reporting_office("5 min", news), ["x.a"]) == {"x.a"}
    assert influence_closure(reporting_office("5 min", {}, signed=True), ["x.a"]) == {"x.a"}


# --- each edge of the closure, on a plan of two duties and a third that has nothing to do with them

LABEL = {"zh": "x", "en": "x"}


def edge(a: Any = None, b: Any = None, **given: Any) -> Plan:
    """In a drill without command: duty x.a of need na, x.b of nb, x.c of nc; what they share is said by the test."""
    flags = {name: fact("flag") for name in ("fa", "fb", "fc", "told")}
    counts = {name: fact("count") for name in ("hurt", "seen", "other", "done_other")}
    needs = {"na": need(given.pop("na", "fa")), "nb": need(given.pop("nb", "fb")), "nc": need("fc")}
    duties = {"x.a": duty("na", **(a or {})), "x.b": duty("nb", **(b or {})), "x.c": duty("nc")}
    works = {
        "x.a": work("5 min", **given.pop("wa", {})),
        "x.b": work("5 min", **given.pop("wb", {})),
        "x.c": work("5 min"),
    }
    injects = {
        f"I{n}": inject([], at=f"T+{n}", makes={"set": {name: True}}) for n, name in ((1, "fa"), (2, "fb"), (3, "fc"))
    } | given.pop("injects", {})  # fmt: skip
    return network(
        {**flags, **counts},
        needs,
        duties,
        works=works,
        sizes={"crew": 1, "boat": 1},
        injects=injects,
        **given,
    )


LIMIT = {
    "limit": {
        "label": LABEL,
        "of": "x.a",
        "from": "started",
        "to": "finished",
        "within": "1 min",
        "basis": "x",
        "status": "local",
    }
}
HAZARD = {
    "hazards": {"H1": {"label": LABEL, "while": "told", "every": "1 min", "add": {"hurt": 1}, "at-most": 3}}
}
TELLS = {"achieves": {"set": {"told": True}}}
SAVING = {"form": "batch", "batch": {"takes": "hurt", "gives": "seen"}}


@pytest.mark.parametrize(
    ("given", "touched"),
    [
        pytest.param({}, set(), id="nothing shared"),
        pytest.param({"wa": {"uses": {"crew": 1}}, "wb": {"uses": {"crew": 1}}}, {"x.b"}, id="a team pool"),
        pytest.param({"wa": {"uses": {"crew": 1}}, "wb": {"uses": {"boat": 1}}}, set(), id="two team pools"),
        pytest.param({"b": {"after": ["x.a.started"]}}, {"x.b"}, id="a prerequisite"),
        pytest.param({"a": {"after": ["x.b.started"]}}, set(), id="a prerequisite the other way"),
        pytest.param({"a": {"achieves": {"set": {"fb": True}}}}, {"x.b"}, id="a fact that a need reads"),
        pytest.param({"a": TELLS, "b": {"condition": "told"}}, {"x.b"}, id="a condition"),
        pytest.param({"a": TELLS}, set(), id="a fact that nobody reads"),
        pytest.param({"nb": "fb and done(x.a)"}, {"x.b"}, id="done"),
        pytest.param({"nb": "fb and started(x.a)"}, {"x.b"}, id="started"),
        pytest.param({"nb": "elapsed(x.a.finished) >= 1 min"}, {"x.b"}, id="elapsed since a stage"),
        pytest.param({"nb": "late(limit)", "norms": LIMIT}, {"x.b"}, id="late"),
        pytest.param(
            {"injects": {"I9": inject([], when="done(x.a)", makes={"set": {"fb": False}})}}, {"x.b"}, id="an inject"
        ),
        pytest.param(
            {"injects": {
                "I9": inject([], when="done(x.a)"),
                "I8": inject([], after={"event": "I9"}, makes={"set": {"fb": False}}),
            }},
            {"x.b"}, id="an inject after an inject",
        ),
        pytest.param(
            {"a": TELLS, "nb": "hurt > 1", "drill": HAZARD}, {"x.b"}, id="a hazard"
        ),
        pytest.param({"a": SAVING, "b": SAVING}, {"x.b"}, id="claims on the same people"),
        pytest.param(
            {"a": SAVING, "b": {"form": "batch", "batch": {"takes": "other", "gives": "done_other"}}}, set(),
            id="claims on other people",
        ),
        pytest.param(
            {"a": {"achieves": {"set": {"fb": False}}}, "b": {"form": "sustained"}}, {"x.b"},
            id="the need of a sustained duty",
        ),
        pytest.param(
            {"injects": {"I9": inject([], after={"event": "x.a.finished", "delay": "uniform(1, 2) min"},
                                      makes={"set": {"fb": False}})}},
            {"x.b"}, id="an inject some drawn time after a stage",
        ),
        pytest.param({"drill": {"end": {"when": "done(x.a)"}}}, {"x.b", "x.c"}, id="the end"),
    ],
)  # fmt: skip
def test_each_edge_of_the_closure(given: dict[str, Any], touched: set[str]) -> None:
    """Rule 33 (c): what shares this with x.a is in the closure of x.a; x.c, which shares nothing, is not."""
    assert influence_closure(edge(**deepcopy(given)), ["x.a"]) == {"x.a"} | touched


def test_the_closure_refuses_a_name_it_does_not_know() -> None:
    with pytest.raises(KeyError, match="nobody"):
        influence_closure(edge(), ["nobody"])
