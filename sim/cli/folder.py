"""Output folders that are written whole or not at all.

A new result grows in a hidden sibling and takes its place only when it is complete. An old one is replaced
only when it is recognised as a run of this program and holds nothing else: a user's files are never deleted.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sim.errors import OutputError, Problem

RUN_FILES: Final = frozenset(
    {"timeline.csv", "timeline.jsonl", "tasks.csv", "gaps.csv", "manifest.json", "report.html", "charts"}
)
_CODES: Final = {
    errno.EACCES: "output-denied",
    errno.EPERM: "output-denied",
    errno.EROFS: "output-denied",
    errno.ENOSPC: "output-full",
    errno.EDQUOT: "output-full",
}


def of_a_run(folder: Path) -> str | None:
    """Return None if `folder` holds a run and nothing else, or the name of what speaks against it."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return next(iter(sorted(os.listdir(folder))))
    if not isinstance(manifest, dict) or "run" not in manifest:
        return "manifest.json"
    return next(iter(sorted(set(os.listdir(folder)) - RUN_FILES)), None)


@contextmanager
def whole(
    target: str | Path, overwrite: bool = False, ours: Callable[[Path], str | None] = of_a_run
) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well it becomes `target`, else it is gone.

    Raise OutputError if `target` is a file, holds anything (unless `overwrite`, and `ours` finds nothing that
    is not from this program), or cannot be written.
    """
    folder = Path(os.path.realpath(target))
    _refuse_taken(folder, str(target), overwrite, ours)
    work = folder.with_name(f".{folder.name}-{os.getpid()}")
    made = [place for place in folder.parents if not os.path.lexists(place)]  # the deepest first
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work.mkdir()
        yield work
        _put(work, folder)
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise _unusable(str(target), fault) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
        for parent in made:
            _remove_if_empty(parent)


def _refuse_taken(folder: Path, name: str, overwrite: bool, ours: Callable[[Path], str | None]) -> None:
    if not os.path.lexists(folder):
        return
    if not os.path.isdir(folder):
        raise OutputError(Problem("output-is-file", name))
    try:
        foreign = ours(folder) if os.listdir(folder) and overwrite else None
        if os.listdir(folder) and not overwrite:
            raise OutputError(Problem("output-not-empty", name))
    except OSError as fault:
        raise _unusable(name, fault) from None
    if foreign is not None:
        raise OutputError(Problem("output-not-ours", name, values={"file": foreign}))


def _unusable(name: str, fault: OSError) -> OutputError:
    code = _CODES.get(fault.errno or 0, "output-failed")
    return OutputError(Problem(code, name, values={"reason": fault.strerror or str(fault)}))


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return


def _put(work: Path, folder: Path) -> None:
    """Move the finished `work` to `folder`; what was there goes only after the new one stands."""
    if not folder.exists():
        work.rename(folder)
        return
    old = folder.with_name(f".{folder.name}-{os.getpid()}-old")
    if os.path.ismount(folder) or folder.samefile(os.getcwd()):
        old.mkdir()
        _move(folder, old)  # such a folder itself cannot be renamed under the feet of those who use it
        _move(work, folder)
    else:
        folder.rename(old)
        try:
            work.rename(folder)
        except BaseException:
            old.rename(folder)
            raise
    shutil.rmtree(old, ignore_errors=True)


def _move(source: Path, target: Path) -> None:
    for name in sorted(os.listdir(source), key=lambda entry: (entry == "manifest.json", entry)):
        (source / name).rename(target / name)
