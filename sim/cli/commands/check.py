"""`tuiyan check`: every problem of the roster and the scenarios, what is thin in a script, and in the plan itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli.door import Command, Option, common
from sim.cli.screen import progress, show_json
from sim.errors import Problem
from sim.plan.workspace import LoadedRoster, LoadedScenario
from sim.review.flaws import Flaw
from sim.words import Lang, say
from sim.words.cli import SAYS

Looked = list[tuple[LoadedScenario, tuple[Flaw, ...]]]


@click.command("check", cls=Command)
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option("--all", "everything", cls=Option, is_flag=True)
@click.option("--plan", "plan", cls=Option, is_flag=True)
@click.option("--timeline", "timeline", cls=Option, metavar="DIR")
@click.option("--strict", cls=Option, is_flag=True)
@common("as_json", "lang", "workspace")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenarios: tuple[str, ...],
    everything: bool,
    plan: bool,
    timeline: str | None,
    strict: bool,
    as_json: bool,
    workspace: str | None,
    **_: Any,
) -> None:
    """Check roster, scenarios and plan; name every problem at once."""
    from sim.plan.workspace import find_scenario, find_workspace, gather

    place = find_workspace(Path.cwd()) if workspace is None else Path(workspace)
    named = (
        [find_scenario(name, place) for name in dict.fromkeys(scenarios)]
        if scenarios and not everything
        else None
    )
    roster, given, problems = gather(place, named)
    errors = sum(problem.severity == "error" for problem in problems)
    sound = [] if roster is None else [scenario for scenario in given if scenario is not None]
    looked = _look(roster, [] if plan and named is None else sound, ctx.obj)
    flaws = _look_at_plan(roster, plan)
    drawn = _draw(roster, sound, timeline, ctx.obj) if timeline is not None and not errors else None
    counts = {"errors": errors, "warnings": len(problems) - errors, "scenarios": len(given)}
    if as_json:
        told = _json(problems, looked, flaws, counts, ctx.obj)
        show_json(told if drawn is None else {**told, "timeline": drawn})
    else:
        _show(problems, looked, flaws, counts, ctx.obj)
        for file in drawn or ():
            print(say(SAYS, "check.drawn", ctx.obj, file=file))
    found = bool(problems or flaws or any(each for _, each in looked))
    ctx.exit(2 if errors else int(strict and found))


def _look_at_plan(roster: LoadedRoster | None, wanted: bool) -> tuple[Flaw, ...] | None:
    """What is thin in the plan; None where nobody asked, or where it cannot be read."""
    from sim.review.flaws import plan_flaws

    return plan_flaws(roster.model) if wanted and roster is not None else None


def _look(roster: LoadedRoster | None, scenarios: list[LoadedScenario], lang: Lang) -> Looked:
    """What is thin in the script of each scenario."""
    from sim.study.scripts import look_at_script

    looked: Looked = []
    if roster is None:
        return looked
    with progress("") as tell:
        for scenario in scenarios:
            tell(say(SAYS, "check.looking", lang, name=scenario.model.id))
            looked.append((scenario, look_at_script(scenario, roster)))
    return looked


def _draw(roster: LoadedRoster | None, scenarios: list[LoadedScenario], folder: str, lang: Lang) -> list[str]:
    """Draw the script of each scenario; nothing is wrong with any of them."""
    from sim.cli.scripts import draw_scripts

    assert roster is not None
    return draw_scripts(scenarios, roster, folder, lang)


def _show(
    problems: list[Problem],
    looked: Looked,
    flaws: tuple[Flaw, ...] | None,
    counts: dict[str, int],
    lang: Lang,
) -> None:
    from sim.cli.flaws import counts as count_of
    from sim.cli.flaws import show_flaws
    from sim.words.flaws import MARKS
    from sim.words.problems import render

    for problem in problems:
        print(render(problem, lang))
    for scenario, found in looked:
        show_flaws(found, lang, scenario)
    script = [flaw for _, found in looked for flaw in found]
    if script:
        print(say(MARKS, "script.sum", lang, **count_of(script)))
    if flaws is not None:
        show_flaws(flaws, lang)
        print(say(MARKS, "plan.sum" if flaws else "plan.clean", lang, **count_of(flaws)))
    print(say(SAYS, "check.failed" if counts["errors"] else "check.passed", lang, **counts))


def _json(
    problems: list[Problem],
    looked: Looked,
    flaws: tuple[Flaw, ...] | None,
    counts: dict[str, int],
    lang: Lang,
) -> dict[str, Any]:
    from sim.cli.flaws import plain_flaw

    script = [plain_flaw(flaw, lang, scenario) for scenario, found in looked for flaw in found]
    told = {**counts, "problems": [_plain(problem, lang) for problem in problems], "script": script}
    return told if flaws is None else {**told, "plan": [plain_flaw(flaw, lang) for flaw in flaws]}


def _plain(problem: Problem, lang: Lang) -> dict[str, Any]:
    from sim.words.problems import render

    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": render(problem, lang),
    }
