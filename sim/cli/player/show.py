"""The replay on a terminal, drawn over itself until it is left; and as plain text where there is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sim.cli.player.keys import END, Reader, keys
from sim.cli.player.screen import draw
from sim.cli.player.state import State
from sim.report.stills import InjectCard, Stills
from sim.review.playback import Replay
from sim.words import Lang, pick, say
from sim.words.replay import REPLAY

if TYPE_CHECKING:
    from rich.console import Console

_TICK = 0.1  # seconds between two looks at the clock while anything moves
_REST = 0.5  # and while nothing does: the window may have been resized


def show(replay: Replay, lang: Lang) -> None:
    """Show a replay until the reader leaves it: with keys on a terminal, as plain text anywhere else."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        _run(State(replay, lang))
        return
    for line in walk(replay, lang):
        print(line)


def _run(state: State) -> None:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    console = Console(highlight=False, emoji=False)

    def picture() -> Text:
        width, height = console.size
        drawn = draw(state, width, height)
        rows = [Text.assemble(*((piece.text, piece.style) for piece in row)) for row in drawn]
        return Text("\n", no_wrap=True, end="").join(rows)

    live = Live(picture(), console=console, screen=True, auto_refresh=False)
    with keys() as read:
        try:
            live.start(refresh=True)
            _follow(state, read, console, lambda: live.update(picture(), refresh=True))
        finally:
            live.stop()  # also where Ctrl-C comes while the screen is being taken


def _follow(state: State, read: Reader, console: Console, redraw: Callable[[], None]) -> None:
    before, shown = time.monotonic(), (console.size, _shown(state))
    while not state.over:
        key = read(_TICK if state.busy else _REST)
        now = time.monotonic()
        state.pass_time(now - before)
        before = now
        if key == END:
            return
        if key:
            state.press(key)
        if shown != (shown := (console.size, _shown(state))):
            redraw()


def _shown(state: State) -> tuple[object, ...]:
    """What a picture depends on: nothing is drawn anew unless it changes."""
    left = round(state.left[state.stop]) if state.stops else 0
    return (
        state.step, state.playing, state.mode, state.points, state.notice, state.chosen, state.stop, left, state.speed,
    )  # fmt: skip


def walk(replay: Replay, lang: Lang) -> Iterator[str]:
    """Yield a replay as lines of text: every step with its rows, every inject with its message and question."""
    stills = Stills(replay, lang)
    title = pick(replay.plan.title, lang)
    yield f"{say(REPLAY, 'badge', lang)}  {say(REPLAY, 'titled', lang, title=title)}"
    yield say(REPLAY, "intro", lang)
    for step in range(len(replay)):
        seen = replay.at(step)
        still = stills.of(seen)
        yield ""
        yield stills.head(seen)
        for given in seen.injects:
            yield from _card(stills.inject(given), lang)
        yield from (f"  {row}" for row in still.rows)
        differing = [fact for fact in still.facts if fact.differs]
        if differing:
            yield f"  {say(REPLAY, 'situation', lang, who=still.knows)}"
            yield from (f"    ≠ {fact.name}: {fact.true} | {fact.believed}" for fact in differing)
        for gap in seen.gaps:
            yield f"  {say(REPLAY, 'expect', lang, who=say(REPLAY, 'gap', lang), what=stills.gap(gap))}"
    yield ""
    yield say(REPLAY, "plain.end", lang, total=len(replay))


def _card(card: InjectCard, lang: Lang) -> Iterator[str]:
    yield f"  {say(REPLAY, 'inject', lang, id=card.id, title=card.title)}"
    yield f"    {card.message}"
    if card.question:
        yield f"    {say(REPLAY, 'expect', lang, who=say(REPLAY, 'question', lang), what=card.question)}"
