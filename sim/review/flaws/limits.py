"""Limits: duties that have none, and limits that not even the fastest way meets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sim.plan.compiled import Duty, Norm, Plan
from sim.plan.durations import MINUTE
from sim.review.flaws.flaw import Flaw
from sim.review.flaws.paper import Paper
from sim.words import say
from sim.words.flaws import MARKS

_STAGES: Final = ("triggered", "ordered", "acknowledged", "departed", "arrived", "started", "finished")


def limit_flaws(paper: Paper) -> Iterator[Flaw]:
    """Yield one flaw for all duties without a limit, then those limits that nobody can meet."""
    yield from _unlimited(paper)
    for norm, far in zip(paper.plan.norms, paper.far.norms, strict=True):
        ways = [
            way
            for plan, each in ((paper.plan, norm), (paper.far, far))
            if (way := fastest(plan, each)) is not None
        ]
        if norm.within is not None and ways and max(ways) > norm.within:
            everywhere = min(ways) > norm.within
            yield Flaw(
                "P113", "major" if norm.judged and everywhere else "minor", norm.id, (norm.basis,),
                "" if everywhere else "far", (paper.plan.duties[norm.duty].id,) if norm.duty >= 0 else (),
                {"norm": norm.label, "limit": norm.within / MINUTE,
                 "fastest": (min if everywhere else max)(ways) / MINUTE},
            )  # fmt: skip


def _unlimited(paper: Paper) -> Iterator[Flaw]:
    plan = paper.plan
    limited = {norm.duty for norm in plan.norms if norm.duty >= 0}
    marks = {mark for norm in plan.norms for mark in (norm.since, norm.by)}
    without = [
        duty for place, duty in enumerate(plan.duties)
        if place not in limited and not any(f"{duty.id}.{stage}" in marks for stage in _STAGES)
    ]  # fmt: skip
    if without:
        counts = Counter(duty.actor for duty in without)
        units = tuple(
            {
                lang: say(MARKS, "unit-count", lang, unit=plan.actors[actor].label[lang], count=count)
                for lang in ("zh", "en")
            }
            for actor, count in sorted(counts.items())
        )
        yield Flaw(
            "P112", "minor", "norms", duties=tuple(duty.id for duty in without),
            values={"count": len(without), "total": len(plan.duties), "units": units},
        )  # fmt: skip


def fastest(plan: Plan, norm: Norm) -> int | None:
    """Return the fewest ticks from where a norm starts to where it stops, everybody at home and nothing in the way.

    None where the norm is not about the stages of one duty, a step of the desk or a report.
    """
    if norm.duty >= 0:
        return fastest_duty(plan, plan.duties[norm.duty], norm.start, norm.stop)
    if norm.start != "triggered" or norm.stop != "finished":
        return None
    head, _, name = norm.step.partition(".")
    if head == "desk":
        length = getattr(plan.desk, name, None)
        return None if length is None else int(length.at(0.0))
    reports = (
        [report for report in plan.arrangements.reports if report.id == name] if head == "report" else []
    )
    return reports[0].draft.at(0.0) + reports[0].send.at(0.0) if reports else None


def fastest_duty(plan: Plan, duty: Duty, start: str, stop: str) -> int | None:
    """Return the fewest ticks between two stages of a duty; None where work has no end of its own."""
    if stop == "finished" and duty.form in ("sustained", "repeated"):
        return None
    actor = plan.actors[duty.actor]
    call = 0 if duty.alarm or not actor.channels else min(c.answered.at(0.0) for c in actor.channels)
    lengths = {
        "ordered": call,
        "acknowledged": actor.acknowledge.at(0.0),
        "departed": actor.muster_duty.at(0.0) if duty.at_scene else 0,
        "arrived": actor.travel.at(0.0) if duty.at_scene else 0,
        "started": duty.setup.at(0.0),
        "finished": duty.time.at(0.0),
    }
    first, last = _STAGES.index(start), _STAGES.index(stop)
    return sum(lengths[stage] for stage in _STAGES[first + 1 : last + 1])
