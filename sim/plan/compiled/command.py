"""The duty desk, headquarters, and how the office arranges command and reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.plan.compiled.cast import Absence, Person
from sim.plan.compiled.situation import Label
from sim.plan.conditions import Condition
from sim.plan.durations import Duration


@dataclass(frozen=True, slots=True)
class Desk:
    """The duty desk: the actor it is, its people, and how long its steps take."""

    actor: int
    operators_duty: int
    operators_off_duty: int
    receive: Duration
    report_up: Duration
    phone_leader: Duration
    verify: Duration
    assess: Duration


@dataclass(frozen=True, slots=True)
class Command:
    """Headquarters: the actor it is, who acts for the commander, and how a response is started."""

    actor: int
    acting: int
    commander: str
    absences: tuple[Absence, ...]
    activate_when: Condition
    approve: Duration
    tries: int
    next: Duration
    call: Duration
    unanswered: Duration
    broadcast: tuple[Duration, Duration] | None  # send, receipt; None: call one by one
    scene_report: Duration
    rate: float = 1.0  # how many ever read a broadcast, in and out of office hours
    rate_off_duty: float = 1.0


@dataclass(frozen=True, slots=True)
class Level:
    """A level of response, local (自定): `hold` is how long it must not have been called for before it may go down."""

    id: str
    rank: int
    label: Label
    when: Condition
    proposer: int
    approver: str
    hold: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report of the office besides the first one up."""

    id: str
    label: Label
    line: str
    to: tuple[str, ...]
    by: int
    starts: Literal["reception", "knowledge", "correction", "terminated"]
    when: Condition | None
    form: int  # place of the form, −1 for none
    mode: Literal["phone", "written"]
    draft: Duration
    signed: bool
    send: Duration
    every: Duration | None
    hands: bool
    priority: int
    sign: Duration | None = None  # None: as long as the approval of a response
    signer: str = ""  # the post that signs, nothing for the commander


@dataclass(frozen=True, slots=True)
class Ledger:
    """Who keeps the casualty ledger, and how long a figure is checked before it is the one to report."""

    keeper: int
    verify: Duration


@dataclass(frozen=True, slots=True)
class Field:
    """The field headquarters. `interim` ranks the units that command until then; conferences may be missing."""

    label: Label
    interim: tuple[int, ...]
    establish: Duration
    wind: int
    first: Duration | None
    every: Duration | None
    length: Duration | None
    relay: Duration | None


@dataclass(frozen=True, slots=True)
class Group:
    """A working group: orders to its units go through the unit that leads it."""

    id: str
    label: Label
    lead: int
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Handing command over: `to` is an actor where the scenario has the city on stage, else −1."""

    when: Condition
    to: int
    name: str
    at_once: bool
    approver: str
    decide: Duration
    travel: Duration
    exchange: Duration
    remote: bool


@dataclass(frozen=True, slots=True)
class Termination:
    """The steps from the proposal to the announcement of the end."""

    proposer: int
    experts: str
    opinion: Duration
    approver: str
    announce: Duration


@dataclass(frozen=True, slots=True)
class AfterCare:
    """An entry of the after-care ledger: so many days after the end, if `when` then truly holds."""

    duty: str
    actor: int
    label: Label
    when: Condition
    days: int


@dataclass(frozen=True, slots=True)
class Arrangements:
    """How the office commands and reports; what is missing is not played. People stand in order of substitution."""

    people: tuple[Person, ...] = ()
    levels: tuple[Level, ...] = ()  # the lowest rank first
    first_report: Literal["reception", "verified", "approved"] = "reception"
    first_report_to: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    receivers: tuple[tuple[str, Label], ...] = ()  # those who are no actors, and what they are called
    ledger: Ledger | None = None
    field: Field | None = None
    groups: tuple[Group, ...] = ()
    handover: HandOver | None = None
    termination: Termination | None = None
    news_approver: str = ""
    news_approve: Duration | None = None
    aftercare: tuple[AfterCare, ...] = ()
