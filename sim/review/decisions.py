"""The decisions of a drill, from its rows: what was the question, what was chosen among what, why, and by whom.

Decisions are data here; their words come from `sim.words.decisions`. Some rows are decisions by themselves (a level
raised, the response started); conferences and the sending of a field commander write theirs with options and reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sim.plan.conditions import Condition
from sim.plan.durations import MINUTE
from sim.record.timeline import Row
from sim.review.drill import Drill


class Decision(NamedTuple):
    """One decision. `question` is a key of the word table, `about` what it concerns (a level, a duty, a post).

    `options` and `decision` are keys of the word table, ids of levels or names; `reason` holds ``facts`` (as
    known then), ``needs``, ``people`` (name → state), ``hold`` (minutes), ``proposer``, ``tries``, or for a paper
    ``starts`` (what a report is due from), ``need`` (of a duty), ``author`` and ``asked`` (minutes).
    `acting_for` is the post for which `who` decided, if another's.
    """

    row: Row
    question: str
    options: tuple[str, ...]
    decision: str
    reason: Mapping[str, Any]
    who: str
    acting_for: str = ""
    about: str = ""


def decisions(drill: Drill) -> tuple[Decision, ...]:
    """Return every decision of a drill in order of time."""
    found = (_of(drill, row) for row in drill.timeline.rows)
    return tuple(decision for each in found for decision in each)


def _of(drill: Drill, row: Row) -> Iterator[Decision]:
    told = row.detail
    if row.event == "decided":
        yield Decision(
            row,
            told["question"],
            tuple(told["options"]),
            told["decision"],
            told["reason"],
            str(told["who"]),
        )
    elif row.event == "activated" and not drill.plan.network:
        reason = _reason(drill, row, [drill.plan.command.activate_when], drill.desk)
        yield _signed(row, "activate", ("start", "verify"), "start", reason, about=str(told.get("level", "")))
    elif row.event == "level_changed" and not _of_conference(drill, row):
        whens = [level.when for level in drill.plan.arrangements.levels if level.id == told["level"]]
        reason = _reason(drill, row, whens, drill.headquarters)
        yield _signed(row, "level", (told["was"], told["level"]), told["level"], reason)
    elif row.event == "substituted" and told.get("tries"):
        people = tuple(person.name for person in drill.plan.arrangements.people if person.order)
        who = str(told.get("by", row.unit))
        yield Decision(row, "substitute", people, who, {"tries": told["tries"]}, who, about=str(told["for"]))
    elif row.event == "handover_requested":
        given = drill.plan.arrangements.handover
        reason = _reason(drill, row, [given.when] if given else [], drill.headquarters)
        yield _signed(row, "handover", ("request", "keep"), "request", reason, about=str(told["to"]))
    elif row.event == "terminated" and told.get("approver"):
        end = drill.plan.end
        reason = _reason(drill, row, [end] if end else [], drill.headquarters)
        yield _signed(row, "terminate", ("end", "go_on"), "end", reason)
    elif row.event == "signed" and _is_paper(str(told["what"])):
        about = str(told["what"])
        yield Decision(
            row,
            "paper",
            ("sign", "return"),
            "sign",
            _asked(drill, row),
            str(told["by"]),
            str(told.get("for", "")),
            about,
        )


def _asked(drill: Drill, signed: Row) -> dict[str, Any]:
    """Why a paper lay on the table: what it was begun for, by whom, and when it was put up for signature."""
    what, by = str(signed.detail["what"]), signed.cause
    step = next((row.task for row in drill.timeline.rows if row.seq == by), "")
    asked = [row for row in drill.rows_of("triggered") if step and row.task == step]
    if not asked:
        return {}
    report = drill.names.reports.get(what)
    duty = drill.names.duties.get(what)
    for_what = (
        {"starts": report.starts} if report else {"need": drill.plan.needs[duty.need].id} if duty else {}
    )
    return {**for_what, "author": asked[0].unit, "asked": asked[0].t / MINUTE}


def _is_paper(what: str) -> bool:
    """Whether a signature is for something that no other row tells of: a report, a line of news."""
    return what not in ("desk.activate", "handover", "termination") and not what.startswith("level.")


def _of_conference(drill: Drill, row: Row) -> bool:
    """Whether a conference decided on the change: it is told there."""
    return any(decided.seq == row.cause for decided in drill.rows_of("decided"))


def _signed(
    row: Row,
    question: str,
    options: tuple[str, ...],
    decision: str,
    reason: Mapping[str, Any],
    about: str = "",
) -> Decision:
    told = row.detail
    if told.get("proposer"):
        reason = {**reason, "proposer": told["proposer"]}
    who, acting_for = str(told.get("approver", "")), str(told.get("acting_for", ""))
    return Decision(row, question, options, decision, reason, who, acting_for, about)


def _reason(drill: Drill, row: Row, whens: Iterable[Condition], unit: str) -> dict[str, Any]:
    """The facts that conditions read, as `unit` knew them just before `row`, those still at their default left out."""
    places = {fact for when in whens for fact in when.facts}
    known: dict[str, Any] = {}
    for change in drill.picture(unit):
        if change.seq < row.seq and change.place in places:
            known[drill.plan.facts[change.place].id] = change.value
    facts = {
        fact.id: known[fact.id]
        for fact in drill.plan.facts
        if fact.id in known and known[fact.id] != fact.default
    }
    return {"facts": facts} if facts else {}
