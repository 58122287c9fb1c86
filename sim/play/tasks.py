"""A task: one execution of a duty.

Its life is triggered → ordered → acknowledged → waiting (by name: operator, prerequisite, team, muster) → departed →
arrived → started → finished, or it is stood down on the way, or closed as blocked or open at the horizon. `where` says
at which of these it stands: ``operator``, ``talking``, ``redial``, ``answer`` (nobody answered), ``acknowledge``,
``prerequisite``, ``team``, ``muster``, ``travel``, ``setup``, ``halted``, ``work``, ``stock`` (for its next cycle),
``approval`` (of what was drafted), ``hold`` (a sustained or repeated duty under way), ``safety`` (a rule keeps it out
of its work), ``closed``.

Here are its state and the course of its life. Each leg of the life is a room of its own: `orders`, `journey`, `work`,
`ending`, and `scene_reports` for what it says on the way. Their functions take the task and write its state.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.compiled import Duty, Writes
from sim.play.calls import CONFIRM, RELEASE, Call
from sim.play.ending import stand_down
from sim.play.journey import go_there, prepare
from sim.play.orders import order
from sim.play.pools import Ask, Rank
from sim.play.recorder import Key, Raw
from sim.play.safety import under_rules
from sim.play.work import carry_out, cycle_on, finish, until_possible

if TYPE_CHECKING:
    from sim.play.drill import Drill

Steps = Generator[simpy.Event, Any, None]

_ANEW: Final = 1_000_000
_NO_DUE: Final = float("inf")


class Task:
    """One execution of a duty in one drill. `last` is its latest row: the cause of its next one."""

    __slots__ = (
        "_timed", "alarm", "arrival", "ask", "broken", "call", "calls", "cancelled", "cycles", "drill", "duty", "event",
        "given", "heard", "id", "issue", "issues", "journeys", "key", "known", "last", "more", "name", "occurrence",
        "off_duty", "over", "own_adds", "own_instant", "own_sets", "process", "reported", "sent", "stages", "step",
        "stop", "tried",
    )  # fmt: skip

    def __init__(
        self, drill: Drill, duty: int, occurrence: int, cause: Raw, *, alarm: bool, arrival: bool = False
    ) -> None:
        self.drill = drill
        self.duty = duty
        self.given: Duty = drill.plan.duties[duty]
        self.occurrence = occurrence
        self.alarm = alarm
        self.arrival = arrival
        self.id = f"{self.given.id}#{occurrence}"
        self.key: Key = (4, duty, occurrence)
        self.name = f"{drill.index.names[duty]}{occurrence}/"
        self.last = cause
        self.stages: dict[str, int] = {}
        self.step = ""  # where it stands, but for the call under way
        self.process: simpy.Process | None = None
        self.over = False  # whether everybody could have noticed that it has ended
        self._timed = drill.index.stages_timed[duty]
        # its order and its end
        self.call: Call | None = None
        self.tried = 0  # how often it was called with its order, before a network came back
        self.calls = {CONFIRM: 0, RELEASE: 0}  # calls about it that were not its own
        self.known = False  # whether headquarters knows that it is under way
        self.stop = False  # whether it ends after this cycle
        self.cancelled = False  # whether it ends after this call
        # its way
        self.event: simpy.Event | None = None
        self.ask: Ask | None = None
        self.off_duty = False
        self.journeys = 0
        # its work and what it says of it
        self.issue = ""  # of what it takes from stocks: ``ready``, ``used``, or none
        self.issues = 0  # how many it has used
        self.more: Ask | None = None
        self.cycles = 0
        self.broken = 0  # how often what it is doing was broken off
        self.own_instant = -1  # when it last made something true, and what
        self.own_adds: Writes = ()
        self.own_sets: Writes = ()
        self.reported: dict[int, Any] = {}
        self.sent = 0  # how many reports
        self.heard: set[str] = set()  # stages that headquarters has heard of

    # --- what others ask

    @property
    def where(self) -> str:
        """Where it stands."""
        return self.call.where if self.call is not None else self.step

    @property
    def open(self) -> bool:
        """Whether it has not ended."""
        return self.step != "closed"

    @property
    def sees_it_through(self) -> bool:
        """Whether it finishes even if its need is over: a once-only duty under way (SEMANTICS 20)."""
        return self.step in ("work", "approval") and self.given.form == "once"

    @property
    def attempt(self) -> int:
        """The number of the draw for what it does now: what is begun anew is drawn anew, and moves no other draw."""
        return self.cycles + _ANEW * self.broken

    def rank(self, purpose: int) -> Rank:
        """Return the rank of an ask made now (SEMANTICS 3)."""
        stages, dues = self.stages, self.drill.index.dues[self.duty]
        due = _NO_DUE
        if dues:
            due = min((stages[start] + within for start, within in dues if start in stages), default=_NO_DUE)
        return (self.given.priority, due, self.drill.now, self.given.id, self.occurrence, purpose)

    # --- what it writes

    def log(self, event: str, waits: str = "", detail: dict[str, Any] | None = None) -> Raw:
        """Write one row of this task, caused by its last one."""
        given = self.given
        self.last = self.drill.log(
            self.key, event, self.last, given.actor, self.duty, self.id, given.need, -1, waits, detail
        )
        return self.last

    def stage(self, event: str, detail: dict[str, Any] | None = None) -> Raw:
        """Reach a stage: write its row, start the limits that run from it, wake who waited for it."""
        row = self.log(event, detail=detail)
        self.stages[event] = self.drill.env.now  # type: ignore[assignment]
        if (self.duty, event) in self.drill.index.stages_awaited:
            self.drill.prerequisites.reached(self.duty, event, row)
        if self.drill.networks.given:
            self.drill.networks.reached(self.duty, event, row)
        if event in self._timed:
            self.drill.happened(self._timed[event], row, self)
        return row

    # --- its life

    def life(self, *, again: bool = False) -> Steps:
        """From the trigger to the end; `again` from the order on, when it is called out once more."""
        self.process = self.drill.env.active_process
        if not again:
            self.stage(
                "triggered", {"by": "alarm"} if self.alarm else self.drill.command.handover.on_behalf()
            )
        try:
            if not self.alarm:
                if not (yield from order(self)):
                    return
            else:
                self.stage("acknowledged")
            yield from prepare(self)
            yield from carry_out(self)
        except simpy.Interrupt as interrupt:
            if interrupt.cause == "alarm":
                yield from self._life_on_alarm()
            else:
                stand_down(self)
        self.close()

    def _life_on_alarm(self) -> Steps:
        call, self.call, self.alarm = self.call, None, True
        if call is not None and call.talk is None:
            call.withdraw()
            call = None
        if call is not None and call.actor != self.given.actor:
            self.drill.command.groups.hang_up(call)
            call = None
        try:
            self.stage("acknowledged", {"by": "alarm"})
            self.drill.alarms.confirm(self, call)
            yield from prepare(self)
            yield from carry_out(self)
        except simpy.Interrupt:
            stand_down(self)

    def alone(self) -> Steps:
        """A unit that could not be reached learns of it by itself after all."""
        self.process = self.drill.env.active_process
        yield from self._life_on_alarm()
        self.close()

    def again(self) -> Steps:
        """A batch duty takes the people who came after it had finished, without a call (SEMANTICS 17)."""
        self.process = self.drill.env.active_process
        self.step, self.stop = "team", False
        try:
            yield from go_there(self)
            yield from until_possible(self)
            if self.drill.index.rules.at_entry[self.duty]:
                yield from under_rules(self, "work", cycle_on)
            else:
                yield from cycle_on(self)
            finish(self)
        except simpy.Interrupt:
            stand_down(self)
        self.close()

    def stay(self) -> None:
        """Go on after all: the need was raised again before the word to stop took effect."""
        self.stop = self.cancelled = False

    def reopen(self) -> None:
        """Be open again, before `again` is run."""
        self.over = False
        self.step = "team"

    def close(self) -> None:
        """Be closed: its duty may be due again."""
        self.step = "closed"
        self.process = None
        self.drill.dispatch.closed(self)
