"""Coverage: which clauses of the register the plays of some scenarios put to work, and why the others stay on paper.

A duty worked in a play if a task of it was *started*: its unit was reached, came, and began. A task that was called
off before that, in the yard or on the road, was called for and did not work. What a unit that is 未邀请 does is done by
the control and covers nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from sim.plan.compiled import Duty, Label, Plan
from sim.plan.schema import Body, Roster
from sim.plan.schema import Duty as Words
from sim.record.exchange import table_csv
from sim.record.tasks import TaskRecord
from sim.record.timeline import Timeline
from sim.review.flaws import Flaw, bare_plan, plan_flaws, table_minutes
from sim.review.gap import shown
from sim.review.names import Names, both
from sim.review.wording import condition_text
from sim.words import Lang, say
from sim.words.coverage import ENDS, PARTS, REASONS, STATUS

STATUSES: Final = tuple(STATUS)
PLAYABLE: Final = ("dispatched", "conditional", "not-invited", "never")
"""The states of a duty that some situation could call for."""
COLUMNS: Final = ("duty", "unit", "phase", "status", "scenarios", "reason")
_RULED_OUT: Final = ("P104", "P105")
_LANGS: Final[tuple[Lang, Lang]] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Play:
    """What one play showed: duties that worked, how those ended that were called for and did not, needs raised."""

    seed: int | None  # None: the expected play
    worked: frozenset[str]
    ended: Mapping[str, str]
    raised: frozenset[str]


def look(timeline: Timeline, seed: int | None = None) -> Play:
    """Return what a timeline shows of the duties."""
    records = [record for record in timeline.records if record.duty]
    worked = frozenset(record.duty for record in records if "started" in record.stages)
    ended = {record.duty: _end(record) for record in records if record.duty not in worked}
    raised = frozenset(row.need for row in timeline.rows if row.event == "need_raised")
    return Play(seed, worked, ended, raised)


def _end(record: TaskRecord) -> str:
    """How a task ended; one left open whose unit never took the call was not reached."""
    silent = "call_unreached" in record.stages and "acknowledged" not in record.stages
    return "unreached" if silent and record.state == "open" else record.state


@dataclass(frozen=True)
class Scene:
    """A scenario with its plays."""

    plan: Plan
    expected: Play
    random: tuple[Play, ...] = ()

    @property
    def plays(self) -> tuple[Play, ...]:
        """Every play, the expected one first."""
        return (self.expected, *self.random)

    @property
    def minutes(self) -> int:
        """About how long it takes at the table."""
        return table_minutes(self.plan)

    @cached_property
    def uninvited(self) -> frozenset[str]:
        """The units that are 未邀请."""
        names = Names(self.plan)
        return frozenset(name for name in names.actors if not names.invited(name))

    def called(self, duty: str) -> bool:
        """Whether any play called for a duty."""
        return any(duty in play.worked or duty in play.ended for play in self.plays)

    def raised(self, need: str) -> bool:
        """Whether any play raised a need."""
        return any(need in play.raised for play in self.plays)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the register: its state over all plays, the scenarios that show it, and why."""

    duty: str
    label: Label
    unit: str
    owner: Label
    phase: str
    status: str
    scenarios: tuple[str, ...] = ()
    variant: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def reason(self, lang: Lang = "zh") -> str:
        """Return why it has this status, in words."""
        key = f"{self.status}.{self.variant}" if self.variant else self.status
        return say(REASONS, key, lang, **shown(lang, self.values)).strip()

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return the clause for programs to read, with the keys of `COLUMNS`."""
        values = (self.duty, self.unit, self.phase, self.status, list(self.scenarios), self.reason(lang))
        return dict(zip(COLUMNS, values, strict=True))


@dataclass(frozen=True)
class Coverage:
    """Every clause of the register, in the order of the plan's print, over `scenes` in order of their ids."""

    clauses: tuple[Clause, ...]
    scenes: tuple[Scene, ...]

    @cached_property
    def worked(self) -> Mapping[str, frozenset[str]]:
        """The duties that each scenario puts to work in its expected play."""
        return {
            scene.plan.id: frozenset(
                clause.duty for clause in self.clauses
                if clause.status == "dispatched" and scene.plan.id in clause.scenarios
            )
            for scene in self.scenes
        }  # fmt: skip

    def units(self) -> dict[str, tuple[Clause, ...]]:
        """Return the clauses of each body and unit, in order."""
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            found.setdefault(clause.unit, []).append(clause)
        return {unit: tuple(clauses) for unit, clauses in found.items()}

    def count(self, *statuses: str) -> int:
        """Return how many clauses have one of the statuses."""
        return sum(clause.status in statuses for clause in self.clauses)


def coverage_csv(coverage: Coverage, lang: Lang = "zh") -> str:
    """Return coverage.csv: one row a clause; the ids of scenarios are parted by blanks."""
    rows = (clause.as_json(lang).values() for clause in coverage.clauses)
    return table_csv(
        COLUMNS, ([" ".join(cell) if isinstance(cell, list) else cell for cell in row] for row in rows)
    )


def judge(roster: Roster, scenes: Sequence[Scene]) -> Coverage:
    """Judge every clause of a roster's register over the plays of some scenarios, in whatever order they come."""
    ordered = tuple(sorted(scenes, key=lambda scene: scene.plan.id))
    judges = _Judge(roster, ordered)
    return Coverage(tuple(judges.clause(*item) for item in _clauses(roster)), ordered)


def _clauses(roster: Roster) -> Iterator[tuple[str, Body, str, Words]]:
    """Yield every clause in the order in which the plan prints them, whatever the order of keys in the file."""
    register = roster.register_
    for members in (register.bodies, register.units):
        for name, body in sorted(members.items(), key=lambda item: item[1].number):
            printed = sorted(
                body.duties.items(), key=lambda item: (body.official.find(item[1].quote or ""), item[0])
            )
            for duty_id, words in printed:
                yield name, body, duty_id, words


class _Judge:
    """Weighs what the plays show of one clause after another."""

    def __init__(self, roster: Roster, scenes: tuple[Scene, ...]) -> None:
        self.scenes = scenes
        self.plan = bare_plan(roster)
        self.duties = {duty.id: duty for duty in self.plan.duties}
        self.ruled_out = {flaw.subject: flaw for flaw in plan_flaws(roster) if flaw.code in _RULED_OUT}

    def clause(self, unit: str, body: Body, duty_id: str, words: Words) -> Clause:
        status, scenes, variant, values = self._weigh(unit, duty_id, words)
        return Clause(
            duty_id, {"zh": words.name.zh, "en": words.name.en}, unit, {"zh": unit, "en": body.en}, words.phase,
            status, tuple(scene.plan.id for scene in scenes), variant, values,
        )  # fmt: skip

    def _weigh(
        self, unit: str, duty_id: str, words: Words
    ) -> tuple[str, Sequence[Scene], str, dict[str, Any]]:
        """Return status, scenarios, variant and values; what a play shows goes before what rules say."""
        called = [scene for scene in self.scenes if scene.called(duty_id)]
        here = [scene for scene in called if unit not in scene.uninvited]
        full = [scene for scene in here if duty_id in scene.expected.worked]
        if full:
            return "dispatched", full, "", {"titles": _titles(full)}
        if duty_id in self.ruled_out and not called:
            return "unreachable", (), "", _words_of(self.ruled_out[duty_id])
        if duty_id not in self.duties:
            return "outside", (), _outside(words), {}
        duty = self.duties[duty_id]
        need = {"need": self._need(duty)}
        if here:
            return "conditional", here, *_sometimes(duty_id, here, need)
        if called:
            label = self.plan.actors[duty.actor].label
            return "not-invited", called, "", {**need, "titles": _titles(called), "unit": label}
        raised = [scene for scene in self.scenes if scene.raised(self.plan.needs[duty.need].id)]
        variant = "inject" if duty.each_inject else "condition" if raised else "need"
        return "never", (), variant, {**need, "titles": _titles(raised)}

    def _need(self, duty: Duty) -> Label:
        """Which need a duty serves, when that is raised, and what the duty itself asks for beside it."""
        need = self.plan.needs[duty.need]

        def words(lang: Lang) -> str:
            asked = (
                {} if duty.condition is None
                else {"condition": condition_text(duty.condition.text, self.plan, lang)}
            )  # fmt: skip
            when = condition_text(need.when.text, self.plan, lang)
            return say(
                PARTS, "need.condition" if asked else "need", lang, need=need.label[lang], when=when, **asked
            )

        return _label(words)


def _outside(words: Words) -> str:
    if words.outside in ("command", "later"):
        return words.outside
    return words.phase if f"outside.{words.phase}" in REASONS else "phase"


def _sometimes(duty: str, scenes: Sequence[Scene], need: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """How often a duty worked in random plays; if it never did, how often it was called for and how that ended."""
    worked = [
        (scene, seeds) for scene in scenes if (seeds := [p.seed for p in scene.random if duty in p.worked])
    ]
    if worked:
        parts = tuple(
            _part("worked", title=scene.plan.title, of=len(scene.random), count=len(seeds), seed=min(seeds))  # type: ignore[type-var]
            for scene, seeds in worked
        )
        return "worked", {**need, "parts": parts}
    ends = [(scene, Counter(p.ended[duty] for p in scene.plays if duty in p.ended)) for scene in scenes]
    parts = tuple(
        _part("called", title=scene.plan.title, of=len(scene.plays), count=counts.total(),
              ends=tuple(both(ENDS, end) for end in sorted(counts)))
        for scene, counts in ends
    )  # fmt: skip
    return "called", {**need, "parts": parts}


def _part(key: str, **values: Any) -> Label:
    return _label(lambda lang: say(PARTS, key, lang, **shown(lang, values)))


def _label(words: Callable[[Lang], str]) -> Label:
    return {lang: words(lang) for lang in _LANGS}


def _titles(scenes: Sequence[Scene]) -> tuple[Label, ...]:
    return tuple(scene.plan.title for scene in scenes)


def _words_of(flaw: Flaw) -> dict[str, Any]:
    return {"statement": _label(flaw.statement), "quote": "；".join(flaw.quotes)}
