"""The after-care ledger and what came to light days later, as plain rows of text."""

from __future__ import annotations

from sim.plan.compiled import Aftermath
from sim.plan.grading import grade_of
from sim.record.timeline import Row, Timeline
from sim.report.phrases import moment
from sim.report.tables import Shown
from sim.review.names import Names
from sim.review.replay import truth_changes
from sim.words import Lang, pick, say
from sim.words.aftercare import AFTERCARE


def aftercare(timeline: Timeline, lang: Lang) -> list[Shown]:
    """Return every entry of the after-care ledger by date: when it is due, what, whose it is."""
    names = Names(timeline.plan)
    entries = [row for row in timeline.rows if row.event == "aftercare"]
    return [
        Shown(
            (row.detail["date"], pick(names.outside_or_duty(row.detail["duty"]), lang),
             pick(names.unit(row.unit), lang)),
            (row.seq,),
        )
        for row in sorted(entries, key=lambda row: (row.detail["date"], row.seq))
    ]  # fmt: skip


def aftermath(timeline: Timeline, lang: Lang) -> list[Shown]:
    """Return what came to light after the drill: on which day, what, and the grade of the accident after it."""
    names, entries = Names(timeline.plan), {entry.id: entry for entry in timeline.plan.aftermath}
    changed = {row.cause: row for row in timeline.rows if row.event == "regraded"}
    grade = _grade_at_the_close(timeline)
    shown = []
    for row in timeline.rows:
        if row.event == "aftermath":
            anew = changed.get(row.seq)
            grade = anew.detail["grade"] if anew is not None else grade
            text = _graded(row, anew, grade, entries[row.detail["id"]], names, lang)
            seqs = (row.seq,) if anew is None else (row.seq, anew.seq)
            shown.append(Shown((moment(row, lang), row.detail["title"], row.detail["message"], text), seqs))
    return shown


def _grade_at_the_close(timeline: Timeline) -> str:
    truth = list(timeline.plan.truth)
    for change in truth_changes(timeline):
        truth[change.place] = change.value
    grade = grade_of(timeline.plan.law, truth)
    return grade.id if grade is not None else ""


def _graded(row: Row, anew: Row | None, grade: str, entry: Aftermath, names: Names, lang: Lang) -> str:
    if not grade:
        return say(AFTERCARE, "grade.none", lang)
    now = pick(names.grade(grade), lang)
    if anew is not None:
        return say(
            AFTERCARE, "grade.changed", lang, grade=now, was=pick(names.grade(anew.detail["was"]), lang)
        )
    key = "grade.same" if row.detail["counted"] else "grade.late"
    return say(AFTERCARE, key, lang, grade=now, limit=entry.limit)
