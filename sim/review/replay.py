"""Plays the facts of a timeline again: what was true, what an actor knew, when a condition truly held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sim.plan.compiled import Need, Plan, Timer
from sim.record.events import names_of
from sim.record.timeline import Row, Timeline

Step = Callable[[bool, Sequence[Any]], bool]
"""Whether something holds now, given whether it held before and the values of all facts."""


class Change(NamedTuple):
    """A fact took a value, in the world or in a picture. `t` in ticks, `seq` the row that says so."""

    t: int
    seq: int
    place: int
    value: Any


class Interval(NamedTuple):
    """A stretch of ticks in which something held, and the row that began it."""

    begin: int
    end: int
    seq: int


def truth_changes(timeline: Timeline) -> tuple[Change, ...]:
    """Return every change of the truth and of the pseudo-facts, in order of time."""
    place = {fact.id: i for i, fact in enumerate(timeline.plan.facts)}
    found = [
        Change(r.t, r.seq, place[r.detail["fact"]], r.detail["value"]) for r in _of(timeline, "fact_changed")
    ]
    for row in timeline.rows:
        for word, event in (("done", "finished"), ("started", "started")):
            if row.event == event and f"{word}({row.duty})" in place:
                found.append(Change(row.t, row.seq, place[f"{word}({row.duty})"], True))
    for timer in timeline.plan.timers:
        found += _expiry(timeline, timer)
    return tuple(sorted(found, key=lambda change: (change.t, change.seq)))


def picture_changes(timeline: Timeline, unit: str) -> tuple[Change, ...]:
    """Return every change of what `unit` knew, as far as rows say so, in order of time."""
    place = {fact.id: i for i, fact in enumerate(timeline.plan.facts)}
    return tuple(
        Change(row.t, row.seq, place[fact], value)
        for row in timeline.rows
        if row.unit == unit and row.event in ("learnt", "told")
        for fact, value in row.detail["facts"].items()
    )


def intervals(step: Step, plan: Plan, changes: Iterable[Change], close: int) -> tuple[Interval, ...]:
    """Return when `step` truly held from T+0 to tick `close`; changes of one instant count together."""
    values = list(plan.truth)
    found: list[Interval] = []
    begun: tuple[int, int] | None = None
    for t, instant in groupby([Change(0, 0, 0, values[0]), *changes], key=lambda change: change.t):
        seq = 0
        for change in instant:
            values[change.place], seq = change.value, change.seq
        holds = step(begun is not None, values)
        if holds and begun is None:
            begun = (t, seq)
        elif not holds and begun is not None:
            found.append(Interval(begun[0], t, begun[1]))
            begun = None
    if begun is not None:
        found.append(Interval(begun[0], close, begun[1]))
    return tuple(found)


def latch(need: Need, known: Sequence[bool]) -> Step:
    """Return the step of a need: raised when `when` and not `until`, over when `until` or not `when`."""

    def step(raised: bool, values: Sequence[Any]) -> bool:
        if need.until is not None and need.until.test(values, known):
            return False
        return need.when.test(values, known) or (raised and need.until is not None)

    return step


def agrees(kind: str, value: Any, truth: Any) -> bool:
    """Whether a picture's `value` tells `truth`: a count at least as high, anything else equal."""
    return bool(value >= truth) if kind == "count" else bool(value == truth)


def _of(timeline: Timeline, event: str) -> list[Row]:
    return [row for row in timeline.rows if row.event == event]


def _expiry(timeline: Timeline, timer: Timer) -> list[Change]:
    """When a timer wrote its pseudo-fact: once after the first such event; for a limit, after that of every task."""
    starts = [row for row in timeline.rows if timer.event in names_of(row)]
    if timer.norm < 0:
        return [Change(row.t + timer.delay, row.seq, timer.fact, True) for row in starts[:1]]
    stop = timeline.plan.norms[timer.norm].stop
    reached = {row.task: row.t for row in reversed(timeline.rows) if row.event == stop}
    over = {row.task: row.t for row in timeline.rows if row.event in ("stood_down", "finished")}
    ends = [(row.t + timer.delay, row) for row in starts]
    return [
        Change(at, row.seq, timer.fact, True)
        for at, row in ends
        if reached.get(row.task, over.get(row.task, at)) >= at
    ]
