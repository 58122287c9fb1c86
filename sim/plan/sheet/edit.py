"""Change values in the text of a YAML file and leave every other character of it as it is.

ruamel.yaml tells where each node begins and ends; dumping its tree anew would break lines and shift comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node

from sim.plan.reading import KeyPath, read_text

_PLAIN: Final = re.compile(
    r"[0-9A-Za-z\u4e00-\u9fff](?:[\w.()% /\u4e00-\u9fff（），、。；：—-]*[\w.)%\u4e00-\u9fff）。])?"
)


def edited(text: str, changes: Mapping[KeyPath, Any], orders: Mapping[KeyPath, Sequence[str]]) -> str:
    """Return `text` with the value at each path replaced, put in, or (None) taken out.

    `orders` says in which order the keys of a mapping stand; what is put in takes its place among them.
    """
    root = _tree(text)
    there = {path: value for path, value in changes.items() if _find(root, path) is not None}
    spans = [(*_span(text, found), scalar(value)) for path, value in there.items() if value is not None
             and (found := _find(root, path)) is not None]  # fmt: skip
    for begin, end, new in sorted(spans, reverse=True):
        text = text[:begin] + new + text[end:]
    for path, value in changes.items():
        if path in there and value is None:
            text = _without(text, path)
        elif path not in there and value is not None:
            text = _with(text, path, value, orders)
    return text


def scalar(value: Any) -> str:
    """Return a value as YAML in one line that is safe in a block and between braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {scalar(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(scalar, value)) + "]"
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").ljust(3, "0") if not value.is_integer() else f"{value:.1f}"
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and read_text(f"{{v: {value}}}", "").data == {"v": value}:
        return value
    if value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


def _tree(text: str) -> MappingNode:
    root: MappingNode = YAML(typ="safe", pure=True).compose(text)
    return root


def _pairs(node: Node | None) -> list[tuple[Node, Node]]:
    return list(node.value) if isinstance(node, MappingNode) else []


def _find(root: Node, path: KeyPath) -> Node | None:
    node: Node | None = root
    for key in path:
        node = next((value for name, value in _pairs(node) if name.value == key), None)
    return node


def _span(text: str, node: Node) -> tuple[int, int]:
    """Where a node's own characters begin and end; the end of a block reaches over blank lines and comments."""
    if isinstance(node, MappingNode) and not node.flow_style:
        return node.start_mark.index, _span(text, node.value[-1][1])[1]
    begin, end = node.start_mark.index, node.end_mark.index
    return begin, begin + len(text[begin:end].rstrip())


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found


def _without(text: str, path: KeyPath) -> str:
    """Take out the pair at `path`; the last one of a mapping leaves ``{}``, for nothing would be no mapping."""
    parent = _find(_tree(text), path[:-1])
    pairs = _pairs(parent)
    if not isinstance(parent, MappingNode):
        return text
    if len(pairs) == 1:
        begin, end = _span(text, parent)
        return text[:begin] + "{}" + text[end:]
    place = next(n for n, (name, _) in enumerate(pairs) if name.value == path[-1])
    name, value = pairs[place]
    if parent.flow_style:
        if place:
            begin, end = _span(text, pairs[place - 1][1])[1], _span(text, value)[1]
        else:
            begin, end = name.start_mark.index, pairs[1][0].start_mark.index
        return text[:begin] + text[end:]
    begin = text.rfind("\n", 0, name.start_mark.index) + 1
    return text[:begin] + text[_line_end(text, _span(text, value)[1]) + 1 :]


def _with(text: str, path: KeyPath, value: Any, orders: Mapping[KeyPath, Sequence[str]]) -> str:
    """Put in a pair, with the mappings above it that are not there yet."""
    root = _tree(text)
    length = next(n for n in range(len(path) - 1, -1, -1) if _find(root, path[:n]) is not None)
    for key in reversed(path[length + 1 :]):
        value = {key: value}
    parent, key = _find(root, path[:length]), str(path[length])
    pair = f"{scalar(key)}: {scalar(value)}"
    pairs = _pairs(parent)
    assert isinstance(parent, MappingNode)  # the root at least; a scalar in its place is refused before
    following = _following(key, [str(name.value) for name, _ in pairs], orders.get(path[:length], ()))
    if not pairs:
        begin, end = _span(text, parent)
        return text[:begin] + "{" + pair + "}" + text[end:]
    if parent.flow_style:
        if following < len(pairs):
            begin = pairs[following][0].start_mark.index
            return f"{text[:begin]}{pair}, {text[begin:]}"
        end = _span(text, pairs[-1][1])[1]
        return f"{text[:end]}, {pair}{text[end:]}"
    column = " " * pairs[0][0].start_mark.column
    if following < len(pairs):
        begin = pairs[following][0].start_mark.index
        return f"{text[:begin]}{pair}\n{column}{text[begin:]}"
    end = _line_end(text, _span(text, pairs[-1][1])[1])
    return f"{text[:end]}\n{column}{pair}{text[end:]}"


def _following(key: str, keys: list[str], order: Sequence[str]) -> int:
    """Return the place of the first of `keys` that comes after `key`, by `order`; at the end without one."""
    later = set(order[order.index(key) + 1 :]) if key in order else set()
    return next((place for place, each in enumerate(keys) if each in later), len(keys))
