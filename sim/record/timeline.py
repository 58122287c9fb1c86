"""The timeline: the event log of one drill, whether it was played, conducted or imported.

Everything meets here: the review reads it, the charts draw it, the papers quote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE
from sim.record.events import COLUMNS
from sim.record.tasks import TaskRecord, collect
from sim.words.display import Shown

if TYPE_CHECKING:
    import pandas as pd


class Row(NamedTuple):
    """One event. `t` is in ticks of 1/1000 minute from the start; `cause` is the seq of the row that led to it.

    Empty text means that the column does not apply; `detail` holds what only this kind of event has.
    """

    run: str
    replication: int
    seq: int
    t: int
    clock: str
    phase: str
    event: str
    unit: str
    duty: str
    task: str
    need: str
    inject: str
    cause: int | None
    waits_for: str
    detail: Mapping[str, Any]


class Timeline(Shown):
    """The rows of one drill with the plan they belong to and the manifest that proves them.

    `events` and `tasks` give pandas DataFrames (one row an event, one a task; times in minutes); `rows` and
    `records` give the same without pandas.
    """

    def __init__(self, plan: Plan, rows: Iterable[Row], manifest: Mapping[str, Any]) -> None:
        self.plan = plan
        self.rows: tuple[Row, ...] = tuple(rows)
        self.manifest: Mapping[str, Any] = manifest

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<Timeline of {self.plan.id}: {len(self.rows)} rows, {len(self.records)} tasks>"

    @cached_property
    def records(self) -> tuple[TaskRecord, ...]:
        """Every task of the drill, in order of its first row."""
        return collect(self.rows)

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row an event, in the columns of `sim.record.events.COLUMNS`; `t` in minutes."""
        import pandas as pd

        table = pd.DataFrame(self.rows, columns=list(COLUMNS))
        table["t"] = table["t"] / MINUTE
        table["cause"] = table["cause"].astype("Int64")
        return table

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """One row a task: its stages and waits in minutes (missing where not reached), its state at the end."""
        import pandas as pd

        return pd.DataFrame([record.as_row() for record in self.records], columns=list(TaskRecord.columns()))


def clock_at(start: datetime, t: int) -> str:
    """Return the wall clock `t` ticks after `start`, to the second, with its zone."""
    return (start + timedelta(seconds=t * 60 // MINUTE)).isoformat(timespec="seconds")


def minutes(t: int) -> str:
    """Return ticks as minutes with exactly three decimals."""
    return f"{t // MINUTE}.{t % MINUTE:03d}"
