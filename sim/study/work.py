"""What a worker does: it is given a compiled plan and some numbers, and plays them.

Nothing here depends on where it runs or on what was played before: a replication is what its plan, seed and number
make of it (SEMANTICS 31). A replication that fails is told with its error, and the others go on.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from time import perf_counter
from typing import NamedTuple

from sim.plan.compiled import Plan
from sim.play.draws import RandomDraws
from sim.play.engine import Engine
from sim.study.outcomes import Outcome, Reader


class Job(NamedTuple):
    """What all chunks of a study share: the compiled plan, pickled once, its digest and the seed."""

    digest: str
    plan: bytes
    seed: int


class Chunk(NamedTuple):
    """The outcomes of some numbers, and the seconds that playing them took."""

    outcomes: tuple[Outcome, ...]
    seconds: float


def make_job(plan: Plan, seed: int) -> Job:
    """Return the job of playing `plan` with `seed`."""
    blob = pickle.dumps(plan, protocol=5)
    return Job(sha256(blob).hexdigest(), blob, seed)


def play_chunk(job: Job, numbers: Sequence[int]) -> Chunk:
    """Play the replications `numbers`, one after another."""
    begin, (engine, reader) = perf_counter(), _engine(job.digest, job.plan)
    outcomes = tuple(_play(engine, reader, job.seed, number) for number in numbers)
    return Chunk(outcomes, perf_counter() - begin)


def _play(engine: Engine, reader: Reader, seed: int, number: int) -> Outcome:
    try:
        return reader.read(number, engine.play(RandomDraws(seed, number)))
    except Exception as fault:  # one that fails is a result like any other (DESIGN 7)
        return Outcome(number, f"{type(fault).__name__}: {fault}")


@lru_cache(maxsize=4)
def _engine(_: str, blob: bytes) -> tuple[Engine, Reader]:
    plan: Plan = pickle.loads(blob)
    engine = Engine(plan)
    return engine, Reader(engine)
