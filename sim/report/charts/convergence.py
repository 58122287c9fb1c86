"""Convergence: how the usual and the less favourable time of a turning point settle as plays are added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.plan.durations import MINUTE
from sim.report.charts.panels import Sheet, caption, figures, heading
from sim.report.charts.style import FILLS, GRID, INK, drawn
from sim.study.replicate import Study
from sim.study.statistics import Distribution, Quantile
from sim.study.summary import Milestone, milestones
from sim.words import Lang, say
from sim.words.study import STUDY
from sim.words.what_if import MARKS

_FIRST: Final = 10
_POINTS: Final = 40
_LEFT, _RIGHT = 0.55, 2.1
_LINES: Final[Mapping[float, tuple[str, Literal["-", "--"], str, str]]] = {
    0.5: ("bands.p50", "-", FILLS["move"][0], ""),
    0.9: ("bands.p90", "--", "#d9d9d9", "...."),
}
"""Name, line, face and hatch of the interval, by the share of the quantile."""


class Point(NamedTuple):
    """P50 and P90 of the first `n` plays, in minutes."""

    n: int
    p50: Quantile
    p90: Quantile


@drawn
def convergence(
    study: Study, milestone: str | None = None, *, lang: Lang = "zh", ax: Axes | None = None
) -> Axes:
    """Draw P50 and P90 of a turning point with their intervals against the number of plays; return the axes.

    Without a `milestone` it is the one whose P90 is least sure. Where a quantile or an end of its interval is not known
    yet, the line or the shade begins later.
    """
    name = milestone or least_sure(milestones(study))
    points = settling(study, name)
    sheet = Sheet(ax, 3.9, 1.15)
    panel = sheet.panel(_LEFT, _RIGHT, 0.15, 3.75)
    panel.grid(axis="y", color=GRID, linewidth=0.7)
    panel.set_xlim(0, max(study.n, 1))
    for share, (key, line, face, hatch) in _LINES.items():
        found = [(point.n, point.p50 if share == 0.5 else point.p90) for point in points]
        _draw(panel, found, line, face, hatch)
        last = found[-1][1].value if found else None
        if last is not None:
            figures(panel, last, f"{say(STUDY, key, lang)} {last:.1f}")
    heading(
        panel, say(STUDY, "colon", lang, head=say(MARKS, name, lang), text=say(STUDY, "convergence.y", lang))
    )
    caption(panel, say(STUDY, "convergence.axis", lang))
    _legend(sheet, lang)
    return sheet.finish(study.plan, _title(study, name, points, lang), study.n, lang)


def settling(study: Study, milestone: str) -> list[Point]:
    """Return P50 and P90 of a turning point over more and more of the plays, the last over all of them."""
    with study.store() as store:
        ticks = store.milestone(milestone, study.n)
    found = [(None if at is None else at / MINUTE, closed / MINUTE) for at, closed in ticks]
    points = []
    for n in _sizes(len(found)):
        so_far = Distribution(found[:n])
        points.append(Point(n, so_far.quantile(0.5), so_far.quantile(0.9)))
    return points


def _sizes(n: int) -> list[int]:
    """Numbers from `_FIRST` to `n`, close together where most happens."""
    if n <= _FIRST:
        return [n] if n else []
    return sorted({round(_FIRST * (n / _FIRST) ** (step / (_POINTS - 1))) for step in range(_POINTS)})


def least_sure(rows: list[Milestone]) -> str:
    """Return the turning point whose P90 has the widest interval, of those that come often enough to have one."""

    def width(row: Milestone) -> float:
        low, high = row.band.p90_low, row.band.p90_high
        return -1.0 if low is None or high is None else high - low

    return max(rows, key=width).milestone


def _draw(panel: Axes, found: list[tuple[int, Quantile]], line: str, face: str, hatch: str) -> None:
    known = [(n, q.value) for n, q in found if q.value is not None]
    shaded = [(n, q.low, q.high) for n, q in found if q.low is not None and q.high is not None]
    if shaded:
        sizes, low, high = zip(*shaded, strict=True)
        panel.fill_between(sizes, low, high, facecolor=face, edgecolor="#8a8a8a", linewidth=0.5, hatch=hatch,
                           alpha=0.65, zorder=2)  # fmt: skip
    if known:
        sizes, values = zip(*known, strict=True)
        panel.plot(sizes, values, color=INK, linewidth=1.8, linestyle=line, zorder=4)


def _legend(sheet: Sheet, lang: Lang) -> None:
    marks: list[Line2D | Patch] = []
    for key, line, face, hatch in _LINES.values():
        name = say(STUDY, key, lang)
        marks.append(Line2D([], [], color=INK, linewidth=1.8, label=name, linestyle=line))
        interval = say(STUDY, "colon", lang, head=name, text=say(STUDY, "convergence.interval", lang))
        marks.append(Patch(facecolor=face, hatch=hatch, edgecolor="#8a8a8a", alpha=0.65, label=interval))
    sheet.legend(marks, 4, 36)


def _title(study: Study, name: str, points: list[Point], lang: Lang) -> str:
    label = say(MARKS, name, lang)
    if not points or points[-1].p50.value is None:
        return say(STUDY, "bands.title.never", lang, name=label)
    last = points[-1].p50
    p50 = say(STUDY, "at", lang, minutes=last.value)
    if last.low is None or last.high is None:
        return say(STUDY, "convergence.title.open", lang, n=study.n, name=label, p50=p50)
    half = (last.high - last.low) / 2
    return say(STUDY, "convergence.title", lang, n=study.n, name=label, p50=p50, half=half)
