"""Where each task stands in a timeline of lanes: shared by the picture and the interactive page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from sim.plan.durations import MINUTE
from sim.record.tasks import TaskRecord
from sim.record.timeline import Timeline
from sim.review.limits import Limit, measure
from sim.review.moments import moments
from sim.review.names import Names
from sim.words import Lang, pick

KINDS: Final = {
    "call": "call", "redial": "call", "acknowledge": "call", "muster": "move", "travel": "move",
    "setup": "work", "work": "work",
}  # fmt: skip
"""What a span of a task is drawn as; anything else is waiting."""
_QUIET: Final = ("drill_closed", "inject_skipped", "open_at_close", "aftercare", "aftermath", "regraded")
_LONGEST: Final = 18  # ems of a label
_TOKEN: Final = re.compile(r"[（“]*(?:[!-~]+|.)[，。；：）”、！？]*\s*")
_GAP: Final = 1.4  # ems between a bar and its label


class Bar(NamedTuple):
    """One task in its sub-lane; `row` counts from the top, `marks` are limits to draw, times in minutes.

    `left` is true where the label stands before the bar, because the right has no room for it.
    """

    record: TaskRecord
    row: int
    label: str
    marks: tuple[Limit, ...]
    begin: float
    end: float
    stop: float  # the end of the bar and its marks
    left: bool


class Lane(NamedTuple):
    """The tasks of one unit and how many sub-lanes they take."""

    unit: str
    first: int
    rows: int


def last_minute(timeline: Timeline) -> float:
    """Return the minutes to show: to the last thing that happened, not the empty rest of the horizon."""
    closed = moments(timeline).closed
    busy = [row.t for row in timeline.rows if row.event not in _QUIET]
    last = closed if any(record.state == "open" for record in timeline.records) else max(busy, default=0)
    return max(10.0, min(closed, last * 1.04) / MINUTE)


def place(timeline: Timeline, end: float, em: float, lang: Lang) -> tuple[list[Bar], list[Lane]]:
    """Put every task in the first sub-lane of its unit where it and its label overlap no other.

    `em` is the width of a Chinese character in minutes, `end` the last minute shown.
    """
    order = {actor.name: index for index, actor in enumerate(timeline.plan.actors)}
    units = sorted({r.unit for r in timeline.records}, key=lambda unit: (order.get(unit, -1), unit))
    limits, names = measure(timeline), Names(timeline.plan)
    bars: list[Bar] = []
    lanes: list[Lane] = []
    first = 0
    for unit in units:
        free: list[float] = []
        for record in sorted((r for r in timeline.records if r.unit == unit), key=begin_of):
            label = clipped(pick(names.task(record.task), lang), _LONGEST)
            width = (width_of(label) + _GAP) * em
            bar = _bar(record, label, _marks(record, limits, end), end, width)
            left = bar.begin - width if bar.left else bar.begin
            row = next((i for i, busy in enumerate(free) if busy <= left), len(free))
            free[row : row + 1] = [bar.stop if bar.left else bar.stop + width]
            bars.append(bar._replace(row=first + row))
        lanes.append(Lane(unit, first, len(free)))
        first += len(free)
    return bars, lanes


def _bar(record: TaskRecord, label: str, marks: tuple[Limit, ...], end: float, width: float) -> Bar:
    begin, last = begin_of(record) / MINUTE, record.end / MINUTE
    stop = max([last, *(expiry(limit) for limit in marks)])
    return Bar(record, 0, label, marks, begin, last, stop, stop + width > end)


def _marks(record: TaskRecord, limits: Sequence[Limit], end: float) -> tuple[Limit, ...]:
    """The judged limits of a task, but those that run out long after it was done with them."""
    latest = min(record.end / MINUTE + 0.1 * end, end)
    return tuple(
        limit
        for limit in limits
        if limit.task == record.task and not limit.inject and limit.verdict in ("met", "missed")
        and expiry(limit) <= latest
    )  # fmt: skip


def expiry(limit: Limit) -> float:
    """Return the minute at which a limit runs out."""
    return ((limit.begin or 0) + (limit.within or 0)) / MINUTE


def begin_of(record: TaskRecord) -> int:
    """Return the tick at which a task began: it was triggered."""
    return record.stages.get("triggered", record.end)


def width_of(text: str) -> float:
    """Return how wide a text is in ems: a Chinese character is one, a Latin letter about half."""
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.56 for letter in text)


def wrapped(text: str, ems: float, indent: str = "") -> list[str]:
    """Return the lines of `text`, none wider than `ems`, every one but the first after `indent`.

    Chinese breaks neither before a closing mark nor after an opening one.
    """
    lines = [""]
    for token in _TOKEN.findall(text):
        pieces = [token] if width_of(token.rstrip()) <= ems else list(token)
        for piece in pieces:
            if lines[-1].strip() and width_of((lines[-1] + piece).rstrip()) > ems:
                lines.append(indent)
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def clipped(text: str, ems: float) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `ems`."""
    if width_of(text) <= ems:
        return text
    while text and width_of(text) > ems - 1:
        text = text[:-1]
    return text + "…"
