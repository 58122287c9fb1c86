"""The work, in its four forms: once, batch, sustained, repeated (SEMANTICS 17 and 19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from sim.play.calls import ORDER
from sim.play.ending import release_teams
from sim.play.publishing import sign
from sim.play.scene_reports import report

if TYPE_CHECKING:
    from sim.plan.compiled import Writes
    from sim.play.tasks import Steps, Task


def carry_out(task: Task) -> Steps:
    """From the start to the finish."""
    drill, form = task.drill, task.given.form
    task.step = "work"
    task.stage("started")
    _note(task, drill.index.started)
    if form == "once":
        yield drill.timeout(drill.length(task.given.time, task.name + "time"))
        yield from sign(task)
    elif form == "batch":
        yield from cycle_on(task)
    else:
        yield from _hold(task)
    finish(task)


def cycle_on(task: Task) -> Steps:
    """Serve people, some at a time, until none is left or the word to stop has come."""
    task.step = "work"
    drill, given = task.drill, task.given
    while not task.stop:
        claimed = yield drill.batches.claim(task)
        if not claimed:
            return
        yield drill.timeout(drill.length(given.time, task.name + "time", task.cycles))
        task.cycles += 1
        task.log("cycle", detail={"count": claimed, "cycle": task.cycles})
        drill.batches.served(task, claimed)
        _achieve(task, ((given.gives, claimed),))
        report(task)


def _hold(task: Task) -> Steps:
    """Hold the team until the need is over; a repeated duty looks again every interval."""
    drill, given = task.drill, task.given
    task.step = "hold"
    _achieve(task, given.adds, given.sets)
    report(task)
    try:
        while given.every is not None and given.form == "repeated":
            yield drill.timeout(drill.length(given.every, task.name + "every", task.cycles))
            task.cycles += 1
            task.log("cycle", detail={"cycle": task.cycles})
            report(task)
        yield drill.event()
    except simpy.Interrupt:
        return


def finish(task: Task) -> None:
    """Be done: what it achieves is true, is reported, and the teams are free."""
    given = task.given
    task.stage("finished")
    if given.publishes:
        task.drill.command.publishing.publish(task)
    if given.form in ("once", "batch"):
        _achieve(task, given.adds, given.sets)
    _note(task, task.drill.index.done)
    report(task)
    release_teams(task, scene=given.at_scene)


def _note(task: Task, places: tuple[int, ...]) -> None:
    """Make the pseudo-fact of the stage true, if any condition asks for it."""
    if places[task.duty] >= 0:
        _achieve(task, (), ((places[task.duty], True),))


def _achieve(task: Task, adds: Writes, sets: Writes = ()) -> None:
    now = task.drill.now
    if task.own_instant != now:
        task.own_instant, task.own_adds, task.own_sets = now, (), ()
    task.own_adds += adds
    task.own_sets += sets
    task.drill.script.achieve(task.rank(ORDER), sets, adds, task.last)
