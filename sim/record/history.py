"""What was drilled when: a table with a day and a scenario in each row, as an office keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from sim.errors import InputError, Problem
from sim.plan.validation import nearest
from sim.record.dates import read_day
from sim.record.tables import Cell, Sheet, plain, read_sheet

HEADS: Final = {
    "date": ("日期", "演练日期", "演练时间", "时间", "date", "day"),
    "scenario": ("情景", "情景编号", "演练情景", "演练名称", "scenario", "scenario id"),
}


class Held(NamedTuple):
    """A drill that was held."""

    day: date
    scenario: str


def read_history(path: str | Path, scenarios: Mapping[str, str], today: date) -> tuple[Held, ...]:
    """Return the drills in the table at `path`.

    `scenarios` maps what a scenario may be called (its id, its titles) to its id. Raise InputError with every row that
    cannot be used: a day that is none or lies after `today`, a scenario that nobody knows.
    """
    sheet = read_sheet(path, HEADS, ("date", "scenario"))
    ids = {plain(name): one for name, one in scenarios.items()}
    held, problems = [], []
    for row in sheet.rows:
        day, faults = held_on(sheet, row["date"], today)
        scenario = ids.get(plain(row["scenario"].text))
        if scenario is None:
            faults = [*faults, _unknown(sheet, row["scenario"], scenarios)]
        problems += sorted(faults, key=lambda fault: (fault.line, fault.column))
        if day is not None and scenario is not None:
            held.append(Held(day, scenario))
    if problems:
        raise InputError(problems)
    return tuple(held)


def held_on(sheet: Sheet, cell: Cell, today: date) -> tuple[date | None, list[Problem]]:
    """Return the day of a drill that was held, or None and why not."""
    day = read_day(cell.text)
    if not cell.text:
        return None, [sheet.problem("table-empty-cell", cell, names=list(HEADS["date"]))]
    if day is None:
        return None, [sheet.problem("table-date", cell)]
    if day > today:
        return None, [sheet.problem("history-future", cell, today=today.isoformat())]
    return day, []


def _unknown(sheet: Sheet, cell: Cell, scenarios: Mapping[str, str]) -> Problem:
    if not cell.text:
        return sheet.problem("table-empty-cell", cell, names=list(HEADS["scenario"]))
    return sheet.problem("history-scenario", cell, near=nearest(cell.text, scenarios))
