"""`tuiyan check`: every problem of the roster and the scenarios, at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli.door import Command, Option, common
from sim.cli.screen import show_json
from sim.errors import Problem
from sim.words import Lang, say
from sim.words.cli import SAYS


def find_problems(names: tuple[str, ...], workspace: Path | None) -> list[Problem]:
    """Return every problem of the roster and of the scenarios `names`, or of all there are without any."""
    from sim.plan.workspace import check_workspace, find_scenario, gather_roster, gather_scenario

    if not names:
        return check_workspace(workspace)
    files = [find_scenario(name, workspace) for name in names]
    roster, problems = gather_roster(workspace)
    for file in files:
        problems = problems + gather_scenario(file, roster)[1]
    return problems


@click.command("check", cls=Command)
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option("--all", "everything", cls=Option, is_flag=True)
@click.option("--strict", cls=Option, is_flag=True)
@common("as_json", "lang", "workspace")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenarios: tuple[str, ...],
    everything: bool,
    strict: bool,
    as_json: bool,
    workspace: str | None,
    **_: Any,
) -> None:
    """Check roster and scenarios; name every problem at once."""
    from sim.plan.workspace import find_workspace, list_scenarios

    place = find_workspace(Path.cwd()) if workspace is None else Path(workspace)
    problems = find_problems(() if everything else scenarios, place)
    errors = sum(problem.severity == "error" for problem in problems)
    counts = {"errors": errors, "warnings": len(problems) - errors}
    checked = len(set(scenarios)) if scenarios and not everything else len(list_scenarios(place))
    if as_json:
        show_json({**counts, "scenarios": checked, "problems": [_plain(p, ctx.obj) for p in problems]})
    else:
        _show(problems, counts, checked, ctx.obj)
    ctx.exit(2 if errors else int(strict and bool(problems)))


def _show(problems: list[Problem], counts: dict[str, int], checked: int, lang: Lang) -> None:
    from sim.words.problems import render

    for problem in problems:
        print(render(problem, lang))
    if counts["errors"]:
        print(say(SAYS, "check.failed", lang, **counts))
    else:
        print(say(SAYS, "check.passed", lang, scenarios=checked, warnings=counts["warnings"]))


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
