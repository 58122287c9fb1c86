"""The recorder: rows in processing order, whatever order processes resumed in (SEMANTICS 4 and 37).

Rows written while processes move are sorted by actor at the end of the wave, because SimPy resumes processes
of one instant in the order they were started, and that order must not show. Rows written while the wave is
settled or granted are in the order of rank already.
"""

from __future__ import annotations

from typing import Any, Final

import simpy

SEQ, T, EVENT, ACTOR, DUTY, TASK, NEED, INJECT, CAUSE, WAITS, DETAIL, KEY = range(12)
Raw = list[Any]
"""One row before names are put in: places, ticks, the row that caused it, and the key it is sorted by."""

Key = tuple[int, int, int]
"""What rows of one wave are sorted by. No two processes share one: the first part names the room, 0 the settling
itself, 1 injects and hazards, 2 the desk, 3 informing, 4 tasks, 5 confirming, 6 releasing, 7 levels, 8 the hand-over,
9 the end, 10 the field headquarters, 11 calls to leads left alone, 12 standby, 20 reports, 21 the ledger, 22 networks,
23 head counts, 24 relief.
"""
ENGINE_KEY: Final[Key] = (0, 0, 0)


class Recorder:
    """Collects the rows of one drill."""

    def __init__(self, env: simpy.Environment) -> None:
        self.rows: list[Raw] = []
        self._env = env
        self._settled = 0

    def log(
        self,
        key: Key,
        event: str,
        cause: Raw | None,
        actor: int = -1,
        duty: int = -1,
        task: str = "",
        need: int = -1,
        inject: int = -1,
        waits: str = "",
        detail: dict[str, Any] | None = None,
    ) -> Raw:
        """Append one row at the current tick and return it; its number is final once the wave has settled."""
        rows = self.rows
        row = [len(rows), self._env.now, event, actor, duty, task, need, inject, cause, waits, detail, key]
        rows.append(row)
        return row

    def settle_moves(self) -> None:
        """Put the rows of the wave that just moved into the order of their actors, and number them."""
        first = self._settled
        if len(self.rows) - first > 1:
            moved = sorted(self.rows[first:], key=_order)
            self.rows[first:] = moved
            for seq, row in enumerate(moved, first):
                row[SEQ] = seq
        self._settled = len(self.rows)

    def keep(self) -> None:
        """Leave the rows since the last call as they stand: they were written in order."""
        self._settled = len(self.rows)


def seq_of(row: Raw) -> int:
    """Return the number of a row: its place in the timeline, final once its wave has settled."""
    seq: int = row[SEQ]
    return seq


def _order(row: Raw) -> tuple[int, Key]:
    return row[T], row[KEY]
