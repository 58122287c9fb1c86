"""Two futures of one drill: from a moment on one thing is otherwise, and everything else has the same luck.

The engine plays both from T+0 with the seed of the run. Before the moment every row is the same (SEMANTICS 33 b), and
so is every task that the plan says the change cannot touch (33 c); both are checked each time, never assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.errors import InputError, MismatchError, PlayError, Problem
from sim.plan.closure import influence_closure
from sim.plan.compiled import Actor, Duty, Plan
from sim.plan.durations import MINUTE, ZERO, later
from sim.plan.validation import nearest
from sim.play.change import Change
from sim.play.engine import Engine, draws_for
from sim.record.exchange import to_csv
from sim.record.manifest import plan_of
from sim.record.run import MANIFEST, proven_run
from sim.record.tasks import STAGES, TaskRecord
from sim.record.timeline import Row, Timeline
from sim.words.display import Shown

MILESTONES: Final = ("report_up", "activated", "field_established", "handed_over", "terminated")
"""What is compared besides tasks: the first row of each."""


class Late(NamedTuple):
    """A unit that musters from the moment on takes so many minutes longer."""

    unit: str
    minutes: float


class MoreHands(NamedTuple):
    """From the moment on so many more people answer and call at the duty desk."""

    people: int = 1


class Skip(NamedTuple):
    """An inject is not given any more from the moment on."""

    inject: str


class Assume(NamedTuple):
    """From the moment on a local assumption has another value: its path, as for ``--set``."""

    path: str
    value: Any


Otherwise = Late | MoreHands | Skip | Assume


class Moved(NamedTuple):
    """A stage of a task, or a milestone with an empty stage: its ticks in both futures, None where it never came."""

    name: str
    stage: str
    before: int | None
    after: int | None

    @property
    def minutes(self) -> float | None:
        """By how much it is later, below zero sooner; None where it came in one future only."""
        if self.before is None or self.after is None:
            return None
        return (self.after - self.before) / MINUTE


@dataclass(frozen=True, eq=False, repr=False)
class Futures(Shown):
    """Both futures, and how they differ. `at` is the tick of the moment.

    `untouched` are the duties that the change cannot touch, by the plan: their tasks were compared and are the same.
    `same_until` is the number of rows at the beginning that are the same, at least all those before the moment.
    """

    at: int
    change: Otherwise
    first: Timeline
    second: Timeline
    tasks: tuple[Moved, ...]
    milestones: tuple[Moved, ...]
    untouched: tuple[str, ...]
    same_until: int

    def __repr__(self) -> str:
        return f"<Futures of {self.first.plan.id} from {self.at / MINUTE:g} min on: {len(self.moved)} tasks moved>"

    @property
    def moved(self) -> tuple[str, ...]:
        """The names of the tasks of which any stage differs."""
        return tuple(dict.fromkeys(one.name for one in self.tasks))


def what_if(run: Timeline | str | Path, *, at: float, change: Otherwise) -> Futures:
    """Play the drill of `run`, a timeline or the folder of a run, once more with one change from minute `at` on.

    Raise InputError if the change cannot be made from then on, MismatchError if the run is not what its manifest says
    or cannot be played again.
    """
    first = run if isinstance(run, Timeline) else proven_run(run)
    tick = round(at * MINUTE)
    if not 0 <= tick < first.plan.horizon:
        raise _refused("future-moment", at=at, end=first.plan.horizon / MINUTE)
    plan = plan_of(first.manifest)
    changed, withheld = _changed(plan, first, change, tick)
    _play_again(first, plan)
    return side_by_side(Timeline(plan, first.rows, first.manifest), tick, change, changed, withheld)


def side_by_side(
    first: Timeline, tick: int, change: Otherwise, changed: Plan, withheld: frozenset[int] = frozenset()
) -> Futures:
    """Play `first` once more, with the plan `changed` and without the injects `withheld` from `tick` on, and compare.

    Raise PlayError if a row before, or a task that the change cannot touch, is not the same.
    """
    plan = first.plan
    second = _play(first, plan, Change(tick, Engine(changed).index, withheld), changed)
    same = _same_rows(first.rows, second.rows)
    if any(row.t < tick for timeline in (first, second) for row in timeline.rows[same:]):
        raise PlayError(f"a row before {tick / MINUTE:g} min differs: {second.rows[same]}")
    return Futures(
        tick, change, first, second, _tasks(first, second), _milestones(first, second),
        _untouched(plan, changed, withheld, first, second), same,
    )  # fmt: skip


# --- the change


def _changed(plan: Plan, first: Timeline, change: Otherwise, tick: int) -> tuple[Plan, frozenset[int]]:
    """Return the plan from the moment on, and the injects that are withheld."""
    if isinstance(change, Late):
        return _late(plan, change), frozenset()
    if isinstance(change, MoreHands):
        desk = plan.desk
        hands = [desk.operators_duty + change.people, desk.operators_off_duty + change.people]
        if plan.network or min(hands) < 0:
            raise _refused("future-hands", count=change.people, hands=min(hands) - change.people)
        return replace(
            plan, desk=replace(desk, operators_duty=hands[0], operators_off_duty=hands[1])
        ), frozenset()
    if isinstance(change, Skip):
        return plan, frozenset((_inject(plan, first, change, tick),))
    return _assumed(plan, first.manifest, change), frozenset()


def _late(plan: Plan, change: Late) -> Plan:
    names = [actor.name for actor in plan.actors]
    if change.unit not in names:
        raise _refused("future-unit", name=change.unit, near=nearest(change.unit, names))
    if change.minutes < 0:
        raise _refused("future-sooner", minutes=change.minutes)
    actors = tuple(_slower(actor, change) if actor.name == change.unit else actor for actor in plan.actors)
    return replace(plan, actors=actors)


def _slower(actor: Actor, change: Late) -> Actor:
    return replace(
        actor, muster_duty=later(actor.muster_duty, change.minutes),
        muster_off_duty=later(actor.muster_off_duty, change.minutes),
    )  # fmt: skip


def _inject(plan: Plan, first: Timeline, change: Skip, tick: int) -> int:
    places = {inject.id: place for place, inject in enumerate(plan.injects)}
    if change.inject not in places:
        raise _refused("future-inject", name=change.inject, near=nearest(change.inject, places))
    given = [row.t for row in first.rows if row.event == "inject_given" and row.inject == change.inject]
    if given and max(given) < tick:
        raise _refused("future-given", name=change.inject, t=round(max(given) / MINUTE, 1), at=tick / MINUTE)
    return places[change.inject]


def _assumed(plan: Plan, manifest: Mapping[str, Any], change: Assume) -> Plan:
    """The plan with one assumption otherwise, if nothing but times, chances and numbers differ that can come later."""
    other = plan_of({**manifest, "set": {**manifest["set"], change.path: change.value}})
    kept = ("actors", "pools", "duties", "desk", "assumptions")
    same = replace(other, **{name: getattr(plan, name) for name in kept})
    alike = (
        same == plan
        and [actor.name for actor in other.actors] == [actor.name for actor in plan.actors]
        and [(p.actor, p.name) for p in other.pools] == [(p.actor, p.name) for p in plan.pools]
        and [_shape(duty) for duty in other.duties] == [_shape(duty) for duty in plan.duties]
        and other.desk.actor == plan.desk.actor
    )
    if not alike:
        raise _refused("future-assumption", path=change.path)
    return other


def _shape(duty: Duty) -> Duty:
    """A duty without how long its work takes."""
    return replace(duty, time=ZERO, setup=ZERO, every=None, grade="")


def _refused(code: str, **values: Any) -> InputError:
    return InputError([Problem(code, "what_if", values=values)])


# --- the plays


def _play_again(first: Timeline, plan: Plan) -> None:
    if to_csv(_play(first, plan, None, plan).rows) != to_csv(first.rows):
        raise MismatchError([Problem("future-replay", MANIFEST)])


def _play(first: Timeline, plan: Plan, change: Change | None, named: Plan) -> Timeline:
    manifest = first.manifest
    engine = Engine(plan)
    draws = draws_for(manifest["seed"], manifest["replication"], expected=manifest["mode"] == "expected")
    rows = engine.rows(engine.play(draws, change), manifest["run"], manifest["replication"])
    return Timeline(named, rows, manifest)


# --- what differs


def _same_rows(first: tuple[Row, ...], second: tuple[Row, ...]) -> int:
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(first), len(second)))


def _tasks(first: Timeline, second: Timeline) -> tuple[Moved, ...]:
    before, after = ({record.task: record for record in one.records} for one in (first, second))
    return tuple(
        Moved(name, stage, a, b)
        for name in dict.fromkeys((*before, *after))
        for stage in (*STAGES, "stood_down")
        if (a := _at(before, name, stage)) != (b := _at(after, name, stage))
    )


def _at(records: Mapping[str, TaskRecord], name: str, stage: str) -> int | None:
    return records[name].stages.get(stage) if name in records else None


def _milestones(first: Timeline, second: Timeline) -> tuple[Moved, ...]:
    """Every milestone that came in either future, also those that did not move."""
    seen = []
    for timeline in (first, second):
        times: dict[str, int] = {}
        for row in timeline.rows:
            times.setdefault(row.event, row.t)
        seen.append(times)
    return tuple(
        Moved(name, "", seen[0].get(name), seen[1].get(name))
        for name in MILESTONES
        if name in seen[0] or name in seen[1]
    )


def _untouched(
    plan: Plan, changed: Plan, withheld: frozenset[int], first: Timeline, second: Timeline
) -> tuple[str, ...]:
    """The duties outside what the change can touch, after a look at their tasks in both futures."""
    names = _names(plan, changed, withheld)
    if names is None:
        return ()
    inside = influence_closure(plan, names) if names else frozenset()
    outside = tuple(duty.id for duty in plan.duties if duty.id not in inside)
    for record, other in _pairs(outside, first, second):
        if record is None or other is None or record.stages != other.stages or record.state != other.state:
            raise PlayError(f"a task that the change cannot touch differs: {record} {other}")
    return outside


def _pairs(
    duties: tuple[str, ...], first: Timeline, second: Timeline
) -> list[tuple[TaskRecord | None, TaskRecord | None]]:
    kept = frozenset(duties)
    before, after = (
        {record.task: record for record in one.records if record.duty in kept} for one in (first, second)
    )
    return [(before.get(name), after.get(name)) for name in {**before, **after}]


def _names(plan: Plan, changed: Plan, withheld: frozenset[int]) -> set[str] | None:
    """What the change bears on, as the closure names it; None where it bears on the desk or on command itself."""
    names = {plan.injects[place].id for place in withheld}
    pairs = zip(plan.actors, changed.actors, strict=True)
    actors = {place for place, (old, new) in enumerate(pairs) if old != new}
    if plan.desk != changed.desk or actors & _seats(plan):
        return None
    names |= {plan.actors[place].name for place in actors}
    pools = {place for place, (a, b) in enumerate(zip(plan.pools, changed.pools, strict=True)) if a != b}
    for old, new in zip(plan.duties, changed.duties, strict=True):
        if old != new or pools & {pool for pool, _ in old.uses}:
            names.add(old.id)
    return names


def _seats(plan: Plan) -> set[int]:
    """Whose calls and roads are those of command itself, also by the people who lead a unit or head a body."""
    people = plan.arrangements.people
    seats = {plan.command.actor, plan.command.acting, plan.desk.actor}
    return seats | {place for person in people for place in (person.unit, person.heads) if place >= 0}
