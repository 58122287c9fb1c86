"""What the day of a scenario is like: who is away, which networks and teams are missing, how hazards grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from sim.plan.compiled import Absence, Broken, Busy, Hazard, Plan
from sim.report.script import Given, hazard_begin, hazard_ticks, minutes
from sim.review.names import Names, team
from sim.review.wording import condition_text
from sim.words import Lang, pick, say
from sim.words.script import SCRIPT

Kind = Literal["network", "absent", "busy", "hazard"]


class Strip(NamedTuple):
    """One thing that is not as usual, from `begin` to `end` in ticks; `ticks` are when a hazard goes on.

    `begin` is −1 for a hazard that the script alone does not set off.
    """

    kind: Kind
    text: str
    begin: int
    end: int
    ticks: tuple[int, ...] = ()


def strips(plan: Plan, given: Sequence[Given], lang: Lang) -> list[Strip]:
    """Return networks that are down, people away, teams elsewhere and hazards, in this order."""
    names = Names(plan)
    found = [_network(plan, network, names, lang) for network in plan.networks]
    found += [_absent(plan, name, absence, names, lang) for name, absence in absences(plan)]
    found += [_busy(plan, busy, names, lang) for busy in plan.busy]
    return found + [_hazard(plan, hazard, given, lang) for hazard in plan.hazards]


def absences(plan: Plan) -> Iterator[tuple[str, Absence]]:
    """Yield who is away or unreachable: the commander, then everybody else with a post."""
    yield from ((plan.command.commander, absence) for absence in plan.command.absences)
    for person in plan.arrangements.people:
        if person.name != plan.command.commander:
            yield from ((person.name, absence) for absence in person.absences)


def _network(plan: Plan, network: Broken, names: Names, lang: Lang) -> Strip:
    label = pick(network.label, lang) if network.label else say(SCRIPT, "day.network.all", lang)
    units = [pick(plan.actors[place].label, lang) for place in sorted(network.actors)]
    text = say(SCRIPT, "day.network", lang, id=network.id, label=label, span=_span(plan, network, lang))
    if units:
        text += say(SCRIPT, "day.only", lang, units=say(SCRIPT, "and", lang).join(units))
    if network.restored_by is not None:
        duty, stage = network.restored_by
        event = pick(names.event(f"{plan.duties[duty].id}.{stage}"), lang)
        text += say(SCRIPT, "day.restored", lang, event=event)
    return Strip("network", text, network.begin, network.end)


def _absent(plan: Plan, name: str, absence: Absence, names: Names, lang: Lang) -> Strip:
    text = say(
        SCRIPT,
        f"day.{absence.state}",
        lang,
        name=pick(names.unit(name), lang),
        span=_span(plan, absence, lang),
    )
    return Strip("absent", text, absence.begin, absence.end)


def _busy(plan: Plan, busy: Busy, names: Names, lang: Lang) -> Strip:
    pool = plan.pools[busy.pool]
    text = say(
        SCRIPT, "day.busy", lang, unit=pick(plan.actors[pool.actor].label, lang), team=pick(team(pool.name), lang),
        count=busy.count, size=pool.size, end=minutes(busy.end),
    )  # fmt: skip
    return Strip("busy", text, 0, busy.end)


def _hazard(plan: Plan, hazard: Hazard, given: Sequence[Given], lang: Lang) -> Strip:
    words: dict[str, Any] = {
        "id": hazard.id,
        "label": pick(hazard.label, lang),
        "every": minutes(hazard.every),
        "when": condition_text(hazard.while_.text, plan, lang),
    }
    text = say(SCRIPT, "day.hazard", lang, **words)
    if hazard.at_most is not None:
        text += say(SCRIPT, "day.at-most", lang, count=hazard.at_most)
    begin = hazard_begin(plan, given, hazard)
    if begin is None:
        return Strip("hazard", text + say(SCRIPT, "day.unknown", lang), -1, -1)
    ticks = hazard_ticks(hazard, begin, plan.horizon)
    return Strip("hazard", text, begin, max(ticks, default=begin), tuple(ticks))


def _span(plan: Plan, of: Broken | Absence, lang: Lang) -> str:
    if of.end < plan.horizon:
        return say(SCRIPT, "span", lang, begin=minutes(of.begin), end=minutes(of.end))
    return say(SCRIPT, "span.all" if of.begin == 0 else "span.open", lang, begin=minutes(of.begin))
