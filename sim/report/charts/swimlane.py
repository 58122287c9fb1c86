"""The swim-lane timeline: who did what when, between the injects and the limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.plan.durations import MINUTE
from sim.record.tasks import Span
from sim.record.timeline import Row, Timeline
from sim.report.charts.style import ALERT, FILLS, INK, PALE, WIDTH, below, canvas, drawn, finish, time_axis
from sim.report.lanes import KINDS, Bar, Lane, clipped, expiry, last_minute, place
from sim.review.moments import Moments, moments
from sim.review.names import Names
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS

_LEFT: Final = {"zh": 1.95, "en": 2.8}  # inches for the names of units
_FOOT: Final = 0.9  # lanes left free at the bottom for the names of the turning points
_ROW: Final = 0.235  # inches a sub-lane
_LINE: Final = 13.7  # points a line of the list of injects
_FONT: Final = 7.5


@drawn
def swimlane(timeline: Timeline, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw the timeline of one drill, a lane a unit that acted, and return the axes.

    Bars are tasks by what they did (calling, waiting, moving, working); numbered flags on top are injects, listed
    below; vertical lines are activation and termination; diamonds are where a limit runs out, filled where missed.
    """
    turning = moments(timeline)
    given = [row for row in timeline.rows if row.event == "inject_given"]
    end = last_minute(timeline)
    bars, lanes = place(timeline, end, end / ((WIDTH - _LEFT[lang] - 0.25) * 72) * _FONT, lang)
    depth = max((lane.first + lane.rows for lane in lanes), default=1)
    levels, listed = _levels(given, end), (len(given) + 1) // 2
    bottom = 1.15 + listed * _LINE / 72
    height = (depth + 2 + max(levels, default=0)) * _ROW + 0.9 + bottom
    axes = canvas(ax, max(height, 3.6), _LEFT[lang], bottom)
    time_axis(axes, timeline.plan, end, lang)
    _lanes(axes, lanes, Names(timeline.plan), lang)
    _bars(axes, bars)
    _turns(axes, turning, depth, end, lang)
    axes.set_ylim(depth + _FOOT, _flags(axes, given, levels, depth))
    _legend(axes, lang)
    _listing(axes, timeline, given, lang)
    return finish(axes, timeline.plan, _title(turning, bars, lang), lang, 66 + listed * _LINE)


def _lanes(ax: Axes, lanes: Sequence[Lane], names: Names, lang: Lang) -> None:
    for index, lane in enumerate(lanes):
        if index % 2 == 0:
            ax.axhspan(lane.first, lane.first + lane.rows, color="#f4f4f4", linewidth=0, zorder=0.5)
    labels = []
    for lane in lanes:
        label = pick(names.unit(lane.unit), lang)
        labels.append(label if names.invited(lane.unit) else say(CHARTS, "uninvited", lang, unit=label))
    cut = [clipped(label, _LEFT[lang] * 72 / 9 - 1) for label in labels]
    ax.set_yticks([lane.first + lane.rows / 2 for lane in lanes], cut, fontsize=9)


def _bars(ax: Axes, bars: Sequence[Bar]) -> None:
    ax.hlines(
        [bar.row + 0.5 for bar in bars], [b.begin for b in bars], [b.end for b in bars], PALE, linewidth=0.8
    )
    for kind, (face, hatch, edge) in FILLS.items():
        boxes = [
            _box(bar.row, span) for bar in bars for span in bar.record.spans if KINDS.get(span.kind, "wait") == kind
        ]  # fmt: skip
        ax.add_collection(
            PolyCollection(boxes, facecolor=face, hatch=hatch, edgecolor=edge, linewidth=0.5, zorder=3), autolim=False
        )  # fmt: skip
    for done, marker, size in ((True, "|", 7), (False, "x", 5)):
        ended = [(bar.end, bar.row + 0.5) for bar in bars if (bar.record.state == "finished") == done]
        _marks(ax, ended, marker=marker, markersize=size, color=INK, zorder=5)
    for verdict, face in (("met", "white"), ("missed", ALERT)):
        due = [(expiry(mark), bar.row + 0.5) for bar in bars for mark in bar.marks if mark.verdict == verdict]
        _marks(ax, due, marker="D", markersize=4.2, markerfacecolor=face, markeredgecolor=ALERT, zorder=7)
    for bar in bars:
        ax.annotate(
            bar.label, (bar.begin if bar.left else bar.stop, bar.row + 0.5), (-3 if bar.left else 5, 0), color=INK,
            textcoords="offset points", fontsize=_FONT, ha="right" if bar.left else "left", va="center_baseline",
            zorder=6, annotation_clip=False,
        )  # fmt: skip


def _box(row: int, span: Span) -> list[tuple[float, float]]:
    left, right, top, floor = span.begin / MINUTE, span.end / MINUTE, row + 0.19, row + 0.81
    return [(left, top), (right, top), (right, floor), (left, floor)]


def _marks(ax: Axes, points: Sequence[tuple[float, float]], **style: Any) -> None:
    ax.plot([x for x, _ in points], [y for _, y in points], linestyle="none", clip_on=False, **style)


def _turns(ax: Axes, turning: Moments, depth: int, end: float, lang: Lang) -> None:
    for row, key, style in ((turning.activated, "activated", "-"), (turning.terminated, "terminated", "--")):
        if row is not None:
            x = row.t / MINUTE
            before = x > 0.9 * end
            ax.plot([x, x], [0, depth + _FOOT], color=ALERT, linewidth=1.3, linestyle=style, zorder=4)
            ax.annotate(
                say(CHARTS, f"lane.line.{key}", lang), (x, depth + _FOOT), (-3 if before else 3, 3), fontsize=8,
                color=ALERT,
                textcoords="offset points", ha="right" if before else "left", va="bottom", zorder=8,
                bbox={"fc": "white", "ec": "none", "pad": 0.6, "alpha": 0.85},
            )  # fmt: skip


def _levels(given: Sequence[Row], end: float) -> list[int]:
    """Stagger flags that stand too close: the level of each, 0 nearest to the lanes."""
    last: list[float] = []
    levels = []
    for row in given:
        x = row.t / MINUTE
        level = next((i for i, busy in enumerate(last) if x - busy >= end * 0.032), len(last))
        last[level : level + 1] = [x]
        levels.append(level)
    return levels


def _flags(ax: Axes, given: Sequence[Row], levels: Sequence[int], depth: int) -> float:
    for row, level in zip(given, levels, strict=True):
        x, y = row.t / MINUTE, -0.7 - 1.0 * level
        ax.plot([x, x], [y, depth], color=PALE, linewidth=0.6, linestyle=":", zorder=1)
        ax.annotate(
            row.inject, (x, y), fontsize=8, color="white", ha="center", va="center_baseline", zorder=9,
            annotation_clip=False, bbox={"boxstyle": "round,pad=0.22", "fc": INK, "ec": INK},
        )  # fmt: skip
    return -1.3 - 1.0 * max(levels, default=0)


def _legend(ax: Axes, lang: Lang) -> None:
    marks: list[Patch | Line2D] = [
        Patch(facecolor=face, hatch=hatch, edgecolor=edge, label=say(CHARTS, f"lane.{kind}", lang))
        for kind, (face, hatch, edge) in FILLS.items()
    ]
    plain = {"color": INK, "linestyle": "none"}
    marks.append(Line2D([], [], marker="|", label=say(CHARTS, "lane.finished", lang), **plain))  # type: ignore[arg-type]
    marks.append(Line2D([], [], marker="x", label=say(CHARTS, "lane.open", lang), **plain))  # type: ignore[arg-type]
    for key, face in (("limit", "white"), ("missed", ALERT)):
        marks.append(Line2D([], [], marker="D", linestyle="none", markeredgecolor=ALERT, markerfacecolor=face,
                            markersize=5, label=say(CHARTS, f"lane.{key}", lang)))  # fmt: skip
    ax.legend(
        handles=marks, loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=below(ax, 30), ncols=8, fontsize=8,
        frameon=False, borderaxespad=0, handlelength=1.8, columnspacing=1.2, handletextpad=0.5,
    )  # fmt: skip


def _listing(ax: Axes, timeline: Timeline, given: Sequence[Row], lang: Lang) -> None:
    titles = {inject.id: inject.title for inject in timeline.plan.injects}
    half = (len(given) + 1) // 2
    for number, row in enumerate(given):
        text = clipped(f"{row.inject}  T+{row.t / MINUTE:.0f}  {titles.get(row.inject, row.inject)}", 46)
        ax.annotate(
            text, (0.5 * (number // half), 0), (0, -54 - _LINE * (number % half)), xycoords="axes fraction",
            textcoords="offset points", fontsize=8.5, color=INK, va="top", annotation_clip=False,
        )  # fmt: skip


def _title(turning: Moments, bars: Sequence[Bar], lang: Lang) -> str:
    tasks = [bar.record for bar in bars if bar.record.duty]  # the desk's own steps are no tasks

    def when(row: Row | None, key: str) -> str:
        return (
            say(CHARTS, f"lane.not-{key}", lang)
            if row is None
            else say(CHARTS, f"lane.{key}", lang, t=row.t / MINUTE)
        )

    return say(
        CHARTS, "lane.title", lang, units=len({task.unit for task in tasks}), tasks=len(tasks),
        activated=when(turning.activated, "activated"), terminated=when(turning.terminated, "terminated"),
    )  # fmt: skip
