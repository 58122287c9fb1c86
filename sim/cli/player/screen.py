"""The screen of a replay: lines filled to the last column, so that drawing over old ones leaves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from sim.cli.player.state import State
from sim.report.stills import DoingLine, FactLine, InjectCard, Still
from sim.review.playback import Moment
from sim.words import pick, say
from sim.words.replay import REPLAY

PLAIN, HEAD, ALERT, SOFT, BADGE = "", "bold", "bold red", "dim", "bold white on red"
_BETWEEN: Final = " │ "


class Line(NamedTuple):
    """One line of text and its style; too long a text is cut, too short a one filled."""

    text: str
    style: str = PLAIN


def draw(state: State, width: int, height: int) -> list[list[Line]]:
    """Return the screen: `height` lines, each of pieces that together take `width` columns."""
    seen = state.replay.at(state.step)
    still = state.stills.of(seen)
    body = height - 4
    if state.points:
        middle = _whole(_points(state, width), width, body)
    elif state.mode == "units":
        middle = _whole(_units(state, body), width, body)
    else:
        middle = _stage(state, seen, still, width, body)
    return [*_top(state, seen, still, width), *middle, *_bottom(state, width)][:height]


def _top(state: State, seen: Moment, still: Still, width: int) -> Iterator[list[Line]]:
    title = pick(state.replay.plan.title, state.lang)
    yield _row(
        [Line(f" {_say(state, 'badge')} ", BADGE), Line(f" {_say(state, 'titled', title=title)}", HEAD)],
        width,
    )
    head = state.stills.head(seen)
    how = _say(state, "playing", speed=state.speed) if state.playing else _say(state, "paused")
    yield _row([Line(f"{head}  {still.phase}  "), Line(f"[{how}]", HEAD)], width)


def _bottom(state: State, width: int) -> Iterator[list[Line]]:
    yield _row([Line(_note(state), ALERT if state.notice else PLAIN)], width)
    key = {"watch": "keys", "units": "keys.units", "hotwash": "keys.hotwash"}[state.mode]
    yield _row([Line(_say(state, key), SOFT)], width)


def _note(state: State) -> str:
    if state.notice or state.mode != "hotwash" or not state.stops:
        return state.notice
    stop, left = state.stops[state.stop], state.left[state.stop]
    sign, seconds = ("-" if left < 0 else ""), round(abs(left))
    head = _say(
        state, "hotwash.left", place=state.stop + 1, stops=len(state.stops),
        time=f"{sign}{seconds // 60}:{seconds % 60:02d}",
    )  # fmt: skip
    return f"{head}  {state.stills.stop(stop)}"


def _stage(state: State, seen: Moment, still: Still, width: int, height: int) -> list[list[Line]]:
    lower = max(6, height * 2 // 5)
    upper = height - lower
    left_width = (width - len(_BETWEEN)) // 2
    right_width = width - len(_BETWEEN) - left_width
    left = [*_facts(state, still, left_width, upper - _clock_room(still, upper))]
    left += _clocks(state, seen, still, left_width, upper - len(left))
    right = _tasks(state, still, right_width, upper)
    lines = [
        [*_row([a], left_width), Line(_BETWEEN, SOFT), *_row([b], right_width)]
        for a, b in zip(_filled(left, upper), _filled(right, upper), strict=True)
    ]
    return lines + _whole(_below(state, seen, still, width, lower), width, lower)


def _clock_room(still: Still, upper: int) -> int:
    return min(len(still.clocks) + 1, max(3, upper // 3))


def _facts(state: State, still: Still, width: int, height: int) -> Iterator[Line]:
    yield Line(_say(state, "situation", who=still.knows), HEAD)
    ordered = sorted(still.facts, key=lambda fact: not fact.differs)
    yield from _cut([_fact(fact, width) for fact in ordered], height - 1, state)


def _fact(fact: FactLine, width: int) -> Line:
    value = max(6, (width - 2) // 4)
    name = set_cell_size(fact.name, max(1, width - 2 * value - 4))
    mark = "≠" if fact.differs else " "
    text = f"{mark} {name} {set_cell_size(_fit(fact.true, value), value)} {_fit(fact.believed, value)}"
    return Line(text, ALERT if fact.differs else PLAIN)


def _clocks(state: State, seen: Moment, still: Still, width: int, height: int) -> list[Line]:
    if height < 2:
        return []
    lines = []
    for clock in still.clocks:
        left = state.stills.left(clock, seen.t)
        room = max(1, width - cell_len(left) - 1)
        lines.append(
            Line(f"{set_cell_size(clock.limit, room)} {left}", ALERT if clock.due < seen.t else PLAIN)
        )
    return [Line(_say(state, "clocks"), HEAD), *_cut(lines or [_none(state)], height - 1, state)]


def _tasks(state: State, still: Still, width: int, height: int) -> list[Line]:
    waiting = [Line(_doing(one, width)) for one in still.waiting] or [_none(state)]
    doing = [Line(_doing(one, width)) for one in still.doing] or [_none(state)]
    posts = [Line(post) for post in still.posts]
    room = height - 2 - min(len(posts), 2)
    second = min(len(waiting), max(2, room // 3))
    shown = _cut(doing, max(1, room - second), state)
    rest = _cut(waiting, max(1, room - len(shown)), state)
    return [*posts[:2], Line(_say(state, "doing"), HEAD), *shown, Line(_say(state, "waiting"), HEAD), *rest]


def _doing(one: DoingLine, width: int) -> str:
    stage = _fit(one.kind, max(6, width // 3))
    room = max(1, width - cell_len(stage) - 1)
    return f"{set_cell_size(f'{one.unit} {one.duty}', room)} {stage}"


def _below(state: State, seen: Moment, still: Still, width: int, height: int) -> list[Line]:
    if state.mode == "hotwash" and state.given is not None:
        return _card(state, state.stills.inject(state.given), width)
    lines: list[Line] = []
    for given in seen.injects:
        lines += _card(state, state.stills.inject(given), width)
    for gap in seen.gaps:
        text = _say(state, "expect", who=_say(state, "gap"), what=state.stills.gap(gap))
        lines += [Line(part, ALERT) for part in _wrap(text, width)]
    lines.append(Line(_say(state, "rows"), HEAD))
    lines += [Line(f"· {row}") for row in still.rows]
    return _cut(lines, height, state)


def _card(state: State, card: InjectCard, width: int) -> list[Line]:
    lines = [Line(_say(state, "inject", id=card.id, title=card.title), HEAD)]
    lines += [Line(text) for text in _wrap(card.message, width)]
    lines.append(Line(card.head, SOFT))
    question = card.question or _say(state, "no-question")
    asked = _say(state, "expect", who=_say(state, "question"), what=question)
    return lines + [Line(text, HEAD) for text in _wrap(asked, width)]


def _points(state: State, width: int) -> list[Line]:
    """The card of the inject with its reference points and what happened next."""
    if state.given is None:
        return [_none(state)]
    card = state.stills.inject(state.given)
    lines = _card(state, card, width)
    for head, texts, empty in (
        ("points", card.points, "no-points"),
        ("clause", (card.clause,) if card.clause else (), ""),
        ("expected", card.expected, ""),
        ("next", card.next, "nothing-next"),
    ):
        given = texts or ((_say(state, empty),) if empty else ())
        if given:
            lines.append(Line(_say(state, head), HEAD))
            lines += [Line(part) for text in given for part in _wrap(f"· {text}", width)]
    return lines


def _units(state: State, height: int) -> list[Line]:
    names = [state.stills.unit(unit) for unit in state.replay.units]
    first = max(0, min(state.chosen - (height - 1) // 2, len(names) - (height - 1)))
    shown = enumerate(names[first : first + height - 1], first)
    return [Line(_say(state, "units"), HEAD), *(_unit(name, n == state.chosen) for n, name in shown)]


def _unit(name: str, chosen: bool) -> Line:
    return Line(f"› {name}", HEAD) if chosen else Line(f"  {name}")


# --- lines


def _say(state: State, key: str, **values: object) -> str:
    return say(REPLAY, key, state.lang, **values)


def _none(state: State) -> Line:
    return Line(_say(state, "none"), SOFT)


def _cut(lines: Sequence[Line], most: int, state: State) -> list[Line]:
    """At most so many lines; the last one says how many are left out."""
    if len(lines) <= most:
        return list(lines)
    kept = max(0, most - 1)
    return [*lines[:kept], Line(_say(state, "more", count=len(lines) - kept), SOFT)][: max(0, most)]


def _fit(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _wrap(text: str, width: int) -> list[str]:
    return [part for line in text.splitlines() or [""] for part in chop_cells(line, width) or [""]]


def _filled(lines: Sequence[Line], height: int) -> list[Line]:
    return [*lines, *([Line("")] * height)][:height]


def _whole(lines: Iterable[Line], width: int, height: int) -> list[list[Line]]:
    return [_row([line], width) for line in _filled(list(lines), height)]


def _row(pieces: Iterable[Line], width: int) -> list[Line]:
    """The pieces of one line, cut or filled to the width; control characters of a message are no commands."""
    row, room = [], width
    for piece in pieces:
        text = "".join(char if char.isprintable() else " " for char in piece.text)
        if cell_len(text) > room:
            text = set_cell_size(text, room)
        row.append(Line(text, piece.style))
        room -= cell_len(text)
    return [*row, Line(" " * room)] if room > 0 else row
