"""Stocks: what work uses up (breathing sets, foam, reserve material), and how it comes back.

What one cycle of work takes is asked for together with the team, all or nothing, by rank, as a pool beside the pools of
teams. So nobody holds a team while waiting for a stock, nor a stock while waiting for a team, and the duty that brings
the stock can always have its team: no two can wait for each other. A team that finds none left for its next cycle is
given back and asked for anew, with the stock.

An issue lasts as long as its `endurance`: a cycle that takes longer is cut without a result. Afterwards the issue comes
back after `refill`, or is gone for good. Lasting work takes one issue a team; see `sim.play.relief`.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.plan.durations import MINUTE
from sim.play.calls import STOCK
from sim.play.ending import release_teams
from sim.play.journey import go_there

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Steps, Task


def endurance(drill: Drill, duty: int, stream: str, number: int) -> int | None:
    """Return how long an issue of what a duty takes lasts at work, None where it lasts for ever."""
    stocks = (drill.plan.stocks[stock] for stock, _ in drill.plan.duties[duty].takes_stock)
    lasts = [
        drill.length(stock.endurance, f"{stream}endurance/{stock.name}", number)
        for stock in stocks
        if stock.endurance is not None
    ]
    return min(lasts, default=None)


def lasting(task: Task, length: int) -> int:
    """Begin to use the issue for a cycle of `length`; return how long it really lasts."""
    task.issue = "used"
    lasts = endurance(task.drill, task.duty, task.name, task.attempt)
    return length if lasts is None else min(length, lasts)


def cut_cycle(task: Task, lasted: int) -> None:
    """Write that a cycle was cut because the issue was used up."""
    task.cycles += 1
    task.log("cycle", detail={"count": 0, "cycle": task.cycles, "endurance": lasted / MINUTE})


def take_more(task: Task) -> Generator[simpy.Event, Any, bool]:
    """Take an issue for the next cycle; return whether there was one."""
    drill = task.drill
    task.step, short = "stock", []

    def wait() -> None:
        assert task.more is not None
        short.append(task.more)
        drill.pools.cancel(task.more)
        task.more.event.succeed()

    task.more = drill.ask(task.rank(STOCK), drill.index.takes[task.duty], wait)
    yield task.more.event
    task.more = None
    if short:
        return False
    task.issue = "ready"
    return True


def equip(task: Task) -> Steps:
    """Have an issue for what is to be done: the one in hand, another, or one that a team comes again with."""
    if task.given.takes_stock and not task.issue and not (yield from take_more(task)):
        yield from fetch(task)


def fetch(task: Task) -> Steps:
    """Give the team back and come again, once there is a team and an issue for it."""
    release_teams(task, scene=task.given.at_scene)
    yield from go_there(task)


def supply(task: Task) -> None:
    """Bring what the finished work supplies to whom it is for."""
    drill, plan = task.drill, task.drill.plan
    for place, count in task.given.supplies:
        stock = plan.stocks[place]
        detail = {"stock": stock.name, "count": count, "by": plan.actors[task.given.actor].name}
        row = drill.log(task.key, "supplied", task.last, actor=stock.actor, detail=detail)
        drill.release(((drill.index.stock_pool(place), count),), row, scene=False)
