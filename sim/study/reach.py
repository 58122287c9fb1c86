"""What differs between two variants of a drill, and what that can change at all, read from the plans (SEMANTICS 33 c).

Where it cannot be told what a change touches, everything may change: so it is for whatever belongs to the duty desk, to
calls, to command and to the arrangements, and for every other scenario. Nothing is claimed of what is inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sim.plan.assume import assume
from sim.plan.closure import influence_closure
from sim.plan.compiled import Plan
from sim.plan.schema import Roster, Scenario

_ELSEWHERE: Final = ("register_", "needs", "norms", "law")
_NOTHING: Final = ("at", "src", "label")
"""Keys of words only: they change no drill."""


class Change(NamedTuple):
    """A local assumption that differs, by its path; None where it is not there."""

    path: str
    before: Any
    after: Any


class Reach(NamedTuple):
    """What differs, and what it can touch.

    With `everything` nothing is known to stay, because of what is in `because`: paths, or ``scenario`` or ``roster``.
    Else the tasks of `outside` are the same in both, replication by replication, and those of `inside` may change.
    """

    changes: tuple[Change, ...]
    everything: bool
    because: tuple[str, ...]
    inside: tuple[str, ...]
    outside: tuple[str, ...]


class Played(NamedTuple):
    """What is played: the plan, and the models that it was compiled from, with what was set for this run."""

    plan: Plan
    roster: Roster
    scenario: Scenario
    overrides: Mapping[str, Any]

    @property
    def assumed(self) -> Roster:
        """The roster with all that was changed for this drill."""
        return assume(self.roster, {**self.scenario.assume, **self.overrides})


def reach(first: Played, second: Played) -> Reach:
    """Return what differs between two variants, and which duties that may touch."""
    before, after = first.assumed, second.assumed
    found = dict(_differences(_data(before), _data(after)))
    changes = tuple(Change(".".join(path), *values) for path, values in sorted(found.items()))
    duties = {duty.id for plan in (first.plan, second.plan) for duty in plan.duties}
    because = _elsewhere(first, second)
    touched: set[str] = set()
    for path in found:
        names = _touched(path, first.plan, after)
        if names is None:
            because.append(".".join(path))
        else:
            touched |= names
    if because:
        return Reach(changes, True, tuple(sorted(because)), tuple(sorted(duties)), ())
    inside = influence_closure(first.plan, touched) | influence_closure(second.plan, touched)
    return Reach(changes, False, (), tuple(sorted(inside)), tuple(sorted(duties - inside)))


def _elsewhere(first: Played, second: Played) -> list[str]:
    """What differs that is no local assumption."""
    scenarios = [given.scenario.model_copy(update={"assume": {}}) for given in (first, second)]
    other = [] if scenarios[0] == scenarios[1] else ["scenario"]
    same = all(getattr(first.roster, part) == getattr(second.roster, part) for part in _ELSEWHERE)
    return other if same else [*other, "roster"]


def _data(roster: Roster) -> dict[str, Any]:
    return {**roster.strength.model_dump(by_alias=True), **roster.arrangements.model_dump(by_alias=True)}


def _differences(before: Any, after: Any, *path: str) -> Iterator[tuple[tuple[str, ...], tuple[Any, Any]]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() | after.keys():
            yield from _differences(before.get(key), after.get(key), *path, str(key))
    elif before != after:
        yield path, (before, after)


def _touched(path: tuple[str, ...], plan: Plan, roster: Roster) -> set[str] | None:
    """The duties and units that a change at `path` bears on; None where that cannot be told."""
    if path[0] == "sources" or path[-1] in _NOTHING:
        return set()
    if path[0] != "units" or len(path) < 3:
        return None
    unit, part, *rest = path[1:]
    if unit not in {actor.name for actor in plan.actors}:
        return set()  # not on stage
    if part == "work" and len(rest) == 2 and rest[1] in ("time", "setup", "every"):
        return {rest[0]} & {duty.id for duty in plan.duties}
    if part == "teams" and rest[1:] == ["count"]:
        return _users(plan, unit, rest[0])
    if part in ("answer", "acknowledge", "muster", "travel") and unit not in _headquarters(roster):
        return {unit}
    return None


def _users(plan: Plan, unit: str, team: str) -> set[str]:
    places = {
        place for place, pool in enumerate(plan.pools)
        if plan.actors[pool.actor].name == unit and pool.name == team
    }  # fmt: skip
    return {duty.id for duty in plan.duties if places & {pool for pool, _ in duty.uses}}


def _headquarters(roster: Roster) -> set[str]:
    """Whose calls and roads are those of command itself, also by the people who lead a unit or head a body."""
    command, people = roster.strength.command, roster.arrangements.people.values()
    seats = {command.body, command.acting, roster.strength.desk.body}
    return seats | {name for person in people for name in (person.unit, person.heads) if name}
