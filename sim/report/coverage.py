"""Writes the coverage of a register into a folder: a table, the same for programs, and the picture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sim.report.write import picture_of
from sim.review.coverage import Coverage, coverage_csv
from sim.words import Lang

FILES: Final = ("coverage.csv", "coverage.json", "coverage.png", "coverage.svg", "smallest.json")


def write_coverage(
    coverage: Coverage, folder: Path, lang: Lang = "zh", smallest: Mapping[str, Any] | None = None
) -> None:
    """Write the files of `FILES` into `folder`, the last of them if `smallest` holds the smallest sets.

    Raise OSError where it cannot be written.
    """
    from sim.report.charts import coverage_matrix

    (folder / "coverage.csv").write_text(coverage_csv(coverage, lang), encoding="utf-8", newline="")
    _write_json(folder / "coverage.json", [clause.as_json(lang) for clause in coverage.clauses])
    if smallest:
        _write_json(folder / "smallest.json", smallest)
    axes = coverage_matrix(coverage, lang=lang)
    (folder / "coverage.png").write_bytes(picture_of(axes, "png"))
    (folder / "coverage.svg").write_bytes(picture_of(axes, "svg"))


def _write_json(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
