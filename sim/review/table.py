"""gaps.csv: one row a gap, for a spreadsheet."""

from __future__ import annotations

from typing import Any, Final

from sim.plan.durations import MINUTE
from sim.record.exchange import table_csv
from sim.review.findings import Findings
from sim.review.gap import Gap
from sim.words import Lang, say
from sim.words.gaps import SEVERITY

COLUMNS: Final = (
    "code", "severity", "title", "t", "unit", "duty", "need", "task", "norm", "basis", "status", "expected",
    "actual", "evidence", "merged", "invited", "statement", "cause", "suggestion", "clause",
)  # fmt: skip


def gaps_csv(findings: Findings, lang: Lang = "zh") -> str:
    """Return the gaps as CSV text that Excel opens (UTF-8, BOM); no text cell is taken for a formula."""
    return table_csv(COLUMNS, ([_safe(cell) for cell in cells(gap, lang)] for gap in findings.gaps))


def cells(gap: Gap, lang: Lang = "zh") -> tuple[Any, ...]:
    """Return one gap in the order of `COLUMNS`; times in minutes, evidence as seq numbers."""
    said = (gap.statement(lang), gap.cause(lang), gap.suggestion(lang))
    return (
        gap.code, say(SEVERITY, gap.severity, lang), gap.title(lang), gap.at / MINUTE, gap.unit, gap.duty,
        gap.need, gap.task, gap.norm, gap.basis, gap.status, gap.expected, gap.actual,
        " ".join(map(str, gap.evidence)), len(gap.others), gap.invited, *said, gap.clause,
    )  # fmt: skip


def _safe(cell: Any) -> Any:
    """A text that begins as a formula does gets an apostrophe, which a spreadsheet takes for text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") and cell else cell
