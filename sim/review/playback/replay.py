"""The replay: a timeline stepped through. It only reads rows; nothing is played again (DESIGN §5)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from sim.plan.compiled import Inject
from sim.plan.durations import MINUTE
from sim.record.run import proven_run
from sim.record.timeline import Row, Timeline
from sim.review.drill import Drill
from sim.review.findings import evaluate
from sim.review.gap import Gap
from sim.review.playback.tracks import Clock, Doing, Fact, FactTracks, clocks, doings, held_at
from sim.review.posts import Held, posts
from sim.words import display
from sim.words.display import Shown

By = Literal["instant", "row"]
MOST_AFTER: Final = 12
"""Rows that are told of what happened next."""
_BETWEEN: Final = frozenset(
    ("told", "triggered", "acknowledged", "waiting", "call_begun", "call_answered", "call_unanswered")
)
"""Events that lead from an inject to what follows, and that nobody asks for."""


class Given(NamedTuple):
    """An inject as it was given: message, question, reference points and clause are those of `inject`."""

    inject: Inject
    row: Row
    step: int


class Moment(NamedTuple):
    """How things stand after one step. Times in ticks; `rows` are what this step brought.

    `knows` is who believes what `facts` tell: the duty desk until a response is started, then headquarters. `doing` are
    the tasks that get on, `waiting` those that wait for something. `last` is the inject given last, in this step or
    before it, None before the first.
    """

    step: int
    t: int
    clock: str
    phase: str
    knows: str
    rows: tuple[Row, ...]
    facts: tuple[Fact, ...]
    doing: tuple[Doing, ...]
    waiting: tuple[Doing, ...]
    clocks: tuple[Clock, ...]
    posts: tuple[Held, ...]
    injects: tuple[Given, ...]
    last: Given | None
    gaps: tuple[Gap, ...]


class Replay(Shown):
    """A drill to step through, by instants or by rows; `at` gives the moment of a step.

    Everything is laid down when the replay is opened, so that a step looks up and counts nothing.
    """

    def __init__(self, timeline: Timeline, by: By = "instant") -> None:
        """Open `timeline`; nothing of it is changed and nothing is played."""
        self.timeline, self.plan, self.by = timeline, timeline.plan, by
        self.drill = Drill(timeline)
        self.names = self.drill.names
        self.rows = timeline.rows
        self.places = {row.seq: place for place, row in enumerate(self.rows)}
        self.stops = self._stops()
        self.facts = FactTracks(self.drill, self.places)
        self.tasks = doings(self.rows)
        self.clocks = clocks(self.drill.limits)
        self.posts = posts(self.drill)
        activated = self.drill.moments.activated
        self._activated = len(self.rows) if activated is None else self.places[activated.seq]

    def _stops(self) -> tuple[int, ...]:
        """The place of the last row of each step."""
        ends = range(len(self.rows))
        if self.by == "row":
            return tuple(ends)
        last = len(self.rows) - 1
        return tuple(place for place in ends if place == last or self.rows[place + 1].t != self.rows[place].t)

    def __repr__(self) -> str:
        return f"<Replay of {self.plan.id}: {len(self)} steps, {len(self.injects)} injects>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any] | None:
        """Show the widget in a notebook that has ipywidgets; None, so the card, where there is none."""
        return display.widget_of(self)

    def __len__(self) -> int:
        """The number of steps."""
        return len(self.stops)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The findings of the review, in order of time."""
        return tuple(sorted(evaluate(self.timeline).gaps, key=lambda gap: gap.at))

    @cached_property
    def _gaps_of(self) -> dict[int, tuple[Gap, ...]]:
        found: dict[int, tuple[Gap, ...]] = {}
        for gap in self.gaps:
            step = self.step_at(gap.at)
            found[step] = (*found.get(step, ()), gap)
        return found

    @cached_property
    def injects(self) -> tuple[Given, ...]:
        """Every inject as it was given, in order."""
        known = {inject.id: inject for inject in self.plan.injects}
        return tuple(
            Given(known[row.inject], row, self.step_of(self.places[row.seq]))
            for row in self.rows
            if row.event == "inject_given" and row.inject in known
        )

    # --- steps

    def step_of(self, place: int) -> int:
        """Return the step that brings the row at `place`."""
        return bisect_left(self.stops, place)

    def step_at(self, t: int) -> int:
        """Return the last step at tick `t` or before it, the first one if there is none."""
        found = bisect_right(self.stops, t, key=lambda place: self.rows[place].t)
        return max(0, found - 1)

    def time(self, step: int) -> int:
        """Return the tick of a step."""
        return self.rows[self.stops[step]].t

    def at(self, step: int) -> Moment:
        """Return the moment after `step`, which counts from 0; IndexError beyond the last."""
        if not 0 <= step < len(self.stops):
            raise IndexError(step)
        place = self.stops[step]
        row, first = self.rows[place], self.stops[step - 1] + 1 if step else 0
        busy = [doing for track in self.tasks.values() if (doing := track.at(place)) is not None]
        given = self._given_by(step)
        return Moment(
            step, row.t, row.clock, row.phase, self.knows(place), self.rows[first : place + 1],
            self.facts.at(place, activated=place >= self._activated),
            tuple(doing for doing in busy if not doing.waits), tuple(doing for doing in busy if doing.waits),
            self._running(row.t), tuple(held_at(self.posts, row.t)),
            tuple(one for one in given if one.step == step), given[-1] if given else None,
            self._gaps_of.get(step, ()),
        )  # fmt: skip

    def knows(self, place: int) -> str:
        """Return who commands after the row at `place`: the duty desk until activation, then headquarters."""
        return self.drill.headquarters if place >= self._activated else self.drill.desk

    def _given_by(self, step: int) -> tuple[Given, ...]:
        return self.injects[: bisect_right(self.injects, step, key=lambda given: given.step)]

    def _running(self, t: int) -> tuple[Clock, ...]:
        """The clocks that run at tick `t`, the one with the least time left first."""
        running = [
            Clock(limit, begin, due, (due - t) / MINUTE)
            for limit, begin, due, end in self.clocks
            if begin <= t < end
        ]
        return tuple(sorted(running, key=lambda clock: (clock.due, clock.limit.norm, clock.limit.task)))

    # --- jumps

    def to_inject(self, inject: str) -> int:
        """Return the step at which an inject was given first; KeyError if it never was."""
        for given in self.injects:
            if given.inject.id == inject:
                return given.step
        raise KeyError(inject)

    def to_gap(self, number: int) -> int:
        """Return the step at which the gap at `number` of `gaps` showed; IndexError if there is none."""
        return self.step_at(self.gaps[number].at)

    def to_unit(self, unit: str, after: int = -1) -> int:
        """Return the next step after `after` in which a unit does anything; KeyError if it does nothing any more."""
        first = self.stops[after] + 1 if after >= 0 else 0
        for place in range(first, len(self.rows)):
            if self.rows[place].unit == unit:
                return self.step_of(place)
        raise KeyError(unit)

    def next_inject(self, step: int) -> int | None:
        """Return the step of the next inject, None after the last."""
        return _next(step, (given.step for given in self.injects))

    def next_gap(self, step: int) -> int | None:
        """Return the step of the next finding, None after the last."""
        return _next(step, self._gaps_of)

    @property
    def units(self) -> tuple[str, ...]:
        """Who does anything in this drill, in the order of the plan."""
        busy = {row.unit for row in self.rows}
        return tuple(actor.name for actor in self.plan.actors if actor.name in busy)

    def next_of(self, given: Given, most: int = MOST_AFTER) -> tuple[Row, ...]:
        """Return the first rows that followed from an inject, by their causes."""
        reached, found = {given.row.seq}, []
        for row in self.rows[self.places[given.row.seq] + 1 :]:
            if row.cause in reached:
                reached.add(row.seq)
                if row.event not in _BETWEEN:
                    found.append(row)
                if len(found) == most:
                    break
        return tuple(found)


def _next(step: int, steps: Iterable[int]) -> int | None:
    return min((one for one in steps if one > step), default=None)


def replay(run_or_record: Timeline | str | Path, by: By = "instant") -> Replay:
    """Open a drill to step through it: a timeline, or the folder of a run. Nothing is played again.

    Raise MismatchError naming each file of the folder that is not as its manifest says, InputError if it is no run.
    """
    if isinstance(run_or_record, Timeline):
        return Replay(run_or_record, by)
    return Replay(proven_run(run_or_record), by)
