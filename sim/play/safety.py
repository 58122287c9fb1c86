"""Safety: the rules that kill rescuers when broken, at the entry to the work and while it goes on (`law.yaml`).

Whoever would begin (a once-only or lasting work, each cycle of a batch) stands at the gate until no rule bars it: the
wait is named ``safety:<rule>``, and what it reads wakes it. When the signal to withdraw is given, or the work becomes
forbidden, whoever is inside breaks off, comes back to the gate, and begins anew. A duty that the scenario plays as
breaking a rule goes ahead, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import simpy

from sim.play.calls import RELEASE
from sim.play.ending import give_back
from sim.play.recorder import Key, Raw, seq_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.plan.compiled import SafetyRule
    from sim.play.drill import Drill
    from sim.play.tasks import Steps, Task

WITHDRAWN: Final = "withdrawn"
"""What interrupts a task that breaks off."""
GATE: Final = "safety"
_INSIDE: Final = ("setup", "work", "hold")
_COUNTS: Final = 23  # first part of the key of a head count
_SIGNALS: Final = 1_000_000  # more than can be given of one rule


class _Entry(NamedTuple):
    """Who stands at the gate waits for `event`: to claim people, or to take up the work that `step` names."""

    event: simpy.Event
    step: str
    claims: bool = False


class Safety:
    """Who stands at the `gate` in one drill, and which signals have been given."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.gate: dict[Task, _Entry] = {}
        self._out: dict[Task, str] = {}  # held back or broken off → the rule named last
        self._fresh = False  # whether somebody at the gate was not looked at yet
        self._put_off = False  # whether somebody is not to be looked at before the next GRANT
        self._freed: list[Raw] = []  # by these rows teams were given back, since the last GRANT
        self._stirred: list[Raw] = []  # rows after which a second team may stand ready
        self._heard: dict[int, Raw] = {}
        self._news: tuple[dict[int, Raw], list[Raw]] = ({}, [])  # what changed and what stirred in this wave
        self._given = {place for place in drill.index.rules.breaking_off if self._holds(place)}
        self._signals: dict[int, int] = defaultdict(int)

    # --- while processes move: only queued

    def ask(self, task: Task, step: str) -> simpy.Event:
        """Return an event that succeeds once `task` may take up `step`: its set-up or its work."""
        task.step = GATE
        event = self.drill.event()
        self.gate[task] = _Entry(event, step)
        self._fresh = True
        self.drill.want_settle()
        return event

    def forget(self, task: Task) -> None:
        """Let go who is sent home from the gate."""
        self.gate.pop(task, None)
        self._out.pop(task, None)

    def freed(self, row: Raw) -> None:
        """Note that teams were given back while somebody waits for a second team."""
        self._freed.append(row)

    def granted(self) -> None:
        """Look again at who waits for a second team, now that others have taken what was free."""
        if self._freed or self._put_off:
            self._stirred, self._freed = [*self._stirred, *self._freed], []
            self._fresh, self._put_off = self._fresh or self._put_off, False
            self.drill.want_settle()

    def hear(self, changed: dict[int, Raw]) -> None:
        """Note what headquarters has heard, for rules that ask what is known."""
        self._heard.update(changed)

    # --- settling

    def settle(self, changed: dict[int, Raw]) -> None:
        """Give and lift signals, then look at the gate, as far as a change touches them."""
        if not (changed or self._heard or self.gate or self._stirred):
            self._news = ({}, [])
            return
        if self._heard:
            changed, self._heard = {**self._heard, **changed}, {}
        self._news, self._stirred = (changed, self._stirred), []
        touched = not self.drill.index.rules.facts.isdisjoint(changed)
        if touched:
            for place in self.drill.index.rules.breaking_off:
                self._judge(place, changed)
        if self.gate and (touched or self._fresh or self._news[1]):
            self._fresh = False
            self._look()

    def _look(self) -> None:
        """Let in by rank; claims are made anew, and answered with those of the others."""
        rules = self.drill.index.rules
        for task in sorted(self.gate, key=lambda task: task.rank(RELEASE)):
            entry = self.gate.pop(task)
            if entry.claims:
                self.drill.batches.claims.append((task, entry.event))
                continue
            barred = self._barred(task, rules.at_set_up if entry.step == "setup" else rules.at_entry)
            if barred is not None or self._too_early(task):
                self._hold(task, entry, barred)
                continue
            self._enter(task, entry.step, says=entry.step == "work" and task.given.form != "batch")
            entry.event.succeed()

    def people_for(self, task: Task, event: simpy.Event, count: int) -> int | None:
        """Return how many of `count` people `task` goes in for now, None if it has to stand at the gate."""
        barred = self._barred(task, self.drill.index.rules.at_entry) if count else None
        if not count or (barred is not None and task.stop):
            self.forget(task)
            return 0
        if barred is not None or self._too_early(task):
            self._hold(task, _Entry(event, "work", claims=True), barred)
            return None
        self._enter(task, "work", says=True)
        return count

    def _hold(self, task: Task, entry: _Entry, rule: SafetyRule | None) -> None:
        """Keep out, by name if a rule bars the way; who is held back may be the second team of another."""
        task.step = GATE
        self.gate[task] = entry
        if rule is None:
            self._put_off = True
        elif self._out.get(task) != rule.id:
            self._out[task] = rule.id
            row = task.log("waiting", waits=f"safety:{rule.id}")
            if len(self.gate) > 1:
                self._stirred.append(row)
                self.drill.want_settle()

    def _enter(self, task: Task, step: str, *, says: bool) -> None:
        """Go in: write which rules are broken by it, and that work goes on which was held back or broken off."""
        task.step = step
        named = self._out.pop(task, None)
        if named:
            task.last = self._cause(task)
        if says:
            for place in self.drill.index.rules.at_entry[task.duty]:
                if self._breaks(place, task):
                    self._broke(place, task, task.last)
        if named is not None and step == "setup":
            task.log("waiting", waits="setup")
        elif named is not None and "started" in task.stages:
            task.log("started", detail={"anew": True})

    def _cause(self, task: Task) -> Raw:
        """What lets go on who was held back: the last change of what its rules read, or of who stands ready."""
        changed, stirred = self._news
        rules = [self.drill.plan.law.safety[place] for place in self.drill.index.rules.at_entry[task.duty]]
        facts = {fact for rule in rules for c in (rule.when, rule.requires) if c for fact in c.facts}
        rows = [row for fact, row in changed.items() if fact in facts]
        if any(rule.kind == "standby" for rule in rules):
            rows += stirred
        return max([*rows, task.last], key=seq_of)

    # --- what the rules say

    def _holds(self, place: int) -> bool:
        return self.drill.script.holds(self.drill.plan.law.safety[place].when)

    def _barred(self, task: Task, rules: tuple[tuple[int, ...], ...]) -> SafetyRule | None:
        """Return the first rule that keeps `task` out, None if none does."""
        safety = self.drill.plan.law.safety
        places = (p for p in rules[task.duty] if p not in task.given.breaks and self._bars(p, task))
        return next((safety[place] for place in places), None)

    def _too_early(self, task: Task) -> bool:
        """Whether it is open who stands ready as the second team: others may take it before the instant is over."""
        return self.drill.granting and any(
            self.drill.plan.law.safety[place].kind == "standby" and self._holds(place)
            for place in self.drill.index.rules.at_entry[task.duty]
        )

    def speaks(self, task: Task, step: str) -> bool:
        """Whether the `when` of a rule holds that may bar `task` from its set-up or its work; read while processes
        move, when nothing that it reads can change."""
        rules = self.drill.index.rules
        return any(map(self._holds, (rules.at_set_up if step == "setup" else rules.at_entry)[task.duty]))

    def _bars(self, place: int, task: Task) -> bool:
        """Whether a rule would keep `task` out."""
        rule = self.drill.plan.law.safety[place]
        if not self.drill.script.holds(rule.when):
            return False
        if rule.kind == "before_entry":
            return rule.requires is not None and not self.drill.script.holds(rule.requires)
        if rule.kind == "standby":
            return self._ready(place, task) < sum(count for _, count in task.given.uses)
        return True

    def _breaks(self, place: int, task: Task) -> bool:
        """Whether the rule is broken by an entry of `task` now."""
        rule = self.drill.plan.law.safety[place]
        broken = place in task.given.breaks
        if rule.stock and (broken or place in self.drill.index.rules.unequipped[task.duty]):
            return self.drill.script.holds(rule.when)
        return broken and self._bars(place, task)

    def _ready(self, place: int, task: Task) -> int:
        """How many further teams stand ready while `task` is inside.

        Free teams of its own pools wherever they are, free ones at the scene of the pools of other duties to which
        the rule speaks, and the teams of such duties that stand at the gate.
        """
        plan, pools, rules = self.drill.plan, self.drill.pools, self.drill.index.rules
        own = {pool for pool, _ in task.given.uses}
        free = sum(pools.scene[p] + (pools.home[p] if p in own else 0) for p in rules.backups[place])
        others = [t for duty in plan.law.safety[place].duties for t in self.drill.dispatch.of_duty[duty]]
        waiting = [t for t in others if t is not task and t.open and self._outside(t)]
        return free + sum(count for other in waiting for _, count in other.given.uses)

    def _outside(self, task: Task) -> bool:
        return task.step == GATE or any(claim[0] is task for claim in self.drill.batches.claims)

    def _broke(self, place: int, task: Task, cause: Raw) -> None:
        """Write that a rule is broken; this is not the cause of what the task does next."""
        rule, given = self.drill.plan.law.safety[place], task.given
        row = self.drill.log(
            task.key,
            "safety_broken",
            cause,
            given.actor,
            task.duty,
            task.id,
            given.need,
            detail={"rule": rule.id},
        )
        self.drill.happened(f"broken.{rule.id}", row, task)

    # --- breaking off

    def _judge(self, place: int, changed: dict[int, Raw]) -> None:
        """Give the signal of a rule whose moment has come, or lift it."""
        held, holds = place in self._given, self._holds(place)
        if holds and not held:
            self._given.add(place)
            cause = self.drill.script.cause_of(self.drill.plan.law.safety[place].when.facts, changed)
            self._signal(place, cause)
        elif held and not holds:
            self._given.discard(place)

    def _signal(self, place: int, cause: Raw) -> None:
        rule, rules = self.drill.plan.law.safety[place], self.drill.index.rules
        duties = [duty for duty in rule.duties if place in rules.at_entry[duty]]
        inside = [
            task for duty in duties for task in self.drill.dispatch.of_duty[duty] if _inside(task, rule)
        ]
        inside.sort(key=lambda task: task.rank(RELEASE))
        out = [task for task in inside if place not in task.given.breaks]
        for task in inside:
            if place in task.given.breaks:
                self._broke(place, task, cause)
            else:
                task.last = cause
                self._break_off(task, rule)
        if rule.count is not None and out:
            self._signals[place] += 1
            self._count_heads(place, rule, out)

    def _break_off(self, task: Task, rule: SafetyRule) -> None:
        row = task.log("withdrawn", detail={"rule": rule.id})
        for name in ("withdrawn", f"{task.given.id}.withdrawn"):
            self.drill.happened(name, row, task)
        task.step = GATE
        self._out[task] = ""
        self.drill.batches.drop(task)
        assert task.process is not None
        task.process.interrupt(WITHDRAWN)

    def _count_heads(self, place: int, rule: SafetyRule, out: list[Task]) -> None:
        """Count each unit's people once they are out."""
        units: dict[int, list[Task]] = defaultdict(list)
        for task in out:
            units[task.given.actor].append(task)
        for actor, tasks in units.items():
            number, last = self._signals[place], tasks[-1]
            stream = f"{self.drill.plan.actors[actor].name}/{rule.id}/count"
            assert rule.count is not None
            length = self.drill.length(rule.count, stream, number - 1)
            key = (_COUNTS, place, actor * _SIGNALS + number)
            self.drill.later(length, partial(self._counted, key, rule.id, last, last.last, tasks))

    def _counted(self, key: Key, rule: str, task: Task, row: Raw, tasks: list[Task]) -> None:
        given, detail = task.given, {"rule": rule, "tasks": [other.id for other in tasks]}
        self.drill.log(
            key, "head_counted", row, given.actor, task.duty, task.id, given.need, detail=detail,
        )  # fmt: skip


def _inside(task: Task, rule: SafetyRule) -> bool:
    """Whether a rule can break off what `task` does: what is forbidden may be set up, but not in a place to leave."""
    return task.step in (_INSIDE if rule.kind == "withdrawal" else _INSIDE[1:])


# --- what a task does under the rules


def under_rules(
    task: Task, step: str, work: Callable[[Task], Steps], get_ready: Callable[[Task], Steps] | None = None
) -> Steps:
    """Do `work` (the set-up or the work) once no rule bars it, and begin it anew as often as it is broken off.

    A need that is over meanwhile ends what was begun and lasts, or goes by cycles; the rest is stood down.
    """
    cycles = step == "work" and task.given.form == "batch"  # then each cycle stands at the gate by itself
    while True:
        try:
            if not cycles or "started" not in task.stages:
                if get_ready is not None:
                    yield from get_ready(task)
                if task.broken or task.drill.safety.speaks(task, step):
                    yield task.drill.safety.ask(task, step)
            yield from work(task)
        except simpy.Interrupt as interrupt:
            if interrupt.cause != WITHDRAWN:
                if task.step == GATE and "started" in task.stages and task.given.form != "once":
                    return
                raise
            task.broken += 1
            if task.issue == "used":
                give_back(task, task.last)
        else:
            task.drill.safety.forget(
                task
            )  # told to stop when it had been called out, it has not gone in again
            return
