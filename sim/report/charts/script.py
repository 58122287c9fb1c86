"""The script of a scenario on a time axis: what comes when and to whom, and who should act, before any play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE
from sim.report.charts.style import ALERT, FILLS, INK, PALE, WIDTH, below, canvas, drawn, finish, time_axis
from sim.report.day import Kind, Strip, strips
from sim.report.lanes import width_of, wrapped
from sim.report.script import NOBODY, Burst, Part, densest, minutes, parts_of, place_injects
from sim.report.script_text import listing, subtitle, title
from sim.review.flaws.script import WITHIN
from sim.review.names import Names
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS
from sim.words.script import SCRIPT

_LEFT: Final = {"zh": 1.95, "en": 2.8}  # inches for the names of units
_ROW: Final = 0.255  # inches a row
_LINE: Final = 13.7  # points a line of the list
_COLUMN: Final = 78.0  # points of the column of injects whose time is open
_SMALL: Final = 7.5
_TEXT: Final = 8.5
_HEAD: Final = 66.0  # points from the axis to the list: the marks of the axis and a legend of two lines
_FACES: Final[Mapping[Kind, str]] = {
    "network": "#d9d9d9",
    "absent": "#f5e9a0",
    "busy": "#cfe6f5",
    "hazard": "white",
}
_MARKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "timed": {"color": "white", "bbox": {"boxstyle": "round,pad=0.22", "fc": INK, "ec": INK}},
    "derived": {"color": INK, "bbox": {"boxstyle": "round,pad=0.22", "fc": "#c4c4c4", "ec": INK, "lw": 0.9}},
    "contingency": {
        "color": INK,
        "bbox": {"boxstyle": "round,pad=0.22", "fc": "white", "ec": INK, "lw": 0.9},
    },
}


@dataclass(frozen=True, slots=True)
class _Space:
    """The width of the axes: `end` the last minute, `pt` the minutes of one point, `edge` the right end of all."""

    end: float
    pt: float
    edge: float

    def box(self, name: str) -> float:
        """How many minutes the mark of an inject takes."""
        return (width_of(name) * _SMALL + 7) * self.pt

    def text(self, text: str) -> float:
        """How many minutes a small text takes."""
        return width_of(text) * _SMALL * self.pt


@dataclass(frozen=True, slots=True)
class _Item:
    """One part at its place: the row, where it begins and stops, and the words of its limits, all in minutes."""

    part: Part
    row: float
    begin: float
    stop: float
    label: str


@drawn
def script(plan: Plan, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw the script of a plan that nobody has played yet, a lane an actor it speaks to, and return the axes.

    Filled marks are timed injects, grey ones follow another inject by the median of its delay, hollow ones wait for a
    condition, with a dashed frame over the time in which they may come; those that follow something that only a play
    can time stand in a column of their own. Thin bars run from an inject to the limit of who should act. Strips on
    top tell what is not as usual on the day. The five minutes in which one actor is told most are framed.
    """
    given, left = place_injects(plan), _LEFT[lang]
    parts = parts_of(given)
    actors = sorted({part.actor for part in parts})
    width = (WIDTH - left - 0.25) * 72 if ax is None else _width(ax)
    space = _space(plan, parts, width)
    day = strips(plan, given, lang)
    texts = [wrapped(strip.text, _room(strip, space) / (space.pt * _SMALL) - 2) for strip in day]
    rows = [len(lines) + (1 if strip.ticks else 0) for strip, lines in zip(day, texts, strict=True)]
    names = [wrapped(_name(plan, actor, lang), left * 72 / 9 - 1.5) for actor in actors]
    items, lanes = _place(
        parts, actors, [ceil(len(lines) * 12.5 / (_ROW * 72)) for lines in names], space, lang
    )
    top = sum(rows) + (0.6 if rows else 0)
    columns = listing(plan, given, lang, ((left if ax is None else 0) * 72 + width - 40) / 2 / _TEXT)
    listed = max(len(column) for column in columns)
    depth = top + max(sum(lanes), 1)
    bottom = (_HEAD + 24 + listed * _LINE) / 72
    axes = canvas(ax, max(depth * _ROW + 0.75 + bottom, 3.2), left, bottom)
    time_axis(axes, plan, space.end, lang)
    _open_column(axes, space, lang)
    _day(axes, day, texts, rows, space)
    firsts = [top + sum(lanes[:index]) for index in range(len(lanes))]
    _lanes(axes, firsts, lanes)
    burst = densest(plan, given)
    _frame(axes, burst, items, top, space)
    for item in items:
        _item(axes, item, top, space)
    _threads(axes, items, top)
    ticks, labels = _day_labels(day, rows, lang)
    axes.set_yticks(
        ticks + [first + count / 2 for first, count in zip(firsts, lanes, strict=True)],
        labels + ["\n".join(lines) for lines in names], fontsize=9,
    )  # fmt: skip
    axes.set_ylim(depth, -0.15)
    _legend(axes, items, day, burst, lang)
    _list(axes, columns, left * 72 - 14 if ax is None else 0, width)
    _subtitle(axes, subtitle(plan, burst, lang), width)
    return finish(axes, plan, title(given, lang), lang, _HEAD + listed * _LINE + 6, "script")


def _width(ax: Axes) -> float:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return float(ax.get_position().width * figure.get_figwidth() * 72)


def _space(plan: Plan, parts: Sequence[Part], width: float) -> _Space:
    """The axis ends after the last thing that the script says, not after the empty rest of the horizon."""
    placed = [part for part in parts if part.given.begin >= 0]
    last = [
        part.given.begin + (part.latest if part.given.certainty != "contingency" else 0) for part in placed
    ]
    last += [tick for part in placed for tick in part.given.arrivals]
    last += [part.given.end for part in placed if part.given.end < plan.horizon]
    ends = [network.end for network in plan.networks] + [busy.end for busy in plan.busy]
    last += [end for end in ends if end < plan.horizon]
    end = max(10.0, min(max(last, default=0) * 1.1, plan.horizon) / MINUTE)
    column = _COLUMN if len(placed) < len(parts) else 0.0
    pt = end / (width - column)
    return _Space(end, pt, end + column * pt)


def _room(strip: Strip, space: _Space) -> float:
    """How many minutes the words of a strip may take: right of where it begins, if that is not too little."""
    room = space.end - max(strip.begin, 0) / MINUTE
    return room if strip.kind != "hazard" and room > 0.5 * space.end else space.end


def _name(plan: Plan, actor: int, lang: Lang) -> str:
    if actor == NOBODY:
        return say(SCRIPT, "nobody", lang)
    one = plan.actors[actor]
    label = pick(one.label, lang)
    return label if Names(plan).invited(one.name) else say(CHARTS, "uninvited", lang, unit=label)


# --- where things stand


def _place(
    parts: Sequence[Part], actors: Sequence[int], least: Sequence[int], space: _Space, lang: Lang
) -> tuple[list[_Item], list[int]]:
    """Put every part in the first row of its lane where it stands on no other; return how many rows each lane has."""
    items: list[_Item] = []
    lanes: list[int] = []
    for actor, few in zip(actors, least, strict=True):
        free: list[list[tuple[float, float]]] = []
        mine: list[tuple[_Item, int]] = []
        own = [part for part in parts if part.actor == actor]
        for part in sorted(own, key=lambda part: part.given.certainty == "contingency"):
            item, stop = _extent(part, space, lang)
            row = next((i for i, taken in enumerate(free) if _fits(item.begin, stop, taken)), len(free))
            if row == len(free):
                free.append([])
            free[row].append((item.begin, stop))
            mine.append((item, row))
        height = max(len(free), few, 1)
        first = sum(lanes) + (height - len(free)) / 2  # a name of several lines may need more room
        items += [replace(item, row=first + row) for item, row in mine]
        lanes.append(height)
    return items, lanes


def _fits(begin: float, stop: float, taken: Sequence[tuple[float, float]]) -> bool:
    return all(stop <= other or begin >= last for other, last in taken)


def _extent(part: Part, space: _Space, lang: Lang) -> tuple[_Item, float]:
    """Return a part without its row, and where its words end."""
    limits = sorted({limit for limit in part.limits if limit is not None})
    label = say(SCRIPT, "limit.and", lang).join(minutes(limit) for limit in limits)
    label = say(SCRIPT, "limit", lang, limits=label) if limits else ""
    if part.given.begin < 0:
        begin = space.end + 6 * space.pt
        return _Item(part, 0, begin, begin, label), space.edge
    begin = part.given.begin / MINUTE
    stop = min(begin + part.latest / MINUTE, space.end)
    used = max(begin + space.box(part.given.inject.id), stop) + (9 * space.pt if None in part.limits else 0)
    used = (
        min(max(used, stop + 3 * space.pt), space.end - space.text(label)) + space.text(label) + 6 * space.pt
    )
    last = max([part.given.end, *part.given.arrivals]) / MINUTE
    return _Item(part, 0, begin, stop, label), max(used, min(last, space.end) + 3 * space.pt)


# --- what is drawn


def _item(ax: Axes, item: _Item, top: float, space: _Space) -> None:
    given, y = item.part.given, top + item.row + 0.5
    style = _MARKS[given.certainty if given.certainty in _MARKS else "contingency"]
    name = given.inject.id
    if given.certainty == "contingency":
        right = min(given.end / MINUTE, space.end)
        ax.add_patch(Rectangle((item.begin, y - 0.42), right - item.begin, 0.84, fill=False, edgecolor=PALE,
                               linewidth=0.9, linestyle=(0, (3, 2)), zorder=2))  # fmt: skip
    if item.stop > item.begin:
        face, _, edge = FILLS["move"]
        hollow = given.certainty != "timed" and given.certainty != "derived"
        ax.add_patch(Rectangle((item.begin, y - 0.13), item.stop - item.begin, 0.26, linewidth=0.8, edgecolor=edge,
                               facecolor="white" if hollow else face, zorder=3))  # fmt: skip
        for limit in item.part.limits:
            at = (given.begin + (limit or 0)) / MINUTE
            if limit is not None and at <= space.end:
                ax.plot([at, at], [y - 0.34, y + 0.34], color=edge, linewidth=1.6, zorder=4)
    if item.part.told:
        ax.annotate(name, (item.begin, y), (3.5, 0), fontsize=_SMALL, textcoords="offset points", ha="left",
                    va="center_baseline", zorder=6, annotation_clip=False, **style)  # fmt: skip
    else:
        ax.annotate(name, (item.begin, y), (3.5, 0), fontsize=_SMALL, textcoords="offset points", ha="left",
                    va="center_baseline", zorder=6, color=INK, annotation_clip=False,
                    bbox={"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.9})  # fmt: skip
    after = item.begin + space.box(name) + 2 * space.pt
    if None in item.part.limits:
        after = max(after, item.stop + 2 * space.pt)
        ax.plot(after + 2 * space.pt, y, marker=">", markersize=4.5, markerfacecolor="white",
                markeredgecolor=FILLS["move"][2], zorder=5, clip_on=False)  # fmt: skip
        after += 9 * space.pt
    if item.label:
        edge_of_all = space.end if given.begin >= 0 else space.edge
        x = min(max(after, item.stop + 3 * space.pt), edge_of_all - space.text(item.label) - 2 * space.pt)
        ax.annotate(item.label, (x, y), fontsize=_SMALL, color=INK, va="center_baseline", zorder=6,
                    annotation_clip=False, bbox={"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none",
                                                 "alpha": 0.8})  # fmt: skip
    shown = [tick / MINUTE for tick in given.arrivals if tick / MINUTE <= space.end]
    if item.part.told and shown:
        ax.plot(shown, [y] * len(shown), linestyle="none", marker="|", markersize=8, color=INK, zorder=4)


def _threads(ax: Axes, items: Sequence[_Item], top: float) -> None:
    """One inject that several are told: a thin line through its marks."""
    by_inject: dict[str, list[_Item]] = {}
    for item in items:
        if item.part.told and item.part.given.certainty in ("timed", "derived"):
            by_inject.setdefault(item.part.given.inject.id, []).append(item)
    for same in by_inject.values():
        if len(same) > 1:
            rows = [top + item.row + 0.5 for item in same]
            ax.plot(
                [same[0].begin] * 2,
                [min(rows), max(rows)],
                color=PALE,
                linewidth=0.7,
                linestyle=":",
                zorder=1.8,
            )


def _lanes(ax: Axes, firsts: Sequence[float], lanes: Sequence[int]) -> None:
    for index, (first, count) in enumerate(zip(firsts, lanes, strict=True)):
        if index % 2 == 0:
            ax.axhspan(first, first + count, color="#f4f4f4", linewidth=0, zorder=0.5)


def _frame(ax: Axes, burst: Burst | None, items: Sequence[_Item], top: float, space: _Space) -> None:
    """A frame around what the busiest are told in their five minutes."""
    for actor in burst.actors if burst is not None and len(burst.injects) > 1 else ():
        assert burst is not None
        told = [item for item in items if item.part.actor == actor and _within(item.part, burst)]
        begin, first = burst.begin / MINUTE - 2.5 * space.pt, min(item.row for item in told)
        stop = max(
            [
                item.begin
                + space.box(item.part.given.inject.id)
                + (12 * space.pt if None in item.part.limits else 0)
                for item in told
            ]
            + [begin + WITHIN / MINUTE]
        )
        height = max(item.row for item in told) + 1 - first
        ax.add_patch(Rectangle((begin, top + first + 0.03), stop + 2.5 * space.pt - begin, height - 0.06, fill=False,
                               edgecolor=ALERT, linewidth=1.8, zorder=8))  # fmt: skip


def _within(part: Part, burst: Burst) -> bool:
    given = part.given
    timed = given.certainty in ("timed", "derived") and given.inject.every is None
    return part.told and timed and burst.begin <= given.begin <= burst.begin + WITHIN


def _open_column(ax: Axes, space: _Space, lang: Lang) -> None:
    """The column of injects whose time is open, right of the axis of time."""
    if space.edge <= space.end:
        return
    ax.set_xlim(0, space.edge)
    ax.axvline(space.end, color=PALE, linewidth=0.9, zorder=2)
    ticks, labels = list(ax.get_xticks()), [label.get_text() for label in ax.get_xticklabels()]
    kept = [(t, text) for t, text in zip(ticks, labels, strict=True) if t <= space.end - 20 * space.pt]
    middle = ((space.end + space.edge) / 2, say(SCRIPT, "later", lang))
    ax.set_xticks([t for t, _ in (*kept, middle)], [text for _, text in (*kept, middle)], fontsize=8.5)
    lines = ax.get_xgridlines()
    lines[-1].set_visible(False)


def _day(
    ax: Axes, day: Sequence[Strip], texts: Sequence[Sequence[str]], rows: Sequence[int], space: _Space
) -> None:
    y = 0.0
    for strip, lines, count in zip(day, texts, rows, strict=True):
        begin, stop = max(strip.begin, 0) / MINUTE, min(strip.end / MINUTE, space.end)
        if strip.kind != "hazard" and stop > begin:
            ax.add_patch(Rectangle((begin, y + 0.08), stop - begin, count - 0.16, facecolor=_FACES[strip.kind],
                                   edgecolor=PALE, linewidth=0.6, zorder=2))  # fmt: skip
        width = max(space.text(line) for line in lines)
        beside = strip.kind != "hazard" and begin + width + 8 * space.pt > stop
        x = max(0.0, min(stop if beside else begin, space.end - width - 8 * space.pt))
        for number, line in enumerate(lines):
            ax.annotate(line, (x, y + number + 0.5), (4, 0), textcoords="offset points", fontsize=_SMALL, color=INK,
                        va="center_baseline", zorder=6, annotation_clip=False)  # fmt: skip
        shown = [tick / MINUTE for tick in strip.ticks if tick / MINUTE <= space.end]
        if strip.ticks:
            floor = y + count - 0.5
            ax.plot([begin, max(begin, stop)], [floor, floor], color=PALE, linewidth=0.9, zorder=2)
            ax.plot(
                shown, [floor] * len(shown), linestyle="none", marker="^", markersize=6, color=ALERT, zorder=3
            )
            ax.plot(begin, floor, marker="|", markersize=7, color=PALE, zorder=3)
        y += count
    if day:
        ax.axhline(y + 0.3, color="#d0d0d0", linewidth=0.8)


def _day_labels(day: Sequence[Strip], rows: Sequence[int], lang: Lang) -> tuple[list[float], list[str]]:
    """The name of each kind of strip, in the middle of its strips."""
    spans: dict[str, list[float]] = {}
    y = 0.0
    for strip, count in zip(day, rows, strict=True):
        spans.setdefault(strip.kind, []).extend((y, y + count))
        y += count
    labels = [say(SCRIPT, f"strip.{kind}", lang) for kind in spans]
    return [(min(span) + max(span)) / 2 for span in spans.values()], labels


# --- what stands around it


def _legend(ax: Axes, items: Sequence[_Item], day: Sequence[Strip], burst: Burst | None, lang: Lang) -> None:
    kinds = {item.part.given.certainty for item in items}
    face, _, edge = FILLS["move"]
    there = {
        "timed": "timed" in kinds,
        "derived": "derived" in kinds,
        "contingency": "contingency" in kinds,
        "limit": any(item.label for item in items),
        "open": any(None in item.part.limits for item in items),
        "arrivals": any(item.part.given.arrivals for item in items),
        "hazard": any(strip.ticks for strip in day),
        "burst": burst is not None and len(burst.injects) > 1,
    }
    marks: dict[str, Patch | Line2D] = {
        "timed": Patch(facecolor=INK, edgecolor=INK),
        "derived": Patch(facecolor="#c4c4c4", edgecolor=INK),
        "contingency": Patch(facecolor="white", edgecolor=INK, linestyle=(0, (3, 2))),
        "limit": Patch(facecolor=face, edgecolor=edge),
        "open": Line2D(
            [], [], linestyle="none", marker=">", markerfacecolor="white", markeredgecolor=edge, markersize=5
        ),
        "arrivals": Line2D([], [], linestyle="none", marker="|", color=INK, markersize=8),
        "hazard": Line2D([], [], linestyle="none", marker="^", color=ALERT, markersize=6),
        "burst": Patch(facecolor="white", edgecolor=ALERT, linewidth=1.8),
    }
    shown = [name for name, is_there in there.items() if is_there]
    if shown:
        ax.legend(
            handles=[marks[name] for name in shown], labels=[say(SCRIPT, f"mark.{name}", lang) for name in shown],
            loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=below(ax, 30), ncols=4, fontsize=8, frameon=False,
            borderaxespad=0, handlelength=1.6, columnspacing=1.2, handletextpad=0.5, labelspacing=0.35,
        )  # fmt: skip


def _list(ax: Axes, columns: Sequence[Sequence[str]], left: float, width: float) -> None:
    for place, column in enumerate(columns):
        for number, line in enumerate(column):
            offset = (place * ((left + width) / 2 + 4) - left, -_HEAD - _LINE * number)
            ax.annotate(line, (0, 0), offset, xycoords="axes fraction", textcoords="offset points", fontsize=_TEXT,
                        color=INK, va="top", annotation_clip=False)  # fmt: skip


def _subtitle(ax: Axes, text: str, width: float) -> None:
    size = min(10.5, width / max(width_of(text), 1))
    ax.annotate(text, (0, 1), (0, 7), xycoords="axes fraction", textcoords="offset points", fontsize=size, color=INK,
                va="bottom", annotation_clip=False)  # fmt: skip
