"""`tuiyan why RUN ITEM`: when something became true in a run and why, or why it never did."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.door import Command, common
from sim.cli.screen import show_json


@click.command("why", cls=Command)
@click.argument("run", metavar="RUN")
@click.argument("item", metavar="ITEM")
@common("as_json", "lang")
@click.pass_context
def command(ctx: click.Context, /, run: str, item: str, as_json: bool, **_: Any) -> None:
    """Say why an item became true in a run, or why it never did."""
    from sim.record.run import read_run
    from sim.review.why import why

    answer = why(read_run(run), item)
    if as_json:
        show_json(answer.data())
    else:
        print(answer.text(ctx.obj))
