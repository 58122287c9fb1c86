"""Play until the study is precise enough: until every interval is as narrow as was asked for, or a most is reached.

The rule looks only at fixed numbers of replications (a batch, then twice as many, and so on), and only at what they
say: it stops at the same number whatever plays them, in whatever chunks. It looks a few times, so that the intervals
at its end are a little less sure than if their number had been fixed beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.plan.compiled import Plan
from sim.plan.workspace import LoadedRoster, LoadedScenario
from sim.study import summary
from sim.study.executors import Plays, processes, usual_jobs
from sim.study.replicate import SEED, Scratch, Study, Told, replicate

BATCH: Final = 100
MOST: Final = 10_000
_TIMES: Final = tuple(f"{name}.{which}" for name in summary.TURNING for which in ("p50", "p90"))


class Precision(NamedTuple):
    """How wide half an interval may be, by kind: `minutes` of P50 and P90 of milestones, `share` of plays that miss.

    These are arrangements of this tool (自定): what a planner can still tell apart.
    """

    minutes: float = 2.0
    share: float = 0.05


class Loose(NamedTuple):
    """A measure that is not precise enough: half its interval, None where one end of it is not known."""

    kind: str  # minutes or share
    name: str
    half: float | None
    wanted: float


class Precise(NamedTuple):
    """The study at which the rule stopped, and what was still not precise enough: nothing, or `most` was reached."""

    study: Study
    loose: tuple[Loose, ...]


def until_precise(
    scenario: LoadedScenario,
    roster: LoadedRoster | None = None,
    *,
    wanted: Precision | None = None,
    only: Collection[str] | None = None,
    batch: int = BATCH,
    most: int = MOST,
    seed: int = SEED,
    jobs: int | None = None,
    folder: str | Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    told: Told | None = None,
    executor: Plays | None = None,
) -> Precise:
    """Play `scenario` until its measures are as precise as `wanted`, or `most` times.

    `only` names the measures that count (``activated.p50``, ``R02``), by default all. The other arguments are those
    of `replicate`. More plays than that in `folder` are left alone and not looked at.
    """
    keep = Scratch() if folder is None else None
    place = keep.name if keep is not None else folder
    found: list[Study] = []

    def play(n: int, plays: Plays) -> Sequence[Loose]:
        study = replicate(
            scenario, roster, n=n, seed=seed, folder=place, overrides=overrides, told=told, executor=plays
        )
        if unknown := sorted({*(only or ())} - {*measures(study.plan)}):
            raise ValueError(f"not measures of this drill: {', '.join(unknown)}")
        found[:] = [study]
        return loose(study, wanted or Precision(), only)

    if executor is not None:
        left = grow(lambda n: play(n, executor), batch, most)
    else:
        with processes(min(usual_jobs() if jobs is None else jobs, most)) as usual:
            left = grow(lambda n: play(n, usual), batch, most)
    (study,) = found
    return Precise(Study(study.path, study.plan, study.identity, study.n, keep), tuple(left))


def grow(look: Callable[[int], Sequence[Loose]], batch: int, most: int) -> Sequence[Loose]:
    """Look at more and more replications until nothing is loose, and return what is loose at the last look."""
    left: Sequence[Loose] = ()
    for n in looks(batch, most):
        left = look(n)
        if not left:
            break
    return left


def looks(batch: int, most: int) -> Iterator[int]:
    """Yield the numbers at which the rule looks: a batch, twice, four times …, last the most."""
    if batch < 1 or most < 1:
        raise ValueError(f"batch {batch}, most {most}: each must be at least 1")
    while batch < most:
        yield batch
        batch *= 2
    yield most


def measures(plan: Plan) -> tuple[str, ...]:
    """Return the names of all that can be chosen: P50 and P90 of milestones, judged norms, expected actions."""
    norms = [norm.id for norm in plan.norms if norm.judged]
    expected = [
        f"{inject.id}:{plan.duties[one.duty].id}.{one.stage}"
        for inject in plan.injects
        for one in inject.expect
        if one.duty >= 0
    ]
    return (*_TIMES, *norms, *dict.fromkeys(expected))


def loose(study: Study, wanted: Precision, only: Collection[str] | None = None) -> list[Loose]:
    """Return the measures of `study` that are not as precise as `wanted`, in the order of `measures`.

    A milestone of which it is certain that so many plays close before it comes has no minutes to be precise about. A
    limit that no play was judged by counts if it was chosen, and is then all unknown.
    """
    halves: dict[str, float | None] = {}
    for milestone in summary.milestones(study):
        halves |= _of_times(milestone)
    halves |= {row.norm: (row.high - row.low) / 2 for row in summary.limits(study)}
    found = []
    for name in measures(study.plan):
        if (name in halves) if only is None else (name in only):
            half = halves.get(name)
            kind, limit = ("minutes", wanted.minutes) if name in _TIMES else ("share", wanted.share)
            if half is None or half > limit:
                found.append(Loose(kind, name, half, limit))
    return found


def _of_times(row: summary.Milestone) -> dict[str, float | None]:
    band, name = row.band, row.milestone
    return {
        f"{name}.p50": 0.0 if band.p50_beyond else _half(band.p50_low, band.p50_high),
        f"{name}.p90": 0.0 if band.p90_beyond else _half(band.p90_low, band.p90_high),
    }


def _half(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else (high - low) / 2
