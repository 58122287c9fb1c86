"""The programme of drills as a calendar: months across, scenarios down; what was held, is proposed, is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.charts.style import ALERT, GRID, INK, PALE, below, canvas, drawn, sign
from sim.report.lanes import clipped
from sim.study.programme import Programme, Standing
from sim.study.programme.days import later, month_of
from sim.words import Lang, pick, say
from sim.words.events import STATUS
from sim.words.programme import PROGRAMME

_LEFT: Final = 3.5
_ROW: Final = 0.4
_LABEL: Final = 0.045
"""How wide the label of a day is, as a share of the picture; one that would cover its neighbour is left out."""
_HELD: Final[dict[str, Any]] = {"marker": "o", "ms": 10, "mfc": INK, "mec": INK}
_PROPOSED: Final[dict[str, Any]] = {"marker": "o", "ms": 11, "mfc": "white", "mec": "#0a5f95", "mew": 2.2}
_LIMIT: Final[dict[str, Any]] = {"marker": "D", "ms": 8, "mfc": ALERT, "mec": ALERT}
_DEADLINE: Final[dict[str, Any]] = {"marker": "v", "ms": 9, "mfc": "white", "mec": ALERT, "mew": 1.8}
"""Shape and filling differ, so that grey print still tells the marks apart."""


@drawn
def programme(made: Programme, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw the calendar of a programme and return its axes.

    Rows: the rules that bind the office with the days by which a drill is due, the deadlines of open improvements, and
    the scenarios. Drills longer ago than duties stay fresh are not drawn.
    """
    rules = [one for one in made.rules if one.rule.binds_office]
    rows = [*_heads(made, rules, lang), *(pick(c.label, lang) for _, c in sorted(made.case.choices.items()))]
    axes = canvas(ax, max(len(rows) * _ROW + 2.1, 3.2), _LEFT, 1.25)
    begin = _begin(made)
    _grid(axes, begin, made.case.end, rows)
    _marks(axes, made, rules, begin, len(rows))
    _today(axes, made.case.today, lang)
    _legend(axes, made, lang)
    title = say(PROGRAMME, "chart.none", lang)
    if made.drills:
        values = {"day": made.drills[0].day, "title": pick(made.drills[0].choice.label, lang)}
        title = say(PROGRAMME, "chart.title", lang, count=len(made.drills), **values)
    badge, footer = say(PROGRAMME, "chart.badge", lang), say(PROGRAMME, "chart.footer", lang)
    return sign(axes, title, badge, footer, lang, 66)


def _heads(made: Programme, rules: Sequence[Standing], lang: Lang) -> Iterator[str]:
    for one in rules:
        status = say(STATUS, one.rule.status, lang)
        yield say(PROGRAMME, "chart.rule", lang, months=one.rule.months, status=status)
    if _deadlines(made):
        yield say(PROGRAMME, "chart.promises", lang)


def _begin(made: Programme) -> date:
    """The first day of the month before the oldest drill drawn; at least a quarter before today is shown."""
    earliest = later(made.case.today, -made.case.stale)
    days = [drill.day for drill in made.case.held if drill.day >= earliest]
    return later(min([*days, later(made.case.today, -3)]), -1).replace(day=1)


def _grid(ax: Axes, begin: date, end: date, rows: Sequence[str]) -> None:
    months = range(month_of(begin), month_of(end) + 2)
    firsts = [date((m - 1) // 12, (m - 1) % 12 + 1, 1) for m in months]
    step = next((s for s in (1, 2, 3, 6) if len(firsts) / s <= 14), 12)
    told = [day for day in firsts if (day.month - 1) % step == 0]
    ax.set_xlim(begin.toordinal(), firsts[-1].toordinal())
    ax.set_xticks([d.toordinal() for d in told], [f"{d:%Y-%m}" for d in told], fontsize=9)
    ax.set_xticks([d.toordinal() for d in firsts], minor=True)
    ax.grid(axis="x", which="both", color=GRID, linewidth=0.7)
    ax.set_yticks(range(len(rows)), [clipped(row, 26) for row in rows], fontsize=9.5)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.hlines(range(len(rows)), *ax.get_xlim(), color=GRID, linewidth=0.7, zorder=1)
    ax.tick_params(which="minor", length=0)
    ax.set_axisbelow(True)


def _marks(ax: Axes, made: Programme, rules: Sequence[Standing], begin: date, rows: int) -> None:
    for y, one in enumerate(rules):
        _points(ax, [day for day in _limits(made, one) if begin <= day <= made.case.end], y, _LIMIT)
    if deadlines := _deadlines(made):
        _points(ax, [day for day in deadlines if begin <= day <= made.case.end], len(rules), _DEADLINE)
    first = rows - len(made.case.choices)
    at = {name: first + place for place, name in enumerate(sorted(made.case.choices))}
    for drill in made.case.held:
        if drill.day >= begin and drill.scenario in at:
            _points(ax, [drill.day], at[drill.scenario], _HELD)
    begins, ends = ax.get_xlim()
    told: dict[str, int] = {}  # where the last label of a row stands
    for proposed in made.drills:
        name, x = proposed.choice.id, proposed.day.toordinal()
        _points(ax, [proposed.day], at[name], _PROPOSED)
        if x - told.get(name, 0) > _LABEL * (ends - begins):
            told[name] = x
            ax.annotate(
                f"{proposed.day:%m-%d}", (x, at[name]), (0, -7), textcoords="offset points", fontsize=8,
                color=INK, ha="center", va="top", zorder=6, bbox={"fc": "white", "ec": "none", "pad": 0.5},
            )  # fmt: skip


def _limits(made: Programme, one: Standing) -> Iterator[date]:
    """The days by which a rule wants a drill: after the last one held, and after each one proposed."""
    yield one.limit
    for drill in made.drills:
        if drill.choice.id in one.rule.counts:
            yield later(drill.day, one.rule.months)


def _deadlines(made: Programme) -> list[date]:
    return sorted({promise.deadline for promise in made.case.promises if promise.deadline})


def _points(ax: Axes, days: Iterable[date], y: float, style: dict[str, Any]) -> None:
    for day in days:
        ax.plot([day.toordinal()], [y], linestyle="none", zorder=4, **style)


def _today(ax: Axes, today: date, lang: Lang) -> None:
    ax.axvline(today.toordinal(), color=PALE, linestyle="--", linewidth=1.2, zorder=2)
    ax.annotate(
        say(PROGRAMME, "chart.today", lang), (today.toordinal(), 1), (0, 3), xycoords=("data", "axes fraction"),
        textcoords="offset points", fontsize=9, color=PALE, ha="center", va="bottom",
    )  # fmt: skip


def _legend(ax: Axes, made: Programme, lang: Lang) -> None:
    shown = {"held": _HELD, "proposed": _PROPOSED, "limit": _LIMIT}
    shown |= {"deadline": _DEADLINE} if _deadlines(made) else {}
    handles = [
        Line2D([], [], linestyle="none", label=say(PROGRAMME, f"chart.{name}", lang), **style)
        for name, style in shown.items()
    ]
    ax.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=below(ax, 28), ncols=len(handles),
        frameon=False, fontsize=9, borderaxespad=0,
    )  # fmt: skip
