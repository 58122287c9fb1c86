"""Every name of one drill and the place it was given: keyed things are sorted here, once.

The input must have passed `sim.plan.checks`: a name that is missing here is a KeyError, not a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sim.plan import compiled as c
from sim.plan import schema as s
from sim.plan.compile.pseudo import collect_pseudo_facts
from sim.plan.conditions import Condition, compile_condition
from sim.plan.durations import Duration, parse_duration
from sim.plan.grading import meanings
from sim.plan.moments import at_ticks

_Numbered = TypeVar("_Numbered", s.Post, s.Body)


class Vocabulary:
    """The places of everything that has a name, and what is looked up by it."""

    def __init__(self, roster: s.Roster, strength: s.Strength, scenario: s.Scenario) -> None:
        self.register, self.norms = roster.register_, roster.norms.norms
        self.needs, self.strength, self.scenario = roster.needs, strength, scenario
        self.law, self.arrangements = roster.law, roster.arrangements
        self.cast: list[tuple[str, str, s.Body | s.Guest]] = [
            *(("body", name, body) for name, body in numbered(self.register.bodies)),
            *(("unit", name, unit) for name, unit in numbered(self.register.units)),
            *(("guest", name, guest) for name, guest in sorted(scenario.guests.items())),
        ]
        self.actor_at = {name: place for place, (_, name, _) in enumerate(self.cast)}
        owned = [
            (duty_id, duty, self.actor_at[name])
            for _, name, actor in self.cast
            for duty_id, duty in actor.duties.items()
        ]
        owned.sort(key=lambda item: item[0])
        self.playable = [item for item in owned if item[1].reads is not None]
        self.unplayed = [item for item in owned if item[1].reads is None]
        self.duty_at = {duty_id: place for place, (duty_id, _, _) in enumerate(self.playable)}
        self.need_at = {need_id: place for place, need_id in enumerate(sorted(self.needs.needs))}
        self.pools = self._pools()
        self.pool_at = {(pool.actor, pool.name): place for place, pool in enumerate(self.pools)}
        self.stocks = self._stocks()
        self.stock_at = {(stock.actor, stock.name): place for place, stock in enumerate(self.stocks)}
        self.form_at = {name: place for place, name in enumerate(sorted(self.law.forms))}
        self.safety_at = {name: place for place, name in enumerate(sorted(self.law.safety))}
        self.graded = meanings(self.law)
        self.fact_ids = sorted(self.needs.facts)
        self.pseudo = collect_pseudo_facts(self)
        names = [*self.fact_ids, *sorted(self.pseudo)]
        self.place = {name: place for place, name in enumerate(names)}
        self.kinds = {name: self.needs.facts[name].kind for name in self.fact_ids}

    def condition(self, text: str) -> Condition:
        """Return the compiled condition of `text`."""
        return compile_condition(text, self.place, self.kinds, self.graded)

    def maybe(self, text: str | None) -> Condition | None:
        """Return the compiled condition of `text`, None as None."""
        return None if text is None else self.condition(text)

    def writes(self, values: Mapping[str, Any]) -> c.Writes:
        """Return facts and values as pairs, in order of place."""
        return tuple(sorted((self.place[fact], self.value(fact, value)) for fact, value in values.items()))

    def value(self, fact: str, value: Any) -> Any:
        """Return `value` as its fact holds it: a quantity is always a float."""
        return float(value) if self.needs.facts[fact].kind == "quantity" else value

    def unit_strength(self, name: str) -> s.UnitStrength:
        """Return what an actor has; nothing of its own if no file says so."""
        guest = self.scenario.guests.get(name)
        return guest.strength if guest else self.strength.units.get(name, s.UnitStrength())

    def until(self, text: str | None) -> int:
        """Return a moment as a tick, the horizon for None."""
        return at_ticks(text, self.scenario) if text else ticks(self.scenario.horizon)

    def actor(self, name: str | None) -> int:
        """Return the place of an actor, −1 for none."""
        return self.actor_at.get(name or "", -1)

    def _pools(self) -> tuple[c.Pool, ...]:
        return tuple(
            c.Pool(place, team, count.count)
            for place, (_, name, _) in enumerate(self.cast)
            for team, count in sorted(self.unit_strength(name).teams.items())
        )

    def _stocks(self) -> tuple[c.Stock, ...]:
        return tuple(
            c.Stock(
                place,
                name,
                label(stock.label),
                stock.count,
                maybe_duration(stock.endurance),
                maybe_duration(stock.refill),
            )
            for place, (_, actor, _) in enumerate(self.cast)
            for name, stock in sorted(self.unit_strength(actor).stocks.items())
        )


def ticks(text: str) -> int:
    """Return a length of time that is not drawn, in ticks: the median of what is written."""
    return parse_duration(text).at(0.5)


def maybe_duration(text: str | None) -> Duration | None:
    """Return the duration of `text`, None as None."""
    return None if text is None else parse_duration(text)


def timed(given: s.Timed | s.Channel) -> Duration:
    """Return the length of time of a sourced assumption."""
    return parse_duration(given.time)


def label(given: s.Label) -> c.Label:
    """Return a label of a file as a mapping from language to text."""
    return {"zh": given.zh, "en": given.en}


def numbered(members: Mapping[str, _Numbered]) -> list[tuple[str, _Numbered]]:
    """Return posts or bodies in the order of their numbers."""
    return sorted(members.items(), key=lambda item: item[1].number)
