"""The small invented plan under `plans/small`, whole or with one thing changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from sim.errors import InputError, Problem
from sim.plan.workspace import LoadedRoster, load_roster, load_scenario

TESTS = Path(__file__).parent
SMALL = TESTS / "plans" / "small"
SCENARIO = "scenarios/small-leak.yaml"
BAD = TESTS / "samples" / "bad"


def copy(folder: Path) -> Path:
    """Return a copy of the small plan that a test may change."""
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    return folder


def problems(folder: Path) -> tuple[Problem, ...]:
    """Return every problem of the plan in `folder` and of its one scenario, errors or warnings."""
    try:
        roster: LoadedRoster = load_roster(folder)
        return roster.warnings + load_scenario(folder / SCENARIO, roster).warnings
    except InputError as fault:
        return fault.problems
