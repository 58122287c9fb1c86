"""Every oracle can fail: each small patch of the engine in `mutations/` must be caught by the oracle it names.

A patch begins with ``# oracle: tests/oracles/test_x.py::test_y`` and ``# breaks: rule N: …``. It is applied to a copy
of `sim/` and `tests/`, the oracle is run there, and must fail; on the copy as it is, all of these oracles must pass.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PATCHES = sorted((ROOT / "tests" / "mutations").glob("*.patch"))
COPIED = ("sim", "tests", "roster", "scenarios", "blank", "pyproject.toml")
UNNEEDED = shutil.ignore_patterns("__pycache__", "*.pyc", "samples", "golden", "mutations", ".hypothesis")
SAME_SIM = """
from pathlib import Path

import sim

assert Path(sim.__file__).is_relative_to(Path(__file__).parents[2]), f"the mutant is not what is tested: {sim.__file__}"
"""

pytestmark = pytest.mark.slow

ABOUT = re.compile(r"rules? \d+|DESIGN|law:|safety:|world:|programme:|coverage:|study:|check:")
"""What a mutation may break."""


def header(patch: Path, key: str) -> str:
    """What the patch says of itself: the oracle that catches it, or the rule it breaks."""
    found = re.search(rf"^# {key}: (.+)$", patch.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, f"{patch.name} does not say '# {key}: …'"
    return found[1].strip()


def copied(place: Path) -> Path:
    """A copy of what a play and its oracles need, where nothing but the copy is imported."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=UNNEEDED)
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, place / name)
    (place / "tests" / "oracles" / "conftest.py").write_text(SAME_SIM, encoding="utf-8")
    return place


def environment(place: Path) -> dict[str, str]:
    """The environment of the copy; git must not take it for a part of a repository that it may lie in."""
    return {
        **os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1",
        "GIT_CEILING_DIRECTORIES": str(place.parent),
    }  # fmt: skip


def ask(place: Path, *oracles: str) -> subprocess.CompletedProcess[str]:
    """Run oracles in a copy."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *oracles]
    return subprocess.run(
        command, cwd=place, env=environment(place), capture_output=True, text=True, check=False, timeout=120
    )


def mutated(patch: Path, place: Path) -> subprocess.CompletedProcess[str]:
    """Apply the patch to a copy of its own and run its oracle there."""
    copied(place)
    applied = subprocess.run(
        ["git", "apply", "-p1", str(patch)],
        cwd=place, env=environment(place), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert applied.returncode == 0, f"{patch.name} no longer applies, make it anew: {applied.stderr}"
    done = ask(place, header(patch, "oracle"))
    shutil.rmtree(place)
    return done


Runs = dict[str, Future[subprocess.CompletedProcess[str]]]


@pytest.fixture(scope="module")
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """The mutants that were asked for, two at a time."""
    asked = [
        item.callspec.params["patch"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec") and "patch" in item.callspec.params
    ]
    place = tmp_path_factory.mktemp("mutants")
    pool = ThreadPoolExecutor(2)
    yield {patch.name: pool.submit(mutated, patch, place / patch.stem) for patch in asked}
    pool.shutdown(cancel_futures=True)


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git applies the patches")


@needs_git
@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_the_oracle_catches_the_mutation(patch: Path, runs: Runs) -> None:
    """The oracle fails on the mutant, as a test that fails and not as one that cannot be run."""
    done = runs[patch.name].result()
    assert done.returncode == 1, f"not caught: {header(patch, 'breaks')}\n{done.stdout}{done.stderr}"
    assert re.search(r"^FAILED ", done.stdout, re.MULTILINE), done.stdout
    assert not re.search(r"^ERROR ", done.stdout, re.MULTILINE), done.stdout


def test_every_oracle_named_passes_as_it_is(tmp_path: Path) -> None:
    """On an unmutated copy all the oracles pass, so that it is the mutation they catch."""
    done = ask(copied(tmp_path / "plain"), *sorted({header(patch, "oracle") for patch in PATCHES}))
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_mutations_and_each_says_what_it_breaks() -> None:
    """At least ten, no two alike, each with its oracle and the rule it breaks."""
    assert len(PATCHES) >= 10
    assert len({patch.read_bytes() for patch in PATCHES}) == len(PATCHES)
    for patch in PATCHES:
        path, _, name = header(patch, "oracle").partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text(encoding="utf-8"), patch.name
        assert ABOUT.match(header(patch, "breaks")), patch.name
