"""Writes the simulation brief and its pictures into a folder."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from sim.plan.compiled import Plan
from sim.record.timeline import Timeline
from sim.review.findings import Findings, evaluate
from sim.words import Lang, say
from sim.words.report import PAGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CHARTS: Final = ("swimlane", "information_ladder", "responses", "heatmap", "occupancy")
"""The pictures of a simulation brief, in the order of the page."""


def write_report(
    timeline: Timeline,
    folder: str | os.PathLike[str],
    *,
    lang: Lang = "zh",
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Write ``report.html`` and ``charts/*.png`` and ``*.svg`` into `folder`, made if missing; return the page.

    The pictures of one timeline are the same bytes every time. `progress` is told what is being done. Raise
    OSError where the folder cannot be written.
    """
    from sim.report.page import page

    tell = progress or (lambda _: None)
    place = Path(folder)
    charts = place / "charts"
    charts.mkdir(parents=True, exist_ok=True)
    findings = evaluate(timeline)
    tell(say(PAGE, "step.charts", lang))
    vectors: dict[str, bytes] = {}
    for name, axes in _drawn(timeline, findings, lang):
        vectors[name] = picture_of(axes, "svg")
        (charts / f"{name}.svg").write_bytes(vectors[name])
        (charts / f"{name}.png").write_bytes(picture_of(axes, "png"))
    tell(say(PAGE, "step.page", lang))
    report = place / "report.html"
    report.write_text(page(timeline, findings, vectors, lang), encoding="utf-8", newline="\n")
    return report


def _drawn(timeline: Timeline, findings: Findings, lang: Lang) -> Iterator[tuple[str, Axes]]:
    from sim.report import charts

    for name in CHARTS:
        more: dict[str, Any] = {"findings": findings} if name == "heatmap" else {}
        yield name, getattr(charts, name)(timeline, lang=lang, **more)


def write_script(plan: Plan, folder: str | os.PathLike[str], name: str, *, lang: Lang = "zh") -> list[Path]:
    """Draw the script of `plan` into `folder`, which must be there, as `name`.png and .svg; return both."""
    from sim.report import charts

    axes = charts.script(plan, lang=lang)
    files = [Path(folder) / f"{name}.{kind}" for kind in ("png", "svg")]
    for file in files:
        file.write_bytes(picture_of(axes, "png" if file.suffix == ".png" else "svg"))
    return files


def picture_of(axes: Axes, kind: Literal["png", "svg"]) -> bytes:
    """Return a picture as a file: the same bytes every time."""
    from matplotlib.figure import Figure

    from sim.report.fonts import chinese

    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)
    options: dict[str, Any] = {"metadata": {"Date": None}}
    if kind == "png":
        options = {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 3}}  # half the time of 6
    out = io.BytesIO()
    with chinese():
        figure.savefig(out, format=kind, **options)
    return out.getvalue()
