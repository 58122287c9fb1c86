"""The decision log, the posts of command and the signatures as tables of the brief."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE
from sim.record.timeline import Timeline
from sim.report.notes import option, what
from sim.report.phrases import moment
from sim.report.tables import Shown
from sim.review.decisions import Decision, decisions
from sim.review.drill import Drill
from sim.review.names import Names
from sim.review.posts import Held, posts, signatures
from sim.review.wording import facts_text, value_text
from sim.words import Lang, pick, say
from sim.words.decisions import POSTS, QUESTIONS, REASONS, STATES


def decision_log(timeline: Timeline, lang: Lang) -> list[Shown]:
    """Return every decision: when, the question, the options, the decision, the reason, who."""
    words = _Words(timeline.plan, lang)
    return [
        Shown(
            (moment(one.row, lang), words.question(one), words.options(one), words.decision(one),
             words.reason(one.reason), words.decider(one)),
            (one.row.seq,),
        )
        for one in decisions(Drill(timeline))
    ]  # fmt: skip


def posts_held(timeline: Timeline, lang: Lang) -> list[Shown]:
    """Return who held which post from when to when, and what is to be said of it."""
    words = _Words(timeline.plan, lang)
    return [
        Shown((words.post(one), words.unit(one.who), _span(one, lang), words.place(one)),
              (one.row.seq,) if one.row is not None else ())
        for one in posts(Drill(timeline))
    ]  # fmt: skip


def post_held(one: Held, plan: Plan, lang: Lang) -> tuple[str, str, str]:
    """Return a post that is held in words: the post, who holds it, and what is to be said of it."""
    words = _Words(plan, lang)
    return words.post(one), words.unit(one.who), words.place(one)


def signed(timeline: Timeline, lang: Lang) -> list[Shown]:
    """Return who signed what, when and for whom."""
    words = _Words(timeline.plan, lang)
    return [
        Shown(
            (moment(row, lang), what(str(row.detail["what"]), words.names, lang),
             words.who(str(row.detail["by"]), str(row.detail.get("for", "")))),
            (row.seq,),
        )
        for row in signatures(Drill(timeline))
    ]  # fmt: skip


def _span(one: Held, lang: Lang) -> str:
    return say(POSTS, "span", lang, begin=one.begin / MINUTE, end=one.end / MINUTE)


class _Words:
    """Puts the ids of decisions into the reader's words."""

    def __init__(self, plan: Plan, lang: Lang) -> None:
        self.plan, self.lang = plan, lang
        self.names = Names(plan)

    def unit(self, name: str) -> str:
        return pick(self.names.unit(name), self.lang)

    def who(self, name: str, acting_for: str) -> str:
        if not acting_for:
            return self.unit(name)
        return say(REASONS, "acting", self.lang, who=self.unit(name), post=self.unit(acting_for))

    def decider(self, one: Decision) -> str:
        name = self.unit(one.who)
        return say(REASONS, "substitute", self.lang, who=name) if one.acting_for else name

    def question(self, one: Decision) -> str:
        about = what(one.about, self.names, self.lang) if one.question == "paper" else self._option(one.about)
        return say(QUESTIONS, one.question, self.lang, about=about)

    def options(self, one: Decision) -> str:
        return say(REASONS, "list", self.lang).join(self._option(option) for option in one.options)

    def decision(self, one: Decision) -> str:
        text = self._option(one.decision)
        if one.question == "activate" and one.about:
            return say(REASONS, "level", self.lang, decision=text, level=self._option(one.about))
        return text

    def _option(self, key: str) -> str:
        return option(key, self.names, self.lang)

    def reason(self, reason: Mapping[str, Any]) -> str:
        return say(REASONS, "comma", self.lang).join(self._reasons(reason))

    def _reasons(self, reason: Mapping[str, Any]) -> list[str]:
        lang, found = self.lang, []
        if reason.get("facts"):
            found.append(say(REASONS, "known", lang, facts=facts_text(reason["facts"], self.plan, lang)))
        if reason.get("needs"):
            needs = say(REASONS, "list", lang).join(pick(self.names.need(n), lang) for n in reason["needs"])
            found.append(say(REASONS, "needs", lang, needs=needs))
        elif "needs" in reason:
            found.append(say(REASONS, "no_needs", lang))
        if "hold" in reason:
            found.append(say(REASONS, "hold", lang, minutes=reason["hold"]))
        found += [
            say(REASONS, "person", lang, who=self.unit(name), state=say(STATES, state, lang))
            for name, state in reason.get("people", {}).items()
        ]
        if reason.get("people") == {}:
            found.append(say(REASONS, "no_people", lang))
        if "starts" in reason:
            found.append(say(REASONS, f"starts.{reason['starts']}", lang))
        if "need" in reason:
            found.append(say(REASONS, "need", lang, need=pick(self.names.need(str(reason["need"])), lang)))
        if "author" in reason:
            who = self.unit(str(reason["author"]))
            found.append(say(REASONS, "asked", lang, who=who, asked=reason["asked"]))
        if "tries" in reason:
            found.append(say(REASONS, "tries", lang, tries=reason["tries"]))
        if "proposer" in reason:
            found.append(say(REASONS, "proposer", lang, who=self.unit(str(reason["proposer"]))))
        return found

    def post(self, one: Held) -> str:
        text = say(POSTS, one.post, self.lang)
        if not one.state:
            return text
        return say(POSTS, "absent", self.lang, post=text, state=say(STATES, one.state, self.lang))

    def place(self, one: Held) -> str:
        """Where the field headquarters stands, as far as it does."""
        if one.post != "field":
            return ""
        if not one.detail:
            return say(POSTS, "unestablished", self.lang)
        if "wind_known" not in one.detail:
            return ""
        if not one.detail["wind_known"]:
            return say(POSTS, "no_wind", self.lang)
        field = self.plan.arrangements.field
        assert field is not None
        side = value_text(self.plan.facts[field.wind], one.detail["where"], self.lang)
        return say(POSTS, "upwind", self.lang, side=side)
