"""scenarios/*.yaml: what happens in one drill, to whom, and what the office should learn from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from sim.plan.schema.base import (
    ActorName,
    AtText,
    DurationText,
    DutyId,
    EventName,
    Expression,
    FactId,
    InjectId,
    Label,
    Model,
    NormId,
    RuleId,
    Slug,
    StageRef,
    Text,
    Value,
)
from sim.plan.schema.register import Duty, Effects
from sim.plan.schema.strength import UnitStrength


class Site(Model):
    """Where it happens; names are fictional."""

    name: Text
    industry: Text
    location: Text
    zone: Literal["urban", "township"]


class Guest(Model):
    """A unit that Annex 3 does not name but that is on stage, with its duties and its strength."""

    en: Text
    duties: dict[DutyId, Duty] = {}
    strength: UnitStrength = UnitStrength()


class Absence(Model):
    """A post that cannot be present: `away` answers the phone, `unreachable` does not."""

    state: Literal["away", "unreachable"]
    from_: AtText = "T+0"
    to: AtText | None = None  # None: until the horizon
    note: Text | None = None


class Broken(Model):
    """A network that is down: which channels, of which carrier or for which units, from when to when.

    It is up again at `to`, or as soon as `restored_by`, a stage of a duty, is reached.
    """

    channels: list[Slug] = []  # none: every channel
    carrier: Slug | None = None
    actors: list[ActorName] = []
    from_: AtText = "T+0"
    to: AtText | None = None  # None: until the horizon
    restored_by: StageRef | None = None
    note: Text | None = None


class Busy(Model):
    """Teams of a unit that are elsewhere at the start, and when they are free."""

    count: Annotated[int, Field(ge=1)]
    to: AtText
    note: Text | None = None


class Conditions(Model):
    """What is not as usual on the day."""

    absent: dict[ActorName, Absence] = {}
    networks: dict[InjectId, Broken] = {}
    busy: dict[ActorName, dict[FactId, Busy]] = {}
    breaks: dict[RuleId, list[DutyId]] = {}  # safety rules that these duties are played as breaking


class Publication(Model):
    """Something published outside the office's own news: by whom, and with which figures."""

    by: ActorName
    figures: dict[FactId, Annotated[int, Field(ge=0)]] = {}


class Clock(Model):
    """Where the clock of a registered norm begins and ends in this drill, and whose it is."""

    who: ActorName
    since: EventName
    by: EventName


class Aftermath(Model):
    """What comes to light days later: never played in minutes, but a death may change the grade."""

    day: Annotated[int, Field(ge=1, le=365)]  # days after the accident
    title: Text
    message: Text
    makes: Effects = Effects()
    fire_or_traffic: bool = False


class After(Model):
    """A delay after an event: an inject, ``activated``, ``terminated`` or a stage of a duty."""

    event: EventName
    delay: DurationText = "0 min"  # a range is drawn


class Window(Model):
    """When a contingency inject may fire."""

    from_: AtText = "T+0"
    to: AtText | None = None


class Arrivals(Model):
    """An inject that recurs, its gaps drawn one after another, until `until` (for queues and benchmarks)."""

    every: DurationText
    until: AtText


class Expected(Model):
    """What a unit should do after the inject, by when (measured from the inject)."""

    who: ActorName
    does: Text  # a stage of a duty, such as crew.rescue.departed, or words for the control to judge
    within: DurationText | None = None
    basis: Text | None = None


class Ask(Model):
    """The question put to the table."""

    question: Text
    points: list[Text]
    clause: Text | None = None


class Inject(Model):
    """An event the exercise control puts into play: what it makes true, and what it tells its receivers."""

    at: AtText | None = None
    after: After | None = None
    when: Expression | None = None
    unless: Expression | None = None
    window: Window | None = None
    arrivals: Arrivals | None = None
    from_: Text
    to: list[ActorName]
    channel: Text
    title: Text
    message: Text
    makes: Effects = Effects()
    tells: dict[FactId, Value] = {}
    starts: list[DutyId] = []  # duties with `each: inject`: one task an arrival
    expect: list[Expected] = []
    ask: Ask | None = None
    objective: Annotated[str, StringConstraints(pattern=r"^O[0-9]+$")] | None = None
    reporter: Literal["enterprise", "third-party"] | None = None  # who calls the desk, where it matters
    publishes: Publication | None = None
    notes: Text | None = None


class Hazard(Model):
    """While a condition holds: every period one more change, at most so many."""

    label: Label
    while_: Expression
    every: DurationText
    set: dict[FactId, Value] = {}
    add: dict[FactId, Annotated[int, Field(ge=1)]] = {}
    at_most: Annotated[int, Field(ge=1)] | None = None
    growth: Annotated[float, Field(ge=1, le=10)] = 1.0  # each change is so many times the one before it


class End(Model):
    """The response may be terminated once `when` has held on headquarters' picture for `hold`."""

    when: Expression
    hold: DurationText = "10 min"


class Scenario(Model):
    """One drill: what happens, to whom, and what the office should learn from it."""

    id: Slug
    title: Label
    summary: Text
    purpose: Literal["示范性", "检验性", "研究性"]
    scripted: bool = False
    start: Annotated[
        str,
        StringConstraints(
            pattern=r"^(19|20|21)[0-9]{2}(-[0-9]{2}){2}T[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$"
        ),
    ]
    horizon: DurationText
    site: Site
    objectives: dict[Annotated[str, StringConstraints(pattern=r"^O[0-9]+$")], Text] = {}
    facts: dict[FactId, Value] = {}
    guests: dict[ActorName, Guest] = {}
    participants: dict[ActorName, Literal["参演", "旁听", "由导调扮演"]] = {}
    conditions: Conditions = Conditions()
    injects: dict[InjectId, Inject]
    hazards: dict[InjectId, Hazard] = {}
    clocks: dict[NormId, Clock] = {}
    aftermath: dict[InjectId, Aftermath] = {}
    end: End | None = None
    network: bool = False  # preset: no command, calls, acknowledgement, muster or travel; orders at once
    assume: dict[str, Value] = {}  # overrides of local assumptions: path in strength.yaml → value
    notes: Text | None = None

    def start_time(self) -> datetime:
        """The start with its zone."""
        return datetime.fromisoformat(self.start)
