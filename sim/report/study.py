"""study.html: 仿真试算, one file that works offline, with its tables, pictures and the plays to look at closely."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Any, Final

from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE
from sim.record.run import MANIFEST, read_manifest, write_run
from sim.report.sections import Card, Section, Sheet, Table, beside, draw, page_of
from sim.report.tables import SOFT, shares
from sim.report.what_if import limit_name, percent
from sim.review.findings import Findings, evaluate
from sim.review.names import Names
from sim.review.table import gaps_csv
from sim.study.chosen import chosen
from sim.study.outcomes import MILESTONES
from sim.study.precise import Loose
from sim.study.replicate import Study
from sim.study.risks import Risk, risks
from sim.study.statistics import TARGET
from sim.study.store import write_csv
from sim.study.summary import Band, Kept, failed, limits, milestones, stages
from sim.study.tables import tables
from sim.words import Lang, pick, say
from sim.words.events import STAGES
from sim.words.study import STUDY
from sim.words.what_if import MARKS

PAGE: Final = "study.html"
CHARTS: Final = ("bands", "missing", "convergence")
"""The pictures of a study, in the order of the page."""
_SPENT: Final = 3
"""Kinds of waiting named for a limit."""
_SEEN: Final = 5
"""Possible bottlenecks of the least favourable play that the page names."""

Rows = list[tuple[str, ...]]


def write_study(
    study: Study,
    folder: str | os.PathLike[str],
    *,
    lang: Lang = "zh",
    target: float = TARGET,
    loose: Sequence[Loose] = (),
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Write what a study says into `folder`, beside the study itself if it lies there; return the page.

    There come ``study.html``, ``study.csv`` and the smaller tables, ``charts/``, and in ``plays/`` the typical, the
    worst and the first play, each a run folder. All of it or nothing. `loose` is what was not precise enough, `target`
    the share of plays that may miss a limit. Raise OSError where the folder cannot be written.
    """
    tell = progress or (lambda _: None)
    place = Path(folder)
    with beside(place, PAGE) as work:
        tell(say(STUDY, "step.tables", lang))
        for name, text in tables(study, target).items():
            (work / name).write_bytes(text.encode())
        with study.store() as store:
            write_csv(store, work / "study.csv", study.n)
        tell(say(STUDY, "step.plays", lang))
        plays = _keep(study, work / "plays", lang)
        tell(say(STUDY, "step.charts", lang))
        pictures = _draw(study, work / "charts", target, lang)
        tell(say(STUDY, "step.page", lang))
        sheet = sheet_of(study, plays, target, loose, lang)
        (work / PAGE).write_text(page_of(sheet, study.plan, pictures, lang), encoding="utf-8", newline="\n")
    _clear(place / "plays", plays)
    return place / PAGE


def screen_tables(study: Study, lang: Lang = "zh", target: float = TARGET) -> list[tuple[str, Rows]]:
    """Return the tables that a command shows, with their titles: milestones, and the limits that were ever judged.

    Only what fits a narrow terminal; all of it is in the page.
    """
    bands, norms = _bands(study, lang), _limits(study, target, lang)
    assert bands.table is not None
    assert norms.table is not None
    head, *rows = norms.table.rows
    judged = [row for row in rows if row[5]]
    return [
        (_unnumbered(bands.head), [_columns(row, (0, 2, 4, 6, 8)) for row in bands.table.rows]),
        (_unnumbered(norms.head), [_columns(row, (0, 2, 5, 6, 8)) for row in (head, *judged)]),
    ]


def _unnumbered(head: str) -> str:
    """A heading without its number in the page."""
    return head.split("、", 1)[-1].split(". ", 1)[-1]


def _columns(row: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[place] for place in places)


def _keep(study: Study, folder: Path, lang: Lang) -> dict[str, tuple[int, Findings]]:
    """Keep the typical, the worst and the first play as run folders; return their numbers and what they show."""
    found = {}
    for kind, number in chosen(study).items():
        timeline = study.timeline(number)
        found[kind] = number, (findings := evaluate(timeline))
        place = folder / f"{kind}-{number}"
        place.mkdir(parents=True)
        write_run(timeline, place, {"gaps.csv": gaps_csv(findings, lang)})
    return found


def _clear(folder: Path, plays: Mapping[str, tuple[int, Findings]]) -> None:
    """Remove the plays that an earlier look at fewer replications kept, and nothing else."""
    kept = {f"{kind}-{number}" for kind, (number, _) in plays.items()}
    for kind in ("typical", "worst", "first"):
        for old in folder.glob(f"{kind}-*"):
            if old.name not in kept and (old / MANIFEST).is_file() and "run" in read_manifest(old):
                rmtree(old)


def _draw(study: Study, folder: Path, target: float, lang: Lang) -> dict[str, bytes]:
    from sim.report import charts

    folder.mkdir()
    more: dict[str, dict[str, Any]] = {"missing": {"target": target}}
    return {
        name: draw(getattr(charts, name)(study, lang=lang, **more.get(name, {})), folder, name)
        for name in CHARTS
    }


# --- the page


def sheet_of(
    study: Study, plays: Mapping[str, tuple[int, Findings]], target: float, loose: Sequence[Loose], lang: Lang
) -> Sheet:
    """Return the page of a study as text; `plays` are those kept, by kind."""
    plan = study.plan
    about = say(
        STUDY, "about", lang, title=pick(plan.title, lang), site=plan.site, n=study.n, seed=study.seed,
        start=plan.start.strftime("%Y-%m-%d %H:%M"),
    )  # fmt: skip
    sections = [
        _assumptions(plan, lang), _look(study, plays, target, lang), _bands(study, lang), _limits(study, target, lang),
        _stages(study, lang), *_plays(study, plays, lang), _precision(loose, lang), _failed(study, lang),
        Section(say(STUDY, "tables", lang), [say(STUDY, "files", lang, files=_files(lang))]),
    ]  # fmt: skip
    heading = say(STUDY, "colon", lang, head=say(STUDY, "title", lang), text=pick(plan.title, lang))
    return Sheet(heading, about, [plan.summary, say(STUDY, "purpose", lang, n=study.n)], sections)


def _files(lang: Lang) -> str:
    names = ("milestones.csv", "stages.csv", "limits.csv", "failed.csv", "study.csv", "charts/", "plays/")
    return say(STUDY, "comma", lang).join(names)


def _heads(keys: Sequence[str], lang: Lang) -> tuple[str, ...]:
    return tuple(say(STUDY, key, lang) for key in keys)


def _assumptions(plan: Plan, lang: Lang) -> Section:
    total = len(plan.assumptions)
    soft = sum(assumption.grade in SOFT for assumption in plan.assumptions)
    note = say(
        STUDY, "rests", lang, total=total, firm=total - soft, soft=soft, share=soft / max(1, total)
    )  # fmt: skip
    rows: Rows = [_heads(("grade", "count", "proportion", "meaning"), lang)]
    rows += [
        (each.grade, str(each.number), f"{100 * each.share:.0f}%", each.meaning)
        for each in shares(plan, lang)
    ]
    return Section(say(STUDY, "assumptions", lang), [note], table=Table(rows), stressed=True)


# --- what to look at


def _look(study: Study, plays: Mapping[str, tuple[int, Findings]], target: float, lang: Lang) -> Section:
    found, judged = risks(study, target), [row for row in limits(study, target) if row.judged]
    names, kept = Names(study.plan), {number: f"plays/{kind}-{number}" for kind, (number, _) in plays.items()}
    note = (
        say(STUDY, "look.intro", lang, limits=len(judged), risky=sum(row.missed > 0 for row in judged),
            shown=len(found), target=100 * target)
        if found
        else say(STUDY, "look.none", lang)
    )  # fmt: skip
    cards = [_risk(risk, place, names, kept, lang) for place, risk in enumerate(found, 1)]
    return Section(say(STUDY, "look", lang), [note], cards, ["missing"])


def _risk(risk: Risk, place: int, names: Names, kept: Mapping[int, str], lang: Lang) -> Card:
    row = risk.kept
    text = say(
        STUDY, "look.what", lang, judged=row.judged, missed=row.missed, within=row.within or 0,
        share=percent(row.share or 0), low=percent(row.low), high=percent(row.high),
        verdict=say(STUDY, row.verdict, lang),
    )  # fmt: skip
    if row.running:
        text += say(STUDY, "look.running", lang, running=row.running)
    lines = [(say(STUDY, "why", lang), _why(risk, names, lang))]
    if risk.gap is not None:
        lines.append((say(STUDY, "help", lang), risk.gap.suggestion(lang)))
    seen = (
        say(STUDY, "see.folder", lang, number=risk.play, folder=kept[risk.play])
        if risk.play in kept
        else say(STUDY, "see.play", lang, number=risk.play)
    )
    lines.append((say(STUDY, "see", lang), seen))
    return Card(f"{place}. {_limit(row, names, lang)}", text, lines, row.verdict == "fail")


def _limit(row: Kept, names: Names, lang: Lang) -> str:
    unit, what = pick(names.unit(row.unit), lang), limit_name(row.norm, names, lang)
    return say(STUDY, "row", lang, unit=unit, what=what)


def _why(risk: Risk, names: Names, lang: Lang) -> str:
    said = []
    if risk.spent:
        waits = (
            say(STUDY, "why.wait", lang, what=pick(names.wait(each.kind), lang), minutes=each.minutes)
            for each in risk.spent[:_SPENT]
        )
        said.append(
            say(STUDY, "why.waits", lang, looked=risk.looked, waits=say(STUDY, "comma", lang).join(waits))
        )
    elif risk.gap is not None:
        cause = risk.gap.cause(lang)
        said.append(say(STUDY, "why.passed", lang, looked=risk.looked, minutes=risk.passed, cause=cause))
    if risk.gap is not None and risk.gap.code.startswith("G4"):
        said.append(say(STUDY, "why.same", lang, count=risk.alike, title=risk.gap.title(lang)))
    return ("" if lang == "zh" else " ").join(said)


# --- tables


def _minutes(value: float | None, lang: Lang, *, open_: bool = False) -> str:
    if value is None:
        return say(STUDY, "never" if open_ else "few", lang)
    return f"{value:.1f}"


def _range(low: float | None, high: float | None, lang: Lang) -> str:
    if low is None and high is None:
        return ""
    ends = ("?" if end is None else f"{end:.1f}" for end in (low, high))
    return say(STUDY, "range", lang, **dict(zip(("low", "high"), ends, strict=True)))


_BAND: Final = (
    "p10",
    "p50",
    "p50-range",
    "p90",
    "p90-range",
    "head.never",
    "head.plays",
    "expected",
    "standing",
)


def _band(band: Band, lang: Lang) -> tuple[str, ...]:
    return (
        _minutes(band.p10, lang, open_=True), _minutes(band.p50, lang, open_=True),
        _range(band.p50_low, band.p50_high, lang), _minutes(band.p90, lang, open_=True),
        _range(band.p90_low, band.p90_high, lang), str(band.never), str(band.plays),
        "" if band.expected is None else f"{band.expected:.1f}",
        "" if band.standing is None else f"{100 * band.standing:.0f}%",
    )  # fmt: skip


def _bands(study: Study, lang: Lang) -> Section:
    rows: Rows = [_heads(("milestone", *_BAND), lang)]
    rows += [(say(MARKS, row.milestone, lang), *_band(row.band, lang)) for row in milestones(study)]
    return Section(
        say(STUDY, "bands", lang), [say(STUDY, "bands.hint", lang)], (), ["bands"], table=Table(rows)
    )


def _limits(study: Study, target: float, lang: Lang) -> Section:
    heads = ("limit", "unit", "head.within", "missed", "judged", "share", "interval", "running", "verdict")
    names = Names(study.plan)
    ranked = sorted(limits(study, target), key=lambda row: (row.share is None, -(row.share or 0), row.norm))
    rows: Rows = [_heads(heads, lang)]
    rows += [
        (limit_name(row.norm, names, lang), pick(names.unit(row.unit), lang),
         "" if row.within is None else f"{row.within:g}", str(row.missed), str(row.judged), *_share(row, lang),
         str(row.running), say(STUDY, row.verdict, lang))
        for row in ranked
    ]  # fmt: skip
    return Section(say(STUDY, "limits", lang), table=Table(rows))


def _share(row: Kept, lang: Lang) -> tuple[str, str]:
    if row.share is None:
        return "", ""
    low, high = (f"{100 * end:.1f}" for end in (row.low, row.high))
    return f"{100 * row.share:.1f}%", say(STUDY, "range", lang, low=low, high=f"{high}%")


def _stages(study: Study, lang: Lang) -> Section:
    names = Names(study.plan)
    rows: Rows = [_heads(("unit", "duty", "stage", "occurred", *_BAND), lang)]
    rows += [
        (pick(names.unit(row.unit), lang), pick(names.duty(row.duty), lang), say(STAGES, row.stage, lang),
         str(row.occurred), *_band(row.band, lang))
        for row in stages(study)
    ]  # fmt: skip
    return Section(
        say(STUDY, "stages", lang), [say(STUDY, "stages.hint", lang)], table=Table(rows), folded=True
    )


def _plays(study: Study, plays: Mapping[str, tuple[int, Findings]], lang: Lang) -> list[Section]:
    with study.store() as store:
        kept = {number for number, _ in plays.values()}
        marks = {
            number: dict(zip(MILESTONES, ticks, strict=True))
            for number, *ticks in store.milestones(study.n)
            if number in kept
        }
        missed = store.missed(study.n)
    rows: Rows = [_heads(("kind", "number", "folder", "activated", "terminated", "missed-limits"), lang)]
    for kind, (number, _) in plays.items():
        ticks = (marks[number][name] for name in ("activated", "terminated"))
        times = (say(STUDY, "never", lang) if at is None else f"{at / MINUTE:.1f}" for at in ticks)
        rows.append(
            (
                say(STUDY, kind, lang),
                str(number),
                f"plays/{kind}-{number}",
                *times,
                str(missed.get(number, 0)),
            )
        )
    found = [Section(say(STUDY, "plays", lang), [say(STUDY, "plays.hint", lang)], table=Table(rows))]
    if "worst" in plays:
        number, findings = plays["worst"]
        body = findings.body
        cards = [
            Card(gap.title(lang), gap.statement(lang), _advice(gap.cause(lang), gap.suggestion(lang), lang),
                 gap.severity == "major")
            for gap in (*body.major, *body.minor)[:_SEEN]
        ]  # fmt: skip
        found.append(Section(say(STUDY, "plays.worst", lang, number=number), (), cards))
    return found


def _advice(cause: str, suggestion: str, lang: Lang) -> list[tuple[str, str]]:
    lines = [(say(STUDY, "why", lang), cause)] if cause else []
    return [*lines, (say(STUDY, "help", lang), suggestion)]


def _precision(loose: Sequence[Loose], lang: Lang) -> Section:
    notes = [say(STUDY, "precise", lang)]
    if not loose:
        return Section(say(STUDY, "precision", lang), notes, (), ["convergence"])
    rows: Rows = [_heads(("measure", "half", "wanted"), lang)]
    for each in loose:
        by = 100 if each.kind == "share" else 1
        unit = "%" if each.kind == "share" else ""
        half = say(STUDY, "few", lang) if each.half is None else f"{by * each.half:.1f}{unit}"
        rows.append((each.name, half, f"{by * each.wanted:.1f}{unit}"))
    notes.append(say(STUDY, "loose", lang))
    return Section(say(STUDY, "precision", lang), notes, (), ["convergence"], Table(rows))


def _failed(study: Study, lang: Lang) -> Section:
    found = failed(study)
    head = say(STUDY, "failed", lang)
    if not found:
        return Section(head, [say(STUDY, "failed.none", lang, n=study.n)])
    rows: Rows = [_heads(("number", "seed", "error"), lang)]
    rows += [(str(row.replication), str(row.seed), row.error) for row in found]
    return Section(head, [say(STUDY, "failed.some", lang, count=len(found))], table=Table(rows))
