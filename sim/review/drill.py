"""A timeline opened for review: its rows by kind, its turning points, what was true and who knew it."""

from __future__ import annotations

from functools import cached_property

from sim.plan.compiled import Label, Need
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row, Timeline
from sim.review.causes import Causes, waits_of
from sim.review.limits import Limit, measure
from sim.review.moments import Moments, moments
from sim.review.names import Names
from sim.review.replay import Change, agrees, intervals, latch, picture_changes, truth_changes


class Drill:
    """What every check of the review reads; each part is worked out once, when first asked for."""

    def __init__(self, timeline: Timeline) -> None:
        """Open `timeline`."""
        self.timeline, self.plan = timeline, timeline.plan
        self.names = Names(timeline.plan)
        self.moments: Moments = moments(timeline)
        self.headquarters = self.plan.actors[self.plan.command.actor].name
        self.desk = self.plan.actors[self.plan.desk.actor].name
        self.sure = (True,) * len(self.plan.facts)  # on the truth everything is known
        self._pictures: dict[str, tuple[Change, ...]] = {}

    def is_guest(self, unit: str) -> bool:
        """Whether a unit is on stage without being named in the plan: the enterprise, a township."""
        return any(actor.name == unit and actor.kind == "guest" for actor in self.plan.actors)

    @cached_property
    def truth(self) -> tuple[Change, ...]:
        """Every change of the truth."""
        return truth_changes(self.timeline)

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """Every norm and expected action, measured."""
        return measure(self.timeline)

    @cached_property
    def causes(self) -> Causes:
        """The critical path of any row and the waits of any task."""
        return Causes(self.timeline)

    @property
    def last(self) -> int:
        """The tick until which the response is looked at: its termination, else the close."""
        return self.moments.terminated.t if self.moments.terminated else self.moments.closed

    @cached_property
    def command_end(self) -> int:
        """The tick until which the district commands: the receipt of the hand-over, else the end of the response."""
        return min((row.t for row in self.rows_of("handed_over")), default=self.last)

    def last_for(self, need: Need) -> int:
        """The tick until which a need can be raised: recovery goes on after the termination."""
        return self.moments.closed if need.phase == "recovery" else self.last

    def rows_of(self, event: str, need: str = "") -> list[Row]:
        """Return the rows of one kind of event, of one need if given."""
        return [row for row in self._by_event.get(event, []) if not need or row.need == need]

    @cached_property
    def _by_event(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.timeline.rows:
            found.setdefault(row.event, []).append(row)
        return found

    def picture(self, unit: str) -> tuple[Change, ...]:
        """Return every change of what `unit` knew."""
        if unit not in self._pictures:
            self._pictures[unit] = picture_changes(self.timeline, unit)
        return self._pictures[unit]

    def true_value(self, place: int, t: int) -> object:
        """Return the true value of a fact at tick `t`, after everything of that instant."""
        past = [change.value for change in self.truth if change.place == place and change.t <= t]
        return past[-1] if past else self.plan.truth[place]

    def unknown(self, unit: str, place: int, begin: int, end: int) -> bool:
        """Whether `unit` never knew, up to tick `end`, the value that a fact truly had at tick `begin`."""
        fact, truth = self.plan.facts[place], self.true_value(place, begin)
        if fact.kind == "pseudo" or agrees(fact.kind, fact.default, truth):
            return False
        return not any(
            change.place == place and change.t <= end and agrees(fact.kind, change.value, truth)
            for change in self.picture(unit)
        )

    def believed_otherwise(self, place: int, t: int) -> bool:
        """Whether headquarters believed at tick `t` something else of a fact than was true."""
        if self.plan.facts[place].kind == "pseudo":
            return False
        heard = [c.value for c in self.picture(self.headquarters) if c.place == place and c.t <= t]
        return bool(heard) and heard[-1] != self.true_value(place, t)

    def record(self, task: str) -> TaskRecord | None:
        """Return the record of a task, None if there is none of that name."""
        return self._records.get(task)

    @cached_property
    def _records(self) -> dict[str, TaskRecord]:
        return {record.task: record for record in self.timeline.records}

    @cached_property
    def readers(self) -> dict[int, tuple[str, ...]]:
        """The ids of the needs of this drill by the place of each fact they read, the most urgent first."""
        found: dict[int, list[str]] = {}
        for need in sorted(self.plan.needs, key=lambda need: (need.priority, need.id)):
            if need.id not in self.live:
                continue
            for place in sorted({*need.when.facts, *(need.until.facts if need.until else ())}):
                if self.plan.facts[place].kind != "pseudo":
                    found.setdefault(place, []).append(need.id)
        return {place: tuple(needs) for place, needs in found.items()}

    @cached_property
    def live(self) -> frozenset[str]:
        """The ids of the needs that were raised or truly held in this drill."""
        raised = {row.need for row in self.rows_of("need_raised")}
        held = {
            need.id
            for need in self.plan.needs
            if intervals(latch(need, self.sure), self.plan, self.truth, self.last_for(need))
        }
        return frozenset(raised | held)

    def waits(self, record: TaskRecord, begin: int, end: int) -> tuple[tuple[Label, float], ...]:
        """Return what a task spent its time on between two ticks, in words, the longest first."""
        return tuple((self.names.wait(wait.kind), wait.minutes) for wait in waits_of(record, begin, end))
