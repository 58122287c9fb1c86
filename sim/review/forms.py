"""How complete each report was: the required elements of its form that it told, and those that it did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.plan.compiled import Form, Label, Plan
from sim.record.timeline import Row, Timeline


@dataclass(frozen=True, slots=True)
class FormScore:
    """One report against its form: `told` of `required` elements, and the labels of the missing ones."""

    row: Row
    form: Form
    told: int
    required: int
    missing: tuple[Label, ...]


def form_scores(timeline: Timeline) -> Iterator[FormScore]:
    """Yield the score of every report that was filed on a form, in order of time."""
    for row in timeline.rows:
        score = form_score(row, timeline.plan)
        if score is not None:
            yield score


def form_score(row: Row, plan: Plan) -> FormScore | None:
    """Return the score of one report, None for any other row and for a report without a form."""
    form = next((form for form in plan.law.forms if form.id == row.detail.get("form")), None)
    if row.event != "report_filed" or form is None:
        return None
    told = row.detail["elements"]
    missing = tuple(element.label for element in form.elements if not told.get(element.id))
    required = len(form.elements)
    return FormScore(row, form, required - len(missing), required, missing)
