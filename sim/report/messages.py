"""Who told whom, when: the messages of a drill, and the ones worth drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.drill import Drill
from sim.review.information import News, news_of

CALLERS: Final = "callers"
"""Who is no actor of the plan: whoever calls in an inject."""
ABOVE: Final = "above"
"""Those that reports go up to."""
OTHERS: Final = "others"
"""Actors without a rung of their own."""
MOST_RUNGS: Final = 12
MOST_ARROWS: Final = 25
MOST_DELAYS: Final = 6
SHORTEST: Final = 5 * MINUTE
"""Ticks of a delay that is drawn, unless all are shorter."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `kind` is told, ring, up, leader, start, scene, filed or published; ticks when it was sent and when
    it was received. `receivers` may be several; `weight` says how telling it is, the most telling lowest."""

    kind: str
    begin: int
    end: int
    teller: str
    receivers: tuple[str, ...]
    mark: str
    weight: int


@dataclass(frozen=True, slots=True)
class Delay:
    """Facts that became true at one tick and that headquarters came to know at one tick, None if never."""

    places: tuple[int, ...]
    begin: int
    end: int | None
    priority: int


def messages(drill: Drill) -> list[Message]:
    """Return every message that rows tell of, but for the note that members are informed, in order of time."""
    found = [*_told(drill), *_desk(drill), *_scene(drill), *_up(drill)]
    return sorted(found, key=lambda m: (m.begin, m.end, m.kind, m.teller))


def _told(drill: Drill) -> Iterator[Message]:
    actors = drill.names.actors
    sources = {inject.id: inject.source for inject in drill.plan.injects}
    for row in drill.rows_of("inject_given"):
        heard = [r.unit for r in drill.rows_of("told") if r.cause == row.seq]
        source = sources.get(row.inject, "")
        if heard:
            teller = source if source in actors else CALLERS
            yield Message("told", row.t, row.t, teller, tuple(heard), row.inject, 1)


def _desk(drill: Drill) -> Iterator[Message]:
    rows = {row.seq: row for row in drill.timeline.rows}
    steps = {(row.task, row.event): row for row in drill.timeline.rows if row.task.startswith("desk.")}
    sources = {inject.id: inject.source for inject in drill.plan.injects}
    for (task, event), row in steps.items():
        begun = steps.get((task, "triggered"))
        if event != "finished" or begun is None or not task.startswith("desk.receive#"):
            continue
        call = rows.get(begun.cause if begun.cause is not None else -1, begun)
        teller = call.unit if call.event == "reported" else sources.get(call.inject, "")
        teller = teller if teller in drill.names.actors else CALLERS
        yield Message("ring", begun.t, row.t, teller, (drill.desk,), call.inject, 0)
    for name, kind, receiver in (("report_up", "up", ABOVE), ("phone_leader", "leader", drill.headquarters)):
        begun, ended = (steps.get((f"desk.{name}#1", event)) for event in ("started", "finished"))
        if begun is not None and ended is not None:
            yield Message(kind, begun.t, ended.t, drill.desk, (receiver,), "", 0)
    proposed, activated = steps.get(("desk.activate#1", "triggered")), drill.moments.activated
    if proposed is not None and activated is not None:
        yield Message("start", proposed.t, activated.t, drill.desk, (drill.headquarters,), "", 0)


def _scene(drill: Drill) -> Iterator[Message]:
    """Reports from the scene that taught headquarters something; more facts, and urgent ones, tell more."""
    rows = {row.seq: row for row in drill.timeline.rows}
    taught: dict[int, list[Row]] = {}
    for row in drill.rows_of("learnt"):
        source = rows.get(row.cause if row.cause is not None else -1)
        if row.unit == drill.headquarters and source is not None and source.event == "reported":
            taught.setdefault(source.seq, []).append(row)
    for seq, learnt in taught.items():
        weight = 9 - min(4, sum(len(row.detail["facts"]) for row in learnt))
        yield Message("scene", rows[seq].t, learnt[0].t, rows[seq].unit, (drill.headquarters,), "", weight)


def _up(drill: Drill) -> Iterator[Message]:
    for row in drill.rows_of("report_filed"):
        begun = [r.t for r in drill.rows_of("started") if r.task == row.task]
        to = {name if name in drill.names.actors else ABOVE for name in row.detail.get("to", ())}
        yield Message(
            "filed", begun[0] if begun else row.t, row.t, row.unit, tuple(sorted(to or {ABOVE})), "", 2
        )
    for row in drill.rows_of("published"):
        yield Message("published", row.t, row.t, row.unit, (CALLERS,), "", 2)


def delays(drill: Drill) -> list[Delay]:
    """Return what headquarters came to know late: of each fact that needs read the longest, grouped by their times."""
    groups: dict[tuple[int, int | None], list[News]] = {}
    for place in drill.readers:
        longest = max(news_of(drill, place), key=lambda news: news.delay, default=None)
        if longest is not None and longest.delay > 0:
            end = None if longest.learnt is None else longest.learnt.t
            groups.setdefault((longest.change.t, end), []).append(longest)
    every = [_delay(drill, begin, end, group) for (begin, end), group in groups.items()]
    found = [delay for delay in every if _length(drill, delay) >= SHORTEST] or every
    ranked = sorted(found, key=lambda d: (d.priority, -_length(drill, d), d.begin))[:MOST_DELAYS]
    return sorted(ranked, key=lambda d: (d.begin, d.end is None, d.end or 0))


def _delay(drill: Drill, begin: int, end: int | None, group: Sequence[News]) -> Delay:
    def urgency(place: int) -> int:
        return min(drill.names.needs[need].priority for need in drill.readers[place])

    places = sorted({news.change.place for news in group}, key=lambda place: (urgency(place), place))
    return Delay(tuple(places), begin, end, urgency(places[0]))


def _length(drill: Drill, delay: Delay) -> int:
    return (drill.last if delay.end is None else delay.end) - delay.begin


def chosen(drill: Drill, every: Iterable[Message], late: Sequence[Delay]) -> list[Message]:
    """Return the most telling messages, at most `MOST_ARROWS`: those that ended a delay before all others."""
    ends = {delay.end for delay in late}
    ranked = sorted(every, key=lambda m: (m.weight if m.kind != "scene" or m.end not in ends else 0, m.begin))
    return sorted(ranked[:MOST_ARROWS], key=lambda m: (m.begin, m.end, m.kind, m.teller))


def rungs(drill: Drill, shown: Iterable[Message]) -> list[str]:
    """Return who has a rung, from the top: those above, headquarters, the desk, callers, the busiest units, others."""
    fixed = [ABOVE, drill.headquarters, drill.desk, CALLERS]
    busy = Counter[str]()
    for message in shown:
        busy.update({message.teller, *message.receivers})
    order = {actor.name: number for number, actor in enumerate(drill.plan.actors)}
    units = sorted(
        (name for name in busy if name not in fixed),
        key=lambda name: (-busy[name], order.get(name, -1), name),
    )
    kept = sorted(units[: MOST_RUNGS - len(fixed) - 1], key=lambda name: order.get(name, -1))
    top = [name for name in fixed if name in busy or name in (drill.headquarters, drill.desk)]
    return [*top, *kept, *([OTHERS] if len(units) > len(kept) else [])]
