"""Check a scenario, its script and the plan together, as a notebook asks: what `tuiyan check --plan ID` finds."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sim.errors import Problem
from sim.plan.workspace import (
    LoadedRoster,
    LoadedScenario,
    find_scenario,
    find_workspace,
    gather_scenario,
    load_roster,
)
from sim.review.flaws import Flaw, plan_flaws
from sim.study.scripts import look_at_script
from sim.words.display import Shown


@dataclass(frozen=True, repr=False)
class Checked(Shown):
    """What a check found: `problems` of the files, what is thin in the `script`, and in the `plan` itself."""

    name: str
    problems: tuple[Problem, ...]
    script: tuple[Flaw, ...]
    plan: tuple[Flaw, ...]

    @property
    def sound(self) -> bool:
        """Whether it can be played: no problem is an error."""
        return all(problem.severity != "error" for problem in self.problems)

    def __repr__(self) -> str:
        found = len(self.problems), len(self.script), len(self.plan)
        return "<Checked {}: {} problems, script {}, plan {}>".format(self.name, *found)


def check(scenario: LoadedScenario | str | os.PathLike[str], roster: LoadedRoster | None = None) -> Checked:
    """Check a scenario, given loaded, by its id or by its path, beside `roster` (by default the built-in one).

    A scenario with errors raises nothing: they are among the problems, and its script is not looked at.
    Raise InputError for an id that nobody knows.
    """
    roster = roster or load_roster()
    found: Iterable[Problem]
    if isinstance(scenario, LoadedScenario):
        loaded, found, name = scenario, scenario.warnings, scenario.file.path
    else:
        file = find_scenario(os.fspath(scenario), find_workspace(Path.cwd()))
        given, found = gather_scenario(file, roster)
        if given is None:
            return Checked(file.path.name, (*roster.warnings, *found), (), plan_flaws(roster.model))
        loaded, name = given, given.file.path
    script = look_at_script(loaded, roster)
    return Checked(name, (*roster.warnings, *found), script, plan_flaws(roster.model))
