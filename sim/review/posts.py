"""Who held which post of command from when to when, and who signed what, from the rows of a drill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.plan.compiled import Absence
from sim.record.timeline import Row
from sim.review.drill import Drill


class Held(NamedTuple):
    """A post and who held it: ``commander``, ``acting``, ``interim``, ``field``, ``city``; times in ticks.

    `row` is where it began, None for what the plan itself says; `state` is why the holder was not there. `detail`
    is that of the field headquarters' row, for its place.
    """

    post: str
    who: str
    begin: int
    end: int
    row: Row | None = None
    state: str = ""
    detail: Mapping[str, Any] = {}


def posts(drill: Drill) -> tuple[Held, ...]:
    """Return the posts that were held in a drill, in order of time."""
    if drill.plan.network or drill.moments.activated is None:
        return ()
    held = (*_commander(drill), *_acting(drill), *_scene(drill), *_city(drill))
    lasting = (one for one in held if one.end > one.begin)
    return tuple(sorted(lasting, key=lambda one: (one.begin, one.row.seq if one.row is not None else -1)))


def signatures(drill: Drill) -> tuple[Row, ...]:
    """Return the rows of everything that was signed, in order of time."""
    return tuple(drill.rows_of("signed"))


def _first(drill: Drill, event: str) -> Row | None:
    return next(iter(drill.rows_of(event)), None)


def _absences(drill: Drill) -> tuple[Absence, ...]:
    command = drill.plan.command
    own = [person for person in drill.plan.arrangements.people if person.name == command.commander]
    return own[0].absences if own else command.absences


def _commander(drill: Drill) -> Iterator[Held]:
    command, activated = drill.plan.command, drill.moments.activated
    assert activated is not None
    end = drill.command_end
    gone = [(absence.begin, absence.end) for absence in _absences(drill) if absence.state == "unreachable"]
    for begin, until in _outside(gone, activated.t, end):
        yield Held("commander", command.commander, begin, until, activated)
    for absence in _absences(drill):
        if absence.begin < end:
            yield Held(
                "commander", command.commander, absence.begin, min(absence.end, end), state=absence.state
            )


def _outside(gone: list[tuple[int, int]], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what is left of a stretch once the stretches in which the holder was out of reach are taken out."""
    for away, back in sorted(gone):
        if begin < away < end:
            yield begin, away
        begin = max(begin, back)
    if begin < end:
        yield begin, end


def _acting(drill: Drill) -> Iterator[Held]:
    """Whoever acted for the commander, until he could be reached again or somebody else acted.

    A letter that was signed in place of another post makes nobody act for it.
    """
    chief = drill.plan.command.commander
    began = [row for row in drill.rows_of("substituted") if row.detail["for"] == chief]
    terms: list[Held] = []
    for row in began:
        who = str(row.detail.get("by", row.unit))
        if terms and row.t < terms[-1].end:
            if terms[-1].who == who:
                continue
            terms[-1] = terms[-1]._replace(end=row.t)
        back = [absence.end for absence in _absences(drill) if absence.begin <= row.t < absence.end]
        terms.append(Held("acting", who, row.t, min(drill.command_end, *back), row))
    yield from terms


def _scene(drill: Drill) -> Iterator[Held]:
    interim, there = _first(drill, "interim_command"), _first(drill, "field_commander")
    stands, gone = _first(drill, "field_established"), _first(drill, "field_dissolved")
    if interim is not None:
        yield Held(
            "interim", interim.unit, interim.t, there.t if there is not None else drill.command_end, interim
        )
    if there is not None:
        end = gone.t if gone is not None else drill.last
        yield Held(
            "field", str(there.detail["who"]), there.t, end, there, detail=stands.detail if stands else {}
        )


def _city(drill: Drill) -> Iterator[Held]:
    row = _first(drill, "handed_over")
    if row is not None:
        yield Held("city", str(row.detail["to"]), row.t, drill.last, row)
