"""Which duties a drill exercises, as its expected play shows: the one place that says so."""

from __future__ import annotations

from typing import Final

from sim.record.timeline import Timeline

TAKES_PART: Final = "参演"
_TAKEN_UP: Final = ("ordered", "acknowledged", "started")


def exercised(timeline: Timeline) -> frozenset[str]:
    """Return the duties of the plan that were dispatched to somebody who takes part in the drill.

    A duty of a guest is not of the plan; a unit that was not invited, or is played by exercise control, learns nothing.
    """
    at_the_table = {
        actor.name
        for actor in timeline.plan.actors
        if actor.kind == "body" or (actor.kind == "unit" and actor.participation == TAKES_PART)
    }
    return frozenset(
        record.duty
        for record in timeline.records
        if record.duty and record.unit in at_the_table and any(stage in record.stages for stage in _TAKEN_UP)
    )
