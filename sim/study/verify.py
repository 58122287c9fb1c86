"""Verify a run: play it again from what its manifest holds and compare; name every file that changed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sim.errors import MismatchError, Problem
from sim.plan.workspace import LoadedFile, LoadedRoster, LoadedScenario
from sim.play.draws import SCHEME
from sim.play.engine import Engine, draws_for
from sim.record.exchange import to_csv
from sim.record.manifest import plan_of
from sim.record.run import MANIFEST, TIMELINE, changed_files, read_manifest

_SCENARIO: Final = "scenario"


def verify(
    folder: str | Path, roster: LoadedRoster | None = None, scenario: LoadedScenario | None = None
) -> int:
    """Play the run in `folder` again and compare every byte; return the number of rows.

    With `roster` and `scenario`, the present inputs must still be those of the run. Raise MismatchError naming each
    file that differs, InputError if the folder is no run.
    """
    manifest = read_manifest(folder)
    problems = [*changed_files(manifest, Path(folder)), *_scheme(manifest, Path(folder))]
    problems += _present_inputs(manifest, roster, scenario)
    if problems:
        raise MismatchError(problems)
    engine = Engine(plan_of(manifest))
    draws = draws_for(manifest["seed"], manifest["replication"], expected=manifest["mode"] == "expected")
    rows = list(engine.rows(engine.play(draws), manifest["run"], manifest["replication"]))
    if sha256(to_csv(rows).encode()).hexdigest() != manifest["results"][TIMELINE]:
        raise MismatchError(
            [Problem("verify-replay", str(Path(folder) / TIMELINE), values=_versions(manifest))]
        )
    return len(rows)


def _scheme(manifest: dict[str, Any], folder: Path) -> list[Problem]:
    if manifest["draws"] == SCHEME:
        return []
    values = {"theirs": manifest["draws"], "ours": SCHEME}
    return [Problem("verify-scheme", str(folder / MANIFEST), values=values)]


def _present_inputs(
    manifest: dict[str, Any], roster: LoadedRoster | None, scenario: LoadedScenario | None
) -> list[Problem]:
    present: dict[str, LoadedFile] = {file.name: file for file in roster.files} if roster else {}
    if scenario is not None:
        present[_SCENARIO] = scenario.file
    return [
        Problem("verify-input-changed", file.path, values={"input": name})
        for name, file in sorted(present.items())
        if manifest["inputs"][name]["sha256"] != file.digest
    ]


def _versions(manifest: dict[str, Any]) -> dict[str, Any]:
    return {"versions": ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())}
