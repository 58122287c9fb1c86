"""What assumptions do when all are varied together: elementary effects (Morris) or shares of the variance (Sobol)."""

from __future__ import annotations

from typing import Final, NamedTuple

from matplotlib.axes import Axes

from sim.plan.compiled import Plan
from sim.report.charts.panels import ROW, Sheet, caption, figures, rows
from sim.report.charts.style import FILLS, INK, drawn
from sim.report.what_if import factor_name, measure_name
from sim.study.sensitivity import Sensitivity
from sim.words import Lang, say
from sim.words.events import GRADES
from sim.words.study import STUDY

MOST: Final = 15
_LEFT: Final = 5.0
_FACE, _HATCH, _EDGE = FILLS["move"]


class _Bar(NamedTuple):
    """How strongly a factor acts, with the half width of its interval."""

    path: str
    strength: float
    error: float


@drawn
def effects(found: Sensitivity, plan: Plan, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw what each factor does, the strongest first, with its error; return the axes."""
    bars = strengths(found)[:MOST]
    known = {factor.path: factor for factor in found.factors}
    sheet = Sheet(ax, max(len(bars), 3) * ROW + 0.1, 1.0)
    panel = sheet.panel(_LEFT, 0.9, 0.1, max(len(bars), 3) * ROW)
    for y, bar in enumerate(bars):
        panel.barh(y, bar.strength, height=0.5, facecolor=_FACE, edgecolor=_EDGE, linewidth=0.9, zorder=3)
        panel.plot(
            [bar.strength - bar.error, bar.strength + bar.error], [y, y], color=INK, linewidth=1.8, zorder=4
        )
        figures(panel, y, f"{bar.strength:.2f} ±{bar.error:.2f}")
    panel.set_xlim(left=0)
    names = [
        say(STUDY, "tornado.row", lang, name=factor_name(known[bar.path], plan, lang),
            grade=say(GRADES, known[bar.path].grade, lang))
        for bar in bars
    ]  # fmt: skip
    rows(panel, names, _LEFT)
    caption(panel, say(STUDY, "effects.axis.strength" if found.effects else "effects.axis.total", lang))
    measure = measure_name(found.measure, plan, lang)
    title = (
        say(STUDY, "effects.title", lang, measure=measure, name=factor_name(known[bars[0].path], plan, lang))
        if bars and bars[0].strength > 0
        else say(STUDY, "tornado.none", lang, measure=measure)
    )
    return sheet.finish(plan, title, found.points * found.n, lang)


def strengths(found: Sensitivity) -> list[_Bar]:
    """Return μ* of Morris or the total share of Sobol with its error, the strongest first."""
    bars = [_Bar(effect.name, effect.strength, effect.error) for effect in found.effects]
    bars += [_Bar(share.name, share.total, share.total_error) for share in found.shares]
    return sorted(bars, key=lambda bar: (-bar.strength, bar.path))
