"""The truth and the pictures of a drill, change by change, so that a condition can be judged again at any row.

The truth stands in the rows as it was. What headquarters and the duty desk knew does too, but for what only the engine
asks (whether a duty is done or has started): that came with a report, and where no row says when it arrived, the
median delay of a report is taken. A unit heard what it was told, what its own crews reported, and, when it was
informed or ordered, what headquarters knew of the facts that its alarm duties read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from sim.plan.compiled import Plan, Timer
from sim.record.events import names_of
from sim.record.timeline import Row
from sim.review.drill import Drill
from sim.review.replay import truth_changes


class Mark(NamedTuple):
    """A fact took a value in a picture, or, with none, was only heard of.

    `seq` is the row that brought it, `observed` the tick when it was seen.
    """

    t: int
    seq: int
    place: int
    value: Any
    observed: int


class View(NamedTuple):
    """All values of a picture at one moment, and which of them it had heard of."""

    values: Sequence[Any]
    known: Sequence[bool]


class Picture:
    """What one actor believed, or with an empty `holder` what was true. `marks` are in order of time."""

    def __init__(self, holder: str, start: View, marks: Iterable[Mark], heard: Iterable[Mark] = ()) -> None:
        """Make a picture from its first values; `heard` marks only tell what is known (for the truth)."""
        self.holder, self._start = holder, start
        self.marks = tuple(sorted(marks, key=lambda mark: (mark.t, mark.seq)))
        only = (mark._replace(value=None) for mark in heard)
        self._all = sorted((*self.marks, *only), key=lambda mark: (mark.t, mark.seq))

    def before(self, row: Row) -> View:
        """Return the picture as it was when `row` was written."""
        return self.until((row.t, row.seq))

    def until(self, bound: tuple[int, int]) -> View:
        """Return the picture after everything that stands before `bound`, a tick and a row."""
        return self._after(mark for mark in self._all if (mark.t, mark.seq) < bound)

    def at(self, t: int) -> View:
        """Return the picture after everything of tick `t`."""
        return self._after(mark for mark in self._all if mark.t <= t)

    def moments(self, begin: int, end: int) -> Iterator[tuple[int, View]]:
        """Yield the picture at tick `begin` and after each later instant in which it changed, up to tick `end`."""
        yield begin, self.at(begin)
        view = self.at(begin)
        values, known = list(view.values), list(view.known)
        later = (mark for mark in self._all if begin < mark.t <= end)
        for t, instant in groupby(later, key=lambda mark: mark.t):
            for mark in instant:
                self._take(mark, values, known)
            yield t, View(tuple(values), tuple(known))

    def source(self, place: int, t: int, seq: int) -> Mark | None:
        """Return the mark that gave a fact the value it had when row `seq` of tick `t` was written."""
        past = [mark for mark in self.marks if mark.place == place and (mark.t, mark.seq) < (t, seq)]
        return past[-1] if past else None

    def _after(self, marks: Iterable[Mark]) -> View:
        values, known = list(self._start.values), list(self._start.known)
        for mark in marks:
            self._take(mark, values, known)
        return View(tuple(values), tuple(known))

    def _take(self, mark: Mark, values: list[Any], known: list[bool]) -> None:
        if self.holder or mark.value is None:  # what is true is not therefore known
            known[mark.place] = True
        if mark.value is not None:
            values[mark.place] = mark.value


class Pictures:
    """Every picture of one drill, each made when first asked for."""

    def __init__(self, drill: Drill) -> None:
        """Open the pictures of `drill`."""
        self.drill = drill
        self._place = {fact.id: place for place, fact in enumerate(drill.plan.facts)}
        self._made: dict[str, Picture] = {}

    def of(self, holder: str) -> Picture:
        """Return the picture of an actor; with an empty name the truth."""
        if holder not in self._made:
            self._made[holder] = self._make(holder)
        return self._made[holder]

    def _make(self, holder: str) -> Picture:
        plan, nothing = self.drill.plan, (False,) * len(self.drill.plan.facts)
        if not holder:
            marks = [Mark(*change, change.t) for change in truth_changes(self.drill.timeline)]
            return Picture("", View(plan.truth, nothing), marks, self.of(self.drill.headquarters).marks)
        start = View(tuple(fact.default for fact in plan.facts), nothing)
        if holder in (self.drill.headquarters, self.drill.desk):
            return Picture(holder, start, [*self._rows(holder), *self._asked(holder)])
        return Picture(holder, start, _newest(self._unit(holder)))

    def _rows(self, holder: str) -> Iterator[Mark]:
        for row in self.drill.timeline.rows:
            if row.unit == holder and row.event in ("learnt", "told"):
                seen = round(float(row.detail.get("observed_at", row.t / 1000)) * 1000)
                yield from self._marks(row, row.t, seen)

    def _marks(self, row: Row, t: int, observed: int) -> Iterator[Mark]:
        for fact, value in row.detail.get("facts", {}).items():
            if fact in self._place:
                yield Mark(t, row.seq, self._place[fact], value, observed)

    # --- what only the engine asks

    def _asked(self, holder: str) -> Iterator[Mark]:
        """What headquarters heard of duties done and begun, and of limits and times run out; until a response is
        started the desk hears the same, of times and limits only what the reports of the office wait for."""
        marks = (*self._timed(), *self._heard_of_stages())
        if holder == self.drill.headquarters:
            yield from marks
            return
        activated, timed = self.drill.moments.activated, {timer.fact for timer in self.drill.plan.timers}
        for mark in marks:
            early = activated is None or (mark.t, mark.seq) < (activated.t, activated.seq)
            if early and (mark.place not in timed or mark.place in self._office_facts):
                yield mark

    def _timed(self) -> Iterator[Mark]:
        for change in truth_changes(self.drill.timeline):
            if self.drill.plan.facts[change.place].kind == "pseudo" and self._at_once(change.place):
                yield Mark(*change, change.t)

    def _heard_of_stages(self) -> Iterator[Mark]:
        if not self.drill.plan.network:
            for row in self.drill.rows_of("reported"):
                yield from self._stages(row)
            for timer in self.drill.plan.timers:
                if timer.norm >= 0 and timer.hq:
                    yield from self._late(timer)

    @cached_property
    def _office_facts(self) -> frozenset[int]:
        """The facts that the conditions of the office's reports read."""
        reports = self.drill.plan.arrangements.reports
        return frozenset(fact for report in reports if report.when for fact in report.when.facts)

    def _at_once(self, place: int) -> bool:
        """Whether headquarters knows at once what the engine asks: the time passed; in a network everything."""
        timers = [timer for timer in self.drill.plan.timers if timer.fact == place]
        return self.drill.plan.network or any(timer.norm < 0 for timer in timers)

    def _late(self, timer: Timer) -> Iterator[Mark]:
        """A limit has run out for headquarters where no report of the stage came before it did."""
        stop = self.drill.plan.norms[timer.norm].stop
        for row in self.drill.timeline.rows:
            if timer.event in names_of(row):
                at = row.t + timer.delay
                done = [r.seq for r in self._of_task.get(row.task, ()) if r.event == stop]
                told = [
                    r for r in self.drill.rows_of("reported") if r.task == row.task and self.arrival(r) < at
                ]
                if at <= self.drill.moments.closed and not any(r.seq > seq for r in told for seq in done):
                    yield Mark(at, row.seq, timer.fact, True, at)

    def _stages(self, row: Row) -> Iterator[Mark]:
        reached = {r.event for r in self._of_task.get(row.task, ()) if r.seq < row.seq}
        for word, stage in (("done", "finished"), ("started", "started")):
            place = self._place.get(f"{word}({row.duty})")
            if place is not None and stage in reached:
                yield Mark(self.arrival(row), row.seq, place, True, row.t)

    @cached_property
    def _of_task(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.drill.timeline.rows:
            if row.task:
                found.setdefault(row.task, []).append(row)
        return found

    def arrival(self, report: Row) -> int:
        """Return the tick at which a report from the scene came through; the median delay where no row tells."""
        effects = [row.t for row in self._effects.get(report.seq, ())]
        return min(effects, default=report.t + self.drill.plan.command.scene_report.at(0.5))

    @cached_property
    def _effects(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self.drill.timeline.rows:
            if row.cause is not None:
                found.setdefault(row.cause, []).append(row)
        return found

    # --- a unit

    def _unit(self, unit: str) -> Iterator[Mark]:
        reads = _alarm_facts(self.drill.plan, unit)
        for row in self.drill.timeline.rows:
            if row.unit != unit:
                continue
            if row.event == "told":
                yield from self._marks(row, row.t, row.t)
            elif row.event == "reported" and reads:
                yield from self._marks(row, self.arrival(row), row.t)
                yield from self._stages(row)
            elif row.event == "informed" or (row.event == "acknowledged" and row.detail.get("by") != "alarm"):
                yield from self._briefed(row, reads)

    def _briefed(self, row: Row, reads: frozenset[int]) -> Iterator[Mark]:
        told = self.of(self.drill.headquarters)
        for place in sorted(reads):
            mark = told.source(place, row.t, row.seq)
            if mark is not None:
                yield Mark(row.t, row.seq, place, mark.value, mark.observed)


def _alarm_facts(plan: Plan, unit: str) -> frozenset[int]:
    """What the alarm duties of a unit read: their needs and their own conditions."""
    found: set[int] = set()
    for duty in plan.duties:
        if duty.alarm and plan.actors[duty.actor].name == unit:
            need = plan.needs[duty.need]
            for condition in (need.when, need.until, duty.condition):
                found.update(condition.facts if condition else ())
    return frozenset(found)


def _newest(marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks that a picture takes in: the newest observation wins, not the newest arrival (SEMANTICS 10)."""
    newest: dict[int, int] = {}
    for mark in sorted(marks, key=lambda mark: (mark.t, mark.seq)):
        if mark.observed >= newest.get(mark.place, -1):
            newest[mark.place] = mark.observed
            yield mark
