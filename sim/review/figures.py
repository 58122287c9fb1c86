"""Gaps of figures: casualties that disagree or go uncorrected, and what was published of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final, NamedTuple

from sim.plan.compiled import Label
from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.dispatch import OWN_LIMIT
from sim.review.drill import Drill
from sim.review.gap import Gap, Severity
from sim.words.gaps import MARKS

Figures = Mapping[str, Any]


_VERIFY: Final = "desk.verify#1"


class Said(NamedTuple):
    """A line as somebody told it to the office: the value, the row, and whose word it was."""

    value: int
    row: Row
    source: str


def figure_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield the gaps of figures: the ledger against the truth, the reports against the ledger, unchecked words."""
    if not drill.plan.law.casualties:
        return
    approved = drill.rows_of("figure_approved")
    if drill.plan.arrangements.ledger is not None:
        yield from _untrue(drill, approved)
        yield from _unreported(drill, approved)
    yield from _unchecked(drill, approved)
    for row in drill.rows_of("published"):
        yield from _published(drill, row, approved)


# --- the ledger against the truth


def _untrue(drill: Drill, approved: list[Row]) -> Iterator[Gap]:
    """Lines of the ledger that are not the truth at the close, where there was time to put them right."""
    figures: Figures = approved[-1].detail["figures"] if approved else {}
    closed = drill.moments.closed
    wrong = []
    for place in drill.plan.law.casualties:
        since = max((change.t for change in drill.truth if change.place == place), default=0)
        true, told = drill.true_value(place, closed), figures.get(drill.plan.facts[place].id, 0)
        if true != told and closed - since > OWN_LIMIT:
            wrong.append((place, told, true))
    if wrong:
        parts = tuple(_part("truth", drill.names.fact(place), told, true) for place, told, true in wrong)
        places, rows = [place for place, _, _ in wrong], approved[-1:]
        yield _gap(drill, "wrong" if approved else "none", closed, places, rows, parts=parts)


# --- the reports against the ledger


def _unreported(drill: Drill, approved: list[Row]) -> Iterator[Gap]:
    """Approved figures that are not those reported up last, where there was time to correct them.

    Once the receipt of a hand-over is signed the city reports, and the district owes no correction (SEMANTICS 28).
    """
    receipt = next(iter(drill.rows_of("handed_over")), None)
    approved = [row for row in approved if receipt is None or row.seq < receipt.seq]
    told = _last_report(drill)
    until = receipt.t if receipt is not None else drill.moments.closed
    if not approved or told is None or until - approved[-1].t <= OWN_LIMIT:
        return
    figures, (row, reported) = approved[-1].detail["figures"], told
    place = {drill.plan.facts[line].id: line for line in drill.plan.law.casualties}
    lines = [name for name in place if name in figures and figures[name] != reported.get(name, 0)]
    if lines:
        parts = tuple(
            _part("ledger", drill.names.fact(place[name]), reported.get(name, 0), figures[name])
            for name in lines
        )
        places, rows = [place[name] for name in lines], [approved[-1], row]
        yield _gap(drill, "unreported", approved[-1].t, places, rows, parts=parts)


def _last_report(drill: Drill) -> tuple[Row, Figures] | None:
    """The report up whose figures were taken last, and those figures; what a unit told of its own knowledge is none."""
    lines = {drill.plan.facts[line].id for line in drill.plan.law.casualties}
    found: list[tuple[float, int, Row, Figures]] = [
        (float(row.detail["as_of"]), row.seq, row, row.detail["figures"])
        for row in drill.rows_of("report_filed")
        if "own" not in row.detail
    ]
    for row in drill.rows_of("report_up"):
        found.append(
            (row.t / MINUTE, row.seq, row, {k: v for k, v in row.detail["facts"].items() if k in lines})
        )
    return max(found)[2:] if found else None


# --- words of two sources


def _unchecked(drill: Drill, approved: list[Row]) -> Iterator[Gap]:
    """Lines of which two sources told the office different numbers, the later one the lower, and nobody checked.

    A count never falls, so that of the two one was wrong; a later, higher number may simply be growth. The desk's own
    verification is a check, as is one of the ledger.
    """
    verified = [row for row in drill.rows_of("finished") if row.task == _VERIFY]
    for place in drill.plan.law.casualties:
        words = said(drill, place)
        for first, second in pairwise(words):
            if second.value >= first.value or second.source == first.source:
                continue
            checked = any(row.t >= second.row.t for row in (*approved, *verified))
            if not checked and drill.moments.closed - second.row.t > OWN_LIMIT:
                yield _gap(
                    drill, "unchecked", second.row.t, [place], [first.row, second.row],
                    one=drill.names.unit(first.source), other=drill.names.unit(second.source),
                    high=first.value, low=second.value, line=drill.names.fact(place),
                )  # fmt: skip


def said(drill: Drill, place: int) -> list[Said]:
    """Return what the desk and headquarters came to believe of a line, one after the other, and whose word it was."""
    rows = {row.seq: row for row in drill.timeline.rows}
    name = drill.plan.facts[place].id
    found = []
    for row in drill.rows_of("learnt"):
        cause = rows.get(row.cause) if row.cause is not None else None
        if name in row.detail["facts"] and cause is not None and cause.event != "activated":
            found.append(Said(row.detail["facts"][name], row, _source(drill, cause, rows)))
    return found


def _source(drill: Drill, row: Row, rows: Mapping[int, Row]) -> str:
    """Whose word a row is: that of whoever rang, of the unit that reported, or of the desk that verified."""
    if row.task.startswith("desk.receive#"):
        triggered = next(r for r in rows.values() if r.task == row.task and r.event == "triggered")
        row = rows[triggered.cause] if triggered.cause is not None else row
    return next((inject.source for inject in drill.plan.injects if inject.id == row.inject), row.unit)


# --- what was published


def _published(drill: Drill, row: Row, approved: list[Row]) -> Iterator[Gap]:
    unit = row.detail["by"]
    values = {"unit": drill.names.unit(unit), "t": row.t / MINUTE}
    more: dict[str, Any] = {"invited": drill.names.invited(unit), "evidence": (row.seq,), "priority": 1}
    if not row.detail["approved"] and (row.inject or drill.plan.arrangements.news_approver):
        yield Gap("G322", "major", row.t, unit, row.duty, reason="past_the_office" if row.inject else "unsigned",
                  key=("unapproved", unit), values=values, **more)  # fmt: skip
    figures: Figures = row.detail["figures"]
    known = [other.detail["figures"] for other in approved if other.seq < row.seq]
    lines = {drill.plan.facts[line].id for line in drill.plan.law.casualties}
    # the office's own draft may have been signed on figures that were approved before; others go by those of the day
    usable = known[-1:] if row.inject else known
    inside = figures.keys() <= lines and any(
        all(one.get(name, 0) == value for name, value in figures.items()) for one in usable
    )
    if figures and not inside and drill.plan.arrangements.ledger is not None:
        place = {fact.id: at for at, fact in enumerate(drill.plan.facts)}
        last = known[-1] if known else {}
        parts = tuple(
            _part(
                "ledger" if name in lines else "unlisted",
                drill.names.fact(place[name]),
                value,
                last.get(name, 0),
            )
            for name, value in figures.items()
            if name not in lines or value != last.get(name, 0)
        )
        yield Gap("G323", "major", row.t, unit, row.duty, reason="outside_ledger" if known else "before_ledger",
                  key=("outside", unit), values=values | {"parts": parts}, **more)  # fmt: skip


# --- words


def _part(against: str, line: Label, told: Any, right: Any) -> Label:
    """One line: what was told of it, and what it is in truth or in the ledger."""
    zh, en = MARKS[f"figure.{against}"]
    return {
        "zh": zh.format(line=line["zh"], told=told, right=right),
        "en": en.format(line=line["en"], told=told, right=right),
    }


def _gap(drill: Drill, variant: str, at: int, places: list[int], rows: list[Row], **values: Any) -> Gap:
    ledger = drill.plan.arrangements.ledger
    unit = drill.plan.actors[ledger.keeper].name if ledger is not None else drill.headquarters
    return Gap(
        "G321", _severity(drill, places), at, unit, evidence=tuple(row.seq for row in rows),
        reason=f"figures.{variant}", priority=1, key=("figures", variant), variant=variant,
        values={"unit": drill.names.unit(unit), "t": at / MINUTE, **values},
    )  # fmt: skip


def _severity(drill: Drill, places: list[int]) -> Severity:
    """Major where the grade of the accident goes by one of the lines."""
    law = drill.plan.law
    grave = {fact for grade in law.grades for fact in grade.when.facts}
    grave |= set(law.near_miss.when.facts) if law.near_miss is not None else set()
    return "major" if grave.intersection(places) else "minor"
