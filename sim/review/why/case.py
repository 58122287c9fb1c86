"""What an answer holds, and what every answer reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sim.plan.compiled import Label
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row, Timeline
from sim.review.drill import Drill
from sim.review.judged import Judge, Judged
from sim.review.pictures import Pictures
from sim.review.told import News, Trace
from sim.words import Lang

LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
MOST: Final = 4
"""Pieces of news told of where a condition held before it was judged."""


class Tick(int):
    """A tick in a sentence: shown as the clock and the minutes from the start."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence: its key in `sim.words.why` and what fills it."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one item. `fired` says whether it became true, `rows` where, `outcome` in one sentence.

    `reasons` are what decided it, `judged` its conditions part by part, `news` what made the last part true, or, with
    `before`, what was known when it was first judged,
    `tasks` the executions of a duty, `path` the chain of causes of its last stage, `nested` the answer for its need.
    """

    timeline: Timeline
    item: str
    kind: str
    name: Label
    fired: bool
    outcome: Reason
    rows: tuple[Row, ...] = ()
    reasons: tuple[Reason, ...] = ()
    judged: tuple[Judged, ...] = ()
    news: tuple[tuple[Judged, News], ...] = ()
    tasks: tuple[TaskRecord, ...] = ()
    path: tuple[Row, ...] = ()
    nested: tuple[Answer, ...] = ()
    before: bool = False


class Case:
    """What every answer reads: the drill, its pictures, and how values came into them."""

    def __init__(self, timeline: Timeline) -> None:
        """Open `timeline`."""
        self.timeline, self.plan = timeline, timeline.plan
        self.drill = Drill(timeline)
        pictures = Pictures(self.drill)
        self.judge, self.trace = Judge(pictures), Trace(pictures)
        self.pictures, self.names = pictures, self.drill.names
        self.hq, self.closed = self.drill.headquarters, self.drill.moments.closed

    def last_part(self, judged: Judged) -> tuple[tuple[Judged, News], ...]:
        """Return how the last parts of a condition came to be true."""
        return tuple((judged, self.trace.news(mark, judged.holder)) for mark in judged.turned)

    def grounds(self, judged: Judged) -> tuple[tuple[Judged, News], ...]:
        """Return where the parts that hold came from, where none of them was the last."""
        facts = self.plan.facts
        told = [m for m in self.judge.grounds(judged) if m.value != facts[m.place].default]
        return tuple((judged, self.trace.news(mark, judged.holder)) for mark in told[:MOST])


Answering = Callable[[Case, str], Answer]
