"""What the charts of a study share: a sheet with panels, rows with names at the left and figures at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.plan.compiled import Plan
from sim.report.charts.style import GRID, INK, PALE, WIDTH, below, canvas, sign
from sim.report.lanes import clipped, width_of, wrapped
from sim.words import Lang, pick, say
from sim.words.study import STUDY

EDGE: Final = 0.3
"""Inches left free at the left of the sheet."""
ROW: Final = 0.34
"""Inches of a row."""
_RIGHT, _TOP = 0.25, 0.72  # as `canvas` has them
_TITLE: Final = {"zh": 50.0, "en": 59.0}  # ems at the left of the mark


class Sheet:
    """One chart: `ax` carries title, marks and footer, its panels lie on it. Lengths are inches of a chart drawn alone.

    `foot` is the room below the lowest panel, for its axis, the legend and the footer.
    """

    def __init__(self, ax: Axes | None, height: float, foot: float = 1.2) -> None:
        self.ax = canvas(ax, height + foot + _TOP, EDGE, foot)
        self._wide, self._high = WIDTH - EDGE - _RIGHT, height
        self._foot = foot
        self.ax.set_xticks([])
        self.ax.set_yticks([])

    def panel(self, left: float, right: float, top: float, height: float) -> Axes:
        """Return a panel, `top` inches below the upper edge, with so much room at its left and right."""
        bounds = (
            left / self._wide,
            1 - (top + height) / self._high,
            (self._wide - left - right) / self._wide,
            height / self._high,
        )
        panel = self.ax.inset_axes(bounds, facecolor="none", zorder=3)
        for side in ("top", "right", "left"):
            panel.spines[side].set_visible(False)
        panel.spines["bottom"].set_color(PALE)
        panel.tick_params(length=0, colors=INK, labelsize=8.5)
        panel.grid(axis="x", color=GRID, linewidth=0.7)
        panel.set_axisbelow(True)
        return panel

    def legend(self, marks: Sequence[Line2D | Patch], columns: int = 6, down: float = 34) -> None:
        """Put the legend `down` points below the panels."""
        self.ax.legend(handles=list(marks), loc="upper left", bbox_to_anchor=(0, 0), borderaxespad=0, fontsize=8.5,
                       bbox_transform=below(self.ax, down), ncols=columns, frameon=False, handlelength=2.0,
                       columnspacing=1.3, handletextpad=0.5)  # fmt: skip

    def finish(self, plan: Plan, title: str, n: int, lang: Lang, rest: str = "") -> Axes:
        """Put on the title, the 演练 marks and the footer, and `rest`: what was left out."""
        text = say(STUDY, "footer.chart", lang, scenario=pick(plan.title, lang), n=n)
        if rest:
            text += ("　" if lang == "zh" else " ") + rest
        sign(
            self.ax, clipped(title, _TITLE[lang]), say(STUDY, "badge", lang), text, lang, self._foot * 72 - 20
        )
        self.ax.spines["bottom"].set_visible(False)
        return self.ax


def rows(panel: Axes, names: Sequence[str], room: float) -> None:
    """Name the rows of a panel from the top, in `room` inches and at most two lines; there is always place for one."""
    panel.set_yticks(range(len(names)), [_lines(name, room * 72 / 9 - 1) for name in names], fontsize=9)
    for label in panel.get_yticklabels():
        if "\n" in label.get_text():
            label.set_fontsize(8)
            label.set_linespacing(0.95)
    panel.set_ylim(max(len(names), 1) - 0.4, -0.6)


def _lines(name: str, fit: float) -> str:
    """The name on one line, or on two smaller ones, the last of them cut where even that is too little."""
    if width_of(name) <= fit:
        return name
    first, *others = wrapped(name, fit * 9 / 8)
    sep = " " if " " in name else ""
    return "\n".join((first, *([clipped(sep.join(others), fit * 9 / 8)] if others else [])))


def figures(panel: Axes, y: float, text: str) -> None:
    """Write the figures of a row at the right of its panel."""
    panel.annotate(text, (1, y), (8, 0), xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=8.5,
                   color=INK, va="center_baseline", annotation_clip=False)  # fmt: skip


def heading(panel: Axes, text: str, at: float = 0.0) -> None:
    """Write a heading above a panel, from the axis or (at 1) from its right end."""
    panel.annotate(text, (at, 1), (8 if at else 0, 4), xycoords="axes fraction", textcoords="offset points", fontsize=9,
                   color=PALE, va="bottom", annotation_clip=False)  # fmt: skip


def caption(panel: Axes, text: str) -> None:
    """Write what the axis of a panel counts, below its ticks."""
    panel.annotate(text, (0, 0), (0, -18), xycoords="axes fraction", textcoords="offset points", fontsize=9, color=INK,
                   va="top", annotation_clip=False)  # fmt: skip


def dot(marker: str, face: str, edge: str, label: str = "", size: float = 7) -> Line2D:
    """Return a mark of a legend."""
    return Line2D([], [], marker=marker, linestyle="none", markersize=size, markerfacecolor=face, markeredgecolor=edge,
                  label=label)  # fmt: skip
