"""What the day does to muster and to the road: blocked roads, weather, and the luck that all units share.

Roads and weather are what they truly are at the moment of departure; on the way nothing changes any more.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

from sim.plan.durations import MINUTE

if TYPE_CHECKING:
    from sim.plan.durations import Duration
    from sim.play.drill import Drill

COMMON: Final = "all/muster/1/common"
"""The stream of the luck that all units share: one draw a drill."""
_NORMAL: Final = NormalDist()
_LEAST: Final = 2.0**-54
_MOST: Final = 1.0 - 2.0**-53


def muster_time(drill: Drill, usual: Duration, stream: str, attempt: int) -> int:
    """Return how long a muster takes: night, storm and holiday move all units together, as far as the plan says."""
    rho = drill.plan.together
    if not rho or usual.fixed:
        return drill.length(usual, stream, attempt)
    return usual.at(mixed(rho, drill.draws.u(COMMON), drill.draws.u(stream, attempt)))


def mixed(rho: float, common: float, own: float) -> float:
    """Return the uniform whose normal score is √ρ of the common one's and √(1−ρ) of one's own."""
    score = sqrt(rho) * _score(common) + sqrt(1.0 - rho) * _score(own)
    return min(_NORMAL.cdf(score), _MOST)


def _score(u: float) -> float:
    return _NORMAL.inv_cdf(max(u, _LEAST))


def road_time(
    drill: Drill, actor: int, usual: Duration, name: str, attempt: int
) -> tuple[int, dict[str, Any]]:
    """Return how long the road takes an actor who leaves now, and why longer than usual.

    `name` begins the names of the streams: ``travel`` and, where its road is blocked, ``detour``.
    """
    why: dict[str, Any] = {}
    length = drill.length(usual, name + "travel", attempt)
    if drill.index.fair_roads:
        return length, why
    blocked = drill.index.blocked_road[actor]
    if blocked is not None and drill.truth.values[blocked.blocked]:
        detour = drill.length(blocked.detour, name + "detour", attempt)
        length += detour
        why["detour"] = detour / MINUTE
    weather = drill.plan.weather
    if weather is not None and drill.script.holds(weather.when):
        length = round(length * weather.road)
        why["weather"] = weather.road
    return length, why
