"""`tuiyan new DIR`: lay down a workspace for an office."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any, Final

import click

from sim.cli.door import Command, Option, common
from sim.cli.folder import whole
from sim.cli.screen import show_json
from sim.words import say
from sim.words.cli import SAYS

MODEL: Final = "blast-furnace-gas"
STARTER: Final = "my-first-drill"
_FOLDERS: Final = ("roster", "scenarios", "reports", "notebooks")


@click.command("new", cls=Command)
@click.argument("folder", metavar="DIR")
@click.option("--empty", cls=Option, is_flag=True)
@common("as_json", "lang")
@click.pass_context
def command(ctx: click.Context, /, folder: str, empty: bool, as_json: bool, **_: Any) -> None:
    """Lay down a workspace for your office."""
    with whole(folder, overwrite=True, ours=_anything) as work:
        (lay_down_empty if empty else lay_down)(work)
    scenario = str(Path(folder) / f"scenarios/{STARTER}.yaml")
    if as_json:
        show_json({"folder": folder, "scenario": scenario, "id": STARTER})
        return
    print(say(SAYS, "new.made", ctx.obj, folder=folder))
    print(
        say(SAYS, "new.fill" if empty else "new.next", ctx.obj, folder=folder, scenario=scenario, id=STARTER)
    )


def _anything(folder: Path) -> str:
    """Return the first entry of a folder: whatever it is, a new workspace does not replace it."""
    return min(os.listdir(folder))


def lay_down(work: Path) -> None:
    """Fill `work` with a workspace: the built-in roster, one scenario under an id of its own, and the notebooks."""
    from sim.plan.workspace import ROSTER_FILES, built_in

    _make_folders(work)
    for path in sorted(built_in("notebooks").glob("*.ipynb")):
        shutil.copyfile(path, work / "notebooks" / path.name)
    for name in ROSTER_FILES:
        shutil.copyfile(built_in("roster") / name, work / "roster" / name)
    text = (built_in("scenarios") / f"{MODEL}.yaml").read_text(encoding="utf-8")
    own = re.sub(r"(?m)^id:.*$", f"id: {STARTER}", text, count=1)
    (work / f"scenarios/{STARTER}.yaml").write_text(own, encoding="utf-8")


def lay_down_empty(work: Path) -> None:
    """Fill `work` for another kind of office: the smallest roster that holds, and one tiny scenario."""
    from sim.plan.workspace import built_in

    _make_folders(work)
    for path in sorted(built_in("blank").glob("*/*.yaml")):
        shutil.copyfile(path, work / path.parent.name / path.name)


def _make_folders(work: Path) -> None:
    for name in _FOLDERS:
        (work / name).mkdir()
