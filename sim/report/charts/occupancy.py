"""Team occupancy: how many teams of each kind were in use, against how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from sim.plan.durations import MINUTE
from sim.record.tasks import Span, TaskRecord
from sim.record.timeline import Timeline
from sim.report.charts.style import ALERT, FILLS, INK, canvas, drawn, finish, time_axis
from sim.report.lanes import clipped
from sim.review.capacity import team_waits
from sim.review.names import Names, team
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS

MOST: Final = 12
"""Kinds of team drawn: those that were waited for, then those most in use."""
_BUSY: Final = ("muster", "travel", "setup", "work")
_LEFT: Final = {"zh": 2.1, "en": 2.9}  # inches for the names of units


class Use(NamedTuple):
    """One kind of team over time: `steps` are (tick, teams in use) at each change, `short` spans of waiting."""

    unit: str
    team: str
    size: int
    steps: tuple[tuple[int, int], ...]
    short: tuple[Span, ...]

    @property
    def peak(self) -> int:
        """The most in use at one time."""
        return max((count for _, count in self.steps), default=0)

    @property
    def waited(self) -> int:
        """Ticks of waiting, all tasks together."""
        return sum(span.end - span.begin for span in self.short)

    @property
    def full(self) -> int:
        """Ticks in which every team was in use."""
        return sum(
            after[0] - before[0]
            for before, after in zip(self.steps, self.steps[1:], strict=False)
            if before[1] >= self.size
        )


@drawn
def occupancy(timeline: Timeline, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw the teams in use over time, a lane a kind of team that was used, and return the axes.

    The height of a lane is the number of teams there are; a hatched band below it marks where a task waited for
    one. A team counts as in use while its task moves or works; its way home is not counted.
    """
    uses = sorted(team_use(timeline), key=lambda use: (-use.waited, -use.full, use.unit, use.team))
    shown = uses[:MOST]
    last = max((use.steps[-1][0] for use in shown), default=10 * MINUTE)
    end = min(last * 1.1, timeline.plan.horizon) / MINUTE
    axes = canvas(ax, max(len(shown) * 0.62 + 1.9, 2.8), _LEFT[lang], 1.05)
    time_axis(axes, timeline.plan, end, lang)
    names = Names(timeline.plan)
    for y, use in enumerate(shown):
        _lane(axes, y, use, end, lang)
    labels = [_label(use, names, lang) for use in shown]
    axes.set_yticks([y + 0.5 for y in range(len(shown))], labels, fontsize=8.5)
    axes.set_ylim(max(len(shown), 1), -0.1)
    _legend(axes, lang)
    return finish(axes, timeline.plan, _title(uses, names, lang), lang, 56)


def team_use(timeline: Timeline) -> tuple[Use, ...]:
    """Return every kind of team that was used or waited for in a drill, in the order of the plan."""
    found = []
    for place, pool in enumerate(timeline.plan.pools):
        unit = timeline.plan.actors[pool.actor].name
        changes: list[tuple[int, int]] = []
        short: list[Span] = []
        for record in timeline.records:
            count = _count(timeline, record, place)
            if count:
                changes += _held(record, count)
            if record.unit == unit:
                short += team_waits(record, pool.name)
        if changes or short:
            found.append(Use(unit, pool.name, pool.size, _steps(changes), tuple(short)))
    return tuple(found)


def _count(timeline: Timeline, record: TaskRecord, place: int) -> int:
    duty = next((duty for duty in timeline.plan.duties if duty.id == record.duty), None)
    return dict(duty.uses).get(place, 0) if duty is not None else 0


def _held(record: TaskRecord, count: int) -> list[tuple[int, int]]:
    """When a task moved or worked with its teams: (tick, teams taken or given back)."""
    spans = [span for span in record.spans if span.kind in _BUSY]
    return [change for span in spans for change in ((span.begin, count), (span.end, -count))]


def _steps(changes: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    steps = [(0, 0)]
    for t in sorted({t for t, _ in changes}):
        used = steps[-1][1] + sum(change for at, change in changes if at == t)
        if used != steps[-1][1]:
            steps.append((t, used))
    return tuple(steps)


def _lane(ax: Axes, y: int, use: Use, end: float, lang: Lang) -> None:
    floor, room = y + 0.78, 0.66
    ax.axhline(y + 1, color="#e4e4e4", linewidth=0.7, zorder=0.5)
    face, _, edge = FILLS["move"]
    ticks = [t / MINUTE for t, _ in use.steps] + [end]
    heights = [floor - room * count / use.size for _, count in use.steps]
    ax.fill_between(ticks, [*heights, heights[-1]], floor, step="post", facecolor=face, edgecolor=edge, linewidth=0.8,
                    zorder=3)  # fmt: skip
    ax.plot([0, end], [floor - room] * 2, color=INK, linewidth=0.9, linestyle="--", zorder=4)
    for span in use.short:
        ax.barh(
            y + 0.88, (span.end - span.begin) / MINUTE, left=span.begin / MINUTE, height=0.17, facecolor="white",
            hatch="//////", edgecolor=ALERT, linewidth=0.8, zorder=4,
        )  # fmt: skip
    ax.annotate(
        say(CHARTS, "pool.peak", lang, peak=use.peak, size=use.size), (end, floor), (-2, 1), fontsize=8,
        textcoords="offset points", ha="right", va="bottom", color=INK, zorder=6,
        bbox={"fc": "white", "ec": "none", "pad": 0.8, "alpha": 0.8},
    )  # fmt: skip


def _label(use: Use, names: Names, lang: Lang) -> str:
    unit = clipped(pick(names.unit(use.unit), lang), _LEFT[lang] * 72 / 8.5 - 2)
    return say(CHARTS, "pool.lane", lang, unit=unit, team=pick(team(use.team), lang))


def _legend(ax: Axes, lang: Lang) -> None:
    face, _, edge = FILLS["move"]
    line = ax.plot([], [], color=INK, linewidth=0.9, linestyle="--", label=say(CHARTS, "pool.size", lang))[0]
    marks = [
        Patch(facecolor=face, edgecolor=edge, label=say(CHARTS, "pool.used", lang)),
        line,
        Patch(facecolor="white", edgecolor=ALERT, hatch="//////", label=say(CHARTS, "pool.short", lang)),
    ]
    ax.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=8.5, frameon=False,
              borderaxespad=0, handlelength=2.0)  # fmt: skip


def _title(uses: Sequence[Use], names: Names, lang: Lang) -> str:
    if not uses:
        return say(CHARTS, "pool.none", lang)
    first = uses[0]
    if not first.waited:
        return say(CHARTS, "pool.enough", lang, full=sum(use.full > 0 for use in uses), kinds=len(uses))
    unit, kind = pick(names.unit(first.unit), lang), pick(team(first.team), lang)
    return say(CHARTS, "pool.title", lang, unit=unit, team=kind, minutes=first.waited / MINUTE)
