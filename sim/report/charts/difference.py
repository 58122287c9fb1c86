"""Two variants compared play by play: turning points sooner, limits missed less often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes

from sim.report.charts.panels import ROW, Sheet, caption, dot, figures, rows
from sim.report.charts.style import ALERT, FILLS, INK, drawn
from sim.report.what_if import limit_name
from sim.review.names import Names
from sim.study.what_if import Comparison, Limited, Line
from sim.words import Lang, say
from sim.words.study import STUDY
from sim.words.what_if import MARKS

MOST: Final = 12
"""Limits drawn, those that differ most."""
_LEFT, _RIGHT = 3.6, 2.6
_MARKS: Final[dict[str, tuple[str, str, str]]] = {
    "less": ("<", FILLS["work"][0], FILLS["work"][0]),
    "more": (">", ALERT, ALERT),
    "same": ("s", "white", INK),
    "equal": ("x", INK, INK),
}


@drawn
def difference(found: Comparison, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw the mean difference of each turning point and of each limit that differs, with intervals; return the axes.

    Left of zero the second variant is sooner, or misses less. The form of a mark says whether the interval holds zero.
    """
    lines = [line for line in found.milestones if line.paired.mean is not None]
    limits = changed(found)
    shown = limits[:MOST]
    heights = [max(1, len(part)) * ROW for part in (lines, shown)]
    gap = 0.75 if shown else 0.0
    sheet = Sheet(ax, heights[0] + gap + (heights[1] if shown else 0) + 0.1)
    upper = sheet.panel(_LEFT, _RIGHT, 0.1, heights[0])
    rows(upper, [say(MARKS, line.name, lang) for line in lines], _LEFT)
    for y, line in enumerate(lines):
        _time(upper, y, line, lang)
    _about_zero(upper)
    caption(upper, say(STUDY, "difference.axis", lang))
    if shown:
        names = Names(found.second.plan)
        lower = sheet.panel(_LEFT, _RIGHT, heights[0] + gap + 0.1, heights[1])
        rows(lower, [limit_name(each.norm, names, lang) for each in shown], _LEFT)
        for y, each in enumerate(shown):
            _limit(lower, y, each, lang)
        _about_zero(lower)
        caption(lower, say(STUDY, "difference.axis.limits", lang))
    sheet.legend([dot(*mark, say(STUDY, f"difference.{key}", lang)) for key, mark in _MARKS.items()], 4, 40)
    left = len(limits) - len(shown)
    rest = say(STUDY, "difference.rest", lang, count=left) if left else ""
    return sheet.finish(found.second.plan, _title(lines, lang), found.n, lang, rest)


def changed(found: Comparison) -> list[Limited]:
    """Return the limits of which any pair differs, what changes most first."""
    differ = [each for each in found.limits if each.missed.first_only or each.missed.second_only]
    return sorted(differ, key=lambda each: (-abs(each.missed.difference or 0), each.norm))


def _time(panel: Axes, y: float, line: Line, lang: Lang) -> None:
    paired = line.paired
    assert paired.mean is not None
    _mark(panel, y, paired.mean, paired.low, paired.high, equal=not paired.touched)
    if not paired.touched:
        figures(panel, y, say(STUDY, "difference.equal", lang))
        return
    shares = {"share": 100 * paired.better / paired.pairs, "low": 100 * paired.share_low,
              "high": 100 * paired.share_high}  # fmt: skip
    figures(panel, y, say(STUDY, "difference.figures", lang, mean=paired.mean, **shares))


def _limit(panel: Axes, y: float, each: Limited, lang: Lang) -> None:
    missed = each.missed
    assert missed.difference is not None
    low, high = (None if end is None else 100 * end for end in (missed.low, missed.high))
    _mark(panel, y, 100 * missed.difference, low, high, equal=False)
    shares = {"first": 100 * missed.first / missed.judged, "second": 100 * missed.second / missed.judged}
    figures(panel, y, say(STUDY, "difference.figures.limits", lang, **shares))


def _mark(panel: Axes, y: float, mean: float, low: float | None, high: float | None, *, equal: bool) -> None:
    kind = "equal" if equal else sign_of(low, high)
    marker, face, edge = _MARKS[kind]
    if low is not None and high is not None:
        panel.plot([low, high], [y, y], color=edge, linewidth=2, zorder=3, solid_capstyle="butt")
    panel.plot(mean, y, marker=marker, markersize=8, markerfacecolor=face, markeredgecolor=edge, zorder=4)


def sign_of(low: float | None, high: float | None) -> str:
    """Return whether an interval is below zero (``less``), above it (``more``) or holds it (``same``)."""
    if high is not None and high < 0:
        return "less"
    return "more" if low is not None and low > 0 else "same"


def _about_zero(panel: Axes) -> None:
    """Show zero, and at least one unit to either side."""
    low, high = panel.get_xlim()
    room = 0.05 * max(high - low, 2.0)
    panel.set_xlim(min(low, -1.0) - room, max(high, 1.0) + room)
    panel.axvline(0, color=INK, linewidth=1.3, zorder=2)


def _title(lines: Sequence[Line], lang: Lang) -> str:
    sure = [line for line in lines if sign_of(line.paired.low, line.paired.high) != "same"]
    if not sure:
        return say(STUDY, "difference.none", lang)
    line = max(sure, key=lambda line: abs(line.paired.mean or 0))
    mean, paired = line.paired.mean or 0.0, line.paired
    way = say(STUDY, "difference.sooner" if mean < 0 else "difference.later", lang)
    return say(STUDY, "difference.title", lang, name=say(MARKS, line.name, lang), way=way, minutes=abs(mean),
               share=100 * paired.better / paired.pairs)  # fmt: skip
