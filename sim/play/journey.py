"""The journey: what lies between a unit's acknowledgement and its work (SEMANTICS 21–23).

In this order: prerequisites, so that nobody holds a team while waiting for others; teams; muster; the road; the set-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.play.calls import TEAM
from sim.play.recorder import EVENT
from sim.play.scene_reports import report

if TYPE_CHECKING:
    from sim.play.tasks import Steps, Task


def prepare(task: Task) -> Steps:
    """From the acknowledgement to the start of the work. Who is at the station now decides on the muster."""
    drill, given = task.drill, task.given
    task.off_duty = not (drill.plan.actors[given.actor].staffed_always or drill.on_duty())
    if given.after:
        task.step = "prerequisite"
        yield drill.prerequisites.wait(task)
    yield from go_there(task)
    task.step = "setup"
    if given.setup.a or given.setup.kind != "fixed":
        if task.last[EVENT] == "waiting":  # else the wait would seem to go on until the start
            task.log("waiting", waits="setup")
        yield drill.timeout(drill.length(given.setup, task.name + "setup"))


def go_there(task: Task) -> Steps:
    """Take the teams, all or nothing, and go where the work is."""
    drill, given = task.drill, task.given
    if given.uses:
        task.step = "team"
        task.ask = drill.ask(task.rank(TEAM), given.uses, lambda: _wait_for_team(task), scene=given.at_scene)
        yield task.ask.event
        task.last = task.ask.cause or task.last
    if not drill.plan.network:
        yield from _move(task)


def _wait_for_team(task: Task) -> None:
    pools, names = task.drill.pools, task.drill.plan.pools
    short = [
        names[pool].name for pool, count in task.given.uses if pools.home[pool] + pools.scene[pool] < count
    ]
    task.log("waiting", waits="team:" + "+".join(short))


def _move(task: Task) -> Steps:
    """From the station or from the scene, by where the teams stand (SEMANTICS 22)."""
    from_scene = sum(scene for _, scene, _ in task.ask.granted) if task.ask else 0
    from_home = sum(home for _, _, home in task.ask.granted) if task.ask else 0
    if task.given.at_scene:
        if from_scene and not from_home:
            _arrive(task, {"already": True})
            return
        yield from _muster(task)
        yield from _travel(task, "scene")
        _arrive(task, None)
    elif from_scene:
        yield from _travel(task, "base")
    elif from_home and task.off_duty:
        yield from _muster(task)


def _muster(task: Task) -> Steps:
    drill, actor = task.drill, task.drill.plan.actors[task.given.actor]
    usual = actor.muster_off_duty if task.off_duty else actor.muster_duty
    left = drill.standby.left(task)
    length = drill.length(usual, task.name + "muster", task.journeys) if left is None else left
    if length:
        task.step = "muster"
        task.log("waiting", waits="muster")
        yield drill.timeout(length)


def _travel(task: Task, to: str) -> Steps:
    drill, actor = task.drill, task.drill.plan.actors[task.given.actor]
    task.step = "travel"
    task.stage("departed", {"to": to})
    yield drill.timeout(drill.length(actor.travel, task.name + "travel", task.journeys))
    task.journeys += 1


def _arrive(task: Task, detail: dict[str, Any] | None) -> None:
    row = task.stage("arrived", detail)
    task.drill.command.field.arrived(task, row)
    report(task)
