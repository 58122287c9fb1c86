"""The hotwash: the talk right after a drill, as a list of stops with the minutes that each may take."""

from __future__ import annotations

from typing import Final, NamedTuple

from sim.review.gap import Gap
from sim.review.playback.replay import Given, Replay

USUAL: Final = 30
"""Minutes of a hotwash where nobody says otherwise."""
_QUESTION: Final = 2  # a question is worth twice as long as an inject without one
_GAP: Final = 2


class Stop(NamedTuple):
    """One stop: an inject or a major finding, the step to show meanwhile, and the minutes to talk about it."""

    step: int
    minutes: int
    given: Given | None = None
    gap: Gap | None = None


def hotwash(replay: Replay, minutes: int = USUAL) -> tuple[Stop, ...]:
    """Return the stops of a hotwash of `minutes`, in order of time: every inject, and every major finding.

    The minutes are shared out whole, an inject with a question and a finding getting twice those of another inject.
    Every stop gets at least one, so that too short a talk is longer than asked for rather than silent on anything.
    """
    stops = [Stop(given.step, 0, given=given) for given in replay.injects]
    stops += [Stop(replay.step_at(gap.at), 0, gap=gap) for gap in replay.gaps if gap.severity == "major"]
    stops.sort(key=lambda stop: (stop.step, stop.gap is not None))
    shares = _shared(minutes, [_weight(stop) for stop in stops])
    return tuple(stop._replace(minutes=share) for stop, share in zip(stops, shares, strict=True))


def _weight(stop: Stop) -> int:
    if stop.given is None:
        return _GAP
    return _QUESTION if stop.given.inject.question else 1


def _shared(minutes: int, weights: list[int]) -> list[int]:
    """Share out whole minutes by weight: what is left over goes to the largest remainders, the earlier first."""
    spare, total = max(0, minutes - len(weights)), sum(weights)
    exact = [spare * weight / total for weight in weights]
    shares = [int(part) for part in exact]
    order = sorted(range(len(weights)), key=lambda place: (shares[place] - exact[place], place))
    for place in order[: spare - sum(shares)]:
        shares[place] += 1
    return [1 + share for share in shares]
