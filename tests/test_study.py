"""A study: the same bytes whatever plays it, however often it is stopped; one file that is always readable."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from random_plans import compiled, random_spec
from small import SCENARIO, SMALL, copy
from test_scenarios import IDS

from sim.errors import InputError, OutputError, PlayError
from sim.plan.compile import compile_plan
from sim.plan.compiled import Plan
from sim.plan.workspace import LoadedRoster, LoadedScenario, load_roster, load_scenario
from sim.play.draws import RandomDraws
from sim.play.engine import Engine
from sim.record.events import events_of, names_of
from sim.record.tasks import STAGES
from sim.record.timeline import Timeline
from sim.review.limits import measure
from sim.review.moments import moments
from sim.review.replay import Changes, truth_changes
from sim.study.executors import FIRST, InProcess, _Sizes, processes
from sim.study.outcomes import ENDS, MILESTONES, Judged, Outcome, Reader, TaskTimes
from sim.study.replicate import Study, load_study, replicate
from sim.study.store import FILE, opened, write_csv, write_parquet
from sim.study.work import Chunk, Job

ROOT = Path(__file__).resolve().parents[1]
N = 40


@pytest.fixture(scope="module")
def given() -> tuple[LoadedScenario, LoadedRoster]:
    roster = load_roster(SMALL)
    return load_scenario(SMALL / SCENARIO, roster), roster


def csv_of(study: Study, folder: Path) -> bytes:
    target = folder / "study.csv"
    with study.store() as store:
        write_csv(store, target, study.n)
    return target.read_bytes()


@pytest.fixture(scope="module")
def whole(given: Any, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What an uninterrupted study of `N` in this process exports."""
    return csv_of(replicate(*given, n=N, executor=InProcess()), tmp_path_factory.mktemp("whole"))


# --- the same whatever plays it


class Backwards:
    """An executor that plays one by one, from the last to the first."""

    workers = 1

    def run(self, job: Job, numbers: Sequence[int]) -> Iterator[Chunk]:
        from sim.study.work import play_chunk

        for number in reversed(numbers):
            yield play_chunk(job, [number])


def test_order_and_chunks_change_nothing(given: Any, whole: bytes, tmp_path: Path) -> None:
    assert csv_of(replicate(*given, n=N, executor=Backwards()), tmp_path) == whole


def test_two_processes_give_the_same_bytes(given: Any, whole: bytes, tmp_path: Path) -> None:
    with processes(2) as two:
        assert csv_of(replicate(*given, n=N, executor=two), tmp_path) == whole


def test_a_study_grows_by_what_is_missing(given: Any, whole: bytes, tmp_path: Path) -> None:
    """Ten, then forty: the ten are not played again, and the whole is the same."""
    folder, told = tmp_path / "s", []
    replicate(*given, n=10, folder=folder, executor=InProcess())
    study = replicate(
        *given, n=N, folder=folder, executor=InProcess(), told=lambda done, n: told.append(done)
    )
    assert told[0] == 10
    assert told[-1] == N
    assert csv_of(study, tmp_path) == whole
    assert load_study(folder).n == N


def test_fewer_than_there_are_looks_at_the_first(given: Any, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    replicate(*given, n=20, folder=folder, executor=InProcess())
    few = replicate(*given, n=5, folder=folder, executor=InProcess())
    lines = csv_of(few, tmp_path).decode("utf-8-sig").splitlines()[1:]
    assert {line.split(",")[0] for line in lines} == {"0", "1", "2", "3", "4"}


# --- what is kept


def last_told(timeline: Timeline) -> int | None:
    """When the last member was told of the response; None if one never was, or if the plan has no members."""
    told: dict[str, int] = {}
    for row in timeline.rows:
        if row.event == "informed":
            told.setdefault(row.unit, row.t)
    members = {actor.name for actor in timeline.plan.actors if actor.kind == "unit"}
    return max(told[name] for name in members) if members and told.keys() >= members else None


def as_the_timeline_says(timeline: Timeline, number: int) -> Outcome:
    """What is kept of a play, told by its whole timeline: slow, and plain to see."""
    turning, firsts = moments(timeline), {row.event: row.t for row in reversed(timeline.rows)}
    ticks = {"field_established": firsts.get("field_established"), "handed_over": firsts.get("handed_over")}
    for mark in ("reception", "report_up", "activated", "terminated"):
        row = getattr(turning, mark)
        ticks[mark] = None if row is None else row.t
    ticks["closed"], ticks["informed"] = turning.closed, last_told(timeline)
    limits = []
    for one in measure(timeline):
        if one.verdict != "not_evaluated" or one.reason in ("clock", "stood_down"):
            name = f"{one.inject}:{one.duty}.{one.stop}" if one.inject and one.duty else one.norm
            limits.append(Judged(name, one.task, one.verdict, one.reason, one.within, one.passed))
    tasks = [
        TaskTimes(r.task, r.state, tuple(r.stages.get(stage) for stage in ENDS)) for r in timeline.records
    ]
    return Outcome(number, "", tuple(ticks[mark] for mark in MILESTONES), tuple(tasks), tuple(limits))


def assert_told_alike(plan: Plan, numbers: Iterable[int]) -> None:
    engine = Engine(plan)
    reader = Reader(engine)
    for number in numbers:
        raw = engine.play(RandomDraws(1, number))
        timeline = Timeline(plan, engine.rows(raw, "", number), {})
        assert reader.read(number, raw) == as_the_timeline_says(timeline, number)


@pytest.mark.parametrize("name", IDS)
def test_an_outcome_of_a_shipped_drill_says_what_its_timeline_says(name: str) -> None:
    plan = compile_plan(load_roster().model, load_scenario(name).model)
    assert_told_alike(plan, range(4))


def with_more_limits(plan: Plan) -> Plan:
    """The same drill, its limit also where a need's condition once held, and one between two events for each stage."""
    if not plan.norms:
        return plan
    (norm,) = plan.norms
    under = [replace(norm, id=f"w{place}", when=need.when) for place, need in enumerate(plan.needs)]
    events = [
        name for stage in STAGES for name in (f"{plan.duties[norm.duty].id}.{stage}", "activated", "I1")
    ]
    between = [
        replace(norm, id=f"b{place}", duty=-1, since=since, by=by)
        for place, (since, by) in enumerate(pairwise(events))
    ]
    return replace(plan, norms=(norm, *under, *between))


@pytest.mark.parametrize("seed", range(60))
def test_an_outcome_of_a_random_drill_says_what_its_timeline_says(seed: int) -> None:
    assert_told_alike(with_more_limits(compiled(random_spec(Random(seed)))), range(2))


@pytest.mark.parametrize("seed", range(60))
def test_some_facts_of_a_random_drill_change_as_all_of_them_do(seed: int) -> None:
    """Each fact alone, from no more rows than it says that it reads; with longer limits, so that some are kept."""
    played = compiled(random_spec(Random(seed)))
    plan = replace(played, timers=tuple(replace(timer, delay=15_000) for timer in played.timers))
    engine = Engine(played)
    timeline = Timeline(plan, engine.rows(engine.play(RandomDraws(1, 0)), "", 0), {})
    every = truth_changes(timeline)
    for fact in range(len(plan.facts)):
        one = Changes(plan, [fact])
        rows = [row for row in timeline.rows if row.event in one.reads]
        assert one.of(rows) == tuple(change for change in every if change.place == fact)


@pytest.mark.parametrize("name", IDS)
def test_what_a_name_means_is_found_in_the_rows_that_can_bear_it(name: str) -> None:
    engine = Engine(compile_plan(load_roster().model, load_scenario(name).model))
    timeline = Timeline(engine.plan, engine.rows(engine.play(RandomDraws(1, 0)), "", 0), {})
    named = [(row.event, word) for row in timeline.rows for word in names_of(row)]
    assert {event for event, _ in named} > {"inject_given", "need_raised", "activated", "graded", "finished"}
    assert [(event, word) for event, word in named if event not in events_of(word)] == []


def test_a_replication_that_fails_is_kept_with_its_error(
    given: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    """Number 3 meets a state that its rules forbid; the others are played, and nothing is hidden."""
    play = Engine.play

    def breaks(engine: Engine, draws: Any) -> Any:
        if draws._prefix == "1|3|":
            raise PlayError("1 000 waves in one instant")
        return play(engine, draws)

    monkeypatch.setattr(Engine, "play", breaks)
    study = replicate(*given, n=6, executor=InProcess())
    with study.store() as store:
        assert store.failed() == [(3, "PlayError: 1 000 waves in one instant")]
        assert [number for number, *_ in store.milestones()] == [0, 1, 2, 4, 5]
        assert store.missing(6) == []


def test_parquet_holds_what_the_csv_holds(given: Any, tmp_path: Path) -> None:
    import pandas as pd

    study = replicate(*given, n=8, executor=InProcess())
    csv_of(study, tmp_path)
    with study.store() as store:
        write_parquet(store, tmp_path / "study.parquet")
    one, other = pd.read_csv(tmp_path / "study.csv"), pd.read_parquet(tmp_path / "study.parquet")
    pd.testing.assert_frame_equal(one, other.round(3), check_dtype=False)


# --- one file


def test_another_scenario_another_seed_or_another_assumption_is_refused(given: Any, tmp_path: Path) -> None:
    scenario, roster = given
    replicate(scenario, roster, n=2, folder=tmp_path, executor=InProcess())
    changes: list[dict[str, Any]] = [{"seed": 2}, {"overrides": {"desk.verify.time": "9 min"}}]
    for change in changes:
        with pytest.raises(InputError) as caught:
            replicate(scenario, roster, n=4, folder=tmp_path, executor=InProcess(), **change)
        assert caught.value.problems[0].code == "study-other-inputs"
    own = copy(tmp_path / "own")
    text = (own / "needs.yaml").read_text("utf-8").replace("priority: 3", "priority: 4")
    (own / "needs.yaml").write_text(text, "utf-8")
    other = load_roster(own)
    with pytest.raises(InputError) as caught:
        replicate(load_scenario(own / SCENARIO, other), other, n=4, folder=tmp_path, executor=InProcess())
    assert "needs.yaml" in caught.value.problems[0].values["what"]
    assert load_study(tmp_path).n == 2


def test_a_file_that_is_no_study_is_refused_and_left_alone(given: Any, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not a database, but a note of mine")
    with pytest.raises(InputError) as caught:
        replicate(*given, n=2, folder=tmp_path, executor=InProcess())
    assert caught.value.problems[0].code == "study-no-study"
    assert (tmp_path / FILE).read_text() == "not a database, but a note of mine"


def test_there_is_no_study_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_study(tmp_path)
    assert caught.value.problems[0].code == "study-missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(given: Any, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises((OutputError, PermissionError)):
            replicate(*given, n=2, folder=tmp_path / "s", executor=InProcess())
    finally:
        tmp_path.chmod(0o700)


def test_a_chunk_is_kept_whole_or_not_at_all(given: Any, tmp_path: Path) -> None:
    """The second of two cannot be kept: the first is not either."""
    replicate(*given, n=1, folder=tmp_path, executor=InProcess())
    bad: Any = Outcome(6, "", (0,) * len(MILESTONES), (("not", "a"),))  # type: ignore[arg-type]
    with opened(tmp_path / FILE) as store:
        with pytest.raises(AttributeError):
            store.add([Outcome(5, "PlayError: x"), bad])
        assert store.missing(7) == [1, 2, 3, 4, 5, 6]


def test_after_a_chunk_that_failed_the_next_keeps_its_names(given: Any, tmp_path: Path) -> None:
    """What the failed one brought is forgotten with it, its new names too."""
    replicate(*given, n=1, folder=tmp_path, executor=InProcess())
    task = TaskTimes("new.task#1", "a new state", (1,) * len(ENDS))
    good = Outcome(5, "", (0,) * len(MILESTONES), (task,))
    bad: Any = Outcome(6, "", (0,) * len(MILESTONES), (("not", "a"),))  # type: ignore[arg-type]
    with opened(tmp_path / FILE) as store:
        with pytest.raises(AttributeError):
            store.add([good, bad])
        store.add([good])
        assert list(store.outcomes())[1:] == [good]


def test_it_can_be_read_while_it_is_written(given: Any, tmp_path: Path) -> None:
    seen = []

    def look(done: int, n: int) -> None:
        with opened(tmp_path / FILE) as other:
            seen.append((other.count(), done))

    replicate(*given, n=12, folder=tmp_path, executor=InProcess(), told=look)
    assert len(seen) > 2
    assert all(there == done for there, done in seen)


def test_two_at_once_do_not_disturb_each_other(given: Any, whole: bytes, tmp_path: Path) -> None:
    """The same study in two processes: each number stands once."""
    folder = tmp_path / "s"
    other = start(folder, N)
    study = replicate(*given, n=N, folder=folder, executor=Backwards())
    assert other.wait(120) == 0
    assert csv_of(study, tmp_path) == whole


# --- stopped

GO = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
if __name__ == "__main__":
    from small import SCENARIO, SMALL
    from sim.plan.workspace import load_roster, load_scenario
    from sim.study.replicate import replicate
    roster = load_roster(SMALL)
    folder, n, jobs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    replicate(load_scenario(SMALL / SCENARIO, roster), roster, n=n, folder=folder, jobs=jobs)
"""


def start(folder: Path, n: int, jobs: int = 1) -> subprocess.Popen[bytes]:
    script = folder.parent / "go.py"
    script.write_text(GO.format(root=str(ROOT), tests=str(ROOT / "tests")), "utf-8")
    return subprocess.Popen([sys.executable, str(script), str(folder), str(n), str(jobs)])


def test_a_worker_loads_nothing_that_it_does_not_need() -> None:
    """What the plan is read with stays with the one who sends it; of a thousand plays each worker plays only some."""
    heavy = ("pydantic", "ruamel", "pandas", "numpy", "scipy", "matplotlib", "bokeh", "click", "sqlite3")
    code = f"import sim.study.executors, sys; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("n", [0, 1, 4, 7, 100, 1001])
def test_every_number_is_in_one_chunk_and_the_last_are_small(workers: int, n: int) -> None:
    """However long a play takes; nobody waits long for the last one."""
    sizes, numbers, chunks = _Sizes(range(n), workers), [], []
    while chunk := sizes.take():
        numbers += chunk
        chunks.append(len(chunk))
        sizes.learn(Chunk((Outcome(0, "x"),), 0.001))
    assert numbers == list(range(n))
    assert all(size <= max(FIRST, n // (2 * workers)) for size in chunks)
    assert chunks[-1:] == [] if n == 0 else chunks[-1] <= FIRST


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(given: Any, tmp_path: Path) -> None:
    """kill -9 at ten random moments, each leaving a readable file; then the rest, and the bytes of a quiet study."""
    n, rng = 400, random.Random(11)
    folder = tmp_path / "s"
    for _ in range(10):
        process = start(folder, n, jobs=2)
        time.sleep(rng.uniform(0.2, 3.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (folder / FILE).exists():
            check = sqlite3.connect(folder / FILE)
            assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            check.close()
    done = replicate(*given, n=n, folder=folder, executor=InProcess())
    quiet = replicate(*given, n=n, executor=InProcess())
    assert csv_of(done, tmp_path) == csv_of(quiet, tmp_path)


@pytest.mark.slow
def test_workers_go_when_their_parent_is_killed(tmp_path: Path) -> None:
    process = start(tmp_path / "s", 100_000, jobs=2)
    time.sleep(4)
    children = _children(process.pid)
    assert children
    process.kill()
    process.wait()
    end = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < end:
        time.sleep(0.2)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []
