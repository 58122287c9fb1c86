"""Exposure: how long a team may stay at lasting work where the air is bad, by bands of a concentration.

Exposure begins when the concentration is above the lowest band while the rule's `when` truly holds, and ends when
either is over; it begins anew for every team. The band of the moment says how long it may last in all, so that a rise
brings the end forward and a fall puts it off. `sim.play.relief` does the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.plan.compiled import SafetyRule
    from sim.play.drill import Drill
    from sim.play.recorder import Raw
    from sim.play.relief import Relief
    from sim.play.tasks import Task


class Exposure:
    """The teams of one drill that may be exposed; `watched` are the reliefs that look after them."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.watched: list[Relief] = []
        self._teams: dict[
            Task, tuple[int, int]
        ] = {}  # the number of the present team, and since when it is there
        self._since: dict[tuple[Task, int], int] = {}  # since when it has been exposed, as a rule says

    def limit(self, task: Task, number: int) -> tuple[int, str] | None:
        """Return how many ticks team `number` of `task` may stay, from when it came, and the rule that says so."""
        now, rules = self.drill.now, self.drill.index.rules.exposing[task.duty]
        if task not in self._teams or self._teams[task][0] != number:
            self._teams[task] = (number, now)
            for place in rules:
                self._since.pop((task, place), None)
        came, found = self._teams[task][1], []
        for place in rules:
            within = self._within(self.drill.plan.law.safety[place])
            if within is None:
                self._since.pop((task, place), None)
            else:
                since = self._since.setdefault((task, place), now)
                found.append((max(since + within, now) - came, self.drill.plan.law.safety[place].id))
        return min(found, default=None)

    def _within(self, rule: SafetyRule) -> int | None:
        """How long work may last at the concentration of now, None if for ever."""
        if not self.drill.script.holds(rule.when):
            return None
        value = self.drill.truth.values[rule.fact]
        return min((within for above, within in rule.bands if value > above), default=None)

    def settle(self, changed: dict[int, Raw]) -> None:
        """Set the clocks anew of whoever a change exposes, or exposes no more."""
        if self.drill.index.rules.exposed.isdisjoint(changed):
            return
        self.watched = [relief for relief in self.watched if not relief.over]
        for relief in sorted(self.watched, key=lambda relief: relief.task.key):
            if relief.ask is None:
                relief.arm()
