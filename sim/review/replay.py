"""Plays the facts of a timeline again: what was true, what an actor knew, when a condition truly held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from sim.plan.compiled import Need, Norm, Plan, Timer
from sim.record.events import events_of, names_of
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
    return Changes(timeline.plan, range(len(timeline.plan.facts))).of(timeline.rows)


class Changes:
    """The changes of some facts of one plan, given by place: looked up once, to be found in the rows of many drills.

    `reads` are the events whose rows tell of them; other rows may be left out.
    """

    def __init__(self, plan: Plan, facts: Iterable[int]) -> None:
        wanted = set(facts)
        self._norms = plan.norms
        self._place = {plan.facts[fact].id: fact for fact in sorted(wanted)}
        self._timers = tuple((timer, events_of(timer.event)) for timer in plan.timers if timer.fact in wanted)
        words = {name.partition("(")[0] for name in self._place if name.endswith(")")}
        self._words = tuple((word, event) for word, event in _WORDS if word in words)
        self.reads = frozenset(
            ("fact_changed",) * bool(wanted) + tuple(event for _, event in self._words)
        ).union(*(events | _stops(self._norms, timer) for timer, events in self._timers))

    def of(self, rows: Sequence[Row]) -> tuple[Change, ...]:
        """Return the changes that `rows` tell of, in order of time."""
        place = self._place
        found = [
            Change(row.t, row.seq, place[row.detail["fact"]], row.detail["value"])
            for row in rows
            if row.event == "fact_changed" and row.detail["fact"] in place
        ]
        for word, event in self._words:
            for row in rows:
                if row.event == event and (at := place.get(f"{word}({row.duty})")) is not None:
                    found.append(Change(row.t, row.seq, at, True))
        for timer, events in self._timers:
            starts = [row for row in rows if row.event in events and timer.event in names_of(row)]
            found += _expiry(rows, starts, timer, self._norms)
        return tuple(sorted(found, key=lambda change: (change.t, change.seq)))


_WORDS: Final = (("done", "finished"), ("started", "started"))
_OVER: Final = frozenset(("stood_down", "finished"))


def _stops(norms: Sequence[Norm], timer: Timer) -> frozenset[str]:
    return _OVER | {norms[timer.norm].stop} if timer.norm >= 0 else frozenset()


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


def _expiry(rows: Sequence[Row], starts: Sequence[Row], timer: Timer, norms: Sequence[Norm]) -> list[Change]:
    """When a timer wrote its pseudo-fact: once after the first such event; for a limit, after that of every task."""
    if timer.norm < 0:
        return [Change(row.t + timer.delay, row.seq, timer.fact, True) for row in starts[:1]]
    stop = norms[timer.norm].stop
    reached = {row.task: row.t for row in reversed(rows) if row.event == stop}
    over = {row.task: row.t for row in rows if row.event in _OVER}
    ends = [(row.t + timer.delay, row) for row in starts]
    return [
        Change(at, row.seq, timer.fact, True)
        for at, row in ends
        if reached.get(row.task, over.get(row.task, at)) >= at
    ]
