"""Facts that two writers may set to different values at the same instant, where only rank decides (SEMANTICS 7).

That an inject makes a crowd and a duty later ends it is how drills go. Two writers may meet if their times are fixed
and equal, if one sets off the other at once, or if both may be set off at once by the same thing. That two ends drawn
at random meet by chance is not warned of; the engine records it if it happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sim.errors import Problem
from sim.plan.checks.directions import DOWN, UP, helps
from sim.plan.checks.names import Names
from sim.plan.checks.roster import both_hold
from sim.plan.conditions import compile_condition, facts_named, pseudo_facts
from sim.plan.durations import parse_duration
from sim.plan.expressions import Call, expand, parse_condition
from sim.plan.moments import at_ticks
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Hazard, Inject, Scenario

Instant = tuple[str, int]
"""Ticks after an event; after the start of the drill where the event is empty."""

_MOST_TICKS: Final = 500


@dataclass(frozen=True, slots=True, eq=False)
class _Writer:
    """What sets facts: an inject, a hazard or a duty. `path` leads to its `set`, None if it is not in the scenario."""

    name: str
    path: KeyPath | None
    sets: Mapping[str, Any]
    moves: frozenset[tuple[str, int]]  # facts and which way they go, as conditions see them
    given: Inject | Hazard | None = None

    @property
    def waits(self) -> str:
        """The condition of a contingency inject, empty for everything else."""
        return self.given.when or "" if isinstance(self.given, Inject) else ""


def check_setters(scenario: Scenario, names: Names, document: Document) -> list[Problem]:
    """Warn of facts that the scenario and something else may set to different values at the same instant."""
    writers = list(_writers(scenario, names))
    meeting = _Meeting(scenario, names, writers)
    clashing: dict[str, list[_Writer]] = {}
    for one, other in combinations(writers, 2):
        facts = [
            fact for fact in one.sets if fact in other.sets and repr(one.sets[fact]) != repr(other.sets[fact])
        ]
        if facts and (one.path or other.path) and meeting.may_meet(one, other):
            for fact in facts:
                clashing.setdefault(fact, []).extend((one, other))
    return [_problem(fact, [w for w in writers if w in by], document) for fact, by in clashing.items()]


def _problem(fact: str, by: list[_Writer], document: Document) -> Problem:
    path = [writer.path for writer in by if writer.path is not None][-1]
    setters = sorted(writer.name for writer in by)
    return document.problem(
        "several-setters", (*path, fact), at_key=True, severity="warning", name=fact, setters=setters
    )


def _writers(scenario: Scenario, names: Names) -> Iterator[_Writer]:
    own = {name for guest in scenario.guests.values() for name in guest.duties}
    for name, (actor, duty) in names.playable.items():
        assert duty.reads is not None
        done, batch = duty.reads.achieves, duty.reads.batch
        more = {(f"done({name})", UP), *((batch.gives, UP) for batch in (batch,) if batch)}
        path = ("guests", actor, "duties", name, "reads", "achieves", "set") if name in own else None
        yield _Writer(name, path, done.set, _moves(done.set, done.add) | more)
    for name, inject in scenario.injects.items():
        told = {(f"known({fact})", UP) for fact in inject.tells if inject.to}
        moves = _moves(inject.makes.set, inject.makes.add) | told
        yield _Writer(name, ("injects", name, "makes", "set"), inject.makes.set, moves, inject)
    for name, hazard in scenario.hazards.items():
        yield _Writer(name, ("hazards", name, "set"), hazard.set, _moves(hazard.set, hazard.add), hazard)


def _moves(sets: Mapping[str, Any], adds: Mapping[str, Any]) -> frozenset[tuple[str, int]]:
    """Which way each fact goes; where a value is set that is no flag, it may be either."""
    found = {(fact, UP) for fact in adds}
    for fact, value in sets.items():
        if value is not True:
            found.add((fact, DOWN))
        if value is not False:
            found.add((fact, UP))
    return frozenset(found)


class _Meeting:
    """Which writers of one scenario may write at the same instant."""

    def __init__(self, scenario: Scenario, names: Names, writers: list[_Writer]) -> None:
        self.scenario, self.names, self.writers = scenario, names, writers
        self.horizon = parse_duration(scenario.horizon).at(0.5)
        self.fixed = self._fixed()
        self.instants = {id(writer): self._instants(writer) for writer in writers}
        self.at_once = [self._set_off(writer) for writer in writers]

    def may_meet(self, one: _Writer, other: _Writer) -> bool:
        """Whether both may write at one instant."""
        if one.given is None and other.given is None:
            return True  # two duties at odds with each other: either may end last
        if isinstance(one.given, Hazard) and isinstance(other.given, Hazard):
            return self._both(one.given.while_, other.given.while_)
        if any(group[0] in (one, other) and one in group and other in group for group in self.at_once):
            return True
        together = any(one in group and other in group for group in self.at_once)
        together = together or bool(self.instants[id(one)] & self.instants[id(other)])
        return together and (not one.waits or not other.waits or self._both(one.waits, other.waits))

    def _both(self, one: str, other: str) -> bool:
        return bool(both_hold(one, other, self.names))

    # --- fixed times

    def _fixed(self) -> dict[str, Instant]:
        """When injects are given that wait for nothing but time, or for an event and a fixed delay."""
        found: dict[str, Instant] = {}
        injects = self.scenario.injects
        found.update({name: ("", at_ticks(i.at, self.scenario)) for name, i in injects.items() if i.at})
        waiting = {name: after for name, inject in injects.items() if (after := _follows(inject))}
        for _ in waiting:  # a chain is at most so long
            for name, (event, delay) in waiting.items():
                if event in found:
                    found[name] = (found[event][0], found[event][1] + delay)
                elif event not in injects:
                    found[name] = (event, delay)
        return found

    def _instants(self, writer: _Writer) -> frozenset[Instant]:
        if isinstance(writer.given, Inject):
            return frozenset(self._of_inject(writer.name, writer.given))
        return frozenset(self._of_hazard(writer.given) if writer.given is not None else ())

    def _of_inject(self, name: str, inject: Inject) -> Iterator[Instant]:
        if name in self.fixed:
            event, at = self.fixed[name]
            yield from ((event, tick) for tick in self._stream(inject, at))
        elif inject.when:
            begin = at_ticks(inject.window.from_, self.scenario) if inject.window else 0
            if begin or self._holds_at_start(inject.when):
                yield "", begin  # what held before is given as the window opens

    def _stream(self, inject: Inject, at: int) -> Iterator[int]:
        yield at
        if inject.arrivals and (every := parse_duration(inject.arrivals.every)).fixed:
            until = inject.arrivals.until
            last = at_ticks(until, self.scenario) if until else self.horizon
            yield from list(range(at, last + 1, max(every.at(0.5), 1)))[:_MOST_TICKS]

    def _of_hazard(self, hazard: Hazard) -> Iterator[Instant]:
        armed = {("", 0)} if self._holds_at_start(hazard.while_) else set()
        wanted = self._helps(hazard.while_)
        armed |= {self.fixed[w.name] for w in self.writers if w.name in self.fixed and w.moves & wanted}
        every = parse_duration(hazard.every).at(0.5)
        for event, begin in armed:
            last = min(hazard.at_most or _MOST_TICKS, _MOST_TICKS)
            yield from ((event, begin + every * number) for number in range(1, last + 1))

    def _holds_at_start(self, text: str) -> bool:
        facts, asked = facts_named(text, self.names.graded), [pseudo.name for pseudo in pseudo_facts(text)]
        places = {name: place for place, name in enumerate((*facts, *asked))}
        given, known = self.scenario.facts, self.names.facts
        values = [given.get(fact, known[fact].initial) for fact in facts] + [False] * len(asked)
        return compile_condition(text, places, graded=self.names.graded).test(values, [False] * len(values))

    # --- what sets off what

    def _set_off(self, writer: _Writer) -> list[_Writer]:
        """The writer and the contingency injects that may be given in the very instant in which it writes."""
        group = [writer]
        for one in group:  # grows while it is walked: what is set off sets off more
            group += [other for other in self.writers if other not in group and self._answers(other, one)]
        return group

    def _answers(self, writer: _Writer, to: _Writer) -> bool:
        return writer.name not in self.fixed and bool(to.moves & self._wanted(writer.given))

    def _wanted(self, inject: Inject | Hazard | None) -> frozenset[tuple[str, int]]:
        """Which way facts must go to let a contingency inject be given."""
        if not isinstance(inject, Inject) or not inject.when:
            return frozenset()
        found = self._helps(inject.when)
        against = self._helps(inject.unless) if inject.unless else frozenset()
        return found | {(fact, -way) for fact, way in against}

    def _helps(self, text: str) -> frozenset[tuple[str, int]]:
        return frozenset(helps(expand(parse_condition(text), self.names.graded)))


def _follows(inject: Inject) -> Instant | None:
    """The event and the fixed delay that an inject waits for and nothing else."""
    if inject.after:
        delay = parse_duration(inject.after.delay)
        return (inject.after.event, delay.at(0.5)) if delay.fixed else None
    tree = parse_condition(inject.when) if inject.when else None
    return (tree.argument, tree.delay) if isinstance(tree, Call) and tree.kind == "elapsed" else None
