"""The review of one drill: every check, merged by cause, in the order a planner reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from sim.record.timeline import Timeline
from sim.review.capacity import capacity_gaps
from sim.review.causes import Causes
from sim.review.command import command_gaps
from sim.review.dispatch import dispatch_gaps
from sim.review.drill import Drill
from sim.review.figures import figure_gaps
from sim.review.filings import filing_gaps
from sim.review.gap import Gap
from sim.review.information import information_gaps
from sim.review.lateness import lateness_gaps
from sim.review.limits import Limit
from sim.review.response import response_gaps
from sim.review.safety import safety_gaps
from sim.review.world import world_gaps
from sim.words.display import Shown

if TYPE_CHECKING:
    import pandas as pd

MOST_MAJOR: Final = 5
"""Major gaps in the body of a report (DESIGN §6)."""
MOST_MINOR: Final = 10
"""Minor gaps in the body of a report (DESIGN §6)."""


_CAUSES: Final = ("G4", "G902")
"""Codes that stand before the lateness that they caused."""


class Body(NamedTuple):
    """Gaps as a report shows them: a few in the body, the rest in the annex."""

    major: tuple[Gap, ...]
    minor: tuple[Gap, ...]
    rest: tuple[Gap, ...]


@dataclass(frozen=True, repr=False)
class Findings(Shown):
    """What the review of one drill found. `score` is None for a simulated drill: a play grades nobody."""

    timeline: Timeline
    gaps: tuple[Gap, ...]
    limits: tuple[Limit, ...]
    causes: Causes
    score: None = None

    def __repr__(self) -> str:
        return f"<Findings of {self.timeline.plan.id}: {len(self.gaps)} gaps, {len(self.limits)} limits>"

    @property
    def body(self) -> Body:
        """The gaps split as a report shows them."""
        major = [gap for gap in self.gaps if gap.severity == "major"]
        minor = [gap for gap in self.gaps if gap.severity == "minor"]
        rest = [*major[MOST_MAJOR:], *minor[MOST_MINOR:]]
        return Body(tuple(major[:MOST_MAJOR]), tuple(minor[:MOST_MINOR]), tuple(rest))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a gap, in the columns of gaps.csv, sentences in Chinese."""
        import pandas as pd

        from sim.review.table import COLUMNS, cells

        return pd.DataFrame([cells(gap) for gap in self.gaps], columns=list(COLUMNS))


def evaluate(timeline: Timeline) -> Findings:
    """Review one drill and return its gaps, limits and causes; the timeline is only read."""
    drill = Drill(timeline)
    found = [
        *dispatch_gaps(drill), *response_gaps(drill), *information_gaps(drill), *capacity_gaps(drill),
        *command_gaps(drill), *safety_gaps(drill), *world_gaps(drill), *lateness_gaps(drill),
        *filing_gaps(drill), *figure_gaps(drill),
    ]  # fmt: skip
    return Findings(timeline, tuple(sorted(merge(found), key=_order)), drill.limits, drill.causes)


def merge(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return one gap for each cause: the first of the gravest, with the others of the same cause inside it.

    A shortage (G4xx) or a long wait for safety (G902) stands before the lateness that it caused.
    """
    groups: dict[tuple[str, ...], list[Gap]] = {}
    for gap in gaps:
        groups.setdefault((*gap.key, "" if gap.invited else "guest"), []).append(gap)
    return tuple(_joined(group) for group in groups.values())


def _joined(group: list[Gap]) -> Gap:
    head, *others = sorted(group, key=lambda gap: (not gap.code.startswith(_CAUSES), _order(gap)))
    severity = min(gap.severity for gap in group) if head.invited else "minor"  # "major" < "minor"
    return replace(head, severity=severity, others=tuple(others))


def _order(gap: Gap) -> tuple[bool, str, int, int, str, str, str]:
    return not gap.invited, gap.severity, gap.priority, gap.at, gap.code, gap.unit, gap.duty
