"""What a command shows: tables in which Chinese lines up, JSON for programs, progress on a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

PIPE_WIDTH: Final = 160
"""Columns where no terminal sets a limit."""
SHORT: Final = 16
"""Columns that a cell may take and still never be broken."""


def show_json(value: Any) -> None:
    """Print `value` as JSON, Chinese as it is."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def show_table(heads: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Print a table on standard output; numbers stand right, everything else left."""
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    cells = [list(row) for row in rows]
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(heads):
        numbers = bool(cells) and all(isinstance(row[place], int | float) for row in cells)
        short = max((cell_len(str(row[place])) for row in cells), default=0) <= SHORT
        table.add_column(Text(head), justify="right" if numbers else "left", overflow="fold", no_wrap=short)
    for row in cells:
        table.add_row(*(Text(str(cell)) for cell in row))
    console = _console()
    with console.capture() as drawn:  # printed by us: rich would end the program when a pipe closes
        console.print(table)
    print("\n".join(line.rstrip() for line in drawn.get().strip("\n").splitlines()))


def _console() -> Any:
    from rich.console import Console

    free = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(file=sys.stdout, width=None if free else PIPE_WIDTH, highlight=False, emoji=False)


@contextmanager
def progress(text: str) -> Iterator[Callable[[str], None]]:
    """Show `text` with a moving sign while the block runs, if a person watches standard error.

    What is given changes the text.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(text) as status:
        yield status.update


@contextmanager
def counted(text: str) -> Iterator[Callable[[int, int], None]]:
    """Show how much of a long work is done, how fast it goes and how long it still takes, if a person watches.

    What is given is called with how much is done and how much there is in all.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    bar = Progress(TextColumn(text), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(),
                   console=Console(stderr=True), transient=True)  # fmt: skip
    with bar:
        task = bar.add_task(text, total=None, rate="")

        def told(done: int, total: int) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, total=total, rate=f"{speed:.0f}/s" if speed else "")

        yield told
