"""The yardstick: a drill as one would write it by hand in plain SimPy, with nothing of ours.

Each task is a process that waits for its predecessor, takes one of two callers, then one of its unit's two teams, and
notes six events. No ranks, no waves, no pictures, no causes: what the engine costs is measured against this.
"""

from __future__ import annotations

from collections.abc import Generator
from random import Random
from time import perf_counter
from typing import Any

import simpy

UNITS = 25
EVENTS = 6
Note = tuple[float, str, int, int, int, None]


class Bare:
    """One bare drill of `tasks` tasks."""

    def __init__(self, tasks: int, random: Random) -> None:
        self.env = simpy.Environment()
        self.random = random
        self.callers = simpy.PriorityResource(self.env, capacity=2)
        self.teams = [simpy.PriorityResource(self.env, capacity=2) for _ in range(UNITS)]
        self.ended = [self.env.event() for _ in range(tasks)]
        self.notes: list[Note] = []
        for number in range(tasks):
            self.env.process(self.life(number))

    def note(self, what: str) -> None:
        self.notes.append((self.env.now, what, 0, 1, 2, None))

    def spend(self, low: float, high: float, mode: float) -> simpy.Timeout:
        return self.env.timeout(self.random.triangular(low, high, mode))

    def life(self, number: int) -> Generator[simpy.Event, Any, None]:
        before = [self.ended[number - UNITS]] if number >= UNITS else []
        yield self.env.all_of(before)
        with self.callers.request(priority=1) as caller:
            yield caller
            self.note("ordered")
            yield self.spend(1, 3, 2)
            self.note("acknowledged")
        with self.teams[number % UNITS].request(priority=1) as team:
            yield team
            yield self.spend(1, 9, 3)
            self.note("departed")
            yield self.spend(3, 9, 5)
            self.note("arrived")
            self.note("started")
            yield self.spend(5, 30, 12)
            self.note("finished")
        self.ended[number].succeed()


def microseconds_a_row(drills: int, rows: int) -> float:
    """Return the microseconds that a row of a bare drill of about `rows` rows takes, over `drills` drills."""
    random = Random(1)
    begin = perf_counter()
    written = 0
    for _ in range(drills):
        drill = Bare(max(1, rows // EVENTS), random)
        drill.env.run()
        written += len(drill.notes)
    return (perf_counter() - begin) / written * 1e6


if __name__ == "__main__":
    print(f"{microseconds_a_row(50, 480):.2f} microseconds a row")
