"""The duty desk: one or two people with a ranked queue (SEMANTICS 13).

A ring is received and recorded. The first report up starts when the first ring is picked up, and waits for nothing but
a free hand and a telephone that works: not for the record, nor for verification, nor for activation, unless the office
has that bad habit, which is then played so that its price shows. Then the duty leader is phoned and the news is
verified, side by side as far as hands go; then it is assessed; a later report of the same incident skips that. What a
third party reports is verified from reception on.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import simpy

from sim.plan.compiled import Writes
from sim.plan.durations import Duration
from sim.play.pools import Rank
from sim.play.recorder import SEQ, Key, Raw, T
from sim.play.situation import News
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill

_NO_DUE: Final = float("inf")
_STEPS: Final = ("receive", "report_up", "phone_leader", "verify", "assess", "activate")
_PRIORITY: Final = {"report_up": 0, "phone_leader": 1, "verify": 2}
_FIRST_RING, _LATER_RING = 0, 1
_HABITS: Final = {"verified": "verification", "approved": "activation"}
"""Report up 0 and activation 1 by SEMANTICS 3. The first ring is picked up as soon as a hand is free; a later one takes
its turn with the calls that start the response; verification comes after the call to the leader."""


class Ring(NamedTuple):
    """A call that came in: what it says, when that was seen, the row that made it, and who calls, where it matters."""

    items: Writes
    observed: int
    cause: Raw
    reporter: str = ""

    @property
    def verified_at_once(self) -> bool:
        """Whether it is verified from reception on: nobody of the enterprise has said so."""
        return self.reporter == "third-party"


class Desk:
    """The duty desk of one drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.actor = drill.plan.desk.actor
        self.assessed: Raw | None = None
        self.verified: Raw | None = None
        self.origins: dict[int, Raw] = {}  # the rows that made each ring received
        self.held: tuple[str, simpy.Event] | None = None  # what the first report up waits for, if it does
        self.rings: list[Ring] = []
        self._received = 0
        self._ready: list[Raw] = []

    def answers_for(self, actor: int) -> bool:
        """Whether a call to `actor` rings at the desk: its own, and headquarters' until a response is started."""
        command = self.drill.plan.command
        hq = actor in (command.actor, command.acting) and not self.drill.command.opened
        return actor == self.actor or hq

    @property
    def alerted(self) -> bool:
        """Whether the phone has rung."""
        return bool(self._received or self.rings)

    def ring(self, items: Writes, observed: int, cause: Raw, reporter: str = "") -> None:
        """Let the phone ring."""
        self.rings.append(Ring(items, observed, cause, reporter))
        self.drill.want_settle()

    def settle(self) -> None:
        """Queue the rings of this wave for a hand, in the order of the rows that made them."""
        if self.held is not None:
            self._let_report(*self.held)
        rings, self.rings = sorted(self.rings, key=_by_cause), []
        for ring in rings:
            self._received += 1
            self.origins[self._received] = ring.cause
            self.drill.start(self._key("receive", self._received), self._receive(ring, self._received))

    def heard(self, row: Raw) -> None:
        """Look again whether to propose a response, once the first news is assessed."""
        if self.assessed is not None:
            self.drill.command.consider(row)

    # --- the steps

    def _receive(self, ring: Ring, number: int) -> Generator[simpy.Event, Any, None]:
        drill, first = self.drill, number == 1
        picked_up = partial(self._pick_up, ring) if first else None
        row = yield from self.step(
            "receive", number, drill.plan.desk.receive, ring.cause, picked_up,
            detail={"reporter": ring.reporter} if ring.reporter else None,
        )  # fmt: skip
        drill.tell(News(ring.observed, row, self.actor, ring.items))
        drill.command.hear(News(ring.observed, row, drill.plan.command.actor, ring.items))
        if first:
            drill.start(self._key("phone_leader", 1), self._phone_leader(row))
            if not ring.verified_at_once:
                drill.start(self._key("verify", 1), self._verify(row, ring.items))

    def _pick_up(self, ring: Ring, row: Raw) -> None:
        self.drill.start(self._key("report_up", 1), self._report_up(ring.items, row))
        if ring.verified_at_once:
            self.drill.start(self._key("verify", 1), self._verify(row, ring.items))
        self.drill.command.reporting.receive(row)

    def _report_up(self, items: Writes, cause: Raw) -> Generator[simpy.Event, Any, None]:
        drill = self.drill
        row = yield from self.step(
            "report_up",
            1,
            drill.plan.desk.report_up,
            cause,
            wait=self._habit,
            phones=bool(drill.networks.given),
        )
        heard = [pair for pairs in drill.picture(self.actor).by_time().values() for pair in pairs]
        told = {
            drill.plan.facts[fact].id: value for fact, value in sorted({**dict(items), **dict(heard)}.items())
        }
        row = drill.log(self._key("report_up", 1), "report_up", row, actor=self.actor, detail={"facts": told})
        lines = (drill.plan.facts[line].id for line in drill.plan.law.casualties)
        figures = {line: told[line] for line in lines if told.get(line)}
        drill.command.reporting.filed(row, drill.now, figures)

    def _habit(self, step: Step) -> Generator[simpy.Event, Any, None]:
        """Hold the first report back for what this office waits for; an office that does as it should does not."""
        wait = _HABITS.get(self.drill.plan.arrangements.first_report)
        if wait is None:
            return
        step.waits = wait
        step.log("waiting", step.last, wait)
        self.held = (wait, self.drill.event())
        self.drill.want_settle()
        step.last = yield self.held[1]

    def _let_report(self, wait: str, event: simpy.Event) -> None:
        row = self.verified if wait == "verification" else self.drill.command.activated
        if row is not None:
            self.held = None
            event.succeed(row)

    def _phone_leader(self, cause: Raw) -> Generator[simpy.Event, Any, None]:
        row = yield from self.step("phone_leader", 1, self.drill.plan.desk.phone_leader, cause)
        self._assess_after(row)

    def _verify(self, cause: Raw, items: Writes) -> Generator[simpy.Event, Any, None]:
        drill = self.drill
        row = self.verified = yield from self.step("verify", 1, drill.plan.desk.verify, cause)
        true = tuple((fact, drill.truth.before(fact, drill.now)) for fact, _ in items)
        drill.tell(News(drill.now, row, self.actor, true))
        drill.command.hear(News(drill.now, row, drill.plan.command.actor, true))
        self._assess_after(row)

    def _assess_after(self, row: Raw) -> None:
        self._ready.append(row)
        if len(self._ready) == 2:  # a join: the later of the two, ties by number of the row
            self.drill.start(self._key("assess", 1), self._assess())

    def _assess(self) -> Generator[simpy.Event, Any, None]:
        cause = max(self._ready, key=lambda row: (row[1], row[SEQ]))
        self.assessed = yield from self.step("assess", 1, self.drill.plan.desk.assess, cause, operator=False)
        self.drill.command.want_look()

    def step(
        self,
        name: str,
        number: int,
        duration: Duration,
        cause: Raw,
        on_start: Callable[[Raw], None] | None = None,
        *,
        operator: bool = True,
        wait: Callable[[Step], Generator[simpy.Event, Any, None]] | None = None,
        phones: bool = False,
        detail: dict[str, Any] | None = None,
    ) -> Generator[simpy.Event, Any, Raw]:
        """Do one step of the desk, after `wait` and with a hand if it needs one; return the row of its end.

        One that `phones` does not begin while no network lets the desk speak.
        """
        step = Step(self.drill, self._key(name, number), self.actor, f"desk.{name}", number)
        row = step.begin(cause, "operator" if operator else "")
        if wait is not None:
            yield from wait(step)
            step.waits = "operator"
        if operator:
            rank = self._rank(name, number, row)
            yield from self._hand(step, rank)
            if phones:
                again = partial(self._hand, step, rank)
                yield from self.drill.networks.line(step, self.drill.release_operator, again)
            row = step.last
        row = step.start(row, detail)
        if on_start is not None:
            on_start(row)
        yield step.spend(duration, f"{self.drill.plan.actors[self.actor].name}/{step.task}/time")
        row = step.end()
        if operator:
            self.drill.release_operator(row)
        return row

    def _hand(self, step: Step, rank: Rank) -> Generator[simpy.Event, Any, None]:
        step.waits = "operator"
        step.last = yield from step.hand(rank)

    def _rank(self, name: str, number: int, row: Raw) -> Rank:
        limit = self.drill.index.report_due if name == "report_up" else None
        due = _NO_DUE if limit is None else row[T] + limit
        priority = _PRIORITY.get(name, _FIRST_RING if number == 1 else _LATER_RING)
        return (priority, due, self.drill.now, f"desk.{name}", number, 0)

    def _key(self, name: str, number: int) -> Key:
        return 2, _STEPS.index(name), number


def _by_cause(ring: Ring) -> int:
    seq: int = ring.cause[SEQ]
    return seq
