"""An answer in plain words: what happened, what decided it, each condition part by part, and how the news came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from sim.plan.durations import MINUTE
from sim.record.events import KINDS
from sim.record.tasks import STAGES as ORDER
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row, clock_at
from sim.review.judged import Held, Judged, Part
from sim.review.names import Names, both
from sim.review.told import News
from sim.review.why.case import Answer, Reason, Tick
from sim.review.why.duty import waited
from sim.review.why.links import Links
from sim.review.wording import condition_text, value_text
from sim.words import Lang, pick, say
from sim.words.decisions import QUESTIONS
from sim.words.events import STAGES, STATES
from sim.words.why import ITEMS, NEWS, PARTS, SAYS, STORY

_MOST: Final = 12
"""Rows, and steps of the chain of causes, that are shown."""
_ELAPSED: Final = re.compile(r">=(\d+)$")


def text(answer: Answer, lang: Lang) -> str:
    """Return `answer` in words, a line a statement."""
    teller = _Teller(answer, lang)
    return "\n".join([*teller.lines(), say(SAYS, "basis", lang)])


class _Teller:
    """Tells one answer in one language."""

    def __init__(self, answer: Answer, lang: Lang) -> None:
        self.answer, self.lang = answer, lang
        self.plan, self.names = answer.timeline.plan, Names(answer.timeline.plan)
        self.links = Links(answer.timeline)

    def lines(self) -> Iterator[str]:
        answer, lang = self.answer, self.lang
        yield say(
            SAYS, "head", lang, kind=say(ITEMS, answer.kind, lang), item=answer.item,
            name=pick(answer.name, lang), outcome=self.sentence(answer.outcome),
        )  # fmt: skip
        yield from (f"  - {self.sentence(reason)}" for reason in answer.reasons)
        for judged in answer.judged:
            yield from self.judged(judged)
        if answer.news:
            yield say(NEWS, "title.before" if answer.before else "title", lang)
            yield from (f"  - {self.news(judged, news)}" for judged, news in answer.news)
        yield from self.rows()
        yield from self.tasks()
        yield from self.path()
        for nested in answer.nested:
            yield say(STORY, "nested", lang)
            yield from (f"  {line}" for line in _Teller(nested, lang).lines())

    # --- sentences

    def sentence(self, reason: Reason) -> str:
        shown = {name: self.shown(value) for name, value in reason.values.items()}
        return say(SAYS, reason.key, self.lang, **shown)

    def shown(self, value: Any) -> Any:
        if isinstance(value, Tick):
            return self.at(value)
        if isinstance(value, Mapping):
            return pick(value, self.lang)
        if isinstance(value, tuple):
            return say(STORY, "semicolon", self.lang).join(self.shown(each) for each in value)
        return value

    def at(self, t: int) -> str:
        clock = clock_at(self.plan.start, t)
        if t > self.plan.horizon:  # what comes to light after the close comes on another day
            return say(STORY, "date", self.lang, day=clock[:10], clock=clock[11:16], t=t / MINUTE)
        return say(SAYS, "at", self.lang, clock=clock[11:16], t=t / MINUTE)

    # --- conditions

    def judged(self, judged: Judged) -> Iterator[str]:
        lang = self.lang
        own = f"moment.{judged.moment}.{judged.role}"
        moment = own if own in PARTS else f"moment.{judged.moment}"
        picture = say(PARTS, "on.truth", lang)
        if judged.holder:
            picture = say(PARTS, "on.holder", lang, holder=pick(self.names.unit(judged.holder), lang))
        yield say(
            PARTS, "heading", lang, role=say(PARTS, f"role.{judged.role}", lang), picture=picture,
            moment=say(PARTS, moment, lang, at=self.at(judged.t)),
        )  # fmt: skip
        for part in judged.parts:
            yield "  " * (part.depth + 1) + self.part(part, judged)

    def part(self, part: Part, judged: Judged) -> str:
        lang, shown = self.lang, pick(part.text, self.lang)
        if part.word != "test":
            shown = say(PARTS, f"word.{part.word}", lang, text=shown)
        mark = say(PARTS, "holds" if part.holds else "fails", lang)
        pieces = [say(PARTS, "line", lang, mark=mark, text=shown)]
        pieces += [self.held(held, bool(judged.holder)) for held in part.values]
        pieces.append(self.since(part))
        if judged.holder and part.truly != part.first:
            key = "truly.never" if part.truly is None else "truly"
            pieces.append(say(PARTS, key, lang, t=(part.truly or 0) / MINUTE))
        return say(PARTS, "between", lang).join(pieces)

    def since(self, part: Part) -> str:
        if part.first is None:
            return say(PARTS, "first.never", self.lang)
        key = "first" if part.since is None else "since" if part.since == part.first else "since.first"
        return say(PARTS, key, self.lang, t=(part.since or 0) / MINUTE, first=part.first / MINUTE)

    def held(self, held: Held, believed: bool) -> str:
        lang, fact = self.lang, self.plan.facts[held.place]
        value = value_text(fact, held.value, lang)
        key = "value" if held.known or not believed else "value.unheard"
        shown = say(PARTS, key, lang, fact=pick(fact.label, lang), value=value)
        if held.truth == held.value:
            return shown
        return say(PARTS, "value.truth", lang, text=shown, truth=value_text(fact, held.truth, lang))

    # --- news

    def news(self, judged: Judged, news: News) -> str:
        lang, origin = self.lang, news.origin
        holder = pick(self.names.unit(judged.holder), lang) if judged.holder else ""
        true = ""
        if judged.holder:
            true = say(NEWS, "untrue", lang) if news.since is None else ""
            if news.delay:
                true = say(
                    NEWS, "true", lang, since=self.at(news.since or 0), delay=news.delay / MINUTE
                )  # fmt: skip
        injects = {inject.id: inject for inject in self.plan.injects}
        source = injects[origin.inject].source if origin.inject in injects else ""
        how = "told.direct" if news.how == "told" and news.t == origin.t else news.how
        how = "made.opening" if origin.event == "drill_opened" else how
        return say(
            NEWS, how, lang, what=self.what(news), at=self.at(news.t), row=news.row.seq, origin=self.row(origin),
            who=pick(self.names.unit(origin.unit), lang), task=pick(self.names.task(origin.task), lang),
            seen=self.at(origin.t), took=max(0, news.t - origin.t) / MINUTE, holder=holder, source=source,
            inject=origin.inject, true=true,
        )  # fmt: skip

    def what(self, news: News) -> str:
        fact = self.plan.facts[news.place]
        if fact.kind == "pseudo":
            asked = _ELAPSED.sub(lambda m: f" >= {int(m[1]) / MINUTE:g} min", fact.id)
            return condition_text(asked, self.plan, self.lang)
        return say(
            STORY, "fact", self.lang, fact=pick(fact.label, self.lang), value=value_text(fact, news.value, self.lang)
        )  # fmt: skip

    # --- rows

    def row(self, row: Row) -> str:
        """Say what a row tells: who did what, which inject, which fact."""
        lang, detail = self.lang, row.detail
        kind = KINDS[row.event]
        event, unit = kind.en.lower() if lang == "en" else kind.zh, pick(self.names.unit(row.unit), lang)
        if row.event == "drill_opened":
            return say(STORY, "opening", lang)
        if row.event in ("inject_given", "inject_skipped"):
            title = next((i.title for i in self.plan.injects if i.id == row.inject), "")
            return say(STORY, "inject", lang, inject=row.inject, title=title)
        if row.event == "hazard_tick":
            label = next(
                (h.label for h in self.plan.hazards if h.id == detail["hazard"]), both(ITEMS, "hazard")
            )
            return say(
                STORY, "hazard", lang, hazard=detail["hazard"], label=pick(label, lang), tick=detail["tick"]
            )
        if row.event == "fact_changed":
            fact = next(fact for fact in self.plan.facts if fact.id == detail["fact"])
            value = value_text(fact, detail["value"], lang)
            return say(STORY, "fact", lang, fact=pick(fact.label, lang), value=value)
        if row.inject:
            event = say(STORY, "by-inject", lang, event=event, inject=row.inject)
        about = self.names.task(row.task) if row.task else self.names.need(row.need) if row.need else None
        what = say(STORY, "what", lang, what=pick(about, lang)) if about else ""
        told = " ".join(say(STORY, "event", lang, unit=unit, what=what, event=event).split())
        if row.event == "graded":
            grades = say(STORY, "comma", lang).join(pick(self.names.grade(g), lang) for g in detail["grades"])
            return say(STORY, "grades", lang, text=told, grades=grades)
        if row.event == "aftermath":
            return say(STORY, "aftermath", lang, day=detail["day"], title=detail["title"])
        if row.event == "decided":
            made = say(
                STORY, "about", lang, text=told, what=say(QUESTIONS, detail["question"], lang, about="")
            )
            chosen = pick(self.names.option(str(detail["decision"])), lang)
            return say(STORY, "about", lang, text=made, what=chosen)
        if "rule" in detail:
            return say(STORY, "about", lang, text=told, what=pick(self.names.rule(detail["rule"]), lang))
        if row.waits_for:
            return say(STORY, "waiting", lang, text=told, what=pick(self.names.wait(row.waits_for), lang))
        return told

    def linked(self, row: Row) -> str:
        """Say what a row tells and, where it ended a wait for another's row, what it had waited for."""
        text, link = self.row(row), self.links.of(row)
        if link is None:
            return text
        return say(
            STORY, "link", self.lang, text=text, what=pick(self.names.wait(link.kind), self.lang),
            since=self.at(link.since.t), minutes=(row.t - link.since.t) / MINUTE,
            until=link.until.seq, begun=link.begun.seq,
        )  # fmt: skip

    def rows(self) -> Iterator[str]:
        rows, lang = self.answer.rows, self.lang
        if rows:
            yield say(STORY, "rows", lang)
        for row in rows[:_MOST]:
            yield "  - " + say(STORY, "row", lang, at=self.at(row.t), row=row.seq, text=self.linked(row))
        if len(rows) > _MOST:
            yield "  - " + say(STORY, "more", lang, count=len(rows) - _MOST)

    # --- tasks and the chain of causes

    def tasks(self) -> Iterator[str]:
        if self.answer.tasks:
            yield say(STORY, "tasks", self.lang)
        for record in self.answer.tasks[:_MOST]:
            yield f"  - {self.task(record)}"
            waits = [
                say(STORY, "wait", self.lang, what=pick(self.names.wait(kind), self.lang), minutes=minutes)
                for kind, minutes in waited(record)
            ]
            if waits:
                joined = say(STORY, "comma", self.lang).join(waits)
                yield "    " + say(STORY, "waits", self.lang, waits=joined)

    def task(self, record: TaskRecord) -> str:
        lang = self.lang
        stages = [
            say(STORY, "stage", lang, stage=say(STAGES, stage, lang), t=record.stages[stage] / MINUTE)
            for stage in ORDER
            if stage in record.stages
        ]
        joined = say(STORY, "comma", lang).join(stages)
        return say(
            STORY, "task", lang, task=record.task, state=say(STATES, record.state, lang), stages=joined
        )

    def path(self) -> Iterator[str]:
        path, lang = self.answer.path, self.lang
        if not path:
            return
        yield say(STORY, "path", lang)
        if len(path) > _MOST:
            yield "  - " + say(STORY, "omitted", lang, count=len(path) - _MOST)
        before = {row.seq: earlier.t for earlier, row in pairwise(path)}
        for row in path[-_MOST:]:
            took = (row.t - before.get(row.seq, row.t)) / MINUTE
            yield "  - " + say(
                STORY, "step", lang, at=self.at(row.t), took=took, row=row.seq, text=self.linked(row)
            )
