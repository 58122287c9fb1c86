"""The work, in its four forms: once, batch, sustained, repeated (SEMANTICS 17 and 19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from sim.play.calls import ORDER
from sim.play.ending import give_back, release_teams
from sim.play.publishing import sign
from sim.play.relief import watch
from sim.play.safety import WITHDRAWN, under_rules
from sim.play.scene_reports import report
from sim.play.stocks import cut_cycle, equip, fetch, lasting, supply, take_more

if TYPE_CHECKING:
    from sim.plan.compiled import Writes
    from sim.play.tasks import Steps, Task


def carry_out(task: Task) -> Steps:
    """From the start to the finish, under the rules of safety if any speaks to it."""
    if task.drill.index.rules.at_entry[task.duty]:
        yield from under_rules(task, "work", _work, _get_ready)
    else:
        if task.given.halted_by >= 0:
            yield from until_possible(task)
        yield from _work(task)
    finish(task)


def _get_ready(task: Task) -> Steps:
    yield from until_possible(task)
    yield from equip(task)


def _work(task: Task) -> Steps:
    drill, form = task.drill, task.given.form
    task.step = "work"
    if "started" not in task.stages:
        task.stage("started")
        _note(task, drill.index.started)
    if form == "once":
        if task.issue:
            yield from _work_in_issues(task)
        else:
            yield drill.timeout(drill.length(task.given.time, task.name + "time", task.attempt))
        yield from sign(task)
    elif form == "batch":
        yield from cycle_on(task)
    else:
        yield from _hold(task)


def until_possible(task: Task) -> Steps:
    """Stand ready until what halts the work is true no more."""
    fact = task.given.halted_by
    if fact >= 0 and task.drill.truth.values[fact]:
        task.step = "halted"
        task.log("waiting", waits=f"halted:{task.drill.plan.facts[fact].id}")
        yield task.drill.halts.wait(task)


def _work_in_issues(task: Task) -> Steps:
    """Work to the end; what its issue does not last for is begun anew with another one."""
    drill, given = task.drill, task.given
    while True:
        length = drill.length(given.time, task.name + "time", task.attempt)
        lasts = lasting(task, length)
        yield drill.timeout(lasts)
        if lasts == length:
            return
        cut_cycle(task, lasts)
        give_back(task, task.last)
        yield from equip(task)
        if drill.index.rules.at_entry[task.duty] and drill.safety.speaks(task, "work"):
            yield drill.safety.ask(task, "work")
        task.step = "work"


def cycle_on(task: Task) -> Steps:
    """Serve people, some at a time, until none is left or the word to stop has come."""
    drill, given = task.drill, task.given
    while not task.stop:
        task.step = "work"
        claimed = yield drill.batches.claim(task)
        if not claimed:
            return
        if given.takes_stock and not task.issue and not (yield from take_more(task)):
            drill.batches.leave(task, claimed)
            yield from fetch(task)
            continue
        length = drill.length(given.time, task.name + "time", task.attempt)
        lasts = lasting(task, length) if task.issue else length
        try:
            yield drill.timeout(lasts)
        except simpy.Interrupt:
            drill.batches.leave(task, claimed)  # broken off
            raise
        task.broken = 0
        if lasts < length:
            cut_cycle(task, lasts)
            drill.batches.leave(task, claimed)
        else:
            task.cycles += 1
            task.log("cycle", detail={"count": claimed, "cycle": task.cycles})
            drill.batches.served(task, claimed)
            _achieve(task, ((given.gives, claimed),))
            report(task)
        if task.issue:
            give_back(task, task.last)


def _hold(task: Task) -> Steps:
    """Hold the team until the need is over; a repeated duty looks again every interval."""
    drill, given = task.drill, task.given
    task.step = "hold"
    _achieve(task, () if task.broken else given.adds, given.sets)
    report(task)
    task.issue = "used" if task.issue else ""
    relief = watch(task)
    try:
        while given.every is not None and given.form == "repeated":
            yield drill.timeout(drill.length(given.every, task.name + "every", task.attempt))
            task.cycles += 1
            task.log("cycle", detail={"cycle": task.cycles})
            report(task)
        yield drill.event()
    except simpy.Interrupt as interrupt:
        if relief is not None:
            relief.end()
        if interrupt.cause == WITHDRAWN:
            raise


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
    if task.issue:
        give_back(task, task.last)
    if given.supplies:
        supply(task)


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
