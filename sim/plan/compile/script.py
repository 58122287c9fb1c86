"""Injects, hazards, what comes days later, and what the world is like on the day."""

from __future__ import annotations

import re
from typing import Final

from sim.plan import compiled as c
from sim.plan import schema as s
from sim.plan.compile.pseudo import after_text, drawn
from sim.plan.compile.vocabulary import Vocabulary, label, ticks, timed
from sim.plan.durations import parse_duration
from sim.plan.moments import at_ticks

_STAGE_REF: Final = re.compile(r"(.+)\.(acknowledged|departed|arrived|started|finished)")

_PHONE: Final = {"zh": "电话", "en": "Telephone"}  # the one channel that needs no entry in strength.yaml


def compile_injects(v: Vocabulary) -> tuple[c.Inject, ...]:
    """Return the injects in order of id."""
    return tuple(_inject(v, *item) for item in sorted(v.scenario.injects.items()))


def _inject(v: Vocabulary, inject_id: str, given: s.Inject) -> c.Inject:
    window = given.window or s.Window()
    later = given.after if given.after and drawn(given.after) else None
    when = after_text(given.after) if given.after and not later else given.when
    ask = given.ask
    return c.Inject(
        id=inject_id,
        at=at_ticks(given.at, v.scenario) if given.at else None,
        when=v.maybe(when),
        unless=v.maybe(given.unless),
        window=(at_ticks(window.from_, v.scenario), v.until(window.to)),
        every=parse_duration(given.arrivals.every) if given.arrivals else None,
        until=v.until(given.arrivals.until if given.arrivals else None),
        source=given.from_,
        receivers=tuple(sorted(v.actor_at[name] for name in given.to)),
        channel=given.channel,
        title=given.title,
        message=given.message,
        sets=v.writes(given.makes.set),
        adds=v.writes(given.makes.add),
        tells=v.writes(given.tells),
        starts=tuple(sorted(v.duty_at[duty] for duty in given.starts)),
        expect=tuple(_expected(v, item) for item in given.expect),
        question=ask.question if ask else "",
        points=tuple(ask.points) if ask else (),
        clause=(ask.clause or "") if ask else "",
        objective=given.objective or "",
        notes=given.notes or "",
        condition_text=when or "",
        delay=(later.event, parse_duration(later.delay)) if later else None,
        reporter=given.reporter or "",
        publishes=_publication(v, given.publishes),
    )


def _publication(v: Vocabulary, given: s.Publication | None) -> tuple[int, c.Writes] | None:
    return None if given is None else (v.actor_at[given.by], v.writes(given.figures))


def _expected(v: Vocabulary, given: s.Expected) -> c.Expected:
    found = _STAGE_REF.fullmatch(given.does)
    duty = v.duty_at.get(found[1], -1) if found else -1
    return c.Expected(
        v.actor_at[given.who],
        duty,
        found[2] if found and duty >= 0 else "",
        given.does,
        ticks(given.within) if given.within else None,
        given.basis or "",
    )


def compile_hazards(v: Vocabulary) -> tuple[c.Hazard, ...]:
    """Return the hazards in order of id."""
    return tuple(
        c.Hazard(
            hazard_id,
            label(given.label),
            v.condition(given.while_),
            ticks(given.every),
            v.writes(given.set),
            v.writes(given.add),
            given.at_most,
            given.growth,
        )
        for hazard_id, given in sorted(v.scenario.hazards.items())
    )


def compile_networks(v: Vocabulary) -> tuple[c.Broken, ...]:
    """Return the networks that are down at some time, in order of id."""
    return tuple(
        c.Broken(
            network_id,
            frozenset(given.channels),
            given.carrier or "",
            frozenset(v.actor_at[name] for name in given.actors),
            at_ticks(given.from_, v.scenario),
            v.until(given.to),
            _stage(v, given.restored_by),
            label(v.strength.carriers[given.carrier].label) if given.carrier in v.strength.carriers else None,
            _called(v, given),
        )
        for network_id, given in sorted(v.scenario.conditions.networks.items())
    )


def _called(v: Vocabulary, given: s.Broken) -> c.Label | None:
    """What is down, in words: the carrier's network, the channels, or both."""
    carriers = v.strength.carriers  # a plan of its own may know a carrier only by its name
    parts = [label(carriers[given.carrier].label)] if given.carrier in carriers else []
    for name in sorted(given.channels):
        parts.append(label(v.strength.channels[name].label) if name in v.strength.channels else _PHONE)
    return (
        {lang: sep.join(part[lang] for part in parts) for lang, sep in (("zh", "、"), ("en", ", "))}
        if parts
        else None
    )


def _stage(v: Vocabulary, ref: str | None) -> tuple[int, str] | None:
    if ref is None:
        return None
    duty_id, stage = ref.rsplit(".", 1)
    return v.duty_at[duty_id], stage


def compile_busy(v: Vocabulary) -> tuple[c.Busy, ...]:
    """Return the teams that are elsewhere at T+0, in order of pool."""
    given = [
        c.Busy(v.pool_at[v.actor_at[name], team], busy.count, at_ticks(busy.to, v.scenario))
        for name, teams in v.scenario.conditions.busy.items()
        for team, busy in teams.items()
    ]
    return tuple(sorted(given, key=lambda busy: busy.pool))


def compile_roads(v: Vocabulary) -> tuple[c.Road, ...]:
    """Return the kinds of road in order of name."""
    return tuple(
        c.Road(name, v.place[road.blocked], timed(road.detour))
        for name, road in sorted(v.strength.roads.items())
    )


def compile_weather(v: Vocabulary) -> c.Weather | None:
    """Return what bad weather does, None where nothing is said of it."""
    given = v.strength.weather
    return None if given is None else c.Weather(v.condition(given.when), given.road)


def compile_aftermath(v: Vocabulary) -> tuple[c.Aftermath, ...]:
    """Return what comes days later, by day; a supplement counts up to the last day that the law sets."""
    rule = v.law.supplement
    return tuple(
        c.Aftermath(
            entry_id,
            given.day,
            (rule.fire_or_traffic if given.fire_or_traffic else rule.days) if rule else 0,
            given.title,
            given.message,
            v.writes(given.makes.set),
            v.writes(given.makes.add),
        )
        for entry_id, given in sorted(v.scenario.aftermath.items(), key=lambda item: (item[1].day, item[0]))
    )
