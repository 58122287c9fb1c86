"""What is true, and what each actor believes (SEMANTICS 7–10).

Both are vectors by the places of the plan's facts. Writes and news are queued while processes move and applied,
in order of rank, when the wave is settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sim.play.pools import Rank
from sim.play.recorder import SEQ, Raw


class Write(NamedTuple):
    """One queued change of the truth; `add` raises a count, otherwise the value is set."""

    rank: Rank
    fact: int
    add: bool
    value: Any
    cause: Raw


class News(NamedTuple):
    """Facts on their way into a picture: what was observed, when, and the row that brings it."""

    observed: int
    cause: Raw
    holder: int
    items: tuple[tuple[int, Any], ...]


class Change(NamedTuple):
    """A change of the truth that was applied, or, with `lost`, a value that a better rank overruled."""

    fact: int
    value: Any
    cause: Raw
    lost: bool = False


class Truth:
    """The true values. `before` gives them as they stood before the current instant."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = list(values)
        self.queue: list[Write] = []
        self._instant = -1
        self._old: dict[int, Any] = {}
        self._winner: dict[int, tuple[Rank, Any]] = {}

    def before(self, fact: int, now: int) -> Any:
        """Return the value of `fact` before the instant `now`."""
        if self._instant == now and fact in self._old:
            return self._old[fact]
        return self.values[fact]

    def apply(self, now: int) -> list[Change]:
        """Apply the queue by rank; return what changed and what lost a conflict, in order."""
        if not self.queue:
            return []
        if self._instant != now:
            self._instant = now
            self._old.clear()
            self._winner.clear()
        queue, self.queue = sorted(self.queue, key=_by_rank), []
        return [change for write in queue for change in self._apply(write)]

    def _apply(self, write: Write) -> Iterable[Change]:
        fact, old = write.fact, self.values[write.fact]
        if write.add:
            yield self._put(fact, old + write.value, write.cause)
            return
        winner = self._winner.get(fact)
        if winner is not None and winner[1] != write.value:
            if winner[0] < write.rank:
                yield Change(fact, write.value, write.cause, lost=True)
                return
            yield Change(fact, winner[1], write.cause, lost=True)
        if winner is None or write.rank < winner[0]:
            self._winner[fact] = (write.rank, write.value)
        if old != write.value:
            yield self._put(fact, write.value, write.cause)

    def _put(self, fact: int, value: Any, cause: Raw) -> Change:
        self._old.setdefault(fact, self.values[fact])
        self.values[fact] = value
        return Change(fact, value, cause)


def _by_rank(write: Write) -> tuple[Rank, int, int]:
    return write.rank, write.fact, write.cause[SEQ]


class Picture:
    """What one actor believes. Before anything is heard it holds the declared defaults and knows nothing."""

    __slots__ = ("known", "observed", "source", "values")

    def __init__(self, defaults: Sequence[Any]) -> None:
        self.values = list(defaults)
        self.known = [False] * len(self.values)
        self.observed = [-1] * len(self.values)
        self.source: list[int] = [-1] * len(self.values)

    def hear(self, fact: int, value: Any, observed: int, source: int) -> bool:
        """Take in one value if it is the newest observation; return whether belief changed.

        The same observation time: the later arrival wins. News of one arrival come in the order of their source
        rows reversed, so that the smaller source row has the last word.
        """
        if observed < self.observed[fact]:
            return False
        changed: bool = not self.known[fact] or self.values[fact] != value
        self.values[fact] = value
        self.known[fact] = True
        self.observed[fact] = observed
        self.source[fact] = source
        return changed

    def by_time(self) -> dict[int, tuple[tuple[int, Any], ...]]:
        """Every fact heard of with its value, by when it was observed."""
        found: dict[int, tuple[tuple[int, Any], ...]] = {}
        for fact, known in enumerate(self.known):
            if known:
                observed = self.observed[fact]
                found[observed] = (*found.get(observed, ()), (fact, self.values[fact]))
        return found


def by_arrival(news: News) -> tuple[int, int]:
    """Sort key of news that arrive in one wave: older observations first, then larger source rows first."""
    return news.observed, -news.cause[SEQ]
