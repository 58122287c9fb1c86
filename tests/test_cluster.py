"""A study on a Dask cluster: the same bytes as anywhere, also when machines go; and in words what is wrong with one."""

from __future__ import annotations

import os
import pickle
import re
import shlex
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest
from dask_here import LONG, PYTHON, Machines, claiming, machines, without_package
from small import SCENARIO, SMALL

from sim.errors import InputError, Problem
from sim.plan.workspace import load_roster, load_scenario
from sim.study import cluster as ours
from sim.study.cluster import cluster
from sim.study.executors import InProcess, processes
from sim.study.replicate import Study, load_study, replicate
from sim.study.store import write_csv
from sim.study.tables import tables
from sim.study.versions import compare, here
from sim.study.work import Job
from sim.words.problems import render

pytest.importorskip("distributed")

SHIPPED = ("blast-furnace-gas", "ammonia-cold-store")
N = 500
Bytes = dict[str, bytes]


@contextmanager
def refused() -> Iterator[list[Problem]]:
    """What follows ends with problems: they are in the list afterwards."""
    found: list[Problem] = []
    with pytest.raises(InputError) as caught:
        yield found
    found.extend(caught.value.problems)


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


# --- in words (fast)


class Told:
    """What a client hears from a scheduler and two workers: of each, the versions that it says it has."""

    def __init__(self, **places: dict[str, Any]) -> None:
        self.places = {name: {**dict(here()), "Python": f"{dict(here())['Python']}.99", **has}
                       for name, has in places.items()}  # fmt: skip

    def _says(self, place: str, *ask: Any) -> Any:
        return self.places[place][ask[1] if len(ask) > 1 else "Python"]

    def run_on_scheduler(self, *ask: Any) -> Any:
        if isinstance(told := self._says("scheduler", *ask), Exception):
            raise told
        return told

    def run(self, *ask: Any, on_error: str) -> dict[str, Any]:
        assert on_error == "return"
        return {place: self._says(place, *ask) for place in self.places if place != "scheduler"}


def test_the_same_versions_everywhere_are_no_problem() -> None:
    compare(Told(scheduler={}, a={}, b={}), "tcp://x:1")


@pytest.mark.parametrize(
    ("place", "name", "has", "code", "theirs"),
    [
        ("a", "numpy", "1.0", "cluster-version", "1.0"),
        ("b", "tuiyan", PackageNotFoundError("tuiyan"), "cluster-lacks", ""),
        ("b", "Python", "3.9.1", "cluster-version", "3.9"),
        ("scheduler", "tuiyan", PackageNotFoundError("tuiyan"), "cluster-lacks", ""),
        ("scheduler", "distributed", "2019.1", "cluster-version", "2019.1"),
    ],
)
def test_what_differs_is_named_with_its_place(
    place: str, name: str, has: Any, code: str, theirs: str
) -> None:
    places: dict[str, dict[str, Any]] = {"scheduler": {}, "a": {}, "b": {}}
    places[place] = {name: has}
    with refused() as problems:
        compare(Told(**places), "tcp://x:1")
    (problem,) = problems
    assert (problem.code, problem.values["theirs"]) == (code, theirs)
    where = ("调度进程 tcp://x:1", "the scheduler tcp://x:1")
    if place != "scheduler":
        where = (f"工作进程 {place}", f"the worker {place}")
    for lang, words in zip(("zh", "en"), where, strict=True):
        assert words in render(problem, lang)
        assert name in render(problem, lang)


def test_a_worker_that_has_just_gone_lacks_nothing() -> None:
    gone = {name: OSError("Timed out") for name, _ in here()}
    compare(Told(scheduler={}, a={}, b=gone), "tcp://x:1")


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "tcp://", "tcp://127.0.0.1", "tcp://:8786", "127.0.0.1:99999", "tcp://host:port", "http://a:1",
     "inproc://a", "tcp://a:1/x", "tcp://me@a:1"],
)  # fmt: skip
def test_an_address_that_is_none(address: str) -> None:
    with refused() as problems, cluster(address):
        pass
    assert codes(problems) == {"cluster-address"}


def test_a_host_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with refused() as problems, cluster("tcp://office-pc:8786"):
        pass
    assert codes(problems) == {"cluster-host"}
    assert "office-pc" in render(problems[0], "zh")


@contextmanager
def taken() -> Iterator[str]:
    """An address at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{held.getsockname()[1]}"


def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch, capfd: Any) -> None:
    monkeypatch.setattr(ours, "PATIENCE", 1)
    with taken() as place, refused() as problems, cluster(f"tcp://{place}"):
        pass
    assert codes(problems) == {"cluster-unreachable"}
    assert capfd.readouterr() == ("", "")


def test_an_encrypted_address_without_certificates() -> None:
    with taken() as place, refused() as problems, cluster(f"tls://{place}"):
        pass
    assert codes(problems) == {"cluster-refused"}


# --- played (slow)


@cache
def given(name: str) -> tuple[Any, Any]:
    roster = load_roster() if name in SHIPPED else load_roster(SMALL)
    return load_scenario(name if name in SHIPPED else SMALL / SCENARIO, roster), roster


def exported(study: Study, folder: Path) -> Bytes:
    """study.csv and every table."""
    target = folder / "study.csv"
    with study.store() as store:
        write_csv(store, target, study.n)
    return {"study.csv": target.read_bytes(), **{name: text.encode() for name, text in tables(study).items()}}


@cache
def serial(name: str, n: int, folder: Path) -> Bytes:
    """What an uninterrupted study in this process alone exports."""
    return exported(replicate(*given(name), n=n, executor=InProcess()), folder)


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serial")


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Machines]:
    with machines(tmp_path / "dask") as here:
        yield here


def once(n: int, what: Callable[[], Any]) -> Callable[[int, int], None]:
    """Do something once, as soon as `n` replications are kept."""
    left = [what]

    def told(done: int, _: int) -> None:
        if done >= n and left:
            left.pop()()

    return told


def no_told(*_: int) -> None:
    """Nothing happens."""


def on_cluster(
    place: str, name: str, n: int, folder: Path, told: Callable[[int, int], None] = no_told
) -> Study:
    with cluster(place) as plays:
        return replicate(*given(name), n=n, folder=folder, executor=plays, told=told)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_serial_two_processes_and_a_cluster_give_the_same_bytes(
    name: str, dask: Machines, tmp_path: Path, apart: Path
) -> None:
    """Two separate workers, one of which plays in two threads at once."""
    dask.worker()
    dask.worker(threads=2)
    far = exported(on_cluster(dask.address, name, N, tmp_path / "far"), tmp_path)
    with processes(2) as two:
        near = exported(replicate(*given(name), n=N, executor=two), tmp_path)
    assert far == near == serial(name, N, apart)
    assert far["study.csv"].count(b"\n") > N


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_a_worker_that_is_killed_in_mid_run_changes_no_byte(
    name: str, dask: Machines, tmp_path: Path, apart: Path, capfd: Any
) -> None:
    one, other = dask.worker(), dask.worker()
    study = on_cluster(dask.address, name, N, tmp_path / "s", once(N // 5, one.kill))
    assert one.wait(1) == -signal.SIGKILL
    assert other.poll() is None
    assert exported(study, tmp_path) == serial(name, N, apart)
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_worker_that_joins_later_gets_its_share(dask: Machines, tmp_path: Path, apart: Path) -> None:
    """It must: the only other one is killed soon after."""
    first = dask.worker()

    def relieve() -> None:
        dask.worker()
        first.kill()

    study = on_cluster(dask.address, SCENARIO, N, tmp_path / "s", once(8, relieve))
    assert exported(study, tmp_path) == serial(SCENARIO, N, apart)


@pytest.mark.slow
def test_without_its_scheduler_it_ends_in_words_and_goes_on_from_there(
    dask: Machines, tmp_path: Path, apart: Path, capfd: Any
) -> None:
    folder = tmp_path / "s"
    dask.worker()
    scheduler = dask.running[0]
    with refused() as problems:
        on_cluster(dask.address, SCENARIO, N, folder, once(8, scheduler.kill))
    assert codes(problems) == {"cluster-lost"}
    assert capfd.readouterr() == ("", "")
    before = load_study(folder).n
    assert 8 <= before < N
    told: list[int] = []
    study = replicate(
        *given(SCENARIO), n=N, folder=folder, executor=InProcess(), told=lambda done, _: told.append(done)
    )
    assert told[0] == before
    assert exported(study, tmp_path) == serial(SCENARIO, N, apart)


def kept(folder: Path) -> int:
    """How many replications are kept, none where the file is only just being made."""
    try:
        return load_study(folder).n
    except InputError:
        return 0


@pytest.mark.slow
@pytest.mark.parametrize(("what", "code"), [("scheduler", 2), ("planner", 130)])
def test_the_screen_says_in_one_line_what_happened(
    what: str, code: int, dask: Machines, tmp_path: Path
) -> None:
    """The scheduler is killed, or the planner presses Ctrl-C: of Dask's own words none is seen."""
    dask.worker()
    folder = tmp_path / "s"
    process = subprocess.Popen(
        [*PYTHON, "-c", "from sim.cli.main import main; main()", "--lang", "en", "study", "restaurant-gas",
         "-n", "5000", "-o", str(folder), "--cluster", dask.address],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        end = time.monotonic() + LONG
        while not kept(folder):
            assert time.monotonic() < end
            assert process.poll() is None, process.communicate()
            time.sleep(0.2)
        if what == "scheduler":
            dask.running[0].kill()
        else:
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=LONG)
    finally:
        process.kill()
    assert (process.returncode, out) == (code, ""), err
    (line,) = err.splitlines()
    assert "kept" in line
    assert kept(folder) > 0


@pytest.mark.slow
def test_without_any_worker_it_ends_after_a_while(
    dask: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "ALONE", 3)
    worker = dask.worker()
    with refused() as problems:
        on_cluster(dask.address, SCENARIO, N, tmp_path / "s", once(8, worker.kill))
    assert codes(problems) == {"cluster-deserted"}
    assert load_study(tmp_path / "s").n >= 8


@pytest.mark.slow
def test_stopped_by_hand_it_takes_back_what_waits(dask: Machines, tmp_path: Path, capfd: Any) -> None:
    from distributed import Client

    def stop() -> None:
        raise KeyboardInterrupt

    dask.worker()
    with pytest.raises(KeyboardInterrupt):
        on_cluster(dask.address, SHIPPED[0], N, tmp_path / "s", once(8, stop))
    assert load_study(tmp_path / "s").n >= 8
    assert capfd.readouterr() == ("", "")
    with Client(dask.address, set_as_default=False) as client:
        end = time.monotonic() + 30
        while any(client.processing().values()) and time.monotonic() < end:
            time.sleep(0.2)
        assert not any(client.processing().values())


@pytest.mark.slow
def test_a_chunk_that_kills_its_workers_is_not_sent_for_ever(tmp_path: Path) -> None:
    """A scheduler that allows no failure at all: the first is the last."""

    class Deadly:
        def __reduce__(self) -> tuple[Any, ...]:
            return os._exit, (1,)

    settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with machines(tmp_path / "dask", settings=settings) as dask:
        worker = dask.worker()
        with refused() as problems, cluster(dask.address) as plays:
            list(plays.run(Job("deadly", pickle.dumps(Deadly()), 1), [0]))
        assert codes(problems) == {"cluster-killed"}
        assert worker.wait(10) == 1


# --- workers that are not alike (slow)


@pytest.mark.slow
def test_a_worker_without_the_package_is_named_within_ten_seconds(dask: Machines, tmp_path: Path) -> None:
    bare = without_package(tmp_path / "bare")
    dask.worker()
    dask.worker(python=(*PYTHON, "-S"), settings={"PYTHONPATH": str(bare)})
    begin = time.monotonic()
    with refused() as problems, cluster(dask.address):
        pass
    assert time.monotonic() - begin < 10
    (problem,) = problems
    assert (problem.code, problem.values["name"]) == ("cluster-lacks", "tuiyan")
    assert problem.values["place"].startswith("tcp://127.0.0.1:")
    assert "工作进程 " + problem.values["place"] in render(problem, "zh")


@pytest.mark.slow
def test_a_worker_with_another_numpy_is_named(dask: Machines, tmp_path: Path) -> None:
    dask.worker(settings=_other(tmp_path))
    with refused() as problems, cluster(dask.address):
        pass
    assert [(one.code, one.values["name"], one.values["theirs"]) for one in problems] == [
        ("cluster-version", "numpy", "9.9.9")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("bare", [False, True], ids=["another-numpy", "no-package"])
def test_a_worker_that_joins_later_and_is_not_alike_plays_nothing(
    bare: bool, dask: Machines, tmp_path: Path, capfd: Any
) -> None:
    python = (*PYTHON, "-S") if bare else PYTHON
    settings = {"PYTHONPATH": str(without_package(tmp_path / "bare"))} if bare else _other(tmp_path)
    first = dask.worker()

    def join() -> None:
        dask.worker(python=python, settings=settings)
        first.kill()

    with refused() as problems:
        on_cluster(dask.address, SCENARIO, N, tmp_path / "s", once(8, join))
    assert capfd.readouterr() == ("", "")
    (problem,) = problems
    assert problem.code == ("cluster-lacks" if bare else "cluster-version")
    assert problem.values["name"] == ("tuiyan" if bare else "numpy")
    assert problem.values["place"].startswith("tcp://127.0.0.1:")
    with load_study(tmp_path / "s").store() as store:
        assert store.failed() == []


def _other(tmp_path: Path) -> dict[str, str]:
    place = claiming(tmp_path / "other", "numpy", "9.9.9")
    root = Path(__file__).resolve().parents[1]
    return {"PYTHONPATH": os.pathsep.join((str(place), str(root)))}


# --- encrypted, as docs/cluster.md says (slow)

PAGE = Path(__file__).parent.parent / "docs/cluster.md"


def certified(folder: Path) -> tuple[dict[str, str], dict[str, Any]]:
    """Do what the page says; return what makes Dask's processes read it, and the same for this process."""
    import dask

    folder.mkdir()
    page = PAGE.read_text("utf-8")
    (make,) = re.findall(r"^openssl .*$", page, flags=re.MULTILINE)
    subprocess.run(shlex.split(make), cwd=folder, check=True, capture_output=True)
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    (folder / "config").mkdir()
    (folder / "config/tls.yaml").write_text(block.replace("/etc/tuiyan", str(folder)))
    (given,) = dask.config.collect_yaml([str(folder / "config")])
    comm = given["distributed"]["comm"]
    here = {
        "require-encryption": comm["require-encryption"],
        "tls.ca-file": comm["tls"]["ca-file"],
        "tls.client": comm["tls"]["client"],
    }
    return {"DASK_CONFIG": str(folder / "config")}, {
        f"distributed.comm.{key}": value for key, value in here.items()
    }


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_an_encrypted_cluster_plays_for_who_has_the_key(tmp_path: Path, apart: Path) -> None:
    import dask as daskwide

    settings, mine = certified(tmp_path / "tls")
    _, strange = certified(tmp_path / "stranger")
    with machines(tmp_path / "dask", protocol="tls", settings=settings) as dask:
        dask.worker()
        assert dask.address.startswith("tls://")
        with daskwide.config.set(mine):
            study = on_cluster(dask.address, SCENARIO, N, tmp_path / "s")
            assert exported(study, tmp_path) == serial(SCENARIO, N, apart)
            with refused() as problems, cluster(dask.address.replace("tls://", "tcp://")):
                pass
            assert codes(problems) == {"cluster-refused"}
        with daskwide.config.set(strange), refused() as problems, cluster(dask.address):
            pass
        assert codes(problems) <= {"cluster-refused", "cluster-unreachable"}
        with refused() as problems, cluster(dask.address.replace("tls://", "tcp://")):
            pass
        assert codes(problems) <= {"cluster-refused", "cluster-unreachable"}
