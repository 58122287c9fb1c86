"""How often each limit may be missed in a study, with its interval, against the target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.charts.panels import ROW, Sheet, caption, dot, figures, rows
from sim.report.charts.style import ALERT, FILLS, INK, drawn
from sim.report.what_if import limit_name, percent
from sim.review.names import Names
from sim.study.replicate import Study
from sim.study.statistics import TARGET
from sim.study.summary import Kept, limits
from sim.words import Lang, pick, say
from sim.words.study import STUDY

MOST: Final = 20
"""Limits drawn; the others have a share as low or lower and stand in the tables."""
_LEFT, _RIGHT = 5.3, 2.45
_MARKS: Final[dict[str, tuple[str, str, str]]] = {
    "pass": ("o", FILLS["move"][0], INK),
    "fail": ("D", ALERT, ALERT),
    "cannot_tell": ("s", "white", INK),
}  # marker, face, edge


@drawn
def missing(study: Study, *, target: float = TARGET, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw the share of plays that may miss each judged limit, the worst first, with Wilson's interval.

    The form of a mark says how the interval lies to the `target`: below it, above it, or across it.
    """
    judged = ranked(study, target)
    shown = judged[:MOST]
    sheet = Sheet(ax, max(len(shown), 3) * ROW + 0.1)
    panel = sheet.panel(_LEFT, _RIGHT, 0.1, max(len(shown), 3) * ROW)
    panel.set_xlim(-0.012, 1.012)
    marks = [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    panel.set_xticks(marks, [f"{mark:.0%}" for mark in marks])
    panel.axvline(target, color=ALERT, linewidth=1.4, linestyle="--", zorder=2)
    for y, row in enumerate(shown):
        _draw(panel, y, row, lang)
    names = Names(study.plan)
    rows(panel, [_name(row, names, lang) for row in shown], _LEFT)
    caption(panel, say(STUDY, "missing.axis", lang))
    line = Line2D([], [], color=ALERT, linewidth=1.4, linestyle="--",
                  label=say(STUDY, "missing.target", lang, target=100 * target))  # fmt: skip
    sheet.legend([*(dot(*mark, say(STUDY, verdict, lang)) for verdict, mark in _MARKS.items()), line], 4, 40)
    left = len(judged) - len(shown)
    rest = say(STUDY, "missing.rest", lang, count=left) if left else ""
    return sheet.finish(study.plan, _title(judged, names, lang), study.n, lang, rest)


def ranked(study: Study, target: float = TARGET) -> list[Kept]:
    """Return the limits that are judged, the most often missed first."""
    judged = [row for row in limits(study, target) if row.verdict != "shown" and row.judged + row.running]
    return sorted(judged, key=lambda row: (-(row.share or 0), -row.high, row.norm))


def _draw(panel: Axes, y: float, row: Kept, lang: Lang) -> None:
    marker, face, edge = _MARKS[row.verdict]
    panel.plot([row.low, row.high], [y, y], color=edge, linewidth=2, zorder=3, solid_capstyle="butt")
    if row.share is None:
        figures(panel, y, say(STUDY, "missing.figures.unknown", lang, running=row.running))
        return
    panel.plot(row.share, y, marker=marker, markersize=7.5, markerfacecolor=face, markeredgecolor=edge, zorder=4,
               clip_on=False)  # fmt: skip
    shares = {
        name: percent(value) for name, value in (("share", row.share), ("low", row.low), ("high", row.high))
    }
    figures(panel, y, say(STUDY, "missing.figures", lang, missed=row.missed, judged=row.judged, **shares))


def _name(row: Kept, names: Names, lang: Lang) -> str:
    what = limit_name(row.norm, names, lang)
    if row.within is not None:
        what = say(STUDY, "within", lang, what=what, minutes=row.within)
    return say(STUDY, "row", lang, unit=pick(names.unit(row.unit), lang), what=what)


def _title(judged: Sequence[Kept], names: Names, lang: Lang) -> str:
    if not judged:
        return say(STUDY, "missing.none", lang)
    fail = sum(row.verdict == "fail" for row in judged)
    if not fail:
        return say(STUDY, "missing.title.good", lang, judged=len(judged))
    worst = next(row for row in judged if row.verdict == "fail")
    return say(STUDY, "missing.title", lang, judged=len(judged), fail=fail, share=100 * (worst.share or 0),
               name=limit_name(worst.norm, names, lang))  # fmt: skip
