"""What every chart shares: colours that survive grey print and colour-blindness, the time axis, the 演练 marks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, Literal, ParamSpec, TypeVar

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation, Transform

from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE
from sim.record.timeline import clock_at
from sim.report.fonts import chinese
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS

WIDTH: Final = 12.0
"""Inches; at `DPI` a chart is 1200 pixels wide."""
DPI: Final = 100
INK: Final = "#1a1a1a"
PALE: Final = "#6b6b6b"
GRID: Final = "#dddddd"
ALERT: Final = "#d55e00"
"""Okabe–Ito vermilion; always together with a shape or a hatch of its own."""
FILLS: Final = {
    "call": ("#d4d4d4", "", "#8a8a8a"),
    "wait": ("#f5e9a0", "/////", "#8a7500"),
    "move": ("#7cc3ec", "....", "#1b5e86"),
    "work": ("#0a5f95", "", "#0a5f95"),
}
"""Face, hatch and edge of what a task does: lightness and hatch differ, so grey print still tells them apart."""

Kind = Literal["result", "script"]
P = ParamSpec("P")
R = TypeVar("R")


def drawn(chart: Callable[P, R]) -> Callable[P, R]:
    """Draw a chart with the Chinese font, whatever the caller's settings are."""

    @wraps(chart)
    def with_font(*args: P.args, **kwargs: P.kwargs) -> R:
        with chinese():
            return chart(*args, **kwargs)

    return with_font


def canvas(ax: Axes | None, height: float, left: float, bottom: float = 0.75) -> Axes:
    """Return `ax`, or new axes of `WIDTH` × `height` inches with margins of so many inches."""
    if ax is not None:
        return ax
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
    top = 0.72
    box = (left / WIDTH, bottom / height, (WIDTH - left - 0.25) / WIDTH, (height - bottom - top) / height)
    return figure.add_axes(box)


def finish(ax: Axes, plan: Plan, title: str, lang: Lang, foot: float, kind: Kind = "result") -> Axes:
    """Put on the title, the 演练 marks and, `foot` points below, the sentence on how far the picture may be trusted.

    `kind` says what it shows: a simulated result, or the script before any play.
    """
    text = say(CHARTS, f"footer.{kind}", lang, scenario=pick(plan.title, lang))
    return sign(ax, title, say(CHARTS, f"badge.{kind}", lang), text, lang, foot)


def sign(ax: Axes, title: str, badge: str, text: str, lang: Lang, foot: float) -> Axes:
    """Put on a title, the 演练 marks with the words of `badge`, and `text` so many points below: `foot`."""
    note: dict[str, Any] = {"textcoords": "offset points", "annotation_clip": False}
    ax.annotate(title, (0, 1), (0, 24), xycoords="axes fraction", fontsize=14, color=INK, va="bottom", **note)
    ax.annotate(
        badge, (1, 1), (0, 26), xycoords="axes fraction", fontsize=10, color=ALERT,
        ha="right", va="bottom", bbox={"boxstyle": "round,pad=0.3", "fc": "white", "ec": ALERT, "lw": 1}, **note,
    )  # fmt: skip
    ax.text(
        0.5, 0.5, say(CHARTS, "watermark", lang), transform=ax.transAxes, fontsize=_mark_size(ax, lang),
        color="#000000", alpha=0.045, ha="center", va="center", rotation=24, zorder=1.5,
    )  # fmt: skip
    ax.annotate(text, (0, 0), (0, -foot), xycoords="axes fraction", fontsize=8, color=PALE, va="top", **note)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(PALE)
    ax.tick_params(length=0, colors=INK)
    return ax


def _mark_size(ax: Axes, lang: Lang) -> float:
    """Points of the watermark: it stays inside the axes, turned as it is."""
    figure = ax.get_figure(root=True)
    height = 300.0 if figure is None else ax.get_position().height * figure.get_figheight() * 72
    return min(96.0, height * (0.55 if lang == "zh" else 0.36))


def below(ax: Axes, points: float) -> Transform:
    """Return the axes' own coordinates, moved down by so many points: where a legend stands below the axis."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return ax.transAxes + ScaledTranslation(0, -points / 72, figure.dpi_scale_trans)


def time_axis(ax: Axes, plan: Plan, end: float, lang: Lang) -> None:
    """Lay out the time axis from T+0 to `end` minutes, each mark with the wall clock below it."""
    step = next((s for s in (5, 10, 15, 20, 30, 60, 120, 240) if end / s <= 12), 480)
    marks = list(range(0, int(end) + 1, step))
    ax.set_xticks(marks, [f"T+{m}\n{clock_at(plan.start, m * MINUTE)[11:16]}" for m in marks], fontsize=8.5)
    ax.set_xlim(0, end)
    ax.grid(axis="x", color=GRID, linewidth=0.7)
    ax.set_axisbelow(True)
