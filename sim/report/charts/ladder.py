"""The information ladder: who told whom, when, and how long it took until headquarters knew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch

from sim.plan.durations import MINUTE
from sim.record.timeline import Timeline
from sim.report.charts.style import ALERT, FILLS, INK, PALE, below, canvas, drawn, finish, time_axis
from sim.report.lanes import clipped
from sim.report.messages import (
    ABOVE,
    CALLERS,
    OTHERS,
    Delay,
    Message,
    chosen,
    delays,
    messages,
    rungs,
)
from sim.review.drill import Drill
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS

_LEFT: Final = {"zh": 2.35, "en": 3.1}  # inches for the names
_ROW: Final = 0.44  # inches a rung
_SIDES: Final = ((4.0, 0.0), (-23.0, 0.0), (3.0, 12.0), (3.0, -12.0), (-23.0, 12.0), (-23.0, -12.0))
"""Where the flag of an inject may stand, in points from where it was told."""
_STYLES: Final[Mapping[str, tuple[str, Literal["-", "--", "-."], float]]] = {
    "told": (INK, "-", 1.2),
    "ring": (ALERT, "-", 2.0),
    "up": ("#0a5f95", "-", 2.4),
    "leader": (PALE, "--", 1.2),
    "start": (ALERT, "--", 1.6),
    "scene": ("#4f9fce", "-", 1.3),
    "filed": ("#0a5f95", "-", 2.4),
    "published": (INK, "-.", 1.6),
}
"""Colour, line and width of each kind of message."""


@drawn
def information_ladder(timeline: Timeline, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw who told whom, a rung an actor, and below how late headquarters knew what was true; return the axes.

    Arrows go from teller to receiver, slanted by the time they took; grey bars run from when a fact became true to
    when headquarters knew it. At most 25 messages are drawn, the most telling; the footnote counts the others.
    """
    drill = Drill(timeline)
    every, late = messages(drill), delays(drill)
    shown = chosen(drill, every, late)
    steps = rungs(drill, shown)
    last = max([m.end for m in shown] + [d.end for d in late if d.end is not None], default=10 * MINUTE)
    end = max(10.0, last * 1.06 / MINUTE)
    depth = len(steps) + (len(late) + 1.3 if late else 0)
    axes = canvas(ax, depth * _ROW + 2.35, _LEFT[lang], 1.3)
    time_axis(axes, timeline.plan, end, lang)
    place = {name: float(y) for y, name in enumerate(steps)}
    _rungs(axes, drill, steps, end)
    _informed(axes, drill, place, end)
    for message in shown:
        _arrow(axes, message, place)
    _flags(axes, shown, place, end)
    _turns(axes, shown, place, lang)
    _bars(axes, late, _worst(late), len(steps) + 0.8, end, lang)
    labels = [_name(drill, name, lang) for name in steps]
    labels += [_facts(drill, delay, lang) for delay in late]
    ticks = [float(y) for y in range(len(steps))] + [len(steps) + 0.8 + y for y in range(len(late))]
    axes.set_yticks(ticks, [clipped(label, _LEFT[lang] * 72 / 9 - 1) for label in labels], fontsize=9)
    axes.set_ylim(depth - 0.4, -0.75)
    _legend(axes, {message.kind for message in shown}, bool(late), lang)
    if len(every) > len(shown):
        note = say(CHARTS, "ladder.rest", lang, shown=len(shown), count=len(every) - len(shown))
        axes.annotate(note, (1, 0), (0, -72), xycoords="axes fraction", textcoords="offset points", fontsize=8,
                      color=PALE, ha="right", va="top")  # fmt: skip
    return finish(axes, timeline.plan, _title(drill, late, lang), lang, 72)


def _name(drill: Drill, name: str, lang: Lang) -> str:
    if name in (ABOVE, CALLERS, OTHERS):
        return say(CHARTS, f"ladder.{name}", lang)
    return pick(drill.names.unit(name), lang)


def _rungs(ax: Axes, drill: Drill, steps: Sequence[str], end: float) -> None:
    activated = drill.moments.activated
    for y, name in enumerate(steps):
        start = activated.t / MINUTE if activated is not None else end
        if name == drill.headquarters:
            ax.plot([0, start], [y, y], color=PALE, linewidth=1.0, linestyle=(0, (4, 3)), zorder=2)
            ax.plot([start, end], [y, y], color=INK, linewidth=2.6, zorder=2)
        else:
            ax.plot([0, end], [y, y], color="#b9b9b9", linewidth=1.1, zorder=2)


def _informed(ax: Axes, drill: Drill, place: Mapping[str, float], end: float) -> None:
    """The note to all members, thin and grey: one fan from headquarters."""
    activated = drill.moments.activated
    told = [row for row in drill.rows_of("informed") if row.unit in place and row.t / MINUTE <= end]
    for row in told if activated is not None else ():
        assert activated is not None
        x, y = (activated.t / MINUTE, row.t / MINUTE), (place[drill.headquarters], place[row.unit])
        ax.plot(x, y, color="#a0a0a0", linewidth=0.8, linestyle=(0, (1, 2)), zorder=2.5)
        ax.plot(x[1], y[1], marker="o", markersize=3, color="#a0a0a0", zorder=2.5)


def _turns(ax: Axes, shown: Sequence[Message], place: Mapping[str, float], lang: Lang) -> None:
    """The names of the two arrows that the whole drill turns on, above their heads."""
    for kind in ("up", "start"):
        message = next((m for m in shown if m.kind == kind), None)
        if message is not None:
            text = say(CHARTS, f"ladder.turn.{kind}", lang, t=message.end / MINUTE)
            ax.annotate(text, (message.end / MINUTE, place[message.receivers[0]]), (4, 5), fontsize=8.5, va="bottom",
                        textcoords="offset points", color=_STYLES[kind][0], zorder=7,
                        bbox={"fc": "white", "ec": "none", "pad": 0.4, "alpha": 0.85})  # fmt: skip


def _arrow(ax: Axes, message: Message, place: Mapping[str, float]) -> None:
    colour, line, width = _STYLES[message.kind]
    begin = place.get(message.teller, place.get(OTHERS, 0.0))
    heads = {place.get(name, place.get(OTHERS, begin)) for name in message.receivers} - {begin}
    for side in (1, -1):
        reached = sorted(y for y in heads if (y - begin) * side > 0)
        for y in reached:
            far = y == (reached[-1] if side > 0 else reached[0])
            tip = FancyArrowPatch(
                (message.begin / MINUTE, begin), (message.end / MINUTE, y), arrowstyle="-|>", mutation_scale=9,
                color=colour, linestyle=line if far else "none", linewidth=width if far else 0, shrinkA=0, shrinkB=0.5,
                zorder=4,
            )  # fmt: skip
            if far:
                ax.add_patch(tip)
            else:
                ax.plot(
                    message.end / MINUTE,
                    y,
                    marker="v" if side > 0 else "^",
                    markersize=5,
                    color=colour,
                    zorder=4,
                )
    ax.plot(message.begin / MINUTE, begin, marker="o", markersize=3.4, color=colour, zorder=4)


def _flags(ax: Axes, shown: Sequence[Message], place: Mapping[str, float], end: float) -> None:
    """The ids of injects beside where they were told, each on a side where it stands on no other."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    points = ax.get_position().width * figure.get_figwidth() * 72 / end
    style = {"boxstyle": "round,pad=0.18", "fc": INK, "ec": "white", "lw": 0.6}
    taken: list[tuple[float, float, float]] = []
    first = {message.mark: message for message in reversed(shown) if message.mark}
    for message in sorted(first.values(), key=lambda m: (m.begin, m.mark)):
        y, x = place.get(message.teller, place.get(OTHERS, 0.0)), message.begin / MINUTE
        side = next((s for s in _SIDES if not _covered(x * points, y, s, taken)), _SIDES[0])
        taken.append((x * points + side[0], y, side[1]))
        ax.annotate(message.mark, (x, y), side, textcoords="offset points", fontsize=7.5, color="white", ha="left",
                    va="center_baseline", zorder=6, bbox=style)  # fmt: skip


def _covered(
    x: float, y: float, side: tuple[float, float], taken: Sequence[tuple[float, float, float]]
) -> bool:
    """Whether a flag on `side` of a point would stand on another flag or left of the axes, all in points."""
    left, up = x + side[0], side[1]
    near = any(y == row and abs(up - high) < 11 and abs(left - begin) < 24 for begin, row, high in taken)
    return left < 0 or near


def _bars(ax: Axes, late: Sequence[Delay], worst: Delay | None, top: float, end: float, lang: Lang) -> None:
    if late:
        ax.annotate(say(CHARTS, "ladder.delays", lang), (0, top - 0.62), (2, 0), textcoords="offset points",
                    fontsize=9, color=INK, va="center")  # fmt: skip
        ax.axhline(top - 0.95, color="#d0d0d0", linewidth=0.8)
    face, _, edge = FILLS["call"]
    for y, delay in enumerate(late):
        begin, stop = delay.begin / MINUTE, end if delay.end is None else delay.end / MINUTE
        ax.barh(top + y, stop - begin, left=begin, height=0.52, facecolor=PALE if delay is worst else face,
                edgecolor=edge, linewidth=0.8, hatch="////" if delay.end is None else "", zorder=3)  # fmt: skip
        text = say(
            CHARTS, "ladder.never" if delay.end is None else "ladder.minutes", lang, minutes=stop - begin
        )
        before = stop > 0.86 * end  # no room after it
        ax.annotate(text, (begin if before else stop, top + y), (-4 if before else 4, 0), fontsize=8.5, color=INK,
                    textcoords="offset points", ha="right" if before else "left", va="center_baseline", zorder=6,
                    bbox={"fc": "white", "ec": "none", "pad": 0.4})  # fmt: skip


def _facts(drill: Drill, delay: Delay, lang: Lang) -> str:
    names = [pick(drill.names.fact(place), lang) for place in delay.places[:2]]
    joined = say(CHARTS, "ladder.and", lang).join(names)
    more = len(delay.places) - len(names)
    return say(CHARTS, "ladder.more", lang, facts=joined, count=len(delay.places)) if more else joined


def _legend(ax: Axes, kinds: set[str], late: bool, lang: Lang) -> None:
    marks: list[Line2D | Patch] = []
    for kind, (colour, line, width) in _STYLES.items():
        if kind in kinds and not (kind == "filed" and "up" in kinds):
            label = say(CHARTS, f"ladder.kind.{kind}", lang)
            handle = Line2D([], [], color=colour, marker=">", markersize=5, linewidth=width, label=label)
            handle.set_linestyle(line)
            marks.append(handle)
    marks.append(Line2D([], [], color="#a0a0a0", linestyle=":", marker="o", markersize=3,
                        label=say(CHARTS, "ladder.kind.informed", lang)))  # fmt: skip
    if late:
        face, _, edge = FILLS["call"]
        marks.append(Patch(facecolor=face, edgecolor=edge, label=say(CHARTS, "ladder.kind.delay", lang)))
    ax.legend(handles=marks, loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=below(ax, 32), ncols=5, fontsize=8,
              frameon=False, borderaxespad=0, handlelength=2.2, columnspacing=1.4, handletextpad=0.5)  # fmt: skip


def _worst(late: Sequence[Delay]) -> Delay | None:
    known = [delay for delay in late if delay.end is not None]
    return max(known, key=lambda delay: (delay.end or 0) - delay.begin, default=None)


def _title(drill: Drill, late: Sequence[Delay], lang: Lang) -> str:
    worst = _worst(late)
    if worst is None:
        return say(CHARTS, "ladder.none", lang)
    minutes = ((worst.end or 0) - worst.begin) / MINUTE
    return say(
        CHARTS, "ladder.title", lang, fact=pick(drill.names.fact(worst.places[0]), lang), minutes=minutes
    )
