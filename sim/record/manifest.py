"""The manifest: everything needed to play a drill again, and what the result must then be.

It holds every input with defaults applied, so a run folder can be read without the files it was made from.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any, Final

from sim.errors import InputError
from sim.plan.assume import assume
from sim.plan.canonical import digest
from sim.plan.checks import check_set
from sim.plan.compile import compile_plan
from sim.plan.compiled import Plan
from sim.plan.schema import (
    Arrangements,
    Law,
    Needs,
    Norms,
    Register,
    Roster,
    Scenario,
    Strength,
)
from sim.plan.workspace import LoadedFile, LoadedRoster, LoadedScenario, roster_of
from sim.record.events import SCHEMA_VERSION

FORMAT: Final = 1
_LIBRARIES: Final = ("tuiyan", "simpy", "pydantic", "ruamel.yaml")
_PARTS: Final[Mapping[str, type[Any]]] = {
    "annex3.yaml": Register,
    "needs.yaml": Needs,
    "strength.yaml": Strength,
    "norms.yaml": Norms,
    "law.yaml": Law,
    "arrangements.yaml": Arrangements,
}
_SCENARIO: Final = "scenario"


def make_manifest(
    roster: LoadedRoster,
    scenario: LoadedScenario,
    overrides: Mapping[str, Any],
    *,
    seed: int,
    replication: int,
    expected: bool,
    scheme: str,
) -> dict[str, Any]:
    """Return the manifest of a play that is about to begin; `seal` adds the results."""
    inputs = {file.name: _input(file) for file in roster.files}
    inputs[_SCENARIO] = _input(scenario.file)
    manifest = {
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "scenario": scenario.model.id,
        "seed": seed,
        "replication": replication,
        "mode": "expected" if expected else "random",
        "draws": scheme,
        "set": dict(sorted(overrides.items())),
        "inputs": inputs,
        "versions": {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES},
    }
    return {"run": run_id(manifest), **manifest}


def _input(file: LoadedFile) -> dict[str, Any]:
    return {
        "path": file.path,
        "origin": file.origin,
        "sha256": file.digest,
        "content": json.loads(file.canonical),
    }


def run_id(manifest: Mapping[str, Any]) -> str:
    """Return the first 12 hex digits of the SHA-256 of inputs, seed and scheme."""
    told = {
        "inputs": {name: given["sha256"] for name, given in manifest["inputs"].items()},
        **{key: manifest[key] for key in ("schema", "seed", "mode", "draws", "set")},
    }
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()[:12]


def seal(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the manifest with the SHA-256 of each result file."""
    results = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    return {**manifest, "results": results}


def plan_of(manifest: Mapping[str, Any]) -> Plan:
    """Compile the plan again from the inputs that a manifest holds."""
    content = {name: given["content"] for name, given in manifest["inputs"].items()}
    roster = roster_of(model.model_validate(content.get(name, {})) for name, model in _PARTS.items())
    return plan_for(roster, Scenario.model_validate(content[_SCENARIO]), manifest["set"])


def plan_for(roster: Roster, scenario: Scenario, overrides: Mapping[str, Any]) -> Plan:
    """Compile a plan with `overrides` of local assumptions for this run laid over those of the scenario.

    Raise InputError if they do not fit the rest of the roster.
    """
    compile_with = roster
    if overrides:
        compile_with = assume(roster, {**scenario.assume, **overrides})
        if problems := check_set(compile_with, scenario):
            raise InputError(problems)
        scenario = scenario.model_copy(update={"assume": {}})
    return compile_plan(compile_with, scenario)


def damaged_inputs(manifest: Mapping[str, Any]) -> Sequence[str]:
    """Return the names of inputs whose stored content no longer has its own SHA-256."""
    return [
        name
        for name, given in manifest["inputs"].items()
        if digest(_plain(given["content"])) != given["sha256"]
    ]


def _plain(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
