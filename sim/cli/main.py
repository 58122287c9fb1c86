"""The door itself: `main` runs one command and turns every way it can end into one exit code.

0 done   1 findings where asked to fail on them, or a mismatch   2 bad input or output   130 interrupted
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any, Final, NoReturn

import click

from sim.cli.door import Door, Option, common, hand_down, language, speak
from sim.errors import InputError, MismatchError, OutputError, Problem, TuiyanError
from sim.words import Lang, say
from sim.words.cli import SAYS

DONE: Final = 0
FOUND: Final = 1
BAD: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141  # as a shell reports any program whose reader went away


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"tuiyan {version('tuiyan')}")
        ctx.exit()


@click.command(cls=Door, invoke_without_command=True)
@common()
@click.option("--version", cls=Option, is_flag=True, is_eager=True, expose_value=False, callback=_version)
@click.pass_context
def door(ctx: click.Context, /, **_: Any) -> None:
    """Play a tabletop exercise before the day."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return
    hand_down(ctx)


def run(args: Sequence[str]) -> int:
    """Run one command line and return its exit code; every message is printed, none is raised."""
    lang = language(args)
    speak(lang)
    try:
        with door.make_context("tuiyan", list(args), obj=lang) as ctx:
            door.invoke(ctx)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as fault:
        return _refuse_usage(fault, lang)
    except (KeyboardInterrupt, click.Abort, EOFError):
        return _tell(say(SAYS, "interrupted", lang), INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still buffered has no reader
        return PIPE_CLOSED
    except OSError as fault:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a full disk takes no more words either
        return _tell(say(SAYS, "error", lang, message=fault.strerror or fault), BAD)
    except TuiyanError as fault:
        return _refuse(fault, lang)
    return DONE


def _tell(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code


def _refuse_usage(fault: click.UsageError, lang: Lang) -> int:
    command = fault.ctx.command_path if fault.ctx else "tuiyan"
    message = say(SAYS, "error", lang, message=fault.format_message())
    return _tell(f"{message}\n{say(SAYS, 'more', lang, command=command)}", BAD)


def _problems(fault: TuiyanError) -> tuple[Problem, ...]:
    if isinstance(fault, InputError | MismatchError):
        return fault.problems
    return (fault.problem,) if isinstance(fault, OutputError) else ()


def _refuse(fault: TuiyanError, lang: Lang) -> int:
    from sim.words.problems import render

    lines = [render(problem, lang) for problem in _problems(fault)]
    lines = lines or [say(SAYS, "play-error", lang, message=fault)]
    return _tell("\n".join(lines), FOUND if isinstance(fault, MismatchError) else BAD)


def _stop(sign: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + sign)  # unwinds, so that nothing half-written stays behind


def main() -> NoReturn:
    """Run the command line of this process and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows "?", not a traceback
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(run(sys.argv[1:]))
