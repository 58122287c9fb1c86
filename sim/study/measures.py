"""What a variation is judged by: the usual time of a milestone, the mean time of a duty's stage, how often a limit is
missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean, median
from typing import Final, Literal, NamedTuple

from sim.errors import InputError, Problem
from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE
from sim.plan.validation import nearest
from sim.study.outcomes import Outcome
from sim.study.pairs import Seen
from sim.study.what_if import MARKS, STAGES, milestone, missed_limits, reached_at

MISSED: Final = "missed:"
"""How the measure of a limit begins, as in ``missed:fire.arrive``."""


class Measure(NamedTuple):
    """One figure of many plays: P50 of a milestone or the mean time of a duty's stage, in minutes from the start; or
    the share of plays in which a limit is missed, of those in which it could be judged.

    What had not come by the close counts as coming then, so that nothing unfinished is dropped.
    """

    kind: Literal["milestone", "duty", "limit"]
    name: str
    stage: str = ""

    @property
    def text(self) -> str:
        """How it is written: ``terminated``, ``crew.rescue.arrived``, ``missed:crew.arrive``."""
        return {"milestone": self.name, "duty": f"{self.name}.{self.stage}"}.get(
            self.kind, MISSED + self.name
        )

    def of(self, outcome: Outcome) -> float | None:
        """Return the value of one play; None where it does not occur in it."""
        if self.kind == "limit":
            found = missed_limits(outcome).get(self.name)
            return None if found is None else float(found)
        if self.kind == "milestone":
            return _minutes([milestone(outcome, self.name)])
        tasks = [task for task in outcome.tasks if task.task.rpartition("#")[0] == self.name]
        return _minutes([reached_at(task, self.stage, outcome) for task in tasks])

    def over(self, values: Iterable[float | None]) -> float | None:
        """Return the figure of many plays; None where it occurs in none of them."""
        known = [value for value in values if value is not None]
        if not known:
            return None
        return median(known) if self.kind == "milestone" else fmean(known)


def _minutes(seen: Sequence[Seen | None]) -> float | None:
    ticks = [one.closed if one.tick is None else one.tick for one in seen if one is not None]
    return fmean(ticks) / MINUTE if ticks else None


def read_measure(text: str, plan: Plan) -> Measure:
    """Return the measure written as `text`. Raise InputError, with one like it, for what the drill does not have."""
    limits = [*(norm.id for norm in plan.norms if norm.judged), *_expected(plan)]
    known = [*MARKS, *(f"{duty.id}.{stage}" for duty in plan.duties for stage in STAGES),
             *(MISSED + limit for limit in limits)]  # fmt: skip
    if text not in known:
        values = {"name": text, "near": nearest(text, known), "known": list(MARKS)}
        raise InputError([Problem("measure-unknown", "--measure", values=values)])
    if text in MARKS:
        return Measure("milestone", text)
    if text.startswith(MISSED):
        return Measure("limit", text.removeprefix(MISSED))
    duty, _, stage = text.rpartition(".")
    return Measure("duty", duty, stage)


def _expected(plan: Plan) -> Iterable[str]:
    """What is expected after an inject, as a study names it."""
    for inject in plan.injects:
        for each in inject.expect:
            if each.duty >= 0:
                yield f"{inject.id}:{plan.duties[each.duty].id}.{each.stage}"
