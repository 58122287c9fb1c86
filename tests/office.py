"""Small offices that report: the shipped law with its facts, reports, a ledger and news in small plans.

With the times of `build.strength` a ring at T+0 is picked up at once and recorded by T+4; the first report up is done
at T+3, the leader phoned by T+6, the news verified by T+12 and assessed by T+17; the response starts at T+24.
"""

from __future__ import annotations

from typing import Any

from build import build, fact, label, timed

from sim.plan.compiled import Plan
from sim.plan.workspace import load_roster

ROSTER = load_roster().model
LAW: dict[str, Any] = {**ROSTER.law.model_dump(by_alias=True), "safety": {}}
"""Grades, near miss, casualty lines and forms as shipped."""
FACTS: dict[str, Any] = {
    name: given.model_dump(by_alias=True, exclude_none=True) for name, given in ROSTER.needs.facts.items()
}
LINES = (
    "dead",
    "seriously_injured",
    "poisoned",
    "lightly_injured",
    "trapped",
    "missing",
    "endangered",
    "evacuated",
)


def report(starts: str = "reception", **given: Any) -> dict[str, Any]:
    """A report of the office: by phone, three minutes long, unless `given` says otherwise."""
    plain = {"line": "government", "to": ["市总值班室"], "mode": "phone", "send": "3 min", "src": "t"}
    return {"label": label("报告"), "starts": starts, **plain, **given}


def shipped(name: str, **given: Any) -> dict[str, Any]:
    """A shipped report, made by the desk unless `given` says otherwise."""
    plain = ROSTER.arrangements.reports[name].model_dump(by_alias=True, exclude_none=True, exclude={"by"})
    return {**plain, "src": "t", **given}


def ledger(verify: str = "5 min", keeper: str = "办公室") -> dict[str, Any]:
    return {"keeper": keeper, "verify": timed(verify)}


def arranged(reports: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    """Arrangements of an office, keys as in the file."""
    return {"reports": reports or {}, **{key.replace("_", "-"): value for key, value in given.items()}}


def office(
    drill: dict[str, Any],
    arrangements: dict[str, Any],
    units: dict[str, Any] | None = None,
    needs: dict[str, Any] | None = None,
    law: dict[str, Any] | None = None,
    **local: Any,
) -> Plan:
    """A plan of an office with the shipped law and its facts."""
    given = {**FACTS, "calm": fact("flag")}
    return build(given, needs or {}, units or {}, drill, law=LAW if law is None else law, arrangements=arrangements,
                 **local)  # fmt: skip
