"""An answer as plain data for programs: times in minutes, rows by their seq, facts by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.judged import Judged, Part
from sim.review.replay import Interval
from sim.review.told import News
from sim.review.why.case import Answer, Reason, Tick
from sim.review.why.duty import waited
from sim.review.why.links import Links


def data(answer: Answer) -> dict[str, Any]:
    """Return `answer` as what JSON can hold."""
    facts, links = [fact.id for fact in answer.timeline.plan.facts], Links(answer.timeline)
    return {
        "item": answer.item,
        "kind": answer.kind,
        "name": dict(answer.name),
        "fired": answer.fired,
        "outcome": _reason(answer.outcome),
        "rows": [_row(row) for row in answer.rows],
        "reasons": [_reason(reason) for reason in answer.reasons],
        "judged": [_judged(judged, facts) for judged in answer.judged],
        "news": [_news(judged, news, facts) for judged, news in answer.news],
        "tasks": [
            {
                "task": record.task, "state": record.state, "waits": dict(waited(record)),
                "stages": {stage: t / MINUTE for stage, t in record.stages.items()},
            }
            for record in answer.tasks
        ],
        "path": [_step(row, links) for row in answer.path],
        "nested": [data(nested) for nested in answer.nested],
    }  # fmt: skip


def _reason(reason: Reason) -> dict[str, Any]:
    return {"key": reason.key, **{name: _plain(value) for name, value in reason.values.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, Tick):
        return int(value) / MINUTE
    if isinstance(value, Mapping):
        return dict(value)
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _row(row: Row) -> dict[str, Any]:
    return {
        "seq": row.seq, "t": row.t / MINUTE, "clock": row.clock, "event": row.event, "unit": row.unit,
        "task": row.task, "need": row.need, "inject": row.inject, "cause": row.cause,
    }  # fmt: skip


def _step(row: Row, links: Links) -> dict[str, Any]:
    """A row of the chain of causes, and what it had waited for if another's row let it go on."""
    link = links.of(row)
    waited_for = {} if link is None else {
        "kind": link.kind, "since": link.since.seq, "until": link.until.seq, "begun": link.begun.seq,
    }  # fmt: skip
    return {**_row(row), "waited": waited_for or None}


def _judged(judged: Judged, facts: list[str]) -> dict[str, Any]:
    return {
        "role": judged.role,
        "condition": judged.condition.text,
        "on": judged.holder or "truth",
        "t": judged.t / MINUTE,
        "moment": judged.moment,
        "holds": judged.holds,
        "held": [_span(span) for span in judged.spans],
        "truly": [_span(span) for span in judged.truly],
        "parts": [_part(part, facts) for part in judged.parts],
    }


def _part(part: Part, facts: list[str]) -> dict[str, Any]:
    return {
        "depth": part.depth, "word": part.word, "text": dict(part.text), "holds": part.holds,
        "first": _minute(part.first), "since": _minute(part.since), "truly": _minute(part.truly), "ever": part.inside,
        "values": {
            facts[held.place]: {"value": held.value, "truth": held.truth, "known": held.known} for held in part.values
        },
    }  # fmt: skip


def _news(judged: Judged, news: News, facts: list[str]) -> dict[str, Any]:
    return {
        "role": judged.role, "fact": facts[news.place], "value": news.value, "t": news.t / MINUTE, "how": news.how,
        "row": news.row.seq, "origin": _row(news.origin), "since": _minute(news.since), "delay": _minute(news.delay),
    }  # fmt: skip


def _span(span: Interval) -> list[float]:
    return [span.begin / MINUTE, span.end / MINUTE]


def _minute(t: int | None) -> float | None:
    return None if t is None else t / MINUTE
