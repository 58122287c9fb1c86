"""`tuiyan schema`: the JSON Schemas of all input files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import click

from sim.cli.door import Command, Option, common
from sim.cli.folder import whole
from sim.cli.screen import show_json
from sim.words import say
from sim.words.cli import SAYS

_ENDING: Final = ".schema.json"


def _foreign(folder: Path) -> str | None:
    """Return the first entry of `folder` that is no schema."""
    return next((name for name in sorted(os.listdir(folder)) if not name.endswith(_ENDING)), None)


@click.command("schema", cls=Command)
@click.option("--overwrite", cls=Option, is_flag=True)
@common("output", "as_json", "lang")
@click.pass_context
def command(ctx: click.Context, /, overwrite: bool, output: str | None, as_json: bool, **_: Any) -> None:
    """Give the JSON Schemas, so that editors complete and check."""
    from sim.plan.json_schema import schemas

    kinds = schemas()
    if output is None:
        show_json(kinds)
        return
    files = {f"{kind}{_ENDING}": schema for kind, schema in kinds.items()}
    with whole(output, overwrite, _foreign) as work:
        for name, schema in files.items():
            text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
            (work / name).write_text(text, encoding="utf-8")
    written = [str(Path(output) / name) for name in files]
    if as_json:
        show_json(written)
        return
    for file in written:
        print(say(SAYS, "schema.written", ctx.obj, file=file))
