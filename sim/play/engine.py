"""The engine's door: play a compiled plan once, or many times with what was looked up once."""

from __future__ import annotations

import gc
from collections.abc import Iterator

from sim.plan.compiled import Plan
from sim.play.change import Change
from sim.play.draws import Draws, ExpectedDraws, RandomDraws
from sim.play.drill import Drill
from sim.play.index import Index
from sim.play.recorder import ACTOR, CAUSE, DETAIL, DUTY, EVENT, INJECT, NEED, SEQ, TASK, WAITS, Raw, T
from sim.record.timeline import Row, clock_at


class Engine:
    """Plays one plan; the look-ups are made once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.index = Index(plan)
        self._actors = [*(actor.name for actor in plan.actors), ""]  # place -1 is nobody
        self._duties = [*(duty.id for duty in plan.duties), ""]
        self._needs = [*(need.id for need in plan.needs), ""]
        self._injects = [*(inject.id for inject in plan.injects), ""]

    def play(self, draws: Draws, change: Change | None = None) -> list[Raw]:
        """Play to the horizon, with a `change` from its moment on if one is given; return the engine's own rows.

        The garbage collector rests meanwhile: nearly all that a drill makes lives until its end, and looking
        through it over and over costs a sixth of the time.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            return Drill(self.index, draws).play(change)
        finally:
            if collecting:
                gc.enable()

    def rows(self, raw: list[Raw], run: str, replication: int) -> Iterator[Row]:
        """Put names in for places: the rows of a timeline, numbered from 0."""
        start, phase = self.plan.start, "warning"
        for row in raw:
            phase = _PHASES.get(row[EVENT], phase)
            yield self._row(row, run, replication, clock_at(start, row[T]), phase)

    def row(self, raw: Raw) -> Row:
        """Put names in for places of one row; without its run, clock and phase."""
        return self._row(raw, "", 0, "", "")

    def _row(self, row: Raw, run: str, replication: int, clock: str, phase: str) -> Row:
        cause = row[CAUSE]
        return Row(
            run, replication, row[SEQ], row[T], clock, phase, row[EVENT],
            self._actors[row[ACTOR]], self._duties[row[DUTY]], row[TASK], self._needs[row[NEED]],
            self._injects[row[INJECT]], None if cause is None else cause[SEQ], row[WAITS], row[DETAIL] or {},
        )  # fmt: skip


_PHASES = {"activated": "response", "terminated": "recovery"}


def draws_for(seed: int, replication: int, *, expected: bool = False) -> Draws:
    """Return the draws of one replication, or the median of every draw."""
    return ExpectedDraws() if expected else RandomDraws(seed, replication)
