"""A moment of a replay in words: what the terminal and the page show of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sim.plan.compiled import Expected
from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.report.decisions import post_held
from sim.report.phrases import moment
from sim.report.tables import row_cells
from sim.review.gap import Gap
from sim.review.playback import Clock, Doing, Fact, Given, Moment, Replay, Stop
from sim.review.wording import value_text
from sim.words import Lang, pick, say
from sim.words.replay import REPLAY


class FactLine(NamedTuple):
    """A fact: its name, what is true, what is believed, and whether the two differ."""

    name: str
    true: str
    believed: str
    differs: bool


class DoingLine(NamedTuple):
    """Who does what, how far it is or what it waits for, and since when."""

    unit: str
    duty: str
    kind: str
    since: str


class ClockLine(NamedTuple):
    """A clock that runs: its limit, whose it is, and the tick at which it is due."""

    limit: str
    unit: str
    due: int


class InjectCard(NamedTuple):
    """An inject as the room is given it; reference points and what came next are shown on demand."""

    id: str
    title: str
    head: str
    when: str
    message: str
    expected: tuple[str, ...]
    question: str
    points: tuple[str, ...]
    clause: str
    next: tuple[str, ...]


class Still(NamedTuple):
    """A moment in words."""

    phase: str
    knows: str
    rows: tuple[str, ...]
    facts: tuple[FactLine, ...]
    doing: tuple[DoingLine, ...]
    waiting: tuple[DoingLine, ...]
    clocks: tuple[ClockLine, ...]
    posts: tuple[str, ...]


class Stills:
    """Puts the moments of one replay into words of one language."""

    def __init__(self, replay: Replay, lang: Lang) -> None:
        """Speak of `replay` in `lang`."""
        self.replay, self.lang = replay, lang
        self.plan, self.names = replay.plan, replay.names

    def at(self, step: int) -> Still:
        """Return the moment after `step` in words."""
        return self.of(self.replay.at(step))

    def of(self, seen: Moment) -> Still:
        """Return a moment in words."""
        return Still(
            say(REPLAY, f"phase.{seen.phase}", self.lang), self.unit(seen.knows),
            tuple(map(self.row, seen.rows)), tuple(map(self._fact, seen.facts)),
            tuple(map(self._doing, seen.doing)), tuple(map(self._doing, seen.waiting)),
            tuple(map(self._clock, seen.clocks)), tuple(self._posts(seen)),
        )  # fmt: skip

    def head(self, seen: Moment) -> str:
        """Return when a moment is: the clock, the minutes from the start, the step of all."""
        return self._say(
            "head", clock=seen.clock[11:16], t=seen.t / MINUTE, step=seen.step + 1, total=len(self.replay)
        )

    def unit(self, name: str) -> str:
        """Return what a unit is called."""
        return pick(self.names.unit(name), self.lang)

    def row(self, row: Row) -> str:
        """Return a row as one line, without its time."""
        cells = row_cells(row, self.plan, self.names, self.lang)[1:]
        return "　".join(filter(None, cells)) if self.lang == "zh" else "  ".join(filter(None, cells))

    def timed(self, row: Row) -> str:
        """Return a row as one line with its time."""
        return f"{moment(row, self.lang)} {self.row(row)}"

    def _fact(self, fact: Fact) -> FactLine:
        given = self.plan.facts[fact.place]
        believed = value_text(given, fact.believed, self.lang) if fact.known else self._say("unheard")
        return FactLine(
            pick(given.label, self.lang), value_text(given, fact.true, self.lang), believed, fact.differs
        )

    def _doing(self, doing: Doing) -> DoingLine:
        return DoingLine(
            self.unit(doing.unit), pick(self.names.duty(doing.duty), self.lang),
            pick(self.names.wait(doing.kind), self.lang), self._say("since", t=doing.since / MINUTE),
        )  # fmt: skip

    def _clock(self, clock: Clock) -> ClockLine:
        limit = clock.limit
        stop = pick(self.names.mark(limit.stop), self.lang) if limit.stop else ""
        name = pick(limit.label, self.lang)
        if limit.inject:
            name = f"{limit.inject} {name}"
        return ClockLine(f"{name} → {stop}" if stop else name, self.unit(limit.unit), clock.due)

    def _posts(self, seen: Moment) -> Iterable[str]:
        for one in seen.posts:
            post, who, place = post_held(one, self.plan, self.lang)
            yield self._say("expect", who=post, what=" ".join(filter(None, (who, place))))

    def left(self, line: ClockLine, t: int) -> str:
        """Return how much time a clock has left at tick `t`, or by how much it is over."""
        minutes = (line.due - t) / MINUTE
        return self._say("left" if minutes >= 0 else "over", minutes=abs(minutes))

    # --- injects and findings

    def inject(self, given: Given) -> InjectCard:
        """Return an inject as a card."""
        one = given.inject
        receivers = [self.unit(self.plan.actors[actor].name) for actor in one.receivers]
        to = self._say("comma").join(receivers) or self._say("nobody")
        return InjectCard(
            one.id, one.title,
            self._say("inject.head", source=self.unit(one.source), to=to, channel=one.channel),
            self._say("given", when=moment(given.row, self.lang)), one.message,
            tuple(self._expected(expected) for expected in one.expect),
            one.question, one.points, one.clause, tuple(map(self.timed, self.replay.next_of(given))),
        )  # fmt: skip

    def _expected(self, expected: Expected) -> str:
        who = self.unit(self.plan.actors[expected.actor].name)
        what = expected.text
        if expected.duty >= 0:
            what = pick(self.names.mark(f"{self.plan.duties[expected.duty].id}.{expected.stage}"), self.lang)
        if expected.within is None:
            return self._say("expect", who=who, what=what)
        return self._say("expect.within", who=who, what=what, minutes=expected.within / MINUTE)

    def gap(self, gap: Gap) -> str:
        """Return a finding as one line."""
        title, text = gap.title(self.lang), gap.statement(self.lang)
        if not gap.unit:
            return self._say("gap.plain", title=title, text=text)
        return self._say("gap.line", title=title, unit=self.unit(gap.unit), text=text)

    def stop(self, stop: Stop) -> str:
        """Return what a stop of the hotwash is about."""
        if stop.given is not None:
            return self._say("inject", id=stop.given.inject.id, title=stop.given.inject.title)
        assert stop.gap is not None
        return self.gap(stop.gap)

    def _say(self, key: str, **values: object) -> str:
        return say(REPLAY, key, self.lang, **values)
