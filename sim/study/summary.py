"""What a study says: when its turning points come, how long its tasks take, which limits are missed how often.

Rows of plain values, by name, times in minutes; `Study` gives them as tables of pandas, `sim.study.tables` as CSV.
Nothing here is a finding about a unit: it is what would follow from the assumptions (SEMANTICS 38).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sim.plan.compiled import Norm, Plan
from sim.plan.durations import MINUTE
from sim.play.draws import ExpectedDraws
from sim.play.engine import Engine
from sim.study.outcomes import ENDS, MILESTONES, Outcome, outcome_of
from sim.study.statistics import TARGET, Distribution, verdict, wilson

if TYPE_CHECKING:
    from sim.study.replicate import Study

TURNING: Final = tuple(name for name in MILESTONES if name != "closed")
BEGIN: Final = "triggered"
"""Where a task's clock begins. Every task has it, and what follows it, waiting to be called too, is the plan's own."""
_AT: Final = {stage: place for place, stage in enumerate(ENDS)}
REACHED: Final = ("arrived", "started", "finished")
"""The stages that are measured from there."""


class Band(NamedTuple):
    """When something comes, in minutes; None where at the close it had not come (or too few plays were made to say).

    `plays` are counted, `never` of them closed before it came. `p50_low` to `p50_high` is the interval of P50, and so
    on. `expected` is the minute in the play of medians, `standing` the share of the plays in which it comes sooner.
    """

    plays: int
    never: int
    p10: float | None
    p50: float | None
    p90: float | None
    p50_low: float | None
    p50_high: float | None
    p90_low: float | None
    p90_high: float | None
    p50_beyond: bool
    p90_beyond: bool
    expected: float | None
    standing: float | None


class Milestone(NamedTuple):
    """When a turning point comes, from the start of the drill."""

    milestone: str
    band: Band


class Stage(NamedTuple):
    """How long the first task of a duty takes from its trigger to a stage.

    It occurred in some of the replications. In `stood_down` of those it was called off before the stage: they are no
    part of the band, nor are tasks done without this stage.
    """

    duty: str
    unit: str
    stage: str
    occurred: int
    stood_down: int
    band: Band


class Kept(NamedTuple):
    """In how many replications a limit was missed: a norm, or what was expected after an inject (``I03:duty.stage``).

    In a replication it is missed if any task missed it; `running` if none did and some clock still ran at the close;
    else met, or stood down. `judged` are those met or missed, and `share` with its interval is of those. What is only
    `shown` beside the times is not judged, and has the verdict ``shown``. In the rest of the `plays` nothing had to
    be done within it.
    """

    norm: str
    unit: str
    within: float | None
    plays: int
    judged: int
    missed: int
    running: int
    shown: int
    stood_down: int
    share: float | None
    low: float
    high: float
    verdict: str


class Failed(NamedTuple):
    """A replication that the engine could not play, and why."""

    replication: int
    seed: int
    error: str


def milestones(study: Study) -> list[Milestone]:
    """Return when each turning point comes, in the order of a drill."""
    expected = dict(zip(MILESTONES, medians(study.plan).milestones, strict=False))
    with study.store() as store:
        return [
            Milestone(name, band_of(store.milestone(name, study.n), expected.get(name))) for name in TURNING
        ]


def stages(study: Study) -> list[Stage]:
    """Return how long the first task of each duty takes to each stage that it has, by name of the duty."""
    usual = {task.task: task.ticks for task in medians(study.plan).tasks}
    with study.store() as store:
        return [
            row
            for task, plays in groupby(store.first_tasks(study.n), key=lambda row: row[0])
            for row in _stages(study.plan, task, [play[1:] for play in plays], usual.get(task))
        ]


def _stages(
    plan: Plan, task: str, plays: Sequence[tuple[Any, ...]], median: Sequence[int | None] | None
) -> Iterator[Stage]:
    """`plays` are the close, the state and the ticks of `ENDS` of each replication that has the task."""
    name = task.rpartition("#")[0]
    duty = next((duty for duty in plan.duties if duty.id == name), None)
    desk = plan.desk.actor if name.startswith("desk.") else plan.command.actor
    unit = plan.actors[desk if duty is None else duty.actor].name
    for stage in REACHED:
        due = [play for play in plays if _has(stage, play[2:])]
        ends = [(_between(ticks, stage), closed - ticks[_AT[BEGIN]], state) for closed, state, *ticks in due]
        left = sum(end is None and state == "stood_down" for end, _, state in ends)
        pairs = [(end, open_) for end, open_, state in ends if end is not None or state != "stood_down"]
        goes = stage != "arrived" or (duty is not None and duty.at_scene)
        if due and (goes or any(end is not None for end, _ in pairs)):
            expected = _between(median, stage) if median is not None else None
            yield Stage(name, unit, stage, len(plays), left, band_of(pairs, expected))


def _has(stage: str, ticks: Sequence[int | None]) -> bool:
    """Whether a task has this stage: it was reached, or nothing after it was."""
    place, last = _AT[stage], _AT["finished"]
    return ticks[place] is not None or not any(tick is not None for tick in ticks[place + 1 : last + 1])


def _between(ticks: Sequence[int | None], stage: str) -> int | None:
    begin, reached = ticks[_AT[BEGIN]], ticks[_AT[stage]]
    return None if begin is None or reached is None else reached - begin


def band_of(pairs: Iterable[tuple[int | None, int]], expected: int | None) -> Band:
    """Return the band of pairs of ticks: when it came, None where it had not, and what had passed at the close."""
    found = Distribution(pairs)
    p10, p50, p90 = (found.quantile(share) for share in (0.1, 0.5, 0.9))
    return Band(
        plays=len(found),
        never=len(found.open),
        p10=_minutes(p10.value),
        p50=_minutes(p50.value),
        p90=_minutes(p90.value),
        p50_low=_minutes(p50.low),
        p50_high=_minutes(p50.high),
        p90_low=_minutes(p90.low),
        p90_high=_minutes(p90.high),
        p50_beyond=p50.beyond,
        p90_beyond=p90.beyond,
        expected=_minutes(expected),
        standing=None if expected is None else found.standing(expected),
    )


def _minutes(ticks: float | None) -> float | None:
    return None if ticks is None else ticks / MINUTE


def medians(plan: Plan) -> Outcome:
    """Return the play in which every draw is its median; an empty one where it cannot be played."""
    engine = Engine(plan)
    try:
        return outcome_of(engine, 0, engine.play(ExpectedDraws()))
    except Exception as fault:  # as in a study: one that fails is a result like any other
        return Outcome(0, f"{type(fault).__name__}: {fault}")


def limits(study: Study, target: float = TARGET) -> list[Kept]:
    """Return every norm and expected action that any replication had to keep, by name, against a target share."""
    with study.store() as store:
        plays = store.count(study.n) - len(store.failed(study.n))
        return [_kept(study.plan, plays, target, *row) for row in store.judgements(study.n)]


def _kept(
    plan: Plan, plays: int, target: float, name: str, within: int | None,
    missed: int, running: int, met: int, shown: int, stood_down: int,
) -> Kept:  # fmt: skip
    norm = next((norm for norm in plan.norms if norm.id == name), None)
    judged = missed + met
    share = wilson(missed, judged)
    only_shown = norm is not None and not norm.judged
    told = "shown" if only_shown else verdict(missed, judged, running, target)
    unit = _whose(plan, norm) if norm is not None else _expected_of(plan, name)
    return Kept(name, unit, _minutes(within), plays, judged, missed, running, shown, stood_down, *share, told)


def _whose(plan: Plan, norm: Norm) -> str:
    """The unit whose clock it is: of the duty, or as the norm says, else the office."""
    if norm.duty >= 0:
        return plan.actors[plan.duties[norm.duty].actor].name
    return norm.who or plan.actors[plan.command.actor].name


def _expected_of(plan: Plan, name: str) -> str:
    """The unit of which something is expected: the owner of the duty in ``I03:duty.stage``."""
    duty = name.partition(":")[2].rpartition(".")[0]
    return next((plan.actors[found.actor].name for found in plan.duties if found.id == duty), "")


def failed(study: Study) -> list[Failed]:
    """Return the replications that could not be played, by number."""
    with study.store() as store:
        return [Failed(number, study.seed, error) for number, error in store.failed(study.n)]
