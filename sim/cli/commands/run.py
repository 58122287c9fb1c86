"""`tuiyan run SCENARIO -o DIR`: play a drill and write everything it gives, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sim.cli.door import Command, Option, common
from sim.cli.folder import whole
from sim.cli.inputs import Inputs, read_changes
from sim.cli.screen import progress, show_json
from sim.words import Lang, say
from sim.words.cli import SAYS

if TYPE_CHECKING:
    from sim.plan.workspace import LoadedRoster, LoadedScenario
    from sim.record.timeline import Timeline
    from sim.review.findings import Findings

SEED: Final = 1


@click.command("run", cls=Command)
@click.argument("scenario", metavar="SCENARIO")
@click.option("--expected", cls=Option, is_flag=True)
@click.option("--overwrite", cls=Option, is_flag=True)
@common()
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenario: str,
    expected: bool,
    overwrite: bool,
    seed: int | None,
    changes: tuple[str, ...],
    output: str | None,
    as_json: bool,
    workspace: str | None,
    **_: Any,
) -> None:
    """Play a scenario; write timeline, charts and simulation brief."""
    lang: Lang = ctx.obj
    with progress(say(SAYS, "run.reading", lang)):
        inputs = Inputs(workspace, lang)
        given, overrides = inputs.scenario(scenario), read_changes(changes, lang)
    folder = output or f"reports/{given.model.id}"
    with whole(folder, overwrite) as work:
        with progress(say(SAYS, "run.playing", lang)):
            drill = play(given, inputs.loaded, seed=seed, expected=expected, overrides=overrides)
        with progress(say(SAYS, "run.telling", lang)) as said:
            findings = tell(drill, work, lang, said)
    _show(drill, findings, folder, lang, as_json)


def play(
    scenario: LoadedScenario,
    roster: LoadedRoster,
    *,
    seed: int | None,
    expected: bool,
    overrides: dict[str, Any],
) -> Timeline:
    """Play `scenario` once with the seed given, or with the usual one."""
    from sim.play.simulate import simulate

    number = SEED if seed is None else seed
    return simulate(scenario, roster, seed=number, expected=expected, overrides=overrides)


def tell(drill: Timeline, folder: Path, lang: Lang, said: Callable[[str], None]) -> Findings:
    """Review `drill`, write everything about it into `folder`, the manifest last, and return what was found."""
    from sim.record.run import write_run
    from sim.report.write import write_report
    from sim.review.findings import evaluate
    from sim.review.table import gaps_csv

    findings = evaluate(drill)
    write_report(drill, folder, lang=lang, progress=said)
    write_run(drill, folder, {"gaps.csv": gaps_csv(findings, lang)})
    return findings


def _show(drill: Timeline, findings: Findings, folder: str, lang: Lang, as_json: bool) -> None:
    from sim.cli import summary

    if as_json:
        show_json(summary.as_json(drill, findings.gaps, folder))
        return
    summary.show(drill, findings.gaps, lang)
    print(say(SAYS, "run.written", lang, folder=folder))
    print(say(SAYS, "run.open", lang, file=Path(folder) / "report.html"))
