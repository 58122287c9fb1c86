"""The grade of the accident as far as the office knows it: a row whenever it turns out to be graver (SEMANTICS 28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.play.recorder import ENGINE_KEY, Raw

if TYPE_CHECKING:
    from sim.play.drill import Drill


class Grades:
    """What the office believes the accident to be. `known` are the grades, and near miss, reached so far."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        law = drill.plan.law
        self.rungs = [(grade.id, grade.when) for grade in law.grades]
        if law.near_miss is not None:
            self.rungs.append(("near_miss", law.near_miss.when))
        self.facts = frozenset(fact for _, when in self.rungs for fact in when.facts)
        self.known: set[str] = set()
        self._looked = False

    def judge(self, changed: dict[int, Raw]) -> None:
        """Write what the news of this wave makes the accident, if it is graver than was known."""
        if not self.rungs or (self._looked and self.facts.isdisjoint(changed)):
            return
        self._looked = True
        picture = self.drill.command.office_picture()
        fresh = [
            name
            for name, when in self.rungs
            if name not in self.known and when.test(picture.values, picture.known)
        ]
        if fresh:
            self._note(fresh, changed)

    def _note(self, fresh: list[str], changed: dict[int, Raw]) -> None:
        drill = self.drill
        self.known.update(fresh)
        values = drill.command.office_picture().values
        facts = drill.plan.facts
        told: dict[str, Any] = {facts[fact].id: values[fact] for fact in sorted(self.facts) if values[fact]}
        cause = drill.script.cause_of(sorted(self.facts), changed)
        if cause is drill.opened:
            cause = max(changed.values(), key=lambda row: int(row[0]))
        command = drill.command
        row = drill.log(
            ENGINE_KEY, "graded", cause, actor=command.actor if command.opened else drill.plan.desk.actor,
            detail={"grades": fresh, "grade": self.highest(), "values": told},
        )  # fmt: skip
        for name in fresh:
            drill.happened(f"graded.{name}", row)

    def highest(self) -> str:
        """Return the gravest grade known, nothing if none is."""
        known = [grade.id for grade in self.drill.plan.law.grades if grade.id in self.known]
        return known[-1] if known else ""
