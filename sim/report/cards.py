"""Cards: what a timeline, its findings, a scenario, a check, a study and others show in a notebook and a terminal.

`card` is open: another thing that is `Shown` gets its card with ``card.register``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import singledispatch
from html import escape
from typing import Any, Final, NamedTuple

from sim.plan.durations import MINUTE, parse_duration
from sim.plan.workspace import LoadedRoster, LoadedScenario
from sim.record.timeline import Timeline
from sim.report.view import View, ViewCard, view_card
from sim.report.what_if import limit_name, percent
from sim.review.findings import Findings
from sim.review.flaws import Flaw
from sim.review.moments import moments
from sim.review.names import Names
from sim.review.playback import Replay
from sim.study.checked import Checked
from sim.study.futures import Assume, Futures, Late, MoreHands, Moved
from sim.study.replicate import Study
from sim.study.sensitivity import Tornado
from sim.study.statistics import TARGET
from sim.study.summary import Band, failed, limits, milestones
from sim.words import Lang, pick, say
from sim.words.cards import CARDS
from sim.words.cli import SAYS
from sim.words.display import Card as AnyCard
from sim.words.display import Shown
from sim.words.events import STAGES
from sim.words.flaws import MARKS
from sim.words.problems import render
from sim.words.study import STUDY
from sim.words.what_if import MARKS as TURNING

_ENDED: Final = ("finished", "stood_down")
_MOST: Final = 12
"""Tasks of two futures, or problems of a check, that a card names."""
_WORST: Final = 5
"""Limits of a study that a card names."""


class Card(NamedTuple):
    """A title and lines of name and value."""

    badge: str
    title: str
    lines: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """Return the card as text, the values one below the other."""
        from rich.cells import cell_len

        width = max((cell_len(name) for name, _ in self.lines), default=0)
        lines = [f"  {name}{' ' * (width - cell_len(name))}  {value}" for name, value in self.lines]
        return "\n".join([f"{self.badge}  {self.title}", *lines])

    def html(self) -> str:
        """Return the card as HTML; everything in it is escaped, and it looks like no warning."""
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left;font-weight:400;color:#5c5c5c;padding:.1em 1em .1em 0">'
            f'{escape(name)}</th><td style="text-align:left;padding:.1em 0">{escape(value)}</td></tr>'
            for name, value in self.lines
        )
        return (
            '<div style="border:1px solid #d5d5d5;border-left:6px solid #b84d00;padding:.5em .9em;max-width:52em">'
            f'<div style="color:#b84d00;font-size:.85em">{escape(self.badge)}</div>'
            f'<div style="font-size:1.1em;margin-bottom:.3em">{escape(self.title)}</div>'
            f"<table>{rows}</table></div>"
        )


def _made(title: str, lines: Iterator[tuple[str, str]], lang: Lang) -> Card:
    told = tuple((say(CARDS, key, lang) if key in CARDS else key, value) for key, value in lines)
    return Card(say(CARDS, "badge", lang), title, told)


@singledispatch
def card(thing: Shown, lang: Lang = "zh") -> AnyCard:
    """Return the card of a thing. Raise TypeError for one that has none."""
    raise TypeError(type(thing).__name__)


@card.register
def _timeline(thing: Timeline, lang: Lang = "zh") -> Card:
    title = say(CARDS, "timeline", lang, title=pick(thing.plan.title, lang))
    return _made(title, _of_timeline(thing, lang), lang)


def _of_timeline(thing: Timeline, lang: Lang) -> Iterator[tuple[str, str]]:
    turning, plan = moments(thing), thing.plan
    yield "site", plan.site
    yield "starts", plan.start.strftime("%Y-%m-%d %H:%M")
    for key in ("report_up", "activated", "terminated"):
        row = getattr(turning, key)
        yield key, _when(None if row is None else row.t, lang)
    yield "lasted", say(CARDS, "minutes", lang, minutes=turning.closed / MINUTE)
    ended = sum(record.state in _ENDED for record in thing.records)
    yield "tasks", say(CARDS, "tasks.ended", lang, ended=ended, all=len(thing.records))
    yield "rows", str(len(thing.rows))
    mode, given = thing.manifest.get("mode"), {k: thing.manifest.get(k) for k in ("seed", "replication")}
    if mode in ("random", "expected"):
        yield "made", say(CARDS, f"made.{mode}", lang, **given)


def _when(t: int | None, lang: Lang) -> str:
    return say(CARDS, "never", lang) if t is None else say(CARDS, "at", lang, t=t / MINUTE)


@card.register
def _findings(thing: Findings, lang: Lang = "zh") -> Card:
    title = say(CARDS, "findings", lang, title=pick(thing.timeline.plan.title, lang))
    return _made(title, _of_findings(thing, lang), lang)


def _of_findings(thing: Findings, lang: Lang) -> Iterator[tuple[str, str]]:
    severity = Counter(gap.severity for gap in thing.gaps)
    verdicts = Counter(limit.verdict for limit in thing.limits)
    yield "gaps", say(CARDS, "gaps.count", lang, major=severity["major"], minor=severity["minor"])
    yield "limits", say(
        CARDS, "limits.count", lang, met=verdicts["met"], missed=verdicts["missed"], open=verdicts["not_evaluated"]
    )  # fmt: skip
    names = Names(thing.timeline.plan)
    for gap in thing.body.major:
        yield gap.title(lang), f"{pick(names.unit(gap.unit), lang)}  {gap.statement(lang)}".strip()
    yield "no-grade", say(CARDS, "no-grade.text", lang)


@card.register
def _scenario(thing: LoadedScenario, lang: Lang = "zh") -> Card:
    title = say(CARDS, "scenario", lang, title=pick(thing.model.title.model_dump(), lang))
    return _made(title, _of_scenario(thing, lang), lang)


def _of_scenario(thing: LoadedScenario, lang: Lang) -> Iterator[tuple[str, str]]:
    model = thing.model
    yield "id", model.id
    yield "file", thing.file.path
    yield "purpose", say(SAYS, f"purpose.{model.purpose}", lang)
    yield "site", model.site.name
    yield "starts", str(model.start)
    yield "horizon", say(CARDS, "minutes", lang, minutes=parse_duration(model.horizon).at(0.5) / MINUTE)
    yield "injects", str(len(model.injects))
    yield "hazards", str(len(model.hazards))
    yield "warnings", str(len(thing.warnings))


@card.register
def _roster(thing: LoadedRoster, lang: Lang = "zh") -> Card:
    return _made(say(CARDS, "roster", lang), _of_roster(thing, lang), lang)


def _of_roster(thing: LoadedRoster, lang: Lang) -> Iterator[tuple[str, str]]:
    register = thing.model.register_
    owners = (*register.bodies.values(), *register.units.values())
    yield "units", str(len(register.units))
    yield "duties", str(sum(len(owner.duties) for owner in owners))
    yield "needs", str(len(thing.model.needs.needs))
    yield "norms", str(len(thing.model.norms.norms))
    yield "warnings", str(len(thing.warnings))
    if thing.overrides:
        yield "own", say(CARDS, "comma", lang).join(thing.overrides)


@card.register
def _futures(thing: Futures, lang: Lang = "zh") -> Card:
    title = say(CARDS, "futures", lang, title=pick(thing.first.plan.title, lang))
    return _made(title, _of_futures(thing, lang), lang)


def _of_futures(thing: Futures, lang: Lang) -> Iterator[tuple[str, str]]:
    names, total = (
        Names(thing.first.plan),
        len({r.task for t in (thing.first, thing.second) for r in t.records}),
    )
    yield "change", f"{say(CARDS, 'from', lang, t=thing.at / MINUTE)} {_change(thing, names, lang)}"
    before = sum(row.t < thing.at for row in thing.first.rows)
    yield "before", say(CARDS, "before.same", lang, rows=before)
    for one in thing.milestones:
        yield one.name, _delta(one, lang)
    yield "moved", say(CARDS, "moved.count", lang, moved=len(thing.moved), all=total)
    for one in thing.tasks[:_MOST]:
        stage = say(STAGES, one.stage, lang) if one.stage in STAGES else pick(names.event(one.stage), lang)
        what = f"{pick(names.whose(one.name.rpartition('#')[0]), lang)}"
        yield say(CARDS, "stage", lang, what=what.lstrip("·"), stage=stage), _delta(one, lang)
    if len(thing.tasks) > _MOST:
        yield "more", say(CARDS, "more.count", lang, count=len(thing.tasks) - _MOST)
    key = "untouched.count" if thing.untouched else "untouched.none"
    yield "untouched", say(CARDS, key, lang, count=len(thing.untouched))


def _change(thing: Futures, names: Names, lang: Lang) -> str:
    change: Any = thing.change
    if isinstance(change, Late):
        unit = pick(names.unit(change.unit), lang)
        return say(CARDS, "change.late", lang, unit=unit, minutes=change.minutes)
    if isinstance(change, MoreHands):
        return say(CARDS, "change.hands", lang, count=change.people)
    if isinstance(change, Assume):
        return say(CARDS, "change.assume", lang, path=change.path, value=change.value)
    return say(CARDS, "change.skip", lang, inject=change.inject)


def _delta(one: Moved, lang: Lang) -> str:
    before, after = _when(one.before, lang), _when(one.after, lang)
    if one.minutes is None:
        return say(CARDS, "delta.one", lang, before=before, after=after)
    if not one.minutes:
        return say(CARDS, "same", lang, before=before)
    return say(CARDS, "delta", lang, before=before, after=after, minutes=one.minutes)


@card.register
def _checked(thing: Checked, lang: Lang = "zh") -> Card:
    return _made(say(CARDS, "checked", lang, name=thing.name), _of_checked(thing, lang), lang)


def _of_checked(thing: Checked, lang: Lang) -> Iterator[tuple[str, str]]:
    errors = sum(problem.severity == "error" for problem in thing.problems)
    yield "files", say(CARDS, "files.count", lang, errors=errors, warnings=len(thing.problems) - errors)
    for problem in sorted(thing.problems, key=lambda problem: problem.severity != "error")[:_MOST]:
        yield say(CARDS, f"problem.{problem.severity}", lang), render(problem, lang)
    if len(thing.problems) > _MOST:
        yield "more", say(CARDS, "more.problems", lang, count=len(thing.problems) - _MOST)
    if thing.sound:
        yield from _of_flaws("script", thing.script, lang)
    yield from _of_flaws("plan", thing.plan, lang)
    yield "verdict", say(CARDS, "playable" if thing.sound else "unplayable", lang)


def _of_flaws(name: str, flaws: tuple[Flaw, ...], lang: Lang) -> Iterator[tuple[str, str]]:
    """How many there are, then the words of the grave ones."""
    major = [flaw for flaw in flaws if flaw.severity == "major"]
    yield name, say(CARDS, "gaps.count", lang, major=len(major), minor=len(flaws) - len(major))
    for flaw in major[:_MOST]:
        yield flaw.code, f"〔{say(MARKS, flaw.severity, lang)}〕{flaw.title(lang)}  {flaw.statement(lang)}"


@card.register
def _study(thing: Study, lang: Lang = "zh") -> Card:
    title = say(CARDS, "study", lang, title=pick(thing.plan.title, lang))
    return _made(title, _of_study(thing, lang), lang)


def _of_study(thing: Study, lang: Lang) -> Iterator[tuple[str, str]]:
    yield "plays", say(CARDS, "plays.count", lang, n=thing.n, seed=thing.seed)
    if broken := failed(thing):
        yield "failed", str(len(broken))
    for row in milestones(thing):
        if row.band.plays > row.band.never:
            yield say(TURNING, row.milestone, lang), _band(row.band, lang)
    judged = [row for row in limits(thing) if row.judged]
    missed = sorted((row for row in judged if row.missed), key=lambda row: (-(row.share or 0), row.norm))
    yield "missed", say(CARDS, "missed.count", lang, missed=len(missed), judged=len(judged))
    names = Names(thing.plan)
    for each in missed[:_WORST]:
        yield limit_name(each.norm, names, lang), say(
            CARDS, "missed.line", lang, share=percent(each.share or 0), low=percent(each.low),
            high=percent(each.high), verdict=say(STUDY, each.verdict, lang), target=percent(TARGET),
        )  # fmt: skip
    yield "no-grade", say(CARDS, "rests", lang)


def _band(band: Band, lang: Lang) -> str:
    never = say(CARDS, "never", lang)
    shown = {name: never if t is None else f"T+{t:.1f}" for name, t in (("p50", band.p50), ("p90", band.p90))}
    return say(CARDS, "band", lang, **shown)


@card.register
def _tornado(thing: Tornado, lang: Lang = "zh") -> Card:
    return _made(say(CARDS, "tornado", lang, measure=thing.measure.text), _of_tornado(thing, lang), lang)


def _of_tornado(thing: Tornado, lang: Lang) -> Iterator[tuple[str, str]]:
    by = 100.0 if thing.measure.kind == "limit" else 1.0
    unit = "share" if thing.measure.kind == "limit" else "minutes"
    yield "plays", say(CARDS, "plays.each", lang, n=thing.n)
    if thing.usual is not None:
        yield "usual", say(CARDS, unit, lang, minutes=thing.usual * by)
    yield "moving", say(
        CARDS, "moving.count", lang, moving=len(thing.top(len(thing.bars))), all=len(thing.bars) + len(thing.unused)
    )  # fmt: skip
    for place, bar in enumerate(thing.to_measure[:_WORST], 1):
        swing = say(CARDS, unit, lang, minutes=bar.swing * by)
        yield say(CARDS, "measure", lang, place=place), say(
            CARDS, "measure.line", lang, path=bar.factor.path, swing=swing,
            low=bar.low_value, high=bar.high_value,
        )  # fmt: skip
    yield "no-grade", say(CARDS, "rests", lang)


@card.register
def _replay(thing: Replay, lang: Lang = "zh") -> Card:
    title = say(CARDS, "replay", lang, title=pick(thing.plan.title, lang))
    return _made(title, _of_replay(thing, lang), lang)


def _of_replay(thing: Replay, lang: Lang) -> Iterator[tuple[str, str]]:
    yield "steps", str(len(thing))
    for given in thing.injects:
        yield given.inject.id, f"{_when(given.row.t, lang)} {given.inject.title}"
    severity = Counter(gap.severity for gap in thing.gaps)
    yield "gaps", say(CARDS, "gaps.count", lang, major=severity["major"], minor=severity["minor"])


@card.register
def _view(thing: View, lang: Lang = "zh") -> ViewCard:
    return view_card(thing, lang)
