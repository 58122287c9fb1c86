"""Gaps of reporting: a first report that waited, reports that tell less than their form requires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.plan.durations import MINUTE
from sim.review.drill import Drill
from sim.review.forms import FormScore, form_scores
from sim.review.gap import Gap

_REPORT_UP: Final = "desk.report_up#1"
_HELD: Final = ("verification", "activation")


def filing_gaps(drill: Drill) -> Iterator[Gap]:
    """Yield the gaps of reporting, the first report first."""
    yield from _held(drill)
    for score in form_scores(drill.timeline):
        if score.missing:
            yield _incomplete(drill, score)


def _held(drill: Drill) -> Iterator[Gap]:
    """The first report waits for nothing but a hand: neither for verification nor for activation (SEMANTICS 13)."""
    record = drill.record(_REPORT_UP)
    norm = next((norm for norm in drill.plan.norms if norm.step == "desk.report_up"), None)
    for span in record.spans if record is not None else ():
        if span.kind in _HELD:
            yield Gap(
                "G313", "major", span.begin, drill.desk, "desk.report_up", task=_REPORT_UP,
                norm=norm.id if norm else "", basis=norm.basis if norm else "", status=norm.status if norm else "",
                actual=(span.end - span.begin) / MINUTE, evidence=(span.seq,), reason=f"held.{span.kind}",
                priority=0, key=("report_held",),
                values={"unit": drill.names.unit(drill.desk), "what": drill.names.wait(span.kind),
                        "waited": (span.end - span.begin) / MINUTE},
            )  # fmt: skip


def _incomplete(drill: Drill, score: FormScore) -> Gap:
    row, form = score.row, score.form
    report = row.task.rpartition("#")[0]
    return Gap(
        "G314", "minor", row.t, row.unit, report, task=row.task, basis=form.basis, status=form.status,
        expected=float(score.required), actual=float(score.told), evidence=(row.seq,), reason="untold",
        priority=1, invited=drill.names.invited(row.unit), key=("form", row.unit, report),
        values={"unit": drill.names.unit(row.unit), "duty": drill.names.duty(report), "form": form.label,
                "told": score.told, "required": score.required, "missing": score.missing,
                "basis": form.basis, "t": row.t / MINUTE},
    )  # fmt: skip
