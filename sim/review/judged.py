"""A condition judged again, part by part: what held, with which values, since when, and what was truly so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sim.plan.compiled import Label
from sim.plan.condition_kinds import shown
from sim.plan.conditions import Condition, Test
from sim.plan.expressions import (
    Call,
    Constant,
    Definitions,
    Many,
    Name,
    Node,
    Not,
    Pair,
    expand,
    key_of,
    parse_condition,
    walk,
)
from sim.record.timeline import Row
from sim.review.closeness import closeness
from sim.review.pictures import Mark, Picture, Pictures, View
from sim.review.replay import Interval
from sim.review.wording import condition_text

Span = tuple[int, int]
"""Ticks from and to, both included."""
_ELAPSED: Final = re.compile(r"(elapsed\([^)]*\))>=(\d+)")


@dataclass(frozen=True, slots=True)
class Held:
    """The value a fact had for whoever judged, and the true one; `known` is false before anything was heard."""

    place: int
    value: Any
    truth: Any
    known: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a condition. `word` is and, or, not, graded, or test for what has no parts of its own.

    `first` is the first tick at which it held for whoever judged (None: never), `since` from when it had held without
    a break at the decisive moment (None where it did not hold), `truly` the first at which it held in truth; `inside`
    whether it held at any moment that counts. `values` belong to the facts of a test.
    """

    depth: int
    word: str
    text: Label
    holds: bool
    first: int | None
    since: int | None
    truly: int | None
    inside: bool
    values: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition at its decisive moment. `role` says whose condition it is and `holder` who judged it (empty: the
    truth). `spans` are when it held for the holder, `truly` when in truth, both inside the time that counts.
    `moment` says what moment it is: row (its row was written), same (that of the condition before it), held (the
    condition first held) or closest (it came closest to holding). `turned` are the marks that made its last parts
    true at that moment, none where they held before; what stands before `bound` (tick and row) counted.
    """

    role: str
    condition: Condition
    holder: str
    t: int
    moment: str
    holds: bool
    text: Label
    parts: tuple[Part, ...]
    spans: tuple[Interval, ...]
    truly: tuple[Interval, ...]
    turned: tuple[Mark, ...] = ()
    bound: tuple[int, int] = (0, 0)


class Judge:
    """Judges conditions of one drill on its pictures."""

    def __init__(self, pictures: Pictures) -> None:
        """Open the judge of `pictures`."""
        self.pictures, self.drill, self.plan = pictures, pictures.drill, pictures.drill.plan

    def judge(
        self, role: str, condition: Condition, holder: str, during: Sequence[Span], at: Row | int, moment: str = ""
    ) -> Judged:  # fmt: skip
        """Judge `condition` as `holder` saw it when a row was written, or after everything of a tick."""
        picture, t = self.pictures.of(holder), at if isinstance(at, int) else at.t
        view = picture.at(at) if isinstance(at, int) else self._then(picture, at)
        root, holds = parse_condition(condition.text), condition.test(view.values, view.known)
        bound = (at + 1, 0) if isinstance(at, int) else (at.t, at.seq)
        plain = "row" if not isinstance(at, int) else "held" if holds else "closest"
        return Judged(
            role, condition, holder, t, moment or plain, holds, self._label(root),
            tuple(self._parts(root, condition, picture, view, t, during)),
            self.spans(condition, holder, during), self.spans(condition, "", during),
            self._turned(root, condition, picture, view, t, bound), bound,
        )  # fmt: skip

    def _then(self, picture: Picture, row: Row) -> View:
        """The picture as a row was written; a row of an inject says itself which values it was judged on."""
        view = picture.before(row)
        told = row.detail.get("why", {}).get("values", {}) if row.event == "inject_given" else {}
        values = [told.get(fact.id, value) for fact, value in zip(self.plan.facts, view.values, strict=True)]
        return View(tuple(values), view.known)

    def grounds(self, judged: Judged) -> tuple[Mark, ...]:
        """Return the marks that gave the parts that hold their values, the latest first."""
        picture, condition, places = (
            self.pictures.of(judged.holder),
            judged.condition,
            dict(judged.condition.names),
        )
        past = [mark for mark in picture.marks if (mark.t, mark.seq) < judged.bound]
        view = picture.until(judged.bound)
        found: dict[int, Mark] = {}
        for leaf in _leaves(condition.tree()):
            if condition.part(leaf)(view.values, view.known):
                named = {places[key_of(name)] for name in walk(leaf) if isinstance(name, Name | Call)}
                found.update({mark.place: mark for mark in past if mark.place in named})
        return tuple(sorted(found.values(), key=lambda mark: (-mark.t, mark.place)))

    def spans(self, condition: Condition, holder: str, during: Sequence[Span]) -> tuple[Interval, ...]:
        """Return when `condition` held for `holder` inside each stretch of time."""
        return tuple(
            span for begin, end in during for span in self._spans(condition.test, holder, begin, end)
        )

    def _spans(self, test: Test, holder: str, begin: int, end: int) -> Iterator[Interval]:
        since: int | None = None
        for t, view in self.pictures.of(holder).moments(begin, end):
            holds = test(view.values, view.known)
            if holds and since is None:
                since = t
            elif not holds and since is not None:
                yield Interval(since, t, 0)
                since = None
        if since is not None:
            yield Interval(since, end, 0)

    def closest(
        self, condition: Condition, holder: str, during: Sequence[Span], unless: Condition | None = None
    ) -> int:
        """Return the first tick at which `condition` came closest to holding, and, where it held, `unless` to not."""
        root, none = condition.tree(), unless.tree() if unless else None
        best, when = (-1.0, -1.0), during[0][0]
        for begin, end in during:
            for t, view in self.pictures.of(holder).moments(begin, end):
                held_back = closeness(Not(none, 0), unless, view) if unless and none else 1.0
                score = (closeness(root, condition, view), held_back)
                if score > best:
                    best, when = score, t
        return when

    # --- parts

    def _parts(
        self, node: Node, condition: Condition, picture: Picture, view: View, t: int, during: Sequence[Span],
        depth: int = 0,
    ) -> Iterator[Part]:  # fmt: skip
        word, below = _below(node, dict(condition.graded))
        test = condition.part(expand(node, dict(condition.graded)))
        holds = test(view.values, view.known)
        inside = holds or any(
            test(v.values, v.known) for begin, end in during for _, v in picture.moments(begin, end)
        )
        yield Part(
            depth, word, self._label(node), holds, *self._when(test, picture, t, holds),
            self._when(test, self.pictures.of(""), -1, False)[0], inside,
            () if below else self._values(node, condition, view, t),
        )  # fmt: skip
        for part in below:
            yield from self._parts(part, condition, picture, view, t, during, depth + 1)

    def _when(self, test: Test, picture: Picture, t: int, holds: bool) -> tuple[int | None, int | None]:
        """When a test first held in a picture, and since when it had held without a break at tick `t`."""
        first: int | None = None
        since: int | None = None
        for at, view in picture.moments(0, self.drill.moments.closed):
            true = test(view.values, view.known)
            if true and first is None:
                first = at
            if at < t:
                since = (at if since is None else since) if true else None
        if not holds:
            return first, None
        return (t if first is None else min(first, t)), (t if since is None else since)

    def _values(self, node: Node, condition: Condition, view: View, t: int) -> tuple[Held, ...]:
        places, true = dict(condition.names), self.pictures.of("").at(t)
        named = [part for part in walk(node) if isinstance(part, Name | Call)]
        found = {places[key_of(part)]: None for part in named if key_of(part) in places}
        return tuple(
            Held(place, view.values[place], true.values[place], view.known[place])
            for place in found
            if self.plan.facts[place].kind != "pseudo"
        )

    def _label(self, node: Node) -> Label:
        text = _ELAPSED.sub(lambda m: f"{m[1]} >= {int(m[2]) / 1000:g} min", shown(node))
        return {"zh": condition_text(text, self.plan, "zh"), "en": condition_text(text, self.plan, "en")}

    def _turned(
        self, root: Node, condition: Condition, picture: Picture, view: View, t: int, bound: tuple[int, int]
    ) -> tuple[Mark, ...]:
        """The marks of this instant without which the condition would be as it was before."""
        before, places = picture.at(t - 1), dict(condition.names)
        same = condition.test(before.values, before.known) == condition.test(view.values, view.known)
        if t == 0 or same:
            return ()
        found: dict[int, Mark] = {}
        for leaf in _leaves(expand(root, dict(condition.graded))):
            test = condition.part(leaf)
            if test(view.values, view.known) != test(before.values, before.known):
                named = {places[key_of(name)] for name in walk(leaf) if isinstance(name, Name | Call)}
                marks = [m for m in picture.marks if t == m.t and (m.t, m.seq) < bound and m.place in named]
                found.update({mark.place: mark for mark in marks})
        return tuple(found.values())


def _below(node: Node, definitions: Definitions) -> tuple[str, tuple[Node, ...]]:
    """What kind of line a node is, and the lines below it; parts joined by the same word stand on one level."""
    if isinstance(node, Call) and node.kind == "graded" and definitions.get(node.argument):
        parts = [parse_condition(text) for text in definitions[node.argument]]
        return "graded", _easiest(tuple(_flat("or", parts)))
    if isinstance(node, Many):
        return node.word, tuple(_flat(node.word, node.parts))
    if isinstance(node, Not) and _below(node.part, definitions)[1]:
        return "not", (node.part,)
    return "test", ()


def _flat(word: str, parts: Iterable[Node]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, Many) and part.word == word:
            yield from _flat(word, part.parts)
        else:
            yield part


def _easiest(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """Leave out what another part asks with a lower number: 10 dead where 3 are enough already."""
    return tuple(part for part in parts if not any(_implies(part, other) for other in parts))


def _implies(harder: Node, easier: Node) -> bool:
    """Whether `harder` is `easier` with higher numbers on the right of ``>=``."""
    if isinstance(harder, Many) and isinstance(easier, Many):
        if harder.word != "and" or easier.word != "and" or len(harder.parts) != len(easier.parts):
            return False
        pairs = list(zip(harder.parts, easier.parts, strict=True))
        more = [_implies(a, b) for a, b in pairs]
        return any(more) and all(m or shown(a) == shown(b) for m, (a, b) in zip(more, pairs, strict=True))
    if not (isinstance(harder, Pair) and isinstance(easier, Pair)) or harder.sign != easier.sign:
        return False
    high, low = harder.right, easier.right
    if harder.sign not in (">", ">=") or not isinstance(high, Constant) or not isinstance(low, Constant):
        return False
    numbers = isinstance(high.value, int | float) and isinstance(low.value, int | float)
    return numbers and shown(harder.left) == shown(easier.left) and bool(high.value > low.value)  # type: ignore[operator]


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, Many):
        for part in node.parts:
            yield from _leaves(part)
    elif isinstance(node, Not):
        yield from _leaves(node.part)
    else:
        yield node
