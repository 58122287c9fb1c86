"""The paper that is looked at: a roster, and what it compiles to with nobody else on stage."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sim.plan.compiled import Duty, Label, Plan
from sim.plan.schema import Duty as Clause
from sim.plan.schema import Roster
from sim.review.names import Names


class Paper:
    """What every rule over a plan reads. `plan` is compiled for a site in town, `far` for one in a township."""

    def __init__(self, roster: Roster, plan: Plan, far: Plan) -> None:
        """Open a roster for looking at."""
        self.roster, self.plan, self.far = roster, plan, far
        self.names = Names(plan)

    @cached_property
    def serving(self) -> dict[int, tuple[Duty, ...]]:
        """The duties that serve each need, by its place; every need is there."""
        found: dict[int, list[Duty]] = {place: [] for place in range(len(self.plan.needs))}
        for duty in self.plan.duties:
            found[duty.need].append(duty)
        return {place: tuple(duties) for place, duties in found.items()}

    def unit(self, duty: Duty) -> Label:
        """Return the label of the unit that has a duty."""
        return self.plan.actors[duty.actor].label

    def clauses(self, *, bodies: bool = True) -> Iterator[tuple[str, str, Clause]]:
        """Yield every clause of the register: whose it is, its id, and the clause."""
        register = self.roster.register_
        for members in (register.bodies, register.units) if bodies else (register.units,):
            for name, member in members.items():
                for duty_id, clause in member.duties.items():
                    yield name, duty_id, clause


def unique(texts: Iterator[str] | list[str]) -> tuple[str, ...]:
    """Return texts without repetitions, in order."""
    return tuple(dict.fromkeys(texts))
