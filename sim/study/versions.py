"""What must be the same wherever a study is played: this package, Python, and the libraries that carry the plays."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, NamedTuple

from sim.errors import InputError, Problem

PACKAGES: Final = ("tuiyan", "numpy", "distributed")
PYTHON: Final = "Python"
NONE: Final = ""
"""The version of what is not installed."""

Versions = tuple[tuple[str, str], ...]


class Differs(NamedTuple):
    """What a worker says instead of playing, where it is not as it was promised."""

    place: str
    there: Versions


@lru_cache(maxsize=1)
def here() -> Versions:
    """Return the versions in this process, as they were when it was first asked."""
    return (*((name, _version(name)) for name in PACKAGES), (PYTHON, _release(platform.python_version())))


def compare(client: Any, address: str) -> None:
    """Ask the scheduler and every worker for its versions; raise InputError with all that differs from here."""
    ours = dict(here())
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name in ours:
        ask, read = _question(name)
        for place, told in _answers(client, address, ask):
            if isinstance(told, PackageNotFoundError):
                found.setdefault(place, {})[name] = NONE
            elif not isinstance(told, Exception):  # else it has just gone: it will be asked if it comes back
                found.setdefault(place, {})[name] = read(told)
    problems = [each for place in sorted(found) for each in differences(address, *place, found[place])]
    if problems:
        raise InputError(problems)


def differences(address: str, kind: str, place: str, there: dict[str, str]) -> Iterator[Problem]:
    """Yield a problem for each version of the worker or scheduler at `place` that is not that of here."""
    for name, ours in here():
        if there.get(name, ours) != ours:
            code = "cluster-version" if there[name] else "cluster-lacks"
            values = {"kind": kind, "place": place, "name": name, "theirs": there[name], "ours": ours}
            yield Problem(code, address, values=values)


def _question(name: str) -> tuple[tuple[Any, ...], Callable[[str], str]]:
    """A function that every Python has, so that it can be asked where nothing is installed, and how to read it."""
    return ((platform.python_version,), _release) if name == PYTHON else ((version, name), str)


def _answers(client: Any, address: str, ask: tuple[Any, ...]) -> Iterator[tuple[tuple[str, str], Any]]:
    try:
        yield ("scheduler", address), client.run_on_scheduler(*ask)
    except PackageNotFoundError as lacking:
        yield ("scheduler", address), lacking
    for worker, told in client.run(*ask, on_error="return").items():
        yield ("worker", worker), told


def _release(text: str) -> str:
    """Of Python 3.11.7 only 3.11 matters: patches of one release play the same."""
    return text.rpartition(".")[0]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return NONE
