"""roster/measures.yaml: what this office could do to be faster, and what it would cost. All of it is local (自定)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.plan.schema.base import Label, Model, Slug, Text, Value


class Improvement(Model):
    """One measure: what it costs in the file's unit, and what it sets, as ``--set`` does.

    Two measures that set one path to different values cannot be taken together.
    """

    label: Label
    cost: Annotated[float, Field(ge=0.01, le=1e9)]  # never free: somebody's time at least
    set: Annotated[dict[Text, Value], Field(min_length=1)]
    note: Text | None = None


class Measures(Model):
    """The measures an office thinks of, with the unit of their cost: points, 万元, or what it counts in."""

    unit: Label
    measures: dict[Slug, Improvement]
