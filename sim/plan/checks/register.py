"""Duties: those of the register and those of guest units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sim.errors import Problem
from sim.plan.checks.facts import check_condition, check_effects
from sim.plan.checks.names import Names, check_duty_name, check_names, unknown
from sim.plan.reading import Document, KeyPath
from sim.plan.schema import Arrangements, Batch, Body, Duty, Post, Reads, Register


def check_register(register: Register, names: Names, document: Document) -> list[Problem]:
    """Return the problems of `annex3.yaml`: quotes, ids, readings, numbers, prerequisites."""
    problems = _check_twice(register, document)
    for section, members in (("bodies", register.bodies), ("units", register.units)):
        problems += _check_numbers(members, (section,), document)
        for name, body in members.items():
            for duty_id, duty in body.duties.items():
                path = (section, name, "duties", duty_id)
                problems += _check_quote(duty, body.official, path, document)
                problems += check_duty(duty, names, document, path)
    problems += _check_numbers(register.posts, ("posts",), document)
    paths = {
        duty_id: (section, name, "duties", duty_id)
        for section, members in (("bodies", register.bodies), ("units", register.units))
        for name, body in members.items()
        for duty_id in body.duties
    }
    return problems + check_cycles(names, paths, document)


def check_duty(duty: Duty, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    """Return the problems of one duty's reading."""
    if (duty.reads is None) == (duty.outside is None):
        code = "duty-unread" if duty.reads is None else "duty-read-and-outside"
        return [document.problem(code, path, at_key=True, name=path[-1])]
    if duty.reads is None:
        return []
    problems = []
    if duty.phase in ("prevention", "standing"):
        problems.append(
            document.problem("duty-phase-played", (*path, "phase"), severity="warning", phase=duty.phase)
        )
    return problems + _check_reads(duty.reads, names, document, (*path, "reads"))


def _check_reads(reads: Reads, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    problems = check_effects(reads.achieves, names, document, (*path, "achieves"))
    problems += check_names(document, (*path, "sees"), "unknown-fact", reads.sees or [], names.facts)
    if reads.serves not in names.needs:
        problems.append(unknown(document, (*path, "serves"), "unknown-need", reads.serves, names.needs))
    if (reads.form == "batch") != (reads.batch is not None):
        code = "batch-missing" if reads.form == "batch" else "batch-unfit"
        problems.append(document.problem(code, (*path, "batch"), at_key=True))
    if reads.batch:
        problems += _check_batch(reads.batch, names, document, (*path, "batch"))
    if reads.condition:
        problems += check_condition(reads.condition, names, document, (*path, "condition"))
    if reads.standby:
        problems += check_condition(reads.standby, names, document, (*path, "standby"))
    if reads.publishes and names.arrangements.news is None and names.arrangements != Arrangements():
        news = (*path, "publishes")
        problems.append(document.problem("publishes-unapproved", news, at_key=True, severity="warning"))
    for place, reference in enumerate(reads.after):
        problems += _check_after(reference, names, document, (*path, "after", place))
    return problems


def _check_batch(batch: Batch, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    problems = []
    for key, fact_id in (("takes", batch.takes), ("gives", batch.gives)):
        fact = names.facts.get(fact_id)
        if fact is None:
            problems.append(unknown(document, (*path, key), "unknown-fact", fact_id, names.facts))
        elif fact.kind != "count":
            problems.append(document.problem("batch-not-count", (*path, key), name=fact_id, kind=fact.kind))
    if batch.takes == batch.gives:
        problems.append(document.problem("batch-same", (*path, "gives"), name=batch.gives))
    return problems


def _check_after(reference: str, names: Names, document: Document, path: KeyPath) -> list[Problem]:
    duty_id, stage = reference.rsplit(".", 1)
    problems = check_duty_name(document, path, duty_id, names)
    if problems:
        return problems
    reads = names.duties[duty_id][1].reads
    if stage == "finished" and reads and reads.form in ("sustained", "repeated"):
        values: dict[str, Any] = {"name": duty_id, "form": reads.form}
        problems.append(document.problem("after-endless", path, severity="warning", **values))
    return problems


def _check_quote(duty: Duty, official: str, path: KeyPath, document: Document) -> list[Problem]:
    if duty.quote is None:
        return [document.problem("quote-missing", path, at_key=True, name=path[-1])]
    if duty.quote in official:
        return []
    same = next(n for n in range(len(duty.quote), -1, -1) if duty.quote[:n] in official)
    values: dict[str, Any] = {"same": same, "rest": duty.quote[same : same + 8]}
    return [document.problem("quote-not-exact", (*path, "quote"), offset=same, **values)]


def _check_twice(register: Register, document: Document) -> list[Problem]:
    problems = [
        document.problem("actor-twice", ("bodies", name), at_key=True, name=name)
        for name in register.bodies
        if name in register.units
    ]
    seen: dict[str, str] = {}
    for section, members in (("units", register.units), ("bodies", register.bodies)):
        for name, body in members.items():
            for duty_id in body.duties:
                if duty_id in seen:
                    values: dict[str, Any] = {"name": duty_id, "other": seen[duty_id]}
                    path = (section, name, "duties", duty_id)
                    problems.append(document.problem("duty-twice", path, at_key=True, **values))
                seen.setdefault(duty_id, name)
    return problems


def _check_numbers(
    members: Mapping[str, Body] | Mapping[str, Post], path: KeyPath, document: Document
) -> list[Problem]:
    used = Counter(member.number for member in members.values())
    twice = [(name, member.number) for name, member in members.items() if used[member.number] > 1]
    return [document.problem("number-twice", (*path, name, "number"), number=n) for name, n in twice[1:]]


def check_cycles(names: Names, paths: Mapping[str, KeyPath], document: Document) -> list[Problem]:
    """Return one problem for each circle of prerequisites that passes through a duty of `paths`."""
    after = {
        duty_id: sorted(
            {reference.rsplit(".", 1)[0] for reference in duty.reads.after} & names.playable.keys()
        )
        for duty_id, (_, duty) in names.playable.items()
        if duty.reads
    }
    problems = []
    for cycle in find_cycles(after):
        here = [duty_id for duty_id in cycle if duty_id in paths]
        if here:
            circle = " → ".join((*cycle, cycle[0]))
            path = (*paths[here[0]], "reads", "after")
            problems.append(document.problem("prerequisite-cycle", path, at_key=True, circle=circle))
    return problems


def find_cycles(after: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Return one circle of each knot of the graph name → names it waits for, least name first."""
    cycles: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in sorted(after):
        if start in done:
            continue
        way, waiting = [start], [iter(after[start])]
        while waiting:
            step = next(waiting[-1], None)
            if step is None:
                waiting.pop()
                done.add(way.pop())
            elif step in way:
                cycles.append(_from_least(way[way.index(step) :]))
            elif step not in done:
                way.append(step)
                waiting.append(iter(after[step]))
    return sorted(set(cycles))


def _from_least(cycle: list[str]) -> tuple[str, ...]:
    least = cycle.index(min(cycle))
    return (*cycle[least:], *cycle[:least])
