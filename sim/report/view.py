"""A moment of a replay as a card: what is true beside what is known, who does what, what waits, which clocks run.

The widget shows these cards one after another; `look_at` shows one of them in a notebook without a widget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final, NamedTuple

from sim.plan.durations import MINUTE
from sim.report.stills import InjectCard, Stills
from sim.review.playback import Moment, Replay
from sim.words import Lang, pick, say
from sim.words.display import Shown
from sim.words.replay import REPLAY

_MOST: Final = 12
"""Lines of a part that are shown; how many more there are is said."""
_MARK: Final = "≠ "
"""Stands before a fact that headquarters has wrong, so that the difference is no matter of colour alone."""


@dataclass(frozen=True, repr=False)
class View(Shown):
    """One moment of `replay`. With `reveal` the reference points of its inject and what came of it are shown too."""

    replay: Replay
    step: int
    reveal: bool = False

    @property
    def moment(self) -> Moment:
        """The moment itself, for programs."""
        return self.replay.at(self.step)

    def __repr__(self) -> str:
        return f"<View of {self.replay.plan.id}: step {self.step + 1} of {len(self.replay)}>"


def look_at(
    replay: Replay,
    step: int = 0,
    *,
    inject: str | None = None,
    at: float | None = None,
    reveal: bool = False,
) -> View:
    """Return a moment of a replay to be shown: of a step, when an `inject` was given, or `at` so many minutes.

    Raise IndexError for a step beyond the last, KeyError for an inject that was not given.
    """
    if inject is not None:
        step = replay.to_inject(inject)
    elif at is not None:
        step = replay.step_at(round(at * MINUTE))
    replay.at(step)
    return View(replay, step, reveal)


class Part(NamedTuple):
    """A heading and its lines."""

    head: str
    lines: tuple[str, ...]


class ViewCard(NamedTuple):
    """A view in words."""

    badge: str
    head: str
    parts: tuple[Part, ...]

    def text(self) -> str:
        """Return it as lines of text."""
        lines = [f"{self.badge}  {self.head}"]
        for part in self.parts:
            lines += [part.head, *(f"  {line}" for line in part.lines)]
        return "\n".join(lines)

    def html(self) -> str:
        """Return it as HTML; everything in it is escaped."""
        parts = "".join(_html(part) for part in self.parts)
        return (
            '<div style="border:1px solid #d5d5d5;border-left:6px solid #b84d00;padding:.5em .9em;max-width:60em">'
            f'<div style="color:#b84d00;font-size:.85em">{escape(self.badge)}</div>'
            f'<div style="font-size:1.1em;margin-bottom:.3em">{escape(self.head)}</div>{parts}</div>'
        )


def _html(part: Part) -> str:
    lines = "".join(
        f'<li style="margin:0">{_strong(line) if line.startswith(_MARK) else escape(line)}</li>'
        for line in part.lines
    )
    return (
        f'<div style="color:#5c5c5c;margin-top:.4em">{escape(part.head)}</div>'
        f'<ul style="margin:.1em 0 .1em 1.2em;padding:0">{lines}</ul>'
    )


def _strong(line: str) -> str:
    return f"<b>{escape(line)}</b>"


def view_card(view: View, lang: Lang) -> ViewCard:
    """Return a view in words: empty parts are left out, save what is always worth knowing."""
    stills, seen = _stills(view.replay, lang), view.moment
    still = stills.of(seen)
    facts = (
        f"{_MARK if fact.differs else ''}{fact.name}{_colon(lang)}{fact.true} | {fact.believed}"
        for fact in sorted(still.facts, key=lambda fact: not fact.differs)
    )
    clocks = (f"{line.unit} {line.limit} {stills.left(line, seen.t)}" for line in still.clocks)
    parts = [
        *(part for given in seen.injects for part in _inject(stills.inject(given), view.reveal, lang)),
        _part("gap", map(stills.gap, seen.gaps), lang),
        _part("rows", still.rows, lang),
        Part(say(REPLAY, "situation", lang, who=still.knows), tuple(facts)),
        _part("doing", _tasks(still.doing), lang),
        _part("waiting", _tasks(still.waiting), lang),
        _part("clocks", clocks, lang),
    ]
    head = f"{pick(view.replay.plan.title, lang)}  {stills.head(seen)}  {still.phase}"
    return ViewCard(say(REPLAY, "banner", lang), head, tuple(part for part in parts if part.lines))


def _tasks(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    return (" ".join(filter(None, line)) for line in lines)


@lru_cache(maxsize=4)
def _stills(replay: Replay, lang: Lang) -> Stills:
    return Stills(replay, lang)


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "


def _part(key: str, lines: Iterable[str], lang: Lang) -> Part:
    given = tuple(lines)
    more = (say(REPLAY, "more", lang, count=len(given) - _MOST),) if len(given) > _MOST else ()
    return Part(say(REPLAY, key, lang), (*given[:_MOST], *more))


def _inject(card: InjectCard, reveal: bool, lang: Lang) -> Iterator[Part]:
    """The message and the question; on demand what a room may be told afterwards."""
    yield Part(say(REPLAY, "inject", lang, id=card.id, title=card.title), (card.head, card.message))
    yield _part("question", [card.question or say(REPLAY, "no-question", lang)], lang)
    if not reveal:
        return
    yield _part("points", card.points or [say(REPLAY, "no-points", lang)], lang)
    yield _part("clause", filter(None, [card.clause]), lang)
    yield _part("expected", card.expected, lang)
    yield _part("next", card.next or [say(REPLAY, "nothing-next", lang)], lang)
