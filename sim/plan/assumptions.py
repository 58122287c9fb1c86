"""The local assumptions a drill rests on, one by one, with grade and source: the first page of every report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.plan.compiled import Assumption
from sim.plan.schema import Model, Roster, Scenario, Strength


def list_assumptions(roster: Roster, scenario: Scenario) -> tuple[Assumption, ...]:
    """Return every sourced value of strength, of the arrangements and of the scenario's guests, sorted by path."""
    strength = roster.strength
    found = [*_walk(strength, "", strength), *_walk(roster.arrangements, "", strength)]
    for name, guest in sorted(scenario.guests.items()):
        found += _walk(guest.strength, f"guests.{name}", strength)
    return tuple(sorted(found, key=lambda assumption: assumption.path))


def _walk(value: Any, path: str, strength: Strength) -> Iterator[Assumption]:
    if isinstance(value, Model):
        source = getattr(value, "src", None)
        if source is not None:
            graded = strength.sources[source]
            yield Assumption(path, _text(value), graded.grade, graded.text, source)
        for name, field in type(value).model_fields.items():
            if name != "sources":
                yield from _walk(getattr(value, name), _join(path, field.alias or name), strength)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, _join(path, key), strength)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _text(value: Model) -> str:
    plain = value.model_dump(
        by_alias=True, exclude_defaults=True, exclude={"src", "broadcast", "approve", "next"}
    )
    return ", ".join(
        f"{key} {item}"
        for key, item in plain.items()
        if not isinstance(item, dict) or key in ("uses", "takes")
    )
