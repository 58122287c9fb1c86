"""What a report says: figures, and which elements of its form it tells (SEMANTICS 8, 10 and 13).

The office's reports, and those of a unit that was informed of the response, say what the office knows and quote the
approved figures. A unit that nobody has informed says what it knows itself, and nobody has checked that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.plan.compiled import Element, Report

if TYPE_CHECKING:
    from sim.play.drill import Drill


def contents(drill: Drill, given: Report) -> dict[str, Any]:
    """Return what the report says now; `own` marks what a unit tells of its own knowledge alone."""
    office, own = drill.command.office_picture(), drill.picture(given.by)
    unit = made_by_a_unit(drill, given)
    alone = unit and not drill.command.informing.knows(given.by)
    ledger = drill.command.ledger
    figures, unchecked = ledger.unquoted(own) if alone else ledger.quote(office)
    told: dict[str, Any] = {
        "report": given.id, "line": given.line, "to": sorted(given.to), "mode": given.mode,
        "as_of": drill.now / 1000, "figures": figures,
    }  # fmt: skip
    if unchecked:
        told["unchecked"] = unchecked
    if alone:
        told["own"] = True
    if given.form >= 0:
        form = drill.plan.law.forms[given.form]
        known = own.known if alone else office.known
        if unit and not alone:
            known = [a or b for a, b in zip(own.known, office.known, strict=True)]
        told["form"] = form.id
        told["elements"] = {
            element.id: _tells(drill, element, known, alone=alone) for element in form.elements
        }
    return told


def made_by_a_unit(drill: Drill, given: Report) -> bool:
    """Whether somebody else than the office makes it, who has a picture and ears of their own."""
    return drill.plan.actors[given.by].kind != "body"


def _tells(drill: Drill, element: Element, known: list[bool], *, alone: bool) -> bool:
    """Whether it tells a required element: one of its facts is known, or one of its events has happened."""
    if not element.facts and not element.events:
        return True
    heard = not alone and any(_heard_of(drill, event) for event in element.events)
    return heard or any(known[fact] for fact in element.facts)


def _heard_of(drill: Drill, event: str) -> bool:
    """Whether the office has heard of an event; what a unit does it knows only from its reports."""
    duty, _, stage = event.rpartition(".")
    place = drill.index.duty_places.get(duty)
    if place is None:
        return event in drill.command.reporting.told
    return any(stage in task.heard for task in drill.dispatch.of_duty[place])
