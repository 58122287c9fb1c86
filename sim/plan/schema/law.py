"""roster/law.yaml: what laws and standards say of grades, report forms, the safety of rescuers and drills.

Every entry carries its basis and its status; to which duties a safety rule speaks is our reading.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.plan.schema.base import (
    DurationText,
    DutyId,
    EventName,
    Expression,
    FactId,
    Label,
    Model,
    RuleId,
    Status,
    Text,
)


class AccidentGrade(Model):
    """A grade of accidents; the higher the rank, the graver."""

    rank: Annotated[int, Field(ge=1, le=9)]
    label: Label


class GradeRule(Model):
    """One rule of grading: for each grade the condition that makes an accident at least that grave."""

    label: Label
    grades: dict[FactId, Expression]
    basis: Text
    status: Status
    note: Text | None = None


class NearMiss(Model):
    """较大涉险事故: reported to the city even with nobody hurt; any one condition is enough."""

    label: Label
    any_: dict[FactId, Expression]
    basis: Text
    status: Status
    note: Text | None = None


class Supplement(Model):
    """Days from the accident within which a change of casualties changes its grade."""

    days: Annotated[int, Field(ge=1, le=365)]
    fire_or_traffic: Annotated[int, Field(ge=1, le=365)]
    basis: Text
    status: Status


class Element(Model):
    """One required element of a report form: told if any of `facts` is known, or any of `events` has happened.

    Without either it is told by every report, since the desk writes it down as it picks up the phone.
    """

    label: Label
    facts: list[FactId] = []
    events: list[EventName] = []


class Form(Model):
    """A report form and its required elements."""

    label: Label
    elements: dict[FactId, Element]
    basis: Text
    status: Status


class Band(Model):
    """How long work may last where a concentration is above a value."""

    above: Annotated[float, Field(ge=0)]
    within: DurationText


class SafetyRule(Model):
    """A rule that kills rescuers when broken, and the duties it speaks to.

    ``before_entry``: while `when` truly holds, work begins only once `requires` holds, or with `stock` in hand;
    ``standby``: a second team of the same kind must be free at the scene; ``exposure``: work is relieved after
    the time of the `bands` of `fact`; ``withdrawal``: while `when` holds everybody leaves and is counted;
    ``prohibition``: the work is not done while `when` holds.
    """

    kind: Literal["before_entry", "standby", "exposure", "withdrawal", "prohibition"]
    label: Label
    duties: list[DutyId]
    when: Expression = "true"
    requires: Expression | None = None
    stock: FactId | None = None
    fact: FactId | None = None
    bands: dict[FactId, Band] = {}
    count: DurationText | None = None  # withdrawal: how long the head count takes
    basis: Text
    status: Status
    note: Text | None = None


class DrillRule(Model):
    """How often a plan must be drilled: within every so many months of the last drill, one more.

    It binds the office, or the enterprise at whose site a scenario plays (then it is shown, and the office's own
    drills are not held to it). Without `where` every drill counts for it; with it those whose first situation fits.
    """

    label: Label
    binds: Literal["office", "enterprise"]
    months: Annotated[int, Field(ge=1, le=120)]
    where: Expression | None = None
    basis: Text
    status: Status
    note: Text | None = None


class Law(Model):
    """What binds every office; empty where an office gives none, and then nothing is graded."""

    grades: dict[FactId, AccidentGrade] = {}
    rules: dict[FactId, GradeRule] = {}
    near_miss: NearMiss | None = None
    casualties: list[FactId] = []  # the lines of the casualty ledger
    supplement: Supplement | None = None
    forms: dict[FactId, Form] = {}
    safety: dict[RuleId, SafetyRule] = {}
    drills: dict[FactId, DrillRule] = {}
