"""`tuiyan sheet export` and `tuiyan sheet import`: units, staffing, muster and travel in Excel and back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sim.cli.door import Command, Option, common
from sim.cli.inputs import Inputs
from sim.cli.screen import show_json, show_table
from sim.words import Lang, say
from sim.words.sheet import CHOICES, SAYS

if TYPE_CHECKING:
    from sim.plan.sheet import Imported
    from sim.plan.sheet.merge import Change


@click.command("sheet", cls=Command)
@click.argument("action", metavar="export|import", type=click.Choice(["export", "import"]))
@click.argument("file", metavar="[FILE.xlsx]", required=False)
@click.option("--dry-run", "dry_run", cls=Option, is_flag=True)
@click.option("--overwrite", cls=Option, is_flag=True)
@common("output", "as_json", "lang", "workspace")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    action: str,
    file: str | None,
    dry_run: bool,
    overwrite: bool,
    output: str | None,
    as_json: bool,
    workspace: str | None,
    **_: Any,
) -> None:
    """Give units, staffing, muster and travel as one workbook, or take it back."""
    lang: Lang = ctx.obj
    inputs = Inputs(workspace, lang)
    if action == "export":
        _refuse(ctx, action, {"FILE": file, "--dry-run": dry_run})
        if output is None:
            ctx.fail(say(SAYS, "option.output", lang))
        _export(inputs, output, overwrite, as_json)
        return
    _refuse(ctx, action, {"-o": output, "--overwrite": overwrite})
    if file is None:
        ctx.fail(say(SAYS, "option.file", lang))
    _import(inputs, file, dry_run, as_json)


def _refuse(ctx: click.Context, action: str, given: dict[str, Any]) -> None:
    for option, value in given.items():
        if value:
            ctx.fail(say(SAYS, "option.only", ctx.obj, action=action, option=option))


def _export(inputs: Inputs, output: str, overwrite: bool, as_json: bool) -> None:
    from sim.plan.sheet import export_sheet

    export_sheet(output, inputs.loaded, inputs.lang, overwrite)
    if as_json:
        show_json({"file": output})
        return
    print(say(SAYS, "written", inputs.lang, file=output))


def _import(inputs: Inputs, file: str, dry_run: bool, as_json: bool) -> None:
    from sim.plan.sheet import read_sheet, write_sheet

    imported = read_sheet(file, inputs.workspace, inputs.lang)
    if not dry_run:
        write_sheet(imported)
    for note in imported.notes:
        print(say(SAYS, note.key, inputs.lang, **note.values), file=sys.stderr)
    if as_json:
        show_json(_as_json(imported, written=not dry_run and imported.text is not None))
        return
    _show(imported, dry_run, inputs.lang)


def _show(imported: Imported, dry_run: bool, lang: Lang) -> None:
    if imported.text is None:
        print(say(SAYS, "nothing", lang, file=imported.file))
        return
    heads = [say(SAYS, f"head.{key}", lang) for key in ("cell", "what", "old", "new")]
    rows = [
        (
            each.place,
            ".".join(map(str, each.path)),
            _told(each.old, each.old_grade, lang),
            _told(each.new, each.new_grade, lang),
        )
        for each in imported.changes
    ]
    show_table(heads, rows)
    key = "would" if dry_run else "done"
    print(say(SAYS, key, lang, count=len(imported.changes), file=imported.file))


def _told(value: Any, grade: str, lang: Lang) -> str:
    if value is None:
        return say(SAYS, "none", lang)
    return (
        say(SAYS, "graded", lang, source=value, grade=say(CHOICES, f"grade.{grade}", lang))
        if grade
        else str(value)
    )


def _as_json(imported: Imported, written: bool) -> dict[str, Any]:
    def change(each: Change) -> dict[str, Any]:
        return {"cell": each.place, "path": ".".join(map(str, each.path)), "old": each.old, "new": each.new}

    return {"file": imported.file, "written": written, "changes": [change(each) for each in imported.changes]}
