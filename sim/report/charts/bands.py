"""Study bands: when the turning points come and how long the clocks that matter run, over many plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.charts.panels import ROW, Sheet, dot, figures, heading, rows
from sim.report.charts.style import ALERT, FILLS, INK, drawn
from sim.review.names import Names
from sim.study.clocks import Clock, clocks
from sim.study.replicate import Study
from sim.study.summary import Band, Milestone, milestones
from sim.words import Lang, pick, say
from sim.words.events import STAGES
from sim.words.study import STUDY
from sim.words.what_if import MARKS

_LEFT, _RIGHT = 4.15, 2.3
_FACE, _HATCH, _EDGE = FILLS["move"]


class _Row(NamedTuple):
    """One band with its name and, where there is one, its limit."""

    name: str
    band: Band
    within: float | None = None
    judged: bool = True


@drawn
def bands(study: Study, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw P10 to P90 of turning points and of clocks with their limits, P50 and the expected play; return the axes.

    A band that is open at the close ends at the right edge with an arrow. What came in no play is not drawn.
    """
    names = Names(study.plan)
    turning = [row for row in milestones(study) if row.band.plays > row.band.never]
    above = [_Row(say(MARKS, row.milestone, lang), row.band) for row in turning]
    lower = [_Row(_clock_name(row, names, lang), row.band, row.within, row.judged) for row in clocks(study)]
    heights = [max(1, len(part)) * ROW for part in (above, lower)]
    gap = 0.75
    sheet = Sheet(ax, sum(heights) + gap + 0.1, 0.95)
    for part, head, top, height in (
        (above, "bands.from-start", 0.1, heights[0]),
        (lower, "bands.from-begin", heights[0] + gap + 0.1, heights[1]),
    ):
        panel = sheet.panel(_LEFT, _RIGHT, top, height)
        heading(panel, say(STUDY, head, lang))
        heading(panel, say(STUDY, "bands.column", lang), at=1)
        _draw(panel, part, lang)
    sheet.legend(_legend(lang), 6, 24)
    return sheet.finish(study.plan, _title(turning, lang), study.n, lang)


def _draw(panel: Axes, part: Sequence[_Row], lang: Lang) -> None:
    ends = [
        value
        for row in part
        for value in (row.band.p10, row.band.p50, row.band.p90, row.band.expected)
        if value
    ]
    end = max(ends, default=1.0) * 1.08
    panel.set_xlim(0, end)
    for y, row in enumerate(part):
        _band(panel, y, row, end)
        figures(panel, y, _figures(row, lang))
    rows(panel, [row.name for row in part], _LEFT)


def _band(panel: Axes, y: float, row: _Row, end: float) -> None:
    band = row.band
    begin = end if band.p10 is None else band.p10
    stop = end if band.p90 is None else band.p90
    panel.barh(y, stop - begin, left=begin, height=0.46, facecolor=_FACE, edgecolor=_EDGE, linewidth=0.9, zorder=3,
               hatch="/////" if band.p90 is None else "")  # fmt: skip
    if band.p90 is None:
        panel.plot(end, y, marker=">", markersize=9, color=_EDGE, zorder=5, clip_on=False)
    else:
        panel.plot([stop, stop], [y - 0.34, y + 0.34], color=INK, linewidth=2.4, zorder=5)
    if band.p50 is not None:
        panel.plot(band.p50, y, marker="o", markersize=6.5, color=INK, zorder=6)
    if band.expected is not None:
        panel.plot(band.expected, y - 0.34, marker="v", markersize=6.5, markerfacecolor="white", markeredgecolor=INK,
                   zorder=7)  # fmt: skip
    if row.within is not None and row.within <= end:
        panel.plot([row.within] * 2, [y - 0.44, y + 0.44], color=ALERT, linewidth=2, zorder=4,
                   linestyle="-" if row.judged else ":")  # fmt: skip


def _figures(row: _Row, lang: Lang) -> str:
    values = {name: _minutes(value, lang) for name, value in (("p50", row.band.p50), ("p90", row.band.p90))}
    if row.within is None:
        return say(STUDY, "bands.figures", lang, **values)
    key = "bands.figures.limit" if row.judged else "bands.figures.shown"
    return say(STUDY, key, lang, limit=row.within, **values)


def _minutes(value: float | None, lang: Lang) -> str:
    return say(STUDY, "bands.open", lang) if value is None else f"{value:.1f}"


def _clock_name(row: Clock, names: Names, lang: Lang) -> str:
    start, stop = (say(STAGES, stage, lang) for stage in (row.begin, row.stop))
    between = say(STUDY, "from-to", lang, start=start, stop=stop)
    whose = names.whose(row.duty) if names.owner(row.duty) else names.duty(row.duty)
    return say(STUDY, "colon", lang, head=pick(whose, lang), text=between)


def _legend(lang: Lang) -> list[Line2D | Patch]:
    return [
        Patch(facecolor=_FACE, edgecolor=_EDGE, label=say(STUDY, "bands.middle", lang)),
        dot("o", INK, INK, say(STUDY, "bands.p50", lang)),
        dot("|", INK, INK, say(STUDY, "bands.p90", lang), 12),
        dot("v", "white", INK, say(STUDY, "bands.expected", lang), 7),
        Line2D([], [], color=ALERT, linewidth=2, label=say(STUDY, "bands.limit", lang)),
        dot(">", _EDGE, _EDGE, say(STUDY, "bands.unknown", lang), 8),
    ]


_TELLING: Final = ("terminated", "activated", "report_up", "reception")
"""The turning point of the title: the first of these that comes in any play."""


def _title(turning: Sequence[Milestone], lang: Lang) -> str:
    there = {row.milestone: row.band for row in turning}
    name = next((name for name in _TELLING if name in there), None)
    if name is None or there[name].p50 is None:
        return say(STUDY, "bands.title.never", lang, name=say(MARKS, name or "activated", lang))
    p50, p90 = (
        say(STUDY, "never", lang) if value is None else say(STUDY, "at", lang, minutes=value)
        for value in (there[name].p50, there[name].p90)
    )
    return say(STUDY, "bands.title", lang, name=say(MARKS, name, lang), p50=p50, p90=p90)
