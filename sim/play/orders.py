"""Orders: headquarters sends a unit out, and the unit acknowledges (SEMANTICS 16 and 24).

An order is a call, through the lead of the unit's group once the field headquarters stands; a body of headquarters
itself sits in the same house and is told without one.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any

import simpy

from sim.play.calls import ORDER, Call

if TYPE_CHECKING:
    from sim.play.recorder import Raw
    from sim.play.tasks import Task


def order(task: Task) -> Generator[simpy.Event, Any, bool]:
    """Order `task`; return whether the unit has acknowledged and goes.

    If not, the task was cancelled during the call and is closed, or nobody answered and it stays open.
    """
    drill = task.drill
    if drill.plan.network:
        task.stage("ordered")
        task.stage("acknowledged")
        return True
    reached = drill.plan.actors[task.given.actor].kind == "body"
    cut: tuple[int, ...] = ()
    lead = drill.command.groups.lead_of(task.given.actor)
    if not reached and lead >= 0 and not task.tried:  # who was called before in vain is called again directly
        reached = yield from drill.command.groups.through(task, lead)
    if not reached and not task.cancelled:
        reached, cut = yield from _call(task)
    if task.cancelled:
        task.log("stood_down")
        task.close()
        return False
    if not reached:
        task.step = "answer"
        if cut:
            drill.networks.call_again(task.key, task.given.actor, partial(_order_again, task), cut)
        return False
    yield from _acknowledge(task)
    return True


def _call(task: Task) -> Generator[simpy.Event, Any, tuple[bool, tuple[int, ...]]]:
    """Call the unit; return whether it answered, and the networks for want of which it may not have."""
    given = task.given
    call = task.call = Call(
        task.drill, task.key, given.actor, task.name, partial(task.rank, ORDER), task.last,
        task.duty, task.id, given.need, skip=lambda: task.cancelled, tries=task.tried, first=task.tried,
    )  # fmt: skip
    reached = yield from call.life()
    task.last, task.tried, task.call = call.last, call.tries, None
    return reached, call.cut


def _order_again(task: Task, row: Raw) -> None:
    """Call once more, now that a network is back, unless the unit has learnt of it or been spared it since."""
    if task.where == "answer":
        task.last, task.step = row, ""
        task.drill.start(task.key, task.life(again=True))


def _acknowledge(task: Task) -> Generator[simpy.Event, Any, None]:
    drill, actor = task.drill, task.given.actor
    task.stage("ordered")
    drill.command.informing.informed(actor, task.last)
    if not drill.standby.ready(task):
        task.step = "acknowledge"
        yield drill.timeout(drill.length(drill.plan.actors[actor].acknowledge, task.name + "acknowledge"))
    task.stage("acknowledged")
    drill.command.informing.brief(actor, task.last)
