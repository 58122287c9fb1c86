"""What the YAML parser cannot read, told as our problems: its English words never reach a planner."""

from __future__ import annotations

from typing import Final

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from sim.errors import Problem
from sim.plan.full_width import full_width_line

_CODES: Final = {
    "mapping values are not allowed": "yaml-colon",
    "could not find expected ':'": "yaml-no-colon",
    "'\\t' that cannot start": "yaml-tab",
    "that cannot start any token": "yaml-character",
    "expected ',' or": "yaml-bracket",
    "expected <block end>": "yaml-indent",
    "unexpected end of stream": "yaml-quote",
    "unknown escape": "yaml-escape",
}
"""A part of the parser's words → our code."""
_OPENED: Final = ("yaml-no-colon", "yaml-bracket", "yaml-quote")
"""Faults that show best where the thing began, not where the parser gave up."""
_SWALLOWED: Final = ("yaml-colon", "yaml-no-colon")
"""What a full-width colon a line or two earlier looks like."""


def syntax_problem(fault: MarkedYAMLError, text: str, file: str) -> Problem:
    """Return the problem for a syntax fault; a full-width sign near it is named as the cause."""
    code = _code(str(fault.problem))
    mark = fault.problem_mark or fault.context_mark
    line = mark.line if mark else 0
    first = line - 2 if code in _SWALLOWED else line
    lines = text.splitlines()
    for number in range(min(line, len(lines) - 1), max(first, 0) - 1, -1):
        if found := full_width_line(lines[number]):
            values = {"char": found.char, "better": found.better}
            return Problem("full-width", file, number + 1, found.offset + 1, values)
    if code in _OPENED and fault.context_mark:
        mark = fault.context_mark
    return Problem(code, file, mark.line + 1 if mark else 0, mark.column + 1 if mark else 0)


def control_problem(fault: ReaderError, text: str, file: str) -> Problem:
    """Return the problem for a control character, which no text file should hold."""
    before = text[: fault.position]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem("yaml-control", file, line, column, {"char": f"U+{ord(text[fault.position]):04X}"})


def _code(words: str) -> str:
    return next((code for part, code in _CODES.items() if part in words), "yaml-syntax")
