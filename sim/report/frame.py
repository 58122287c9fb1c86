"""The frame of every page: one file that works offline, its font inside, everything from outside escaped."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.report.fonts import web_font
from sim.words import Lang, Table, say

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"
FONT: Final = (
    '"Tuiyan Sans", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", sans-serif'
)
"""The page's own font first, then the systems' Chinese fonts."""


def house(tables: Sequence[Table], lang: Lang, title: str) -> Environment:
    """Return the templates of a page titled `title`, whose ``say`` looks into `tables`, the first one first."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    found.globals.update(say=partial(_say, tables, lang), lang=lang, title=title)
    return found


def _say(tables: Sequence[Table], lang: Lang, key: str, **values: Any) -> str:
    return say(next(table for table in tables if key in table), key, lang, **values)


def framed(rooms: Environment, frame: Mapping[str, Any], library: str = "") -> str:
    """Return the page of `frame` (body, item, behaviour); its font holds what the page says, and nothing else."""
    outer, given = rooms.get_template("page.html.j2"), {"stack": FONT, **frame}
    letters = outer.render(given, font="", library="")
    return outer.render(given, font=web_font(letters), library=library)


def data_uri(svg: bytes) -> str:
    """Return a picture as the source of an image."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")
