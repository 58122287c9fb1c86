"""Small pages of what-if, sensitivity and improvement options: a picture, a table, what it means, and a CSV each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.plan.compiled import Plan
from sim.report import what_if as told
from sim.report.sections import Section, Sheet, Table, beside, draw, page_of
from sim.study.options import Options
from sim.study.pairs import Missed, Paired
from sim.study.sensitivity import Sensitivity, Tornado
from sim.study.store import as_text
from sim.study.what_if import Comparison
from sim.words import Lang, pick, say
from sim.words.study import STUDY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST = 25
"""Stages of tasks on the page of a comparison; all of them are in its table."""

Place = str | os.PathLike[str]


def write_comparison(found: Comparison, folder: Place, lang: Lang = "zh") -> Path:
    """Write ``comparison.html``, ``comparison.csv``, ``comparison-limits.csv`` and the picture; return the page."""
    from sim.report import charts

    sections = [
        _section("comparison", told.what_if_notes(found, lang), lang, picture="difference"),
        _tasks(found, lang),
    ]
    limits = told.limit_rows(found, lang)
    if len(limits) > 1:
        sections.append(_section("comparison.limits", (), lang, limits))
    tables = {
        "comparison.csv": as_text(
            ((line.item, *map(_cell, line.paired)) for line in (*found.milestones, *found.tasks)),
            ("item", *Paired._fields),
        ),
        "comparison-limits.csv": as_text(
            ((each.norm, *map(_cell, _flat(each.missed))) for each in found.limits),
            ("norm", *Missed._fields[:-2], "first_low", "first_high", "second_low", "second_high"),
        ),
    }
    chart = {"difference": charts.difference(found, lang=lang)}
    return _write("comparison", sections, tables, chart, found.second.plan, found.n, folder, lang)


def write_sensitivity(found: Tornado | Sensitivity, plan: Plan, folder: Place, lang: Lang = "zh") -> Path:
    """Write ``sensitivity.html`` (of Morris or Sobol ``effects.html``), its CSV and the picture; return the page."""
    from sim.report import charts

    if isinstance(found, Tornado):
        rows, notes = told.tornado_rows(found, plan, lang), told.tornado_notes(found, plan, lang)
        section = _section("sensitivity", notes, lang, rows, "tornado")
        chart = {"tornado": charts.tornado(found, plan, lang=lang)}
        return _write(
            "sensitivity", [section], {"tornado.csv": _bars(found)}, chart, plan, found.n, folder, lang
        )
    rows, notes = told.sensitivity_rows(found, plan, lang), told.sensitivity_notes(found, plan, lang)
    section = _section("sensitivity", notes, lang, rows, "effects")
    chart = {"effects": charts.effects(found, plan, lang=lang)}
    return _write("sensitivity", [section], {"effects.csv": _strengths(found)}, chart, plan, found.n, folder, lang,
                  "effects")  # fmt: skip


def write_options(found: Options, plan: Plan, folder: Place, lang: Lang = "zh") -> Path:
    """Write ``options.html``, ``options.csv`` and the picture; return the page."""
    from sim.report import charts

    section = _section(
        "options", told.options_notes(found, lang), lang, told.options_rows(found, lang), "options"
    )
    heads = (
        "measures",
        "cost",
        "minutes",
        "low",
        "high",
        "limits",
        "minutes_each",
        "limits_each",
        "idle",
        "failed",
    )
    rows = (
        (" ".join(o.names), f"{o.cost:g}", *map(_cell, (o.minutes, *o.interval, o.limits)),
         *(_cell(o.per_cost(aim)) for aim in ("minutes", "limits")), _cell(bool(o.idle)), o.failed)
        for o in (*found.ranked("minutes"), *(best.option for best in found.best))
    )  # fmt: skip
    chart = {"options": charts.options(found, plan, lang=lang)}
    return _write(
        "options", [section], {"options.csv": as_text(rows, heads)}, chart, plan, found.n, folder, lang
    )


def _tasks(found: Comparison, lang: Lang) -> Section:
    """The turning points, and the tasks that differ most over all plays."""
    differ = [line for line in found.changed if line.paired.mean is not None]
    differ.sort(key=lambda line: (-abs((line.paired.mean or 0.0) * line.paired.pairs), line.item))
    rows = told.what_if_rows(found, lang, (*found.milestones, *differ[:_MOST]))
    note = say(STUDY, "comparison.rest", lang, shown=min(_MOST, len(differ)), count=len(found.changed))
    return _section("comparison.milestones", [note] if differ else (), lang, rows)


def _section(
    key: str, notes: Sequence[str], lang: Lang, rows: Sequence[tuple[str, ...]] = (), picture: str = ""
) -> Section:
    return Section(
        say(STUDY, key, lang), notes, (), [picture] if picture else [], Table(rows) if rows else None
    )


def _write(
    kind: str, sections: Sequence[Section], tables: Mapping[str, str], charts: Mapping[str, Axes], plan: Plan, n: int,
    folder: Place, lang: Lang, name: str = "",
) -> Path:  # fmt: skip
    page = f"{name or kind}.html"
    title = pick(plan.title, lang)
    heading = say(STUDY, "colon", lang, head=say(STUDY, f"title.{kind}", lang), text=title)
    sheet = Sheet(heading, say(STUDY, "about.short", lang, title=title, n=n), [], sections)
    with beside(Path(folder), page) as work:
        (work / "charts").mkdir()
        pictures = {name: draw(axes, work / "charts", name) for name, axes in charts.items()}
        for file, text in tables.items():
            (work / file).write_bytes(text.encode())
        (work / page).write_text(page_of(sheet, plan, pictures, lang), encoding="utf-8", newline="\n")
    return Path(folder) / page


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.4f}"
    return "" if value is None else value


def _flat(row: Missed) -> Iterable[Any]:
    return (*row[:-2], *row.first_range, *row.second_range)


def _bars(found: Tornado) -> str:
    heads = ("path", "grade", "value", "low_value", "high_value", "low", "high", "swing", "moved")
    rows = [
        (bar.factor.path, bar.factor.grade, bar.factor.value, bar.low_value, bar.high_value,
         *map(_cell, (bar.low, bar.high, bar.swing, bar.moved)))
        for bar in found.bars
    ]  # fmt: skip
    return as_text(rows, heads)


def _strengths(found: Sensitivity) -> str:
    if found.effects:
        heads: tuple[str, ...] = ("path", "strength", "signed", "bent", "error")
    else:
        heads = ("path", "alone", "alone_error", "total", "total_error")
    return as_text((tuple(map(_cell, row)) for row in (*found.effects, *found.shares)), heads)
