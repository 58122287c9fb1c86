"""Which local assumption drives a result: one at a time (tornado), by elementary effects (Morris), by shares of the
variance (Sobol). So the office knows what to measure with a stopwatch first.

Every play uses the same random numbers, so that what differs is the doing of the assumption alone. The samples and the
indices are those of SALib, which is imported when it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final, NamedTuple

from sim.plan.assume import assume
from sim.plan.durations import MINUTE
from sim.plan.factors import Factor, How, list_factors
from sim.plan.workspace import LoadedRoster, LoadedScenario, load_roster
from sim.study.bench import Bench, bench
from sim.study.executors import Plays
from sim.study.measures import Measure, read_measure
from sim.study.outcomes import Outcome
from sim.study.replicate import SEED, Told
from sim.words.display import Shown

LOW, HIGH = 0.5, 1.5
"""How far an assumption is varied: from half as long to half as long again."""
_UNSURE: Final = frozenset(("guess", "expert"))
"""Grades of what nobody has measured and no standard says."""


class Bar(NamedTuple):
    """One assumption at both ends: the values put in, the figures that came out (None: it did not occur), and in what
    share of the plays the two ends differ at all."""

    factor: Factor
    low_value: Any
    high_value: Any
    low: float | None
    high: float | None
    moved: float

    @property
    def swing(self) -> float:
        """How far apart the figures of both ends are."""
        return 0.0 if self.low is None or self.high is None else abs(self.high - self.low)


@dataclass(frozen=True, repr=False)
class Tornado(Shown):
    """Every assumption that has a part in the drill, the one with the widest swing first; `unused` have none."""

    measure: Measure
    usual: float | None
    bars: tuple[Bar, ...]
    unused: tuple[Factor, ...]
    n: int
    failed: int

    def __repr__(self) -> str:
        return f"<Tornado of {self.measure.text}: {len(self.bars)} assumptions, {self.n} plays each>"

    @property
    def to_measure(self) -> tuple[Bar, ...]:
        """What to measure with a stopwatch first: what moves the figure and is no more than an estimate."""
        return tuple(bar for bar in self.bars if bar.swing > 0 and bar.factor.grade in _UNSURE)

    def top(self, count: int) -> tuple[Factor, ...]:
        """Return the factors of the `count` widest bars, as `morris` and `sobol` take them."""
        return tuple(bar.factor for bar in self.bars[:count] if bar.swing > 0)


def tornado(
    scenario: LoadedScenario,
    roster: LoadedRoster,
    measure: str,
    *,
    n: int = 100,
    seed: int = SEED,
    overrides: Mapping[str, Any] | None = None,
    factors: Iterable[Factor] | None = None,
    how: How = "scale",
    ends: tuple[float, float] = (LOW, HIGH),
    jobs: int | None = None,
    told: Told | None = None,
    executor: Plays | None = None,
) -> Tornado:
    """Vary one assumption after another to both `ends` and see how far `measure` goes.

    `measure` is written as `read_measure` reads it; `factors` are by default all of the drill. Raise InputError for a
    measure that the drill does not have.
    """
    chosen = factors_of(scenario, roster, overrides) if factors is None else tuple(factors)
    with bench(
        scenario, roster, n=n, seed=seed, overrides=overrides, jobs=jobs, told=told, executor=executor
    ) as on:
        wanted = read_measure(measure, on.plan)
        on.total = n * (1 + 2 * len(chosen))
        usual = _values(on.usual, wanted)
        tried = [_bar(on, factor, wanted, how, ends) for factor in chosen]
    bars = sorted((bar for bar, _ in tried if bar), key=lambda bar: (-bar.swing, -bar.moved, bar.factor.path))
    unused = tuple(factor for factor, (bar, _) in zip(chosen, tried, strict=True) if bar is None)
    failed = sum(bool(outcome.error) for outcome in on.usual) + sum(failures for _, failures in tried)
    return Tornado(wanted, wanted.over(usual), tuple(bars), unused, n, failed)


def factors_of(
    scenario: LoadedScenario, roster: LoadedRoster, overrides: Mapping[str, Any] | None = None
) -> tuple[Factor, ...]:
    """Return what can be varied in a drill, as it stands with the overrides of its scenario and of this run."""
    return list_factors(assume(roster.model, {**scenario.model.assume, **(overrides or {})}))


def named(factors: Iterable[Factor], only: Sequence[str]) -> tuple[Factor, ...]:
    """Return the factors whose path begins with one of `only`; without any, all of them."""
    return tuple(each for each in factors if not only or each.path.startswith(tuple(only)))


def sensitivity(
    scenario: LoadedScenario,
    measure: str = "terminated",
    roster: LoadedRoster | None = None,
    *,
    only: Sequence[str] = (),
    n: int = 20,
    seed: int = SEED,
    jobs: int | None = None,
) -> Tornado:
    """Vary the assumptions of `scenario` one by one and rank them by how far `measure` goes.

    `only` are the beginnings of paths, such as ``desk.`` and ``calls.``. Raise InputError for a measure that
    the drill does not have.
    """
    roster = roster or load_roster()
    return tornado(
        scenario,
        roster,
        measure,
        n=n,
        seed=seed,
        jobs=jobs,
        factors=named(factors_of(scenario, roster), only),
    )


def _bar(
    on: Bench, factor: Factor, measure: Measure, how: How, ends: tuple[float, float]
) -> tuple[Bar | None, int]:
    values = [factor.at(end, how) for end in ends]
    if all(on.same(on.compiled({factor.path: value})) for value in values):
        on.skip(2 * on.n)
        return None, 0
    played = [on.play({factor.path: value}) for value in values]
    low, high = (_values(outcomes, measure) for outcomes in played)
    moved = fmean(a != b for a, b in zip(low, high, strict=True))
    failed = sum(bool(outcome.error) for outcomes in played for outcome in outcomes)
    return Bar(factor, values[0], values[1], measure.over(low), measure.over(high), moved), failed


def _values(outcomes: Sequence[Outcome], measure: Measure) -> list[float | None]:
    return [None if outcome.error else measure.of(outcome) for outcome in outcomes]


# --- all at once: Morris and Sobol


class Effect(NamedTuple):
    """Morris: `strength` is μ*, the mean size of an elementary effect (the figure's change over the whole range of the
    factor), `signed` is μ, `bent` σ: far from zero where the effect depends on the others or is no straight line.
    `error` is the half width of the interval of `strength`."""

    name: str
    strength: float
    signed: float
    bent: float
    error: float


class Share(NamedTuple):
    """Sobol: the share of the variance that a factor explains `alone`, and in `total` with all its doings together with
    others; with the half widths of their intervals."""

    name: str
    alone: float
    alone_error: float
    total: float
    total_error: float


class Sensitivity(NamedTuple):
    """What Morris or Sobol found, the strongest first; `effects` or `shares` are empty. `points` were played."""

    measure: Measure
    factors: tuple[Factor, ...]
    effects: tuple[Effect, ...]
    shares: tuple[Share, ...]
    points: int
    n: int

    @property
    def to_measure(self) -> tuple[Factor, ...]:
        """What to measure with a stopwatch first: what moves the figure and is no more than an estimate."""
        known = {factor.path: factor for factor in self.factors}
        strong = [effect.name for effect in self.effects if effect.strength > 0]
        strong += [share.name for share in self.shares if share.total > 0]
        return tuple(known[name] for name in strong if known[name].grade in _UNSURE)


Function = Callable[[Sequence[float]], float]


def morris_of(
    function: Function, bounds: Mapping[str, tuple[float, float]], trajectories: int, seed: int = SEED
) -> tuple[Effect, ...]:
    """Return the elementary effects of `function` (Morris 1991; μ* after Campolongo 2007), the strongest first.

    It is called `trajectories` × (number of factors + 1) times.
    """
    from SALib.analyze import morris as analyse
    from SALib.sample import morris as sample

    problem = _problem(bounds)
    points = sample.sample(problem, trajectories, num_levels=4, seed=seed)
    found = analyse.analyze(problem, points, _answers(function, points), num_levels=4, seed=seed)
    columns = (found[key] for key in ("mu_star", "mu", "sigma", "mu_star_conf"))
    effects = [Effect(*row) for row in zip(bounds, *(map(float, column) for column in columns), strict=True)]
    return tuple(sorted(effects, key=lambda effect: (-effect.strength, effect.name)))


def sobol_of(
    function: Function, bounds: Mapping[str, tuple[float, float]], base: int, seed: int = SEED
) -> tuple[Share, ...]:
    """Return the first-order and total indices of `function` (Saltelli 2010), the strongest first.

    It is called `base` × (number of factors + 2) times; `base` is rounded up to a power of two, as Sobol's points ask.
    A function that is the same everywhere has no variance to share: all indices are then 0.
    """
    from SALib.analyze import sobol as analyse
    from SALib.sample import sobol as sample

    problem = _problem(bounds)
    points = sample.sample(problem, power_of_two(base), calc_second_order=False, seed=seed)
    answers = _answers(function, points)
    if (answers == answers[0]).all():
        return tuple(Share(name, 0.0, 0.0, 0.0, 0.0) for name in sorted(bounds))
    found = analyse.analyze(problem, answers, calc_second_order=False, seed=seed)
    columns = (found[key] for key in ("S1", "S1_conf", "ST", "ST_conf"))
    shares = [Share(*row) for row in zip(bounds, *(map(float, column) for column in columns), strict=True)]
    return tuple(sorted(shares, key=lambda share: (-share.total, share.name)))


def power_of_two(count: int) -> int:
    """Return the least power of two that is not below `count`."""
    return 1 << max(0, count - 1).bit_length()


def _problem(bounds: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    ends = [list(ends) for ends in bounds.values()]
    return {"num_vars": len(bounds), "names": list(bounds), "bounds": ends}


def _answers(function: Function, points: Any) -> Any:
    import numpy as np

    return np.array([function([float(value) for value in point]) for point in points])


def morris(
    scenario: LoadedScenario,
    roster: LoadedRoster,
    measure: str,
    factors: Sequence[Factor],
    *,
    trajectories: int = 10,
    n: int = 20,
    seed: int = SEED,
    overrides: Mapping[str, Any] | None = None,
    how: How = "scale",
    ends: tuple[float, float] = (LOW, HIGH),
    jobs: int | None = None,
    told: Told | None = None,
    executor: Plays | None = None,
) -> Sensitivity:
    """Vary `factors` together along `trajectories` and rank them by elementary effects of `measure`.

    Each point is played `n` times. Raise InputError for a measure that the drill does not have.
    """
    points = trajectories * (len(factors) + 1)
    with bench(
        scenario, roster, n=n, seed=seed, overrides=overrides, jobs=jobs, told=told, executor=executor
    ) as on:
        on.total, wanted = n * points, read_measure(measure, on.plan)
        effects = morris_of(
            _figure(on, wanted, factors, how), _bounds(factors, ends), trajectories, seed
        )  # fmt: skip
    return Sensitivity(wanted, tuple(factors), effects, (), points, n)


def sobol(
    scenario: LoadedScenario,
    roster: LoadedRoster,
    measure: str,
    factors: Sequence[Factor],
    *,
    base: int = 64,
    n: int = 20,
    seed: int = SEED,
    overrides: Mapping[str, Any] | None = None,
    how: How = "scale",
    ends: tuple[float, float] = (LOW, HIGH),
    jobs: int | None = None,
    told: Told | None = None,
    executor: Plays | None = None,
) -> Sensitivity:
    """Vary `factors` together over Saltelli's sample and give each its share of the variance of `measure`.

    Each point is played `n` times. Raise InputError for a measure that the drill does not have.
    """
    points = power_of_two(base) * (len(factors) + 2)
    with bench(
        scenario, roster, n=n, seed=seed, overrides=overrides, jobs=jobs, told=told, executor=executor
    ) as on:
        on.total, wanted = n * points, read_measure(measure, on.plan)
        shares = sobol_of(_figure(on, wanted, factors, how), _bounds(factors, ends), base, seed)
    return Sensitivity(wanted, tuple(factors), (), shares, points, n)


def _bounds(factors: Sequence[Factor], ends: tuple[float, float]) -> dict[str, tuple[float, float]]:
    return {factor.path: ends for factor in factors}


def _figure(on: Bench, measure: Measure, factors: Sequence[Factor], how: How) -> Function:
    """The drill as a function of how far each factor is varied; what comes in no play counts as coming at the end."""
    never = 0.0 if measure.kind == "limit" else on.plan.horizon / MINUTE

    def figure(point: Sequence[float]) -> float:
        changes = {factor.path: factor.at(by, how) for factor, by in zip(factors, point, strict=True)}
        found = measure.over(_values(on.play(changes), measure))
        return never if found is None else found

    return figure
