"""Reports from the scene: what a task says, and how headquarters takes it in (SEMANTICS 12).

On arrival, after each cycle and at the finish a task says what it sees as it was before this instant, with its own
writes, and only what is news. A report needs no operator and no verification. A unit whose voice channels are all cut
sends a runner with it, if it has one; else what it says waits until a network that serves it is back.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sim.play.recorder import Raw, seq_of
from sim.play.situation import News

if TYPE_CHECKING:
    from sim.plan.compiled import Channel
    from sim.play.drill import Drill
    from sim.play.tasks import Task

Items = tuple[tuple[int, Any], ...]

_MISSING: Final = object()


# --- what a task says


def report(task: Task) -> None:
    """Report from the task: what it sees before this instant with its own writes, if it is news."""
    drill = task.drill
    if drill.plan.network:
        return
    said, repeats = task.reported, task.given.form == "repeated"
    items = tuple(
        (f, v)
        for f, v in _seen(task).items()
        if said.get(f, _MISSING) != v or (repeats and _errs(task, f, v))
    )
    done, started = drill.index.done[task.duty], drill.index.started[task.duty]
    items += ((done, True),) if done >= 0 and "finished" in task.stages else ()
    items += ((started, True),) if started >= 0 and "started" in task.stages else ()
    if not items and task.sent and "finished" not in task.stages:
        return
    _send(task, items)


def _seen(task: Task) -> dict[int, Any]:
    now, before = task.drill.now, task.drill.truth.before
    seen = {fact: before(fact, now) for fact in task.given.sees}
    if task.own_instant == now:
        for fact, value in task.own_adds:
            if fact in seen:
                seen[fact] += value
        seen.update((fact, value) for fact, value in task.own_sets if fact in seen)
    return seen


def _errs(task: Task, fact: int, value: Any) -> bool:
    """Whether headquarters errs in a fact: then a repeated duty says it again, changed or not."""
    held = task.drill.command.picture
    return held.known[fact] and bool(held.values[fact] != value)


def seen_together(drill: Drill, present: list[Task], row: Raw) -> None:
    """Tell headquarters, by word of mouth in a conference, what the crews at the scene see before this instant.

    A crew that makes something true in this very instant reports it by itself.
    """
    now, seen = drill.now, {}
    for task in present:
        task.known = True
        task.heard |= set(task.stages)
        if task.own_instant != now:
            own = {fact: drill.truth.before(fact, now) for fact in task.given.sees}
            task.reported.update(own)
            seen.update(own)
        if (started := drill.index.started[task.duty]) >= 0 and "started" in task.stages:
            seen[started] = True
    if seen:
        drill.tell(News(now, row, drill.command.actor, tuple(sorted(seen.items()))))


def look_back(task: Task) -> None:
    """Look once more a moment later, if the instant in which it finished left things otherwise than it said.

    Two crews that end at one instant each report the truth before it and their own work; without this neither would
    ever tell headquarters the sum.
    """
    if task.stages.get("finished") == task.drill.now and not task.drill.plan.network and _unsaid(task):
        task.drill.later(1, partial(_last_look, task))


def _last_look(task: Task) -> None:
    items = _unsaid(task)
    if items and not task.open:
        _send(task, items)


def _unsaid(task: Task) -> Items:
    values, said = task.drill.truth.values, task.reported
    return tuple((f, values[f]) for f in task.given.sees if said.get(f, values[f]) != values[f])


def _send(task: Task, items: Items) -> None:
    drill = task.drill
    real = drill.index.real_facts
    task.reported.update((fact, value) for fact, value in items if fact < real)
    cut = drill.networks.mute(task.given.actor)
    runner = _runner(task) if cut >= 0 else None
    row = _say(task, items, _way(drill, cut, runner) if cut >= 0 else {})
    delay = drill.length(drill.plan.command.scene_report, task.name + "report", task.sent)
    if runner is not None:
        delay = drill.length(runner.answered, task.name + "report/runner", task.sent)
    task.sent += 1
    arrive = partial(drill.reports.arrive, task, row, items, set(task.stages))
    if cut >= 0 and runner is None:
        drill.networks.hold(row, task.given.actor, delay, arrive)
    else:
        drill.later(delay, arrive)


def _runner(task: Task) -> Channel | None:
    """Whom its unit sends when it cannot speak: a channel that needs no network, if it has one."""
    channels = task.drill.plan.actors[task.given.actor].channels
    return next((channel for channel in channels if not channel.holds_operator), None)


def _way(drill: Drill, cut: int, runner: Channel | None) -> dict[str, Any]:
    return {"channel": runner.name} if runner else {"network": drill.networks.given[cut].id}


def _say(task: Task, items: Items, way: dict[str, Any]) -> Raw:
    """Write the row of a report. It is not the cause of what the task does next."""
    facts, given = task.drill.plan.facts, task.given
    told = {facts[f].id: v for f, v in items if facts[f].kind != "pseudo"}
    return task.drill.log(
        task.key, "reported", task.last, actor=given.actor, duty=task.duty, task=task.id, need=given.need,
        detail={"facts": told} | way,
    )  # fmt: skip


# --- how headquarters takes it in


class SceneReports:
    """The reports from the scene of one drill; `arrived` are those that came through in this wave."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.arrived: list[tuple[Task, Raw, Items, set[str]]] = []

    def arrive(self, task: Task, row: Raw, items: Items, stages: set[str]) -> None:
        """Queue a report that has come through; `stages` are those that were reached when it was sent."""
        self.arrived.append((task, row, items, stages))
        self.drill.want_settle()

    def settle(self) -> None:
        """Take the reports of this wave in, in the order of their rows."""
        reports, self.arrived = sorted(self.arrived, key=lambda report: seq_of(report[1])), []
        for task, row, items, stages in reports:
            self._take_in(task, row, items, stages)

    def _take_in(self, task: Task, row: Raw, items: Items, stages: set[str]) -> None:
        """Hear a report at headquarters; the very first word of the incident rings at the desk instead."""
        drill = self.drill
        task.heard |= stages
        task.known = True
        if task.given.actor in drill.index.alarms_of_actor:
            drill.tell(News(row[1], row, task.given.actor, items))
        if not drill.desk.alerted and self._rings(task, items):
            drill.desk.ring(items, row[1], row)
            return
        drill.tell(News(row[1], row, drill.command.actor, items))
        if drill.command.activated is None and drill.desk.alerted:
            drill.tell(News(row[1], row, drill.desk.actor, items))

    def _rings(self, task: Task, items: Items) -> bool:
        """Whether a report can be the first word of the incident: it says something, and a member of the plan says it.

        An enterprise rings when its inject does, however much its own people see.
        """
        index, member = self.drill.index, self.drill.plan.actors[task.given.actor].kind != "guest"
        return member and any(fact < index.real_facts for fact, _ in items)
