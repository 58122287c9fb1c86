"""A drill on the bench: played again and again with something changed, always with the same random numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sim.plan.compiled import Plan
from sim.plan.workspace import LoadedRoster, LoadedScenario
from sim.record.manifest import plan_for
from sim.study.executors import Plays, processes, usual_jobs
from sim.study.outcomes import Outcome
from sim.study.replicate import Told
from sim.study.work import make_job


class Bench:
    """Plays one drill with overrides, `n` replications of `seed` each time; `told` hears how many plays are done.

    A variant whose plan is that of the drill as it stands is not played again.
    """

    def __init__(
        self,
        scenario: LoadedScenario,
        roster: LoadedRoster,
        overrides: Mapping[str, Any],
        n: int,
        seed: int,
        plays: Plays,
        told: Told | None,
    ) -> None:
        self.overrides, self.n, self.seed, self.total = dict(overrides), n, seed, n
        self._models, self._plays, self._told, self._done = (roster.model, scenario.model), plays, told, 0
        self.plan = self.compiled({})
        self._usual: tuple[Outcome, ...] | None = None

    def compiled(self, changes: Mapping[str, Any]) -> Plan:
        """Return the plan with `changes`. Raise InputError if they do not fit."""
        return plan_for(*self._models, {**self.overrides, **changes})

    def same(self, plan: Plan) -> bool:
        """Whether `plan` plays as the drill stands, so that what was changed has no part in it."""
        return replace(plan, assumptions=()) == replace(self.plan, assumptions=())

    @property
    def usual(self) -> tuple[Outcome, ...]:
        """The drill as it stands, by number."""
        if self._usual is None:
            self._usual = self._run(self.plan)
        return self._usual

    def play(self, changes: Mapping[str, Any]) -> tuple[Outcome, ...]:
        """Return the replications of the drill with `changes`, by number."""
        plan = self.compiled(changes)
        if self.same(plan):
            if self._usual is not None:
                self._tell(self.n)
            return self.usual
        return self._run(plan)

    def skip(self, plays: int) -> None:
        """Count plays that turned out not to be needed."""
        self._tell(plays)

    def end(self) -> None:
        """Count whatever was thought to be needed and was not."""
        self._tell(max(0, self.total - self._done))

    def _run(self, plan: Plan) -> tuple[Outcome, ...]:
        found: list[Outcome] = []
        for chunk in self._plays.run(make_job(plan, self.seed), range(self.n)):
            found += chunk.outcomes
            self._tell(len(chunk.outcomes))
        return tuple(sorted(found, key=lambda outcome: outcome.number))

    def _tell(self, plays: int) -> None:
        self._done += plays
        if self._told is not None:
            self._told(self._done, self.total)


@contextmanager
def bench(
    scenario: LoadedScenario,
    roster: LoadedRoster,
    *,
    n: int,
    seed: int,
    overrides: Mapping[str, Any] | None,
    jobs: int | None,
    told: Told | None,
    executor: Plays | None,
) -> Iterator[Bench]:
    """Give a bench with `executor`, or with `jobs` processes of its own (default: every core)."""
    given = dict(overrides or {})
    if executor is not None:
        yield Bench(scenario, roster, given, n, seed, executor, told)
        return
    with processes(min(usual_jobs() if jobs is None else jobs, n)) as plays:
        yield Bench(scenario, roster, given, n, seed, plays, told)
