"""Every flaw of a scenario's script: what can never happen, what is not asked, what a table cannot manage.

Most of it is read from the script. What depends on how a drill goes is read from two plays of it: the expected one,
and the fastest, in which every draw is as short as it can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.plan.compiled import Inject, Plan
from sim.plan.durations import MINUTE
from sim.record.timeline import Timeline
from sim.review.flaws.flaw import Flaw, in_order
from sim.review.flaws.telling import telling_flaws
from sim.review.flaws.unreachable import unreachable_flaws
from sim.review.flaws.unused import unused_flaws
from sim.review.limits import measure
from sim.review.names import Names, plain

BURST: Final = 3
"""Injects for one unit within `WITHIN` that are more than it can deal with at a table; our own (自定)."""
WITHIN: Final = 5 * MINUTE
MINUTES_EACH: Final = 6
"""Minutes at the table that one inject takes, with its question; our own (自定)."""
LONGEST: Final = 90
"""Minutes that people can sit at a table; our own (自定)."""


def script_flaws(expected: Timeline, fastest: Timeline, *, scripted: bool) -> tuple[Flaw, ...]:
    """Return what is thin in the script of a scenario, the grave first. A `scripted` drill may show its answers."""
    plan = expected.plan
    return in_order(
        [
            *unreachable_flaws(plan),
            *_unasked(plan),
            *_without_part(expected),
            *_bursts(expected),
            *_too_short(fastest),
            *_objectives(plan),
            *unused_flaws(plan),
            *_too_many(plan),
            *(() if scripted else telling_flaws(plan)),
        ]
    )


def _where(inject: Inject, *more: str | int) -> tuple[str | int, ...]:
    return ("injects", inject.id, *more)


def at_table(plan: Plan) -> list[Inject]:
    """Return the injects that the control gives one by one, not those that arrive by themselves in a stream."""
    return [inject for inject in plan.injects if inject.every is None]


def table_minutes(plan: Plan) -> int:
    """Return about how long a drill takes at the table."""
    return MINUTES_EACH * len(at_table(plan))


def _unasked(plan: Plan) -> Iterator[Flaw]:
    for inject in at_table(plan):
        if not inject.expect:
            yield Flaw("S202", "minor", inject.id, values={"title": inject.title}, path=_where(inject))
        if inject.question and not inject.points:
            yield Flaw("S203", "minor", inject.id, values={"title": inject.title}, path=_where(inject, "ask"))


def _without_part(expected: Timeline) -> Iterator[Flaw]:
    """Who sits at the table and is neither told anything, nor expected to act, nor sent."""
    plan = expected.plan
    named = {actor for inject in plan.injects for actor in inject.receivers}
    named |= {each.actor for inject in plan.injects for each in inject.expect}
    named |= {plan.command.actor, plan.command.acting, plan.desk.actor}  # command itself always plays
    sent = {record.unit for record in expected.records if record.stages.keys() & {"ordered", "acknowledged"}}
    for place, actor in enumerate(plan.actors):
        if actor.participation == "参演" and place not in named and actor.name not in sent:
            path = ("participants", actor.name)
            yield Flaw("S204", "minor", actor.name, values={"unit": actor.label}, path=path)


def _bursts(expected: Timeline) -> Iterator[Flaw]:
    plan = expected.plan
    single = {inject.id: inject for inject in at_table(plan)}
    given = [
        (row.t, single[row.inject])
        for row in expected.rows
        if row.event == "inject_given" and row.inject in single
    ]
    for place, actor in enumerate(plan.actors):
        own = [(t, inject) for t, inject in given if place in inject.receivers]
        for begin, _ in own:
            close = [inject for t, inject in own if begin <= t <= begin + WITHIN]
            if len(close) >= BURST:
                values = {"unit": actor.label, "count": len(close), "minutes": WITHIN // MINUTE,
                          "injects": tuple(plain(inject.id) for inject in close)}  # fmt: skip
                yield Flaw("S205", "minor", actor.name, values=values, path=_where(close[-1]))
                break


def _too_short(fastest: Timeline) -> Iterator[Flaw]:
    """Expected actions that come too late even where everything is as fast as it can be."""
    names = Names(fastest.plan)
    for limit in measure(fastest):
        if limit.inject and limit.verdict == "missed" and limit.within is not None:
            yield Flaw(
                "S206", "major", f"{limit.inject}·{limit.duty}.{limit.stop}", duties=(limit.duty,),
                variant="" if limit.actual is not None else "never", path=("injects", limit.inject, "expect"),
                values={"inject": limit.inject, "unit": names.unit(limit.unit), "duty": limit.label,
                        "stage": names.mark(limit.stop), "limit": limit.within / MINUTE,
                        "fastest": limit.passed / MINUTE},
            )  # fmt: skip


def _objectives(plan: Plan) -> Iterator[Flaw]:
    tested = {inject.objective for inject in plan.injects}
    for objective, text in plan.objectives.items():
        if objective not in tested:
            yield Flaw(
                "S207",
                "major",
                objective,
                values={"objective": objective, "text": text},
                path=("objectives", objective),
            )


def _too_many(plan: Plan) -> Iterator[Flaw]:
    count, minutes = len(at_table(plan)), table_minutes(plan)
    if minutes > LONGEST:
        values = {"count": count, "minutes": minutes, "limit": LONGEST, "each": MINUTES_EACH}
        yield Flaw("S209", "minor", "injects", values=values, path=("injects",))
