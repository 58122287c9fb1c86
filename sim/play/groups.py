"""Working groups: once the field headquarters stands, orders go through the lead of a group (SEMANTICS 16).

Each order asks for a hand of the desk by its own rank and calls the lead. The first that the lead answers carries all
orders for the group that wait for their call at that moment, and the lead passes each on without a hand of the desk.
If the lead cannot be reached, those that wait go to their own units. What has begun on one way stays on it.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import simpy

from sim.play.calls import ORDER, Call
from sim.play.recorder import Raw

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task

_LEFT_TALK: Final = 11
_WAITING: Final = ("operator", "redial")


class Word(NamedTuple):
    """What became of a call to a lead, for the orders that waited for theirs: `row` says whether it was answered."""

    reached: bool
    row: Raw


class Groups:
    """The working groups of one drill, and the orders on their way to the leads."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        given, field = drill.plan.arrangements.groups, drill.plan.arrangements.field
        self._relay = field.relay if field is not None else None
        leads = {group.lead for group in given}
        self._lead = {
            unit: group.lead for group in reversed(given) for unit in group.units if unit not in leads
        }
        self._orders: dict[int, list[Task]] = {}
        self._words: list[tuple[int, Word]] = []

    def lead_of(self, actor: int) -> int:
        """Return the lead through whom an order to `actor` goes now, −1 for none."""
        if self._relay is None or not self.drill.command.field.stands:
            return -1
        return self._lead.get(actor, -1)

    # --- an order through a lead

    def through(self, task: Task, lead: int) -> Generator[simpy.Event, Any, bool]:
        """Call the lead and have it pass the order on; return whether the unit has it.

        If not, the order was taken back, or the lead could not be reached.
        """
        reached = yield from self._call(task, lead)
        if not reached or task.cancelled:
            return False
        assert self._relay is not None
        task.step = "relay"
        task.log("waiting", waits="relay")
        yield self.drill.timeout(self.drill.length(self._relay, task.name + "relay"))
        task.log("relayed", detail={"by": self.drill.plan.actors[lead].name})
        return True

    def _call(self, task: Task, lead: int) -> Generator[simpy.Event, Any, bool]:
        """Call the lead, or be carried by another call to it."""
        call = task.call = Call(
            task.drill, task.key, lead, task.name + "lead/", partial(task.rank, ORDER), task.last,
            task.duty, task.id, task.given.need, skip=lambda: task.cancelled,
        )  # fmt: skip
        waiting = self._orders.setdefault(lead, [])
        waiting.append(task)
        try:
            reached = yield from call.life()
            if reached or not task.cancelled:
                self._tell(lead, Word(reached, call.last))
            task.last = call.last
        except simpy.Interrupt as interrupt:
            if not isinstance(interrupt.cause, Word):
                raise
            call.withdraw()
            reached, task.last = interrupt.cause
        finally:
            waiting.remove(task)
        task.call = None
        return bool(reached)

    def _tell(self, lead: int, word: Word) -> None:
        if word.reached:
            self.drill.command.informing.informed(lead, word.row)
        self._words.append((lead, word))
        self.drill.command.want_settle()

    def hang_up(self, call: Call) -> None:
        """Let a call to a lead come to its end whose order was overtaken in the middle of it."""
        _, duty, occurrence = call.key
        call.key = (_LEFT_TALK, duty, occurrence)
        self.drill.start(call.key, self._hang_up(call))

    def _hang_up(self, call: Call) -> Generator[simpy.Event, Any, None]:
        assert call.talk is not None
        if (yield from call.end_try(*call.talk)):
            self._tell(call.actor, Word(True, call.last))

    def settle(self) -> None:
        """Let the calls to leads that ended in this wave carry, or let go, the orders that wait for theirs."""
        if not self._words:
            return
        words, self._words = sorted(self._words, key=lambda word: int(word[1].row[0])), []
        carried: set[Task] = set()
        for lead, word in words:
            for task in sorted(self._orders.get(lead, ()), key=lambda task: task.key):
                if task.where in _WAITING and task not in carried and task.process is not None:
                    carried.add(task)
                    task.process.interrupt(word)
