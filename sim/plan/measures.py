"""The office's improvement measures: where their file is, and that every one of them can be set."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from sim.errors import InputError, Problem
from sim.plan.assume import assume
from sim.plan.reading import Document, read_yaml
from sim.plan.schema import Measures, Roster
from sim.plan.validation import limited, validate
from sim.plan.workspace import built_in, shown

FILE: Final = "measures.yaml"


class LoadedMeasures(NamedTuple):
    """Measures without errors, and the file that they stand in as messages name it."""

    model: Measures
    path: str


def load_measures(workspace: Path | None, roster: Roster) -> LoadedMeasures:
    """Return the measures of a workspace or roster folder if it has any, else the built-in ones.

    Raise InputError with every problem of the file: a path that `roster` does not have, a value not allowed there.
    """
    return read_measures(_place(workspace), roster)


def _place(workspace: Path | None) -> Path:
    own = [] if workspace is None else [workspace / "roster" / FILE, workspace / FILE]
    return next((path for path in own if path.exists()), built_in("roster") / FILE)


def read_measures(path: Path, roster: Roster) -> LoadedMeasures:
    """Return the measures in the file at `path`. Raise InputError as `load_measures` does."""
    document = read_yaml(path, shown(path))
    given, problems = validate(document, Measures)
    if given is not None and not problems:
        problems = limited(_check(given, roster, document))
    if given is None or problems:
        raise InputError(problems)
    return LoadedMeasures(given, document.file)


def _check(given: Measures, roster: Roster, document: Document) -> list[Problem]:
    problems = []
    for name, measure in given.measures.items():
        for path, value in measure.set.items():
            try:
                assume(roster, {path: value})
            except InputError as fault:
                place = ("measures", name, "set", path)
                problems += [
                    document.problem(one.code, place, at_key=one.code == "assume-path", **one.values)
                    for one in fault.problems
                ]
    return problems
