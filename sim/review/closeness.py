"""How close a condition came to holding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.plan.conditions import Condition
from sim.plan.expressions import Constant, Many, Minus, Name, Node, Not, Pair
from sim.review.pictures import View


def closeness(node: Node, condition: Condition, view: View) -> float:
    """Return how close a condition is to holding, from 0 to 1, which it reaches only by holding.

    All of several count by their mean, any of several by the best. A number counts by its share of what it is
    compared with, so that two dead of three are closer than one.
    """
    if isinstance(node, Not):
        return _contrary(node.part, condition, view)
    if condition.part(node)(view.values, view.known):
        return 1.0
    if isinstance(node, Many):
        scores = [closeness(part, condition, view) for part in node.parts]
        return sum(scores) / len(scores) if node.word == "and" else max(scores)
    return _share(node, dict(condition.names), view) if isinstance(node, Pair) else 0.0


def _contrary(node: Node, condition: Condition, view: View) -> float:
    if isinstance(node, Many):
        contrary = Many("or" if node.word == "and" else "and", tuple(Not(p, 0) for p in node.parts), 0)
        return closeness(contrary, condition, view)
    if isinstance(node, Not):
        return closeness(node.part, condition, view)
    return 0.0 if condition.part(node)(view.values, view.known) else 1.0


def _share(node: Pair, places: Mapping[str, int], view: View) -> float:
    left, right = (_number(side, places, view) for side in (node.left, node.right))
    if left is None or right is None or node.sign in ("==", "!="):
        return 0.0
    low, high = (left, right) if node.sign in (">", ">=") else (right, left)
    return min(0.9, max(0.0, low / high)) if high > 0 else 0.0


def _number(node: Node, places: Mapping[str, int], view: View) -> float | None:
    if isinstance(node, Constant):
        value: Any = node.value
    elif isinstance(node, Name):
        value = view.values[places[node.name]]
    elif isinstance(node, Minus):
        part = _number(node.part, places, view)
        return None if part is None else -part
    elif isinstance(node, Pair) and node.sign in ("+", "-"):
        left, right = (_number(side, places, view) for side in (node.left, node.right))
        if left is None or right is None:
            return None
        return left + right if node.sign == "+" else left - right
    else:
        return None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
