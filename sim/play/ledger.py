"""The casualty ledger: one set of figures that was checked, and that everybody quotes (报送口径; SEMANTICS 8).

Whenever what the office knows of a line changes, the keeper checks it. One check at a time: a line that stood
throughout is approved at the end; what changed meanwhile keeps its approved figure and is checked next. A line that is
taken back wholly stays, approved as none. Of a line that nobody has approved yet, what is believed is told and marked.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.grading import figures
from sim.play.recorder import ACTOR, ENGINE_KEY, EVENT, INJECT, TASK, Key, Raw
from sim.play.situation import Picture
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill

Figures = dict[str, Any]
_LEDGER: Final = 21  # the first part of the keys of its checks
_RECEIVE: Final = "desk.receive#"
_NEVER: Final = -1  # no figure: a line that nobody has approved


class Ledger:
    """The figures of one drill. `approved` are those to report, None before the first is approved."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.given = None if drill.plan.network else drill.plan.arrangements.ledger
        self.lines = frozenset(drill.plan.law.casualties)
        self.approved: Figures | None = None
        self.sources: dict[str, str] = {}
        self._checks = 0
        self._doubt: set[str] = set()  # lines heard of that nobody has approved as they are believed
        self._checking: Figures | None = None  # what was believed as the check began
        self._checked: Raw | None = None

    def quote(self, picture: Picture) -> tuple[Figures, list[str]]:
        """Return the figures to tell, and the lines among them that nobody has approved."""
        approved, believed = self.approved or {}, self._believed(picture)
        return believed | approved, sorted(believed.keys() - approved.keys())

    def unquoted(self, picture: Picture) -> tuple[Figures, list[str]]:
        """Return the same for somebody who has heard of no approved figure."""
        believed = self._believed(picture)
        return believed, sorted(believed)

    def _believed(self, picture: Picture) -> Figures:
        plan = self.drill.plan
        return dict(figures(plan.law, plan.facts, picture.values))

    # --- checking

    def judge(self, changed: dict[int, Raw]) -> None:
        """Check what the office believes, if the news of this wave changed a line."""
        if self.given is not None and self._checking is None and not self.lines.isdisjoint(changed):
            self._consider(self.drill.script.cause_of(self.lines, changed))

    def _consider(self, cause: Raw) -> None:
        believed, approved = self._believed(self.drill.command.office_picture()), self.approved or {}
        lines = {*believed, *approved, *self._doubt}
        self._doubt = {line for line in lines if believed.get(line, 0) != approved.get(line, _NEVER)}
        if self._doubt:
            self._checking = believed
            self._checks += 1
            key: Key = (_LEDGER, 0, self._checks)
            self.drill.start(key, self._check(key, cause))

    def _check(self, key: Key, cause: Raw) -> Generator[simpy.Event, Any, None]:
        given, number = self.given, key[2]
        assert given is not None
        step = Step(self.drill, key, given.keeper, "ledger.check", number)
        step.start(step.begin(cause))
        keeper = self.drill.plan.actors[given.keeper].name
        yield step.spend(given.verify, f"{keeper}/ledger/{number}/verify")
        self._checked = step.end()
        self.drill.command.want_settle()

    def settle(self) -> None:
        """Approve what stood throughout the check that ended in this wave; check next what changed meanwhile."""
        if self._checked is None:
            return
        row, self._checked = self._checked, None
        began, self._checking = self._checking or {}, None
        picture = self.drill.command.office_picture()
        now, old = self._believed(picture), self.approved or {}
        stood = {line for line in {*old, *self._doubt} if now.get(line, 0) == began.get(line, 0)}
        fresh = {line: now.get(line, 0) if line in stood else old[line] for line in sorted({*old, *stood})}
        if fresh != old:
            self._approve(row, fresh, stood, picture)
        self._consider(row)

    def _approve(self, cause: Raw, fresh: Figures, stood: set[str], picture: Picture) -> None:
        drill, given = self.drill, self.given
        assert given is not None
        place = {drill.plan.facts[line].id: line for line in self.lines}
        said = {name: self._said(place[name], picture) for name in fresh if name in stood}
        self.sources = {name: said.get(name, self.sources.get(name, "")) for name in fresh}
        self.approved = fresh
        row = drill.log(
            ENGINE_KEY, "figure_approved", cause, actor=given.keeper,
            detail={"figures": dict(fresh), "sources": dict(self.sources)},
        )  # fmt: skip
        drill.happened("figure_approved", row)
        drill.command.reporting.compare(row)

    # --- where a figure comes from

    def _said(self, fact: int, picture: Picture) -> str:
        """Return who said it: the unit whose report it was, the desk that verified it, or whoever an inject is from."""
        row = self.drill.recorder.rows[picture.source[fact]]
        if row[EVENT] == "activated":  # headquarters took it over from the desk as the response began
            row = self.drill.recorder.rows[self.drill.picture(self.drill.plan.desk.actor).source[fact]]
        if row[TASK].startswith(_RECEIVE):
            row = self.drill.desk.origins[int(row[TASK].removeprefix(_RECEIVE))]
        inject = row[INJECT]
        if inject >= 0:
            return self.drill.plan.injects[inject].source
        return self.drill.plan.actors[row[ACTOR]].name if row[ACTOR] >= 0 else ""
