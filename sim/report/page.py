"""report.html: 推演前仿真提示, one file that works offline. Everything from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sim.record.timeline import Timeline
from sim.report import aftercare, decisions, filings, tables
from sim.report.frame import TEMPLATES, data_uri, framed, house
from sim.report.interactive import interactive
from sim.review.findings import Findings
from sim.review.gap import Gap
from sim.review.names import Names
from sim.words import Lang, pick, say
from sim.words.aftercare import AFTERCARE
from sim.words.charts import CHARTS
from sim.words.filings import FILINGS
from sim.words.report import MANIFEST, PAGE

_TABLES: Final = (PAGE, FILINGS, AFTERCARE)


def page(timeline: Timeline, findings: Findings, pictures: Mapping[str, bytes], lang: Lang) -> str:
    """Return the whole page; `pictures` are SVG files by the name of their chart."""
    rooms = house(_TABLES, lang, pick(timeline.plan.title, lang))
    figure = interactive(timeline, lang)
    body = rooms.get_template("body.html.j2").render(
        _content(timeline, findings, lang),
        lanes=figure.lanes,
        height=figure.height,
        kinds=[(kind, say(CHARTS, f"lane.{kind}", lang)) for kind in ("call", "wait", "move", "work")],
        pictures=[(name, data_uri(svg)) for name, svg in pictures.items()],
    )
    return framed(rooms, {"body": body, "item": figure.item, "behaviour": _behaviour()}, figure.library)


def _behaviour() -> str:
    return (TEMPLATES / "behaviour.js").read_text("utf-8")


def _content(timeline: Timeline, findings: Findings, lang: Lang) -> dict[str, Any]:
    plan, names = timeline.plan, Names(timeline.plan)
    content: dict[str, Any] = {
        "about": say(PAGE, "about", lang, title=pick(plan.title, lang), site=plan.site,
                     start=plan.start.strftime("%Y-%m-%d %H:%M")),
        "summary": plan.summary,
        "rests": tables.rests(timeline, lang),
        "shares": tables.shares(plan, lang),
        "key_times": tables.key_times(timeline, lang),
        "situation": tables.situation(timeline, lang),
        "decisions": decisions.decision_log(timeline, lang),
        "posts": decisions.posts_held(timeline, lang),
        "signatures": decisions.signed(timeline, lang),
        "filings": filings.filings(timeline, lang),
        "ledger": filings.ledger(timeline, lang),
        "aftercare": aftercare.aftercare(timeline, lang),
        "aftermath": aftercare.aftermath(timeline, lang),
        "limits": tables.limits(findings.limits, names, lang),
        "reference": tables.reference(findings, lang),
        "injects": tables.injects(timeline, lang),
        "assumptions": tables.assumptions(plan, lang),
        "manifest": list(_manifest(timeline.manifest, lang)),
        **_gaps(findings, lang),
    }  # fmt: skip
    seqs = {seq for gap in findings.gaps for one in (gap, *gap.others) for seq in one.evidence}
    for name in (
        "key_times",
        "decisions",
        "posts",
        "signatures",
        "filings",
        "ledger",
        "aftercare",
        "aftermath",
        "limits",
    ):
        seqs |= {seq for line in content[name] for seq in line.evidence}
    content["evidence"] = tables.evidence(timeline, seqs, lang)
    return content


def _gaps(findings: Findings, lang: Lang) -> dict[str, Any]:
    body, gaps = findings.body, findings.gaps
    number = {id(gap): place for place, gap in enumerate((*body.major, *body.minor, *body.rest), 1)}
    major = sum(gap.severity == "major" for gap in gaps)
    intro = say(
        PAGE, "gaps.intro", lang, total=len(gaps), major=major, minor=len(gaps) - major,
        shown_major=len(body.major), shown_minor=len(body.minor),
    )  # fmt: skip
    parts = {
        name: [_card(gap, number[id(gap)], lang) for gap in getattr(body, name)] for name in body._fields
    }
    return {"gaps_intro": intro if gaps else "", **parts}


def _card(gap: Gap, number: int, lang: Lang) -> dict[str, Any]:
    return {
        "number": number, "code": gap.code, "severity": gap.severity, "title": gap.title(lang),
        "statement": gap.statement(lang), "cause": gap.cause(lang), "suggestion": gap.suggestion(lang),
        "clause": gap.clause, "evidence": gap.evidence,
        "others": [{"statement": other.statement(lang), "evidence": other.evidence} for other in gap.others],
    }  # fmt: skip


def _manifest(values: Mapping[str, Any], lang: Lang) -> Iterator[tuple[str, str]]:
    """The manifest as lines of a table, without the inputs themselves."""
    for path, value in _flat(values, ()):
        head = say(MANIFEST, path[0], lang) if path[0] in MANIFEST else path[0]
        yield "·".join((head, *path[1:])), value


def _flat(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            if key != "content":
                yield from _flat(value, (*path, str(key)))
        else:
            text = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
            yield (*path, str(key)), text
