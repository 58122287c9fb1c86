"""The sheet: units, staffing, muster and travel of a roster as one workbook, written and read back.

A view of `roster/strength.yaml` for people who work in Excel. openpyxl is imported only where a workbook is opened.
"""

from __future__ import annotations

import copy
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from sim.errors import InputError, OutputError, Problem
from sim.plan.reading import Document, KeyPath, read_text, read_yaml
from sim.plan.schema import Roster
from sim.plan.schema.strength import Answer, Muster, Timed, Travel, UnitStrength
from sim.plan.sheet.edit import edited
from sim.plan.sheet.merge import Change, merge
from sim.plan.sheet.read import Note, read_workbook
from sim.plan.sheet.write import write_workbook
from sim.plan.workspace import LoadedRoster, built_in, load_roster, own_folder, problems_with, shown
from sim.words import Lang

FILE: Final = "strength.yaml"
_BLOCKS: Final[Mapping[str, type[BaseModel]]] = {
    "answer": Answer,
    "acknowledge": Timed,
    "shift": Timed,
    "muster": Muster,
    "travel": Travel,
}
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changes: the file, its new text (None: nothing changes), the changes, and what was passed over."""

    path: Path
    file: str
    text: str | None
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]


def export_sheet(
    target: str | os.PathLike[str], loaded: LoadedRoster, lang: Lang = "zh", overwrite: bool = False
) -> None:
    """Write the workbook of a roster to `target`, whole or not at all.

    Raise OutputError if it cannot be written or is there already, InputError for a text that no cell can hold.
    """
    path = Path(target)
    if path.suffix.lower() != ".xlsx":
        raise OutputError(Problem("sheet-suffix", str(path)))
    if path.is_dir() or (os.path.lexists(path) and not overwrite):
        raise OutputError(Problem("file-is-folder" if path.is_dir() else "sheet-taken", str(path)))
    source = next(file for file in loaded.files if file.name == FILE)
    data = read_yaml(Path(source.path)).data
    work = path.with_name(f".{path.stem}-{os.getpid()}.xlsx")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_workbook(work, loaded.model, data, lang)
        work.replace(path)
    except OSError as fault:
        raise _unwritten(str(path), fault) from None
    finally:
        work.unlink(missing_ok=True)


def read_sheet(source: str | os.PathLike[str], workspace: Path | None, lang: Lang = "zh") -> Imported:
    """Return what the workbook at `source` would change in the roster of `workspace`; nothing is written.

    Raise InputError with every problem, each naming its cell, or if there is no roster that may be changed.
    """
    path = _target(workspace)
    assert workspace is not None  # else there was no target
    roster = load_roster(workspace)
    text, data = _text_of(path)
    book = read_workbook(Path(source), lang)
    merged = merge(book, roster.model, data)
    if book.problems:
        raise InputError(sorted(book.problems, key=lambda problem: _order(problem, book.titles)))
    if not merged.edits:
        return Imported(path, shown(path), None, (), tuple(book.notes))
    new = edited(text, merged.edits, _orders(roster.model))
    _refuse_unlike(new, data, merged.edits, path)
    problems = [p for p in problems_with(workspace, FILE, new) if p.severity == "error"]
    if problems:
        document = read_text(new, FILE)
        raise InputError(_placed(each, document, merged.places, str(source)) for each in problems)
    return Imported(path, shown(path), new, tuple(merged.changes), tuple(book.notes))


def write_sheet(imported: Imported) -> None:
    """Write what an import changes into the roster's file, whole or not at all. Raise OutputError if that fails."""
    if imported.text is None:
        return
    path = imported.path
    work = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        content = imported.text.encode()
        with work.open("wb") as stream:
            stream.write(_BOM + content if before.startswith(_BOM) else content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            work.chmod(stat.S_IMODE(path.stat().st_mode))
        work.replace(path.resolve())
    except OSError as fault:
        raise _unwritten(imported.file, fault) from None
    finally:
        work.unlink(missing_ok=True)


def _target(workspace: Path | None) -> Path:
    """Return the file that an import writes: the workspace's own, never the built-in one."""
    if workspace is None:
        raise InputError([Problem("sheet-no-workspace", str(Path.cwd()))])
    own, problems = own_folder(workspace)
    if problems:
        raise InputError(problems)
    folder = own if own is not None else workspace / "roster"
    if folder.resolve() == built_in("roster").resolve():
        raise InputError([Problem("sheet-built-in", shown(folder / FILE))])
    return folder / FILE


def _text_of(path: Path) -> tuple[str, Any]:
    """Return text and data of the file, or of the built-in one that is used in its place."""
    source = path if path.exists() else built_in("roster") / FILE
    text = source.read_bytes().decode("utf-8-sig")
    return text, read_text(text, FILE).data


def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _orders(roster: Roster) -> Mapping[KeyPath, tuple[str, ...]]:
    """Return the usual order of keys, so that what is put in stands where a reader looks for it."""
    register = roster.register_
    blocks = {name: _keys(model) for name, model in _BLOCKS.items()}
    orders: dict[KeyPath, tuple[str, ...]] = {}
    for unit in (*register.bodies, *register.units):
        orders["units", unit] = _keys(UnitStrength)
        orders |= {("units", unit, name): order for name, order in blocks.items()}
    return orders | {("defaults", name): order for name, order in blocks.items()}


def _refuse_unlike(text: str, data: Any, edits: Mapping[KeyPath, Any], path: Path) -> None:
    """Make sure that the text says just what was meant, however the file is written."""
    wanted = copy.deepcopy(data)
    for place, value in edits.items():
        holder = wanted
        for key in place[:-1]:
            holder = holder.setdefault(key, {})
        if value is None:
            holder.pop(place[-1], None)
        else:
            holder[place[-1]] = value
    if read_text(text, FILE).data != wanted:
        raise InputError([Problem("sheet-yaml", shown(path))])


def _placed(problem: Problem, document: Document, places: Mapping[KeyPath, str], source: str) -> Problem:
    """Return a problem of the new text at the cell that brought it, if one did."""
    if not problem.file.endswith(FILE):
        return problem
    marks = {**document.keys, **document.values}
    here = [
        path for path, mark in marks.items() if mark.line == problem.line and mark.column <= problem.column
    ]
    for path in sorted(here, key=lambda path: (marks[path].column, len(path)), reverse=True):
        for place, cell in places.items():
            if place[: len(path)] == path or path[: len(place)] == place:
                return Problem(problem.code, f"{source}:{cell}", values=problem.values)
    return problem


def _order(problem: Problem, titles: Sequence[str]) -> tuple[int, int, int, str]:
    """Sort by sheet, row and column, for A10 comes after A9 and AA after Z."""
    before, _, cell = problem.file.rpartition("!")
    letters = cell.rstrip("0123456789")
    place = next((n for n, title in enumerate(titles) if before.endswith(f":{title}")), 0)
    return place, int(cell[len(letters) :] or 0), len(letters), letters


def _unwritten(file: str, fault: OSError) -> OutputError:
    return OutputError(Problem("output-failed", file, values={"reason": fault.strerror or str(fault)}))
