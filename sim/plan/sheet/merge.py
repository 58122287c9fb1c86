"""What a sheet changes in a roster: each cell against its value at the export and against the roster of today.

A figure that is changed never keeps the source of the old one: no conversion raises a grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sim.plan.reading import KeyPath
from sim.plan.schema import Roster
from sim.plan.sheet.cells import CellError, Names, parse, same, show
from sim.plan.sheet.read import Book, Cell, Note, Row
from sim.plan.sheet.shape import BY_DEFAULT, DEFAULTS, PARTS, Block, Kind, Part, RowKey, block_path, rows
from sim.plan.sheet.write import at, units_of
from sim.plan.validation import nearest
from sim.words import say
from sim.words.sheet import ROW, TITLES

UNSOURCED: Final = "office"
"""The source of a figure that comes without one: a guess."""


class Change(NamedTuple):
    """One value that changes: the cell, the path in the file, and how old and new are shown (None: nothing)."""

    place: str
    path: KeyPath
    old: Any
    new: Any
    old_grade: str = ""
    new_grade: str = ""


@dataclass(slots=True)
class Merged:
    """What changes, in the order of the sheet; `edits` is the same for the file: None takes out."""

    changes: list[Change] = field(default_factory=list)
    edits: dict[KeyPath, Any] = field(default_factory=dict)
    places: dict[KeyPath, str] = field(default_factory=dict)


class _Value(NamedTuple):
    """One cell after all: what it is now, what it becomes, and whether the sheet says so."""

    cell: Cell
    kind: Kind
    now: Any
    new: Any
    touched: bool


def merge(book: Book, roster: Roster, data: Any) -> Merged:
    """Return the changes that `book` makes to `data`, the plain data of strength.yaml; add problems to the book."""
    return _Merger(book, roster, data).merged()


class _Merger:
    def __init__(self, book: Book, roster: Roster, data: Any) -> None:
        self._book = book
        self._roster = roster
        self._data = data
        self._names = Names(roster.strength, book.lang)
        self._grades: dict[str, str] = {name: source["grade"] for name, source in data["sources"].items()}
        self._old_grades = dict(self._grades)
        self._merged = Merged()

    def merged(self) -> Merged:
        for row in self._book.parts.get("sources", ()):
            self._source(row)
        for part in PARTS:
            if part.key not in self._book.parts:
                continue
            given = self._book.parts[part.key]
            self._missing(part, given)
            for row in given:
                if self._known(part, row):
                    for block in part.blocks:
                        self._block(part, row, block)
        return self._merged

    # --- sources ---

    def _source(self, row: Row) -> None:
        (name,) = row.key
        old = self._data["sources"].get(name)
        values: dict[str, Any] = {}
        for key, kind in (("grade", "grade"), ("text", "text")):
            cell = row.cells.get(key)
            value = self._parsed(kind, cell) if cell is not None else None  # type: ignore[arg-type]
            if cell is not None and value is None and old is None:
                self._book.problem("sheet-blank", cell.place)
            base = self._base("sources", row.key, key, kind, None if old is None else old[key])  # type: ignore[arg-type]
            if old is not None and cell is not None and value not in (base, old[key], _FAILED):
                self._book.problem("sheet-source-fixed", cell.place, name=name)
            values[key] = value
        if old is None and _FAILED not in values.values() and all(values.values()):
            self._grades[name] = values["grade"]
            self._put(("sources", name), values, row.place, None, values["text"])

    # --- rows ---

    def _missing(self, part: Part, given: Iterable[Row]) -> None:
        there = {row.key for row in given}
        units = units_of(self._roster)
        gone = [key for key in rows(part, self._roster.strength, units) if key not in there]
        if gone:
            shown = [
                " ".join(say(ROW, "defaults", self._book.lang) if name == DEFAULTS else name for name in key)
                for key in gone
            ]
            values = {
                "title": say(TITLES, part.key, self._book.lang),
                "count": len(gone),
                "rows": say(ROW, "join", self._book.lang).join(shown[:5]) + ("…" if shown[5:] else ""),
            }
            self._book.notes.append(Note("note.rows", values))

    def _known(self, part: Part, row: Row) -> bool:
        register = self._roster.register_
        actors = [*register.bodies, *register.units]
        if part.key == "desk":
            actors = [self._data["desk"]["body"]]
        if row.key[0] in actors or (row.key == (DEFAULTS,) and part.key not in ("desk", "teams")):
            return True
        name = row.key[0]
        self._book.problem("sheet-unit", row.place, name=name, near=nearest(name, actors))
        return False

    # --- blocks ---

    def _block(self, part: Part, row: Row, block: Block) -> None:
        now = at(self._data, block_path(part, row.key, block)) or {}
        values = {
            column.key: value
            for column in block.columns
            if (value := self._value(part, row, block.id(column.key), column.kind, now.get(column.key)))
            is not None
        }
        if _FAILED in (value.new for value in values.values()) or not values:
            return
        if row.key == (DEFAULTS,):
            values = self._of_defaults(part, block, values)
        if not block.sourced:
            for key, value in values.items():
                self._one((*block_path(part, row.key, block), key), value)
        elif values:
            src = self._value(part, row, block.id("src"), "src", now.get("src"))
            self._sourced(part, row, block, now, values, src)

    def _of_defaults(self, part: Part, block: Block, values: Mapping[str, _Value]) -> dict[str, _Value]:
        """Return what the row of defaults may have; it must have it, and nothing else."""
        kept = {}
        for key, value in values.items():
            if (part.key, block.key or key) in BY_DEFAULT:
                kept[key] = value
                if value.new is None and value.touched and value.now is not None and not block.key:
                    self._book.problem("sheet-blank", value.cell.place)
            elif value.new is not None:
                self._book.problem("sheet-defaults", value.cell.place)
        return kept

    def _sourced(
        self,
        part: Part,
        row: Row,
        block: Block,
        now: Mapping[str, Any],
        values: dict[str, _Value],
        src: _Value | None,
    ) -> None:
        path = block_path(part, row.key, block)
        after = {**{k: v for k, v in now.items() if k != "src"}, **{k: v.new for k, v in values.items()}}
        changed = [key for key, value in values.items() if not same(value.kind, value.now, value.new)]
        self._grade(part, row, block, now, src)
        if all(value is None for value in after.values()):
            self._cleared(part, row, block, path, values, src, bool(now))
            return
        for column in block.columns:
            if column.needed and after.get(column.key) is None:
                place = values[column.key].cell.place if column.key in values else row.place
                self._book.problem("sheet-blank-block", place)
        source = self._source_of(block, now, values, changed, src)
        if source is None:
            return
        if not now:
            filled = {k: v for k, v in after.items() if v is not None}
            place = values[changed[0]].cell.place if changed else row.place
            self._merged.edits[path] = {**filled, "src": source}
            self._merged.places[path] = place
            for key in changed:
                self._tell((*path, key), values[key])
        else:
            for key in changed:
                self._one((*path, key), values[key])
            if source != now["src"]:
                self._merged.edits[(*path, "src")] = source
        place = src.cell.place if src else row.place
        if source != now.get("src"):
            old = now.get("src")
            self._merged.places[(*path, "src")] = place
            self._merged.changes.append(Change(
                place, (*path, "src"), old, source, self._old_grades.get(old or "", ""), self._grades[source]
            ))  # fmt: skip

    def _cleared(
        self,
        part: Part,
        row: Row,
        block: Block,
        path: KeyPath,
        values: dict[str, _Value],
        src: _Value | None,
        had: bool,
    ) -> None:
        place = next(iter(values.values())).cell.place
        if row.key == (DEFAULTS,) or part.key == "desk":
            self._book.problem("sheet-blank", place)
        elif had:
            self._merged.edits[path] = None
            self._merged.places[path] = place
            for key, value in values.items():
                if value.now is not None:
                    self._tell((*path, key), value)
        elif src is not None and src.new not in (None, _FAILED) and src.touched:
            self._book.problem("sheet-blank-figures", src.cell.place)

    def _source_of(
        self,
        block: Block,
        now: Mapping[str, Any],
        values: Mapping[str, _Value],
        changed: list[str],
        src: _Value | None,
    ) -> str | None:
        """Return the source that the figures of a block have after the import, or None if it is wrong."""
        old: str | None = now.get("src")
        if src is None:  # the column is not there
            return self._unsourced() if changed or old is None else old
        if src.new is _FAILED:
            return None
        if src.new is None:
            return self._unsourced() if src.touched or changed or old is None else old
        if src.new not in self._grades:
            near = nearest(src.new, self._grades)
            self._book.problem("sheet-source", src.cell.place, value=src.new, near=near)
            return None
        if changed and old is not None and src.new == old:
            value = values[changed[0]]
            shown = [_text(show(value.kind, each, self._names)) for each in (value.now, value.new)]
            grade = self._names.shown("grade", self._grades[old])
            self._book.problem(
                "sheet-source-old", src.cell.place, old=shown[0], new=shown[1], source=old, grade=grade
            )
            return None
        return str(src.new)

    def _unsourced(self) -> str:
        """Return the source of figures without one; enter it among the sources if it is not there yet."""
        name, number = UNSOURCED, 1
        while self._grades.get(name, "guess") != "guess":
            number += 1
            name = f"{UNSOURCED}-{number}"
        if name not in self._grades:
            self._grades[name] = "guess"
            self._merged.edits[("sources", name)] = {
                "grade": "guess",
                "text": say(ROW, "unsourced", self._book.lang),
            }
        return name

    def _without_source(self, name: str | None) -> bool:
        source = self._data["sources"].get(name)
        return bool(source) and (source["grade"], source["text"]) in [
            ("guess", text) for text in ROW["unsourced"]
        ]

    def _grade(self, part: Part, row: Row, block: Block, now: Mapping[str, Any], src: _Value | None) -> None:
        """Refuse a grade that is neither that of the source now nor that of the one before (left standing)."""
        cell = row.cells.get(block.id("grade"))
        grade = self._parsed("grade", cell) if cell is not None else None
        old = now.get("src")
        source = (src.new if src is not None else None) or old
        if cell is None or grade in (None, _FAILED) or source not in self._grades:
            return
        stale = self._base(part.key, row.key, block.id("grade"), "grade", self._old_grades.get(old or ""))
        if grade not in (self._grades[source], stale):
            shown = self._names.shown("grade", self._grades[source])
            self._book.problem("sheet-grade-fixed", cell.place, source=source, grade=shown, value=cell.raw)

    # --- single cells ---

    def _value(self, part: Part, row: Row, id_: str, kind: Kind, now: Any) -> _Value | None:
        """Return a cell judged three ways, None if its column is not there."""
        cell = row.cells.get(id_)
        if cell is None:
            return None
        now = parse(kind, show(kind, now, self._names), self._names)
        new = self._parsed(kind, cell)
        if new is _FAILED:
            return _Value(cell, kind, now, _FAILED, True)
        base = self._base(part.key, row.key, id_, kind, now)
        if kind == "src" and new is None and self._without_source(now):
            return _Value(cell, kind, now, now, False)  # it was imported before: no source then, none now
        if same(kind, new, base):
            return _Value(cell, kind, now, now, False)
        if not same(kind, base, now) and not same(kind, new, now):
            shown = [_text(show(kind, each, self._names)) for each in (base, now, new)]
            self._book.problem("sheet-conflict", cell.place, base=shown[0], now=shown[1], new=shown[2])
            return _Value(cell, kind, now, _FAILED, True)
        return _Value(cell, kind, now, new, True)

    def _base(self, part: str, key: RowKey, id_: str, kind: Kind, now: Any) -> Any:
        """Return a cell's value at the export; without a record of it, or of its row, that of today."""
        base = self._book.base
        if base is None or (part, key, "") not in base:
            return now
        try:
            return parse(kind, base.get((part, key, id_)), self._names)
        except CellError:
            return now

    def _parsed(self, kind: Kind, cell: Cell) -> Any:
        try:
            return parse(kind, cell.raw, self._names)
        except CellError as fault:
            self._book.problem(fault.code, cell.place, **fault.values)
            return _FAILED

    def _one(self, path: KeyPath, value: _Value) -> None:
        if not same(value.kind, value.now, value.new):
            self._merged.edits[path] = value.new
            self._merged.places[path] = value.cell.place
            self._tell(path, value)

    def _tell(self, path: KeyPath, value: _Value) -> None:
        old, new = (show(value.kind, each, self._names) for each in (value.now, value.new))
        self._merged.places[path] = value.cell.place
        self._merged.changes.append(Change(value.cell.place, path, old, new))

    def _put(self, path: KeyPath, value: Any, place: str, old: Any, new: Any) -> None:
        self._merged.edits[path] = value
        self._merged.places[path] = place
        self._merged.changes.append(Change(place, path, old, new, new_grade=value["grade"]))


class _Failed:
    """What could not be read; its problem is told already."""


_FAILED: Final = _Failed()


def _text(shown: Any) -> Any:
    return "—" if shown is None else shown
