"""What a study keeps of one replication: its turning points, its tasks by stage, and every limit with its verdict.

It is read from the engine's own rows, without making a timeline of them; `tests/test_study.py` holds that it says what
the timeline says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sim.play.engine import Engine
from sim.record.tasks import STAGES
from sim.record.timeline import Timeline
from sim.review.limits import Limit, measure
from sim.review.moments import moments

MILESTONES: Final = (
    "reception", "report_up", "activated", "field_established", "handed_over", "terminated", "closed",
)  # fmt: skip
"""The turning points of a drill, each the first of its kind; ``closed`` is where it was cut off."""
ENDS: Final = (*STAGES, "stood_down")
"""The stages of a task that are kept, in ticks from the start of the drill."""


class TaskTimes(NamedTuple):
    """One task of one replication: its state at the end and the tick of each of `ENDS`, None where not reached."""

    task: str
    state: str
    ticks: tuple[int | None, ...]


class Judged(NamedTuple):
    """One limit of one replication.

    `norm` is the id of a norm, or of an inject with what was expected; `passed` are the ticks that went by, to the
    stage or to the close; `over` those beyond the limit; `within` is None where the source sets no minutes.
    """

    norm: str
    task: str
    verdict: str
    reason: str
    within: int | None
    passed: int


class Outcome(NamedTuple):
    """One replication. With an `error` there is nothing else; `numbers` are the ticks of `MILESTONES`."""

    number: int
    error: str = ""
    milestones: tuple[int | None, ...] = ()
    tasks: tuple[TaskTimes, ...] = ()
    limits: tuple[Judged, ...] = ()


def outcome_of(engine: Engine, number: int, raw: Sequence[Any]) -> Outcome:
    """Return what is kept of the play `raw` of replication `number`."""
    timeline = Timeline(engine.plan, engine.rows(list(raw), "", number), {})
    turning = moments(timeline)
    first = {
        row.event: row.t
        for row in reversed(timeline.rows)
        if row.event in ("field_established", "handed_over")
    }
    found = {name: row.t for name in ("reception", "report_up", "activated", "terminated")
             if (row := getattr(turning, name)) is not None}  # fmt: skip
    ticks = {**found, **first, "closed": turning.closed}
    return Outcome(
        number,
        "",
        tuple(ticks.get(name) for name in MILESTONES),
        tuple(
            TaskTimes(r.task, r.state, tuple(r.stages.get(stage) for stage in ENDS)) for r in timeline.records
        ),
        tuple(_judged(timeline)),
    )


def name_of(limit: Limit) -> str:
    """Return what a study calls a limit: a norm by its id, an expected action as ``I03:duty.stage``."""
    return f"{limit.inject}:{limit.duty}.{limit.stop}" if limit.inject and limit.duty else limit.norm


def _judged(timeline: Timeline) -> list[Judged]:
    """Every limit once: of an expected action with its duty and stage, so that two of one inject stay apart."""
    found = []
    for limit in measure(timeline):
        name = name_of(limit)
        if limit.verdict != "not_evaluated" or limit.reason in ("clock", "stood_down"):
            found.append(Judged(name, limit.task, limit.verdict, limit.reason, limit.within, limit.passed))
    return found
