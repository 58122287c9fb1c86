"""Every norm and expected action measured on a drill's tasks: met, missed, shown, or not evaluated (未评)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sim.plan.compiled import Expected, Inject, Label, Norm
from sim.plan.durations import MINUTE
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row, Timeline
from sim.review.moments import moments
from sim.review.names import Names, plain

Verdict = Literal["met", "missed", "shown", "not_evaluated"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit on one task. Times in ticks; `actual` is None where the stage was not reached.

    `reason` says why it was not evaluated: the clock was running at the close (clock), the text sets no
    minutes (no_minutes), a person must judge (human), the task was stood down in time (stood_down) or done
    without this stage (no_stage), or the clock never began (not_begun).
    """

    norm: str
    label: Label
    unit: str
    duty: str
    task: str
    need: str
    start: str
    stop: str
    begin: int | None
    within: int | None
    actual: int | None
    verdict: Verdict
    reason: str
    basis: str
    status: str
    evidence: tuple[int, ...]
    inject: str = ""
    passed: int = 0  # ticks from the beginning to the stage, the stand-down or the close

    @property
    def share(self) -> float:
        """What part of the limit was used, 1.0 being all of it; the time passed where it never ended."""
        return (self.passed if self.actual is None else self.actual) / self.within if self.within else 0.0


def measure(timeline: Timeline) -> tuple[Limit, ...]:
    """Return every limit of the plan and of its injects on every task it speaks of."""
    closed = moments(timeline).closed
    names = Names(timeline.plan)
    return (*_norms(timeline, closed, names), *_expected(timeline, closed, names))


def _norms(timeline: Timeline, closed: int, names: Names) -> Iterator[Limit]:
    for norm in timeline.plan.norms:
        duty = timeline.plan.duties[norm.duty].id if norm.duty >= 0 else norm.step
        for record in timeline.records:
            if duty and record.task.rpartition("#")[0] == duty:
                yield _norm_on(norm, record, closed, names)


def _norm_on(norm: Norm, record: TaskRecord, closed: int, names: Names) -> Limit:
    begin = _begin(norm.start, record, names)
    reached = record.stages.get(norm.stop)
    stop = record.end if record.state == "stood_down" else closed
    actual = None if begin is None or reached is None else reached - begin
    passed = 0 if begin is None else stop - begin if actual is None else actual
    state = "done" if record.state == "finished" else record.state
    verdict, reason = _judge(begin, norm.within, actual, passed, state)
    if verdict in ("met", "missed") and not norm.judged:
        verdict = "shown"
    seqs = (record.seqs.get(_stage(norm.start, record)), record.seqs.get(norm.stop))
    return Limit(
        norm.id, norm.label, record.unit, record.duty or norm.step, record.task, record.need,
        norm.start, norm.stop, begin, norm.within, actual, verdict, reason, norm.basis, norm.status,
        tuple(seq for seq in seqs if seq is not None), passed=passed,
    )  # fmt: skip


def _stage(stage: str, record: TaskRecord) -> str:
    """A duty that starts by itself on the alarm has no order: its clock starts when the alarm does."""
    return "triggered" if stage in ("ordered", "acknowledged") and stage not in record.stages else stage


def _begin(stage: str, record: TaskRecord, names: Names) -> int | None:
    duty = names.duties.get(record.duty)
    return record.stages.get(_stage(stage, record) if duty is not None and duty.alarm else stage)


def _judge(
    begin: int | None, within: int | None, actual: int | None, passed: int, state: str
) -> tuple[Verdict, str]:
    if begin is None or (actual is None and state == "done"):
        return "not_evaluated", "not_begun" if begin is None else "no_stage"
    if within is None:
        return "not_evaluated", "no_minutes"
    if actual is not None:
        return ("met" if actual <= within else "missed"), ""
    if passed > within:
        return "missed", ""
    return "not_evaluated", "stood_down" if state == "stood_down" else "clock"


def _expected(timeline: Timeline, closed: int, names: Names) -> Iterator[Limit]:
    given = {row.inject: row for row in reversed(timeline.rows) if row.event == "inject_given"}
    for inject in timeline.plan.injects:
        for expected in inject.expect if inject.id in given else ():
            yield _expected_on(timeline, inject, expected, given[inject.id], closed, names)


def _expected_on(
    timeline: Timeline, inject: Inject, expected: Expected, given: Row, closed: int, names: Names
) -> Limit:
    unit = timeline.plan.actors[expected.actor].name
    if expected.duty < 0:
        return Limit(
            inject.id, plain(expected.text), unit, "", "", "", "inject_given", "", given.t, expected.within,
            None, "not_evaluated", "human", expected.basis, "local", (given.seq,), inject.id,
        )  # fmt: skip
    duty = timeline.plan.duties[expected.duty]
    done = [r for r in timeline.records if r.duty == duty.id and expected.stage in r.stages]
    first = min(done, key=lambda record: record.stages[expected.stage], default=None)
    actual = None if first is None else max(0, first.stages[expected.stage] - given.t)
    passed = closed - given.t if actual is None else actual
    verdict, reason = _judge(given.t, expected.within, actual, passed, "")
    evidence = (given.seq,) if first is None else (given.seq, first.seqs[expected.stage])
    return Limit(
        inject.id, duty.label, unit, duty.id, first.task if first else "", timeline.plan.needs[duty.need].id,
        "inject_given", expected.stage, given.t, expected.within, actual, verdict, reason,
        expected.basis, "local", evidence, inject.id, passed,
    )  # fmt: skip


def minutes_of(ticks: int | None) -> float | None:
    """Return ticks as minutes, None as None."""
    return None if ticks is None else ticks / MINUTE
