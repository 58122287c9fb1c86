"""What goes on after the drill (SEMANTICS 29): the after-care ledger with calendar dates, and what comes days later.

Neither is played in minutes and neither is ever scored; but a death within the days that the law counts changes the
grade of the accident.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sim.plan.compiled import Aftermath
from sim.plan.grading import grade_of
from sim.play.recorder import ENGINE_KEY, Raw, T

if TYPE_CHECKING:
    from sim.play.drill import Drill

_DAY: Final = 1440 * 1000
"""Ticks of a day."""


class AfterCare:
    """The after-care ledger of one drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self._entered = False

    def settle(self) -> None:
        """Enter what is left to do, once the response is over."""
        terminated = self.drill.command.terminated
        if terminated is not None and not self._entered:
            self._enter(terminated)

    def close(self) -> None:
        """Enter it at the close if the response was started and is not over by then."""
        if self.drill.command.activated is not None and not self._entered:
            self._enter(self.drill.command.activated)

    def _enter(self, cause: Raw) -> None:
        drill, self._entered = self.drill, True
        since = drill.plan.start + timedelta(minutes=drill.now // 1000)
        for entry in drill.plan.arrangements.aftercare:
            if drill.script.holds(entry.when):
                date = (since + timedelta(days=entry.days)).date().isoformat()
                detail = {"duty": entry.duty, "date": date}
                drill.log(ENGINE_KEY, "aftercare", cause, actor=entry.actor, detail=detail)


def tell_aftermath(drill: Drill, closed: Raw) -> None:
    """Write what comes to light after the close, by day, and whether it changes the grade of the accident."""
    values, counting = list(drill.truth.values), list(drill.truth.values)
    for entry in drill.plan.aftermath:
        before = grade_of(drill.plan.law, counting)
        counted = entry.day <= entry.limit
        _happen(entry, values)
        if counted:
            _happen(entry, counting)
        row = _row(drill, "aftermath", closed, entry, {
            "id": entry.id, "day": entry.day, "title": entry.title, "message": entry.message, "counted": counted,
            "facts": {drill.plan.facts[fact].id: values[fact] for fact, _ in (*entry.sets, *entry.adds)},
        })  # fmt: skip
        after = grade_of(drill.plan.law, counting)
        if counted and before is not None and after is not None and after.rank != before.rank:
            _row(drill, "regraded", row, entry, {"was": before.id, "grade": after.id, "day": entry.day})


def _happen(entry: Aftermath, values: list[Any]) -> None:
    for fact, value in entry.sets:
        values[fact] = value
    for fact, value in entry.adds:
        values[fact] += value


def _row(drill: Drill, event: str, cause: Raw, entry: Aftermath, detail: dict[str, Any]) -> Raw:
    row = drill.log(ENGINE_KEY, event, cause, detail=detail)
    row[T] = entry.day * _DAY
    return row
