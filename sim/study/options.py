"""Improvement options: what each measure of the office buys for its cost, and the best set within a budget.

Every set is played with the same random numbers as the drill as it stands. Where the sets that the budget allows are
few enough all of them are played, and the best of them is exact; else measures are added one by one, the best for its
cost first, and the answer says so, with a bound that holds if measures do not reinforce each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from sim.errors import InputError
from sim.plan.measures import LoadedMeasures
from sim.plan.schema import Improvement
from sim.plan.workspace import LoadedRoster, LoadedScenario
from sim.study.bench import Bench, bench
from sim.study.executors import Plays
from sim.study.outcomes import Outcome
from sim.study.pairs import Paired, Tally, difference, mean_of
from sim.study.replicate import SEED, Told
from sim.study.statistics import CONFIDENCE
from sim.study.what_if import MARKS, milestone

Aim = Literal["minutes", "limits"]
USUAL_MARKS: Final = ("activated", "terminated")
"""The milestones whose minutes are counted unless others are chosen."""
MOST_SETS: Final = 256
"""Sets that are played to find the best; with more the search goes step by step."""
_ROUNDING: Final = 1e-9  # costs are sums of decimals


class Option(NamedTuple):
    """What a set of measures buys in a drill, by the mean over all plays.

    `minutes` is by how much the chosen milestones come sooner, all together, with its `interval`, and `limits` how many
    missed limits are avoided. `milestones` has the pairs of each (below zero is sooner). `idle` measures play no part
    in this drill.
    """

    names: tuple[str, ...]
    cost: float
    minutes: float
    interval: tuple[float | None, float | None]
    limits: float
    milestones: tuple[tuple[str, Paired], ...]
    idle: tuple[str, ...]
    failed: int

    def worth(self, aim: Aim) -> float:
        """Return what is bought of `aim`."""
        return self.minutes if aim == "minutes" else self.limits

    def per_cost(self, aim: Aim) -> float:
        """Return what is bought of `aim` for one unit of cost."""
        return self.worth(aim) / self.cost if self.cost else 0.0


class Best(NamedTuple):
    """The best set within a budget; `exact` if every set that it allows was played.

    `bound` is what no set can exceed if measures do not reinforce each other; None where it is exact.
    """

    aim: Aim
    option: Option
    exact: bool
    bound: float | None
    played: int


class Options(NamedTuple):
    """Measures one by one, ranked by what they buy for their cost, and the best set within a budget, if one was given.

    `unfit` cannot be set in this drill (a duty or a unit that it does not have, for instance).
    """

    measures: Mapping[str, Improvement]
    unit: Mapping[str, str]
    marks: tuple[str, ...]
    budget: float | None
    singles: tuple[Option, ...]
    best: tuple[Best, ...]
    unfit: tuple[str, ...]
    n: int

    def ranked(self, aim: Aim) -> tuple[Option, ...]:
        """Return the measures one by one, what buys most of `aim` for its cost first."""
        return tuple(sorted(self.singles, key=lambda option: (-option.per_cost(aim), option.names)))


def improve(
    scenario: LoadedScenario,
    roster: LoadedRoster,
    measures: LoadedMeasures,
    *,
    budget: float | None = None,
    marks: Sequence[str] = USUAL_MARKS,
    aims: Sequence[Aim] = ("minutes", "limits"),
    n: int = 200,
    seed: int = SEED,
    overrides: Mapping[str, Any] | None = None,
    most_sets: int = MOST_SETS,
    jobs: int | None = None,
    told: Told | None = None,
    executor: Plays | None = None,
    confidence: float = CONFIDENCE,
) -> Options:
    """Play every measure by itself, and sets of them within `budget`, `n` times each; say what they buy.

    Raise KeyError for a milestone that there is none of.
    """
    if unknown := [name for name in marks if name not in MARKS]:
        raise KeyError(unknown[0])
    with bench(
        scenario, roster, n=n, seed=seed, overrides=overrides, jobs=jobs, told=told, executor=executor
    ) as on:
        given = dict(sorted(measures.model.measures.items()))
        unfit = tuple(name for name, measure in given.items() if not _fits(on, measure))
        fitting = {name: measure for name, measure in given.items() if name not in unfit}
        table = _Table(on, fitting, tuple(marks), confidence)
        within = [] if budget is None else _sets(fitting, budget, most_sets)
        on.total = n * (1 + _expected(fitting, within, len(aims) if budget is not None else 0))
        singles = tuple(table.option(names) for names in _singles(fitting))
        best = [] if budget is None else [_best(table, within, budget, aim) for aim in aims]
        on.end()
    return Options(
        given, measures.model.unit.model_dump(), tuple(marks), budget, singles, tuple(best), unfit, n
    )


def _expected(
    measures: Mapping[str, Improvement], within: Sequence[tuple[str, ...]] | None, aims: int
) -> int:
    """How many sets will be played, or at most where the search goes step by step."""
    if not aims:
        return len(measures)
    steps = aims * len(measures) * (len(measures) - 1) // 2
    return 1 + len(measures) + steps if within is None else len({(), *_singles(measures), *within})


def _fits(on: Bench, measure: Improvement) -> bool:
    try:
        on.compiled(measure.set)
    except InputError:
        return False
    return True


def _singles(measures: Iterable[str]) -> list[tuple[str, ...]]:
    return [(name,) for name in measures]


# --- what a set buys


class _Table:
    """What sets of measures buy, each played once."""

    def __init__(
        self, on: Bench, measures: Mapping[str, Improvement], marks: tuple[str, ...], confidence: float
    ) -> None:
        self.measures, self._on, self._marks, self._confidence = measures, on, marks, confidence
        self._known: dict[tuple[str, ...], Option] = {}

    @property
    def played(self) -> int:
        """How many sets were played."""
        return len(self._known)

    def option(self, names: tuple[str, ...]) -> Option:
        """Return what the set `names`, in order of name, buys."""
        if names not in self._known:
            self._known[names] = self._played(names)
        return self._known[names]

    def _played(self, names: tuple[str, ...]) -> Option:
        usual, played = self._on.usual, self._on.play(_together(names, self.measures))
        pairs = [(a, b) for a, b in zip(usual, played, strict=True) if not (a.error or b.error)]
        avoided = sum(_missed(a) - _missed(b) for a, b in pairs)
        minutes, low, high = mean_of([self._saved(a, b) for a, b in pairs], self._confidence)
        idle = tuple(name for name in names if self._on.same(self._on.compiled(self.measures[name].set)))
        return Option(
            names, round(sum(self.measures[name].cost for name in names), 6), minutes, (low, high),
            avoided / max(1, len(pairs)), tuple((mark, self._paired(pairs, mark)) for mark in self._marks),
            idle, len(usual) - len(pairs),
        )  # fmt: skip

    def _saved(self, usual: Outcome, played: Outcome) -> int:
        """Ticks by which the milestones that occur in both plays come sooner."""
        found = (difference(milestone(usual, mark), milestone(played, mark)) for mark in self._marks)
        return sum(times[0] - times[1] for times in found if times is not None)

    def _paired(self, pairs: Sequence[tuple[Outcome, Outcome]], mark: str) -> Paired:
        tally = Tally()
        for a, b in pairs:
            tally.add(milestone(a, mark), milestone(b, mark))
        return tally.paired(self._confidence)


def _missed(outcome: Outcome) -> int:
    return sum(limit.verdict == "missed" for limit in outcome.limits)


def _together(names: Iterable[str], measures: Mapping[str, Improvement]) -> dict[str, Any]:
    return {path: value for name in names for path, value in measures[name].set.items()}


# --- which sets there are, and the best of them


def _agree(names: Sequence[str], measures: Mapping[str, Improvement]) -> bool:
    """Whether no two of them set one path to different values."""
    put: dict[str, Any] = {}
    pairs = (pair for name in names for pair in measures[name].set.items())
    return all(put.setdefault(path, value) == value for path, value in pairs)


def _affordable(
    measures: Mapping[str, Improvement], budget: float, taken: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Every set beyond `taken` that costs no more than `budget` and can be taken together, each in order of name."""
    for name in measures:
        names = (*taken, name)
        if (not taken or name > taken[-1]) and _within(names, measures, budget):
            yield names
            yield from _affordable(measures, budget, names)


def _within(names: Sequence[str], measures: Mapping[str, Improvement], budget: float) -> bool:
    return sum(measures[name].cost for name in names) <= budget + _ROUNDING and _agree(names, measures)


def _sets(measures: Mapping[str, Improvement], budget: float, most: int) -> list[tuple[str, ...]] | None:
    """All sets that the budget allows, or None if there are more than `most`."""
    found: list[tuple[str, ...]] = []
    for names in _affordable(measures, budget):
        if len(found) == most:
            return None
        found.append(names)
    return found


def _best(table: _Table, sets: Sequence[tuple[str, ...]] | None, budget: float, aim: Aim) -> Best:
    if sets is not None:
        options = [table.option(names) for names in ((), *sets)]
        return Best(aim, _first(options, aim), True, None, table.played)
    option = _first([_stepwise(table, budget, aim), *_alone(table, budget), table.option(())], aim)
    return Best(aim, option, False, _bound(table, budget, aim), table.played)


def _first(options: Iterable[Option], aim: Aim) -> Option:
    """The one that buys most; of equal ones the cheapest, then the smallest, then by name."""
    return min(options, key=lambda option: (-option.worth(aim), option.cost, len(option.names), option.names))


def _alone(table: _Table, budget: float) -> list[Option]:
    singles = (table.option(names) for names in _singles(table.measures))
    return [option for option in singles if option.cost <= budget + _ROUNDING]


def _stepwise(table: _Table, budget: float, aim: Aim) -> Option:
    """Add what buys most for its cost beside what is already taken, as long as anything buys more."""
    taken = table.option(())
    while True:
        tried = [
            table.option(names)
            for name in table.measures
            if name not in taken.names
            and _within(names := tuple(sorted((*taken.names, name))), table.measures, budget)
        ]
        better = [option for option in tried if option.worth(aim) > taken.worth(aim)]
        if not better:
            return taken
        base = taken
        taken = min(
            better,
            key=lambda o: (-(o.worth(aim) - base.worth(aim)) / (o.cost - base.cost), o.names),
        )


def _bound(table: _Table, budget: float, aim: Aim) -> float:
    """Fill the budget with what the measures buy by themselves, the best for its cost first and the last in part."""
    total, rest = 0.0, budget
    for option in sorted(_alone(table, budget), key=lambda option: -option.per_cost(aim)):
        if option.worth(aim) <= 0 or rest <= 0:
            break
        share = min(1.0, rest / option.cost)
        total, rest = total + share * option.worth(aim), rest - option.cost
    return total
