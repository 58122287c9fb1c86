"""`tuiyan compare SCENARIO [OTHER]`: what if? Two variants of a drill, play by play, on the same chance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.commands.study import executor_of
from sim.cli.door import Command, Option, common
from sim.cli.inputs import Inputs, read_changes
from sim.cli.screen import counted, progress, show_json, show_table
from sim.words import Lang, say
from sim.words.cli import SAYS

if TYPE_CHECKING:
    from sim.study.what_if import Comparison

SHOWN = 12
"""Tasks on the screen; all of them are in the files."""


@click.command("compare", cls=Command)
@click.argument("scenario", metavar="SCENARIO")
@click.argument("other", metavar="[OTHER]", required=False)
@click.option("--with", "with_file", cls=Option, metavar="FILE")
@click.option("--roster", "other_roster", cls=Option, metavar="DIR")
@click.option("-n", "n", cls=Option, type=click.IntRange(2, 10_000_000), default=200, metavar="N")
@click.option("--jobs", cls=Option, type=click.IntRange(1, 4096), metavar="N")
@click.option("--cluster", cls=Option, metavar="tcp://HOST:PORT")
@common("seed", "changes", "output", "as_json", "lang", "workspace")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenario: str,
    other: str | None,
    with_file: str | None,
    other_roster: str | None,
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
    """Compare a drill with a variant of it."""
    from sim.plan.overrides import read_overrides
    from sim.plan.workspace import load_roster
    from sim.study.what_if import Variant, what_if

    lang: Lang = ctx.obj
    if other is None and with_file is None and other_roster is None and not changes:
        raise click.UsageError(say(SAYS, "compare.nothing", lang), ctx)
    with progress(say(SAYS, "run.reading", lang)):
        inputs = Inputs(workspace, lang)
        given = inputs.scenario(scenario)
        roster = inputs.loaded if other_roster is None else load_roster(other_roster)
        second = given if other is None else inputs.scenario(other)
        overrides = {} if with_file is None else read_overrides(Path(with_file), roster.model, second.model)
        overrides |= read_changes(changes, lang)
    first, then = Variant(given, inputs.loaded), Variant(second, roster, overrides)
    with executor_of(cluster, jobs) as executor, counted(say(SAYS, "study.playing", lang)) as told:
        found = what_if(first, then, n=n, seed=1 if seed is None else seed, folder=_kept(output), told=told,
                        executor=executor)  # fmt: skip
    if output is not None:
        from sim.report.compared import write_comparison

        write_comparison(found, Path(output), lang)
    if as_json:
        show_json(_plain(found))
        return
    from sim.report.what_if import limit_rows, moved_most, what_if_notes, what_if_rows

    moved, limits = what_if_rows(found, lang, moved_most(found, SHOWN)), limit_rows(found, lang)
    for rows in (
        [row[:6] for row in moved],
        [(row[0], *row[2:]) for row in limits],
    ):  # the rest is in the files
        show_table(rows[0], rows[1:])
    for line in what_if_notes(found, lang):
        print(line)
    if output is not None:
        print(say(SAYS, "run.written", lang, folder=output))


def _plain(found: Comparison) -> dict[str, Any]:
    lines = [{"item": line.name, "stage": line.stage, **line.paired._asdict()}
             for line in (*found.milestones, *found.changed)]  # fmt: skip
    limits = [{"norm": limit.norm, **limit.missed._asdict()} for limit in found.limits]
    return {"n": found.n, "failed": list(found.failed), "lines": lines, "limits": limits}


def _kept(output: str | None) -> Path | None:
    return None if output is None else Path(output)
