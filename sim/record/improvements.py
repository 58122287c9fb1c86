"""The improvement register (整改台账) as a table: what is open, what it is about, by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, Literal, NamedTuple

from sim.errors import InputError, Problem
from sim.plan.validation import nearest
from sim.record.dates import read_day
from sim.record.tables import Cell, Sheet, plain, read_sheet

HEADS: Final = {
    "problem": ("问题", "存在问题", "problem", "issue"),
    "duty": ("职责", "职责编号", "duty"),
    "need": ("处置需求", "need"),
    "unit": ("责任单位", "单位", "unit", "responsible unit"),
    "deadline": ("完成时限", "时限", "期限", "deadline", "due"),
    "state": ("状态", "state", "status"),
}
OPEN: Final = ("未完成", "未整改", "进行中", "整改中", "逾期", "已完成", "已整改", "待复验", "open", "in progress",
               "overdue", "done", "to retest")  # fmt: skip
"""States of an improvement that a drill has still to retest; so has one without a state."""
CLOSED: Final = (
    "已销号",
    "销号",
    "已关闭",
    "关闭",
    "已复验",
    "已确认",
    "closed",
    "retested",
    "confirmed",
    "dropped",
)
_TARGETS: Final = ("duty", "need", "unit")


class Improvement(NamedTuple):
    """An open improvement and the narrowest thing it says that it is about."""

    problem: str
    kind: Literal["duty", "need", "unit"]
    target: str
    deadline: date | None


class Targets(NamedTuple):
    """What an improvement may be about: names of duties, needs and units, each with its id."""

    duty: Mapping[str, str]
    need: Mapping[str, str]
    unit: Mapping[str, str]


def read_improvements(path: str | Path, targets: Targets) -> tuple[Improvement, ...]:
    """Return the open improvements in the table at `path`. Raise InputError with every one that cannot be used."""
    sheet = read_sheet(path, HEADS, ("problem", "deadline"))
    if sheet.rows and not set(_TARGETS) & set(sheet.rows[0]):
        names = [HEADS[kind][0] for kind in _TARGETS] + list(_TARGETS)
        raise InputError([Problem("improvement-columns", sheet.file, 1, 1, {"names": names})])
    found, problems = [], []
    for row in sheet.rows:
        if _closed(row):
            continue  # whatever it was about
        faults = list(_faults(sheet, row, targets))
        problems += sorted(faults, key=lambda fault: (fault.line, fault.column))
        if not faults:
            found.append(_improvement(row, targets))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _faults(sheet: Sheet, row: Mapping[str, Cell], targets: Targets) -> Iterator[Problem]:
    if not row["problem"].text:
        yield sheet.problem("table-empty-cell", row["problem"], names=list(HEADS["problem"]))
    if row["deadline"].text and read_day(row["deadline"].text) is None:
        yield sheet.problem("table-date", row["deadline"])
    state = row.get("state")
    if state and state.text and plain(state.text) not in map(plain, (*OPEN, *CLOSED)):
        near = nearest(state.text, (*OPEN, *CLOSED))
        yield sheet.problem("improvement-state", state, open=list(OPEN), closed=list(CLOSED), near=near)
    given = [(kind, row[kind]) for kind in _TARGETS if kind in row and row[kind].text]
    for kind, cell in given:
        known: Mapping[str, str] = getattr(targets, kind)
        if _named(cell, known) is None:
            yield sheet.problem(f"improvement-{kind}", cell, near=nearest(cell.text, known))
    if not given:
        yield sheet.problem("improvement-about", row["problem"])


def _named(cell: Cell, known: Mapping[str, str]) -> str | None:
    return next((one for name, one in known.items() if plain(name) == plain(cell.text)), None)


def _closed(row: Mapping[str, Cell]) -> bool:
    return "state" in row and plain(row["state"].text) in map(plain, CLOSED)


def _improvement(row: Mapping[str, Cell], targets: Targets) -> Improvement:
    for kind in _TARGETS:
        target = _named(row[kind], getattr(targets, kind)) if kind in row and row[kind].text else None
        if target is not None:
            return Improvement(row["problem"].text, kind, target, read_day(row["deadline"].text))
    raise AssertionError("a row without faults is about something")
