"""Fixtures for the tests of the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest


class Ended(NamedTuple):
    """How a command line ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def tuiyan(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Run one command line inside this process."""
    from sim.cli.main import run

    def call(*args: str | Path) -> Ended:
        capsys.readouterr()
        code = run([str(arg) for arg in args])
        return Ended(code, *capsys.readouterr())

    return call


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder that is no workspace."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    monkeypatch.chdir(place)
    return place
