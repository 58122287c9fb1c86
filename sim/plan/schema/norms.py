"""roster/norms.yaml: the limits the office is held to, each with its basis and status."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from sim.plan.schema.base import DurationText, DutyId, Label, Model, Stage, Status, Text


class Norm(Model):
    """A time limit with its source. Without `of` it is registered for reference; without `within` (立即)
    it is never judged in minutes; `judged: false` shows it beside the times without judging."""

    label: Label
    of: DutyId | None = None  # a duty, or a step of the desk such as desk.report_up
    from_: Stage | None = None
    to: Stage | None = None
    within: DurationText | None = None
    text: Text | None = None
    basis: Text
    status: Status
    judged: bool = True
    note: Text | None = None


class Norms(Model):
    """Every limit the office is held to."""

    norms: dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.]*$")], Norm]
