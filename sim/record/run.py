"""A run folder: the timeline, its tasks and its manifest, written together and read back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sim.errors import InputError, MismatchError, Problem
from sim.record.exchange import from_csv, table_csv, to_csv
from sim.record.manifest import damaged_inputs, plan_of, run_id, seal
from sim.record.tasks import TaskRecord
from sim.record.timeline import Timeline

TIMELINE: Final = "timeline.csv"
TASKS: Final = "tasks.csv"
MANIFEST: Final = "manifest.json"


def write_run(timeline: Timeline, folder: Path, more: Mapping[str, str] | None = None) -> None:
    """Write timeline.csv, tasks.csv, the text files of `more` (name → content) and, last, the manifest."""
    texts = {TIMELINE: to_csv(timeline.rows), TASKS: tasks_csv(timeline), **(more or {})}
    files = {name: text.encode() for name, text in texts.items()}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    manifest = json.dumps(seal(timeline.manifest, files), ensure_ascii=False, indent=1, sort_keys=False)
    (folder / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def tasks_csv(timeline: Timeline) -> str:
    """Return tasks.csv: one row a task, minutes with three decimals, empty where a stage was not reached."""
    return table_csv(TaskRecord.columns(), map(_cells, timeline.records))


def _cells(record: TaskRecord) -> Iterator[Any]:
    for value in record.as_row():
        yield f"{value:.3f}" if isinstance(value, float) else value


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """Return the manifest of a run folder. Raise InputError if there is none or it cannot be read."""
    path = Path(folder) / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InputError([Problem("run-missing", str(folder), values={"file": MANIFEST})]) from None
    except (OSError, ValueError):
        raise InputError([Problem("run-unreadable", str(path))]) from None
    if not isinstance(manifest, dict) or not {"run", "inputs", "results", "set"} <= manifest.keys():
        raise InputError([Problem("run-unreadable", str(path))])
    return manifest


def read_run(folder: str | Path) -> Timeline:
    """Return the timeline of a run folder with its plan, compiled from the inputs its manifest holds."""
    manifest = read_manifest(folder)
    path = Path(folder) / TIMELINE
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError:
        raise InputError([Problem("run-missing", str(folder), values={"file": TIMELINE})]) from None
    return Timeline(plan_of(manifest), from_csv(text, str(path)), manifest)


def proven_run(folder: str | Path) -> Timeline:
    """Return the timeline of a run folder in which nothing was changed since it was written.

    Raise MismatchError naming each file that is not as the manifest says, InputError if the folder is no run.
    """
    manifest = read_manifest(folder)
    if problems := changed_files(manifest, Path(folder)):
        raise MismatchError(problems)
    return read_run(folder)


def changed_files(manifest: Mapping[str, Any], folder: Path) -> list[Problem]:
    """Return a problem for each file of a run that is not as its manifest says, and for a manifest that was edited."""
    problems = [
        problem
        for name, expected in {TIMELINE: "", **manifest["results"]}.items()
        if (problem := _changed(folder / name, expected)) is not None
    ]
    path = str(folder / MANIFEST)
    problems += [
        Problem("verify-input-damaged", path, values={"input": name}) for name in damaged_inputs(manifest)
    ]
    if run_id(manifest) != manifest["run"]:
        problems.append(Problem("verify-run-id", path))
    return problems


def _changed(path: Path, expected: str) -> Problem | None:
    try:
        same = sha256(path.read_bytes()).hexdigest() == expected
    except OSError:
        return Problem("verify-missing", str(path))
    return None if same else Problem("verify-changed", str(path))
