"""A workbook as a person left it, read cell by cell: nothing is understood here but where things stand."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.errors import InputError, Problem
from sim.plan.sheet.cells import Fault, Formula
from sim.plan.sheet.shape import DEFAULTS, PARTS, RowKey
from sim.plan.sheet.write import HIDDEN
from sim.words import Lang, say
from sim.words.sheet import HEADS, ROW, TITLES

LARGEST: Final = 8 << 20
"""Bytes of a workbook."""
MOST_ROWS: Final = 5000
MOST_COLUMNS: Final = 100

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    **{part.key: part.names for part in PARTS},
    "sources": ("sources.id",),
}
"""Part → the columns that name its rows."""
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    **{part.key: tuple(id_ for id_, _ in part.columns()) for part in PARTS},
    "sources": ("grade", "text"),
}


class Cell(NamedTuple):
    """What stands in a cell, and where: ``单位!C7``."""

    raw: Any
    place: str


class Row(NamedTuple):
    """Who the row is about, where that is written, and its cells by column."""

    key: RowKey
    place: str
    cells: Mapping[str, Cell]


class Note(NamedTuple):
    """Something that is passed over: a key of the words, and what fills it."""

    key: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class Book:
    """The rows of each part that is there, the values at the export if they are kept, notes and problems.

    `titles` are those of all sheets in their order, `lang` is that of notes and problems.
    """

    file: str
    lang: Lang = "zh"
    titles: tuple[str, ...] = ()
    parts: dict[str, list[Row]] = field(default_factory=dict)
    base: dict[tuple[str, RowKey, str], Any] | None = None
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, code: str, place: str, **values: Any) -> None:
        """Note a problem of the cell at `place`."""
        self.problems.append(Problem(code, f"{self.file}:{place}", values=values))


def read_workbook(path: Path, lang: Lang = "zh") -> Book:
    """Return what the workbook at `path` holds. Raise InputError if it is none, or has none of our sheets."""
    grids = dict(_grids(path))
    book = Book(str(path), lang, tuple(grids))
    titles = {_folded(word): key for key, words in TITLES.items() for word in words}
    for title, grid in grids.items():
        key = titles.get(_folded(title))
        if title == HIDDEN:
            book.base = {
                (row[0].raw, tuple(str(c.raw) for c in row[1:3] if c.raw is not None), row[3].raw or ""): row[
                    4
                ].raw
                for row in grid
                if len(row) >= 5 and row[0].raw
            }
        elif key is not None and key in NAMES and key not in book.parts:
            book.parts[key] = list(_rows(book, key, title, grid))
        elif key != "about":
            book.notes.append(Note("note.foreign", {"title": title}))
    if not book.parts:
        known = [say(TITLES, key, lang) for key in NAMES]
        raise InputError([Problem("sheet-foreign", book.file, values={"titles": known})])
    for key in NAMES:
        if key not in book.parts:
            book.notes.append(Note("note.sheet", {"title": say(TITLES, key, lang)}))
    if book.base is None:
        book.notes.append(Note("note.base", {}))
    return book


def _grids(path: Path) -> Iterator[tuple[str, list[list[Cell]]]]:
    """Yield title and cells of every sheet that is a table."""
    from openpyxl import load_workbook

    _refuse(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles that openpyxl leaves out
            book = load_workbook(path, read_only=True)
            try:
                for sheet in book.worksheets:
                    sheet.reset_dimensions()
                    yield (
                        sheet.title,
                        [
                            [
                                Cell(_raw(cell), f"{sheet.title}!{_letter(place)}{number}")
                                for place, cell in enumerate(row, 1)
                            ]
                            for number, row in enumerate(
                                sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), 1
                            )
                        ],
                    )
            finally:
                book.close()
    except (
        Exception
    ):  # a damaged workbook fails anywhere inside zip, XML and openpyxl, with errors of every kind
        raise InputError([Problem("sheet-unreadable", str(path))]) from None


def _refuse(path: Path) -> None:
    if not path.exists():
        raise InputError([Problem("file-missing", str(path))])
    if not path.is_file():
        raise InputError([Problem("sheet-unreadable", str(path))])
    if path.stat().st_size > LARGEST:
        raise InputError([Problem("sheet-too-large", str(path), values={"limit": "8 MiB"})])


def _raw(cell: Any) -> Any:
    value = cell.value
    if cell.data_type == "f":
        return Formula(getattr(value, "text", None) or value)
    return Fault(value) if cell.data_type == "e" else value


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))


def _rows(book: Book, key: str, title: str, grid: Sequence[Sequence[Cell]]) -> Iterator[Row]:
    names, columns = _heads(book, key, title, grid[0] if grid else ())
    if names is None:
        return
    first: dict[RowKey, str] = {}
    for line in grid[1:]:
        cells = {id_: line[place] for id_, place in columns.items() if place < len(line)}
        named = [line[place] if place < len(line) else None for place in names]
        row_key = tuple(_name(cell.raw) for cell in named if cell is not None)
        place = named[0].place if named[0] is not None else ""
        if not all(row_key) or len(row_key) < len(names):
            if any(not _blank(cell.raw) for cell in cells.values()) or any(row_key):
                missing = next(n for n in range(len(names)) if n >= len(row_key) or not row_key[n])
                where = named[missing] or line[0]
                book.problem(
                    "sheet-row-nameless", where.place, head=_head(book.lang, key, NAMES[key][missing])
                )
            continue
        if row_key in first:
            shown = " ".join(_name(cell.raw, shown=True) for cell in named if cell is not None)
            book.problem("sheet-row-twice", place, name=shown, first=first[row_key])
            continue
        first[row_key] = place
        yield Row(row_key, place, cells)


def _heads(book: Book, key: str, title: str, line: Sequence[Cell]) -> tuple[list[int] | None, dict[str, int]]:
    """Return where the names of a row stand and where each column does; note what is missing or unknown."""
    known = {_folded(word): name for name in NAMES[key] for word in HEADS[name]}
    known |= {_folded(word): f" {id_}" for id_ in COLUMNS[key] for word in HEADS[f"{key}.{id_}"]}
    found: dict[str, int] = {}
    for place, cell in enumerate(line):
        name = known.get(_folded(str(cell.raw))) if not _blank(cell.raw) else ""
        if name is None:
            book.notes.append(Note("note.column", {"title": title, "head": str(cell.raw)}))
        elif name in found:
            book.problem("sheet-column-twice", cell.place, head=str(cell.raw))
        elif name:
            found[name] = place
    for id_ in COLUMNS[key]:
        if f" {id_}" not in found:
            book.notes.append(Note("note.missing", {"title": title, "head": _head(book.lang, key, id_)}))
    for name in NAMES[key]:
        if name not in found:
            book.problem("sheet-name-column", f"{title}!1", head=_head(book.lang, key, name))
            return None, {}
    return [found[name] for name in NAMES[key]], {
        id_: found[f" {id_}"] for id_ in COLUMNS[key] if f" {id_}" in found
    }


def _head(lang: Lang, key: str, name: str) -> str:
    return say(HEADS, name if name in HEADS else f"{key}.{name}", lang)


def _blank(raw: Any) -> bool:
    return raw is None or not str(raw).strip()


def _name(raw: Any, shown: bool = False) -> str:
    text = "" if raw is None else unicodedata.normalize("NFC", str(raw)).strip()
    return DEFAULTS if text in ROW["defaults"] and not shown else text


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
