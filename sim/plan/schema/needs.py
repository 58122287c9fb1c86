"""roster/needs.yaml: the vocabulary of facts, and the needs that conditions over them raise."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from sim.plan.schema.base import Expression, FactId, Label, Model, NeedId, Text, Value

_NOTHING: Final = {"flag": False, "count": 0, "quantity": 0.0}


class Fact(Model):
    """One quantity of the situation. Counts are cumulative and never fall."""

    kind: Literal["flag", "count", "quantity", "category"]
    label: Label
    default: Value | None = None  # None: false, 0, 0.0, or the first value of a category
    unit: Text | None = None
    min: float | None = None
    max: float | None = None
    values: dict[FactId, Label] = {}

    @property
    def initial(self) -> Any:
        """The value where nothing is said of it."""
        if self.default is not None:
            return float(self.default) if self.kind == "quantity" else self.default
        return sorted(self.values)[0] if self.kind == "category" else _NOTHING[self.kind]


class Need(Model):
    """What the situation demands: raised when `when` and not `until`, over when `until` (default not when)."""

    label: Label
    when: Expression
    until: Expression | None = None
    priority: Annotated[int, Field(ge=1, le=8)]
    lead: Literal["required", "optional"] = "required"
    phase: Literal["warning", "response", "recovery"] = "response"


class Needs(Model):
    """The vocabulary of facts and needs."""

    facts: dict[FactId, Fact]
    needs: dict[NeedId, Need]
