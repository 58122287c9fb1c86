"""Look-ups of the rules for the safety of rescuers, made once a plan: which rule speaks to a duty, and when."""

from __future__ import annotations

from typing import Final

from sim.plan.compiled import Duty, Plan, SafetyRule

_AT_ENTRY: Final = ("withdrawal", "prohibition", "before_entry", "standby")
"""Kinds that bar an entry. Of several rules that do, the first in this order names the wait: danger first."""
_BREAK_OFF: Final = ("withdrawal", "prohibition")


class Rules:
    """From a duty or a fact to the places of rules. Read-only after construction."""

    def __init__(self, plan: Plan) -> None:
        rules, duties = plan.law.safety, plan.duties
        self.at_entry = tuple(_speaking(rules, duty, _AT_ENTRY) for duty in duties)
        self.at_set_up = tuple(_speaking(rules, duty, ("withdrawal",)) for duty in duties)
        self.exposing = tuple(
            _speaking(rules, duty, ("exposure",)) if duty.form in ("sustained", "repeated") else ()
            for duty in duties
        )
        self.speak = any(self.at_entry)
        self.expose = any(self.exposing)
        read = [rules[place] for places in self.exposing for place in places]
        self.exposed = frozenset(fact for rule in read for fact in (rule.fact, *rule.when.facts))
        self.breaking_off = tuple(place for place, rule in enumerate(rules) if rule.kind in _BREAK_OFF)
        self.facts = frozenset(fact for duty in duties for fact in _read(rules, duty))
        self.backups = tuple(
            tuple(sorted({pool for duty in rule.duties for pool, _ in duties[duty].uses})) for rule in rules
        )
        self.unequipped = tuple(
            frozenset(place for place in duty.safety if _lacks(plan, duty, rules[place].stock))
            for duty in duties
        )


def _speaking(rules: tuple[SafetyRule, ...], duty: Duty, kinds: tuple[str, ...]) -> tuple[int, ...]:
    """The rules of some kinds that speak to a duty; nobody is called away from a scene where he is not."""
    found = [
        p for p in duty.safety if rules[p].kind in kinds and (duty.at_scene or rules[p].kind != "withdrawal")
    ]
    return tuple(sorted(found, key=lambda place: (kinds.index(rules[place].kind), place)))


def _read(rules: tuple[SafetyRule, ...], duty: Duty) -> set[int]:
    """The facts that may let a duty in, or leave nobody for it to serve."""
    given = [rules[place] for place in duty.safety if rules[place].kind in _AT_ENTRY]
    conditions = [c for rule in given for c in (rule.when, rule.requires) if c is not None]
    people = {duty.takes, duty.gives} - {-1} if given else set()
    return {fact for condition in conditions for fact in condition.facts} | people


def _lacks(plan: Plan, duty: Duty, stock: str) -> bool:
    """Whether a rule demands a stock that a duty does not take."""
    return bool(stock) and not any(plan.stocks[place].name == stock for place, _ in duty.takes_stock)
