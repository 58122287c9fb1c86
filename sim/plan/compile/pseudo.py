"""Pseudo-facts: what conditions ask beside facts, such as ``done(crew.rescue)``, and the timers that write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.plan import compiled as c
from sim.plan import schema as s
from sim.plan.conditions import Pseudo, pseudo_facts
from sim.plan.durations import parse_duration

if TYPE_CHECKING:
    from sim.plan.compile.vocabulary import Vocabulary


def collect_pseudo_facts(v: Vocabulary) -> dict[str, tuple[Pseudo, bool]]:
    """Return every pseudo-fact that a condition asks for, and whether headquarters' picture is asked."""
    found: dict[str, tuple[Pseudo, bool]] = {}
    for hq, texts in ((False, _of_the_truth(v)), (True, _of_the_picture(v))):
        for text in texts:
            for pseudo in pseudo_facts(text):
                found[pseudo.name] = (pseudo, hq or (pseudo.name in found and found[pseudo.name][1]))
    return found


def _of_the_truth(v: Vocabulary) -> Iterator[str]:
    for inject in v.scenario.injects.values():
        yield from (text for text in (inject.when, inject.unless) if text)
        if inject.after and not drawn(inject.after):
            yield after_text(inject.after)
    yield from (hazard.while_ for hazard in v.scenario.hazards.values())
    for rule in v.law.safety.values():
        yield from (text for text in (rule.when, rule.requires) if text)
    yield from (entry.when for entry in v.arrangements.aftercare.values())
    yield from (norm.when for norm in v.norms.values() if norm.when)
    if v.strength.weather:
        yield v.strength.weather.when


def _of_the_picture(v: Vocabulary) -> Iterator[str]:
    for need in v.needs.needs.values():
        yield from (text for text in (need.when, need.until) if text)
    for _, duty, _ in v.playable:
        if duty.reads:
            yield from (text for text in (duty.reads.condition, duty.reads.standby) if text)
    yield v.strength.command.activate_when
    yield from (level.when for level in v.arrangements.levels.values())
    yield from (report.when for report in v.arrangements.reports.values() if report.when)
    if v.arrangements.handover:
        yield v.arrangements.handover.when
    if v.scenario.end:
        yield v.scenario.end.when


def compile_timers(v: Vocabulary) -> tuple[c.Timer, ...]:
    """Return the timers that write ``elapsed()`` and ``late()``."""
    norm_at = {name: place for place, name in enumerate(sorted(v.norms))}
    timers = []
    for name, (pseudo, hq) in sorted(v.pseudo.items()):
        if pseudo.kind == "elapsed":
            timers.append(c.Timer(v.place[name], pseudo.argument, pseudo.delay, -1, hq))
        elif pseudo.kind == "late":
            norm = v.norms[pseudo.argument]
            limit = parse_duration(norm.within).at(0.5) if norm.within else 0
            event = f"{norm.of}.{norm.from_}"
            timers.append(c.Timer(v.place[name], event, limit + 1, norm_at[pseudo.argument], hq))
    return tuple(timers)


def drawn(after: s.After) -> bool:
    """Whether the delay of an inject is drawn, and not always the same."""
    return not parse_duration(after.delay).fixed


def after_text(after: s.After) -> str:
    """Return the condition that an `after` of an inject stands for, if its delay is fixed."""
    return f"elapsed({after.event}) >= {parse_duration(after.delay).at(0.5) / 1000:g} min"
