"""What if: two variants of a drill played with the same random numbers, and compared replication by replication."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.plan.workspace import LoadedRoster, LoadedScenario
from sim.record.manifest import plan_for
from sim.study.executors import Plays, processes, usual_jobs
from sim.study.outcomes import ENDS, MILESTONES, Outcome, TaskTimes
from sim.study.pairs import Missed, Paired, Seen, Tally, minutes, missed
from sim.study.reach import Played, Reach, reach
from sim.study.replicate import SEED, USUAL, Study, Told, replicate
from sim.study.statistics import CONFIDENCE

STAGES: Final = ("ordered", "arrived", "started", "finished")
"""The stages of a task that are compared."""
MARKS: Final = tuple(name for name in MILESTONES if name != "closed")
"""The milestones that are compared."""
_MAYBE: Final = frozenset(("handed_over", "field_established"))
"""Milestones that need not come at all; where one does not come, it did not fail to."""


class Variant(NamedTuple):
    """One way to play: a scenario, a roster that it was checked beside, and what is set for this drill."""

    scenario: LoadedScenario
    roster: LoadedRoster
    overrides: Mapping[str, Any] = {}  # never changed

    def played(self) -> Played:
        """Return the variant compiled. Raise InputError where what was set does not fit."""
        models = self.roster.model, self.scenario.model
        return Played(plan_for(*models, dict(self.overrides)), *models, dict(self.overrides))


class Line(NamedTuple):
    """One time compared: of a milestone, or of a stage of a task."""

    name: str
    stage: str
    paired: Paired

    @property
    def item(self) -> str:
        """What `differences` takes: ``terminated``, or ``crew.rescue#1.arrived``."""
        return f"{self.name}.{self.stage}" if self.stage else self.name


class Limited(NamedTuple):
    """One limit compared."""

    norm: str
    missed: Missed


class Comparison(NamedTuple):
    """Two variants of a drill side by side; below zero the second is sooner, or misses less often."""

    first: Study
    second: Study
    reach: Reach
    n: int
    failed: tuple[int, int]
    milestones: tuple[Line, ...]
    tasks: tuple[Line, ...]
    limits: tuple[Limited, ...]

    def each(self, item: str) -> list[tuple[int, float | None]]:
        """Return the difference in minutes of each replication: of a milestone, or of a stage of a task."""
        with self.first.store() as a, self.second.store() as b:
            return list(differences(a.outcomes(self.n), b.outcomes(self.n), item))

    @property
    def changed(self) -> tuple[Line, ...]:
        """The tasks of which any replication differs."""
        return tuple(line for line in self.tasks if line.paired.touched)


def what_if(
    first: Variant,
    second: Variant,
    *,
    n: int = USUAL,
    seed: int = SEED,
    jobs: int | None = None,
    folder: str | Path | None = None,
    told: Told | None = None,
    executor: Plays | None = None,
    confidence: float = CONFIDENCE,
) -> Comparison:
    """Play both variants `n` times with one seed and compare them pair by pair.

    They are kept in ``a`` and ``b`` of `folder`, and gone on with if they are there. `told` hears of both together.
    """
    played = first.played(), second.played()
    studies: list[Study] = []
    with ExitStack() as stack:
        plays = executor or stack.enter_context(processes(min(usual_jobs() if jobs is None else jobs, n)))
        for place, variant in enumerate((first, second)):
            studies.append(
                replicate(
                    variant.scenario, variant.roster, n=n, seed=seed, overrides=variant.overrides,
                    folder=None if folder is None else Path(folder) / "ab"[place],
                    told=_shifted(told, place * n, 2 * n), executor=plays,
                )
            )  # fmt: skip
    return compare(studies[0], studies[1], reach(*played), n=n, confidence=confidence)


def _shifted(told: Told | None, before: int, total: int) -> Told | None:
    return None if told is None else lambda done, _: told(before + done, total)


def compare(
    first: Study, second: Study, reached: Reach, *, n: int, confidence: float = CONFIDENCE
) -> Comparison:
    """Compare two studies of one seed, replication by replication. Raise ValueError if their seeds differ."""
    if first.seed != second.seed:
        raise ValueError(f"seeds {first.seed} and {second.seed}")
    with first.store() as a, second.store() as b:
        failed = len(a.failed(n)), len(b.failed(n))
        times, limits = _tallied(zip_longest(a.outcomes(n), b.outcomes(n)))
    lines = [Line(*name, tally.paired(confidence)) for name, tally in sorted(times.items(), key=_order)]
    return Comparison(
        first, second, reached, n, failed,
        tuple(line for line in lines if not line.stage), tuple(line for line in lines if line.stage),
        tuple(Limited(norm, missed(pairs, confidence)) for norm, pairs in sorted(limits.items())),
    )  # fmt: skip


def _order(item: tuple[tuple[str, str], Any]) -> tuple[int, str, int, int]:
    (name, stage), _ = item
    if not stage:
        return MARKS.index(name), "", 0, 0
    duty, _, occurrence = name.rpartition("#")
    return len(MARKS), duty, int(occurrence), STAGES.index(stage)


_Times = dict[tuple[str, str], Tally]
_Limits = dict[str, list[tuple[bool | None, bool | None]]]


def _tallied(pairs: Iterable[tuple[Outcome | None, Outcome | None]]) -> tuple[_Times, _Limits]:
    """Go once through the replications of both; one that failed, or is not there, makes no pair."""
    times: _Times = {(name, ""): Tally() for name in MARKS}
    limits: _Limits = {}
    for a, b in pairs:
        if a is None or b is None or a.error or b.error:
            continue
        for name in MARKS:
            times[name, ""].add(milestone(a, name), milestone(b, name))
        for task, first, second in _both(a.tasks, b.tasks):
            for stage in STAGES:
                tally = times.setdefault((task, stage), Tally())
                tally.add(reached_at(first, stage, a), reached_at(second, stage, b))
        judged = missed_limits(a), missed_limits(b)
        for norm in judged[0].keys() | judged[1].keys():
            limits.setdefault(norm, []).append((judged[0].get(norm), judged[1].get(norm)))
    return {key: tally for key, tally in times.items() if tally.pairs or tally.unlike}, limits


def _both(
    first: tuple[TaskTimes, ...], second: tuple[TaskTimes, ...]
) -> Iterator[tuple[str, TaskTimes | None, TaskTimes | None]]:
    a, b = ({task.task: task for task in tasks} for tasks in (first, second))
    yield from ((name, a.get(name), b.get(name)) for name in a.keys() | b.keys())


def milestone(outcome: Outcome, name: str) -> Seen | None:
    """Return when a milestone came in a play; None for one that need not come and did not."""
    marks = dict(zip(MILESTONES, outcome.milestones, strict=True))
    tick, closed = marks[name], marks["closed"]
    return None if closed is None or (tick is None and name in _MAYBE) else Seen(tick, closed)


def reached_at(task: TaskTimes | None, stage: str, outcome: Outcome) -> Seen | None:
    """Return when a task reached a stage; None where there is no such task, or it was over without that stage."""
    closed = outcome.milestones[MILESTONES.index("closed")]
    if task is None or closed is None:
        return None
    tick = task.ticks[ENDS.index(stage)]
    over = tick is None and (task.state in ("stood_down", "finished"))
    return None if over else Seen(tick, closed)


def missed_limits(outcome: Outcome) -> dict[str, bool]:
    """Return of every limit that could be judged in a play whether any task missed it."""
    found: dict[str, bool] = {}
    for limit in outcome.limits:
        if limit.verdict in ("met", "missed"):
            found[limit.norm] = found.get(limit.norm, False) or limit.verdict == "missed"
    return found


def differences(
    first: Iterable[Outcome], second: Iterable[Outcome], item: str
) -> Iterator[tuple[int, float | None]]:
    """Yield number and difference in minutes of each pair that was played; `item` as in `Line.item`."""
    seen = _reader(item)
    yield from minutes(
        (a.number, seen(a), seen(b)) for a, b in zip(first, second, strict=True) if not (a.error or b.error)
    )


def _reader(item: str) -> Callable[[Outcome], Seen | None]:
    if item in MARKS:
        return lambda outcome: milestone(outcome, item)
    task, _, stage = item.rpartition(".")
    if stage not in STAGES:
        raise KeyError(item)
    return lambda outcome: reached_at(
        next((one for one in outcome.tasks if one.task == task), None), stage, outcome
    )
