"""The rows of a summary as tables: of pandas, or as CSV text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_type_hints

from sim.study.statistics import TARGET
from sim.study.store import as_text
from sim.study.summary import Band, Failed, Kept, Milestone, Stage, failed, limits, milestones, stages

if TYPE_CHECKING:
    import pandas as pd

    from sim.study.replicate import Study


def columns(kind: type[NamedTuple]) -> list[str]:
    """Return the names of the columns of a kind of row: those of its band in the place of the band."""
    hints = get_type_hints(kind)
    return [name for field in kind._fields for name in (Band._fields if hints[field] is Band else (field,))]


def flat(row: NamedTuple) -> tuple[Any, ...]:
    """Return a row with the values of its band in the place of the band."""
    return tuple(value for field in row for value in (field if isinstance(field, Band) else (field,)))


def frame(rows: Iterable[NamedTuple], kind: type[NamedTuple]) -> pd.DataFrame:
    """Return rows as a table of pandas; what is not there is missing."""
    import pandas as pd

    return pd.DataFrame([flat(row) for row in rows], columns=columns(kind))


def tables(study: Study, target: float = TARGET) -> dict[str, str]:
    """Return the CSV text of each table by the name of its file: minutes with three decimals, shares with four."""
    found: dict[str, tuple[Sequence[NamedTuple], type[NamedTuple]]] = {
        "milestones.csv": (milestones(study), Milestone),
        "stages.csv": (stages(study), Stage),
        "limits.csv": (limits(study, target), Kept),
        "failed.csv": (failed(study), Failed),
    }
    return {name: _csv(rows, kind) for name, (rows, kind) in found.items()}


_SHARES: Final = frozenset(("standing", "share", "low", "high"))


def _csv(rows: Sequence[NamedTuple], kind: type[NamedTuple]) -> str:
    heads = columns(kind)
    return as_text(
        ([_cell(head, value) for head, value in zip(heads, flat(row), strict=True)] for row in rows), heads
    )


def _cell(head: str, value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.4f}" if head in _SHARES else f"{value:.3f}"
    return "" if value is None else value
