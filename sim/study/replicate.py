"""Play one drill many times: the function that `tuiyan study` and notebooks call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Final
from weakref import finalize

from sim.plan.compiled import Plan
from sim.plan.workspace import LoadedRoster, LoadedScenario, load_roster
from sim.play.draws import SCHEME, RandomDraws
from sim.play.engine import Engine
from sim.record.manifest import make_manifest, plan_for, plan_of
from sim.record.timeline import Timeline
from sim.study import summary
from sim.study.executors import Plays, processes, usual_jobs
from sim.study.store import FILE, Store, opened
from sim.study.tables import frame
from sim.study.work import make_job
from sim.words.display import Shown

if TYPE_CHECKING:
    import pandas as pd

Told = Callable[[int, int], None]
"""Told after each chunk how many replications there are, and how many there shall be."""

USUAL: Final = 1000
SEED: Final = 1


class Study(Shown):
    """Many replications of one drill, on disk. Open it with `load_study`, make it with `replicate`.

    `plan` is what was played, `n` how many replications are looked at, `path` the SQLite file. `milestones`, `tasks`
    and `norms` give pandas DataFrames, read when first asked for: times in minutes, the columns those of
    `sim.study.summary`.
    """

    def __init__(
        self, path: Path, plan: Plan, identity: Mapping[str, Any], n: int, keep: object = None
    ) -> None:
        self.path, self.plan, self.identity, self.n = path, plan, identity, n
        self._keep = keep  # a temporary folder lives as long as the study that lies in it

    @property
    def seed(self) -> int:
        """The seed of all replications."""
        return int(self.identity["seed"])

    def store(self) -> AbstractContextManager[Store]:
        """Open the file for reading: ``with study.store() as store: …``."""
        return opened(self.path)

    @cached_property
    def milestones(self) -> pd.DataFrame:
        """When each turning point of the drill comes: P10, P50, P90, how often it never came."""
        return frame(summary.milestones(self), summary.Milestone)

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """How long the first task of each duty takes from its trigger to each stage."""
        return frame(summary.stages(self), summary.Stage)

    @cached_property
    def norms(self) -> pd.DataFrame:
        """How often each limit was missed, with its interval and the verdict against the usual target."""
        return frame(summary.limits(self), summary.Kept)

    def timeline(self, number: int) -> Timeline:
        """Play replication `number` alone and return its timeline."""
        raw = (engine := Engine(self.plan)).play(RandomDraws(self.seed, number))
        manifest = {**self.identity["manifest"], "replication": number}
        return Timeline(self.plan, engine.rows(raw, manifest["run"], number), manifest)

    def __repr__(self) -> str:
        return f"<Study of {self.plan.id}: {self.n} replications, seed {self.seed}>"


class Scratch:
    """A temporary folder that goes when nothing holds it any more, or at the end of the process."""

    def __init__(self) -> None:
        self.name = mkdtemp(prefix="tuiyan-study-")
        finalize(self, rmtree, self.name, ignore_errors=True)


def replicate(
    scenario: LoadedScenario,
    roster: LoadedRoster | None = None,
    *,
    n: int = USUAL,
    seed: int = SEED,
    jobs: int | None = None,
    folder: str | Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    told: Told | None = None,
    executor: Plays | None = None,
) -> Study:
    """Play `scenario` `n` times and return the study, kept in `folder` (or for as long as the study lives).

    A folder that holds some of it already is gone on with. The result does not depend on `jobs` (default: every
    core), nor on `executor`, nor on interruptions. Raise InputError if the folder's study is of other inputs.
    """
    roster, given = roster or load_roster(), dict(overrides or {})
    plan = plan_for(roster.model, scenario.model, given)
    identity = identity_of(roster, scenario, given, seed)
    keep = Scratch() if folder is None else None
    place = Path(keep.name if keep is not None else folder or ".")
    place.mkdir(parents=True, exist_ok=True)
    path = place / FILE
    with opened(path, identity) as store:
        if executor is not None:
            play(store, plan, seed, n, executor, told)
        elif missing := store.missing(n):
            with processes(min(usual_jobs() if jobs is None else jobs, len(missing))) as usual:
                play(store, plan, seed, n, usual, told)
        identity = store.identity
    return Study(path, plan, identity, n, keep)


def play(store: Store, plan: Plan, seed: int, n: int, executor: Plays, told: Told | None = None) -> None:
    """Play what is missing below `n` and keep it chunk by chunk."""
    missing = store.missing(n)
    done = n - len(missing)
    if told is not None:
        told(done, n)
    if not missing:
        return
    for chunk in executor.run(make_job(plan, seed), missing):
        store.add(chunk.outcomes)
        done += len(chunk.outcomes)
        if told is not None:
            told(done, n)


def load_study(folder: str | Path, n: int | None = None) -> Study:
    """Return the study in `folder`, as far as it was played; raise InputError if there is none."""
    path = Path(folder)
    path = path / FILE if path.is_dir() else path
    with opened(path) as store:
        identity, there = store.identity, store.count()
    return Study(path, plan_of(identity["manifest"]), identity, there if n is None else n)


def identity_of(
    roster: LoadedRoster, scenario: LoadedScenario, overrides: Mapping[str, Any], seed: int
) -> dict[str, Any]:
    """Return what a study is of: the inputs by their SHA-256, what was set, the seed; and the manifest with them."""
    manifest = make_manifest(
        roster, scenario, overrides, seed=seed, replication=0, expected=False, scheme=SCHEME
    )
    inputs = {name: given["sha256"] for name, given in manifest["inputs"].items()}
    same = {key: manifest[key] for key in ("run", "schema", "scenario", "seed", "draws", "set")}
    return {**same, "inputs": inputs, "manifest": manifest}
