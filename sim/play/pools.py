"""Teams and operators: asks collected during an instant, granted in rank order after everything else.

A free `simpy.Resource` grants on the spot, so that ties go by who resumed first; here an ask only queues, and
GRANT serves all pools by rank (SEMANTICS 2, 3 and 22). An ask for several teams is granted all or nothing, and a
blocked head does not hold up the rest.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from heapq import merge
from typing import Any

import simpy

from sim.play.recorder import SEQ, Raw

Rank = tuple[int, float, int, str, int, int]
"""Need priority, absolute due tick or infinity, asked at, duty or call id, occurrence, purpose: smaller first."""

Uses = tuple[tuple[int, int], ...]


class Ask:
    """One ask for teams, all or nothing. `cause` is the release that let it through, if it had to wait."""

    __slots__ = ("cause", "event", "granted", "on_wait", "rank", "scene", "uses", "waited")

    def __init__(
        self, rank: Rank, uses: Uses, event: simpy.Event, scene: bool, on_wait: Callable[[], Any]
    ) -> None:
        self.rank = rank
        self.uses = uses
        self.event = event
        self.scene = scene
        self.on_wait = on_wait
        self.waited = False
        self.cause: Raw | None = None
        self.granted: tuple[tuple[int, int, int], ...] = ()  # (pool, from the scene, from home)


Queue = list[tuple[Rank, Ask]]


class Pools:
    """Free teams by place, and who waits for them."""

    def __init__(self, sizes: Iterable[int]) -> None:
        self.home = list(sizes)
        self.scene = [0] * len(self.home)
        self._waiting: list[Queue] = [[] for _ in self.home]
        self._new: Queue = []
        self._dirty: set[int] = set()
        self._released: list[Raw | None] = [None] * len(self.home)

    @property
    def idle(self) -> bool:
        """Whether GRANT has nothing to look at."""
        return not self._dirty

    def ask(self, ask: Ask) -> None:
        """Queue an ask; GRANT looks at it once the instant is otherwise quiet."""
        self._new.append((ask.rank, ask))
        self._dirty.update(pool for pool, _ in ask.uses)

    def cancel(self, ask: Ask) -> None:
        """Withdraw an ask that was not granted."""
        entry = (ask.rank, ask)
        if entry in self._new:
            self._new.remove(entry)
        else:
            self._unqueue(entry)

    def release(self, granted: Iterable[tuple[int, int]], row: Raw | None, *, scene: bool) -> None:
        """Give back teams at the scene or at home; `row` is what whoever gets them will name as its cause."""
        place = self.scene if scene else self.home
        for pool, count in granted:
            place[pool] += count
            self._released[pool] = row
            self._dirty.add(pool)

    def grant(self) -> list[str]:
        """Grant what can be granted, by rank over all touched pools; return the ids served, for messages."""
        fresh = sorted(self._new)
        self._new.clear()
        for entry in fresh:
            for pool, _ in entry[1].uses:
                insort(self._waiting[pool], entry)
        touched = sorted(self._dirty)
        self._dirty.clear()
        served = [entry[0][3] for entry in self._candidates(touched) if self._serve(entry)]
        for _, ask in fresh:
            if not ask.granted and not ask.waited:
                ask.waited = True
                ask.on_wait()
        return served

    def _candidates(self, touched: list[int]) -> Iterable[tuple[Rank, Ask]]:
        queues = [list(self._waiting[pool]) for pool in touched if self._waiting[pool]]
        for entry in queues[0] if len(queues) == 1 else merge(*queues):
            if not any(self.home[pool] + self.scene[pool] for pool in touched):
                return
            yield entry

    def _serve(self, entry: tuple[Rank, Ask]) -> bool:
        ask = entry[1]
        if ask.granted or any(self.home[p] + self.scene[p] < count for p, count in ask.uses):
            return False
        if ask.waited:
            rows = [row for p, _ in ask.uses if (row := self._released[p]) is not None]
            ask.cause = max(rows, key=lambda row: row[SEQ], default=None)
        ask.granted = tuple(self._take(pool, count, ask.scene) for pool, count in ask.uses)
        self._unqueue(entry)
        ask.event.succeed()
        return True

    def _take(self, pool: int, count: int, scene: bool) -> tuple[int, int, int]:
        near, far = (self.scene, self.home) if scene else (self.home, self.scene)
        first = min(near[pool], count)
        near[pool] -= first
        far[pool] -= count - first
        return (pool, first, count - first) if scene else (pool, count - first, first)

    def _unqueue(self, entry: tuple[Rank, Ask]) -> None:
        for pool, _ in entry[1].uses:
            self._waiting[pool].remove(entry)
