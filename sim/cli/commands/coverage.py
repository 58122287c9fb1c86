"""`tuiyan coverage`: which duties of the register the plays of scenarios put to work, and which scenarios suffice."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.door import Command, Option, common
from sim.cli.folder import whole
from sim.cli.inputs import Inputs
from sim.cli.screen import progress, show_json, show_table
from sim.words import Lang, pick, say
from sim.words.cli import SAYS
from sim.words.coverage import STATUS, TOLD

if TYPE_CHECKING:
    from sim.plan.workspace import LoadedScenario
    from sim.review.coverage import Clause, Coverage
    from sim.study.coverage import Choice

LISTED = ("never", "unreachable")


@click.command("coverage", cls=Command)
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option("--seeds", cls=Option, type=click.IntRange(min=0), default=20, metavar="N")
@click.option("--smallest", cls=Option, is_flag=True)
@click.option("--overwrite", cls=Option, is_flag=True)
@common("output", "as_json", "lang", "workspace")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenarios: tuple[str, ...],
    seeds: int,
    smallest: bool,
    overwrite: bool,
    output: str | None,
    as_json: bool,
    workspace: str | None,
    **_: Any,
) -> None:
    """Show which duties scenarios put to work, and which of them suffice."""
    lang: Lang = ctx.obj
    with whole(output, overwrite, _foreign) if output else nullcontext() as work:
        with progress(say(SAYS, "run.reading", lang)) as tell:
            inputs = Inputs(workspace, lang)
            coverage, choices = _look(inputs, _read(inputs, scenarios), seeds, smallest, tell)
        if work is not None:
            with progress(say(TOLD, "drawing", lang)):
                _write(coverage, _plain(choices), work, lang)
    if as_json:
        plain = [clause.as_json(lang) for clause in coverage.clauses]
        show_json({"duties": plain, "smallest": _plain(choices)} if smallest else plain)
        return
    _show(coverage, seeds, lang)
    _show_choices(choices, coverage, lang)
    print(say(TOLD, "written", lang, folder=output) if output else say(TOLD, "rest", lang))


def _foreign(folder: Path) -> str | None:
    """Return the first entry of `folder` that no coverage has, None where all of it is one."""
    from sim.report.coverage import FILES

    names = sorted(os.listdir(folder))
    ours = FILES if "coverage.json" in names else ()
    return next((name for name in names if name not in ours), None)


def _read(inputs: Inputs, names: tuple[str, ...]) -> list[LoadedScenario]:
    """Return the scenarios that are named, or all there are, each once; two of one id cannot be told apart."""
    given = (
        [inputs.scenario(name) for name in dict.fromkeys(names)] if names
        else [scenario for _, scenario in inputs.scenarios()]
    )  # fmt: skip
    found: dict[str, LoadedScenario] = {}
    for scenario in given:
        same = found.setdefault(scenario.model.id, scenario)
        if same.file.digest != scenario.file.digest:
            values = {"name": same.model.id, "first": same.file.path, "second": scenario.file.path}
            raise click.UsageError(say(TOLD, "twice", inputs.lang, **values), click.get_current_context())
    return list(found.values())


def _look(
    inputs: Inputs, scenarios: list[LoadedScenario], seeds: int, smallest: bool, tell: Callable[[str], None]
) -> tuple[Coverage, dict[str, Choice]]:
    from sim.study.coverage import choose, cover

    def told(scenario: LoadedScenario, done: int, of: int) -> None:
        title = pick(scenario.model.title.model_dump(), inputs.lang)
        tell(say(TOLD, "playing", inputs.lang, title=title, done=done, of=of))

    coverage = cover(scenarios, inputs.loaded, seeds=seeds, progress=told)
    return coverage, dict(zip(("fewest", "shortest"), choose(coverage), strict=True)) if smallest else {}


def _write(coverage: Coverage, smallest: dict[str, Any], folder: Path, lang: Lang) -> None:
    from sim.report.coverage import write_coverage

    write_coverage(coverage, folder, lang, smallest)


def _plain(choices: dict[str, Choice]) -> dict[str, Any]:
    return {key: choice.as_json() for key, choice in choices.items()}


def _show(coverage: Coverage, seeds: int, lang: Lang) -> None:
    heads = [say(TOLD, "head.unit", lang), *(say(STATUS, status, lang) for status in STATUS)]
    rows: list[list[Any]] = [
        [pick(clauses[0].owner, lang), *_counts(clauses), len(clauses)]
        for clauses in coverage.units().values()
    ]
    rows.append([say(TOLD, "all", lang), *_counts(coverage.clauses), len(coverage.clauses)])
    title = say(TOLD, "title", lang, scenarios=len(coverage.scenes), seeds=seeds)
    show_table([*heads, say(TOLD, "head.all", lang)], rows, title)
    print(say(TOLD, "basis", lang))
    for status in LISTED:
        found = [clause for clause in coverage.clauses if clause.status == status]
        if found:
            print(say(TOLD, "list", lang, status=say(STATUS, status, lang), count=len(found)))
        for one in found:
            unit, duty = pick(one.owner, lang), pick(one.label, lang)
            print("  " + say(TOLD, "item", lang, unit=unit, duty=duty, id=one.duty, reason=one.reason(lang)))


def _counts(clauses: Sequence[Clause]) -> list[int]:
    return [sum(clause.status == status for clause in clauses) for status in STATUS]


def _show_choices(choices: dict[str, Choice], coverage: Coverage, lang: Lang) -> None:
    """Print the sets that were asked for, one that is both of them once."""
    shown = {"both": choices["fewest"]} if len(set(choices.values())) == 1 else choices
    for key, choice in shown.items():
        _show_choice(key, choice, coverage, lang)
    if any(choice.steps for choice in shown.values()):
        print(say(TOLD, "heads", lang))


def _show_choice(key: str, choice: Choice, coverage: Coverage, lang: Lang) -> None:
    """Print one chosen set: what each scenario adds to those above it, and what only it has."""
    if not choice.steps:
        print(say(TOLD, "nothing", lang))
        return
    titles = {scene.plan.id: pick(scene.plan.title, lang) for scene in coverage.scenes}
    heads = [
        say(TOLD, f"head.{head}", lang) for head in ("id", "scenario", "minutes", "adds", "total", "alone")
    ]
    rows, total = [], 0
    for step in choice.steps:
        total += len(step.adds)
        rows.append(
            [step.scenario, titles[step.scenario], step.minutes, len(step.adds), total, len(step.alone)]
        )
    show_table(heads, rows, say(TOLD, key, lang, count=len(choice.steps), minutes=choice.minutes, of=total))
