"""Which way facts must go to make a condition true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.plan.expressions import Call, Many, Minus, Name, Node, Not, Pair, walk

UP: Final = 1
DOWN: Final = -1


def helps(node: Node, way: int = UP) -> Iterator[tuple[str, int]]:
    """Yield the facts that can make a condition true by going up (1) or down (−1)."""
    if isinstance(node, Name):
        yield node.name, way
    elif isinstance(node, Call):
        yield f"{node.kind}({node.argument})", way
    elif isinstance(node, Not | Minus):
        yield from helps(node.part, -way)
    elif isinstance(node, Pair):
        yield from _of_pair(node, way)
    elif isinstance(node, Many):
        for part in node.parts:
            yield from helps(part, way)


def _of_pair(node: Pair, way: int) -> Iterator[tuple[str, int]]:
    if node.sign in ("==", "!="):
        for each in walk(node):
            if isinstance(each, Name | Call):
                yield from ((name, turn) for name, _ in helps(each) for turn in (UP, DOWN))
        return
    left = -way if node.sign in ("<", "<=") else way
    right = way if node.sign in ("<", "<=", "+") else -way
    yield from helps(node.left, left)
    yield from helps(node.right, right)
