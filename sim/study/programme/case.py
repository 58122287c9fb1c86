"""What a programme is chosen for: plain data, so that the choice can be tested with offices that do not exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sim.plan.compiled import Label


class Planned(NamedTuple):
    """One drill of a programme, or one that was held."""

    day: date
    scenario: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of the plan; the graver its need, the more its staleness counts."""

    id: str
    label: Label
    weight: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A scenario that can be drilled, and the duties that it exercises."""

    id: str
    label: Label
    duties: frozenset[str]


@dataclass(frozen=True, slots=True)
class HowOften:
    """A rule of frequency. `counts` are the scenarios whose drills it speaks of."""

    id: str
    label: Label
    months: int
    binds_office: bool
    counts: frozenset[str]
    basis: str
    status: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """An open improvement, to be retested by its deadline; `tested_by` are the scenarios that can do so."""

    problem: str
    about: Label
    deadline: date | None
    tested_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a programme depends on. No order of anything in it means anything.

    `days` are those on which a drill may be proposed, `gap` the least calendar months from one drill to the next,
    `stale` the months after which a duty counts as never exercised. `held` are the drills up to `today`.
    """

    today: date
    end: date
    days: tuple[date, ...]
    gap: int
    stale: int
    duties: Mapping[str, Duty]
    choices: Mapping[str, Choice]
    rules: tuple[HowOften, ...] = ()
    promises: tuple[Promise, ...] = ()
    held: tuple[Planned, ...] = ()

    def last(self, scenarios: frozenset[str]) -> date | None:
        """Return the day of the last drill held of any of `scenarios`."""
        return max((drill.day for drill in self.held if drill.scenario in scenarios), default=None)

    def exercising(self, duty: str) -> frozenset[str]:
        """Return the scenarios that exercise a duty."""
        return frozenset(name for name, choice in self.choices.items() if duty in choice.duties)

    def office_rules(self) -> tuple[HowOften, ...]:
        """Return the rules that bind the office and that some scenario could keep, in order."""
        return tuple(rule for rule in self.sorted_rules() if rule.binds_office and rule.counts)

    def sorted_rules(self) -> tuple[HowOften, ...]:
        """Return all rules, those of the office first, the most frequent first."""
        return tuple(sorted(self.rules, key=lambda rule: (not rule.binds_office, rule.months, rule.id)))

    def kept_promises(self) -> tuple[Promise, ...]:
        """Return the improvements that some scenario retests, in an order that no file gives."""
        found = [promise for promise in self.promises if promise.tested_by]
        return tuple(sorted(found, key=order_of))


def order_of(promise: Promise) -> tuple[str, str, str]:
    """Return what improvements are sorted by: deadline (none last), problem, what it is about."""
    return (promise.deadline.isoformat() if promise.deadline else "~", promise.problem, promise.about["zh"])
