"""Small tables that people keep in Excel, saved as CSV: every cell with the line and column where it stands.

UTF-8 (with or without its mark) and GBK, as Excel writes them in China; comma, semicolon or tab between cells.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from sim.errors import InputError, Problem

LARGEST: Final = 1 << 20
"""Bytes in one file."""
_BETWEEN: Final = (",", "\t", ";")


class Cell(NamedTuple):
    """The text of a cell without the blanks around it, and where it begins, from 1."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, each by the names asked for; a cell that is not there is empty, at the end of its row."""

    file: str
    rows: tuple[Mapping[str, Cell], ...]

    def problem(self, code: str, cell: Cell, **values: object) -> Problem:
        """Return a problem that stands at a cell."""
        return Problem(code, self.file, cell.line, cell.column, {"text": cell.text, **values})


def read_sheet(path: str | Path, heads: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Sheet:
    """Return the table at `path` under our own names for its columns.

    `heads` gives for each name how its column may be headed; other columns are left alone. Raise InputError for a file
    that cannot be read, or that lacks one of the columns `needed`.
    """
    file = str(path)
    lines = [row for row in split(_text(Path(path), file), file) if any(cell.text for cell in row)]
    if not lines:
        raise InputError([Problem("file-empty", file)])
    places = _places(lines[0], heads, needed, file)
    return Sheet(file, tuple({name: _at(row, place) for name, place in places.items()} for row in lines[1:]))


def _places(
    first: list[Cell], heads: Mapping[str, Sequence[str]], needed: Sequence[str], file: str
) -> dict[str, int]:
    """Where each column stands; of several ways to head it the one that `heads` names first is meant."""
    told = [plain(cell.text) for cell in first]
    found: dict[str, int] = {}
    problems = []
    for name, ways in heads.items():
        head = next((plain(way) for way in ways if plain(way) in told), None)
        if head is None:
            continue
        found[name] = told.index(head)
        problems += [
            Problem("table-column-twice", file, cell.line, cell.column, {"name": cell.text})
            for place, cell in enumerate(first)
            if told[place] == head and place != found[name]
        ]
    problems += [
        Problem("table-column", file, 1, 1, {"names": list(heads[name]), "found": [c.text for c in first if c.text]})
        for name in needed
        if name not in found
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    return found


def _at(row: list[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else Cell("", row[-1].line, row[-1].column + len(row[-1].text))


def plain(text: str) -> str:
    """Return how names are compared: full and half width, capitals and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _text(path: Path, file: str) -> str:
    try:
        if path.is_dir():
            raise InputError([Problem("table-is-folder", file)])
        with path.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise InputError([Problem("file-missing", file)]) from None
    except (OSError, ValueError):
        raise InputError([Problem("file-unreadable", file)]) from None
    if len(content) > LARGEST:
        raise InputError([Problem("table-too-large", file, values={"limit": "1 MiB"})])
    return _decoded(content, file)


def _decoded(content: bytes, file: str) -> str:
    for code in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(char) == "Cc" and char not in "\t\r\n" for char in text):
            return text
    raise InputError([Problem("table-not-text", file)])


def split(text: str, file: str) -> Iterator[list[Cell]]:
    """Yield the rows of a CSV text; a quoted cell may hold line ends, and a quote written twice.

    Raise InputError for a quote that is never closed.
    """
    first = text.lstrip("\r\n").partition("\n")[0]
    between = max(_BETWEEN, key=first.count)
    row: list[Cell] = []
    place, line, start = 0, 1, 0  # `start` is where the line begins
    while True:
        begin = (line, place - start + 1)
        quoted = text[place : place + 1] == '"'
        if quoted:
            content, stop = _quoted(text, place, file, *begin)
            line += text.count("\n", place, stop)
            start = text.rfind("\n", place, stop) + 1 or start
        else:
            content, stop = "", place
        end = next((i for i in range(stop, len(text)) if text[i] in (between, "\r", "\n")), len(text))
        content += text[stop:end]
        row.append(Cell(content.strip(), *begin) if quoted else _cell(content, *begin))
        if text[end : end + 1] == between:
            place = end + 1
            continue
        yield row
        if end >= len(text):
            return
        row, place = [], end + (2 if text[end : end + 2] == "\r\n" else 1)
        line, start = line + 1, place


def _cell(content: str, line: int, column: int) -> Cell:
    inside = content.strip()
    return Cell(inside, line, column + content.index(inside) if inside else column)


def _quoted(text: str, place: int, file: str, line: int, column: int) -> tuple[str, int]:
    """Return what stands between quotes, and the place after the closing one."""
    parts, here = [], place + 1
    while (close := text.find('"', here)) >= 0:
        parts.append(text[here:close])
        if text[close + 1 : close + 2] != '"':
            return "".join(parts), close + 1
        parts.append('"')
        here = close + 2
    raise InputError([Problem("table-quote", file, line, column)])
