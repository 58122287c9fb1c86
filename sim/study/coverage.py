"""Coverage: play scenarios once as expected and many times at random, and find the fewest that reach everything.

The smallest set is exact: a set-cover problem in integers, solved by branch and bound. Of several smallest ones that
one is chosen whose ids come first, so that the order of files means nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sim.plan.compile import compile_plan
from sim.plan.workspace import LoadedRoster, LoadedScenario, list_scenarios, load_roster, read_scenario
from sim.play.engine import Engine, draws_for
from sim.record.timeline import Timeline
from sim.review.coverage import Coverage, Scene, judge, look

SEEDS: Final = 20
"""Random plays of each scenario, with the seeds 1 to this."""
Tell = Callable[[LoadedScenario, int, int], None]


def cover(
    scenarios: Iterable[LoadedScenario] | None = None,
    roster: LoadedRoster | None = None,
    *,
    seeds: int = SEEDS,
    progress: Tell | None = None,
) -> Coverage:
    """Play `scenarios` (without any: every built-in one) and judge every duty of `roster` over them.

    Each is played as expected and with the seeds 1 to `seeds`. `progress` is told the scenario, which play and of how
    many, before each.
    """
    roster = roster or load_roster()
    if scenarios is None:
        scenarios = [read_scenario(file.id, roster) for file in list_scenarios()]
    given = sorted(scenarios, key=lambda scenario: scenario.model.id)
    return judge(roster.model, [_play(scenario, roster, seeds, progress) for scenario in given])


def _play(scenario: LoadedScenario, roster: LoadedRoster, seeds: int, progress: Tell | None) -> Scene:
    plan = compile_plan(roster.model, scenario.model)
    engine = Engine(plan)
    plays = []
    for seed in range(seeds + 1):  # 0 stands for the expected play
        if progress:
            progress(scenario, seed + 1, seeds + 1)
        raw = engine.play(draws_for(seed, 0, expected=not seed))
        plays.append(look(Timeline(plan, engine.rows(raw, "", 0), {}), seed or None))
    return Scene(plan, plays[0], tuple(plays[1:]))


@dataclass(frozen=True, slots=True)
class Step:
    """One scenario of a chosen set: duties that it adds to those before it, and those that no other of them has."""

    scenario: str
    minutes: int
    adds: tuple[str, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A set of scenarios that reaches every duty that can be reached; those that add most come first."""

    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """About how long all of them take at the table."""
        return sum(step.minutes for step in self.steps)

    def as_json(self) -> dict[str, Any]:
        """Return the choice for programs to read."""
        return {
            "minutes": self.minutes,
            "duties": sum(len(step.adds) for step in self.steps),
            "scenarios": [asdict(step) for step in self.steps],
        }


def choose(coverage: Coverage) -> tuple[Choice, Choice]:
    """Return the fewest scenarios that put to work all that any does, and those that take the shortest at the table."""
    covers = {scenario: duties for scenario, duties in coverage.worked.items() if duties}
    minutes = {scene.plan.id: scene.minutes for scene in coverage.scenes}
    fewest, shortest = smallest(covers), smallest(covers, minutes)
    return _choice(fewest, covers, minutes), _choice(shortest, covers, minutes)


def _choice(
    chosen: Collection[str], covers: Mapping[str, Collection[str]], minutes: Mapping[str, int]
) -> Choice:
    left, seen, steps = set(chosen), set[str](), []
    while left:
        best = min(left, key=lambda name: (-len(set(covers[name]) - seen), name))
        left.remove(best)
        others = {duty for name in chosen if name != best for duty in covers[name]}
        steps.append(
            Step(best, minutes[best], tuple(sorted(set(covers[best]) - seen)),
                 tuple(sorted(set(covers[best]) - others)))
        )  # fmt: skip
        seen |= set(covers[best])
    return Choice(tuple(steps))


def smallest(
    covers: Mapping[str, Collection[str]], weights: Mapping[str, int] | None = None
) -> tuple[str, ...]:
    """Return, sorted, the lightest set of names that covers all that any of them covers.

    Without `weights` each counts one. Of several lightest sets that with the fewest names is taken, of these the one
    whose sorted names come first.
    """
    names = sorted(covers)
    many = len(names) + 1  # so that a name more never outweighs a unit of weight less
    costs = [many * (weights[name] if weights else 1) + 1 for name in names]
    rows = {
        frozenset(name for name in names if each in covers[name]) for each in set().union(*covers.values())
    }
    table = [[float(name in row) for name in names] for row in sorted(rows, key=sorted)]
    if not table:
        return ()
    best = _lightest(table, costs, {})
    fixed: dict[int, int] = {}
    for place in range(len(names)):  # the first names that a lightest set can have
        fixed[place] = 1
        if _lightest(table, costs, fixed) != best:
            fixed[place] = 0
    return tuple(name for place, name in enumerate(names) if fixed[place])


def _lightest(table: list[list[float]], costs: list[int], fixed: Mapping[int, int]) -> int | None:
    """Return the least cost of a set that covers every row, some places being fixed; None if there is none."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    low = np.array([fixed.get(place, 0) for place in range(len(costs))])
    high = np.array([fixed.get(place, 1) for place in range(len(costs))])
    found = milp(
        costs, integrality=np.ones(len(costs)), bounds=Bounds(low, high),
        constraints=LinearConstraint(np.array(table), lb=1), options={"mip_rel_gap": 0.0},
    )  # fmt: skip
    return None if found.x is None else round(sum(cost * x for cost, x in zip(costs, found.x, strict=True)))
