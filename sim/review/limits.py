"""Every norm and expected action measured on a drill's tasks, or between two of its events: met, missed, shown, or not
evaluated (未评). A norm that binds only under a condition is measured only where that ever truly held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sim.plan.compiled import Expected, Inject, Label, Norm
from sim.plan.conditions import Condition
from sim.plan.durations import MINUTE
from sim.record.events import names_of
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row, Timeline
from sim.review.moments import moments
from sim.review.names import Names, plain
from sim.review.replay import Change, intervals, truth_changes

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
    text: str = ""  # what the source says, for a limit without minutes

    @property
    def over(self) -> int:
        """Ticks beyond the limit."""
        return max(0, self.passed - (self.within or 0))

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
    events = _first_events(timeline)
    for norm in _binding(timeline, closed):
        duty = timeline.plan.duties[norm.duty].id if norm.duty >= 0 else norm.step
        done = [record for record in timeline.records if duty and record.task.rpartition("#")[0] == duty]
        yield from (_norm_on(norm, record, closed, names) for record in done)
        if norm.since and norm.by:
            yield _between(timeline, norm, events, closed)
        elif not done and _not_arranged(timeline, norm):
            yield from _never_made(timeline, norm, closed)


def _binding(timeline: Timeline, closed: int) -> Iterator[Norm]:
    """The norms that bind in this drill: those without a condition, and those whose condition ever truly held."""
    plan, changes = timeline.plan, None
    for norm in plan.norms:
        if norm.when is not None:
            changes = truth_changes(timeline) if changes is None else changes
            if not _ever(norm.when, timeline, changes, closed):
                continue
        yield norm


def _ever(when: Condition, timeline: Timeline, changes: tuple[Change, ...], closed: int) -> bool:
    sure = (True,) * len(timeline.plan.facts)
    return bool(intervals(lambda _, values: when.test(values, sure), timeline.plan, changes, closed))


def _first_events(timeline: Timeline) -> dict[str, Row]:
    """The first row of each event that a norm measures from or to."""
    wanted = {event for norm in timeline.plan.norms for event in (norm.since, norm.by) if event}
    first: dict[str, Row] = {}
    for row in timeline.rows if wanted else ():
        for name in names_of(row):
            if name in wanted:
                first.setdefault(name, row)
    return first


def _between(timeline: Timeline, norm: Norm, events: dict[str, Row], closed: int) -> Limit:
    since, by = events.get(norm.since), events.get(norm.by)
    begin = since.t if since else None
    actual = max(0, by.t - since.t) if since and by else None
    passed = 0 if begin is None else closed - begin if actual is None else actual
    verdict, reason = _judge(begin, norm.within, actual, passed, "")
    unit = norm.who or next((row.unit for row in (by, since) if row is not None and row.unit), "")
    office = timeline.plan.actors[timeline.plan.command.actor].name
    return Limit(
        norm.id, norm.label, unit or office, "", "", "", norm.since, norm.by, begin, norm.within, actual,
        _shown(norm, verdict), reason, norm.basis, norm.status,
        tuple(row.seq for row in (since, by) if row is not None), passed=passed, text=norm.text,
    )  # fmt: skip


def _not_arranged(timeline: Timeline, norm: Norm) -> bool:
    """Whether a norm is on a report that this office, which does arrange its reports, has no place for."""
    reports = timeline.plan.arrangements.reports
    return bool(reports) and norm.step.startswith("report.") and norm.step[7:] not in {r.id for r in reports}


def _never_made(timeline: Timeline, norm: Norm, closed: int) -> Iterator[Limit]:
    """The limit on a report that nobody makes, from when the office knew that it was due."""
    office = timeline.plan.actors[timeline.plan.command.actor].name
    known = _known_since(timeline, norm.when) if norm.when is not None else None
    if known is not None:
        begin, seq = known
        passed = closed - begin
        verdict, reason = _judge(begin, norm.within, None, passed, "")
        yield Limit(
            norm.id, norm.label, office, norm.step, "", "", norm.start, norm.stop, begin, norm.within, None,
            _shown(norm, verdict), reason, norm.basis, norm.status, (seq,), passed=passed, text=norm.text,
        )  # fmt: skip


def _known_since(timeline: Timeline, when: Condition) -> tuple[int, int] | None:
    """When the office first knew a condition to hold, and the row: the desk until activation, then headquarters."""
    plan = timeline.plan
    place = {fact.id: number for number, fact in enumerate(plan.facts)}
    office, hq = (plan.actors[actor].name for actor in (plan.desk.actor, plan.command.actor))
    pictures = {
        name: ([fact.default for fact in plan.facts], [False] * len(plan.facts)) for name in (office, hq)
    }
    for row in timeline.rows:
        if row.event == "activated":
            office = hq
        elif row.event in ("learnt", "told") and row.unit in pictures:
            values, known = pictures[row.unit]
            for fact, value in row.detail["facts"].items():
                values[place[fact]], known[place[fact]] = value, True
        else:
            continue
        if when.test(*pictures[office]):
            return row.t, row.seq
    return None


def _shown(norm: Norm, verdict: Verdict) -> Verdict:
    """What is only shown beside the times is not judged."""
    return "shown" if verdict in ("met", "missed") and not norm.judged else verdict


def _norm_on(norm: Norm, record: TaskRecord, closed: int, names: Names) -> Limit:
    begin = _begin(norm.start, record, names)
    reached = record.stages.get(norm.stop)
    stop = record.end if record.state == "stood_down" else closed
    actual = None if begin is None or reached is None else reached - begin
    passed = 0 if begin is None else stop - begin if actual is None else actual
    state = "done" if record.state == "finished" else record.state
    verdict, reason = _judge(begin, norm.within, actual, passed, state)
    verdict = _shown(norm, verdict)
    seqs = (record.seqs.get(_stage(norm.start, record)), record.seqs.get(norm.stop))
    return Limit(
        norm.id, norm.label, record.unit, record.duty or norm.step, record.task, record.need,
        norm.start, norm.stop, begin, norm.within, actual, verdict, reason, norm.basis, norm.status,
        tuple(seq for seq in seqs if seq is not None), passed=passed, text=norm.text,
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
