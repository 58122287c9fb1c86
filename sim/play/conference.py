"""Conferences of the field headquarters (会商): each refreshes what people know, and decides (SEMANTICS 27 and 28).

The first begins as the field headquarters stands, the next a while after the end of the last. At its end headquarters
knows what the crews at the scene see, and they know what it knows; then the field commander decides what is pending.
Every decision is a row with its options and reasons; where nothing is pending, one says that and why.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any, Final

import simpy

from sim.plan.durations import Duration
from sim.play.recorder import ENGINE_KEY, Key, Raw
from sim.play.scene_reports import seen_together
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Task

_CONFERENCE: Final = 10
_AT_WORK: Final = ("setup", "work", "hold")


class Conferences:
    """The conferences of one drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self._last: Raw | None = None
        self._ended: tuple[int, Raw] | None = (
            None  # the number of the one that ended in this wave, and its end
        )
        self._held: Raw | None = None  # its row, until it has decided
        self._process: simpy.Process | None = None

    def begin(self, row: Raw) -> None:
        """Begin to confer, now that the field headquarters stands."""
        given = self.drill.plan.arrangements.field
        if given is not None and given.first and given.every and given.length:
            self._last = row
            self.drill.start((_CONFERENCE, 1, 0), self._life(given.first, given.every, given.length))

    def stop(self, cause: Raw) -> None:
        """Confer no more."""
        if self._process is not None:
            process, self._process = self._process, None
            process.interrupt(cause)

    def _life(self, first: Duration, every: Duration, usual: Duration) -> Generator[simpy.Event, Any, None]:
        drill = self.drill
        if drill.command.field.over:  # dissolved in the wave in which it was set up
            return
        self._process = drill.env.active_process
        number, step = 0, None
        try:
            while True:
                number += 1
                step = self._open(number)
                length = first if number == 1 else usual
                yield step.spend(length, f"command.conference/{number}/length")
                self._ended, step = (number, step.end()), None
                drill.command.want_settle()
                yield drill.timeout(drill.length(every, f"command.conference/{number}/every"))
        except simpy.Interrupt as over:
            if step is not None:
                step.log("stood_down", over.cause or step.last)
                step.drop()

    def _open(self, number: int) -> Step:
        key: Key = (_CONFERENCE, 1, number)
        step = Step(self.drill, key, self.drill.plan.command.actor, "command.conference", number)
        assert self._last is not None
        step.begin(self._last)
        step.start()
        return step

    # --- what it refreshes

    def settle(self) -> None:
        """Write the conference that has just ended, and tell headquarters what the crews there see."""
        if self._ended is None:
            return
        drill, (number, cause), self._ended = self.drill, self._ended, None
        present = self._present()
        actors = drill.plan.actors
        detail = {"number": number, "units": [actors[place].name for place in _units(present)]}
        row = self._last = self._held = drill.log(
            ENGINE_KEY, "conference", cause, actor=drill.plan.command.actor, detail=detail
        )
        drill.happened("conference", row)
        seen_together(drill, present, row)

    def _present(self) -> list[Task]:
        tasks = self.drill.dispatch.tasks
        return [task for _, task in sorted(tasks.items()) if task.given.at_scene and task.where in _AT_WORK]

    # --- what it decides

    def decide(self, who: str) -> None:
        """Decide what is pending, on what headquarters knows now; tell the crews there what it knows."""
        if self._held is None:
            return
        row, self._held = self._held, None
        decided = [self._on_level(row, who), self._on_handover(row, who)]
        if not any(decided):
            self._go_on(row, who)
        for actor in _units(self._present()):
            self.drill.command.informing.brief(actor, row)

    def _on_level(self, row: Raw, who: str) -> bool:
        levels = self.drill.command.levels
        lower, at_once = levels.lower_now(), levels.may_lower()
        if lower < 0:
            return False
        now, then = levels.all[levels.current], levels.all[lower]
        reason = {"facts": self._values(levels.facts)} | ({} if at_once >= 0 else {"hold": now.hold / 1000})
        choice = then.id if at_once >= 0 else now.id
        decided = self._decided(row, who, "level", [now.id, then.id], choice, reason)
        if at_once >= 0:
            levels.lower(at_once, ENGINE_KEY, decided, who)
        return True

    def _on_handover(self, row: Raw, who: str) -> bool:
        handover = self.drill.command.handover
        if not handover.called_for() or handover.requested or handover.given is None:
            return False
        reason = {"facts": self._values(handover.given.when.facts)}
        decided = self._decided(row, who, "handover", ["request", "keep"], "request", reason)
        handover.request(decided)
        return True

    def _go_on(self, row: Raw, who: str) -> None:
        """Nothing is pending: say why the response goes on as it is."""
        drill = self.drill
        needs = [
            need.id
            for need, raised in zip(drill.plan.needs, drill.needs.raised, strict=True)
            if raised is not None
        ]
        choice = "watch_end" if drill.command.ending.holding else "go_on"
        self._decided(row, who, "course", ["go_on", "watch_end"], choice, {"needs": needs})

    def _values(self, facts: Iterable[int]) -> dict[str, Any]:
        picture, plan = self.drill.command.picture, self.drill.plan
        return {
            plan.facts[fact].id: picture.values[fact]
            for fact in sorted(facts)
            if picture.known[fact] and plan.facts[fact].kind != "pseudo"
        }

    def _decided(
        self, row: Raw, who: str, question: str, options: list[str], decision: str, reason: dict[str, Any]
    ) -> Raw:
        detail = {
            "question": question, "options": options, "decision": decision, "reason": reason, "who": who,
        }  # fmt: skip
        return self.drill.log(ENGINE_KEY, "decided", row, actor=self.drill.plan.command.actor, detail=detail)


def _units(tasks: Iterable[Task]) -> list[int]:
    return sorted({task.given.actor for task in tasks})
