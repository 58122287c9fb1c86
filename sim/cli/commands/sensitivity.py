"""`tuiyan sensitivity SCENARIO MEASURE`: which local assumption moves a result most, and what to measure first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli.commands.study import executor_of
from sim.cli.door import Command, Option, common
from sim.cli.inputs import Inputs, read_changes
from sim.cli.screen import counted, progress, show_json, show_table
from sim.words import Lang, say
from sim.words.cli import SAYS


@click.command("sensitivity", cls=Command)
@click.argument("scenario", metavar="SCENARIO")
@click.argument("measure", metavar="[MEASURE]", default="terminated")
@click.option("--method", cls=Option, type=click.Choice(["tornado", "morris", "sobol"]), default="tornado")
@click.option("--only", cls=Option, multiple=True, metavar="PATH")
@click.option("--top", cls=Option, type=click.IntRange(2, 1000), default=12, metavar="N")
@click.option("-n", "n", cls=Option, type=click.IntRange(1, 1_000_000), default=20, metavar="N")
@click.option("--jobs", cls=Option, type=click.IntRange(1, 4096), metavar="N")
@click.option("--cluster", cls=Option, metavar="tcp://HOST:PORT")
@common("seed", "changes", "output", "as_json", "lang", "workspace")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenario: str,
    measure: str,
    method: str,
    only: tuple[str, ...],
    top: int,
    n: int,
    jobs: int | None,
    cluster: str | None,
    seed: int | None,
    changes: tuple[str, ...],
    output: str | None,
    as_json: bool,
    workspace: str | None,
    **_: Any,
) -> None:
    """Rank the local assumptions by how far they move a result."""
    from sim.record.manifest import plan_for
    from sim.report import what_if as told_as
    from sim.study.sensitivity import factors_of, morris, named, sobol, tornado

    lang: Lang = ctx.obj
    with progress(say(SAYS, "run.reading", lang)):
        inputs = Inputs(workspace, lang)
        given, overrides = inputs.scenario(scenario), read_changes(changes, lang)
        factors = named(factors_of(given, inputs.loaded, overrides), only)
    if not factors:
        raise click.UsageError(say(SAYS, "sensitivity.none", lang), ctx)
    rest: dict[str, Any] = {"seed": 1 if seed is None else seed, "overrides": overrides}
    with executor_of(cluster, jobs) as executor, counted(say(SAYS, "study.playing", lang)) as told:
        found = tornado(
            given, inputs.loaded, measure, n=n, factors=factors, told=told, executor=executor, **rest
        )
        deeper = None
        if method != "tornado":
            ask = morris if method == "morris" else sobol
            deeper = ask(
                given, inputs.loaded, measure, found.top(top), n=n, told=told, executor=executor, **rest
            )
    plan = plan_for(inputs.roster, given.model, overrides)
    if output is not None:
        from sim.report.compared import write_sensitivity

        write_sensitivity(deeper or found, plan, Path(output), lang)
    rows = (
        told_as.tornado_rows(found, plan, lang)
        if deeper is None
        else told_as.sensitivity_rows(deeper, plan, lang)
    )
    notes = (
        told_as.tornado_notes(found, plan, lang)
        if deeper is None
        else told_as.sensitivity_notes(deeper, plan, lang)
    )
    if as_json:
        show_json([dict(zip(rows[0], row, strict=True)) for row in rows[1:]])
        return
    show_table(rows[0], rows[1 : top + 1])
    for line in notes:
        print(line)
    if output is not None:
        print(say(SAYS, "run.written", lang, folder=output))
