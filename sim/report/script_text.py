"""What a script says in words: its point, its densest minutes, and the list of its injects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.plan.compiled import Inject, Plan
from sim.plan.durations import MINUTE
from sim.report.lanes import wrapped
from sim.report.script import Burst, Given, follows, minutes
from sim.review.names import Names
from sim.review.wording import condition_text
from sim.words import Lang, pick, say
from sim.words.script import SCRIPT

_INDENT: Final = "　　"


def title(given: Sequence[Given], lang: Lang) -> str:
    """Return the point of a script: how many injects, how many of them by condition, over which minutes."""
    if not given:
        return say(SCRIPT, "title.none", lang)
    ticks = [
        tick for one in given if one.certainty in ("timed", "derived") for tick in (one.begin, *one.arrivals)
    ]
    text = say(SCRIPT, "title" if len(given) > 1 else "title.one", lang, count=len(given))
    if ticks:
        key = "title.span" if max(ticks) > min(ticks) else "title.at"
        text += say(SCRIPT, key, lang, begin=minutes(min(ticks)), end=minutes(max(ticks)))
    for certainty in ("contingency", "unplaced"):
        count = sum(one.certainty == certainty for one in given)
        text += say(SCRIPT, f"title.{certainty}", lang, count=count) if count else ""
    return text


def subtitle(plan: Plan, burst: Burst | None, lang: Lang) -> str:
    """Return which five minutes are the densest and for whom, nothing without timed injects."""
    if burst is None:
        return ""
    if len(burst.injects) < 2:
        return say(SCRIPT, "burst.none", lang)
    names = [pick(plan.actors[actor].label, lang) for actor in burst.actors]
    units = names[0]
    if len(names) > 1:
        count = len(names) if lang == "zh" else len(names) - 1
        units = say(SCRIPT, "burst.units", lang, unit=names[0], count=count, more=count)
    return say(
        SCRIPT, "burst", lang, begin=minutes(burst.begin), units=units, count=len(burst.injects),
        injects=say(SCRIPT, "and", lang).join(burst.injects),
    )  # fmt: skip


def listing(plan: Plan, given: Sequence[Given], lang: Lang, ems: float) -> tuple[list[str], list[str]]:
    """Return the injects with their time or condition in words as two columns of lines, none wider than `ems`."""
    entries = [
        wrapped(f"{one.inject.id}  {when(plan, one, lang)}  {one.inject.title}", ems, _INDENT)
        for one in sorted(given, key=lambda one: one.inject.id)
    ]
    total, left = sum(map(len, entries)), list[str]()
    while entries and 2 * len(left) < total:
        left += entries.pop(0)
    return left, [line for entry in entries for line in entry]


def when(plan: Plan, given: Given, lang: Lang) -> str:
    """Return when an inject is given, in words."""
    inject, after = given.inject, follows(given.inject)
    if given.certainty in ("derived", "unplaced"):
        assert after is not None
        own = any(one.id == after[0] for one in plan.injects)
        event = after[0] if own else say(SCRIPT, "event", lang, event=pick(Names(plan).event(after[0]), lang))
        words = {"t": _about(given.begin), "event": event, "delay": _about(after[1])}
        text = say(SCRIPT, f"when.{given.certainty}", lang, **words)
    elif given.certainty == "timed":
        key = "when.stream" if inject.every is not None else "when.timed"
        every = minutes(inject.every.at(0.5)) if inject.every is not None else ""
        text = say(SCRIPT, key, lang, t=minutes(given.begin), every=every, until=minutes(inject.until))
    else:
        text = say(SCRIPT, "when.contingency", lang, when=condition_text(inject.condition_text, plan, lang))
    if inject.unless is not None:
        text += say(SCRIPT, "when.unless", lang, unless=condition_text(inject.unless.text, plan, lang))
    return text + (_window(plan, inject, lang) if given.certainty == "contingency" else "")


def _about(ticks: int) -> str:
    """A time that is drawn has no seconds worth telling."""
    return f"{ticks / MINUTE:.0f}"


def _window(plan: Plan, inject: Inject, lang: Lang) -> str:
    begin, end = inject.window
    if end < plan.horizon:
        if not begin:
            return say(SCRIPT, "when.to", lang, end=minutes(end))
        return say(SCRIPT, "when.window", lang, begin=minutes(begin), end=minutes(end))
    return say(SCRIPT, "when.from", lang, begin=minutes(begin)) if begin else ""
