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

from sim.play.recorder import Raw, seq_of

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
        self._released: list[tuple[int, list[Raw]]] = [(-1, [])] * len(self.home)  # when last, by which rows
        self.served: list[str] = []  # whom the last GRANT served, for messages

    def ask(self, ask: Ask) -> None:
        """Queue an ask; GRANT looks at it once the instant is otherwise quiet."""
        self._new.append((ask.rank, ask))
        for pool, _ in ask.uses:
            self._dirty.add(pool)

    def cancel(self, ask: Ask) -> None:
        """Withdraw an ask that was not granted."""
        entry = (ask.rank, ask)
        if entry in self._new:
            self._new.remove(entry)
        else:
            self._unqueue(entry)

    def release(self, granted: Iterable[tuple[int, int]], row: Raw, *, scene: bool, now: int) -> None:
        """Give back teams at the scene or at home; `row` is what whoever gets them will name as its cause."""
        place = self.scene if scene else self.home
        for pool, count in granted:
            place[pool] += count
            since, rows = self._released[pool]
            if since != now:
                self._released[pool] = (now, [row])
            else:
                rows.append(row)
            self._dirty.add(pool)

    def resize(self, pool: int, by: int, now: int) -> None:
        """Let more or fewer be at home, by the clock: no row is the cause, and who is at work is not cut off."""
        self.home[pool] += by
        if self._released[pool][0] != now:
            self._released[pool] = (now, [])
        self._dirty.add(pool)

    def grant(self) -> None:
        """Grant what can be granted, by rank over all touched pools; tell who has to wait."""
        fresh, self._new = self._new, []
        if len(fresh) > 1:
            fresh.sort()
        for entry in fresh:
            for pool, _ in entry[1].uses:
                insort(self._waiting[pool], entry)
        touched, self._dirty = self._dirty, set()
        self.served = []
        if len(touched) == 1:
            self._grant_pool(touched.pop())
        else:
            self._grant_pools(sorted(touched))
        for _, ask in fresh:
            if not ask.granted:
                ask.waited = True
                ask.on_wait()

    def _grant_pool(self, pool: int) -> None:
        queue, home, scene, place = self._waiting[pool], self.home, self.scene, 0
        while place < len(queue) and home[pool] + scene[pool] > 0:
            if not self._serve(queue[place]):
                place += 1

    def _grant_pools(self, touched: list[int]) -> None:
        for entry in merge(*(list(self._waiting[pool]) for pool in touched)):
            if not any(self.home[pool] + self.scene[pool] for pool in touched):
                return
            if not entry[1].granted:
                self._serve(entry)

    def _serve(self, entry: tuple[Rank, Ask]) -> bool:
        ask = entry[1]
        for pool, count in ask.uses:
            if self.home[pool] + self.scene[pool] < count:
                return False
        if ask.waited:
            ask.cause = self._let_through(ask.uses)
        ask.granted = tuple([self._take(pool, count, ask.scene) for pool, count in ask.uses])
        self._unqueue(entry)
        self.served.append(entry[0][3])
        ask.event.succeed()
        return True

    def _let_through(self, uses: Uses) -> Raw | None:
        released = [self._released[pool] for pool, _ in uses]
        last = released[0][0] if len(released) == 1 else max(since for since, _ in released)
        rows = [row for since, given in released if since == last for row in given]
        return max(rows, key=seq_of, default=None)

    def _take(self, pool: int, count: int, scene: bool) -> tuple[int, int, int]:
        near, far = (self.scene, self.home) if scene else (self.home, self.scene)
        first = min(near[pool], count)
        near[pool] -= first
        far[pool] -= count - first
        return (pool, first, count - first) if scene else (pool, count - first, first)

    def _unqueue(self, entry: tuple[Rank, Ask]) -> None:
        for pool, _ in entry[1].uses:
            self._waiting[pool].remove(entry)
