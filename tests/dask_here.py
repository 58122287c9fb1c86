"""A Dask cluster of a test's own on loopback: its processes are started and ended here, and no others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONG = 90.0
"""Seconds that a process may take to come up on a busy machine."""
PYTHON = (sys.executable,)


class Machines:
    """A scheduler and workers. Each writes what it says into a file of `folder`, shown when something goes wrong."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder, self.settings = folder, settings
        self.address = ""
        self.running: list[subprocess.Popen[bytes]] = []
        folder.mkdir(parents=True, exist_ok=True)

    def scheduler(self, protocol: str = "tcp") -> None:
        """Start the scheduler and wait for its address."""
        told = self.folder / "scheduler.json"
        args = ("--protocol", protocol, "--port", "0", "--scheduler-file", str(told), "--idle-timeout", "15m")
        self._start("dask_scheduler", args)
        self._until(told.exists)
        self._until(lambda: told.read_text().endswith("}"))
        self.address = json.loads(told.read_text())["address"]

    def worker(
        self, *, threads: int = 1, python: Sequence[str] = PYTHON, settings: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a worker and wait until it has joined."""
        args = (self.address, "--no-nanny", "--nthreads", str(threads), "--death-timeout", "60")
        process = self._start("dask_worker", args, python, settings or {})
        said = self.folder / f"{len(self.running) - 1}.txt"
        self._until(lambda: "Registered to" in said.read_text("utf-8"))
        return process

    def _start(
        self, tool: str, args: Sequence[str], python: Sequence[str] = PYTHON,
        settings: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:  # fmt: skip
        mine = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DASK_", "COV", "PYTHON"))
        }
        with (self.folder / f"{len(self.running)}.txt").open("wb") as said:
            self.running.append(
                subprocess.Popen(
                    [*python, "-m", f"distributed.cli.{tool}", *args, "--host", "127.0.0.1", "--no-dashboard"],
                    cwd=self.folder, stdout=said, stderr=said, stdin=subprocess.DEVNULL, start_new_session=True,
                    env={**mine, **self._places(), **self.settings, **(settings or {})},
                )
            )  # fmt: skip
        return self.running[-1]

    def _places(self) -> dict[str, str]:
        return {"PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": str(self.folder)}

    def _until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + LONG
        while not true():
            gone = [process.args for process in self.running if process.poll() is not None]
            assert time.monotonic() < end, f"not up in {LONG} s\n{self.said()}"
            assert not gone, f"ended: {gone}\n{self.said()}"
            time.sleep(0.1)

    def said(self) -> str:
        """What all of them wrote."""
        texts = sorted(self.folder.glob("*.txt"))
        return "\n".join(f"--- {text.name}\n{text.read_text('utf-8', 'replace')}" for text in texts)

    def end(self) -> None:
        """End every process of this cluster, at once: there is nothing that they should put in order."""
        for process in self.running:
            process.kill()
            process.wait()


@contextmanager
def machines(
    folder: Path, *, protocol: str = "tcp", settings: Mapping[str, str] | None = None
) -> Iterator[Machines]:
    """Give a cluster with a scheduler and no workers; show what its processes said if the test fails."""
    here = Machines(folder, settings or {})
    try:
        here.scheduler(protocol)
        yield here
    except BaseException:
        print(here.said(), file=sys.stderr)
        raise
    finally:
        here.end()


def without_package(folder: Path) -> Path:
    """A folder with all that is installed but this package, for a Python that looks nowhere else (``-S``)."""
    import distributed

    folder.mkdir()
    for entry in Path(distributed.__file__).parents[1].iterdir():
        if "tuiyan" not in entry.name and entry.suffix != ".pth" and entry.name != "sim":
            (folder / entry.name).symlink_to(entry)
    return folder


def claiming(folder: Path, name: str, version: str) -> Path:
    """A folder that says that another version of a package is installed."""
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return folder
