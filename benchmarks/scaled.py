"""A plan of any size, to see how time grows: duties over units, a tenth as many injects, two teams a unit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sim.plan.compiled import Plan

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from build import DESK, HQ, build, duty, fact, inject, need, scenario, teams, timed, unit, work


def scaled_plan(duties: int, units: int) -> Plan:
    """Return a plan of `duties` needs with one duty each, spread over `units`, in ten waves of injects."""
    facts = {f"f{n}": fact("flag") for n in range(duties)}
    needs = {f"n{n}": need(f"f{n}", 1 + n % 5) for n in range(duties)}
    members = {f"单位{u}": _unit(u, range(u, duties, units)) for u in range(units)}
    many = max(1, duties // 10)
    injects = {f"I{j + 1}": _inject(j, many, duties) for j in range(many)}
    operators = max(2, duties // 20)  # as many times as the work
    return build(
        facts, needs, members, scenario(injects, horizon="3000 min"),
        calls__answered=timed("1..1.5..3 min"),
        desk__operators={"duty": operators, "off-duty": operators, "src": "t"},
        defaults__answer={"chance": 0.9, "tries": 3, "src": "t"},
        defaults__travel={"urban": "3..5..9 min", "township": "3..5..9 min", "src": "t"},
    )  # fmt: skip


def _unit(number: int, duties: range) -> dict[str, Any]:
    return unit(
        number + 1,
        {f"d{n}.x": duty(f"n{n}", achieves={"set": {f"f{n}": False}}) for n in duties},
        teams=teams(crew=2),
        work={f"d{n}.x": work("5..12..30 min", uses={"crew": 1}) for n in duties},
    )


def _inject(number: int, step: int, duties: int) -> dict[str, Any]:
    true = {f"f{n}": True for n in range(number, duties, step)}
    to = [DESK] if number == 0 else [HQ]
    return inject(to, at=f"T+{number % 100}", makes={"set": true}, tells=true)
