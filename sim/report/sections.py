"""Pages made of sections: a heading, sentences, cards, pictures and a table each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sim.report.frame import data_uri, framed, house
from sim.words import Lang, pick
from sim.words.report import PAGE
from sim.words.study import STUDY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.plan.compiled import Plan

_NUMBER: Final = re.compile(r"[-+]?\d[\d.]*%?((–| / )\d[\d.]*%?)?")


class Table(NamedTuple):
    """A table: its heads, then its rows, all as text."""

    rows: Sequence[tuple[str, ...]]

    @property
    def numbers(self) -> frozenset[int]:
        """The columns that hold numbers, but for a word here and there."""
        columns = zip(*self.rows[1:], strict=True)
        return frozenset(
            place
            for place, cells in enumerate(columns)
            if sum(bool(_NUMBER.fullmatch(cell)) for cell in cells) * 2 > sum(map(bool, cells))
        )


class Card(NamedTuple):
    """Something to look at: what it is, what is seen of it, and lines with a head each."""

    title: str
    text: str
    lines: Sequence[tuple[str, str]] = ()
    major: bool = False


class Section(NamedTuple):
    """One part of a page; `pictures` are names of charts, `folded` shows the head only until it is opened."""

    head: str
    notes: Sequence[str] = ()
    cards: Sequence[Card] = ()
    pictures: Sequence[str] = ()
    table: Table | None = None
    folded: bool = False
    stressed: bool = False


class Sheet(NamedTuple):
    """A page: its heading, what it is about, what it is for, and its sections."""

    heading: str
    about: str
    intro: Sequence[str]
    sections: Sequence[Section]


def page_of(sheet: Sheet, plan: Plan, pictures: Mapping[str, bytes], lang: Lang) -> str:
    """Return the whole page; `pictures` are SVG files by the name of their chart."""
    rooms = house((STUDY, PAGE), lang, pick(plan.title, lang))
    content: dict[str, Any] = sheet._asdict()
    images = {name: data_uri(svg) for name, svg in pictures.items()}
    body = rooms.get_template("study.html.j2").render(content, pictures=images)
    return framed(rooms, {"body": body, "item": "null", "behaviour": ""})


def draw(axes: Axes, folder: Path, name: str) -> bytes:
    """Write a chart as PNG and SVG into `folder`, which must be there, and return the SVG."""
    from sim.report.write import picture_of

    svg = picture_of(axes, "svg")
    (folder / f"{name}.svg").write_bytes(svg)
    (folder / f"{name}.png").write_bytes(picture_of(axes, "png"))
    return svg


@contextmanager
def beside(folder: Path, last: str) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well its files take their places in `folder`, else none does.

    Files of the same names are replaced, and no other is touched. The file `last` goes first and comes last: while it
    is there, so is all that belongs to it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(mkdtemp(prefix=".new-", dir=folder))
    try:
        yield work
        (folder / last).unlink(missing_ok=True)
        files = sorted(path.relative_to(work) for path in work.rglob("*") if path.is_file())
        for file in sorted(files, key=lambda file: file == Path(last)):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            os.replace(work / file, folder / file)
    finally:
        rmtree(work, ignore_errors=True)
