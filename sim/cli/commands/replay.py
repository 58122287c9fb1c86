"""`tuiyan replay RUN`: step through a drill, in the terminal or as one page to share."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.door import Command, Option, common
from sim.cli.screen import progress
from sim.words import Lang, say
from sim.words.replay import REPLAY


@click.command("replay", cls=Command)
@click.argument("run", metavar="RUN")
@click.option("--html", cls=Option, metavar="FILE")
@click.option("--overwrite", cls=Option, is_flag=True)
@common("lang")
@click.pass_context
def command(ctx: click.Context, /, run: str, html: str | None, overwrite: bool, **_: Any) -> None:
    """Step through a drill."""
    from sim.cli.player.show import show
    from sim.review.playback import replay

    lang: Lang = ctx.obj
    with progress(say(REPLAY, "opening", lang)):
        opened = replay(run)
        if html is not None:
            from sim.report.playback import write_replay

            write_replay(opened, html, lang=lang, overwrite=overwrite)
    if html is None:
        show(opened, lang)
    else:
        print(say(REPLAY, "written", lang, file=html))
