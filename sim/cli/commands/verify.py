"""`tuiyan verify RUN`: play a run again by its manifest and compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.door import Command, common
from sim.cli.inputs import Inputs
from sim.cli.screen import progress, show_json
from sim.words import Lang, say
from sim.words.cli import SAYS

if TYPE_CHECKING:
    from sim.plan.workspace import LoadedScenario


@click.command("verify", cls=Command)
@click.argument("run", metavar="RUN")
@common("as_json", "lang", "workspace")
@click.pass_context
def command(ctx: click.Context, /, run: str, as_json: bool, workspace: str | None, **_: Any) -> None:
    """Play again by the manifest and compare."""
    from sim.record.run import read_manifest
    from sim.study.verify import verify

    lang: Lang = ctx.obj
    with progress(say(SAYS, "verify.playing", lang)):
        given = read_manifest(run)["inputs"]["scenario"]
        inputs = Inputs(workspace, lang)
        rows = verify(run, inputs.loaded, present_scenario(inputs, given))
    if as_json:
        show_json({"run": run, "equal": True, "rows": rows})
        return
    print(say(SAYS, "verify.same", lang, rows=rows))


def present_scenario(inputs: Inputs, given: dict[str, Any]) -> LoadedScenario | None:
    """Return the scenario of a run as it is today, or None where its file is no longer to be found."""
    name = given["content"]["id"] if given["origin"] == "built-in" else given["path"]
    if given["origin"] == "workspace" and not Path(name).is_file():
        return None
    return inputs.scenario(name)
