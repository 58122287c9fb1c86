"""The command process: exactly one (SEMANTICS 25, 26 and 29).

The desk proposes a response; the commander approves by phone, also when away; when no call gets through, the office
acts, as Annex 3 says. From then on headquarters has a picture of its own, all members are informed, levels and grades
follow the picture, command may be handed over, and the end is declared once its condition has held for a while.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.play.aftercare import AfterCare
from sim.play.approval import Approval
from sim.play.field import FieldHeadquarters
from sim.play.grades import Grades
from sim.play.groups import Groups
from sim.play.handover import HandOver
from sim.play.informing import Informing
from sim.play.ledger import Ledger
from sim.play.levels import Levels
from sim.play.publishing import Publishing
from sim.play.recorder import ENGINE_KEY, Key, Raw
from sim.play.reporting import Reporting
from sim.play.situation import News, Picture
from sim.play.steps import Step
from sim.play.termination import Termination

if TYPE_CHECKING:
    from sim.play.drill import Drill

_APPROVAL: Final[Key] = (2, 5, 1)


class Command:
    """Headquarters of one drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.given = drill.plan.command
        self.actor = self.given.actor
        self.picture = drill.picture(self.actor)
        self.informing = Informing(drill)
        self.levels, self.grades = Levels(drill), Grades(drill)
        self.handover, self.ending = HandOver(drill), Termination(drill)
        self.field, self.groups = FieldHeadquarters(drill), Groups(drill)
        self.aftercare = AfterCare(drill)
        self.reporting, self.ledger, self.publishing = Reporting(drill), Ledger(drill), Publishing(drill)
        self.proposed = False
        self.activated: Raw | None = None
        self.terminated: Raw | None = None
        self.opened = False  # whether headquarters answers its own phone
        self.noted: dict[int, Raw] = {}  # what the office has learnt in this wave
        self.due = False  # whether something is queued for the next settling
        self._look = False
        self._to_open: Raw | None = None
        self._from_desk: list[News] = []

    def want_settle(self) -> None:
        """See to it that headquarters is settled in this instant."""
        self.due = True
        self.drill.want_settle()

    # --- news

    def learn(self, news: News, new: dict[int, Any]) -> Raw:
        """Write the row of what headquarters or the desk has just come to believe; none for pseudo-facts alone."""
        facts = self.drill.plan.facts
        told = {facts[fact].id: value for fact, value in new.items() if facts[fact].kind != "pseudo"}
        if not told:
            return news.cause
        detail = {"facts": told, "observed_at": news.observed / 1000}
        return self.drill.log(ENGINE_KEY, "learnt", news.cause, actor=news.holder, detail=detail)

    def hear(self, news: News) -> None:
        """Take news from the desk in, if a response is started; what it heard before came with the proposal."""
        self._from_desk.append(news)
        self.want_settle()

    def mirror(self, changed: dict[int, Raw]) -> None:
        """In a network preset headquarters sees the truth as it changes."""
        truth, now = self.drill.truth.values, self.drill.now
        self.drill.news += [News(now, row, self.actor, ((f, truth[f]),)) for f, row in changed.items()]

    def office_picture(self) -> Picture:
        """Return what the office knows: the desk's picture until a response is started, then headquarters'."""
        return self.picture if self.opened else self.drill.picture(self.drill.plan.desk.actor)

    # --- activation

    def want_look(self) -> None:
        """Look at the desk's picture in the next settling."""
        self._look = True
        self.want_settle()

    def consider(self, row: Raw) -> None:
        """Propose a response, once, if the desk's picture calls for it."""
        desk = self.drill.picture(self.drill.plan.desk.actor)
        if not self.proposed and self.given.activate_when.test(desk.values, desk.known):
            self.proposed = True
            self.drill.start(_APPROVAL, self._approve(row))

    def settle(self) -> None:
        """Look at a proposal that is due; open headquarters if a response has just been started; note who knows."""
        self.due = False
        self.informing.settle()
        self.ledger.settle()
        self.reporting.settle()
        self.publishing.settle()
        if self._from_desk:
            heard, self._from_desk = self._from_desk, []
            if self.activated is not None:
                self.drill.news += heard
        if self._look:
            self._look = False
            assert self.drill.desk.assessed is not None
            self.consider(self.drill.desk.assessed)
        if self._to_open is not None:
            row, self._to_open = self._to_open, None
            self._open(row)
        self.field.settle()
        self.groups.settle()

    def _approve(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        desk = self.drill.plan.desk.actor
        level = self.levels.called_for(self.drill.picture(desk))
        step = Step(self.drill, _APPROVAL, desk, "desk.activate", 1)
        approval = Approval(self.drill, step, level.approver if level else self.given.commander)
        row = yield from approval.life(cause)
        self._activate(row, approval.detail | self.levels.begin(level))

    def _activate(self, cause: Raw, detail: dict[str, Any]) -> None:
        self.activated = self._to_open = self.drill.log(
            _APPROVAL, "activated", cause, actor=self.actor, detail=detail
        )
        self.drill.happened("activated", self.activated)
        if "level" in detail:
            self.drill.happened(f"level.{detail['level']}", self.activated)
        self.want_settle()

    def activate_at_once(self) -> None:
        """Start the response at T+0 (network preset)."""
        self.proposed = True
        self._activate(self.drill.opened, {"approver": "network"})

    def _open(self, row: Raw) -> None:
        drill, self.opened = self.drill, True
        desk = drill.picture(drill.plan.desk.actor)
        for observed, items in desk.by_time().items():
            drill.news.append(News(observed, row, self.actor, items))
        # what crews reported to headquarters before the response calls for decisions only now
        self.note({fact: row for fact, known in enumerate(self.picture.known) if known})
        drill.needs.look_at_everything(row)
        if not drill.plan.network:
            self.informing.begin(row)
            self.field.begin(row)

    # --- what follows headquarters' picture

    def note(self, changed: dict[int, Raw]) -> None:
        """Note what headquarters or the desk has learnt; called while the wave is settled."""
        self.noted.update(changed)

    def judge(self) -> None:
        """Look at grades, figures, reports, levels and hand-over, now that what the office knows has changed."""
        changed, self.noted = self.noted, {}
        self.grades.judge(changed)
        self.ledger.judge(changed)
        self.reporting.judge(changed)
        if self.activated is not None and self.terminated is None:
            if self.handover.done is None:
                self.levels.judge(changed)
            self.handover.judge(changed)

    def finish(self) -> None:
        """Take the last decisions of a settling: whether command was handed over, whether the response is over."""
        self.handover.settle()
        self.ending.settle()
        self.field.finish()
        self.aftercare.settle()
        self.reporting.finish()
