"""Handing command over to the city (SEMANTICS 28): requested, decided, there or by video, taken over with a receipt.

The district commands until the receipt is signed; orders given go on; then the district supports.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.compiled import HandOver as Given
from sim.play.approval import Approval
from sim.play.recorder import Key, Raw
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill

_KEY: Final[Key] = (8, 0, 1)
_STREAM: Final = "command.handover/1/"


class HandOver:
    """The hand-over of one drill. `wanted` is the row that made it necessary, `done` the row of the receipt."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.given = drill.plan.arrangements.handover
        self.wanted: Raw | None = None
        self.requested = False
        self.done: Raw | None = None
        self._signed: tuple[Raw, dict[str, Any]] | None = None

    def judge(self, changed: dict[int, Raw]) -> None:
        """Begin the hand-over once headquarters knows that the accident is beyond the district."""
        given = self.given
        if given is not None and self.wanted is None and self.called_for():
            self.wanted = self.drill.script.cause_of(given.when.facts, changed)
            if given.at_once:
                self.request(self.wanted)

    def called_for(self) -> bool:
        """Whether the accident is beyond the district, on what headquarters knows now."""
        picture = self.drill.command.picture
        return self.given is not None and self.given.when.test(picture.values, picture.known)

    def request(self, cause: Raw) -> None:
        """Ask for the commander's approval to request the hand-over."""
        if not self.requested:
            self.requested = True
            self.drill.start(_KEY, self._life(cause))

    def on_behalf(self) -> dict[str, Any] | None:
        """Return what an order says of who commands, once the city does: the district's desk still calls."""
        return {"for": self.given.name} if self.done is not None and self.given is not None else None

    def _life(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill, given = self.drill, self.given
        assert given is not None
        step = Step(drill, _KEY, drill.plan.command.actor, "command.handover", 1)
        approval = Approval(drill, step, given.approver, what="handover")
        row = yield from approval.life(cause)
        row = self._log("handover_requested", row, {"to": given.name, **approval.detail})
        yield from self._come(given, row)

    def _come(self, given: Given, row: Raw) -> Generator[simpy.Event, Any, None]:
        """The city decides, comes or looks in by video, takes over what is known, and signs."""
        drill = self.drill
        yield drill.timeout(drill.length(given.decide, _STREAM + "decide"))
        if not given.remote:
            row = self._log("city_departed", row, {"who": given.name})
            yield drill.timeout(drill.length(given.travel, _STREAM + "travel"))
        row = self._log("city_arrived", row, {"who": given.name, **({"by": "video"} if given.remote else {})})
        yield drill.timeout(drill.length(given.exchange, _STREAM + "exchange"))
        self._signed = (row, {"to": given.name, "receipt": True})
        drill.command.want_settle()

    def _log(self, event: str, cause: Raw, detail: dict[str, Any]) -> Raw:
        actor = self.given.to if self.given is not None and event.startswith("city") else -1
        actor = actor if actor >= 0 else self.drill.plan.command.actor
        row = self.drill.log(_KEY, event, cause, actor=actor, detail=detail)
        self.drill.happened(event, row)
        return row

    def settle(self) -> None:
        """Hand over, now that the receipt is signed; the city commands from the next decision on."""
        if self._signed is None:
            return
        row, detail = self._signed
        self._signed = None
        if self.drill.command.terminated is None:
            open_tasks = sum(task.open for task in self.drill.dispatch.tasks.values())
            self.done = self._log("handed_over", row, {**detail, "orders": open_tasks})
