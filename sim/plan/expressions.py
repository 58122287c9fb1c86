"""The language of conditions: a tokenizer and a grammar of its own, never Python's.

    either     = both { "or" both }
    both       = plain { "and" plain }
    plain      = "not" plain | compared
    compared   = sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum ]
    sum        = term { ("+" | "-") term }
    term       = "-" term | number | quoted | "true" | "false" | fact | "(" either ")" | call
    call       = ("known" | "done" | "started" | "late" | "graded") "(" name ")"
               | "elapsed" "(" name ")" ">=" number ("s" | "min" | "h")

Dotted names occur only inside calls, so no expression reaches for an attribute; length, tokens and depth are
bounded, so none can exhaust the machine. Offsets count characters from 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final, NamedTuple

from sim.plan.tokens import ConditionError, Token, tokenize

DEEPEST: Final = 20
"""Levels of parentheses, `not` and unary minus."""
CALLS: Final = ("known", "done", "started", "late", "elapsed", "graded")
"""The documented calls; there are no others."""

_TICKS: Final = {"s": 1000 / 60, "min": 1000.0, "h": 60000.0}
_COMPARISONS: Final = ("==", "!=", "<", "<=", ">", ">=")


class Constant(NamedTuple):
    """A number, a quoted category, true or false."""

    value: float | int | str | bool
    offset: int


class Name(NamedTuple):
    """A plain fact."""

    name: str
    offset: int


class Call(NamedTuple):
    """One of the documented calls; `delay` in ticks for ``elapsed``."""

    kind: str
    argument: str
    delay: int
    offset: int

    @property
    def name(self) -> str:
        """Its canonical name, by which the compiler gives it a place: ``elapsed(I02)>=10000``."""
        limit = f">={self.delay}" if self.kind == "elapsed" else ""
        return f"{self.kind}({self.argument}){limit}"


class Not(NamedTuple):
    """The contrary of a condition."""

    part: Node
    offset: int


class Minus(NamedTuple):
    """The negative of a number."""

    part: Node
    offset: int


class Many(NamedTuple):
    """Several conditions joined by one of ``and``, ``or``."""

    word: str
    parts: tuple[Node, ...]
    offset: int


class Pair(NamedTuple):
    """Two values joined by a comparison, ``+`` or ``-``."""

    sign: str
    left: Node
    right: Node
    offset: int


Node = Constant | Name | Call | Not | Minus | Many | Pair


def key_of(node: Name | Call) -> str:
    """Return the name under which the fact vector knows it: ``known(f)`` asks about the fact itself."""
    return node.argument if isinstance(node, Call) and node.kind == "known" else node.name


def parse_condition(text: str) -> Node:
    """Return the tree of `text`; raise ConditionError for anything outside the grammar."""
    return _Parser(tokenize(text), len(text)).whole()


Definitions = Mapping[str, tuple[str, ...]]
"""What grades mean: conditions of which any one is enough; none at all is always true."""


def expand(node: Node, definitions: Definitions) -> Node:
    """Return `node` with every ``graded(name)`` replaced by what `definitions` say of the name.

    An accident is ``graded(larger)`` where what is believed of it makes it at least that grave (law.yaml).
    A name without a definition stays as it is.
    """
    if isinstance(node, Call) and node.kind == "graded" and node.argument in definitions:
        parts = tuple(parse_condition(text) for text in definitions[node.argument])
        if len(parts) > 1:
            return Many("or", parts, node.offset)
        return parts[0] if parts else Constant(True, node.offset)
    if isinstance(node, Not):
        return Not(expand(node.part, definitions), node.offset)
    if isinstance(node, Many):
        return Many(node.word, tuple(expand(part, definitions) for part in node.parts), node.offset)
    return node  # a truth value can stand nowhere else


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and every node below it, left to right."""
    yield node
    if isinstance(node, Not | Minus):
        yield from walk(node.part)
    elif isinstance(node, Many):
        for part in node.parts:
            yield from walk(part)
    elif isinstance(node, Pair):
        yield from walk(node.left)
        yield from walk(node.right)


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, tokens: list[Token], length: int) -> None:
        self._tokens = [*tokens, Token("end", "", length)]
        self._place = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._many("or")
        if self._now.kind != "end":
            self._unexpected()
        return node

    @property
    def _now(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._now
        self._place += 1
        return token

    def _takes(self, text: str) -> bool:
        found = self._now.text == text and self._now.kind in ("sign", "name")
        self._place += found
        return found

    def _need(self, text: str) -> None:
        if not self._takes(text):
            self._unexpected()

    def _unexpected(self) -> None:
        token = self._now
        if token.kind == "end":
            raise ConditionError("condition-incomplete", token.offset)
        if token.text in _COMPARISONS and self._place:
            raise ConditionError("condition-chain", token.offset, sign=token.text)
        raise ConditionError("condition-syntax", token.offset, text=token.text)

    def _many(self, word: str) -> Node:
        below = self._plain if word == "and" else lambda: self._many("and")
        start = self._now.offset
        parts = [below()]
        while self._takes(word):
            parts.append(below())
        return parts[0] if len(parts) == 1 else Many(word, tuple(parts), start)

    def _plain(self) -> Node:
        start = self._now.offset
        if not self._takes("not"):
            return self._compared()
        self._deeper(start)
        part = self._plain()
        self._depth -= 1
        return Not(part, start)

    def _compared(self) -> Node:
        left = self._sum()
        if self._now.text not in _COMPARISONS or self._now.kind != "sign":
            return left
        sign = self._take()
        right = self._sum()
        if self._now.kind == "sign" and self._now.text in _COMPARISONS:
            raise ConditionError("condition-chain", self._now.offset, sign=self._now.text)
        return Pair(sign.text, left, right, sign.offset)

    def _sum(self) -> Node:
        node = self._term()
        while self._now.kind == "sign" and self._now.text in ("+", "-"):
            sign = self._take()
            node = Pair(sign.text, node, self._term(), sign.offset)
        return node

    def _term(self) -> Node:
        token = self._now
        if token.kind == "number":
            self._take()
            return Constant(float(token.text) if "." in token.text else int(token.text), token.offset)
        if token.kind == "quoted":
            self._take()
            return Constant(token.text[1:-1], token.offset)
        if token.kind == "name" and token.text not in ("and", "or", "not"):
            return self._named(self._take())
        return self._nested()

    def _nested(self) -> Node:
        start = self._now.offset
        if self._takes("-"):
            self._deeper(start)
            part: Node = Minus(self._term(), start)
        elif self._takes("("):
            self._deeper(start)
            part = self._many("or")
            self._need(")")
        else:
            if self._now.text in _COMPARISONS:
                raise ConditionError("condition-syntax", start, text=self._now.text)
            self._unexpected()
        self._depth -= 1
        return part

    def _named(self, token: Token) -> Node:
        if self._now.text == "(" and self._now.kind == "sign":
            return self._call(token)
        if "." in token.text:
            raise ConditionError("condition-attribute", token.offset, text=token.text)
        if token.text in ("true", "false"):
            return Constant(token.text == "true", token.offset)
        return Name(token.text, token.offset)

    def _call(self, token: Token) -> Node:
        if token.text not in CALLS:
            near = get_close_matches(token.text, CALLS, 1)
            code = "condition-attribute" if "." in token.text else "condition-call"
            raise ConditionError(code, token.offset, text=token.text, near=near[0] if near else "")
        self._need("(")
        argument = self._take()
        if argument.kind != "name" or not self._takes(")"):
            raise ConditionError("condition-argument", argument.offset, call=token.text)
        if token.text == "known" and "." in argument.text:
            raise ConditionError("condition-attribute", argument.offset, text=argument.text)
        delay = self._limit(token) if token.text == "elapsed" else 0
        return Call(token.text, argument.text, delay, token.offset)

    def _limit(self, call: Token) -> int:
        sign, number, unit = (self._tokens[min(self._place + i, len(self._tokens) - 1)] for i in range(3))
        if sign.text != ">=" or number.kind != "number" or unit.text not in _TICKS:
            raise ConditionError("condition-elapsed", call.offset)
        self._place += 3
        return round(float(number.text) * _TICKS[unit.text])

    def _deeper(self, offset: int) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ConditionError("condition-too-deep", offset, limit=DEEPEST)
