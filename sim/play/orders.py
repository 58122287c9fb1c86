"""Orders: headquarters sends a unit out, and the unit acknowledges (SEMANTICS 16 and 24)."""

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
    """Order `task` by a call; return whether the unit has acknowledged and goes.

    If not, the task was cancelled during the call and is closed, or nobody answered and it stays open.
    """
    if task.drill.plan.network:
        task.stage("ordered")
        task.stage("acknowledged")
        return True
    task.call = _call(task)
    reached = yield from task.call.life()
    call, task.call = task.call, None
    task.last, task.tried = call.last, call.tries
    if task.cancelled:
        task.log("stood_down")
        task.close()
        return False
    if not reached:
        task.step = "answer"
        if call.cut:
            task.drill.networks.call_again(task.key, task.given.actor, partial(_order_again, task), call.cut)
        return False
    yield from _acknowledge(task)
    return True


def _call(task: Task) -> Call:
    given = task.given
    return Call(
        task.drill, task.key, given.actor, task.name, partial(task.rank, ORDER), task.last,
        task.duty, task.id, given.need, skip=lambda: task.cancelled, tries=task.tried, first=task.tried,
    )  # fmt: skip


def _order_again(task: Task, row: Raw) -> None:
    """Call once more, now that a network is back, unless the unit has learnt of it or been spared it since."""
    if task.where == "answer":
        task.last, task.step = row, ""
        task.drill.start(task.key, task.life(again=True))


def _acknowledge(task: Task) -> Generator[simpy.Event, Any, None]:
    drill, actor = task.drill, task.given.actor
    task.stage("ordered")
    drill.command.informing.informed(actor, task.last)
    task.step = "acknowledge"
    yield drill.timeout(drill.length(drill.plan.actors[actor].acknowledge, task.name + "acknowledge"))
    task.stage("acknowledged")
    drill.command.informing.brief(actor, task.last)
