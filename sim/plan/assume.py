"""Overrides of local assumptions: ``units.某单位.muster.off-duty=20 min`` for one scenario or one run."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from sim.errors import InputError, Problem
from sim.plan.schema import Arrangements, Roster, Strength


def assume(roster: Roster, overrides: Mapping[str, Any], file: str = "--set") -> Roster:
    """Return `roster` with each ``path: value`` of `overrides` put into its strength or its arrangements.

    A path names keys of strength.yaml or arrangements.yaml joined by dots; keys that hold dots themselves (duties) are
    recognised. Raise InputError with ``assume-path`` (no such place, with near names) or ``assume-value`` (not allowed
    there), all of them at once.
    """
    if not overrides:
        return roster
    strength = roster.strength.model_dump(by_alias=True)
    arrangements = roster.arrangements.model_dump(by_alias=True)
    data = {**strength, **arrangements}  # the two files share no key
    problems = [problem for path, value in overrides.items() for problem in _put(data, path, value, file)]
    if problems:
        raise InputError(problems)
    try:
        changed = {
            "strength": Strength.model_validate({key: data[key] for key in strength}),
            "arrangements": Arrangements.model_validate({key: data[key] for key in arrangements}),
        }
    except ValidationError as fault:
        raise InputError(_refused(fault, overrides, file)) from None
    return roster.model_copy(update=changed)


def _put(data: dict[str, Any], path: str, value: Any, file: str) -> list[Problem]:
    place: Any = data
    rest = path
    while True:
        key = _longest_key(place, rest)
        if key is None:
            near = difflib.get_close_matches(rest, _names(place), n=1, cutoff=0.4)
            return [Problem("assume-path", file, values={"path": path, "part": rest, "near": "".join(near)})]
        if rest == key:
            place[key] = value
            return []
        place, rest = place[key], rest[len(key) + 1 :]


def place_of(data: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """Return the keys of `data` that an override's `path` names, as far as there are such keys."""
    place: Any = data
    keys: list[str] = []
    while (key := _longest_key(place, path)) is not None:
        keys.append(key)
        place, path = place[key], path[len(key) + 1 :]
    return tuple(keys)


def _names(place: Any) -> list[str]:
    return [str(key) for key in place] if isinstance(place, dict) else []


def _longest_key(place: Any, rest: str) -> str | None:
    fits = [key for key in _names(place) if rest == key or rest.startswith(key + ".")]
    return max(fits, key=len, default=None)


def _refused(fault: ValidationError, overrides: Mapping[str, Any], file: str) -> list[Problem]:
    places = {".".join(str(part) for part in error["loc"]) for error in fault.errors()}
    guilty = [path for path in overrides if any(p == path or p.startswith(path + ".") for p in places)]
    return [
        Problem("assume-value", file, values={"path": path, "value": str(overrides[path])})
        for path in guilty or overrides
    ]
