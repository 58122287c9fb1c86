"""Pieces of an office's arrangements for small plans, and a drill in which nothing but what is told takes time.

With `swift` a ring at T+0 starts the response at T+0 and an order is at its unit at once; every story then adds the one
thing it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from build import OFFICE, at_once, build, label, play, scenario, timed, unit

from sim.plan.compiled import Plan
from sim.play.draws import Draws
from sim.record.timeline import Timeline

CHIEF, DEPUTY, SECOND, THIRD = "指挥长甲", "副乙", "副丙", "副丁"
POSTS = (CHIEF, DEPUTY, SECOND, THIRD)


def person(**given: Any) -> dict[str, Any]:
    return {"src": "t", "muster": muster(0, 0), "travel": road(0), **given}


def muster(duty: int, off_duty: int) -> dict[str, str]:
    return {"duty": f"{duty} min", "off-duty": f"{off_duty} min", "src": "t"}


def road(minutes: int) -> dict[str, str]:
    return {"urban": f"{minutes} min", "township": f"{minutes} min", "src": "t"}


def field(**given: Any) -> dict[str, Any]:
    """A field headquarters that is set up in eight minutes and does not confer unless told."""
    return {"label": label("现场"), "interim": {}, "establish": timed("8 min"), **given}


def conference(first: int = 5, every: int = 20, length: int = 4) -> dict[str, Any]:
    return {key: timed(f"{minutes} min") for key, minutes in
            (("first", first), ("every", every), ("length", length))}  # fmt: skip


def group(lead: str, *units: str) -> dict[str, Any]:
    return {"label": label(lead), "lead": lead, "units": list(units), "src": "t"}


def level(rank: int, when: str, **given: Any) -> dict[str, Any]:
    return {
        "rank": rank,
        "label": label(when),
        "when": when,
        "proposer": OFFICE,
        "approver": CHIEF,
        "src": "t",
        **given,
    }


def handover(when: str, **given: Any) -> dict[str, Any]:
    return {
        "when": when, "to": "市级", "approver": CHIEF, "decide": timed("15 min"), "travel": timed("35 min"),
        "exchange": timed("13 min"), "src": "t", **given,
    }  # fmt: skip


def termination(**given: Any) -> dict[str, Any]:
    return {
        "proposer": OFFICE, "experts": "专家组", "opinion": timed("20 min"), "approver": CHIEF,
        "announce": timed("2 min"), **given,
    }  # fmt: skip


def swift(
    vocabulary: Mapping[str, Any],
    needs: Mapping[str, Any],
    units: Mapping[str, Any],
    injects: Mapping[str, Any],
    arrangements: Mapping[str, Any],
    **more: Any,
) -> Plan:
    """A plan in which the response starts at T+0 and calls, approvals, muster and roads take no time."""
    about = more.pop("facts", {})
    drill = {"facts": about} | {
        key: more.pop(key) for key in ("horizon", "end", "conditions", "start", "guests") if key in more
    }
    law, bodies = more.pop("law", None), more.pop("bodies", None)
    given = scenario(injects, **drill)
    return build(
        vocabulary,
        needs,
        units,
        given,
        law=law,
        arrangements=arrangements,
        posts=POSTS,
        bodies=bodies,
        **at_once(**more),
    )


def played(*args: Any, draws: Draws | None = None, **more: Any) -> Timeline:
    return play(swift(*args, **more), draws=draws)


CITY = {"市级": {"en": "City"}}
"""The city headquarters on stage."""

IDLE = {"消防": unit(1, {})}
"""Somebody who has nothing to do, where a story needs no units."""
