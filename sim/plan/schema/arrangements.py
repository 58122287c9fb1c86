"""roster/arrangements.yaml: how this office commands and reports. All of it is local (自定)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.plan.schema.base import (
    ActorName,
    DurationText,
    DutyId,
    Expression,
    FactId,
    Label,
    Model,
    Slug,
    Text,
)
from sim.plan.schema.strength import Muster, Timed, Travel

Rank = Annotated[int, Field(ge=1, le=99)]


class Person(Model):
    """Who holds a post. `order` is that of substitution and `field` that of going to the scene to command."""

    order: Rank | None = None
    field: Rank | None = None
    heads: ActorName | None = None  # the body that this person heads and signs for
    unit: ActorName | None = None  # the unit that this person leads
    muster: Muster | None = None
    travel: Travel | None = None
    src: Slug


class Level(Model):
    """A level of response: when headquarters' picture calls for it, who proposes it and who approves it.

    Upwards it is proposed at once; downwards a conference decides, once `when` has not held for `hold`.
    """

    rank: Rank
    label: Label
    when: Expression
    proposer: ActorName
    approver: ActorName  # a post
    hold: DurationText = "30 min"
    src: Slug


class Report(Model):
    """A report that the office makes, besides the first one up: when its clock starts, how it is made, to whom.

    ``reception``: the clock starts as the desk picks up; ``knowledge``: as `when` becomes true of what the office
    knows; ``correction``: as the approved figures no longer are those reported; ``terminated``: at the end. What a
    unit makes begins on what it knows itself, at the latest once it was informed of the response.
    """

    label: Label
    line: Literal["department", "government", "equipment", "notice", "environment", "province"]
    to: list[Text]
    by: ActorName | None = None  # None: the duty desk
    starts: Literal["reception", "knowledge", "correction", "terminated"]
    when: Expression | None = None
    form: FactId | None = None  # a form of law.yaml
    mode: Literal["phone", "written"]
    draft: DurationText = "0 min"
    signed: bool = False
    signer: ActorName | None = None  # the post that signs; None: the commander
    sign: DurationText | None = (
        None  # how long the signature takes; None: as long as the approval of a response
    )
    send: DurationText
    every: DurationText | None = None  # a follow-up: again and again until the response is over
    hands: bool = True  # whether it holds a hand of the duty desk
    priority: Annotated[int, Field(ge=0, le=9)] = 2
    src: Slug


class Ledger(Model):
    """The casualty ledger: how long a figure is checked before it is the one to report (报送口径), and by whom."""

    keeper: ActorName
    verify: Timed


class Conference(Model):
    """会商: the first after the field headquarters stands, then at intervals; each refreshes pictures and decides."""

    first: Timed
    every: Timed
    length: Timed


class FieldHeadquarters(Model):
    """现场指挥部: interim command by the first rescue commander there; then it stands, upwind, and confers."""

    label: Label
    interim: dict[ActorName, Rank]
    establish: Timed  # from the arrival of the field commander
    wind: FactId | None = None  # the category that must be known for the place to be upwind
    conference: Conference | None = None
    relay: Timed | None = None  # an order goes through the lead unit of a group, who passes it on


class Group(Model):
    """A working group (工作组) and the unit that leads it; orders to the others go through it."""

    label: Label
    lead: ActorName
    units: list[ActorName]
    src: Slug


class HandOver(Model):
    """Handing command over to the city: when, how long it decides, travels and takes over, with a signed receipt."""

    when: Expression
    to: ActorName
    request: Literal["at-once", "conference"] = "at-once"
    approver: ActorName  # a post
    decide: Timed
    travel: Timed
    exchange: Timed
    remote: bool = False  # takes over by video, without the road
    src: Slug


class Termination(Model):
    """终止响应: proposed once the end has held, then expert opinion, approval, announcement."""

    proposer: ActorName
    experts: Text
    opinion: Timed
    approver: ActorName  # a post
    announce: Timed


class News(Model):
    """Who approves what is published."""

    approver: ActorName  # a post
    approve: Timed | None = None  # from the call to the approval; None: as long as the approval of a response
    src: Slug


class AfterCare(Model):
    """What takes days: entered in the after-care ledger with a calendar date, never measured in minutes."""

    when: Expression = "true"
    days: Annotated[int, Field(ge=0, le=3650)]
    src: Slug


class ProgrammeHabits(Model):
    """How this office spreads its drills over the months; no rule of law.

    `gap_months`: at least so many calendar months from one drill to the next; `prepare_days`: from the day of asking
    to the first drill; `stale_months`: a duty not exercised for so long counts as if it never had been.
    """

    gap_months: Annotated[int, Field(ge=1, le=36)] = 6
    prepare_days: Annotated[int, Field(ge=0, le=365)] = 21
    stale_months: Annotated[int, Field(ge=1, le=120)] = 36


class Arrangements(Model):
    """How this office commands and reports; what it leaves out is not played."""

    people: dict[ActorName, Person] = {}
    levels: dict[FactId, Level] = {}
    first_report: Literal["reception", "verified", "approved"] = "reception"
    first_report_to: list[
        Text
    ] = []  # who receives the first report up; its other line is a report of its own
    reports: dict[FactId, Report] = {}
    receivers: dict[Text, Text] = {}  # who is reported to and is no actor: what they are called in English
    ledger: Ledger | None = None
    field: FieldHeadquarters | None = None
    groups: dict[FactId, Group] = {}
    handover: HandOver | None = None
    termination: Termination | None = None
    news: News | None = None
    aftercare: dict[DutyId, AfterCare] = {}
    programme: ProgrammeHabits = ProgrammeHabits()
