"""roster/strength.yaml: local capability, every figure with its source; none of it is official."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.plan.schema.base import (
    ActorName,
    ClockText,
    DateText,
    DurationText,
    DutyId,
    Expression,
    FactId,
    Grade,
    Label,
    Model,
    Slug,
    Text,
)


class Source(Model):
    """Where an assumption comes from, and how sure we are."""

    grade: Grade
    text: Text


class Timed(Model):
    """One length of time with its source."""

    time: DurationText
    src: Slug


class Muster(Model):
    """From acknowledgement with a team in hand to departure, by the roster at that clock time."""

    duty: DurationText
    off_duty: DurationText
    src: Slug


class Travel(Model):
    """Base to scene, by the zone of the site."""

    urban: DurationText
    township: DurationText
    src: Slug


class Answer(Model):
    """How a unit answers: chance a try, tries, then the next channels in order of rank."""

    chance: Annotated[float, Field(ge=0, le=1)]
    off_duty: Annotated[float, Field(ge=0, le=1)] | None = (
        None  # the chance outside office hours; None: the same
    )
    tries: Annotated[int, Field(ge=1, le=20)]
    then: list[Slug] = []
    src: Slug


class Channel(Model):
    """A further channel: a voice channel holds an operator; a runner (`operator: false`) only takes time."""

    label: Label
    operator: bool = True
    chance: Annotated[float, Field(ge=0, le=1)] = 1.0
    tries: Annotated[int, Field(ge=1, le=20)] = 1
    time: DurationText
    src: Slug


class Work(Model):
    """How long a duty takes: `setup` from arrival to start, `time` of the work or of one cycle, `every`.

    `takes` are stocks used by one cycle, `supplies` stocks that its end brings to others; while `halted_by` is true
    the work cannot begin (no power).
    """

    time: DurationText = "0 min"
    setup: DurationText = "0 min"
    every: DurationText | None = None
    uses: dict[FactId, Annotated[int, Field(ge=1)]] = {}
    takes: dict[FactId, Annotated[int, Field(ge=1)]] = {}
    supplies: dict[ActorName, dict[FactId, Annotated[int, Field(ge=1)]]] = {}
    halted_by: FactId | None = None
    src: Slug


class Stock(Model):
    """What is used up: `endurance` is how long one issue lasts at work, `refill` how long until it is ready again.

    Without `refill` it is gone for good.
    """

    label: Label
    count: Annotated[int, Field(ge=0, le=100000)]
    endurance: DurationText | None = None
    refill: DurationText | None = None
    src: Slug


class TeamCount(Model):
    """How many teams of a kind a unit has."""

    count: Annotated[int, Field(ge=1, le=1000)]
    src: Slug


class UnitStrength(Model):
    """What one unit has; whatever is missing comes from `defaults`."""

    at: Text | None = None
    staffed: Literal["always", "office"] | None = None
    teams: dict[FactId, TeamCount] = {}
    answer: Answer | None = None
    acknowledge: Timed | None = None
    muster: Muster | None = None
    travel: Travel | None = None
    carrier: Slug | None = None  # whose network its telephones use
    road: Literal["county", "national"] | None = None  # the kind of road it takes to the site
    shift: Timed | None = None  # how long a team stays at lasting work before it must be relieved
    stocks: dict[FactId, Stock] = {}
    work: dict[DutyId, Work] = {}


class Defaults(Model):
    """What a unit is assumed to have where it says nothing."""

    staffed: Literal["always", "office"]
    answer: Answer
    acknowledge: Timed
    muster: Muster
    travel: Travel


class Hours(Model):
    """Office hours; outside them, and on days not listed, units muster off duty."""

    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]]
    begin: ClockText
    end: ClockText
    holidays: list[DateText] = []  # days off whatever day of the week they are
    workdays: list[DateText] = []  # days worked whatever day of the week they are
    src: Slug


class Operators(Model):
    """People at the duty desk, in and out of office hours."""

    duty: Annotated[int, Field(ge=1, le=100)]
    off_duty: Annotated[int, Field(ge=1, le=100)]
    src: Slug


class Desk(Model):
    """The duty desk: who sits there and how long each of its steps takes."""

    body: ActorName
    operators: Operators
    receive: Timed
    report_up: Timed
    phone_leader: Timed
    verify: Timed
    assess: Timed


class Calls(Model):
    """A call out: how long when answered, when not, and the pause before the next try."""

    answered: Timed
    unanswered: Timed
    redial: Timed
    report: Timed  # delay of a report from the scene


class Broadcast(Model):
    """One message to all: time to send, time until a receiver has read it, and how many ever do.

    Who has not read it is called one by one.
    """

    send: Timed
    receipt: Timed
    rate: Annotated[float, Field(ge=0, le=1)] = 1.0
    rate_off_duty: Annotated[float, Field(ge=0, le=1)] | None = None


class Carrier(Model):
    """A carrier of telephone calls, and the unit whose duty it is to keep it up."""

    label: Label
    unit: ActorName | None = None


class Road(Model):
    """A kind of road: the flag that says it is blocked, and how much longer the way round takes."""

    blocked: FactId
    detour: Timed


class Weather(Model):
    """What bad weather does to everybody at once: while `when` truly holds the road takes `road` times as long."""

    when: Expression
    road: Annotated[float, Field(ge=1, le=10)]
    src: Slug


class Together(Model):
    """How far night, storm and holiday move the muster of all units together: 0 each its own luck, 1 all alike."""

    muster: Annotated[float, Field(ge=0, le=1)]
    src: Slug


class Command(Model):
    """The command process: who decides, when a response is started, how members are informed."""

    body: ActorName
    acting: ActorName  # the body that acts when the commander cannot be reached
    commander: ActorName  # a post
    activate_when: Expression
    approve: Timed
    tries: Annotated[int, Field(ge=1, le=20)]
    next: Timed  # wait after a failed try before the next one
    inform: Literal["calls", "broadcast"]
    broadcast: Broadcast | None = None
    src: Slug


class Strength(Model):
    """Local capability; every figure names its source. None of it is official."""

    sources: dict[Slug, Source]
    hours: Hours
    desk: Desk
    calls: Calls
    command: Command
    channels: dict[Slug, Channel] = {}
    carriers: dict[Slug, Carrier] = {}
    roads: dict[Literal["county", "national"], Road] = {}
    weather: Weather | None = None
    together: Together | None = None
    defaults: Defaults
    units: dict[ActorName, UnitStrength]
