"""What changes in the course of a drill, laid down once, so that any moment is a look-up.

A place in a drill is the place of a row among its rows; what is asked of a place is how things stand after that row.
Nothing here looks ahead: what a moment shows stands in rows up to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, Final, Generic, NamedTuple, TypeVar

from sim.record.tasks import doing_after
from sim.record.timeline import Row
from sim.review.drill import Drill
from sim.review.limits import Limit
from sim.review.pictures import Pictures
from sim.review.posts import Held

_Value = TypeVar("_Value")

UNDER_WAY: Final = frozenset(("call", "redial", "acknowledge", "muster", "travel", "setup", "work"))
"""Kinds of spans in which a task gets on; in any other it waits for something."""


class Track(Generic[_Value]):
    """One thing that takes a value at some places and keeps it until the next."""

    def __init__(self, changes: Iterable[tuple[int, _Value]] = ()) -> None:
        """Lay down changes in order of place; of several at one place the last stays."""
        self.places: list[int] = []
        self.values: list[_Value] = []
        for place, value in changes:
            self.add(place, value)

    def add(self, place: int, value: _Value) -> None:
        """Take a value at the last place so far or after it."""
        if self.places and self.places[-1] == place:
            self.values[-1] = value
        else:
            self.places.append(place)
            self.values.append(value)

    def at(self, place: int) -> _Value | None:
        """Return the value after the row at `place`, None before the first one."""
        found = bisect_right(self.places, place)
        return self.values[found - 1] if found else None


class Fact(NamedTuple):
    """A fact at a moment: its place in the plan, what is true and what is believed; `known` if anybody said so."""

    place: int
    true: Any
    believed: Any
    known: bool

    @property
    def differs(self) -> bool:
        """Whether headquarters has it wrong, or has not heard of it."""
        return bool(self.true != self.believed)


class Doing(NamedTuple):
    """What a task does from tick `since` on: the kind of a span, as ``travel`` or ``team:rescue``."""

    task: str
    unit: str
    duty: str
    kind: str
    since: int

    @property
    def waits(self) -> bool:
        """Whether it waits for something."""
        return self.kind not in UNDER_WAY


class Clock(NamedTuple):
    """A limit that runs: from tick `begin`, due at tick `due`. `left` are the minutes left at the moment, or below zero
    the minutes over."""

    limit: Limit
    begin: int
    due: int
    left: float


class FactTracks:
    """Every fact that a drill speaks of, as it truly was and as whoever commands believed it."""

    def __init__(self, drill: Drill, places: dict[int, int]) -> None:
        """Lay down the facts of `drill`; `places` gives the place of each row by its seq."""
        self.plan = drill.plan
        pictures = Pictures(drill)
        self.true = self._tracks(pictures, "", places)
        self.desk = self._tracks(pictures, drill.desk, places)
        self.headquarters = self._tracks(pictures, drill.headquarters, places)
        self.real = [place for place, fact in enumerate(drill.plan.facts) if fact.kind != "pseudo"]

    def _tracks(self, pictures: Pictures, holder: str, places: dict[int, int]) -> dict[int, Track[Any]]:
        tracks: dict[int, Track[Any]] = {}
        for mark in pictures.of(holder).marks:
            if self.plan.facts[mark.place].kind != "pseudo":
                tracks.setdefault(mark.place, Track()).add(places[mark.seq], mark.value)
        return tracks

    def at(self, place: int, *, activated: bool) -> tuple[Fact, ...]:
        """Return each fact that is other than by default, or believed to be: until activation as the desk believes."""
        picture = self.headquarters if activated else self.desk
        found = []
        for number in self.real:
            default = self.plan.facts[number].default
            true = self._value(self.true, number, place, self.plan.truth[number])
            heard = number in picture and picture[number].at(place) is not None
            believed = self._value(picture, number, place, default)
            if true != default or believed != default:
                found.append(Fact(number, true, believed, heard))
        return tuple(found)

    @staticmethod
    def _value(tracks: dict[int, Track[Any]], number: int, place: int, before: Any) -> Any:
        found = tracks[number].at(place) if number in tracks else None
        return before if found is None else found


def doings(rows: Iterable[Row]) -> dict[str, Track[Doing | None]]:
    """Return of every task what it does from when on, None once it has ended."""
    found: dict[str, Track[Doing | None]] = {}
    for place, row in enumerate(rows):
        kind = doing_after(row)
        if kind is None:
            continue
        doing = Doing(row.task, row.unit, row.duty or row.task.rpartition("#")[0], kind, row.t)
        found.setdefault(row.task, Track()).add(place, doing if kind else None)
    return found


def clocks(limits: Iterable[Limit]) -> tuple[tuple[Limit, int, int, int], ...]:
    """Return every limit with minutes as it ran: the limit, the ticks of its begin, its due time and its end."""
    return tuple(
        (limit, limit.begin, limit.begin + limit.within, limit.begin + limit.passed)
        for limit in limits
        if limit.begin is not None and limit.within is not None and limit.reason != "human"
    )


def held_at(posts: Iterable[Held], t: int) -> Iterator[Held]:
    """Yield who holds a post at tick `t`."""
    yield from (held for held in posts if held.begin <= t < held.end)
