"""The times of a drill that everything else is measured by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.record.timeline import Row, Timeline

RECEPTION: Final = "desk.receive#"
"""How tasks begin that take a call: with the first of them the desk knows."""


@dataclass(frozen=True, slots=True)
class Moments:
    """The rows of a drill's turning points; None where it never came to one. `closed` is a tick."""

    reception: Row | None
    report_up: Row | None
    activated: Row | None
    terminated: Row | None
    closed: int

    def phase(self, t: int) -> str:
        """Return first, response or recovery: the part of the drill that tick `t` falls in."""
        if self.activated is None or t < self.activated.t:
            return "first"
        return "response" if self.terminated is None or t <= self.terminated.t else "recovery"


def moments(timeline: Timeline) -> Moments:
    """Return the turning points of a drill, the first of each kind."""
    first: dict[str, Row] = {}
    for row in timeline.rows:
        first.setdefault(row.event, row)
        if row.event == "started" and row.task.startswith(RECEPTION):
            first.setdefault("reception", row)
    closed = first["drill_closed"].t if "drill_closed" in first else timeline.plan.horizon
    return Moments(
        first.get("reception"),
        first.get("report_up"),
        first.get("activated"),
        first.get("terminated"),
        closed,
    )
