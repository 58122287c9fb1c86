"""Labels in both languages for everything a timeline names by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sim.plan.compiled import Actor, Duty, Label, Need, Plan, Report
from sim.plan.grading import NEAR_MISS
from sim.record.events import KINDS
from sim.words import Table
from sim.words.conditions import EVENTS
from sim.words.decisions import OPTIONS
from sim.words.events import DESK, STAGES, TEAMS, WAITS
from sim.words.notes import ROLES

NOBODY: Final = "未邀请"


class Names:
    """Looks up what a plan calls an actor, duty, need, team or wait; an unknown id is its own label."""

    def __init__(self, plan: Plan) -> None:
        """Open the look-up of `plan`."""
        self.actors: Mapping[str, Actor] = {actor.name: actor for actor in plan.actors}
        self.duties: Mapping[str, Duty] = {duty.id: duty for duty in plan.duties}
        self.needs: Mapping[str, Need] = {need.id: need for need in plan.needs}
        self.reports: Mapping[str, Report] = {f"report.{r.id}": r for r in plan.arrangements.reports}
        self.levels: Mapping[str, Label] = {level.id: level.label for level in plan.arrangements.levels}
        self.grades: Mapping[str, Label] = {grade.id: grade.label for grade in plan.law.grades}
        self.carriers: Mapping[str, Label] = {
            n.carrier: n.carrier_label for n in plan.networks if n.carrier_label
        }
        self._plan = plan

    def unit(self, name: str) -> Label:
        """Return the label of a body, unit, guest or post."""
        if name in self.actors:
            return self.actors[name].label
        others = {post.holder: post.label for post in self._plan.posts}
        return others.get(name) or dict(self._plan.arrangements.receivers).get(name, plain(name))

    def duty(self, duty: str) -> Label:
        """Return the label of a duty, of a step of the desk or of command, or of a report."""
        if duty in self.duties:
            return self.duties[duty].label
        if duty in self.reports:
            return self.reports[duty].label
        head, _, name = duty.partition(".")
        if head == "sign":
            return both(DESK, head, self.duty(name))
        return both(DESK, duty) if duty in DESK else plain(duty)

    def outside_or_duty(self, duty: str) -> Label:
        """Return the label of a duty, also of one that is never dispatched."""
        return next((out.label for out in self._plan.outside if out.id == duty), self.duty(duty))

    def whose(self, duty: str) -> Label:
        """Return the label of a duty after that of its unit."""
        unit, name = self.unit(self.owner(duty)), self.duty(duty)
        return {lang: f"{unit[lang]}·{name[lang]}" for lang in ("zh", "en")}

    def event(self, event: str) -> Label:
        """Return the label of an event by the name that `sim.record.events.names_of` gives it."""
        if event in KINDS:
            return {"zh": KINDS[event].zh, "en": KINDS[event].en}
        duty, _, stage = event.rpartition(".")
        if stage in STAGES:
            return _stage(self.duty(duty), stage)
        head, _, name = event.partition(".")
        labels = {"need": self.need, "level": self.level, "graded": self.grade, "broken": self.rule}
        return both(EVENTS, head, labels[head](name)) if head in labels else plain(event)

    def mark(self, name: str) -> Label:
        """Return the label of what a limit runs from or to: a stage of a task, an inject, another event."""
        inject = next((inject for inject in self._plan.injects if inject.id == name), None)
        if inject is not None:
            return plain(f"{inject.id} {inject.title}")
        return both(STAGES, name) if name in STAGES else self.event(name)

    def level(self, level: str) -> Label:
        """Return the label of a level of response."""
        return self.levels.get(level, plain(level))

    def grade(self, grade: str) -> Label:
        """Return the label of a grade of accidents or of a near miss."""
        near_miss = self._plan.law.near_miss
        if grade == NEAR_MISS and near_miss is not None:
            return near_miss.label
        return self.grades.get(grade, plain(grade))

    def rule(self, rule: str) -> Label:
        """Return the label of a rule of the safety of rescuers."""
        return next((one.label for one in self._plan.law.safety if one.id == rule), plain(rule))

    def norm(self, norm: str) -> Label:
        """Return the label of a norm."""
        return next((one.label for one in self._plan.norms if one.id == norm), plain(norm))

    def option(self, key: str) -> Label:
        """Return the label of an option of a decision: one of the table, a level, or somebody's name."""
        return both(OPTIONS, key) if key in OPTIONS else self.levels.get(key, self.unit(key))

    def task(self, task: str) -> Label:
        """Return the label of the duty that a task such as ``crew.rescue#1`` carries out."""
        return self.duty(task.rpartition("#")[0])

    def need(self, need: str) -> Label:
        """Return the label of a need."""
        return self.needs[need].label if need in self.needs else plain(need)

    def fact(self, place: int) -> Label:
        """Return the label of the fact at `place`."""
        return self._plan.facts[place].label

    def owner(self, duty: str) -> str:
        """Return the name of the actor whose duty it is, empty for a step of the desk."""
        return self._plan.actors[self.duties[duty].actor].name if duty in self.duties else ""

    def stock(self, name: str) -> Label:
        """Return the label of a stock: units that have one of the same name call it the same."""
        return next((stock.label for stock in self._plan.stocks if stock.name == name), plain(name))

    def invited(self, unit: str) -> bool:
        """Whether a member unit was invited to the drill; 未邀请 units are marked, not accused."""
        actor = self.actors.get(unit)
        return actor is None or actor.kind != "unit" or actor.participation != NOBODY

    def role(self, role: str) -> Label:
        """Return the label of a role that needs a person to be somewhere."""
        return both(ROLES, role) if role in ROLES else plain(role)

    def wait(self, kind: str) -> Label:
        """Return the label of a wait such as ``travel``, ``team:rescue`` or ``prerequisite:a.b.started``."""
        head, _, rest = kind.partition(":")
        return (
            both(WAITS, head, self._object(head, rest))
            if head in WAITS
            else both(WAITS, "other", plain(kind))
        )

    def _object(self, head: str, rest: str) -> Label:
        if head == "team":
            return together([team(name) for name in rest.split("+")])
        if head == "safety":
            return self.rule(rest)
        if head == "person":
            return self.unit(rest)
        if head == "stock":
            return together([self.stock(name) for name in rest.split("+")])
        if head == "halted":
            return next((fact.label for fact in self._plan.facts if fact.id == rest), plain(rest))
        duty, _, stage = rest.rpartition(".")
        return _stage(self.duty(duty), stage) if head == "prerequisite" and stage in STAGES else plain(rest)


def _stage(name: Label, stage: str) -> Label:
    reached = both(STAGES, stage)
    return {
        lang: EVENTS["stage"][lang == "en"].format(x=name[lang], stage=reached[lang]) for lang in ("zh", "en")
    }


def together(labels: Sequence[Label]) -> Label:
    """Return labels as one, side by side."""
    return {"zh": "、".join(x["zh"] for x in labels), "en": ", ".join(x["en"] for x in labels)}


def plain(text: str) -> Label:
    """Return a label that reads the same in both languages."""
    return {"zh": text, "en": text}


def team(name: str) -> Label:
    """Return the label of a kind of team."""
    return both(TEAMS, name) if name in TEAMS else plain(name)


def both(table: Table, key: str, x: Label | None = None) -> Label:
    """Return an entry of a word table as a label, `x` filled in for ``{x}``."""
    zh, en = table[key]
    return {"zh": zh.format(x=x["zh"]), "en": en.format(x=x["en"])} if x else {"zh": zh, "en": en}
