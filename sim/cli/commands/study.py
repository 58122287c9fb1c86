"""`tuiyan study SCENARIO -n 1000 -o DIR`: play a drill many times; go on where it was stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.door import Command, Option, common
from sim.cli.inputs import Inputs, read_changes
from sim.cli.screen import counted, progress, show_json, show_table
from sim.words import Lang, say
from sim.words.cli import SAYS

if TYPE_CHECKING:
    from sim.plan.workspace import LoadedScenario
    from sim.study.executors import Plays
    from sim.study.precise import Loose
    from sim.study.replicate import Study


@click.command("study", cls=Command)
@click.argument("scenario", metavar="SCENARIO")
@click.option("-n", "n", cls=Option, type=click.IntRange(1, 10_000_000), default=1000, metavar="N")
@click.option("--jobs", cls=Option, type=click.IntRange(1, 4096), metavar="N")
@click.option("--cluster", cls=Option, metavar="tcp://HOST:PORT")
@click.option("--until-precise", "until_precise", cls=Option, is_flag=True)
@click.option("--parquet", cls=Option, is_flag=True)
@click.option("--replication", cls=Option, type=click.IntRange(0), metavar="K")
@common("seed", "changes", "output", "as_json", "lang", "workspace")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenario: str,
    n: int,
    jobs: int | None,
    cluster: str | None,
    until_precise: bool,
    parquet: bool,
    replication: int | None,
    seed: int | None,
    changes: tuple[str, ...],
    output: str | None,
    as_json: bool,
    workspace: str | None,
    **_: Any,
) -> None:
    """Play a drill many times before the day."""
    lang: Lang = ctx.obj
    with progress(say(SAYS, "run.reading", lang)):
        inputs = Inputs(workspace, lang)
        given, overrides = inputs.scenario(scenario), read_changes(changes, lang)
    folder, number = Path(output or f"reports/{given.model.id}-study"), 1 if seed is None else seed
    if replication is not None:
        _alone(given, inputs, overrides, number, replication, folder, lang, as_json)
        return
    loose: tuple[Loose, ...] = ()
    try:
        with executor_of(cluster, jobs) as executor, counted(say(SAYS, "study.playing", lang)) as told:
            if until_precise:
                from sim.study.precise import until_precise as play

                study, loose = play(given, inputs.loaded, most=n, seed=number, folder=folder, overrides=overrides,
                                    executor=executor, told=told)  # fmt: skip
            else:
                from sim.study.replicate import replicate

                study = replicate(given, inputs.loaded, n=n, seed=number, folder=folder, overrides=overrides,
                                  executor=executor, told=told)  # fmt: skip
    except KeyboardInterrupt:
        print(say(SAYS, "study.stopped", lang, count=_there(folder)), file=sys.stderr)
        ctx.exit(130)
    with progress(say(SAYS, "run.telling", lang)) as said:
        _write(study, loose, folder, lang, parquet, said)
    _show(study, loose, folder, lang, as_json)


@contextmanager
def executor_of(cluster: str | None, jobs: int | None) -> Iterator[Plays]:
    """Where to play: on a cluster, or in so many processes of this machine."""
    if cluster is not None:
        from sim.study.cluster import cluster as connect

        with connect(cluster) as executor:
            yield executor
        return
    from sim.study.executors import processes, usual_jobs

    with processes(usual_jobs() if jobs is None else jobs) as executor:
        yield executor


def _there(folder: Path) -> int:
    from sim.errors import TuiyanError
    from sim.study.replicate import load_study

    try:
        return load_study(folder).n
    except TuiyanError:  # stopped before the file was made
        return 0


def _alone(
    given: LoadedScenario,
    inputs: Inputs,
    overrides: dict[str, Any],
    seed: int,
    number: int,
    folder: Path,
    lang: Lang,
    as_json: bool,
) -> None:
    """Play one replication of a study by itself and write it as a run."""
    from sim.cli import summary
    from sim.cli.commands.run import tell
    from sim.cli.folder import whole
    from sim.play.simulate import simulate

    place = folder / "plays" / f"replication-{number}"
    with whole(place, overwrite=True) as work, progress(say(SAYS, "run.playing", lang)) as said:
        drill = simulate(given, inputs.loaded, seed=seed, replication=number, overrides=overrides)
        findings = tell(drill, work, lang, said)
    if as_json:
        show_json(summary.as_json(drill, findings.gaps, str(place)))
        return
    summary.show(drill, findings.gaps, lang)
    print(say(SAYS, "run.written", lang, folder=place))


def _write(
    study: Study,
    loose: tuple[Loose, ...],
    folder: Path,
    lang: Lang,
    parquet: bool,
    said: Callable[[str], None],
) -> None:
    """Write what the study gives beside its file: tables, pictures, the page, the plays that are kept."""
    from sim.report.study import write_study
    from sim.study.store import write_parquet

    write_study(study, folder, lang=lang, loose=loose, progress=said)
    if parquet:
        with study.store() as store:
            write_parquet(store, folder / "study.parquet", study.n)


def _show(study: Study, loose: tuple[Loose, ...], folder: Path, lang: Lang, as_json: bool) -> None:
    from sim.report.study import screen_tables
    from sim.study import summary

    failed = summary.failed(study)
    if as_json:
        show_json({
            "scenario": study.plan.id, "n": study.n, "seed": study.seed, "folder": str(folder), "failed": len(failed),
            "milestones": [{"milestone": row.milestone, **row.band._asdict()} for row in summary.milestones(study)],
            "limits": [row._asdict() for row in summary.limits(study)],
            "loose": [row._asdict() for row in loose],
        })  # fmt: skip
        return
    for title, rows in screen_tables(study, lang):
        show_table(rows[0], rows[1:], title)
    if failed:
        print(
            say(
                SAYS,
                "study.failed",
                lang,
                count=len(failed),
                first=failed[0].replication,
                error=failed[0].error,
            )
        )
    for row in loose:
        print(
            say(
                SAYS,
                "study.loose",
                lang,
                measure=row.name,
                half="—" if row.half is None else f"{row.half:.3g}",
            )
        )
    print(say(SAYS, "run.written", lang, folder=folder))
    print(say(SAYS, "run.open", lang, file=folder / "study.html"))
