"""What a study keeps of one replication: its turning points, its tasks by stage, and every limit with its verdict.

It is read from the engine's own rows, without making a timeline of them; `tests/test_study.py` holds that it says what
the timeline says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from sim.play.engine import Engine
from sim.play.recorder import ACTOR, EVENT, SEQ, TASK, WAITS, Raw, T
from sim.record.tasks import ASIDE, STAGES, TaskRecord, begun
from sim.review.limits import Limit, Limits
from sim.review.moments import RECEPTION

MILESTONES: Final = (
    "reception", "report_up", "activated", "informed", "field_established", "handed_over", "terminated", "closed",
)  # fmt: skip
"""The turning points of a drill, each the first of its kind; ``informed`` is when every member has been told of the
response, ``closed`` where the drill was cut off."""
_MARKS: Final = {"started": "reception", "drill_closed": "closed"} | {
    name: name for name in MILESTONES[1:-1] if name != "informed"
}
"""Which event each of them is; `RECEPTION` says which start is the reception."""
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


class Reader:
    """Reads what is kept of a play from the engine's rows, its plan looked up once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._limits = Limits(engine.plan)
        self._members = {place for place, actor in enumerate(engine.plan.actors) if actor.kind == "unit"}

    def read(self, number: int, raw: Sequence[Raw]) -> Outcome:
        """Return what is kept of the play `raw` of replication `number`."""
        ticks, records = _ticks(raw), self._records(raw)
        if (told := self._all_told(raw)) is not None:
            ticks["informed"] = told
        closed = ticks.setdefault("closed", self._engine.plan.horizon)
        reads, named = self._limits.reads, self._engine.row
        limits = self._limits.of(records, [named(row) for row in raw if row[EVENT] in reads], closed)
        return Outcome(
            number,
            "",
            tuple(ticks.get(name) for name in MILESTONES),
            tuple(TaskTimes(r.task, r.state, tuple(map(r.stages.get, ENDS))) for r in records),
            tuple(_judged(limits)),
        )

    def _all_told(self, raw: Iterable[Raw]) -> int | None:
        """When the last of the members was told of the response, None if some never were."""
        open_ = set(self._members)
        for row in raw:
            if row[EVENT] == "informed":
                open_.discard(row[ACTOR])
                if not open_:
                    return row[T]  # type: ignore[no-any-return]
        return None

    def _records(self, raw: Iterable[Raw]) -> list[TaskRecord]:
        """What `sim.record.tasks.collect` finds, as far as limits and outcomes ask: without what fills the time."""
        found: dict[str, TaskRecord] = {}
        for row in raw:
            task, event = row[TASK], row[EVENT]
            if task and event not in ASIDE:
                record = found.get(task)
                if record is None:
                    record = found[task] = begun(self._engine.row(row))
                record.take(event, row[T], row[SEQ], row[WAITS])
        return [*found.values()]


def name_of(limit: Limit) -> str:
    """Return what a study calls a limit: a norm by its id, an expected action as ``I03:duty.stage``."""
    return f"{limit.inject}:{limit.duty}.{limit.stop}" if limit.inject and limit.duty else limit.norm


def outcome_of(engine: Engine, number: int, raw: Sequence[Raw]) -> Outcome:
    """Return what is kept of one play; a `Reader` is quicker for many."""
    return Reader(engine).read(number, raw)


def _ticks(raw: Iterable[Raw]) -> dict[str, int]:
    """When the drill came to each of its milestones, as `sim.review.moments` says it."""
    found: dict[str, int] = {}
    for row in raw:
        name = _MARKS.get(row[EVENT])
        if (
            name is not None
            and name not in found
            and (name != "reception" or row[TASK].startswith(RECEPTION))
        ):
            found[name] = row[T]
    return found


def _judged(limits: Iterable[Limit]) -> Iterator[Judged]:
    """Every limit once: of an expected action with its duty and stage, so that two of one inject stay apart."""
    for limit in limits:
        if limit.verdict != "not_evaluated" or limit.reason in ("clock", "stood_down"):
            name = name_of(limit)
            yield Judged(name, limit.task, limit.verdict, limit.reason, limit.within, limit.passed)
