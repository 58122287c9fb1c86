"""Gaps of command: the field headquarters, one person needed twice, a hand-over that is requested late.

All limits here are this project's own (自定): no rule sets minutes for these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.plan.conditions import Condition
from sim.plan.durations import MINUTE
from sim.record.tasks import Span
from sim.record.timeline import Row
from sim.review.drill import Drill
from sim.review.gap import Gap
from sim.review.pictures import Picture, Pictures
from sim.review.replay import Interval

SET_UP: Final = 60 * MINUTE
"""Ticks from the first crew at the scene to a field headquarters."""
CONFER: Final = 120 * MINUTE
"""Ticks without a conference while the field headquarters stands."""
SIGN: Final = 5 * MINUTE
"""Ticks that something to be signed may wait for its one person."""
REQUEST: Final = 15 * MINUTE
"""Ticks from knowing that the accident is beyond the district to the request."""


def command_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield the gaps of command: the field headquarters, people, the hand-over."""
    if drill.plan.arrangements.field is not None and drill.moments.activated is not None:
        yield from _wind(drill)
        yield from _set_up(drill)
        yield from _conferences(drill)
    yield from _twice(drill)
    if drill.plan.arrangements.handover is not None:
        yield from _request(drill)


# --- the field headquarters


def _field(drill: Drill) -> Row | None:
    return next(iter(drill.rows_of("field_established")), None)


def _wind(drill: Drill) -> Iterator[Gap]:
    row = _field(drill)
    if row is not None and row.detail.get("wind_known") is False:
        yield Gap(
            "G331", "minor", row.t, drill.headquarters, evidence=(row.seq,), reason="no_wind", priority=3,
            key=("wind",), values={"t": row.t / MINUTE},
        )  # fmt: skip


def _set_up(drill: Drill) -> Iterator[Gap]:
    first = next((row for row in drill.rows_of("arrived") if not drill.is_guest(row.unit)), None)
    if first is None:
        return
    row = _field(drill)
    stood = row.t if row is not None else drill.command_end
    took = stood - first.t
    if took <= SET_UP:
        return
    sent = [one for one in drill.rows_of("decided") if one.detail["question"] == "field_commander"]
    nobody = bool(sent) and not sent[0].detail["decision"]
    yield Gap(
        "G332", "major" if row is None else "minor", first.t + SET_UP, drill.headquarters, status="local",
        expected=SET_UP / MINUTE, actual=took / MINUTE, priority=2, key=("field",),
        evidence=(first.seq, *(one.seq for one in sent[:1]), *((row.seq,) if row is not None else ())),
        reason="nobody_sent" if nobody else "field_slow", variant="never" if row is None else "",
        values={"t": first.t / MINUTE, "actual": took / MINUTE, "limit": SET_UP / MINUTE,
                "unit": drill.names.unit(first.unit)},
    )  # fmt: skip


def _conferences(drill: Drill) -> Iterator[Gap]:
    begun = _field(drill)
    if begun is None:
        return
    gone = next(iter(drill.rows_of("field_dissolved")), None)
    held = [row for row in drill.rows_of("conference") if row.t >= begun.t]
    stops = [*(row.t for row in held), gone.t if gone is not None else drill.last]
    gaps = [(stop - row.t, row) for row, stop in zip([begun, *held], stops, strict=True)]
    longest, row = max(gaps, key=lambda gap: gap[0])
    if longest > CONFER:
        yield Gap(
            "G333", "minor", row.t + CONFER, drill.headquarters, status="local", expected=CONFER / MINUTE,
            actual=longest / MINUTE, evidence=(row.seq,), reason="no_conference", priority=3, key=("confer",),
            values={"t": row.t / MINUTE, "actual": longest / MINUTE, "limit": CONFER / MINUTE},
        )  # fmt: skip


# --- people


def _twice(drill: Drill) -> Iterator[Gap]:
    """One gap a person: wanted in two places, or with more to sign than one can."""
    rows: dict[str, list[Row]] = {}
    for row in drill.rows_of("needed_twice"):
        rows.setdefault(str(row.detail["person"]), []).append(row)
    waits: dict[str, list[tuple[Span, str]]] = {}
    for record in drill.timeline.records:
        for span in record.spans:
            head, _, who = span.kind.partition(":")
            if head == "person" and span.end - span.begin > SIGN:
                waits.setdefault(who, []).append((span, record.task))
    for who in sorted({*rows, *waits}):
        yield from _of_places(drill, who, rows.get(who, []))
        yield from _of_waits(drill, who, waits.get(who, []))


def _of_places(drill: Drill, who: str, rows: list[Row]) -> Iterator[Gap]:
    if not rows:
        return
    kept = rows[0].detail["kept"]
    other = next((role for role in rows[0].detail["roles"] if role != kept), kept)
    yield Gap(
        "G305", "major", rows[0].t, who, evidence=tuple(row.seq for row in rows), reason="two_places", priority=1,
        key=("twice", who),
        values={"person": drill.names.unit(who), "kept": drill.names.role(kept), "other": drill.names.role(other),
                "t": rows[0].t / MINUTE},
    )  # fmt: skip


def _of_waits(drill: Drill, who: str, waits: list[tuple[Span, str]]) -> Iterator[Gap]:
    if not waits:
        return
    longest, task = max(waits, key=lambda wait: wait[0].end - wait[0].begin)
    waited = (longest.end - longest.begin) / MINUTE
    yield Gap(
        "G305", "minor", longest.begin, who, task=task, status="local", expected=SIGN / MINUTE, actual=waited,
        evidence=tuple(span.seq for span, _ in waits), reason="two_papers", priority=1, key=("twice", who),
        variant="waits",
        values={"person": drill.names.unit(who), "what": drill.names.task(task), "waited": waited,
                "count": len(waits), "t": longest.begin / MINUTE, "limit": SIGN / MINUTE},
    )  # fmt: skip


# --- the hand-over


def _request(drill: Drill) -> Iterator[Gap]:
    asked = next(iter(drill.rows_of("handover_requested")), None)
    called_for = _called_for(drill, asked.t if asked is not None else drill.last)
    longest = max(called_for, key=lambda known: known.end - known.begin, default=None)
    given = drill.plan.arrangements.handover
    if longest is None or given is None or longest.end - longest.begin <= REQUEST:
        return
    since, waited = longest.begin, longest.end - longest.begin
    by_conference = not given.at_once
    yield Gap(
        "G306", "major", since + REQUEST, drill.headquarters, status="local", expected=REQUEST / MINUTE,
        actual=waited / MINUTE, evidence=(longest.seq, *((asked.seq,) if asked is not None else ())), priority=0,
        reason="conference_only" if by_conference else "request_slow", key=("request",),
        variant="never" if asked is None else "",
        values={"t": since / MINUTE, "actual": waited / MINUTE, "limit": REQUEST / MINUTE,
                "to": drill.names.unit(given.name)},
    )  # fmt: skip


def _called_for(drill: Drill, until: int) -> Iterator[Interval]:
    """Yield when headquarters, at work, knew that command was to be handed over, up to tick `until`.

    News that was withdrawn ends such a stretch; the row is the last word that made it so.
    """
    given, activated = drill.plan.arrangements.handover, drill.moments.activated
    if given is None or activated is None:
        return
    picture, begun = Pictures(drill).of(drill.headquarters), -1
    for t, view in picture.moments(activated.t, until):
        holds = given.when.test(view.values, view.known)
        if begun >= 0 and not holds:
            yield Interval(begun, t, _word(picture, given.when, begun))
        begun = (t if begun < 0 else begun) if holds else -1
    if begun >= 0:
        yield Interval(begun, until, _word(picture, given.when, begun))


def _word(picture: Picture, condition: Condition, t: int) -> int:
    """The row of the last thing heard, by tick `t`, of what a condition reads."""
    heard = [(mark.t, mark.seq) for mark in picture.marks if mark.place in condition.facts and mark.t <= t]
    return max(heard)[1]
