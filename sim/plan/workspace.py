"""Where input files are, which of two files of one name wins, and how they are loaded.

Built-in data lie in the installed package (``sim/_data``) or, in a checkout, beside ``sim``. A workspace is a
folder with ``roster/`` or ``scenarios/`` of its own: a file there wins over the built-in one of that name.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel

from sim.errors import InputError, Problem
from sim.plan.canonical import canonical, digest
from sim.plan.checks import RosterDocuments, check_roster, check_rules_heard, check_scenario
from sim.plan.reading import Document, read_text, read_yaml
from sim.plan.schema import (
    Arrangements,
    Body,
    Guest,
    Law,
    Needs,
    Norms,
    Register,
    Roster,
    Scenario,
    Strength,
)
from sim.plan.validation import limited, nearest, validate
from sim.words.display import Shown

Origin = Literal["built-in", "workspace"]
ROSTER_FILES: Final = (
    "annex3.yaml", "needs.yaml", "strength.yaml", "norms.yaml", "law.yaml", "arrangements.yaml",
)  # fmt: skip
"""The files of a roster."""
OPTIONAL: Final = ROSTER_FILES[4:]
"""Those that an office with a register or facts of its own may leave out: they speak of names that it may not have."""

_MODELS: Final[tuple[type[BaseModel], ...]] = (Register, Needs, Strength, Norms, Law, Arrangements)


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """One input file: its name in messages, where it came from, and its content with defaults applied."""

    name: str
    path: str
    origin: Origin
    canonical: str
    digest: str


@dataclass(frozen=True, slots=True, repr=False)
class LoadedRoster(Shown):
    """A roster without errors: the model, its files, and the warnings."""

    model: Roster
    files: tuple[LoadedFile, ...]
    warnings: tuple[Problem, ...]

    def __repr__(self) -> str:
        return f"<LoadedRoster: {len(self.files)} files, {len(self.warnings)} warnings>"

    @property
    def overrides(self) -> tuple[str, ...]:
        """Paths of the workspace's own files that are used instead of built-in ones."""
        return tuple(file.path for file in self.files if file.origin == "workspace")


@dataclass(frozen=True, slots=True, repr=False)
class LoadedScenario(Shown):
    """A scenario without errors beside its roster; `overrides` a built-in one of the same id or not."""

    model: Scenario
    file: LoadedFile
    warnings: tuple[Problem, ...]
    overrides: bool = False

    def __repr__(self) -> str:
        return f"<LoadedScenario {self.model.id} ({self.file.path})>"


class ScenarioFile(NamedTuple):
    """One scenario that can be called by its id, which is its file's name without ``.yaml``."""

    id: str
    path: Path
    origin: Origin


def load_roster(path: str | os.PathLike[str] | None = None) -> LoadedRoster:
    """Return the built-in roster, or that of a workspace or roster folder at `path`.

    Raise InputError with every problem of all its files.
    """
    return read_roster(None if path is None else Path(path))


def load_scenario(id_or_path: str | os.PathLike[str], roster: LoadedRoster | None = None) -> LoadedScenario:
    """Return a scenario by its id (of the workspace around the current folder, or built in) or its path.

    It is checked beside `roster`, by default the built-in one. Raise InputError with every problem of it.
    """
    return read_scenario(os.fspath(id_or_path), roster or load_roster(), find_workspace(Path.cwd()))


def find_workspace(start: Path) -> Path | None:
    """Return the nearest folder from `start` upwards that has ``roster/`` or ``scenarios/``, or None."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "roster").is_dir() or (folder / "scenarios").is_dir():
            return folder
    return None


def built_in(kind: str) -> Path:
    """Return the folder of built-in data: `kind` is ``roster``, ``scenarios``, ``blank`` or ``notebooks``."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data" / kind
    return installed if installed.is_dir() else package.parent / kind


def shown(path: Path) -> str:
    """Return `path` as messages name it: from the current folder where it lies inside, else as given."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


# --- roster -------------------------------------------------------------------------------------------


def read_roster(folder: Path | None) -> LoadedRoster:
    """Return the roster of a workspace or roster folder; its own files win, the built-in ones fill up."""
    roster, problems = gather_roster(folder)
    if roster is None:
        raise InputError(problems)
    return roster


def gather_roster(folder: Path | None) -> tuple[LoadedRoster | None, list[Problem]]:
    """Return the roster, or None if it has errors, and every problem of its files."""
    own, problems = own_folder(folder)
    if problems:
        return None, problems
    roster, found = _gather(tuple(_source(own, name) for name in _names(own)))
    return roster, list(found)


def _names(own: Path | None) -> tuple[str, ...]:
    """The files of a roster that are there: an optional one is not filled up beside a vocabulary of one's own."""
    if own is None or _same(own, built_in("roster")):
        return ROSTER_FILES
    foreign = any(os.path.lexists(own / name) for name in ("annex3.yaml", "needs.yaml"))
    return tuple(
        name for name in ROSTER_FILES if name not in OPTIONAL or not foreign or os.path.lexists(own / name)
    )


def problems_with(folder: Path, name: str, text: str) -> list[Problem]:
    """Return the problems that the roster of a workspace would have if its file `name` held `text`."""
    own, problems = own_folder(folder)
    sources = () if problems else tuple(_source(own, each) for each in _names(own))
    given = {source.path.name: read_yaml(source.path, source.name) for source in sources}
    if name in given:
        given[name] = read_text(text, given[name].file)
    return problems or list(_judged(sources, given)[1])


def own_folder(folder: Path | None) -> tuple[Path | None, list[Problem]]:
    """Return where a workspace's own roster files are, None if it has none, and why it is no workspace."""
    if folder is None:
        return None, []
    if not folder.is_dir():
        code = "folder-is-file" if folder.exists() else "folder-missing"
        return None, [Problem(code, shown(folder))]
    if (folder / "roster").is_dir():
        return folder / "roster", []
    if any((folder / name).exists() for name in ROSTER_FILES):
        return folder, []
    if (folder / "scenarios").is_dir():
        return None, []
    return None, [Problem("no-workspace", shown(folder), values={"files": list(ROSTER_FILES)})]


class _Source(NamedTuple):
    """A file to read, and its stamp, so that what has not changed is read once a process."""

    path: Path
    name: str
    origin: Origin
    stamp: tuple[int, int]


def _source(own: Path | None, name: str) -> _Source:
    default = built_in("roster") / name
    path = own / name if own is not None and os.path.lexists(own / name) else default
    origin: Origin = "built-in" if _same(path, default) else "workspace"
    return _Source(path, shown(path), origin, _stamp(path))


def _same(path: Path, other: Path) -> bool:
    return path.resolve() == other.resolve()


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _gather(sources: tuple[_Source, ...]) -> tuple[LoadedRoster | None, tuple[Problem, ...]]:
    return _judged(sources, {source.path.name: read_yaml(source.path, source.name) for source in sources})


def _judged(
    sources: tuple[_Source, ...], given: Mapping[str, Document]
) -> tuple[LoadedRoster | None, tuple[Problem, ...]]:
    absent = _absent(sources)
    documents = RosterDocuments(*(given.get(name, Document(name, {})) for name in ROSTER_FILES))
    models: list[Any] = []
    problems: list[Problem] = []
    for document, kind in zip(documents, _MODELS, strict=True):
        model, found = validate(document, kind)
        models.append(model)
        problems += found
    if problems or None in models:
        return None, tuple(problems)
    roster = roster_of(models)
    problems = [*_by_file(check_roster(roster, documents), documents), *absent]
    if _refused(problems):
        return None, tuple(problems)
    by_name = dict(zip(ROSTER_FILES, models, strict=True))
    files = tuple(_loaded(source, by_name[source.path.name]) for source in sources)
    return LoadedRoster(roster, files, tuple(problems)), tuple(problems)


def _absent(sources: tuple[_Source, ...]) -> list[Problem]:
    """Return a warning for each optional file that is not there, beside the register or the facts of one's own."""
    there = {source.path.name: source for source in sources}
    own = next(
        (s for s in sources if s.path.name in ("annex3.yaml", "needs.yaml") and s.origin == "workspace"), None
    )
    return [
        Problem(f"{name.removesuffix('.yaml')}-absent", shown(own.path.parent / name), severity="warning")
        for name in OPTIONAL
        if own is not None and name not in there
    ]


def roster_of(models: Iterable[Any]) -> Roster:
    """Return the roster that models of its files make, in the order of `ROSTER_FILES`."""
    register, needs, strength, norms, law, arrangements = models
    return Roster.model_construct(
        register_=register, needs=needs, strength=strength, norms=norms, law=law, arrangements=arrangements
    )


def _loaded(source: _Source, model: BaseModel) -> LoadedFile:
    text = canonical(model)
    return LoadedFile(source.path.name, source.name, source.origin, text, digest(text))


def _by_file(problems: list[Problem], documents: tuple[Document, ...]) -> list[Problem]:
    return [
        problem
        for document in documents
        for problem in limited([each for each in problems if each.file == document.file])
    ]


def _refused(problems: list[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


# --- scenarios ----------------------------------------------------------------------------------------


def list_scenarios(workspace: Path | None = None) -> list[ScenarioFile]:
    """Return every scenario that can be called by its id, sorted; the workspace's own win.

    The built-in ones speak of the units of the built-in register: another kind of office has no use for them.
    """
    shipped = () if _other_office(workspace) else _scenario_files(built_in("scenarios"), "built-in")
    found = {file.id: file for file in shipped}
    own = workspace / "scenarios" if workspace is not None else None
    if own is not None and not _same(own, built_in("scenarios")):
        found |= {file.id: file for file in _scenario_files(own, "workspace")}
    return [found[name] for name in sorted(found)]


def _other_office(workspace: Path | None) -> bool:
    """Return whether the workspace has a register of its own without a single unit of the built-in one."""
    own, _ = own_folder(workspace)
    path = own / "annex3.yaml" if own is not None else built_in("roster") / "annex3.yaml"
    default = built_in("roster") / "annex3.yaml"
    if _same(path, default) or not path.is_file():
        return False
    units = _units(path, _stamp(path))
    return bool(units) and units.isdisjoint(_units(default, _stamp(default)))


@lru_cache(maxsize=16)
def _units(path: Path, stamp: tuple[int, int]) -> frozenset[str]:
    data = read_yaml(path).data
    units = data.get("units") if isinstance(data, dict) else None
    return frozenset(units) if isinstance(units, dict) else frozenset()


def _scenario_files(folder: Path, origin: Origin) -> Iterator[ScenarioFile]:
    for path in sorted(folder.glob("*.yaml")):
        yield ScenarioFile(path.stem, path, origin)


def read_scenario(id_or_path: str, roster: LoadedRoster, workspace: Path | None = None) -> LoadedScenario:
    """Return a scenario by its id or its path, checked beside `roster`."""
    scenario, problems = gather_scenario(find_scenario(id_or_path, workspace), roster)
    if scenario is None:
        raise InputError(problems)
    return scenario


def find_scenario(id_or_path: str, workspace: Path | None = None) -> ScenarioFile:
    """Return the file of a scenario. Raise InputError for an id that nobody knows, with one like it."""
    files = list_scenarios(workspace)
    for file in files:
        if file.id == id_or_path:
            return file
    path = Path(id_or_path)
    if path.suffix in (".yaml", ".yml") or len(path.parts) != 1 or path.exists():
        return ScenarioFile(path.stem, path, "workspace")
    ids = [file.id for file in files]
    values = {"name": id_or_path, "near": nearest(id_or_path, ids), "known": ids}
    raise InputError([Problem("unknown-scenario", id_or_path, values=values)])


def gather_scenario(
    file: ScenarioFile, roster: LoadedRoster | None
) -> tuple[LoadedScenario | None, list[Problem]]:
    """Return a scenario, or None if it has errors, and every problem of its file.

    Without a roster only the file by itself is checked.
    """
    document = read_yaml(file.path, shown(file.path))
    model, problems = validate(document, Scenario)
    if model is None or roster is None or _refused(problems):
        return None, problems
    problems = limited([*_check_id(model, file, document), *check_scenario(model, roster.model, document)])
    if _refused(problems):
        return None, problems
    text = canonical(model)
    default = built_in("scenarios") / file.path.name
    overrides = file.origin == "workspace" and default.is_file() and not _same(default, file.path)
    loaded = LoadedFile(file.path.name, document.file, file.origin, text, digest(text))
    return LoadedScenario(model, loaded, tuple(problems), overrides), problems


def _check_id(scenario: Scenario, file: ScenarioFile, document: Document) -> list[Problem]:
    if scenario.id == file.path.stem:
        return []
    return [
        document.problem("scenario-id", ("id",), severity="warning", name=scenario.id, stem=file.path.stem)
    ]


# --- everything ---------------------------------------------------------------------------------------


class Gathered(NamedTuple):
    """A roster, scenarios beside it, None for what has errors, and every problem of their files."""

    roster: LoadedRoster | None
    scenarios: tuple[LoadedScenario | None, ...]
    problems: list[Problem]


def gather(workspace: Path | None = None, files: Iterable[ScenarioFile] | None = None) -> Gathered:
    """Return the roster and the scenarios of `files`, each read once; without files all that are in use, together."""
    roster, problems = gather_roster(workspace)
    scenarios = []
    for file in list_scenarios(workspace) if files is None else files:
        scenario, found = gather_scenario(file, roster)
        problems = problems + found
        scenarios.append(scenario)
    if roster is not None and files is None:
        problems = problems + _unheard(roster, scenarios)
    return Gathered(roster, tuple(scenarios), problems)


def check_workspace(workspace: Path | None = None) -> list[Problem]:
    """Return every problem, errors and warnings, of the roster and of every scenario in use."""
    return gather(workspace).problems


def _unheard(roster: LoadedRoster, scenarios: list[LoadedScenario | None]) -> list[Problem]:
    """Return the problem of every duty and stock of a safety rule that neither the roster nor any scenario knows.

    Rules may speak to guest units, so this shows only when all scenarios are seen together.
    """
    register = roster.model.register_
    members: list[Body | Guest] = [*register.bodies.values(), *register.units.values()]
    members += _guests(scenarios)
    duties = {duty_id for member in members for duty_id in member.duties}
    units = [*roster.model.strength.units.values(), *(guest.strength for guest in _guests(scenarios))]
    stocks = {name for unit in units for name in unit.stocks}
    rules = roster.model.law.safety.values()
    heard = all(duty_id in duties for rule in rules for duty_id in rule.duties)
    if None in scenarios or (heard and all(rule.stock is None or rule.stock in stocks for rule in rules)):
        return []  # without reading the file once more
    file = next(file for file in roster.files if file.name == "law.yaml")
    return check_rules_heard(roster.model.law, duties, stocks, read_yaml(Path(file.path), file.path))


def _guests(scenarios: Iterable[LoadedScenario | None]) -> list[Guest]:
    return [guest for each in scenarios if each for guest in each.model.guests.values()]
