"""Draws scripts into a folder of their own: redrawn there, never mixed with anything else."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sim.cli.folder import whole
from sim.cli.screen import progress
from sim.plan.workspace import LoadedRoster, LoadedScenario
from sim.words import Lang, say
from sim.words.cli import SAYS

_OURS: Final = re.compile(r"script-.+\.(png|svg)")


def draw_scripts(
    scenarios: Iterable[LoadedScenario], roster: LoadedRoster, folder: str, lang: Lang
) -> list[str]:
    """Draw the script of each scenario as ``script-<id>.png`` and ``.svg`` into `folder`; return these files.

    All of them are drawn before any is put in place. Scripts drawn earlier stay unless drawn anew. Raise OutputError
    where the folder holds anything else: it may be a drill's, which `tuiyan run` would then no longer replace.
    """
    from sim.plan.compile import compile_plan
    from sim.report.write import write_script

    place, written = Path(folder), list[str]()
    with whole(folder, overwrite=True, ours=_foreign) as work, progress("") as tell:
        for old in sorted(place.iterdir()) if place.is_dir() else ():
            shutil.copy2(old, work / old.name)
        for scenario in scenarios:
            tell(say(SAYS, "check.drawing", lang, name=scenario.model.id))
            plan = compile_plan(roster.model, scenario.model)
            name = _free(f"script-{plan.id}", written, place)
            files = write_script(plan, work, name, lang=lang)
            written += [str(place / file.name) for file in files]
    return written


def _free(name: str, written: list[str], place: Path) -> str:
    """Two files may hold scenarios of one id: the later ones get a number."""
    names = [name, *(f"{name}-{number}" for number in range(2, len(written) + 3))]
    return next(each for each in names if str(place / f"{each}.png") not in written)


def _foreign(folder: Path) -> str | None:
    """Return the first entry of `folder` that is no drawn script."""
    names = sorted(os.listdir(folder))
    return next((name for name in names if not _OURS.fullmatch(name) or not (folder / name).is_file()), None)
