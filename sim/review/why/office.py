"""Why the field headquarters stood when it did, what conferences decided, and how far a step of the desk or of command
came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.plan.compiled import Label
from sim.record.tasks import TaskRecord
from sim.record.timeline import Row
from sim.review.names import both, plain
from sim.review.why.answers import answer
from sim.review.why.case import Answer, Case, Reason, Tick
from sim.review.why.sentences import unfinished
from sim.words.decisions import QUESTIONS
from sim.words.decisions import STATES as PEOPLE
from sim.words.events import DESK, STATES
from sim.words.why import NAMES, SAYS

STEPS = tuple(step for step in DESK if "." in step)
"""Every step of the desk, of command and of the ledger that rows may tell of."""


def field(case: Case, name: str) -> Answer:
    """Return the answer for the field headquarters."""
    given, rows = case.plan.arrangements.field, case.drill.rows_of("field_established")
    label = given.label if given is not None else both(NAMES, name)
    tasks = _tasks(case, "command.field")
    reasons = [] if given is not None else [Reason("field.none", {})]
    reasons += [
        _row("field.interim", row, who=case.names.unit(row.unit))
        for row in case.drill.rows_of("interim_command")
    ]
    reasons += [reason for row in _decided(case, "field_commander") for reason in _sent(case, row)]
    reasons += [
        _row("field.there", row, who=case.names.unit(str(row.detail["who"])))
        for row in case.drill.rows_of("field_commander")
    ]
    reasons += [_place(case, row) for row in rows]
    if given is not None and case.drill.moments.activated is None:
        reasons.append(Reason("field.not-activated", {}))
    reasons += _ends(case, tasks)
    reasons += [
        _row(f"field.dissolved.{row.detail['why']}", row) for row in case.drill.rows_of("field_dissolved")
    ]
    path = case.drill.causes.path(rows[0].seq) if rows else ()
    return answer(case, name, "field", label, rows, (), reasons, tasks=tasks, path=path)


def _sent(case: Case, row: Row) -> list[Reason]:
    """Who was thought of, in order, and who was sent."""
    found = [
        Reason("field.person", {"who": case.names.unit(name), "state": both(PEOPLE, state)})
        for name, state in row.detail["reason"]["people"].items()
    ]
    who = str(row.detail["decision"])
    return [*found, _row("field.sent", row, who=case.names.unit(who)) if who else _row("field.nobody", row)]


def _place(case: Case, row: Row) -> Reason:
    given = case.plan.arrangements.field
    if given is None or not row.detail.get("wind_known"):
        return _row("field.no-wind" if "wind_known" in row.detail else "field.stands", row)
    side = dict(case.plan.facts[given.wind].values).get(row.detail["where"], plain(str(row.detail["where"])))
    return _row("field.upwind", row, side=side)


def conference(case: Case, name: str) -> Answer:
    """Return the answer for the conferences: when, who was there, what each decided."""
    given, rows = case.plan.arrangements.field, case.drill.rows_of("conference")
    tasks = _tasks(case, "command.conference")
    reasons: list[Reason] = []
    for row in rows:
        units = tuple(case.names.unit(unit) for unit in row.detail["units"])
        key = "conference.held" if units else "conference.alone"
        reasons.append(_row(key, row, number=row.detail["number"], units=units))
        reasons += [_row("conference.decided", made, **_choice(case, made.detail))
                    for made in case.drill.rows_of("decided") if made.cause == row.seq]  # fmt: skip
    if given is None or given.first is None:
        reasons.append(Reason("conference.none", {}))
    elif not case.drill.rows_of("field_established"):
        reasons.append(Reason("conference.no-field", {}))
    reasons += _ends(case, tasks)
    path = case.drill.causes.path(rows[0].seq) if rows else ()
    return answer(case, name, "conference", both(NAMES, name), rows, (), reasons, tasks=tasks, path=path)


def _choice(case: Case, told: Mapping[str, Any]) -> dict[str, Label]:
    chosen = case.names.option(str(told["decision"]))
    return {"question": both(QUESTIONS, str(told["question"])), "choice": chosen}


def step(case: Case, name: str) -> Answer:
    """Return the answer for a step of the desk or of command."""
    tasks = _tasks(case, name)
    rows = [row for row in case.drill.rows_of("triggered") if row.task.startswith(f"{name}#")]
    reasons = _ends(case, tasks)
    if not rows and name.startswith("desk."):
        if case.drill.moments.reception is None:
            reasons.append(Reason("desk.never-rung", {}))
        else:
            reasons += [
                _came(case, record) for record in case.timeline.records if record.task.startswith("desk.")
            ]
    if not rows:
        reasons.append(Reason(f"{name}.none" if f"{name}.none" in SAYS else "step.none", {}))
    last = max(tasks[0].seqs.values(), default=rows[0].seq) if tasks and rows else -1
    path = case.drill.causes.path(last) if last >= 0 else ()
    return answer(case, name, "step", both(DESK, name), rows, (), reasons, tasks=tasks, path=path)


def _came(case: Case, record: TaskRecord) -> Reason:
    """How far another step of the desk came."""
    return Reason(
        "step.other",
        {"what": case.names.task(record.task), "state": both(STATES, record.state), "at": Tick(record.end)},
    )


def _tasks(case: Case, step: str) -> tuple[TaskRecord, ...]:
    return tuple(record for record in case.timeline.records if record.task.startswith(f"{step}#"))


def _ends(case: Case, tasks: tuple[TaskRecord, ...]) -> list[Reason]:
    """What became of steps that never came to their end."""
    found = [reason for record in tasks for reason in unfinished(case, record)]
    off = {record.task for record in tasks if record.state == "stood_down"}
    return found + [
        _row("step.called-off", row, what=case.names.task(row.task))
        for row in case.drill.rows_of("stood_down") if row.task in off
    ]  # fmt: skip


def _decided(case: Case, question: str) -> list[Row]:
    return [row for row in case.drill.rows_of("decided") if row.detail["question"] == question]


def _row(key: str, row: Row, **values: Any) -> Reason:
    return Reason(key, {"at": Tick(row.t), "row": row.seq, **values})
