"""Improvement options: the minutes that each measure gains, what gains most for its cost first."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes

from sim.plan.compiled import Plan
from sim.report.charts.difference import sign_of
from sim.report.charts.panels import ROW, Sheet, caption, dot, figures, rows
from sim.report.charts.style import ALERT, FILLS, INK, drawn
from sim.report.what_if import option_name
from sim.study.options import Option, Options
from sim.words import Lang, say
from sim.words.study import STUDY
from sim.words.what_if import MARKS, SAYS

MOST: Final = 15
_LEFT, _RIGHT = 3.7, 3.3
_MARKS: Final[dict[str, tuple[str, str, str]]] = {
    "gain": (">", FILLS["work"][0], FILLS["work"][0]),
    "nil": ("s", "white", INK),
    "loss": ("<", ALERT, ALERT),
    "equal": ("x", INK, INK),
}
_OF_SIGN: Final = {"more": "gain", "same": "nil", "less": "loss"}


@drawn
def options(found: Options, plan: Plan, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw the minutes that each measure gains by itself, with their interval; return the axes."""
    shown = found.ranked("minutes")[:MOST]
    sheet = Sheet(ax, max(len(shown), 3) * ROW + 0.1)
    panel = sheet.panel(_LEFT, _RIGHT, 0.1, max(len(shown), 3) * ROW)
    panel.axvline(0, color=INK, linewidth=1.3, zorder=2)
    for y, option in enumerate(shown):
        _draw(panel, y, option, lang)
    names = [
        say(STUDY, "options.row", lang, name=option_name(option, found, lang), cost=option.cost)
        for option in shown
    ]
    rows(panel, names, _LEFT)
    marks = say(STUDY, "comma", lang).join(say(MARKS, mark, lang) for mark in found.marks)
    caption(panel, say(STUDY, "options.axis", lang, marks=marks))
    sheet.legend([dot(*mark, say(STUDY, f"options.{key}", lang)) for key, mark in _MARKS.items()], 4, 40)
    return sheet.finish(plan, _title(found, lang), found.n, lang)


def _draw(panel: Axes, y: float, option: Option, lang: Lang) -> None:
    low, high = option.interval
    touched = any(paired.touched for _, paired in option.milestones)
    marker, face, edge = _MARKS[_OF_SIGN[sign_of(low, high)] if touched else "equal"]
    if low is not None and high is not None:
        panel.plot([low, high], [y, y], color=edge, linewidth=2, zorder=3, solid_capstyle="butt")
    panel.plot(
        option.minutes, y, marker=marker, markersize=8, markerfacecolor=face, markeredgecolor=edge, zorder=4
    )
    if option.idle:
        figures(panel, y, say(SAYS, "idle", lang))
        return
    figures(panel, y, say(STUDY, "options.figures", lang, minutes=option.minutes, each=option.per_cost("minutes"),
                          limits=option.limits))  # fmt: skip


def _title(found: Options, lang: Lang) -> str:
    best = next((o for o in found.ranked("minutes") if sign_of(*o.interval) == "more"), None)
    if best is None:
        return say(STUDY, "options.none", lang)
    return say(
        STUDY,
        "options.title",
        lang,
        name=option_name(best, found, lang),
        cost=best.cost,
        minutes=best.minutes,
    )
