"""Response times against their limits: what share of each limit a play used."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.plan.durations import MINUTE
from sim.record.timeline import Timeline
from sim.report.charts.style import ALERT, FILLS, GRID, INK, PALE, canvas, drawn, finish
from sim.report.lanes import clipped
from sim.review.limits import Limit, measure
from sim.review.names import Names, both
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS
from sim.words.events import STAGES, STATUS

MOST: Final = 24
"""Limits drawn; the others took a smaller share and stand in the annex."""
_FULL: Final = 2.0  # shares beyond this are drawn at the edge, with an arrow; the figure beside them is true
_LEFT: Final = 4.3
_MARKS: Final[dict[str, tuple[str, str, str]]] = {
    "met": ("o", FILLS["move"][0], INK),
    "missed": ("D", ALERT, ALERT),
    "shown": ("s", "white", PALE),
}  # marker, face, edge


@drawn
def responses(timeline: Timeline, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw each limit of one drill as the share of it that was used, the tightest first; return the axes.

    The line at 100 % is the limit. Beside each mark stand the minutes used, the minutes allowed and the status of
    the limit's source. Limits that are listed and never judged are hollow squares and stand below the judged ones;
    limits that could not be evaluated are not drawn.
    """
    judged = sorted(
        (limit for limit in measure(timeline) if limit.verdict in _MARKS),
        key=lambda limit: (limit.verdict == "shown", -limit.share, limit.norm, limit.task),
    )
    shown = judged[:MOST]
    axes = canvas(ax, max(len(shown) * 0.34 + 2.2, 3.0), _LEFT, 1.25)
    names = Names(timeline.plan)
    for y, limit in enumerate(shown):
        _draw(axes, y, limit, lang)
    axes.set_yticks(
        range(len(shown)), [_wrapped(_row(limit, names, lang), lang) for limit in shown], fontsize=9
    )
    axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    _share_axis(axes, lang)
    _legend(axes, lang)
    if len(judged) > len(shown):
        note = say(CHARTS, "response.rest", lang, count=len(judged) - len(shown))
        axes.annotate(note, (1, 0), (0, -70), xycoords="axes fraction", textcoords="offset points", fontsize=8,
                      color=PALE, ha="right", va="top")  # fmt: skip
    return finish(axes, timeline.plan, _title(judged, lang), lang, 70)


def _draw(ax: Axes, y: int, limit: Limit, lang: Lang) -> None:
    x = min(limit.share, _FULL)
    marker, face, edge = _MARKS[limit.verdict]
    colour = ALERT if limit.verdict == "missed" else GRID
    ax.plot([0, x], [y, y], color=colour, linewidth=2.2, zorder=2, solid_capstyle="butt")
    if limit.share > _FULL:
        ax.plot(x + 0.035, y, marker=">", markersize=6, color=edge, zorder=3)
    ax.plot(x, y, marker=marker, markersize=7, zorder=4, markeredgecolor=edge, markerfacecolor=face)
    key = "response.number" if limit.actual is not None else "response.never"
    text = say(
        CHARTS, key, lang, actual=limit.passed / MINUTE, limit=(limit.within or 0) / MINUTE,
        status=pick(both(STATUS, limit.status), lang),
    )  # fmt: skip
    ax.annotate(text, (_FULL + 0.12, y), fontsize=8.5, color=INK, va="center_baseline", annotation_clip=False)


def _wrapped(text: str, lang: Lang) -> str:
    """Chinese rows fit on one line; English ones may take two."""
    return clipped(text, 33) if lang == "zh" else "\n".join(wrap(text, 56)[:2])


def _row(limit: Limit, names: Names, lang: Lang) -> str:
    what = pick(limit.label, lang)
    if limit.inject:
        start = say(CHARTS, "response.inject", lang, inject=limit.inject)
        what = say(
            CHARTS, "response.step", lang, duty=what, start=start, stop=pick(both(STAGES, limit.stop), lang)
        )
    return say(CHARTS, "response.row", lang, unit=pick(names.unit(limit.unit), lang), what=what)


def _share_axis(ax: Axes, lang: Lang) -> None:
    marks = [0, 0.5, 1.0, 1.5, 2.0]
    ax.set_xticks(marks, [f"{mark:.0%}" for mark in marks], fontsize=8.5)
    ax.set_xlim(0, _FULL + 0.95)
    ax.grid(axis="x", color=GRID, linewidth=0.7)
    ax.set_axisbelow(True)
    ax.axvline(1.0, color=ALERT, linewidth=1.4, zorder=1)
    ax.annotate(
        say(CHARTS, "response.axis", lang), (0, 0), (0, -22), xycoords="axes fraction", fontsize=9,
        textcoords="offset points", color=INK, va="top",
    )  # fmt: skip


def _legend(ax: Axes, lang: Lang) -> None:
    marks = [
        Line2D([], [], marker=marker, linestyle="none", markersize=7, markeredgecolor=edge, markerfacecolor=face,
               label=say(CHARTS, f"response.{verdict}", lang))
        for verdict, (marker, face, edge) in _MARKS.items()
    ]  # fmt: skip
    ax.legend(handles=marks, loc="lower right", bbox_to_anchor=(1, 1), ncols=3, fontsize=8.5, frameon=False,
              borderaxespad=0)  # fmt: skip


def _title(limits: Sequence[Limit], lang: Lang) -> str:
    judged = [limit for limit in limits if limit.verdict != "shown"]
    if not judged:
        return say(CHARTS, "response.none", lang)
    missed = sum(limit.verdict == "missed" for limit in judged)
    return say(CHARTS, "response.title", lang, judged=len(judged), missed=missed)
