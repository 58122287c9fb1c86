"""Play on a Dask cluster that somebody has started with ``dask scheduler`` and ``dask worker`` (extra ``cluster``).

Before the first chunk the versions of this package, Python and numpy are compared everywhere: a result must not depend
on where it was played, and a worker without the package would only fail later and less clearly.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from sim.errors import InputError, Problem
from sim.study.executors import Plays, Pool

PACKAGES: Final = ("tuiyan", "numpy")
PATIENCE: Final = 8
"""Seconds to wait for the scheduler, and for the first worker."""
NONE: Final = ""
"""The version of what is not installed."""


@contextmanager
def cluster(address: str) -> Iterator[Plays]:
    """Give an executor of the cluster at `address` (``tcp://host:port``).

    Raise InputError if it cannot be reached, has no workers, something there has another version, or the extra is not
    installed here.
    """
    try:
        from distributed import Client
    except ImportError:
        raise InputError([Problem("cluster-extra", address)]) from None

    client: Any
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as fault:
        raise InputError([Problem("cluster-unreachable", address, values={"why": str(fault)})]) from None
    try:
        _wait(client, address)
        _compare(client, address)
        workers = sum(client.nthreads().values())
        yield Pool(client.get_executor(), workers)
    finally:
        client.close()


def _wait(client: Any, address: str) -> None:
    from distributed import TimeoutError as TooLate

    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except (TooLate, TimeoutError):
        raise InputError([Problem("cluster-empty", address, values={"seconds": PATIENCE})]) from None


def _compare(client: Any, address: str) -> None:
    here = {name: _here(name) for name in PACKAGES} | {"Python": _minor(platform.python_version())}
    problems = []
    for place, there in sorted(_everywhere(client).items()):
        other = {name: there[name] for name in here if there[name] != here[name]}
        for name, found in other.items():
            code = "cluster-lacks" if found == NONE else "cluster-version"
            values = {"place": place, "name": name, "theirs": found, "ours": here[name]}
            problems.append(Problem(code, address, values=values))
    if problems:
        raise InputError(problems)


def _everywhere(client: Any) -> Mapping[str, Mapping[str, str]]:
    """The versions on the scheduler and on each worker, asked with functions that every Python has."""
    found: dict[str, dict[str, str]] = {}
    for name in (*PACKAGES, "Python"):
        ask: tuple[Any, ...] = (platform.python_version,) if name == "Python" else (version, name)
        for worker, told in client.run(*ask, on_error="return").items():
            found.setdefault(f"worker {worker}", {})[name] = (
                NONE if isinstance(told, Exception) else _minor(told, name)
            )
        try:
            there = _minor(client.run_on_scheduler(*ask), name)
        except PackageNotFoundError:
            there = NONE
        found.setdefault("scheduler", {})[name] = there
    return found


def _minor(text: str, name: str = "Python") -> str:
    """Of Python 3.11.7 only 3.11 matters: patches of one release play the same."""
    return text.rpartition(".")[0] if name == "Python" else text


def _here(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return NONE
