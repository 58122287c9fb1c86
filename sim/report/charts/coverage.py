"""The coverage matrix: which units which scenarios put to work, and whose duties stay on paper."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.charts.style import ALERT, FILLS, INK, PALE, WIDTH, below, canvas, drawn, sign
from sim.report.lanes import clipped
from sim.review.coverage import PLAYABLE, Clause, Coverage, Scene
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS

_LEFT: Final[dict[Lang, float]] = {"zh": 2.2, "en": 3.75}
_SUM: Final[dict[Lang, float]] = {
    "zh": 1.55,
    "en": 2.0,
}  # inches at the right, for what all scenarios reach together
_WIDEST: Final = 1.3  # inches of a column
_ROW: Final = 0.285  # inches
_CHARACTERS: Final[dict[tuple[Lang, bool], int]] = {
    ("zh", True): 6, ("en", True): 13, ("zh", False): 11, ("en", False): 21,
}  # fmt: skip
"""Of a title on one line, level or upright."""
_LEVEL: Final[dict[Lang, int]] = {"zh": 12, "en": 6}  # scenarios whose titles still stand level, not upright
_LEFT_OVER: Final = "◆"
_CELLS: Final[dict[str, tuple[str, str, str]]] = {
    "all": (FILLS["work"][0], "", "white"),
    "some": (FILLS["move"][0], "", INK),
    "none": ("white", "", INK),
    "uninvited": ("#f2f2f2", "////", PALE),
}
"""Face, hatch and ink of a cell; lightness and hatch differ, and every cell at work bears its number."""


@drawn
def coverage_matrix(coverage: Coverage, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Draw units down and scenarios across: how many duties of each unit are at work in each; return the axes.

    At the right stands how many of the duties that can be sent out all scenarios reach together; a diamond marks a
    unit some of whose duties none of them reaches.
    """
    units = list(coverage.units().values())
    scenes = coverage.scenes
    head = 2.1 if len(scenes) <= _LEVEL[lang] else 5.0  # rows that the titles of scenarios take
    axes = canvas(ax, (len(units) + head) * _ROW + 1.72, _LEFT[lang], 1.0)
    for y, clauses in enumerate(units):
        for x, scene in enumerate(scenes):
            _cell(axes, x, y, clauses, scene)
        _sum(axes, len(scenes), y, clauses, lang)
    _heads(axes, scenes, lang)
    axes.set_yticks(range(len(units)), [clipped(pick(row[0].owner, lang), 27) for row in units], fontsize=9.5)
    axes.set_ylim(len(units) - 0.5, -0.5 - head)
    axes.set_xticks([])
    room = WIDTH - _LEFT[lang] - 0.25
    axes.set_xlim(-0.5, room / min((room - _SUM[lang]) / max(len(scenes), 1), _WIDEST) - 0.5)
    _legend(axes, lang)
    sign(
        axes,
        _title(coverage, lang),
        say(CHARTS, "badge.result", lang),
        say(CHARTS, "cover.foot", lang),
        lang,
        36,
    )
    axes.spines["bottom"].set_visible(False)
    return axes


def _cell(ax: Axes, x: int, y: int, clauses: Sequence[Clause], scene: Scene) -> None:
    playable = [clause for clause in clauses if clause.status in PLAYABLE]
    if not playable:
        return
    at_work = sum(clause.status == "dispatched" and scene.plan.id in clause.scenarios for clause in playable)
    kind = "all" if at_work == len(playable) else "some" if at_work else "none"
    if clauses[0].unit in scene.uninvited:
        kind = "uninvited"
    face, hatch, ink = _CELLS[kind]
    ax.bar(x, 0.92, width=0.97, bottom=y - 0.46, color=face, hatch=hatch, edgecolor="#c4c4c4", linewidth=0.6)
    if at_work:
        ax.annotate(str(at_work), (x, y), ha="center", va="center_baseline", fontsize=10, color=ink)


def _sum(ax: Axes, x: int, y: int, clauses: Sequence[Clause], lang: Lang) -> None:
    states = [clause.status for clause in clauses]
    done, of = states.count("dispatched"), sum(state in PLAYABLE for state in states)
    text = say(CHARTS, "cover.sum" if of else "cover.no-duty", lang, done=done, of=of)
    if states.count("unreachable"):
        text += say(CHARTS, "cover.unreachable", lang, count=states.count("unreachable"))
    place: dict[str, Any] = {
        "textcoords": "offset points",
        "va": "center_baseline",
        "annotation_clip": False,
        "fontsize": 9,
    }
    if done < of:
        ax.annotate(_LEFT_OVER, (x - 0.5, y), (5, 0), color=ALERT, **place)
    ax.annotate(text, (x - 0.5, y), (17, 0), color=ALERT if done < of else INK if of else PALE, **place)


def _heads(ax: Axes, scenes: Sequence[Scene], lang: Lang) -> None:
    """Write each scenario's title over its column, and what stands at the right."""
    level = len(scenes) <= _LEVEL[lang]
    for x, scene in enumerate(scenes):
        title = pick(scene.plan.title, lang)
        width = _CHARACTERS[lang, level]
        if lang == "zh":  # lines of about one length
            width = -(-len(title) // -(-len(title) // width))
        text = "\n".join(wrap(title, width)[: 4 if level else 2])
        ax.annotate(text, (x, -0.65), ha="center", va="bottom", fontsize=8, color=INK, linespacing=1.15,
                    rotation=0 if level else 90)  # fmt: skip
    ax.annotate(
        say(CHARTS, "cover.together", lang), (len(scenes) - 0.5, -0.65), (5, 0), textcoords="offset points",
        va="bottom", fontsize=8, color=INK, annotation_clip=False,
    )  # fmt: skip


def _legend(ax: Axes, lang: Lang) -> None:
    handles: list[Artist] = [
        Patch(facecolor=face, hatch=hatch, edgecolor="#8a8a8a", label=say(CHARTS, f"cover.{kind}", lang))
        for kind, (face, hatch, _) in _CELLS.items()
    ]
    handles.append(
        Line2D(
            [],
            [],
            marker="D",
            linestyle="none",
            markersize=5,
            color=ALERT,
            label=say(CHARTS, "cover.left", lang),
        )
    )
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=below(ax, 10), ncols=5,
              fontsize=8.5, frameon=False, borderaxespad=0)  # fmt: skip


def _title(coverage: Coverage, lang: Lang) -> str:
    done, of = coverage.count("dispatched"), coverage.count(*PLAYABLE)
    values = {"scenarios": len(coverage.scenes), "done": done, "of": of, "left": of - done}
    return say(CHARTS, "cover.title" if done < of else "cover.title.all", lang, **values)
