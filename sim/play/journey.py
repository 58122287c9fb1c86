"""The journey: what lies between a unit's acknowledgement and its work (SEMANTICS 21–23).

In this order: prerequisites, so that nobody holds a team while waiting for others; teams; muster; the road; the set-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.play.calls import TEAM
from sim.play.recorder import EVENT, WAITS
from sim.play.roads import muster_time, road_time
from sim.play.safety import under_rules
from sim.play.scene_reports import report

if TYPE_CHECKING:
    from sim.play.pools import Ask
    from sim.play.tasks import Steps, Task


def prepare(task: Task) -> Steps:
    """From the acknowledgement to the start of the work. Who is at the station now decides on the muster."""
    drill, given = task.drill, task.given
    task.off_duty = drill.is_off_duty(given.actor)
    if given.after:
        task.step = "prerequisite"
        yield drill.prerequisites.wait(task)
    yield from go_there(task)
    task.step = "setup"
    if given.setup.a or given.setup.kind != "fixed":
        if drill.index.rules.at_set_up[task.duty]:
            yield from under_rules(task, "setup", _set_up)
            task.broken = 0
        else:
            yield from _set_up(task)


def _set_up(task: Task) -> Steps:
    drill, last = task.drill, task.last
    if last[EVENT] == "waiting" and last[WAITS] != "setup":
        task.log("waiting", waits="setup")  # else the wait would seem to go on until the start
    yield drill.timeout(drill.length(task.given.setup, task.name + "setup", task.attempt))


def go_there(task: Task) -> Steps:
    """Take the teams and what they take along, all or nothing, and go where the work is."""
    drill, given = task.drill, task.given
    wanted = drill.index.wanted[task.duty]
    if wanted:
        task.step = "team"
        task.ask = drill.ask(task.rank(TEAM), wanted, lambda: _wait_for_team(task), scene=given.at_scene)
        yield task.ask.event
        task.last = task.ask.cause or task.last
        task.issue = "ready" if given.takes_stock else ""
    if not drill.plan.network:
        yield from _move(task)


def _wait_for_team(task: Task) -> None:
    """Name what is short: of a stock, if one is, for it will be the longer wait; else of teams."""
    drill, pools = task.drill, task.drill.pools
    short = [
        pool for pool, count in drill.index.wanted[task.duty] if pools.home[pool] + pools.scene[pool] < count
    ]
    teams = [drill.plan.pools[pool].name for pool in short if pool < drill.operators_pool]
    stocks = [name for pool in short if (name := drill.index.stock_name(pool))]
    waits = "stock:" + "+".join(stocks) if stocks else "team:" + "+".join(teams)
    if task.last[WAITS] != waits:
        task.log("waiting", waits=waits)


def _move(task: Task) -> Steps:
    """From the station or from the scene, by where the teams stand (SEMANTICS 22)."""
    muster, travel = legs(task, task.ask, off_duty=task.off_duty)
    if muster:
        yield from _muster(task)
    if travel:
        yield from _travel(task, "scene" if task.given.at_scene else "base")
    if task.given.at_scene:
        _arrive(task, None if travel else {"already": True})


def legs(task: Task, ask: Ask | None, *, off_duty: bool) -> tuple[bool, bool]:
    """Return whether those who were granted muster and travel, by where they stand."""
    drill = task.drill
    if drill.plan.network:
        return False, False
    from_scene = from_home = 0
    for pool, scene, home in ask.granted if ask is not None else ():
        if pool < drill.operators_pool:  # the rest is no team
            from_scene += scene
            from_home += home
    if task.given.at_scene:
        comes = from_home > 0 or not from_scene
        return comes, comes
    return from_home > 0 and not from_scene and off_duty, from_scene > 0


def _muster(task: Task) -> Steps:
    drill, actor = task.drill, task.drill.plan.actors[task.given.actor]
    usual = actor.muster_off_duty if task.off_duty else actor.muster_duty
    left = drill.standby.left(task)
    length = muster_time(drill, usual, task.name + "muster", task.journeys) if left is None else left
    if length:
        task.step = "muster"
        task.log("waiting", waits="muster")
        yield drill.timeout(length)


def _travel(task: Task, to: str) -> Steps:
    drill, actor = task.drill, task.drill.plan.actors[task.given.actor]
    task.step = "travel"
    length, why = road_time(drill, task.given.actor, actor.travel, task.name, task.journeys)
    task.stage("departed", {"to": to, **why})
    yield drill.timeout(length)
    task.journeys += 1


def _arrive(task: Task, detail: dict[str, Any] | None) -> None:
    row = task.stage("arrived", detail)
    task.drill.command.field.arrived(task, row)
    report(task)
