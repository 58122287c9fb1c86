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
    lead = drill.command.groups.lead_of(task.given.actor)
    if not reached and lead >= 0:
        reached = yield from drill.command.groups.through(task, lead)
    if not reached and not task.cancelled:
        reached = yield from _call(task)
    if task.cancelled:
        task.log("stood_down")
        task.close()
        return False
    if not reached:
        task.step = "answer"
        return False
    yield from _acknowledge(task)
    return True


def _call(task: Task) -> Generator[simpy.Event, Any, bool]:
    given = task.given
    call = task.call = Call(
        task.drill, task.key, given.actor, task.name, partial(task.rank, ORDER), task.last,
        task.duty, task.id, given.need, skip=lambda: task.cancelled,
    )  # fmt: skip
    reached = yield from call.life()
    task.last, task.call = call.last, None
    return reached


def _acknowledge(task: Task) -> Generator[simpy.Event, Any, None]:
    drill, actor = task.drill, task.given.actor
    task.stage("ordered")
    drill.command.informing.informed(actor, task.last)
    if not drill.standby.ready(task):
        task.step = "acknowledge"
        yield drill.timeout(drill.length(drill.plan.actors[actor].acknowledge, task.name + "acknowledge"))
    task.stage("acknowledged")
    drill.command.informing.brief(actor, task.last)
