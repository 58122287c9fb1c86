"""The figures of a study, for `bench.py`: how fast it plays, what a second process brings, how much memory it takes.

Each study is a process of its own, so that every one begins cold and its memory is its own.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sim import load_roster, load_scenario
from sim.plan.compile import compile_plan
from sim.play.draws import RandomDraws
from sim.play.engine import Engine
from sim.study.outcomes import Reader
from sim.study.replicate import replicate
from sim.study.store import write_csv

SCENARIO = "blast-furnace-gas"


def studied(n: int, jobs: int) -> dict[str, float]:
    """Make a study of `n` replications and its CSV, and return seconds, bytes a replication, and the peak in MB."""
    with tempfile.TemporaryDirectory() as folder:
        begin = perf_counter()
        study = replicate(load_scenario(SCENARIO), n=n, jobs=jobs, folder=folder)
        seconds = perf_counter() - begin
        with study.store() as store:
            write_csv(store, Path(folder) / "study.csv", n)
        size = study.path.stat().st_size / n
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "bytes": size, "megabytes": peak}


def apart(n: int, jobs: int) -> dict[str, float]:
    """The same in a process of its own."""
    argv = [sys.executable, __file__, str(n), str(jobs)]
    found: dict[str, float] = json.loads(subprocess.run(argv, check=True, capture_output=True).stdout)
    return found


def two_against_one(n: int, pairs: int) -> dict[str, Any]:
    """One process and two in turn. The load tells whether there were two cores to be had."""
    runs = [(apart(n, 1), apart(n, 2)) for _ in range(pairs)]
    ratios = [one["seconds"] / two["seconds"] for one, two in runs]
    return {
        "n": n,
        "plays_a_second_one_process": round(n / statistics.median(one["seconds"] for one, _ in runs), 1),
        "plays_a_second_two_processes": round(n / statistics.median(two["seconds"] for _, two in runs), 1),
        "two_over_one": round(statistics.median(ratios), 3),
        "each": [round(ratio, 3) for ratio in ratios],
        "aim": ">= 1.8",
        "load_after": round(os.getloadavg()[0], 1),
        "bytes_a_replication": round(runs[0][0]["bytes"]),
    }


def memory(n: int) -> dict[str, Any]:
    """The peak of the parent, its exports written, with as many processes as there are cores."""
    found = apart(n, os.cpu_count() or 1)
    return {
        "n": n,
        "seconds": round(found["seconds"], 1),
        "megabytes": round(found["megabytes"]),
        "aim": "< 1000",
    }


def reading(plays: int = 100) -> dict[str, Any]:
    """Processor time of a play in ms, and of reading what is kept of it."""
    engine = Engine(compile_plan(load_roster().model, load_scenario(SCENARIO).model))
    reader, times = Reader(engine), [0.0, 0.0]
    for number in range(plays):
        begin = process_time()
        raw = engine.play(RandomDraws(1, number))
        middle = process_time()
        reader.read(number, raw)
        times = [times[0] + middle - begin, times[1] + process_time() - middle]
    return {"play_ms": round(times[0] / plays * 1e3, 2), "read_ms": round(times[1] / plays * 1e3, 2)}


def study_figures(n: int, large: int) -> dict[str, Any]:
    """All figures; `large` replications for the memory, none if 0."""
    figures: dict[str, Any] = {"a replication": reading(), "two processes": two_against_one(n, 5)}
    return figures | ({"memory": memory(large)} if large else {})


if __name__ == "__main__":
    print(json.dumps(studied(int(sys.argv[1]), int(sys.argv[2]))))
