"""`tuiyan improve SCENARIO`: what each improvement would buy, singly and as the best set within a budget."""

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


@click.command("improve", cls=Command)
@click.argument("scenario", metavar="SCENARIO")
@click.option("--budget", cls=Option, type=click.FloatRange(0), metavar="COST")
@click.option("-n", "n", cls=Option, type=click.IntRange(2, 1_000_000), default=100, metavar="N")
@click.option("--jobs", cls=Option, type=click.IntRange(1, 4096), metavar="N")
@click.option("--cluster", cls=Option, metavar="tcp://HOST:PORT")
@common("seed", "changes", "output", "as_json", "lang", "workspace")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenario: str,
    budget: float | None,
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
    """Rank improvements by what they buy."""
    from sim.plan.measures import load_measures
    from sim.record.manifest import plan_for
    from sim.report.what_if import options_notes, options_rows
    from sim.study.options import improve

    lang: Lang = ctx.obj
    with progress(say(SAYS, "run.reading", lang)):
        inputs = Inputs(workspace, lang)
        given, overrides = inputs.scenario(scenario), read_changes(changes, lang)
        measures = load_measures(inputs.workspace, inputs.roster)
    with executor_of(cluster, jobs) as executor, counted(say(SAYS, "study.playing", lang)) as told:
        found = improve(given, inputs.loaded, measures, budget=budget, n=n, seed=1 if seed is None else seed,
                        overrides=overrides, told=told, executor=executor)  # fmt: skip
    if output is not None:
        from sim.report.compared import write_options

        write_options(found, plan_for(inputs.roster, given.model, overrides), Path(output), lang)
    rows = options_rows(found, lang)
    if as_json:
        show_json([dict(zip(rows[0], row, strict=True)) for row in rows[1:]])
        return
    show_table(rows[0], rows[1:])
    for line in options_notes(found, lang):
        print(line)
    if output is not None:
        print(say(SAYS, "run.written", lang, folder=output))
