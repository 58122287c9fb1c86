"""The choice of a programme: a beam over its days.

For every day, the best `WIDTH` programmes whose last drill is on it are kept, each made of one more drill and a kept
programme that ends early enough, but not so early that a drill would fit in between. Programmes that end on the same
day have the same future before them, so what they cost if nothing more is done compares them fairly; the greedy choice
is a beam of width one. On small cases the beam holds every programme that matters, and then the choice is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sim.study.programme.case import Case, Planned
from sim.study.programme.days import month_of
from sim.study.programme.measure import due, most_days

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

WIDTH: Final = 60
"""Programmes kept for each day."""


@dataclass(slots=True)
class _Kept:
    """Programmes side by side, one a row: what is left open by each, what each has cost and gained so far."""

    last: Array  # (programmes, groups of duties): the day of the last exercise
    due: Array  # (programmes, rules)
    open: Array  # (programmes, promises)
    broken: Array
    behind: Array
    gain: Array  # staleness spared, up to the end
    drills: list[tuple[Planned, ...]]

    def take(self, rows: Any) -> _Kept:
        arrays = {name: getattr(self, name)[rows] for name in _ARRAYS}
        return _Kept(**arrays, drills=[self.drills[row] for row in rows])


_ARRAYS: Final = ("last", "due", "open", "broken", "behind", "gain")


def choose(case: Case, width: int = WIDTH) -> tuple[Planned, ...]:
    """Return the best programme found; the same case always gives the same one."""
    if not case.choices or not case.days:
        return ()
    table = _Table(case)
    root = table.root()
    ends: list[tuple[date, _Kept]] = []
    for day in case.days:
        month = month_of(day)
        before = [kept for last, kept in ends if table.follows(month_of(last) + case.gap, month)]
        before += [root] if table.follows(table.first_month, month) else []
        if before:
            ends.append((day, table.best(table.add(_joined(before), day), width)))
    final = table.best(_joined([root, *(kept for _, kept in ends)]), 1)
    return final.drills[0]


class _Table:
    """A case as arrays: duties that the same scenarios exercise and that were last exercised together are one group."""

    def __init__(self, case: Case) -> None:
        import numpy as np

        self.np, self.case = np, case
        self.names = sorted(case.choices)
        self.end, self.today = case.end.toordinal(), case.today.toordinal()
        self.most = most_days(case)
        self.rules, self.promises = case.office_rules(), case.kept_promises()
        before = max((drill.day for drill in case.held), default=None)
        self.months = sorted({month_of(day) for day in case.days})
        self.first_month = month_of(before) + case.gap if before else 0
        groups: dict[tuple[tuple[bool, ...], int], int] = {}
        for duty in case.duties.values():
            covered = tuple(duty.id in case.choices[name].duties for name in self.names)
            if any(covered):
                last = case.last(case.exercising(duty.id))
                key = (covered, max(last.toordinal() if last else 0, self.today - self.most))
                groups[key] = groups.get(key, 0) + duty.weight
        keys = sorted(groups)
        self.covered = np.array([key[0] for key in keys], bool).reshape(len(keys), len(self.names))
        self.begin = np.array([key[1] for key in keys], np.int64)
        self.weight = np.array([groups[key] for key in keys], np.int64)

    def follows(self, free: int, month: int) -> bool:
        """Whether a drill of `month` may be the next where one may be held from the month `free` on.

        One more drill in between costs nothing, so a programme that leaves room for it is never needed.
        """
        room = range(free, month - self.case.gap + 1)
        return free <= month and not any(between in room for between in self.months)

    def root(self) -> _Kept:
        """Return the programme of no drill."""
        np, case = self.np, self.case
        limits = [due(case, rule, case.last(rule.counts)).toordinal() for rule in self.rules]
        zero = np.zeros(1, np.int64)
        return _Kept(
            self.begin[None, :], np.array([limits], np.int64).reshape(1, len(limits)),
            np.ones((1, len(self.promises)), bool), zero, zero, zero, [()],
        )  # fmt: skip

    def add(self, kept: _Kept, day: date) -> _Kept:
        """Return every programme of `kept` with one more drill on `day`, once for each scenario."""
        return _joined([self._with(kept, place, Planned(day, name)) for place, name in enumerate(self.names)])

    def _with(self, kept: _Kept, place: int, drill: Planned) -> _Kept:
        np, day = self.np, drill.day.toordinal()
        covered = self.covered[:, place]
        spared = self._area(self.end - kept.last) - self._area(day - kept.last) - self._area(self.end - day)
        counts = np.array([drill.scenario in rule.counts for rule in self.rules], bool)
        renewed = np.array([due(self.case, rule, drill.day).toordinal() for rule in self.rules], np.int64)
        tests = np.array([drill.scenario in promise.tested_by for promise in self.promises], bool)
        return _Kept(
            np.where(covered, day, kept.last), np.where(counts, renewed, kept.due), kept.open & ~tests,
            kept.broken + self._past(kept.due, day, counts),
            kept.behind + self._past(self._deadlines(), day, kept.open & tests),
            kept.gain + (spared * self.weight * covered).sum(axis=1),
            [(*drills, drill) for drills in kept.drills],
        )  # fmt: skip

    def best(self, kept: _Kept, width: int) -> _Kept:
        """Return the best `width` programmes by what they cost if nothing more is done; of equals the first."""
        broken = kept.broken + self._past(kept.due, self.end, True)
        behind = kept.behind + self._past(self._deadlines(), self.end, kept.open)
        return kept.take(self.np.lexsort((-kept.gain, behind, broken))[:width])

    def _past(self, limits: Array, day: int, which: Any) -> Array:
        """Return the days from each limit, or from today, to `day`, summed over those of `which`."""
        late = self.np.maximum(0, day - self.np.maximum(limits, self.today))
        return self.np.asarray((late * which).sum(axis=-1))

    def _deadlines(self) -> Array:
        days = [(promise.deadline or self.case.end).toordinal() for promise in self.promises]
        return self.np.array(days, self.np.int64)

    def _area(self, age: Any) -> Any:
        """Twice the integral of staleness up to `age`, as `measure.doubled`."""
        return self.np.where(age <= self.most, age * age, self.most * (2 * age - self.most))


def _joined(parts: Sequence[_Kept]) -> _Kept:
    import numpy as np

    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in _ARRAYS
    }
    return _Kept(**arrays, drills=[drills for part in parts for drills in part.drills])
