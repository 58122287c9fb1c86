"""The clocks that matter most in a study: those of norms, then those of the duties that life depends on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from sim.plan.compiled import Norm, Plan
from sim.plan.durations import MINUTE
from sim.study.outcomes import ENDS
from sim.study.summary import BEGIN, Band, band_of, medians

if TYPE_CHECKING:
    from sim.study.replicate import Study
    from sim.study.store import Store

MOST: Final = 10
_URGENT: Final = 2
"""The last priority of a need on which life depends."""


class Clock(NamedTuple):
    """How long the first task of a duty, of a step or of a report takes from one of its stages to another.

    `norms` are the limits on it, `within` the shortest of them in minutes, `judged` whether that one is judged; without
    a norm it runs from the trigger.
    """

    duty: str
    begin: str
    stop: str
    norms: tuple[str, ...]
    within: float | None
    judged: bool
    band: Band


def clocks(study: Study, most: int = MOST) -> list[Clock]:
    """Return at most `most` clocks: first those of norms, judged ones first, then urgent duties by need.

    A task that was called off before the stage is no part of its clock, and one of which a stage was passed over.
    """
    usual = {task.task: task.ticks for task in medians(study.plan).tasks}
    found: list[Clock] = []
    with study.store() as store:
        for duty, begin, stop, norms in _candidates(study.plan):
            if len(found) == most:
                break
            band = _band(store, study.n, f"{duty}#1", begin, stop, usual.get(f"{duty}#1"))
            if band.plays:
                least = min(norms, key=lambda norm: (not norm.judged, norm.within), default=None)
                found.append(
                    Clock(duty, begin, stop, tuple(norm.id for norm in norms),
                          None if least is None or least.within is None else least.within / MINUTE,
                          least is not None and least.judged, band)
                )  # fmt: skip
    return found


def _candidates(plan: Plan) -> Iterable[tuple[str, str, str, list[Norm]]]:
    timed: dict[tuple[str, str, str], list[Norm]] = {}
    for norm in plan.norms:
        duty = plan.duties[norm.duty].id if norm.duty >= 0 else norm.step
        if duty and norm.within is not None and norm.start in ENDS and norm.stop in ENDS:
            timed.setdefault((duty, norm.start, norm.stop), []).append(norm)
    ranked = sorted(timed.items(), key=lambda item: not any(norm.judged for norm in item[1]))
    yield from ((*key, norms) for key, norms in ranked)
    urgent = sorted(
        (d for d in plan.duties if d.priority <= _URGENT), key=lambda d: (d.priority, not d.lead, d.id)
    )
    yield from ((duty.id, BEGIN, "arrived" if duty.at_scene else "started", []) for duty in urgent)


def _band(store: Store, n: int, task: str, begin: str, stop: str, usual: Sequence[int | None] | None) -> Band:
    pairs = [
        (None if end is None else end - start, closed - start)
        for start, end, state, closed in store.stage(task, begin, stop, n)
        if start is not None and (end is not None or state not in ("stood_down", "finished"))
    ]
    first, last = (None, None) if usual is None else (usual[ENDS.index(begin)], usual[ENDS.index(stop)])
    return band_of(pairs, None if first is None or last is None else last - first)
