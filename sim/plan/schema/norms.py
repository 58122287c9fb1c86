"""roster/norms.yaml: the limits the office is held to, each with its basis and status."""

from __future__ import annotations

from typing import Literal

from sim.plan.schema.base import (
    DurationText,
    DutyId,
    EventName,
    Expression,
    Label,
    Model,
    NormId,
    Stage,
    Status,
    Text,
)


class Norm(Model):
    """A time limit with its source. Without `of` it is registered for reference; without `within` (立即)
    it is never judged in minutes; `judged: false` shows it beside the times without judging."""

    label: Label
    of: DutyId | None = (
        None  # a duty, a step of the desk such as desk.report_up, or a report: report.province
    )
    from_: Stage | None = None
    to: Stage | None = None
    since: EventName | None = None  # or between two events of the drill, each the first of its kind
    by: EventName | None = None
    when: Expression | None = None  # it binds only if this ever truly held
    zone: Literal["urban", "township"] | None = None  # it binds only at sites in this zone
    within: DurationText | None = None
    text: Text | None = None
    basis: Text
    status: Status
    judged: bool = True
    note: Text | None = None


class Norms(Model):
    """Every limit the office is held to."""

    norms: dict[NormId, Norm]
