"""When each inject of a script is given and by when who should act: read from the plan alone, before any play."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from sim.plan.compiled import Hazard, Inject, Plan
from sim.plan.durations import MINUTE
from sim.plan.expressions import Call
from sim.review.flaws.script import WITHIN, at_table

Certainty = Literal["timed", "derived", "contingency", "unplaced"]
NOBODY: Final = -1
_MOST_ARRIVALS: Final = 200


class Given(NamedTuple):
    """An inject on the time axis, in ticks.

    `timed` injects have a time of their own; `derived` ones follow another by a delay, drawn ones by its median;
    `contingency` ones may be given from `begin` to `end`; of `unplaced` ones, which follow something that only a play
    can time, `begin` is −1. `arrivals` are the later ones of a recurring inject.
    """

    inject: Inject
    certainty: Certainty
    begin: int
    end: int
    arrivals: tuple[int, ...] = ()


class Part(NamedTuple):
    """What one inject means to one actor: it is told or not, and the limits of what it should do (None: no limit)."""

    given: Given
    actor: int
    told: bool
    limits: tuple[int | None, ...]

    @property
    def latest(self) -> int:
        """The longest limit in ticks, 0 where there is none."""
        return max((limit for limit in self.limits if limit is not None), default=0)


class Burst(NamedTuple):
    """The five minutes in which one actor is told most; `actors` are those who are told just as much then."""

    begin: int
    actors: tuple[int, ...]
    injects: tuple[str, ...]  # those that the first of them is told


def place_injects(plan: Plan) -> tuple[Given, ...]:
    """Return every inject with its time, in order of time, those that cannot be placed last."""
    times: dict[str, int] = {inject.id: inject.at for inject in plan.injects if inject.at is not None}
    waiting = {inject.id: follows(inject) for inject in plan.injects if inject.at is None}
    ready = True
    while ready:  # an inject after an inject after an inject
        ready = False
        for inject in plan.injects:
            after = waiting.get(inject.id)
            if after is not None and inject.id not in times and after[0] in times:
                at = max(times[after[0]] + after[1], 0 if inject.delay else inject.window[0])
                if inject.window[0] <= at <= inject.window[1]:
                    times[inject.id], ready = at, True
    found = [
        _given(inject, times.get(inject.id), waiting.get(inject.id) is not None) for inject in plan.injects
    ]
    return tuple(sorted(found, key=lambda given: (given.begin < 0, given.begin, given.inject.id)))


def _given(inject: Inject, at: int | None, follows_another: bool) -> Given:
    if at is not None:
        return Given(inject, "timed" if inject.at is not None else "derived", at, at, _arrivals(inject, at))
    if follows_another:
        return Given(inject, "unplaced", -1, -1)
    return Given(inject, "contingency", *inject.window)


def follows(inject: Inject) -> tuple[str, int] | None:
    """Return the event that an inject waits for and nothing else, and how long after it, in ticks (the median)."""
    if inject.delay is not None:
        return inject.delay[0], inject.delay[1].at(0.5)
    tree = inject.when.tree() if inject.when is not None else None
    return (tree.argument, tree.delay) if isinstance(tree, Call) and tree.kind == "elapsed" else None


def _arrivals(inject: Inject, begin: int) -> tuple[int, ...]:
    gap = inject.every.at(0.5) if inject.every is not None else 0
    if gap <= 0:
        return ()
    return tuple(range(begin + gap, inject.until + 1, gap))[:_MOST_ARRIVALS]


def parts_of(given: Sequence[Given]) -> list[Part]:
    """Return what each inject means to whom, in the order of the injects, then of the actors.

    What is told to nobody, and asks nobody to act, stands with the actor `NOBODY`.
    """
    found = []
    for one in given:
        acting = [expected.actor for expected in one.inject.expect]
        for actor in sorted({*one.inject.receivers, *acting} or {NOBODY}):
            limits = tuple(expected.within for expected in one.inject.expect if expected.actor == actor)
            found.append(Part(one, actor, actor == NOBODY or actor in one.inject.receivers, limits))
    return found


def densest(plan: Plan, given: Sequence[Given]) -> Burst | None:
    """Return where most injects come to one actor within five minutes, the first such; None without timed injects.

    As in `tuiyan check`, those that arrive by themselves in a stream are not counted.
    """
    single = {inject.id for inject in at_table(plan)}
    timed = [one for one in given if one.certainty in ("timed", "derived") and one.inject.id in single]
    bursts: dict[int, dict[int, tuple[str, ...]]] = {}
    for one in timed:
        close = [other for other in timed if one.begin <= other.begin <= one.begin + WITHIN]
        for actor in one.inject.receivers:
            mine = tuple(other.inject.id for other in close if actor in other.inject.receivers)
            bursts.setdefault(one.begin, {})[actor] = mine
    if not bursts:
        return None
    most = max(len(mine) for at in bursts.values() for mine in at.values())
    begin = min(at for at, by in bursts.items() if any(len(mine) == most for mine in by.values()))
    actors = tuple(actor for actor, mine in sorted(bursts[begin].items()) if len(mine) == most)
    return Burst(begin, actors, bursts[begin][actors[0]])


def hazard_begin(plan: Plan, given: Sequence[Given], hazard: Hazard) -> int | None:
    """Return when a hazard first holds if only the script goes on and nobody acts; None if it never does."""
    values = list(plan.truth)
    silent = [False] * len(values)
    if hazard.while_.test(values, silent):
        return 0
    for one in given:
        if one.certainty not in ("timed", "derived"):
            continue
        for fact, value in one.inject.sets:
            values[fact] = value
        for fact, value in one.inject.adds:
            values[fact] += value
        if hazard.while_.test(values, silent):
            return one.begin
    return None


def hazard_ticks(hazard: Hazard, begin: int, last: int) -> list[int]:
    """Return when a hazard that nobody ends goes on, up to `last`."""
    ticks = list(range(begin + hazard.every, last + 1, hazard.every))
    return ticks if hazard.at_most is None else ticks[: hazard.at_most]


def minutes(ticks: int) -> str:
    """Return ticks as minutes in short: ``5``, ``2.5``."""
    return f"{ticks / MINUTE:.4g}"
