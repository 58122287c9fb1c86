"""The group of commands and its options: spoken in two languages, loaded lazily, placed anywhere.

A common option may stand before or after the command's name. Given before, it becomes the default of the
command's own option, so the later one wins; a command that has no use for it refuses it.
"""

from __future__ import annotations

import difflib
import gettext
import importlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from click.core import ParameterSource

from sim.words import Lang, say
from sim.words.cli import HELP, SAYS

NAMES: Final = (
    "list", "check", "run", "why", "replay", "study", "compare", "sensitivity", "improve", "coverage", "programme",
    "verify", "new", "sheet", "schema",
)  # fmt: skip

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


def language(args: Sequence[str]) -> Lang:
    """Return the language that `args` ask for: the last ``--lang`` wins, Chinese without one."""
    wanted: Lang = "zh"
    for word, following in zip(args, [*args, ""][1:], strict=True):
        if word == "--":
            break
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in ("zh", "en"):
            wanted = "en" if value == "en" else "zh"
    return wanted


def speak(lang: Lang) -> None:
    """Make click's own words follow `lang`, through gettext and the catalogue of this package."""
    gettext.bindtextdomain("messages", str(Path(__file__).with_name("locale")))
    os.environ["LANGUAGE"] = "zh_CN" if lang == "zh" else "en"


class Option(click.Option):
    """An option whose help comes from the tables, in the language of the moment."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help in the language of `ctx`."""
        self.help = say(HELP, f"option.{self.name}", ctx.obj)
        return super().get_help_record(ctx)

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Return nothing: click's ranges and defaults are notes for programmers."""
        return {}


class _Spoken(click.Command):
    """What a command and the group share: help and usage in the language of the context."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return Option(["--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        key = "door" if isinstance(self, click.Group) else f"{self.name}.text"
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\b\n" + say(HELP, key, ctx.obj))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if isinstance(self, click.Group):
            formatter.write_paragraph()
            formatter.write_text("\b\n" + say(HELP, "door.end", ctx.obj))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.options_metavar = say(HELP, "usage.options", ctx.obj)
        return super().collect_usage_pieces(ctx)


class Command(_Spoken):
    """One command of the door."""


class Door(_Spoken, click.Group):
    """The group: knows every command by name and imports only the one that is given."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a planner's work."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of `cmd_name` and return its command; None if there is none."""
        if cmd_name not in NAMES:
            return None
        command: click.Command = importlib.import_module(f"sim.cli.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` name; raise UsageError with near names if there is none."""
        if args[0] not in NAMES and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], NAMES)
            hint = say(SAYS, "near", ctx.obj, names=", ".join(near)) if near else ""
            ctx.fail(say(SAYS, "no-command", ctx.obj, name=args[0], near=hint).strip())
        return super().resolve_command(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the usage line's pieces in the language of `ctx`."""
        self.subcommand_metavar = say(HELP, "usage.command", ctx.obj)
        return super().collect_usage_pieces(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their short help, importing none of them."""
        with formatter.section(say(HELP, "commands", ctx.obj)):
            formatter.write_dl([(name, say(HELP, name, ctx.obj)) for name in NAMES])


def _show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def _both_sides(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Join what stands before the command's name and after it: each change counts, the later one last."""
    before = ctx.parent.params.get("changes", ()) if ctx.parent else ()
    return (*before, *given)


_COMMON: Final[dict[str, tuple[tuple[str, ...], dict[str, Any]]]] = {
    "seed": (("--seed",), {"type": click.IntRange(min=0), "metavar": "N"}),
    "changes": (("--set", "changes"), {"multiple": True, "metavar": "PATH=VALUE", "callback": _both_sides}),
    "output": (("-o", "--output"), {"metavar": "DIR"}),
    "as_json": (("--json", "as_json"), {"is_flag": True}),
    "lang": (("--lang",), {"type": click.Choice(["zh", "en"])}),
    "workspace": (("--workspace",), {"metavar": "DIR"}),
}


def common(*names: str) -> Callable[[_Decorated], _Decorated]:
    """Give a command the common options `names`; all of them without names."""

    def decorate(function: _Decorated) -> _Decorated:
        for name in reversed(names or tuple(_COMMON)):
            flags, settings = _COMMON[name]
            function = click.option(*flags, cls=Option, **settings)(function)
        return function

    return decorate


def hand_down(ctx: click.Context) -> None:
    """Make the options given before the command's name the defaults of its own; refuse those it has not."""
    command = ctx.command.get_command(ctx, ctx.invoked_subcommand or "")  # type: ignore[attr-defined]
    if command is None:
        return
    given = {
        name: value
        for name, value in ctx.params.items()
        if name in _COMMON and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    taken = {option.name for option in command.params}
    refused = [
        max(_COMMON[name][0][:2], key=lambda f: f.startswith("--")) for name in given if name not in taken
    ]
    if refused:
        ctx.fail(say(SAYS, "not-taken", ctx.obj, command=ctx.invoked_subcommand, options=", ".join(refused)))
    given.pop("changes", None)  # joined, not replaced
    ctx.default_map = {str(ctx.invoked_subcommand): given}
