"""The gap heat map: how many possible gaps, by unit and phase of the drill."""

from __future__ import annotations

from collections import Counter
from typing import Final

from matplotlib.axes import Axes

from sim.record.timeline import Timeline
from sim.report.charts.style import INK, canvas, drawn, finish
from sim.report.lanes import clipped
from sim.review.findings import Findings, evaluate
from sim.review.moments import moments
from sim.review.names import Names
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS
from sim.words.events import PHASES

_LEFT: Final = 3.1
_SHADES: Final = ("#ffffff", "#dfe9f2", "#a9c9e4", "#5e9fce", "#1f6fa8", "#0b3f66")


@drawn
def heatmap(
    timeline: Timeline, *, lang: Lang = "zh", ax: Axes | None = None, findings: Findings | None = None
) -> Axes:
    """Draw the gaps of one drill, units down, phases across, the number in each cell; return the axes.

    Merged gaps count one each. A gap of the plan itself (a need without owner) has a row of its own. `findings`
    saves the review when it has been made already.
    """
    found = findings or evaluate(timeline)
    turning = moments(timeline)
    counts = Counter(
        (one.unit, turning.phase(one.at)) for gap in found.gaps for one in (gap, *gap.others)
    )  # fmt: skip
    totals = Counter[str]()
    for (unit, _), count in counts.items():
        totals[unit] += count
    units = sorted(totals, key=lambda unit: (-totals[unit], unit))
    axes = canvas(ax, max(len(units) * 0.36 + 1.9, 2.8), _LEFT, 0.85)
    _cells(axes, units, counts)
    names = Names(timeline.plan)
    _labels(axes, [_unit(unit, names, lang) for unit in units], lang)
    title = say(CHARTS, "heat.none", lang)
    if units:
        title = say(CHARTS, "heat.title", lang, unit=_unit(units[0], names, lang), count=totals[units[0]])
    return finish(axes, timeline.plan, title, lang, 40)


def _unit(unit: str, names: Names, lang: Lang) -> str:
    if not unit:
        return say(CHARTS, "heat.plan", lang)
    label = pick(names.unit(unit), lang)
    return label if names.invited(unit) else say(CHARTS, "uninvited", lang, unit=label)


def _cells(ax: Axes, units: list[str], counts: Counter[tuple[str, str]]) -> None:
    most = max(counts.values(), default=1)
    for y, unit in enumerate(units):
        for x, phase in enumerate(PHASES):
            count = counts[unit, phase]
            shade = 0 if not count else 1 + round((count - 1) / max(most - 1, 1) * (len(_SHADES) - 2))
            ax.bar(
                x, 0.94, width=0.97, bottom=y - 0.47, color=_SHADES[shade], edgecolor="#d0d0d0", linewidth=0.6
            )
            if count:
                ax.annotate(str(count), (x, y), ha="center", va="center_baseline", fontsize=11,
                            color="white" if shade >= 4 else INK)  # fmt: skip


def _labels(ax: Axes, units: list[str], lang: Lang) -> None:
    ax.set_yticks(range(len(units)), [clipped(unit, 22) for unit in units], fontsize=9.5)
    ax.set_xticks(range(len(PHASES)), [PHASES[phase][lang == "en"] for phase in PHASES], fontsize=10)
    ax.xaxis.tick_top()
    ax.set_xlim(-0.5, len(PHASES) - 0.5)
    ax.set_ylim(max(len(units), 1) - 0.5, -0.5)
    ax.spines["bottom"].set_visible(False)
