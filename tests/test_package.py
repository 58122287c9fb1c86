"""The wheel: built from the sdist, installed away from the checkout, playing a drill with no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CUT_OFF = ("unshare", "-rn")


def run(args: Sequence[str | Path], cwd: Path) -> str:
    """Run a command that must succeed, with nothing of the checkout on its path; return what it printed."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_"))}
    done = subprocess.run([str(arg) for arg in args], cwd=cwd, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def cut_off() -> tuple[str, ...]:
    """Return the prefix that takes the network away, or nothing where the system does not allow it."""
    if shutil.which(CUT_OFF[0]) is None:
        return ()
    return CUT_OFF if subprocess.run([*CUT_OFF, "true"], capture_output=True).returncode == 0 else ()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel from it."""
    out = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT], cwd=out)
    assert list(out.glob("tuiyan-*.tar.gz"))
    (built,) = out.glob("tuiyan-*.whl")
    return built


def environment(place: Path, with_pip: bool) -> Path:
    """Make a virtual environment that does not see the checkout; return its Python."""
    venv.create(place, with_pip=with_pip)
    return place / "bin" / "python"


def plays_a_drill(python: Path, away: Path) -> None:
    away.mkdir()
    home = run([python, "-c", "import sim; print(sim.__file__)"], cwd=away)
    assert str(ROOT) not in home
    prefix = cut_off()
    run([*prefix, python.parent / "tuiyan", "check"], cwd=away)
    shown = run([*prefix, python.parent / "tuiyan", "run", "blast-furnace-gas", "-o", "out"], cwd=away)
    assert "启动响应" in shown
    assert {"timeline.csv", "tasks.csv", "gaps.csv", "manifest.json", "report.html"} <= set(
        os.listdir(away / "out")
    )
    assert list((away / "out/charts").glob("*.png"))
    run([*prefix, python.parent / "tuiyan", "verify", "out"], cwd=away)
    run([python.parent / "tuiyan", "new", "ours"], cwd=away)
    assert len(list((away / "ours/notebooks").glob("*.ipynb"))) == 4
    begins_anew(python.parent / "tuiyan", away)


def begins_anew(tuiyan: Path, away: Path) -> None:
    """Another kind of office lays down its folder and takes its sheet out and in."""
    run([tuiyan, "new", "office", "--empty"], cwd=away)
    office = away / "office"
    run([tuiyan, "check", "--strict"], cwd=office)
    run([tuiyan, "sheet", "export", "-o", "units.xlsx"], cwd=office)
    assert "没有改动" in run([tuiyan, "sheet", "import", "units.xlsx"], cwd=office)


def test_the_wheel_carries_the_data_and_the_words(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    roster = {f"sim/_data/roster/{path.name}" for path in (ROOT / "roster").glob("*.yaml")}
    scenarios = {f"sim/_data/scenarios/{path.name}" for path in (ROOT / "scenarios").glob("*.yaml")}
    assert len(roster) == 7
    assert len(scenarios) >= 2
    assert roster | scenarios <= names
    assert {f"sim/_data/{path.relative_to(ROOT)}" for path in (ROOT / "blank").glob("*/*.yaml")} <= names
    notebooks = {f"sim/_data/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert len(notebooks) == 4
    assert notebooks <= names
    assert "sim/py.typed" in names
    assert "sim/cli/locale/zh_CN/LC_MESSAGES/messages.mo" in names


def test_the_wheel_plays_a_drill_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """The quick form: the package is installed afresh, the libraries are those that run this test."""
    python = environment(tmp_path / "venv", with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", python, "--quiet", "--disable-pip-version-check"]
    run([*pip, "install", "--no-deps", "--no-index", wheel], cwd=tmp_path)
    site = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], cwd=tmp_path).strip()
    (Path(site) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    plays_a_drill(python, tmp_path / "away")


@pytest.mark.slow
def test_the_wheel_and_the_lock_suffice_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "venv", with_pip=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", ROOT / "requirements.txt"], cwd=tmp_path)
    run([*pip, "--no-deps", "--no-index", wheel], cwd=tmp_path)
    plays_a_drill(python, tmp_path / "away")
