"""A file of overrides, ``path: value`` line by line, for a drill with some local assumptions changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sim.errors import InputError
from sim.plan.checks import check_overrides
from sim.plan.reading import Document, read_yaml
from sim.plan.schema import Model, Roster, Scenario, Value
from sim.plan.validation import limited, validate
from sim.plan.workspace import shown

_ROOT: Final = "assume"


class Overrides(Model):
    """What the file holds, under the key that a scenario has for it."""

    assume: dict[str, Value]


def read_overrides(path: Path, roster: Roster, scenario: Scenario) -> dict[str, Any]:
    """Return the overrides in the file at `path`, checked as those under ``assume`` of `scenario` are.

    Raise InputError with every problem of the file, each with line and column.
    """
    document = _under_assume(read_yaml(path, shown(path)))
    given, problems = validate(document, Overrides)
    if given is not None and not problems:
        problems = limited(check_overrides(given.assume, roster, scenario, document))
    if given is None or problems:
        raise InputError(problems)
    return dict(given.assume)


def _under_assume(document: Document) -> Document:
    """The same document with everything one step further down, so that the checks of a scenario speak of it."""
    if document.data is None:
        return document
    keys = {(_ROOT,): document.values[()]} | {(_ROOT, *path): mark for path, mark in document.keys.items()}
    values = {(_ROOT, *path): mark for path, mark in document.values.items()}
    return Document(document.file, {_ROOT: document.data}, keys, values, document.problems)
