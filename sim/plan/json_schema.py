"""JSON Schemas of the input files, so that editors complete and check while a planner types."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from sim.plan.schema import Arrangements, Law, Measures, Needs, Norms, Register, Scenario, Strength

FILES: Final[dict[str, tuple[type[BaseModel], str]]] = {
    "annex3": (Register, "登记册 roster/annex3.yaml (register of Annex 3)"),
    "needs": (Needs, "态势与处置需求 roster/needs.yaml (facts and needs)"),
    "strength": (Strength, "本地力量与假设参数 roster/strength.yaml (local capability)"),
    "norms": (Norms, "时限 roster/norms.yaml (time limits)"),
    "law": (Law, "法规与标准 roster/law.yaml (law and standards)"),
    "arrangements": (Arrangements, "本地指挥与报告安排 roster/arrangements.yaml (local arrangements)"),
    "measures": (Measures, "改进措施与费用 roster/measures.yaml (improvement measures with their cost)"),
    "scenario": (Scenario, "情景 scenarios/*.yaml (scenario)"),
}
"""Kind of file → its model and title."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (2020-12) of each kind of file, under the keys that planners write."""
    return {
        kind: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **model.model_json_schema(by_alias=True),
            "title": title,
        }
        for kind, (model, title) in FILES.items()
    }
