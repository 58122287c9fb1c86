"""`make bench`: the figures that CONTRIBUTING quotes, as JSON. Ratios are taken pair by pair in one run.

This measures speed and asserts nothing: tests never time anything.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from bare import microseconds_a_row
from scaled import scaled_plan
from study import study_figures

from sim import load_roster, load_scenario, replay, simulate
from sim.cli.player.screen import draw
from sim.cli.player.state import State
from sim.plan.compiled import Plan
from sim.play.engine import Engine, draws_for
from sim.record.manifest import plan_for

SCENARIOS = ("blast-furnace-gas", "ammonia-cold-store")
PAIRS = 5


def plan_of(scenario: str) -> Plan:
    return plan_for(load_roster().model, load_scenario(scenario).model, {})


def seconds(work: Callable[[], Any]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


def drills_a_second(engine: Engine, drills: int) -> float:
    return drills / seconds(lambda: [engine.play(draws_for(1, number)) for number in range(drills)])


def ours_a_row(engine: Engine, drills: int) -> tuple[float, float]:
    """Microseconds a row, and rows a drill."""
    begin, rows = perf_counter(), 0
    for number in range(drills):
        rows += len(engine.play(draws_for(1, number)))
    return (perf_counter() - begin) / rows * 1e6, rows / drills


def against_the_yardstick(engine: Engine) -> dict[str, Any]:
    pairs = []
    for _ in range(PAIRS):
        ours, rows = ours_a_row(engine, 40)
        bare = microseconds_a_row(80, 480)
        pairs.append((bare / ours, bare, ours))
    return {
        "rows_a_drill": round(rows),
        "bare_us_a_row": round(statistics.median(pair[1] for pair in pairs), 2),
        "ours_us_a_row": round(statistics.median(pair[2] for pair in pairs), 2),
        "bare_over_ours": round(statistics.median(pair[0] for pair in pairs), 3),
        "aim": ">= 0.6",
    }


def growth() -> dict[str, Any]:
    """How much longer a drill takes when duties, units and injects are ten times as many."""
    small, large = Engine(scaled_plan(80, 25)), Engine(scaled_plan(800, 250))
    ratios = []
    for _ in range(PAIRS):
        short = seconds(lambda: [small.play(draws_for(1, number)) for number in range(20)]) / 20
        long = seconds(lambda: [large.play(draws_for(1, number)) for number in range(2)]) / 2
        ratios.append(long / short)
    return {"times": round(statistics.median(ratios), 2), "aim": "<= 12"}


def replay_step() -> dict[str, Any]:
    """Milliseconds of a step of a replay, its words and its screen included, and of opening the replay."""
    timeline = simulate(load_scenario(SCENARIOS[0]), seed=7)
    begin = perf_counter()
    opened = replay(timeline)
    _ = opened.gaps
    opening = perf_counter() - begin
    state, times = State(opened, "zh"), []
    for step in range(len(opened)):
        state.step = step
        times.append(seconds(lambda: draw(state, 80, 24)))
    return {
        "rows": len(timeline.rows),
        "ms_a_step": round(statistics.median(times) * 1000, 2),
        "ms_the_slowest": round(max(times) * 1000, 2),
        "ms_to_open": round(opening * 1000),
        "aim": "<= 100 ms a step",
    }


def command(*words: str) -> float:
    """Median seconds of a whole command over five runs, after one to warm up."""
    argv = [str(Path(sys.executable).with_name("tuiyan")), *words]

    def run() -> None:
        subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run()
    return round(statistics.median(seconds(run) for _ in range(5)), 3)


READY = """
from sim import load_roster, load_scenario
from sim.plan.workspace import list_scenarios
from sim.record.manifest import plan_for
roster = load_roster()
for given in list_scenarios():
    plan_for(roster.model, load_scenario(given.id).model, {})
"""


def all_ready() -> dict[str, Any]:
    """Read, check and compile every scenario that ships, from cold, with the start of Python."""
    times = [seconds(lambda: subprocess.run([sys.executable, "-c", READY], check=True)) for _ in range(6)]
    return {"seconds": round(statistics.median(times[1:]), 3), "aim": "< 3"}


def commands() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "run")
        return {
            "tuiyan --help": {"seconds": command("--help"), "aim": "<= 0.2"},
            "tuiyan check": {"seconds": command("check"), "aim": "<= 0.8"},
            "tuiyan run": {
                "seconds": command("run", SCENARIOS[0], "-o", out, "--overwrite"),
                "aim": "<= 6",
            },
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-commands", action="store_true", help="leave out the whole commands")
    parser.add_argument("--study", type=int, default=200, metavar="N", help="replications of a study (2000)")
    parser.add_argument("--memory", type=int, default=0, metavar="N", help="measure the memory too (100000)")
    options = parser.parse_args()
    engines = {name: Engine(plan_of(name)) for name in SCENARIOS}
    figures: dict[str, Any] = {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "drills_a_second": {name: round(drills_a_second(engine, 100)) for name, engine in engines.items()},
        "yardstick": {
            "a plan of the yardstick's size": against_the_yardstick(Engine(scaled_plan(80, 25))),
            **{name: against_the_yardstick(engine) for name, engine in engines.items()},
        },
        "growth_tenfold": growth(),
        "replay": replay_step(),
    }
    if options.study:
        figures["study"] = study_figures(options.study, options.memory)
    if not options.no_commands:
        figures["all scenarios read, checked and compiled"] = all_ready()
        figures["commands"] = commands()
    print(json.dumps(figures, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
