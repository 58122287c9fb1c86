"""How a task ends before its work is done, and what becomes of its teams (SEMANTICS 5, 20 and 22)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sim.play.recorder import WAITS, Raw

if TYPE_CHECKING:
    from sim.play.tasks import Task

_WAITS: Final = ("operator", "redial", "answer", "team", "muster", "approval")
_AT_THE_SCENE: Final = ("setup", "halted", "work", "approval", "stock", "hold", "safety")
_BY_NAME: Final = ("stock:", "halted:", "safety:")
"""What is named at the close just as it was in the row of the wait."""


def stand_down(task: Task) -> None:
    """Stop wherever it stands, withdraw what it asked for, and send its teams home."""
    where = task.where
    _withdraw(task, where)
    row = task.log("stood_down", detail={"from": where})
    if where == "travel" and task.ask is not None:
        _turn_back(task, row)
    else:
        release_teams(task, scene=task.given.at_scene and where in _AT_THE_SCENE)
    if task.issue:
        give_back(task, row)


def _withdraw(task: Task, where: str) -> None:
    if task.call is not None:
        task.last = task.call.last
        task.call.withdraw()
        task.call = None
    if where == "prerequisite":
        task.drill.prerequisites.forget(task)
    if where == "halted":
        task.drill.halts.forget(task)
    if where == "stock" and task.more is not None:
        task.drill.pools.cancel(task.more)
        task.more = None
    if where == "team" and task.ask is not None:
        task.drill.pools.cancel(task.ask)
        task.ask = None


def _turn_back(task: Task, row: Raw) -> None:
    """Turn back on the road: the team is busy for as long again."""
    drill, task.ask = task.drill, None
    elapsed = drill.now - task.stages["departed"]
    drill.later(elapsed, partial(drill.release, task.given.uses, row, scene=False))
    if task.issue:
        drill.later(elapsed, partial(drill.release, drill.index.takes[task.duty], row, scene=False))
        task.issue = ""


def release_teams(task: Task, *, scene: bool) -> None:
    """Give its teams back, at the scene or at home."""
    if task.ask is not None:
        task.drill.release(task.given.uses, task.last, scene=scene)
        task.ask = None


def give_back(task: Task, row: Raw) -> None:
    """Give back what it holds of stocks: at once if unused, else after the refill; what has none is gone."""
    drill, state, task.issue = task.drill, task.issue, ""
    for (place, _), use in zip(task.given.takes_stock, drill.index.takes[task.duty], strict=True):
        stock = drill.plan.stocks[place]
        back = partial(drill.release, (use,), row, scene=False)
        if state == "ready":
            back()
        elif stock.refill is not None:
            drill.later(drill.length(stock.refill, f"{task.name}refill/{stock.name}", task.issues), back)
    task.issues += state == "used"


def give_up(task: Task, row: Raw) -> None:
    """Be stood down while nobody answers: there is nobody to tell."""
    task.last = row
    task.log("stood_down", detail={"from": "answer"})
    task.close()


def close_at_horizon(task: Task) -> None:
    """Write the state in which the horizon found this task (SEMANTICS 5 and 21)."""
    where = task.where
    if task.call is not None:
        task.last = task.call.last
    if where == "prerequisite":
        task.log("blocked", waits=task.last[WAITS])
    elif where in ("team", "halted", "safety") and task.last[WAITS].startswith(_BY_NAME):
        task.log("open_at_close", waits=task.last[WAITS], detail={"where": where})
    else:
        task.log("open_at_close", waits=where if where in _WAITS else "", detail={"where": where})
