"""What a command works on: the workspace, its roster and its scenarios, and the changes of ``--set``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.errors import InputError
from sim.words import Lang, say
from sim.words.cli import SAYS

if TYPE_CHECKING:
    from sim.plan.schema import Roster
    from sim.plan.workspace import LoadedRoster, LoadedScenario, ScenarioFile


class Inputs:
    """The inputs of one command; what is used instead of a built-in file is said on standard error."""

    def __init__(self, workspace: str | None, lang: Lang) -> None:
        """Work in the folder `workspace`, or without one in the workspace around the current folder."""
        from sim.plan.workspace import find_workspace

        self.lang = lang
        self.workspace = find_workspace(Path.cwd()) if workspace is None else Path(workspace)

    @cached_property
    def loaded(self) -> LoadedRoster:
        """The roster with its files. Raise InputError with every problem of it."""
        from sim.plan.workspace import load_roster

        roster = load_roster(self.workspace)
        self._say_own(roster.overrides)
        return roster

    @property
    def roster(self) -> Roster:
        """The roster itself."""
        return self.loaded.model

    def scenario(self, id_or_path: str) -> LoadedScenario:
        """Return one scenario. Raise InputError with every problem of it."""
        from sim.plan.workspace import read_scenario

        scenario = read_scenario(id_or_path, self.loaded, self.workspace)
        self._say_own([scenario.file.path] if scenario.overrides else [])
        return scenario

    def scenarios(self) -> list[tuple[ScenarioFile, LoadedScenario]]:
        """Return every scenario that can be called by its id. Raise InputError with the problems of all."""
        from sim.plan.workspace import gather_scenario, list_scenarios

        found, problems = [], []
        for file in list_scenarios(self.workspace):
            scenario, faults = gather_scenario(file, self.loaded)
            problems += faults if scenario is None else []
            found += [] if scenario is None else [(file, scenario)]
        if problems:
            raise InputError(problems)
        return found

    def _say_own(self, files: Iterable[str]) -> None:
        names = say(SAYS, "list.comma", self.lang).join(files)
        if names:
            print(say(SAYS, "own-wins", self.lang, files=names), file=sys.stderr)


def read_changes(texts: Iterable[str], lang: Lang) -> dict[str, Any]:
    """Return what ``--set PATH=VALUE`` says, each value read as in a YAML file; the later of two wins.

    Raise click.UsageError for what is not of that form.
    """
    from sim.plan.reading import read_text

    changes: dict[str, Any] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        document = read_text(f"value: {value.strip()}", "--set") if equals and value.strip() else None
        read = document.data.get("value") if document and isinstance(document.data, dict) else None
        if not path.strip() or read is None or isinstance(read, dict | list):
            raise click.UsageError(say(SAYS, "set-form", lang, text=text), click.get_current_context())
        changes[path.strip()] = read
    return changes
