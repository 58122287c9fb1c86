"""`tuiyan programme --since FILE`: the next drills of the office, and why."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sim.cli.door import Command, Option, common
from sim.cli.folder import whole
from sim.cli.inputs import Inputs
from sim.cli.screen import progress, show_json, show_table
from sim.words import Lang, pick, say
from sim.words.programme import PROGRAMME

if TYPE_CHECKING:
    from sim.record.timeline import Timeline
    from sim.study.programme import Programme, Standing

FILES: Final = ("programme.csv", "programme.ics", "programme.png", "programme.svg")
LONGEST: Final = 120
"""Months that a programme may reach."""


@click.command("programme", cls=Command)
@click.option("--since", cls=Option, required=True, metavar="FILE")
@click.option("--improvements", cls=Option, metavar="FILE")
@click.option("--months", cls=Option, type=click.IntRange(1, LONGEST), default=24, metavar="N")
@click.option("--today", cls=Option, metavar="DATE")
@click.option("--overwrite", cls=Option, is_flag=True)
@common("output", "as_json", "lang", "workspace")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    since: str,
    improvements: str | None,
    months: int,
    today: str | None,
    overwrite: bool,
    output: str | None,
    as_json: bool,
    workspace: str | None,
    **_: Any,
) -> None:
    """Propose the next drills from what was drilled, what is due and what is open."""
    lang: Lang = ctx.obj
    day = _day(today)
    with progress(say(PROGRAMME, "reading", lang)) as said:
        inputs = Inputs(workspace, lang)
        said(say(PROGRAMME, "playing", lang))
        made = propose(inputs, since, improvements, day, months)
    prepare = inputs.roster.arrangements.programme.prepare_days
    if output is not None:
        with whole(output, overwrite, _foreign) as work:
            write(made, work, lang)
    if as_json:
        from sim.report.programme import programme_data

        show_json(programme_data(made, prepare, lang))
        return
    _show(made, prepare, lang)
    if output is not None:
        print(say(PROGRAMME, "written", lang, folder=output))


def _day(text: str | None) -> date:
    from sim.errors import InputError, Problem
    from sim.record.dates import read_day

    day = date.today() if text is None else read_day(text)
    if day is None:
        raise InputError([Problem("today-form", "--today", values={"text": text})])
    return day


def _foreign(folder: Path) -> str | None:
    """Return the first entry of `folder` that is no part of a programme."""
    return next((name for name in sorted(os.listdir(folder)) if name not in FILES), None)


def propose(inputs: Inputs, since: str, improvements: str | None, today: date, months: int) -> Programme:
    """Return the programme for the drills in the table `since`. Raise InputError for a row that cannot be used."""
    from sim.errors import InputError, Problem
    from sim.record.history import read_history
    from sim.record.improvements import read_improvements
    from sim.study.programme import build_case, choose, explain, names_of_targets

    scenarios = {file.id: scenario for file, scenario in inputs.scenarios()}
    if not scenarios:
        raise InputError([Problem("no-scenarios", "scenarios")])
    titles = {
        name: file
        for file, scenario in scenarios.items()
        for name in (file, scenario.model.title.zh, scenario.model.title.en)
    }
    held = read_history(since, titles, today)
    plays = {name: _expected(inputs, scenario) for name, scenario in scenarios.items()}
    targets = names_of_targets(next(iter(plays.values())).plan)
    found = read_improvements(improvements, targets) if improvements is not None else ()
    habits = inputs.roster.arrangements.programme
    case = build_case(plays, habits, held, found, today=today, months=months)
    return explain(case, choose(case))


def _expected(inputs: Inputs, scenario: Any) -> Timeline:
    from sim.play.simulate import simulate

    return simulate(scenario, inputs.loaded, expected=True)


def write(made: Programme, folder: Path, lang: Lang) -> None:
    """Write the table, the calendar for telephones and the picture of a programme into `folder`."""
    from sim.report.calendar import programme_ics
    from sim.report.charts.programme import programme
    from sim.report.programme import programme_csv
    from sim.report.write import picture_of

    (folder / "programme.csv").write_bytes(programme_csv(made, lang).encode())
    (folder / "programme.ics").write_bytes(programme_ics(made, lang))
    axes = programme(made, lang=lang)
    for kind in ("png", "svg"):
        (folder / f"programme.{kind}").write_bytes(picture_of(axes, kind))


def _show(made: Programme, prepare: int, lang: Lang) -> None:
    from sim.report.programme import quarter, reasons, troubles

    case = made.case
    print(say(PROGRAMME, "title", lang, begin=case.today, end=case.end))
    if not made.drills:
        print(say(PROGRAMME, "none", lang))
    else:
        rows = [
            (
                drill.day.isoformat(), quarter(drill.day, lang), pick(drill.choice.label, lang),
                len(drill.choice.duties), len(drill.never), len(drill.stale), len(drill.tests),
            )
            for drill in made.drills
        ]  # fmt: skip
        _table(("date", "quarter", "scenario", "duties", "never", "stale", "tests"), rows, lang)
    for drill in made.drills:
        print(say(PROGRAMME, "item", lang, day=drill.day, title=pick(drill.choice.label, lang)))
        for reason in reasons(drill, lang):
            print(f"  · {reason}")
    _show_rules(made, lang)
    for trouble in troubles(made, prepare, lang):
        print(f"! {trouble}")
    print(say(PROGRAMME, "basis", lang, gap=case.gap, prepare=prepare, stale=case.stale))


def _show_rules(made: Programme, lang: Lang) -> None:
    from sim.report.programme import fares
    from sim.words.events import STATUS

    rows = [
        (
            pick(one.rule.label, lang), *_days(one), fares(one, lang),
            one.rule.basis, say(STATUS, one.rule.status, lang),
        )
        for one in made.rules
    ]  # fmt: skip
    if rows:
        print()
        _table(("rule", "last", "limit", "fares", "basis", "status"), rows, lang)


def _days(one: Standing) -> tuple[str, str]:
    """The last drill and the day by which the next is due, nothing where it is not the office's to keep."""
    if not one.rule.binds_office:
        return "—", "—"
    return one.last.isoformat() if one.last else "—", one.limit.isoformat()


def _table(heads: tuple[str, ...], rows: list[Any], lang: Lang) -> None:
    show_table([say(PROGRAMME, f"head.{head}", lang) for head in heads], rows)
