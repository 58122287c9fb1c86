"""Chinese text in pictures and pages: Noto Sans SC from a dependency, else the system's own font, else an error."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from sim.errors import OutputError, Problem

FAMILIES: Final = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC",
                   "WenQuanYi Zen Hei", "SimHei")  # fmt: skip
"""Chinese families looked for, the first that is there is used."""
SALT: Final = "tuiyan"
"""Makes the ids inside an SVG the same in every run."""
_UNUSED: Final = frozenset(
    {"GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"}
)  # vertical text, ligatures


@cache
def font_file() -> Path | None:
    """Return the font that the dependency brings, None where it is not installed."""
    try:
        from pylopdf_fonts_zh_cn import sans_path
    except ImportError:
        return None
    path = Path(sans_path())
    return path if path.is_file() else None


@cache
def family() -> str:
    """Return the name of a Chinese family that matplotlib can draw; raise OutputError where there is none."""
    from matplotlib import font_manager

    path = font_file()
    if path is not None:
        font_manager.fontManager.addfont(path)
    there = {font.name for font in font_manager.fontManager.ttflist}
    for name in FAMILIES:
        if name in there:
            return name
    raise OutputError(Problem("no-chinese-font", "matplotlib", values={"families": ", ".join(FAMILIES)}))


@contextmanager
def chinese() -> Iterator[None]:
    """Draw and save inside this: the Chinese font, text as paths in SVG, the same bytes in every run."""
    import matplotlib as mpl

    settings: Any = {
        "font.family": [family(), "DejaVu Sans"],  # through font.sans-serif matplotlib would not fall back
        "axes.unicode_minus": False,
        "pdf.fonttype": 3,
        "svg.fonttype": "path",
        "svg.hashsalt": SALT,
        "hatch.linewidth": 0.6,
    }
    with mpl.rc_context(settings):
        yield


def web_font(characters: Iterable[str]) -> str:
    """Return the part of the font that holds `characters` as a data URI, empty where no file is at hand."""
    path = font_file()
    return "" if path is None else _web_font(path, frozenset("".join(characters)))


def _web_font(path: Path, characters: frozenset[str]) -> str:
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    options = subset.Options(layout_features=[], hinting=True, notdef_outline=True, name_IDs=[1, 2])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    out = io.BytesIO()
    with TTFont(path, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        for table in _UNUSED & set(font.keys()):
            del font[table]
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(out)
    return "data:font/woff;base64," + base64.b64encode(out.getvalue()).decode("ascii")
