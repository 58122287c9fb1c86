"""The swim-lane timeline: who did what when, between the injects and the limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.plan.durations import MINUTE
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row, Timeline
from sim.report.charts.style import (
    ALERT,
    FILLS,
    INK,
    PALE,
    WIDTH,
    canvas,
    clipped,
    drawn,
    finish,
    time_axis,
    width_of,
)
from sim.review.limits import Limit, measure
from sim.review.moments import Moments, moments
from sim.review.names import Names
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS

KINDS: Final = {
    "call": "call", "redial": "call", "acknowledge": "call", "muster": "move", "travel": "move",
    "setup": "work", "work": "work",
}  # fmt: skip
"""What a span of a task is drawn as; anything else is waiting."""
_LEFT = 1.95  # inches for the names of units
_ROW = 0.235  # inches a sub-lane
_FONT = 7.5


class Bar(NamedTuple):
    """One task placed in a sub-lane; `row` counts from the top of the chart, `marks` are limits to draw on it."""

    record: TaskRecord
    row: int
    label: str
    marks: tuple[Limit, ...]

    @property
    def stop(self) -> int:
        """The tick at which the bar and its marks end, where its label begins."""
        return max([self.record.end, *(_expiry(limit) for limit in self.marks)])


class Lane(NamedTuple):
    """The tasks of one unit and how many sub-lanes they take."""

    unit: str
    first: int
    rows: int


@drawn
def swimlane(timeline: Timeline, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw the timeline of one drill, a lane a unit that acted, and return the axes.

    Bars are tasks by what they did (calling, waiting, moving, working); numbered flags on top are injects, listed
    below; vertical lines are activation and termination; diamonds are where a limit runs out, filled where missed.
    """
    turning, names = moments(timeline), Names(timeline.plan)
    given = [row for row in timeline.rows if row.event == "inject_given"]
    end = _end(timeline, turning)
    bars, lanes = place(timeline, names, end, lang)
    depth = max(lanes[-1].first + lanes[-1].rows if lanes else 1, 1)
    levels = _levels(given, end)
    listed = (len(given) + 1) // 2
    height = (depth + 0.8 + 0.9 * max(levels, default=0)) * _ROW + 1.2 + 1.15 + listed * 0.19
    axes = canvas(ax, max(height, 3.6), _LEFT, 1.15 + listed * 0.19)
    time_axis(axes, timeline, end, lang)
    _lanes(axes, lanes, names, end, lang)
    for bar in bars:
        _bar(axes, bar, end)
    _turns(axes, turning, depth, end, lang)
    top = _flags(axes, given, levels, depth)
    axes.set_ylim(depth + 0.1, top)
    _legend(axes, lang)
    _listing(axes, timeline, given, lang)
    title = _title(timeline, turning, lanes, bars, lang)
    return finish(axes, timeline, title, lang, 66 + listed * 13.7)


def _end(timeline: Timeline, turning: Moments) -> float:
    """Minutes to show: to the last thing that happened, not the empty rest of the horizon."""
    busy = [
        row.t for row in timeline.rows if row.event not in ("drill_closed", "inject_skipped", "open_at_close")
    ]
    last = turning.closed if any(r.state == "open" for r in timeline.records) else max(busy, default=0)
    return max(10.0, min(turning.closed, last * 1.04) / MINUTE)


def place(timeline: Timeline, names: Names, end: float, lang: Lang) -> tuple[list[Bar], list[Lane]]:
    """Put every task in the first sub-lane of its unit where it and its label overlap no other."""
    order = {actor.name: index for index, actor in enumerate(timeline.plan.actors)}
    units = sorted({r.unit for r in timeline.records}, key=lambda unit: (order.get(unit, -1), unit))
    limits = measure(timeline)
    bars: list[Bar] = []
    lanes: list[Lane] = []
    first = 0
    for unit in units:
        free: list[float] = []
        for record in sorted((r for r in timeline.records if r.unit == unit), key=_begin):
            label = clipped(pick(names.task(record.task), lang), 18)
            bar = Bar(record, first, label, _marks(record, limits, end))
            left, right = _reach(bar, end)
            row = next((i for i, busy in enumerate(free) if busy <= left), len(free))
            free[row : row + 1] = [right]
            bars.append(bar._replace(row=first + row))
        lanes.append(Lane(unit, first, len(free)))
        first += len(free)
    return bars, lanes


def _marks(record: TaskRecord, limits: Sequence[Limit], end: float) -> tuple[Limit, ...]:
    """The judged limits of a task, but those that run out long after it was done with them."""
    return tuple(
        limit
        for limit in limits
        if limit.task == record.task and not limit.inject and limit.verdict in ("met", "missed")
        and _expiry(limit) <= min(record.end + 0.1 * end * MINUTE, end * MINUTE)
    )  # fmt: skip


def _expiry(limit: Limit) -> int:
    return (limit.begin or 0) + (limit.within or 0)


def _reach(bar: Bar, end: float) -> tuple[float, float]:
    """The minutes that a bar and its label cover; the label stands on the left where the right has no room."""
    begin, stop, width = (
        _begin(bar.record) / MINUTE,
        bar.stop / MINUTE,
        (width_of(bar.label) + 1.4) * _em(end),
    )
    return (begin, stop + width) if stop + width <= end else (begin - width, stop)


def _em(end: float) -> float:
    return end / ((WIDTH - _LEFT - 0.25) * 72) * _FONT


def _begin(record: TaskRecord) -> int:
    return record.stages.get("triggered", record.end)


def _lanes(ax: Axes, lanes: Sequence[Lane], names: Names, end: float, lang: Lang) -> None:
    for index, lane in enumerate(lanes):
        if index % 2 == 0:
            ax.axhspan(lane.first, lane.first + lane.rows, color="#f4f4f4", linewidth=0, zorder=0.5)
    labels = []
    for lane in lanes:
        label = pick(names.unit(lane.unit), lang)
        labels.append(label if names.invited(lane.unit) else say(CHARTS, "uninvited", lang, unit=label))
    cut = [clipped(label, _LEFT * 72 / 9 - 1) for label in labels]
    ax.set_yticks([lane.first + lane.rows / 2 for lane in lanes], cut, fontsize=9)


def _bar(ax: Axes, bar: Bar, end: float) -> None:
    y, record = bar.row + 0.5, bar.record
    ax.plot([_begin(record) / MINUTE, record.end / MINUTE], [y, y], color=PALE, linewidth=0.8, zorder=2)
    for span in record.spans:
        face, hatch, edge = FILLS[KINDS.get(span.kind, "wait")]
        ax.barh(
            y, (span.end - span.begin) / MINUTE, left=span.begin / MINUTE, height=0.62, facecolor=face, hatch=hatch,
            edgecolor=edge, linewidth=0.5, zorder=3,
        )  # fmt: skip
    done = record.state == "finished"
    ax.plot(
        record.end / MINUTE, y, marker="|" if done else "x", markersize=7 if done else 5, color=INK, zorder=5
    )
    for limit in bar.marks:
        face = ALERT if limit.verdict == "missed" else "white"
        ax.plot(_expiry(limit) / MINUTE, y, marker="D", markersize=4.2, markerfacecolor=face,
                markeredgecolor=ALERT, markeredgewidth=1, zorder=7)  # fmt: skip
    left, _ = _reach(bar, end)
    before = left < _begin(record) / MINUTE
    x = _begin(record) if before else bar.stop
    ax.annotate(
        bar.label, (x / MINUTE, y), (-3 if before else 5, 0), textcoords="offset points", fontsize=_FONT,
        color=INK, ha="right" if before else "left", va="center_baseline", zorder=6, annotation_clip=False,
    )  # fmt: skip


def _turns(ax: Axes, turning: Moments, depth: int, end: float, lang: Lang) -> None:
    for row, key, style in ((turning.activated, "activated", "-"), (turning.terminated, "terminated", "--")):
        if row is not None:
            x = row.t / MINUTE
            before = x > 0.9 * end
            ax.plot([x, x], [0, depth], color=ALERT, linewidth=1.3, linestyle=style, zorder=4)
            ax.annotate(
                say(CHARTS, f"lane.line.{key}", lang), (x, depth), (-3 if before else 3, 3), fontsize=8, color=ALERT,
                textcoords="offset points", ha="right" if before else "left", va="bottom", zorder=8,
                bbox={"fc": "white", "ec": "none", "pad": 0.6, "alpha": 0.85},
            )  # fmt: skip


def _levels(given: Sequence[Row], end: float) -> list[int]:
    """Stagger flags that stand too close: the level of each, 0 nearest to the lanes."""
    last: list[float] = []
    levels = []
    for row in given:
        x = row.t / MINUTE
        level = next((i for i, busy in enumerate(last) if x - busy >= end * 0.024), len(last))
        last[level : level + 1] = [x]
        levels.append(level)
    return levels


def _flags(ax: Axes, given: Sequence[Row], levels: Sequence[int], depth: int) -> float:
    for number, (row, level) in enumerate(zip(given, levels, strict=True), 1):
        x, y = row.t / MINUTE, -0.7 - 1.0 * level
        ax.plot([x, x], [y, depth], color=PALE, linewidth=0.6, linestyle=":", zorder=1)
        ax.annotate(
            str(number), (x, y), fontsize=8, color="white", ha="center", va="center_baseline", zorder=9,
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
        handles=marks, loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=_below(ax, 30), ncols=8, fontsize=8,
        frameon=False, borderaxespad=0, handlelength=1.8, columnspacing=1.2, handletextpad=0.5,
    )  # fmt: skip


def _below(ax: Axes, points: float) -> object:
    from matplotlib.transforms import ScaledTranslation

    figure = ax.get_figure(root=True)
    assert figure is not None
    return ax.transAxes + ScaledTranslation(0, -points / 72, figure.dpi_scale_trans)


def _listing(ax: Axes, timeline: Timeline, given: Sequence[Row], lang: Lang) -> None:
    titles = {inject.id: inject.title for inject in timeline.plan.injects}
    half = (len(given) + 1) // 2
    for number, row in enumerate(given):
        text = clipped(f"{number + 1}  T+{row.t / MINUTE:.0f}  {titles.get(row.inject, row.inject)}", 46)
        ax.annotate(
            text, (0.5 * (number // half), 0), (0, -54 - 13.7 * (number % half)), xycoords="axes fraction",
            textcoords="offset points", fontsize=8.5, color=INK, va="top", annotation_clip=False,
        )  # fmt: skip


def _title(
    timeline: Timeline, turning: Moments, lanes: Sequence[Lane], bars: Sequence[Bar], lang: Lang
) -> str:
    def when(row: Row | None, key: str) -> str:
        return (
            say(CHARTS, f"lane.not-{key}", lang)
            if row is None
            else say(CHARTS, f"lane.{key}", lang, t=row.t / MINUTE)
        )

    return say(
        CHARTS, "lane.title", lang, units=len(lanes), tasks=len(bars),
        activated=when(turning.activated, "activated"), terminated=when(turning.terminated, "terminated"),
    )  # fmt: skip
