"""Safe conditions over facts, compiled once to closures over the fact vector.

The language is that of `sim.plan.expressions`. Beside plain facts there are pseudo-facts that the engine
writes: ``done(duty)``, ``started(duty)``, ``late(norm)`` and ``elapsed(event)>=ticks``; each has a place in
the vector under its canonical name. ``known(fact)`` asks the second vector.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sim.plan.condition_kinds import tree_faults
from sim.plan.expressions import (
    Call,
    Constant,
    Definitions,
    Many,
    Minus,
    Name,
    Node,
    Not,
    Pair,
    expand,
    key_of,
    parse_condition,
    walk,
)
from sim.plan.tokens import ConditionError

__all__ = [
    "Condition",
    "ConditionError",
    "Pseudo",
    "compile_condition",
    "facts_named",
    "grades_named",
    "pseudo_facts",
]

Test = Callable[[Sequence[Any], Sequence[Any]], bool]
_Value = Callable[[Sequence[Any], Sequence[Any]], Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition. `test(values, known)` reads a vector of values and one of known-flags by place.

    `facts` are the places it depends on, sorted; `names` gives the place of every name in it and `graded` what
    its grades mean, so that it can be sent to another process, where it is compiled again.
    """

    text: str
    facts: tuple[int, ...]
    test: Test = field(compare=False, repr=False)
    names: tuple[tuple[str, int], ...] = ()
    graded: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as text and places; closures cannot."""
        return _again, (self.text, self.names, self.graded)

    def tree(self) -> Node:
        """Return the parsed condition, its grades replaced by what they mean."""
        return expand(parse_condition(self.text), dict(self.graded))

    def part(self, node: Node) -> Test:
        """Return the test of one part of `tree`, true or false; `node` must be a condition, not a number."""
        return _test(node, dict(self.names))


class Pseudo(NamedTuple):
    """A pseudo-fact of a condition: its kind (done, started, late, elapsed), what it asks, and its name."""

    kind: str
    argument: str
    delay: int
    """Ticks of 1/1000 min for elapsed, else 0."""
    name: str
    offset: int


def compile_condition(
    text: str,
    places: Mapping[str, int],
    kinds: Mapping[str, str] | None = None,
    graded: Definitions | None = None,
) -> Condition:
    """Return the condition of `text`, its names resolved by `places` (facts and canonical pseudo-facts).

    `kinds` (fact → flag, count, quantity or category) lets it refuse comparisons that make no sense; `graded` says
    what each grade of accidents means: without any, no accident is graded. Raise ConditionError for the first fault.
    """
    plain = parse_condition(text)
    asked = {node.argument for node in walk(plain) if isinstance(node, Call) and node.kind == "graded"}
    law = graded or dict.fromkeys(asked, ("false",))
    meant = {name: law[name] for name in sorted(asked) if name in law}
    tree = expand(plain, meant)
    for fault in tree_faults(tree, places, kinds or {}, {}):
        raise fault
    names = {key_of(node): places[key_of(node)] for node in walk(tree) if isinstance(node, Name | Call)}
    return Condition(
        text,
        tuple(sorted(set(names.values()))),
        _test(tree, names),
        tuple(sorted(names.items())),
        tuple(meant.items()),
    )


def pseudo_facts(text: str) -> tuple[Pseudo, ...]:
    """Return the pseudo-facts that `text` names, each once, in the order of their names."""
    asked = [node for node in walk(parse_condition(text)) if isinstance(node, Call)]
    calls = [node for node in asked if node.kind not in ("known", "graded")]
    unique = {call.name: call for call in reversed(calls)}
    return tuple(Pseudo(c.kind, c.argument, c.delay, c.name, c.offset) for _, c in sorted(unique.items()))


def grades_named(text: str) -> tuple[tuple[str, int], ...]:
    """Return the grades that `text` asks for with ``graded()``, and where they stand in it."""
    nodes = walk(parse_condition(text))
    return tuple((n.argument, n.offset) for n in nodes if isinstance(n, Call) and n.kind == "graded")


def facts_named(text: str, graded: Definitions | None = None) -> tuple[str, ...]:
    """Return the plain facts that `text` names, also those inside ``known()`` and behind grades, sorted."""
    tree = expand(parse_condition(text), graded or {})
    nodes = [node for node in walk(tree) if isinstance(node, Name | Call)]
    return tuple(sorted({key_of(node) for node in nodes if isinstance(node, Name) or node.kind == "known"}))


def _again(
    text: str, names: tuple[tuple[str, int], ...], graded: tuple[tuple[str, tuple[str, ...]], ...]
) -> Condition:
    return compile_condition(text, dict(names), None, dict(graded))


# --- closures -----------------------------------------------------------------------------------------

_FACT_CONSTANT: Final[Mapping[str, Callable[[int, Any], Test]]] = {
    "==": lambda i, c: lambda values, known: values[i] == c,
    "!=": lambda i, c: lambda values, known: values[i] != c,
    "<": lambda i, c: lambda values, known: values[i] < c,
    "<=": lambda i, c: lambda values, known: values[i] <= c,
    ">": lambda i, c: lambda values, known: values[i] > c,
    ">=": lambda i, c: lambda values, known: values[i] >= c,
}
_FACT_FACT: Final[Mapping[str, Callable[[int, int], Test]]] = {
    "==": lambda i, j: lambda values, known: values[i] == values[j],
    "!=": lambda i, j: lambda values, known: values[i] != values[j],
    "<": lambda i, j: lambda values, known: values[i] < values[j],
    "<=": lambda i, j: lambda values, known: values[i] <= values[j],
    ">": lambda i, j: lambda values, known: values[i] > values[j],
    ">=": lambda i, j: lambda values, known: values[i] >= values[j],
}
_ANY_ANY: Final[Mapping[str, Callable[[_Value, _Value], _Value]]] = {
    "==": lambda a, b: lambda values, known: a(values, known) == b(values, known),
    "!=": lambda a, b: lambda values, known: a(values, known) != b(values, known),
    "<": lambda a, b: lambda values, known: a(values, known) < b(values, known),
    "<=": lambda a, b: lambda values, known: a(values, known) <= b(values, known),
    ">": lambda a, b: lambda values, known: a(values, known) > b(values, known),
    ">=": lambda a, b: lambda values, known: a(values, known) >= b(values, known),
    "+": lambda a, b: lambda values, known: a(values, known) + b(values, known),
    "-": lambda a, b: lambda values, known: a(values, known) - b(values, known),
}
_MIRROR: Final = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _test(node: Node, places: Mapping[str, int]) -> Test:
    """Return the test of a condition: true or false, never a mere truthy value."""
    if isinstance(node, Constant):
        truth = bool(node.value)
        return lambda values, known: truth
    if isinstance(node, Name | Call):
        return _flag_test(node, places[key_of(node)])
    if isinstance(node, Not):
        return _not_test(node, places)
    if isinstance(node, Many):
        return _many_test(node.word, tuple(_test(part, places) for part in node.parts))
    if isinstance(node, Pair) and node.sign in _MIRROR:
        return _comparison(node, places)
    value = _value(node, places)
    return lambda values, known: bool(value(values, known))


def _flag_test(node: Name | Call, i: int) -> Test:
    if isinstance(node, Call) and node.kind == "known":
        return lambda values, known: bool(known[i])
    return lambda values, known: values[i]  # flags and pseudo-facts are true or false


def _not_test(node: Not, places: Mapping[str, int]) -> Test:
    part = node.part
    if isinstance(part, Name) or (isinstance(part, Call) and part.kind != "known"):
        i = places[part.name]
        return lambda values, known: not values[i]
    inner = _test(part, places)
    return lambda values, known: not inner(values, known)


def _many_test(word: str, parts: tuple[Test, ...]) -> Test:
    if len(parts) > 3:
        parts = (*parts[:2], _many_test(word, parts[2:]))
    if len(parts) == 3:
        a, b, c = parts
        if word == "and":
            return lambda values, known: a(values, known) and b(values, known) and c(values, known)
        return lambda values, known: a(values, known) or b(values, known) or c(values, known)
    a, b = parts
    if word == "and":
        return lambda values, known: a(values, known) and b(values, known)
    return lambda values, known: a(values, known) or b(values, known)


def _comparison(node: Pair, places: Mapping[str, int]) -> Test:
    left, right, sign = node.left, node.right, node.sign
    if isinstance(left, Constant) and isinstance(right, Name):
        left, right, sign = right, left, _MIRROR[sign]
    if isinstance(left, Name) and isinstance(right, Name):
        return _FACT_FACT[sign](places[left.name], places[right.name])
    if isinstance(left, Name) and isinstance(right, Constant):
        return _FACT_CONSTANT[sign](places[left.name], right.value)
    return _ANY_ANY[sign](_value(left, places), _value(right, places))


def _value(node: Node, places: Mapping[str, int]) -> _Value:
    """Return what a node is worth: a number, a category or a truth value."""
    if isinstance(node, Constant):
        constant = node.value
        return lambda values, known: constant
    if isinstance(node, Name):
        i = places[node.name]
        return lambda values, known: values[i]
    if isinstance(node, Minus):
        inner = _value(node.part, places)
        return lambda values, known: -inner(values, known)
    if isinstance(node, Pair) and node.sign in ("+", "-"):
        return _ANY_ANY[node.sign](_value(node.left, places), _value(node.right, places))
    return _test(node, places)
