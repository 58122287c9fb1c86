"""The roster's strength as a workbook, beside it (hidden) what each cell held when it was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sim.errors import InputError, Problem
from sim.plan.schema import Roster
from sim.plan.sheet.cells import Names, show
from sim.plan.sheet.shape import DEFAULTS, PARTS, Kind, Part, RowKey, block_path, rows
from sim.words import Lang, say
from sim.words.sheet import ABOUT, HEADS, ROW, TITLES

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

HIDDEN: Final = "_base"
"""The hidden sheet with the values at the time of writing."""
_ROOM: Final = 60
"""Empty rows under a list in which a new row may choose from the same words."""
_WIDE: Final = {"text": 48, "channels": 24, "time": 20, "src": 12}


class Shown(NamedTuple):
    """One cell: its column's id and kind, and what it shows."""

    id: str
    kind: Kind
    value: Any


def units_of(roster: Roster) -> list[str]:
    """Return who has a row: bodies that have something of their own, then all units, in the register's order."""
    register = roster.register_
    bodies = sorted(register.bodies.items(), key=lambda item: item[1].number)
    units = sorted(register.units.items(), key=lambda item: item[1].number)
    return [name for name, _ in bodies if name in roster.strength.units] + [name for name, _ in units]


def shown_row(part: Part, key: RowKey, data: Any, names: Names) -> Iterator[Shown]:
    """Yield the cells of a row after its names, from the plain data of the file."""
    grades = {name: source.get("grade") for name, source in data["sources"].items()}
    for block in part.blocks:
        found = at(data, block_path(part, key, block)) or {}
        for column in block.columns:
            yield Shown(block.id(column.key), column.kind, show(column.kind, found.get(column.key), names))
        if block.sourced:
            yield Shown(block.id("src"), "src", found.get("src"))
            yield Shown(block.id("grade"), "grade", show("grade", grades.get(found.get("src")), names))


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    """Return what stands at `path` in plain data, None for nothing."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def write_workbook(path: Path, roster: Roster, data: Any, lang: Lang) -> None:
    """Write the workbook to `path`. Raise InputError for a text that no cell can hold."""
    from openpyxl import Workbook

    book = Workbook()
    names = Names(roster.strength, lang)
    _about(book, lang)
    base = _Base(book)
    for part in PARTS:
        _part(book, part, roster, data, names, base)
    _sources(book, data, names, base)
    book.move_sheet(HIDDEN, len(book.worksheets))
    book.save(path)


class _Base:
    """The hidden sheet: part, row, column, value."""

    def __init__(self, book: Workbook) -> None:
        self.sheet = book.create_sheet(HIDDEN)
        self.sheet.sheet_state = "hidden"
        self._row = 0

    def keep(self, part: str, key: RowKey, id_: str, value: Any) -> None:
        self._row += 1
        for place, each in enumerate((part, key[0], key[1] if len(key) > 1 else None, id_, value), 1):
            put(self.sheet.cell(self._row, place), each)


def put(cell: Cell, value: Any) -> None:
    """Fill a cell; text that begins like a formula stays text."""
    from openpyxl.utils.exceptions import IllegalCharacterError

    try:
        cell.value = value
    except IllegalCharacterError:
        path = " ".join(str(value).split())[:40]
        raise InputError([Problem("sheet-text", "strength.yaml", values={"path": path})]) from None
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
        cell.number_format = "@"


def _part(book: Workbook, part: Part, roster: Roster, data: Any, names: Names, base: _Base) -> None:
    lang = names.lang
    columns = list(part.columns())
    heads = [
        *(HEADS[name][lang == "en"] for name in part.names),
        *(say(HEADS, f"{part.key}.{c}", lang) for c, _ in columns),
    ]
    sheet = _sheet(book, part.key, heads, lang)
    keys = rows(part, roster.strength, units_of(roster))
    for number, key in enumerate(keys, 2):
        for place, name in enumerate(key, 1):
            put(sheet.cell(number, place), say(ROW, "defaults", lang) if name == DEFAULTS else name)
        base.keep(part.key, key, "", None)
        for place, shown in enumerate(shown_row(part, key, data, names), len(key) + 1):
            cell = sheet.cell(number, place)
            put(cell, shown.value)
            if shown.kind == "time" or (shown.value is None and shown.kind != "chance"):
                cell.number_format = "@"  # typed as text, so that 1-2 does not become a date
            if shown.value is not None:
                base.keep(part.key, key, shown.id, shown.value)
    fixed = [
        *range(1, len(part.names) + 1),
        *(n for n, (_, kind) in enumerate(columns, len(part.names) + 1) if kind == "grade"),
    ]
    _dress(
        sheet, [*("name" for _ in part.names), *(kind for _, kind in columns)], fixed, len(keys) + 1, names
    )


def _sources(book: Workbook, data: Any, names: Names, base: _Base) -> None:
    heads = [say(HEADS, f"sources.{key}", names.lang) for key in ("id", "grade", "text")]
    sheet = _sheet(book, "sources", heads, names.lang)
    for number, (name, source) in enumerate(data["sources"].items(), 2):
        values = (name, show("grade", source["grade"], names), source["text"])
        for place, value in enumerate(values, 1):
            put(sheet.cell(number, place), value)
        base.keep("sources", (name,), "", None)
        base.keep("sources", (name,), "grade", values[1])
        base.keep("sources", (name,), "text", values[2])
    _dress(sheet, ["name", "grade", "text"], [1, 2, 3], len(data["sources"]) + 1, names)


def _about(book: Workbook, lang: Lang) -> None:
    from openpyxl.styles import Alignment

    sheet = book.worksheets[0]
    sheet.title = say(TITLES, "about", lang)
    sheet.column_dimensions["A"].width = 100
    for number, line in enumerate(ABOUT, 1):
        cell = sheet.cell(number, 1)
        put(cell, line[lang == "en"])
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    _mark(sheet, lang)


def _sheet(book: Workbook, key: str, heads: list[str], lang: Lang) -> Worksheet:
    from openpyxl.styles import Font

    sheet: Worksheet = book.create_sheet(say(TITLES, key, lang))
    for place, head in enumerate(heads, 1):
        put(sheet.cell(1, place), head)
        sheet.cell(1, place).font = Font(bold=True)
    sheet.freeze_panes = "B2"
    _mark(sheet, lang)
    return sheet


def _mark(sheet: Worksheet, lang: Lang) -> None:
    sheet.oddHeader.center.text = say(ROW, "print", lang)


def _dress(sheet: Worksheet, kinds: list[str], fixed: list[int], last: int, names: Names) -> None:
    """Widths, grey for what stays, and lists to choose from."""
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    grey = PatternFill("solid", fgColor="E7E6E6")
    for place, kind in enumerate(kinds, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 18 if kind == "name" else _WIDE.get(kind, 14)
        for number in range(1, last + 1) if place in fixed else (1,):
            sheet.cell(number, place).fill = grey
        if kind in ("staffed", "road", "carrier", "grade", "src"):
            words = ",".join(names.words(kind)) if kind != "src" else ""
            formula = f'"{words}"' if words else f"'{say(TITLES, 'sources', names.lang)}'!$A$2:$A$200"
            if len(formula) <= 255 and '"' not in words:
                choice = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=False)
                choice.add(f"{letter}2:{letter}{last + _ROOM}")
                sheet.add_data_validation(choice)
