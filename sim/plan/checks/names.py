"""Every name that the files of one drill may use, and the problem of a name that none of them defines."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sim.errors import Problem
from sim.plan.expressions import Definitions
from sim.plan.full_width import full_width
from sim.plan.grading import meanings
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Arrangements, Duty, Fact, Inject, Law, Need, Norm, Register, Roster, Scenario
from sim.plan.validation import nearest, slip_problem

DESK_STEPS: Final = frozenset(
    f"desk.{step}" for step in ("receive", "report_up", "phone_leader", "verify", "assess", "activate")
)
"""The steps of the duty desk that a norm may name."""
COMMAND_EVENTS: Final = (
    "activated", "terminated", "termination_proposed", "handover_requested", "handed_over", "interim_command",
    "field_commander", "field_established", "conference", "figure_approved", "published", "withdrawn",
)  # fmt: skip
"""What the command process does, each measured from its first time."""
STAGES: Final = ("triggered", "ordered", "acknowledged", "departed", "arrived", "started", "finished")
"""The stages of a task, in order."""


_FEW: Final = 8
"""So many names are told in full where none of them is near to the one that is unknown."""


@dataclass(frozen=True, slots=True)
class Names:
    """The vocabulary of a roster, and of one scenario played with it."""

    facts: Mapping[str, Fact]
    needs: Mapping[str, Need]
    duties: Mapping[str, tuple[str, Duty]]
    """Duty id → its actor and itself; of several with one id the first."""
    actors: Collection[str]
    posts: Collection[str]
    norms: Mapping[str, Norm]
    injects: Mapping[str, Inject] = field(default_factory=dict)
    law: Law = field(default_factory=Law)
    arrangements: Arrangements = field(default_factory=Arrangements)
    graded: Definitions = field(default_factory=dict)
    """What ``graded(name)`` may ask, and what it means in facts."""
    desk: Collection[str] = ()
    """The bodies whose telephone is answered by the duty desk until a response is started."""

    @property
    def playable(self) -> Mapping[str, tuple[str, Duty]]:
        """The duties that can be dispatched: those with a reading."""
        return {name: owned for name, owned in self.duties.items() if owned[1].reads}


def roster_names(roster: Roster) -> Names:
    """Return the names of a roster alone."""
    register = roster.register_
    return Names(
        roster.needs.facts,
        roster.needs.needs,
        _duties(register),
        (*register.bodies, *register.units),
        tuple(register.posts),
        roster.norms.norms,
        law=roster.law,
        arrangements=roster.arrangements,
        graded=meanings(roster.law),
        desk=(roster.strength.desk.body, roster.strength.command.body, roster.strength.command.acting),
    )


def scenario_names(roster: Roster, scenario: Scenario) -> Names:
    """Return the names of a roster together with the guests and injects of a scenario."""
    base = roster_names(roster)
    guests = {
        duty_id: (name, duty)
        for name, guest in scenario.guests.items()
        for duty_id, duty in guest.duties.items()
    }
    actors = (*base.actors, *scenario.guests)
    return replace(base, duties={**guests, **base.duties}, actors=actors, injects=scenario.injects)


def _duties(register: Register) -> dict[str, tuple[str, Duty]]:
    owned: dict[str, tuple[str, Duty]] = {}
    for members in (register.units, register.bodies):
        for name, body in members.items():
            for duty_id, duty in body.duties.items():
                owned.setdefault(duty_id, (name, duty))
    return owned


def unknown(
    document: Document, path: KeyPath, code: str, name: str, known: Collection[str], *, at_key: bool = False
) -> Problem:
    """Return the problem of a `name` that is none of `known`: a full-width sign inside it, or `code`."""
    if (slip := full_width(name)) and slip.better in ",;:":
        return slip_problem(document, path, slip, at_key=at_key)
    near = nearest(name, known)
    choices = sorted(known) if not near and len(known) <= _FEW else []
    return document.problem(code, path, at_key=at_key, name=name, near=near, choices=choices)


def check_names(
    document: Document, path: KeyPath, code: str, names: Collection[str], known: Collection[str]
) -> list[Problem]:
    """Return a problem for each item of the list at `path` that is none of `known`."""
    return [
        unknown(document, (*path, place), code, name, known)
        for place, name in enumerate(names)
        if name not in known
    ]


def check_duty_name(
    document: Document, path: KeyPath, duty_id: str, names: Names, *, at_key: bool = False
) -> list[Problem]:
    """Return the problem of a duty that does not exist or is never dispatched."""
    if duty_id not in names.duties:
        return [unknown(document, path, "unknown-duty", duty_id, names.duties, at_key=at_key)]
    if duty_id not in names.playable:
        return [document.problem("duty-outside", path, at_key=at_key, name=duty_id)]
    return []


def check_actor(document: Document, path: KeyPath, name: str | None, names: Names) -> list[Problem]:
    """Return the problem of a body, unit or guest that does not exist; None names nobody."""
    if name is None or name in names.actors:
        return []
    return [unknown(document, path, "unknown-unit", name, names.actors)]


def check_post(document: Document, path: KeyPath, name: str, names: Names) -> list[Problem]:
    """Return the problem of a post that does not exist."""
    return [] if name in names.posts else [unknown(document, path, "unknown-post", name, names.posts)]


def check_fact_of_kind(
    document: Document, path: KeyPath, fact_id: str, kind: str, names: Names, *, at_key: bool = False
) -> list[Problem]:
    """Return the problem of a fact that does not exist or is of another kind than is needed here."""
    fact = names.facts.get(fact_id)
    if fact is None:
        return [unknown(document, path, "unknown-fact", fact_id, names.facts, at_key=at_key)]
    if fact.kind != kind:
        values: dict[str, Any] = {"name": fact_id, "wanted": kind, "kind": fact.kind}
        return [document.problem("fact-of-kind", path, at_key=at_key, **values)]
    return []


def check_ranks(document: Document, ranks: Mapping[KeyPath, int | None]) -> list[Problem]:
    """Return a problem for each rank (by the path at which it stands) that was given before; None ranks nobody."""
    first: dict[int, KeyPath] = {}
    problems = []
    for path, rank in ranks.items():
        if rank is None:
            continue
        if rank in first:
            problems.append(document.problem("rank-twice", path, rank=rank, other=_ranked(first[rank])))
        first.setdefault(rank, path)
    return problems


def _ranked(path: KeyPath) -> str:
    """Who has the rank that stands at `path`: its key, or what the key `rank`, `order` or `field` belongs to."""
    return str(path[-2] if path[-1] in ("rank", "order", "field") else path[-1])
