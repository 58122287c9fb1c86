"""What the sheet is made of: its parts, the blocks of strength.yaml in each, and the columns of a block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from sim.plan.reading import KeyPath
from sim.plan.schema import Strength

Kind = Literal["text", "staffed", "road", "carrier", "channels", "chance", "count", "time", "src", "grade"]
RowKey = tuple[str, ...]
"""Who a row is about: a unit, or a unit and a team; ``DEFAULTS`` for the row of defaults."""

DEFAULTS: Final = "*"


class Column(NamedTuple):
    """One value of a block, under its key in the file."""

    key: str
    kind: Kind
    needed: bool = True


class Block(NamedTuple):
    """One mapping of the file with its values and, if `sourced`, one source; without a key, the row's own mapping."""

    key: str
    columns: tuple[Column, ...]
    sourced: bool = True

    def id(self, key: str) -> str:
        """Return the name of a column of this block within its part."""
        return f"{self.key}.{key}" if self.key else key


class Part(NamedTuple):
    """One sheet of the workbook: the columns that name a row, and the blocks."""

    key: str
    blocks: tuple[Block, ...]
    names: tuple[str, ...] = ("unit",)

    def columns(self) -> Iterator[tuple[str, Kind]]:
        """Yield id and kind of every column after the names, in the order of the sheet."""
        for block in self.blocks:
            for column in block.columns:
                yield block.id(column.key), column.kind
            if block.sourced:
                yield block.id("src"), "src"
                yield block.id("grade"), "grade"


_TIME: Final = (Column("time", "time"),)
PARTS: Final = (
    Part("units", (
        Block("", (
            Column("staffed", "staffed", False), Column("carrier", "carrier", False),
            Column("road", "road", False), Column("at", "text", False),
        ), sourced=False),
    )),
    Part("duty", (
        Block("acknowledge", _TIME),
        Block("answer", (
            Column("chance", "chance"), Column("off-duty", "chance", False), Column("tries", "count"),
            Column("then", "channels", False),
        )),
        Block("shift", _TIME),
    )),
    Part("desk", (Block("operators", (Column("duty", "count"), Column("off-duty", "count"))),)),
    Part("teams", (Block("", (Column("count", "count"),)),), ("unit", "team")),
    Part("muster", (Block("muster", (Column("duty", "time"), Column("off-duty", "time"))),)),
    Part("travel", (Block("travel", (Column("urban", "time"), Column("township", "time"))),)),
)  # fmt: skip
"""The parts of the sheet between the one that explains and that of the sources."""

BY_DEFAULT: Final = frozenset(
    {
        ("units", "staffed"),
        ("duty", "acknowledge"),
        ("duty", "answer"),
        ("muster", "muster"),
        ("travel", "travel"),
    }
)
"""What the row of defaults has, and must have: (part, block, or column of a block without a key)."""


def row_path(part: Part, key: RowKey) -> KeyPath:
    """Return where in the file the mapping of a row stands."""
    if part.key == "desk":
        return ("desk",)
    if key == (DEFAULTS,):
        return ("defaults",)
    return ("units", key[0], "teams", key[1]) if part.key == "teams" else ("units", key[0])


def block_path(part: Part, key: RowKey, block: Block) -> KeyPath:
    """Return where in the file a block of a row stands."""
    return (*row_path(part, key), block.key) if block.key else row_path(part, key)


def rows(part: Part, strength: Strength, units: list[str]) -> list[RowKey]:
    """Return the rows of a part: the defaults first, then `units` in their order; or the teams there are."""
    if part.key == "desk":
        return [(strength.desk.body,)]
    if part.key == "teams":
        return [
            (unit, team) for unit in units if unit in strength.units for team in strength.units[unit].teams
        ]
    return [(DEFAULTS,), *((unit,) for unit in units)]
