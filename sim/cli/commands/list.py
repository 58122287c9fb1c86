"""`tuiyan list`: what the register holds and which scenarios there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import click

from sim.cli.door import Command, common
from sim.cli.inputs import Inputs
from sim.cli.screen import show_json, show_table
from sim.words import Lang, pick, say
from sim.words.cli import SAYS

if TYPE_CHECKING:
    from sim.plan.schema import Body, Duty

Row = dict[str, Any]
KINDS: Final = ("units", "posts", "bodies", "duties", "needs", "scenarios")


def _bodies(bodies: Mapping[str, Body], head: str) -> list[Row]:
    return [
        {"number": body.number, head: name, "english": body.en, "duties": len(body.duties)}
        for name, body in sorted(bodies.items(), key=lambda item: item[1].number)
    ]


def _units(inputs: Inputs, lang: Lang) -> list[Row]:
    return _bodies(inputs.roster.register_.units, "unit")


def _board(inputs: Inputs, lang: Lang) -> list[Row]:
    return _bodies(inputs.roster.register_.bodies, "body")


def _posts(inputs: Inputs, lang: Lang) -> list[Row]:
    posts = sorted(inputs.roster.register_.posts.items(), key=lambda item: item[1].number)
    return [{"number": p.number, "title": p.title, "holder": name, "english": p.en} for name, p in posts]


def _duties(inputs: Inputs, lang: Lang) -> list[Row]:
    register = inputs.roster.register_
    owners = sorted(register.bodies.items(), key=lambda item: item[1].number)
    owners += sorted(register.units.items(), key=lambda item: item[1].number)
    return [
        {
            "unit": owner if lang == "zh" else body.en,
            "id": duty_id,
            "duty": pick(duty.name.model_dump(), lang),
            "phase": say(SAYS, f"phase.{duty.phase}", lang),
            "serves": _served(inputs, duty, lang),
        }
        for owner, body in owners
        for duty_id, duty in body.duties.items()
    ]


def _served(inputs: Inputs, duty: Duty, lang: Lang) -> str:
    if duty.reads is None:
        return say(SAYS, f"outside.{duty.outside}", lang) if duty.outside else ""
    return pick(inputs.roster.needs.needs[duty.reads.serves].label.model_dump(), lang)


def _needs(inputs: Inputs, lang: Lang) -> list[Row]:
    needs = sorted(inputs.roster.needs.needs.items(), key=lambda item: (item[1].priority, item[0]))
    return [
        {"id": key, "serves": pick(n.label.model_dump(), lang), "priority": n.priority, "when": n.when}
        for key, n in needs
    ]


def _scenarios(inputs: Inputs, lang: Lang) -> list[Row]:
    return [
        {
            "id": file.id,
            "scenario": pick(scenario.model.title.model_dump(), lang),
            "purpose": say(SAYS, f"purpose.{scenario.model.purpose}", lang),
            "from": say(SAYS, f"from.{file.origin}", lang),
        }
        for file, scenario in inputs.scenarios()
    ]


_ROWS: Final[dict[str, Callable[[Inputs, Lang], list[Row]]]] = {
    "units": _units,
    "posts": _posts,
    "bodies": _board,
    "duties": _duties,
    "needs": _needs,
    "scenarios": _scenarios,
}


_SHOWN: Final = {"units": ("posts", "bodies", "units")}  # a unit is read beside those it answers to


@click.command("list", cls=Command)
@click.argument("what", required=False, type=click.Choice(KINDS), metavar="[WHAT]")
@common("as_json", "lang", "workspace")
@click.pass_context
def command(ctx: click.Context, /, what: str | None, as_json: bool, workspace: str | None, **_: Any) -> None:
    """List units, posts, bodies, duties, needs and scenarios."""
    lang: Lang = ctx.obj
    inputs = Inputs(workspace, lang)
    tables = {kind: _ROWS[kind](inputs, lang) for kind in (_SHOWN.get(what, (what,)) if what else KINDS)}
    if as_json:
        show_json(_plain(tables, what))
    elif what:
        for kind, rows in tables.items():
            _show(say(SAYS, f"overview.{kind}", lang), rows, lang)
    else:
        counts = [
            {"kind": say(SAYS, f"overview.{k}", lang), "count": len(rows)} for k, rows in tables.items()
        ]
        _show(None, counts, lang)
        print(say(SAYS, "overview.more", lang, kinds="|".join(KINDS)))


def _plain(tables: dict[str, list[Row]], what: str | None) -> Any:
    if what is None:
        return {kind: len(rows) for kind, rows in tables.items()}
    return tables[what] if len(tables) == 1 else tables


def _show(title: str | None, rows: list[Row], lang: Lang) -> None:
    heads = list(rows[0]) if rows else []
    show_table([say(SAYS, f"head.{h}", lang) for h in heads], [list(row.values()) for row in rows], title)
