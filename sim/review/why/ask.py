"""Why something became true in a drill, and when, or why it never did: `tuiyan why RUN ITEM`.

An inject or a hazard is judged on the truth; needs, levels of response, grades, reports, the hand-over and the end on
what headquarters knew; an alarm duty on its own unit's picture. Everything is judged again from the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any, Final

from sim.errors import InputError, Problem
from sim.plan.compiled import Label, Plan
from sim.plan.grading import NEAR_MISS
from sim.record.timeline import Timeline
from sim.review.names import both
from sim.review.why import answers, data, law, office, text
from sim.review.why.case import Answer, Answering, Case
from sim.review.why.command import COMMAND, command
from sim.review.why.duty import duty
from sim.words import Lang, pick
from sim.words.events import DESK
from sim.words.gaps import TITLES
from sim.words.why import NAMES

ANSWERS: Final[Mapping[str, Answering]] = {
    "inject": answers.inject, "hazard": answers.hazard, "need": answers.need, "duty": duty, "level": answers.level,
    "graded": answers.graded, "command": command, "report": answers.report, "norm": answers.norm,
    "safety": law.safety, "aftermath": law.aftermath, "step": office.step, "gap": law.gap,
}  # fmt: skip
"""The answer of each kind of item, in the order in which a plain id is looked up; ``need.rescue`` says the kind."""


class Why(Answer):
    """The answer for one item, and how it is told."""

    __slots__ = ()

    def text(self, lang: Lang = "zh") -> str:
        """Return the answer in plain words, several lines."""
        return text.text(self, lang)

    def data(self) -> dict[str, Any]:
        """Return the answer as plain data: times in minutes, rows by their seq, names by their ids."""
        return data.data(self)


def why(drill: Timeline, item: str) -> Why:
    """Return when `item` became true in a drill and why, or why it never did.

    `item` is the id of an inject, a hazard, a need, a duty, a level of response, a grade of accidents, a report, a
    norm, a rule of safety, an aftermath, a step of the desk or of command (``desk.verify``), the code of a gap, or
    one of activated, handover, terminated, field and conference; the kind may stand before it (``need.rescue``). Raise
    InputError with near names if there is nothing of that name.
    """
    kinds = list(_kinds(drill.plan, item))
    if not kinds:
        known = sorted({name for names in items(drill.plan).values() for name in names})
        near = get_close_matches(item, known, 3, 0.5) or _labelled(drill.plan, item)
        raise InputError([Problem("why-unknown-item", drill.plan.id, values={"item": item, "near": near})])
    kind, name = kinds[0]
    answer = ANSWERS[kind](Case(drill), name)
    return Why(**{f.name: getattr(answer, f.name) for f in fields(answer)})


def items(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return every name that `why` knows in a plan, by kind."""
    near_miss = (NEAR_MISS,) if plan.law.near_miss is not None else ()
    return {
        "inject": tuple(inject.id for inject in plan.injects),
        "hazard": tuple(hazard.id for hazard in plan.hazards),
        "need": tuple(need.id for need in plan.needs),
        "duty": (*(duty.id for duty in plan.duties), *(duty.id for duty in plan.outside)),
        "level": tuple(level.id for level in plan.arrangements.levels),
        "graded": (*(grade.id for grade in plan.law.grades), *near_miss),
        "command": COMMAND,
        "report": tuple(report.id for report in plan.arrangements.reports),
        "norm": tuple(norm.id for norm in plan.norms),
        "safety": tuple(rule.id for rule in plan.law.safety),
        "aftermath": tuple(entry.id for entry in plan.aftermath),
        "step": office.STEPS,
        "gap": tuple(TITLES),
    }


def _labelled(plan: Plan, text: str) -> list[str]:
    """The ids of a few items whose label holds what was asked for, for those who ask by the words they read."""
    labels: dict[str, Label] = {name: both(NAMES, name) for name in COMMAND}
    labels |= {step: both(DESK, step) for step in office.STEPS}
    labels |= {code: both(TITLES, code) for code in TITLES}
    labels |= {need.id: need.label for need in plan.needs}
    labels |= {duty.id: duty.label for duty in plan.duties}
    labels |= {norm.id: norm.label for norm in plan.norms}
    labels |= {level.id: level.label for level in plan.arrangements.levels}
    labels |= {report.id: report.label for report in plan.arrangements.reports}
    labels |= {rule.id: rule.label for rule in plan.law.safety}
    found = [
        name for name, label in labels.items() if text and text.lower() in " ".join(label.values()).lower()
    ]
    return sorted(found, key=lambda name: (len(pick(labels[name], "zh")), name))[:3]


def _kinds(plan: Plan, item: str) -> Iterator[tuple[str, str]]:
    found, (head, _, rest) = items(plan), item.partition(".")
    if head in found and rest in found[head]:
        yield head, rest
    for kind in ANSWERS:
        if item in found[kind]:
            yield kind, item
