"""Moments as planners write them: ``T+35`` or a clock time such as ``10:30``, in ticks from the start."""

from __future__ import annotations

from sim.plan.schema import Scenario


def clock_minutes(text: str) -> int:
    """Return minutes after midnight of a clock text such as ``8:30``."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def at_ticks(text: str, scenario: Scenario) -> int:
    """Return the tick of ``T+35`` or of a clock text, the next such time after the start."""
    if text.startswith("T+"):
        return round(float(text[2:]) * 1000)
    start = scenario.start_time()
    return (clock_minutes(text) - start.hour * 60 - start.minute) % 1440 * 1000
