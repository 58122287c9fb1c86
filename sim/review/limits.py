"""Every norm and expected action measured on a drill's tasks, or between two of its events: met, missed, shown, or not
evaluated (未评). A norm that binds only under a condition is measured only where that ever truly held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from sim.plan.compiled import Expected, Inject, Label, Norm, Plan
from sim.plan.conditions import Condition
from sim.plan.durations import MINUTE
from sim.record.events import events_of, names_of
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row, Timeline
from sim.review.moments import moments
from sim.review.names import plain
from sim.review.replay import Changes, intervals

Verdict = Literal["met", "missed", "shown", "not_evaluated"]


class Limit(NamedTuple):
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
    return Limits(timeline.plan).of(timeline.records, timeline.rows, moments(timeline).closed)


class Limits:
    """The limits of one plan, looked up once, to be measured on many drills.

    `reads` are the events whose rows it looks at beside the records of tasks; other rows may be left out.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._named = {
            event: events_of(event) for norm in plan.norms for event in (norm.since, norm.by) if event
        }
        self._naming = frozenset[str]().union(*self._named.values())
        self._alarms = frozenset(duty.id for duty in plan.duties if duty.alarm)
        self._steps = [plan.duties[norm.duty].id if norm.duty >= 0 else norm.step for norm in plan.norms]
        self._unmade = [_not_arranged(plan, norm) for norm in plan.norms]
        whens = [norm.when for norm in plan.norms if norm.when is not None]
        self._changes = {when.text: Changes(plan, when.facts) for when in whens}
        expected = {"inject_given"} if any(inject.expect for inject in plan.injects) else set()
        known = _KNOWN if any(self._unmade) else frozenset()
        self.reads = self._naming.union(expected, known, *(found.reads for found in self._changes.values()))

    def of(self, records: Sequence[TaskRecord], rows: Sequence[Row], closed: int) -> tuple[Limit, ...]:
        """Return every limit on the tasks `records` of a drill that closed at the tick `closed`."""
        return (*self._norms(records, rows, closed), *self._expected(records, rows, closed))

    def _norms(self, records: Sequence[TaskRecord], rows: Sequence[Row], closed: int) -> Iterator[Limit]:
        plan, events = self._plan, self._first_events(rows)
        tasks: dict[str, list[TaskRecord]] = {}
        for record in records:
            tasks.setdefault(record.task.rpartition("#")[0], []).append(record)
        held: dict[str, bool] = {}
        for norm, step, unmade in zip(plan.norms, self._steps, self._unmade, strict=True):
            if norm.when is not None:
                if norm.when.text not in held:
                    held[norm.when.text] = self._ever(norm.when, rows, closed)
                if not held[norm.when.text]:
                    continue
            done = tasks.get(step, ()) if step else ()
            yield from (_norm_on(norm, record, closed, record.duty in self._alarms) for record in done)
            if norm.since and norm.by:
                yield _between(plan, norm, events, closed)
            elif not done and unmade:
                yield from _never_made(plan, rows, norm, closed)

    def _ever(self, when: Condition, rows: Sequence[Row], closed: int) -> bool:
        """Whether a condition ever truly held: only what it depends on need be played again."""
        changes, sure = self._changes[when.text].of(rows), (True,) * len(self._plan.facts)
        return bool(intervals(lambda _, values: when.test(values, sure), self._plan, changes, closed))

    def _first_events(self, rows: Sequence[Row]) -> dict[str, Row]:
        """The first row of each event that a norm measures from or to."""
        first: dict[str, Row] = {}
        for row in rows:
            if row.event in self._naming:
                for name in names_of(row):
                    if name in self._named:
                        first.setdefault(name, row)
        return first

    def _expected(self, records: Sequence[TaskRecord], rows: Sequence[Row], closed: int) -> Iterator[Limit]:
        given = {row.inject: row for row in reversed(rows) if row.event == "inject_given"}
        tasks: dict[str, list[TaskRecord]] = {}
        for record in records:
            tasks.setdefault(record.duty, []).append(record)
        for inject in self._plan.injects:
            for expected in inject.expect if inject.id in given else ():
                yield _expected_on(self._plan, tasks, inject, expected, given[inject.id], closed)


_KNOWN: Final = frozenset(("activated", "learnt", "told"))


def _between(plan: Plan, norm: Norm, events: dict[str, Row], closed: int) -> Limit:
    since, by = events.get(norm.since), events.get(norm.by)
    begin = since.t if since else None
    actual = max(0, by.t - since.t) if since and by else None
    passed = 0 if begin is None else closed - begin if actual is None else actual
    verdict, reason = _judge(begin, norm.within, actual, passed, "")
    unit = norm.who or next((row.unit for row in (by, since) if row is not None and row.unit), "")
    office = plan.actors[plan.command.actor].name
    return Limit(
        norm.id, norm.label, unit or office, "", "", "", norm.since, norm.by, begin, norm.within, actual,
        _shown(norm, verdict), reason, norm.basis, norm.status,
        tuple(row.seq for row in (since, by) if row is not None), passed=passed, text=norm.text,
    )  # fmt: skip


def _not_arranged(plan: Plan, norm: Norm) -> bool:
    """Whether a norm is on a report that this office, which does arrange its reports, has no place for."""
    reports = plan.arrangements.reports
    return bool(reports) and norm.step.startswith("report.") and norm.step[7:] not in {r.id for r in reports}


def _never_made(plan: Plan, rows: Sequence[Row], norm: Norm, closed: int) -> Iterator[Limit]:
    """The limit on a report that nobody makes, from when the office knew that it was due."""
    office = plan.actors[plan.command.actor].name
    known = _known_since(plan, rows, norm.when) if norm.when is not None else None
    if known is not None:
        begin, seq = known
        passed = closed - begin
        verdict, reason = _judge(begin, norm.within, None, passed, "")
        yield Limit(
            norm.id, norm.label, office, norm.step, "", "", norm.start, norm.stop, begin, norm.within, None,
            _shown(norm, verdict), reason, norm.basis, norm.status, (seq,), passed=passed, text=norm.text,
        )  # fmt: skip


def _known_since(plan: Plan, rows: Sequence[Row], when: Condition) -> tuple[int, int] | None:
    """When the office first knew a condition to hold, and the row: the desk until activation, then headquarters."""
    place = {fact.id: number for number, fact in enumerate(plan.facts)}
    office, hq = (plan.actors[actor].name for actor in (plan.desk.actor, plan.command.actor))
    pictures = {
        name: ([fact.default for fact in plan.facts], [False] * len(plan.facts)) for name in (office, hq)
    }
    for row in rows:
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


def _norm_on(norm: Norm, record: TaskRecord, closed: int, alarm: bool) -> Limit:
    first = _stage(norm.start, record)
    begin = record.stages.get(first if alarm else norm.start)
    reached = record.stages.get(norm.stop)
    stop = record.end if record.state == "stood_down" else closed
    actual = None if begin is None or reached is None else reached - begin
    passed = 0 if begin is None else stop - begin if actual is None else actual
    state = "done" if record.state == "finished" else record.state
    verdict, reason = _judge(begin, norm.within, actual, passed, state)
    verdict = _shown(norm, verdict)
    seqs = (record.seqs.get(first), record.seqs.get(norm.stop))
    return Limit(
        norm.id, norm.label, record.unit, record.duty or norm.step, record.task, record.need,
        norm.start, norm.stop, begin, norm.within, actual, verdict, reason, norm.basis, norm.status,
        tuple(seq for seq in seqs if seq is not None), passed=passed, text=norm.text,
    )  # fmt: skip


def _stage(stage: str, record: TaskRecord) -> str:
    """A duty that starts by itself on the alarm has no order: its clock starts when the alarm does."""
    return "triggered" if stage in ("ordered", "acknowledged") and stage not in record.stages else stage


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


def _expected_on(
    plan: Plan,
    tasks: Mapping[str, Sequence[TaskRecord]],
    inject: Inject,
    expected: Expected,
    given: Row,
    closed: int,
) -> Limit:
    unit = plan.actors[expected.actor].name
    if expected.duty < 0:
        return Limit(
            inject.id, plain(expected.text), unit, "", "", "", "inject_given", "", given.t, expected.within,
            None, "not_evaluated", "human", expected.basis, "local", (given.seq,), inject.id,
        )  # fmt: skip
    duty = plan.duties[expected.duty]
    done = [record for record in tasks.get(duty.id, ()) if expected.stage in record.stages]
    first = min(done, key=lambda record: record.stages[expected.stage], default=None)
    actual = None if first is None else max(0, first.stages[expected.stage] - given.t)
    passed = closed - given.t if actual is None else actual
    verdict, reason = _judge(given.t, expected.within, actual, passed, "")
    evidence = (given.seq,) if first is None else (given.seq, first.seqs[expected.stage])
    return Limit(
        inject.id, duty.label, unit, duty.id, first.task if first else "", plan.needs[duty.need].id,
        "inject_given", expected.stage, given.t, expected.within, actual, verdict, reason,
        expected.basis, "local", evidence, inject.id, passed,
    )  # fmt: skip


def minutes_of(ticks: int | None) -> float | None:
    """Return ticks as minutes, None as None."""
    return None if ticks is None else ticks / MINUTE
