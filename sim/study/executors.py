"""Where chunks are played: in this process, in several of this machine, or on a cluster. One seam, the same bytes.

An executor yields chunks as they are done, in any order; what is made of them does not depend on it. Whoever stops
reading stops the rest.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import Any, Final, Protocol

from sim.study.work import Chunk, Job, play_chunk

Numbers = Sequence[int]
AHEAD: Final = 2
"""Chunks a worker has waiting beside the one it plays."""
SECONDS: Final = 1.0
"""How long a chunk should take: short enough to stop soon, long enough to be worth sending."""
FIRST: Final = 4
"""Replications in the first chunks, before it is known how long one takes."""


class Plays(Protocol):
    """An executor: plays numbers in chunks of its own choice."""

    workers: int

    def run(self, job: Job, numbers: Numbers) -> Iterator[Chunk]:
        """Yield the chunks of `numbers` as they are done."""
        ...


class InProcess:
    """Plays in this process, chunk after chunk."""

    workers = 1

    def run(self, job: Job, numbers: Numbers) -> Iterator[Chunk]:
        """Yield the chunks of `numbers` in their order."""
        sizes = _Sizes(numbers, self.workers)
        while mine := sizes.take():
            chunk = play_chunk(job, mine)
            sizes.learn(chunk)
            yield chunk


class Pool:
    """Plays through anything that takes work as `concurrent.futures` does."""

    pause: float | None = None
    """Seconds after which to look again though no chunk is done."""

    def __init__(self, executor: Executor, workers: int) -> None:
        self.executor, self.workers = executor, workers

    def run(self, job: Job, numbers: Numbers) -> Iterator[Chunk]:
        """Yield chunks as they are done; a few more than there are workers are under way at any time."""
        sizes = _Sizes(numbers, self.workers)
        running: set[Future[Any]] = set()
        try:
            while True:
                self.look()
                while len(running) < self.workers * (1 + AHEAD) and (mine := sizes.take()):
                    running.add(self.send(job, mine))
                if not running:
                    return
                done, running = wait(running, self.pause, FIRST_COMPLETED)
                for future in done:
                    chunk = self.take(future)
                    sizes.learn(chunk)
                    yield chunk
        finally:
            for future in running:
                future.cancel()

    def look(self) -> None:
        """Look whether those who play are still there; processes of this machine are."""

    def send(self, job: Job, numbers: Numbers) -> Future[Any]:
        """Have a chunk played."""
        return self.executor.submit(play_chunk, job, numbers)

    def take(self, future: Future[Any]) -> Chunk:
        """Return the chunk that was played."""
        chunk: Chunk = future.result()
        return chunk


class _Sizes:
    """Cuts numbers into chunks, by how long the last ones took; smaller towards the end, so that all end together."""

    def __init__(self, numbers: Numbers, workers: int) -> None:
        self._numbers, self._workers, self._at, self.next = numbers, workers, 0, FIRST

    def take(self) -> Numbers:
        """Return the numbers of the next chunk, none where there are no more."""
        share = (len(self._numbers) - self._at) // (2 * self._workers)
        begin = self._at
        self._at += min(self.next, max(FIRST, share))
        return self._numbers[begin : self._at]

    def learn(self, chunk: Chunk) -> None:
        """Aim at chunks of `SECONDS`, growing at most fourfold at a time."""
        each = chunk.seconds / max(1, len(chunk.outcomes))
        fit = int(SECONDS / each) if each > 0 else 4 * self.next
        self.next = max(1, min(fit, 4 * self.next))


@contextmanager
def processes(jobs: int) -> Iterator[Plays]:
    """Give an executor of `jobs` processes of this machine, or of this one alone."""
    if jobs <= 1:
        yield InProcess()
        return
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_in_worker)
    try:
        yield Pool(pool, jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_worker() -> None:
    """Ctrl-C is for the one who started the study; a worker whose parent is gone goes too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.join,), daemon=True).start()


def _leave_with(join: Callable[[], None]) -> None:
    join()
    os._exit(1)


def usual_jobs() -> int:
    """Return how many processes this machine can run side by side."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
