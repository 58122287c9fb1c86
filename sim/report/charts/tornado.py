"""Tornado: how far each assumption moves a result, varied by itself from a low to a high end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.plan.compiled import Plan
from sim.report.charts.panels import ROW, Sheet, caption, rows
from sim.report.charts.style import FILLS, INK, drawn
from sim.report.what_if import factor_name, measure_name
from sim.study.measures import Measure
from sim.study.sensitivity import Bar, Tornado
from sim.words import Lang, say
from sim.words.events import GRADES
from sim.words.study import STUDY

MOST: Final = 15
_LEFT: Final = 5.0
_LOW: Final = ("#cfe6f4", "/////", FILLS["move"][2])
_HIGH: Final = FILLS["work"]


@drawn
def tornado(found: Tornado, plan: Plan, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw the assumptions that move the measure, the widest swing first, about the figure as it stands.

    The hatched side is the low end of an assumption, the dark side its high end.
    """
    moving = [bar for bar in found.bars if bar.swing > 0]
    shown = moving[:MOST]
    sheet = Sheet(ax, max(len(shown), 3) * ROW + 0.1)
    panel = sheet.panel(_LEFT, 0.55, 0.1, max(len(shown), 3) * ROW)
    by = 100.0 if found.measure.kind == "limit" else 1.0
    usual = (found.usual or 0.0) * by
    for y, bar in enumerate(shown):
        _draw(panel, y, bar, usual, by, found.measure, lang)
    _limits(panel, shown, usual, by)
    panel.axvline(usual, color=INK, linewidth=1.3, zorder=4)
    rows(panel, [_name(bar, plan, lang) for bar in shown], _LEFT)
    unit = "share" if found.measure.kind == "limit" else "minutes"
    caption(panel, measure_name(found.measure, plan, lang) + say(STUDY, f"tornado.unit.{unit}", lang))
    sheet.legend(_legend(usual, found.measure, lang), 3, 40)
    rest = (
        say(STUDY, "tornado.rest", lang, count=len(moving) - len(shown)) if len(moving) > len(shown) else ""
    )
    return sheet.finish(plan, _title(found, plan, lang), found.n, lang, rest)


def _draw(panel: Axes, y: float, bar: Bar, usual: float, by: float, measure: Measure, lang: Lang) -> None:
    assert bar.low is not None
    assert bar.high is not None
    ends = sorted(((bar.low * by, _LOW), (bar.high * by, _HIGH)), key=lambda end: end[0])
    for at, (face, hatch, edge) in sorted(
        ends, key=lambda end: -abs(end[0] - usual)
    ):  # the shorter one in front
        panel.barh(y, at - usual, left=usual, height=0.58, facecolor=face, hatch=hatch, edgecolor=edge, linewidth=0.9,
                   zorder=3)  # fmt: skip
    first, last = (at for at, _ in ends)
    texts = [_figure(at / by, measure, lang) for at in (first, last)]
    if last < usual or first > usual:
        both = say(STUDY, "of", lang, part=texts[0], whole=texts[1])
        _label(panel, y, both, *((first, -1) if last < usual else (last, 1)))
        return
    _label(panel, y, texts[0], min(first, usual), -1)
    _label(panel, y, texts[1], max(last, usual), 1)


def _label(panel: Axes, y: float, text: str, at: float, side: int) -> None:
    panel.annotate(text, (at, y), (4 * side, 0), textcoords="offset points", fontsize=8.5, color=INK, zorder=6,
                   va="center_baseline", ha="right" if side < 0 else "left", annotation_clip=False)  # fmt: skip


def _limits(panel: Axes, shown: Sequence[Bar], usual: float, by: float) -> None:
    ends = [end * by for bar in shown for end in (bar.low, bar.high) if end is not None] + [usual]
    room = max(max(ends) - min(ends), 0.5) * 0.14
    panel.set_xlim(min(ends) - room, max(ends) + room)


def _name(bar: Bar, plan: Plan, lang: Lang) -> str:
    grade = say(GRADES, bar.factor.grade, lang)
    return say(STUDY, "tornado.row", lang, name=factor_name(bar.factor, plan, lang), grade=grade)


def _figure(value: float, measure: Measure, lang: Lang) -> str:
    if measure.kind == "limit":
        return say(STUDY, "tornado.figure.share", lang, value=100 * value)
    return say(STUDY, "tornado.figure.minutes", lang, value=value)


def _legend(usual: float, measure: Measure, lang: Lang) -> list[Line2D | Patch]:
    figure = _figure(usual / (100 if measure.kind == "limit" else 1), measure, lang)
    return [
        Patch(facecolor=_LOW[0], hatch=_LOW[1], edgecolor=_LOW[2], label=say(STUDY, "tornado.low", lang)),
        Patch(facecolor=_HIGH[0], edgecolor=_HIGH[2], label=say(STUDY, "tornado.high", lang)),
        Line2D([], [], color=INK, linewidth=1.3, label=say(STUDY, "tornado.usual", lang, usual=figure)),
    ]


def _title(found: Tornado, plan: Plan, lang: Lang) -> str:
    measure = measure_name(found.measure, plan, lang)
    first = next(iter(found.to_measure), None)
    top = first or next((bar for bar in found.bars if bar.swing > 0), None)
    if top is None:
        return say(STUDY, "tornado.none", lang, measure=measure)
    swing = (
        say(STUDY, "tornado.swing.share", lang, swing=100 * top.swing)
        if found.measure.kind == "limit"
        else say(STUDY, "tornado.swing.minutes", lang, swing=top.swing)
    )
    key = "tornado.title" if first else "tornado.title.firm"
    return say(STUDY, key, lang, name=factor_name(top.factor, plan, lang), measure=measure, swing=swing)
