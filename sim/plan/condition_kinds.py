"""What the grammar of conditions lets through and sense forbids: unknown names, kinds that do not fit.

A fact is a flag, a number (count or quantity) or a category; where its kind is not given, nothing is assumed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from sim.plan.expressions import (
    Call,
    Constant,
    Many,
    Minus,
    Name,
    Node,
    Not,
    Pair,
    key_of,
    parse_condition,
    walk,
)
from sim.plan.tokens import ConditionError


def condition_faults(
    text: str,
    names: Collection[str],
    kinds: Mapping[str, str],
    categories: Mapping[str, Collection[str]] | None = None,
) -> list[ConditionError]:
    """Return every fault of `text`: one of syntax, or all unknown names, wrong kinds and unknown categories.

    `names` are the facts and canonical pseudo-facts that exist, `categories` the values of category facts.
    """
    try:
        tree = parse_condition(text)
    except ConditionError as fault:
        return [fault]
    return tree_faults(tree, names, kinds, categories or {})


_TYPES: Final = {"flag": "flag", "count": "number", "quantity": "number", "category": "category"}


def tree_faults(
    tree: Node,
    names: Collection[str],
    kinds: Mapping[str, str],
    categories: Mapping[str, Collection[str]],
) -> list[ConditionError]:
    """Return every fault of a parsed condition, in order of place."""
    faults = [
        _unknown(node, names)
        for node in walk(tree)
        if isinstance(node, Name | Call) and key_of(node) not in names
    ]
    if _type(tree, kinds, faults) not in ("flag", ""):
        faults.append(ConditionError("condition-not-flag", tree.offset, text=shown(tree)))
    for node in walk(tree):
        if isinstance(node, Pair):
            faults += _category_faults(node, categories)
    return sorted(faults, key=lambda fault: fault.offset)


def _unknown(node: Name | Call, names: Collection[str]) -> ConditionError:
    key = key_of(node)
    like = [name for name in names if ("(" in name) == ("(" in key)]
    near = get_close_matches(key, like, 1)
    return ConditionError("condition-unknown-name", node.offset, name=key, near=near[0] if near else "")


def _type(node: Node, kinds: Mapping[str, str], faults: list[ConditionError]) -> str:
    """Return flag, number, category, or nothing where it cannot be told; add what cannot be right."""
    if isinstance(node, Constant):
        return {bool: "flag", str: "category"}.get(type(node.value), "number")
    if isinstance(node, Name):
        return _TYPES.get(kinds.get(node.name, ""), "")
    if isinstance(node, Call):
        return "flag"
    if isinstance(node, Minus):
        _expect("number", [node.part], kinds, faults)
        return "number"
    if isinstance(node, Pair):
        return _pair_type(node, kinds, faults)
    parts = node.parts if isinstance(node, Many) else (node.part,)
    _expect("flag", parts, kinds, faults)
    return "flag"


def _pair_type(node: Pair, kinds: Mapping[str, str], faults: list[ConditionError]) -> str:
    if node.sign in ("+", "-"):
        _expect("number", (node.left, node.right), kinds, faults)
        return "number"
    left, right = (_type(part, kinds, faults) for part in (node.left, node.right))
    if left and right and left != right:
        faults.append(
            ConditionError(
                "condition-compare",
                node.offset,
                left=shown(node.left),
                right=shown(node.right),
                sign=node.sign,
            )
        )
    elif node.sign not in ("==", "!=") and {left, right} & {"flag", "category"}:
        wrong = node.left if left in ("flag", "category") else node.right
        faults.append(ConditionError("condition-order", node.offset, text=shown(wrong), sign=node.sign))
    return "flag"


def _expect(
    wanted: str, parts: Sequence[Node], kinds: Mapping[str, str], faults: list[ConditionError]
) -> None:
    code = "condition-not-flag" if wanted == "flag" else "condition-not-number"
    for part in parts:
        if _type(part, kinds, faults) not in (wanted, ""):
            faults.append(ConditionError(code, part.offset, text=shown(part)))


def _category_faults(node: Pair, categories: Mapping[str, Collection[str]]) -> list[ConditionError]:
    for fact, other in ((node.left, node.right), (node.right, node.left)):
        if not isinstance(fact, Name) or not isinstance(other, Constant) or fact.name not in categories:
            continue
        if isinstance(other.value, str) and other.value not in categories[fact.name]:
            near = get_close_matches(other.value, categories[fact.name], 1)
            values = {"name": fact.name, "value": other.value, "near": near[0] if near else ""}
            return [ConditionError("condition-category", other.offset, **values)]
    return []


def shown(node: Node) -> str:
    """Return `node` as a planner would write it."""
    if isinstance(node, Constant):
        return str(node.value).lower() if isinstance(node.value, bool) else repr(node.value)
    if isinstance(node, Name | Call):
        return node.name
    if isinstance(node, Not | Minus):
        return ("not " if isinstance(node, Not) else "-") + shown(node.part)
    if isinstance(node, Many):
        return f" {node.word} ".join(map(shown, node.parts))
    return f"{shown(node.left)} {node.sign} {shown(node.right)}"
