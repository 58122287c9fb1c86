"""The error tree, and the problem a reader reports.

TuiyanError
├── InputError        what a person gave is wrong: carries every Problem found (exit code 2)
├── OutputError       the place to write to cannot be used (exit code 2)
├── MismatchError     a run does not equal its record (exit code 1)
└── PlayError         the engine met a state its rules forbid, such as 1 000 waves in one instant
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one input, with its permanent code and where it stands.

    `line` and `column` count from 1; 0 means the fault belongs to the whole file. `severity` is
    ``"error"`` (refused) or ``"warning"`` (played all the same). `values` fill the message of `code`,
    which lives in `sim.words.problems` in both languages.
    """

    code: str
    file: str
    line: int = 0
    column: int = 0
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    severity: str = "error"


class TuiyanError(Exception):
    """The root of every error this package raises on purpose."""


class InputError(TuiyanError):
    """What a person gave cannot be used; `problems` holds every fault found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.file}:{p.line}:{p.column}: {p.code}" for p in self.problems))


class OutputError(TuiyanError):
    """The output cannot be written; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.file}: {problem.code}")


class MismatchError(TuiyanError):
    """A run does not equal what its manifest promises; `problems` name each file that differs."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.file}: {p.code}" for p in self.problems))


class PlayError(TuiyanError):
    """The engine met a state that its rules forbid; the message names the items."""
