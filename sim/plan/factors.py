"""What could be otherwise: each length of time, chance and number of the local assumptions, to be varied one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

from sim.plan.durations import DurationError, parse_duration, scaled, written
from sim.plan.schema import Model, Roster, Source, UnitStrength

How = Literal["scale", "range"]
_COUNTS: Final = frozenset(("count", "tries"))
_CHANCES: Final = frozenset(("chance", "off-duty", "rate", "rate-off-duty"))
_MANY: Final = 10**6
_LAST: Final = 1 - 2.0**-10  # the upper end of a range, where a distribution may have none


class Factor(NamedTuple):
    """One value that may be varied: its path as ``--set`` takes it, and the assumption that it belongs to.

    `least` and `most` are what the plan and the shape of its files allow, for counts.
    """

    path: str
    assumption: str
    kind: Literal["duration", "chance", "count"]
    value: Any
    least: int
    most: int
    grade: str
    source: str

    def at(self, by: float, how: How = "scale") -> Any:
        """Return the value at `by` (above 0), where 1 is as it stands and more is slower, worse or more.

        ``scale`` makes a time `by` times as long; ``range`` takes it from its own range as if it were known for sure,
        0.5 being the least and 1.5 the most. What is varied of a chance is the chance of failing. Counts are rounded.
        """
        if self.kind == "count":
            return min(self.most, max(self.least, round(self.value * by)))
        if self.kind == "chance":
            return round(min(1.0, max(0.0, 1 - by * (1 - self.value))), 6)
        given = parse_duration(self.value)
        if how == "scale" or given.fixed:
            return scaled(self.value, by)
        return written(max(1, given.at(min(max(by - 0.5, 0.0), _LAST))))


def list_factors(roster: Roster) -> tuple[Factor, ...]:
    """Return everything in strength and arrangements that can be varied, sorted by path.

    A time of nothing, and a chance that is sure to come out, have nothing to vary. Guests belong to their scenario.
    """
    sources = roster.strength.sources
    found = [*_walk(roster.strength, "", "", "", sources), *_walk(roster.arrangements, "", "", "", sources)]
    return tuple(sorted(found))


def _walk(
    value: Any, path: str, assumption: str, source: str, sources: dict[str, Source], least: int = 1
) -> Iterator[Factor]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, _join(path, key), assumption, source, sources, least)
    elif isinstance(value, Model):
        own = getattr(value, "src", None)
        assumption, source = (path, own) if own is not None else (assumption, source)
        for name, field in type(value).model_fields.items():
            key, item = field.alias or name, getattr(value, name)
            if name == "sources":
                continue
            if isinstance(value, UnitStrength) and name in ("teams", "stocks"):
                for what, given in item.items():
                    place = f"{_join(path, key)}.{what}"
                    yield from _walk(given, place, assumption, source, sources, _most_used(value, what))
            elif isinstance(item, dict | Model):
                yield from _walk(item, _join(path, key), assumption, source, sources)
            elif source and (kind := _kind(key, item)):
                given = sources[source]
                most = next((limit.le for limit in field.metadata if hasattr(limit, "le")), _MANY)
                yield Factor(
                    _join(path, key), assumption, kind, item, least, int(most), given.grade, given.text
                )


def _most_used(unit: UnitStrength, what: str) -> int:
    """How many of a team or a stock one piece of work takes: with fewer it could never begin."""
    works = unit.work.values()
    return max([1, *(work.uses.get(what, 1) for work in works), *(work.takes.get(what, 1) for work in works)])


def _kind(key: str, value: Any) -> Literal["duration", "chance", "count"] | None:
    if isinstance(value, str):
        try:
            return "duration" if parse_duration(value).at(_LAST) else None
        except DurationError:
            return None
    if isinstance(value, float) and key in _CHANCES:
        return "chance" if value < 1 else None
    if isinstance(value, int) and not isinstance(value, bool) and key in (*_COUNTS, "duty", "off-duty"):
        return "count" if value else None
    return None


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
