"""What the plan is for, against its own words: duties ruled out, grades at odds, foreign subjects, missing actors."""

from __future__ import annotations

from collections.abc import Iterator

from sim.plan.schema import Label as Words
from sim.plan.schema import Scope
from sim.review.flaws.flaw import Flaw
from sim.review.flaws.paper import Paper, unique


def scope_flaws(paper: Paper) -> Iterator[Flaw]:
    """Yield the flaws of scope; without a scope in the register only what a duty's own words rule out."""
    yield from _ruled_out(paper)
    scope = paper.roster.register_.scope
    if scope is not None:
        yield from _grades(paper, scope)
        yield from _subjects(paper, scope)
        yield from _missing(paper, scope)


def _ruled_out(paper: Paper) -> Iterator[Flaw]:
    for out in paper.plan.outside:
        if out.reason == "words":
            unit = paper.plan.actors[out.actor]
            yield Flaw(
                "P104", "major", out.id, (out.quote,), duties=(out.id,),
                values={"unit": unit.label, "duty": out.label},
            )  # fmt: skip


def _grades(paper: Paper, scope: Scope) -> Iterator[Flaw]:
    """A member's clause that names a grade: another than headquarters commands, or as a limit that others lack."""
    words = sorted(scope.grades, key=lambda word: (-len(word), word))
    for unit, duty_id, clause in paper.clauses(bodies=False):
        word = next((word for word in words if word in (clause.quote or "")), "")
        if word:
            limited = word == scope.grade
            yield Flaw(
                "P107", "minor" if limited else "major", duty_id, (clause.quote or "",),
                "limited" if limited else "", (duty_id,),
                {"unit": paper.names.unit(unit), "duty": _both(clause.name), "word": word, "grade": scope.grade},
            )  # fmt: skip


def _subjects(paper: Paper, scope: Scope) -> Iterator[Flaw]:
    for subject_id, subject in scope.outside.items():
        found: dict[str, list[tuple[str, str]]] = {}
        for unit, duty_id, clause in paper.clauses():
            if any(word in (clause.quote or "") for word in subject.words):
                found.setdefault(unit, []).append((duty_id, clause.quote or ""))
        for unit, clauses in found.items():
            yield Flaw(
                "P108", "minor", f"{unit}·{subject_id}", unique([quote for _, quote in clauses]),
                duties=tuple(duty_id for duty_id, _ in clauses),
                values={"unit": paper.names.unit(unit), "subject": _both(subject.label), "why": _both(subject.why)},
            )  # fmt: skip


def _missing(paper: Paper, scope: Scope) -> Iterator[Flaw]:
    members = [*paper.roster.register_.bodies, *paper.roster.register_.units]
    unowned = {
        need.id
        for place, need in enumerate(paper.plan.needs)
        if not any(d.lead for d in paper.serving[place])
    }
    for actor_id, actor in scope.actors.items():
        if any(word in name for word in actor.words for name in members):
            continue
        needs = tuple(paper.names.need(need) for need in actor.needs)
        yield Flaw(
            "P109", "major" if unowned.intersection(actor.needs) else "minor", actor_id,
            variant="needs" if needs else "",
            values={"actor": _both(actor.label), "needs": needs, "why": _both(actor.why)},
        )  # fmt: skip


def _both(label: Words) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}
