"""Gaps of information: what headquarters learnt late or never, and news that contradicts the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.dispatch import OWN_LIMIT
from sim.review.drill import Drill
from sim.review.gap import Gap
from sim.review.replay import Change, agrees

MOST: Final = 4
"""Needs named in one sentence."""


class News(NamedTuple):
    """A change of the truth and how headquarters came to know it: `learnt` is None where it never did."""

    change: Change
    learnt: Change | None
    delay: int


def information_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield the gaps: late news of one minute that came in one minute, all that never came, a contradicted end."""
    needs = drill.readers
    worst = [news for place in sorted(needs) if (news := _worst(drill, place)) is not None]
    never = [news for news in worst if news.learnt is None]
    if never:
        yield _gap(drill, "G602", never)
    together: dict[tuple[int, int], list[News]] = {}
    for news in worst:
        if news.learnt is not None:
            onset, learnt = round(news.change.t / MINUTE), round(news.learnt.t / MINUTE)
            together.setdefault((learnt, onset), []).append(news)
    for minutes in sorted(together):
        yield _gap(drill, "G601", together[minutes])
    for row in drill.rows_of("end_contradicted"):
        yield Gap(
            "G801", "major", row.t, drill.headquarters, evidence=(row.seq,), reason="contradicted",
            priority=0, key=("end", str(row.seq)), values={"t": row.t / MINUTE},
        )  # fmt: skip


def _worst(drill: Drill, place: int) -> News | None:
    """The change of a fact that headquarters heard of latest, if later than the limit."""
    late = [news for news in news_of(drill, place) if news.delay > OWN_LIMIT]
    return max(late, key=lambda news: (news.learnt is None, news.delay), default=None)


def news_of(drill: Drill, place: int) -> Iterator[News]:
    """Yield the changes of a fact that headquarters did not know at once, with when it came to know each."""
    fact = drill.plan.facts[place]
    changes = [change for change in drill.truth if change.place == place and change.t <= drill.last]
    if not agrees(fact.kind, fact.default, drill.plan.truth[place]) and not (changes and changes[0].t == 0):
        changes.insert(0, Change(0, 0, place, drill.plan.truth[place]))
    heard = [change for change in drill.picture(drill.headquarters) if change.place == place]
    for index, change in enumerate(changes):
        over = changes[index + 1].t if fact.kind != "count" and index + 1 < len(changes) else drill.last
        told = [h for h in heard if h.t <= change.t]
        value = told[-1].value if told else fact.default
        if agrees(fact.kind, value, change.value):
            continue
        learnt = next((h for h in heard if h.t > change.t and agrees(fact.kind, h.value, change.value)), None)
        came = learnt.t if learnt is not None else over
        yield News(change, learnt if came <= over else None, min(came, over) - change.t)


def _gap(drill: Drill, code: str, group: list[News]) -> Gap:
    first = max(group, key=lambda news: news.delay)
    seqs = {news.change.seq for news in group} | {news.learnt.seq for news in group if news.learnt}
    needs = sorted({need for news in group for need in drill.readers[news.change.place]},
                   key=lambda need: (drill.names.needs[need].priority, need))  # fmt: skip
    urgent = drill.names.needs[needs[0]].priority
    reception = drill.moments.reception
    return Gap(
        code, "major" if urgent <= 2 else "minor", first.change.t, drill.headquarters, need=needs[0],
        status="local", expected=OWN_LIMIT / MINUTE, actual=first.delay / MINUTE if first.learnt else None,
        evidence=tuple(sorted(seqs)), reason=_reason(code, first, reception), priority=urgent,
        key=(code, f"{first.learnt.t}-{first.change.t}" if first.learnt else ""),
        values={"unit": drill.names.unit(drill.headquarters), "t": first.change.t / MINUTE,
                "facts": tuple(drill.names.fact(news.change.place) for news in group), "count": len(needs),
                "needs": tuple(drill.names.need(need) for need in needs[:MOST]), "delay": first.delay / MINUTE,
                "limit": OWN_LIMIT / MINUTE, "learnt": (first.change.t + first.delay) / MINUTE,
                "reception": reception.t / MINUTE if reception else 0.0},
    )  # fmt: skip


def _reason(code: str, news: News, reception: Row | None) -> str:
    if code == "G602":
        return "never_told"
    return "called_late" if reception is not None and reception.t > news.change.t else "told_late"
