"""What is wrong with an input or an output, where, and what to do: one sentence a problem, in both languages.

The codes are permanent; the sentences may improve.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sim.words import Lang, Table, say
from sim.words.problems_condition import CONDITIONS
from sim.words.problems_drill import DRILL
from sim.words.problems_file import FILES
from sim.words.problems_office import OFFICE
from sim.words.problems_output import OUTPUTS
from sim.words.problems_run import RUNS
from sim.words.problems_sheet import SHEETS
from sim.words.problems_table import TABLES
from sim.words.problems_value import VALUES
from sim.words.problems_world import WORLD

if TYPE_CHECKING:
    from sim.errors import Problem

PROBLEMS: Final[Table] = {
    **FILES,
    **VALUES,
    **CONDITIONS,
    **DRILL,
    **OFFICE,
    **WORLD,
    **OUTPUTS,
    **RUNS,
    **SHEETS,
    **TABLES,
}
"""Problem code → sentence in Chinese and English."""

_FRAME: Final[Table] = {
    "near": ("是否想写“{near}”？", "Did you mean '{near}'?"),
    "choices": ("可写：{choices}。", "There is: {choices}."),
    "warning": ("提示：{text}", "warning: {text}"),
    "place": ("{file}:{line}:{column}: {text}", "{file}:{line}:{column}: {text}"),
    "file": ("{file}: {text}", "{file}: {text}"),
    "unknown-code": ("有一处问题（{code}）。", "there is a problem ({code})."),
}

_TERMS: Final[Table] = {
    "text": ("文字", "text"),
    "whole": ("整数", "a whole number"),
    "number": ("数字", "a number"),
    "flag": ("“true”或“false”", "true or false"),
    "list": ("列表", "a list"),
    "mapping": ("一组“键: 值”", "a group of 'key: value'"),
    "count": ("计数（整数）", "a count (whole number)"),
    "quantity": ("数值", "a quantity (number)"),
    "category": ("类别", "a category"),
    "once": ("一次", "once"),
    "batch": ("分批", "batch"),
    "sustained": ("持续", "sustained"),
    "repeated": ("定时重复", "repeated"),
    "prevention": ("事前预防", "prevention"),
    "standing": ("日常", "standing"),
    "scheduler": ("调度进程", "the scheduler"),
    "worker": ("工作进程", "the worker"),
}
_TERM_KEYS: Final = frozenset(("wanted", "found", "kind", "form", "phase"))
"""Values that are words of ours, shown in the reader's language."""
_LONGEST: Final = 60


def render(problem: Problem, lang: Lang = "zh") -> str:
    """Return `problem` as one line: ``file:line:column: what is wrong. Did you mean …?``"""
    values = {name: _shown(name, value, lang) for name, value in problem.values.items()}
    if problem.code in PROBLEMS:
        text = say(PROBLEMS, problem.code, lang, **values)
    else:
        text = say(_FRAME, "unknown-code", lang, code=problem.code)
    if values.get("near"):
        text += ("" if lang == "zh" else " ") + say(_FRAME, "near", lang, near=values["near"])
    elif values.get("choices"):
        text += ("" if lang == "zh" else " ") + say(_FRAME, "choices", lang, choices=values["choices"])
    if problem.severity == "warning":
        text = say(_FRAME, "warning", lang, text=text)
    frame = "place" if problem.line else "file"
    return say(_FRAME, frame, lang, file=problem.file, line=problem.line, column=problem.column, text=text)


def _shown(name: str, value: Any, lang: Lang) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(_clipped(str(each)) for each in value)
    if name in _TERM_KEYS and value in _TERMS:
        return say(_TERMS, value, lang)
    if isinstance(value, Mapping):
        return "{…}"
    return _clipped(str(value))


def _clipped(text: str) -> str:
    """One line, not too long: a file may hold anything."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text[: 2 * _LONGEST]).split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
