"""Timelines as files: CSV that Excel opens (UTF-8 with BOM) and JSON Lines, written and read back without loss."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sim.errors import InputError, Problem
from sim.plan.durations import MINUTE
from sim.record.events import COLUMNS, KINDS
from sim.record.timeline import Row, minutes

BOM = "\ufeff"


def _plain(detail: Mapping[str, Any]) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if detail else ""


def _cells(row: Row) -> list[Any]:
    values = list(row)
    values[3] = minutes(row.t)
    values[12] = "" if row.cause is None else row.cause
    values[14] = _plain(row.detail)
    return values


def to_csv(rows: Iterable[Row]) -> str:
    """Return the timeline as CSV text with a header; the same rows always give the same bytes."""
    return table_csv(COLUMNS, map(_cells, rows))


def table_csv(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return any table as CSV text that Excel opens: BOM, header, ``\\r\\n``; None becomes an empty cell."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def to_jsonl(rows: Iterable[Row]) -> str:
    """Return the timeline as JSON Lines, one object an event, columns in order."""
    lines = []
    for row in rows:
        values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
        values["t"] = row.t / MINUTE
        values["detail"] = dict(row.detail)
        lines.append(json.dumps(values, ensure_ascii=False, separators=(",", ":")))
    return "\n".join(lines) + "\n"


def from_csv(text: str, name: str = "timeline.csv") -> tuple[Row, ...]:
    """Read what `to_csv` wrote. Raise InputError naming each line that is not a row of a timeline."""
    reader = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))
    header = tuple(next(reader, ()))
    if header != COLUMNS:
        raise InputError([Problem("timeline-header", name, 1, 1, {"expected": ", ".join(COLUMNS)})])
    return _rows(((reader.line_num, dict(zip(COLUMNS, cells, strict=False))) for cells in reader), name)


def from_jsonl(text: str, name: str = "timeline.jsonl") -> tuple[Row, ...]:
    """Read what `to_jsonl` wrote. Raise InputError naming each line that is not a row of a timeline."""

    def objects() -> Iterator[tuple[int, Mapping[str, Any]]]:
        for number, line in enumerate(text.splitlines(), 1):
            try:
                values = json.loads(line)
            except ValueError:
                values = None
            yield number, values if isinstance(values, dict) else {}

    return _rows(objects(), name)


def _rows(lines: Iterable[tuple[int, Mapping[str, Any]]], name: str) -> tuple[Row, ...]:
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, values in lines:
        try:
            rows.append(_row(values))
        except (KeyError, ValueError, TypeError) as fault:
            problems.append(Problem("timeline-row", name, number, 1, {"fault": str(fault)}))
    if problems:
        raise InputError(problems)
    return tuple(rows)


def _row(values: Mapping[str, Any]) -> Row:
    if values["event"] not in KINDS:
        raise ValueError(values["event"])
    detail = values["detail"] or {}
    cause = values["cause"]
    return Row(
        run=values["run"],
        replication=int(values["replication"]),
        seq=int(values["seq"]),
        t=round(float(values["t"]) * MINUTE),
        clock=values["clock"],
        phase=values["phase"],
        event=values["event"],
        unit=values["unit"],
        duty=values["duty"],
        task=values["task"],
        need=values["need"],
        inject=values["inject"],
        cause=None if cause in ("", None) else int(cause),
        waits_for=values["waits_for"],
        detail=json.loads(detail) if isinstance(detail, str) else detail,
    )
