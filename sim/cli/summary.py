"""What `run` prints: the turning points of a drill and what each unit did, for a planner to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from sim.plan.compiled import Plan
from sim.plan.durations import MINUTE
from sim.record.tasks import TaskRecord
from sim.record.timeline import Timeline, clock_at
from sim.words import Lang, pick, say
from sim.words.cli import SAYS

if TYPE_CHECKING:
    from sim.review.gap import Gap

ABSENT: Final = "—"
_DESK: Final = "desk."
_ENDED: Final = ("finished", "stood_down")


def turning_points(drill: Timeline) -> dict[str, int | None]:
    """Return the tick of each turning point of `drill`, None where it never came to one."""
    from sim.review.moments import moments

    seen = moments(drill)
    rows = {
        "reception": seen.reception,
        "report_up": seen.report_up,
        "activated": seen.activated,
        "terminated": seen.terminated,
    }
    return {**{name: None if row is None else row.t for name, row in rows.items()}, "length": seen.closed}


def unit_times(drill: Timeline, gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    """Return one mapping a unit with any task: ticks of its first answer, first arrival and last finish."""
    tasks: dict[str, list[TaskRecord]] = {}
    for record in drill.records:
        if not record.task.startswith(_DESK):
            tasks.setdefault(record.unit, []).append(record)
    counts = Counter(unit for gap in gaps for unit in {one.unit for one in (gap, *gap.others)})
    return [
        {
            "unit": actor.name,
            "acknowledged": _edge(min, tasks[actor.name], "acknowledged"),
            "arrived": _edge(min, tasks[actor.name], "arrived"),
            "finished": _edge(max, tasks[actor.name], "finished"),
            "tasks": len(tasks[actor.name]),
            "ended": sum(record.state in _ENDED for record in tasks[actor.name]),
            "gaps": counts[actor.name],
        }
        for actor in drill.plan.actors
        if actor.name in tasks
    ]


def _edge(pick_one: Any, records: Iterable[TaskRecord], stage: str) -> int | None:
    times: int | None = pick_one((r.stages[stage] for r in records if stage in r.stages), default=None)
    return times


def idle_units(drill: Timeline) -> list[str]:
    """Return the member units that had no task at all."""
    busy = {record.unit for record in drill.records}
    return [actor.name for actor in drill.plan.actors if actor.kind == "unit" and actor.name not in busy]


def whole_minutes(tick: int) -> int:
    """Return a tick in whole minutes, cut off as the clock beside it is: 10:30 lasts until 10:31."""
    return tick // MINUTE


def moment(plan: Plan, tick: int | None, lang: Lang, absent: str) -> str:
    """Return a tick as a planner reads it, ``10:30（T+50）``, or `absent` for None."""
    if tick is None:
        return absent
    return say(SAYS, "moment", lang, clock=clock_at(plan.start, tick)[11:16], minute=whole_minutes(tick))


def _brief(plan: Plan, tick: int | None) -> str:
    return ABSENT if tick is None else f"{clock_at(plan.start, tick)[11:16]} T+{whole_minutes(tick)}"


def show(drill: Timeline, gaps: Iterable[Gap], lang: Lang) -> None:
    """Print the summary of `drill` in `lang`."""
    from sim.cli.screen import show_table

    gaps = list(gaps)
    print(say(SAYS, "run.title", lang, title=pick(drill.plan.title, lang)))
    print(say(SAYS, "run.basis", lang))
    for name, text in _points(drill, len(gaps), lang):
        print("  " + say(SAYS, "point", lang, name=name, text=text))
    heads = ("unit", "acknowledged", "arrived", "finished", "actions", "points")
    show_table(
        [say(SAYS, f"run.{head}", lang) for head in heads],
        [_cells(drill, row, lang) for row in unit_times(drill, gaps)],
    )
    print(say(SAYS, "run.legend", lang))
    for line in _gap_lines(drill, gaps, lang):
        print(line)
    if idle := idle_units(drill):
        names = say(SAYS, "list.comma", lang).join(named(drill.plan, name, lang) for name in idle)
        print(say(SAYS, "run.idle", lang, units=names))


def _gap_lines(drill: Timeline, gaps: Iterable[Gap], lang: Lang) -> list[str]:
    counts = Counter((gap.title(lang), gap.unit) for gap in gaps)
    kinds = [
        say(SAYS, "run.gap", lang, title=title, count=count, unit=named(drill.plan, unit, lang))
        if unit
        else say(SAYS, "run.gap-of-none", lang, title=title, count=count)
        for (title, unit), count in counts.items()
    ]
    joined = say(SAYS, "list.semicolon", lang).join(kinds)
    return [say(SAYS, "run.gap-list", lang, gaps=joined)] if kinds else []


def named(plan: Plan, name: str, lang: Lang) -> str:
    """Return the name of an actor in `lang`."""
    labels: Mapping[str, Any] = {actor.name: actor.label for actor in plan.actors}
    return pick(labels[name], lang) if name in labels else name


def _points(drill: Timeline, gaps: int, lang: Lang) -> list[tuple[str, str]]:
    times = turning_points(drill)
    length = times.pop("length") or 0
    missing = say(SAYS, "run.not-reached", lang)
    rows = [
        (say(SAYS, f"run.{name}", lang), moment(drill.plan, t, lang, missing)) for name, t in times.items()
    ]
    lasted = say(SAYS, "minutes", lang, value=whole_minutes(length))
    count = say(SAYS, "run.gaps-count", lang, count=gaps)
    return [(say(SAYS, "run.length", lang), lasted), *rows, (say(SAYS, "run.gaps", lang), count)]


def _cells(drill: Timeline, row: Mapping[str, Any], lang: Lang) -> list[Any]:
    times = [_brief(drill.plan, row[stage]) for stage in ("acknowledged", "arrived", "finished")]
    return [named(drill.plan, row["unit"], lang), *times, f"{row['ended']}/{row['tasks']}", row["gaps"] or ""]


def as_json(drill: Timeline, gaps: Iterable[Gap], folder: str) -> dict[str, Any]:
    """Return what `run --json` prints: times in minutes from the start."""

    def minutes(value: Any) -> Any:
        return None if value is None else value / MINUTE

    gaps = list(gaps)
    stages = ("acknowledged", "arrived", "finished")
    return {
        "scenario": drill.plan.id,
        "folder": folder,
        "start": drill.plan.start.isoformat(),
        "minutes": {name: minutes(tick) for name, tick in turning_points(drill).items()},
        "units": [
            {**row, **{stage: minutes(row[stage]) for stage in stages}} for row in unit_times(drill, gaps)
        ],
        "idle": idle_units(drill),
        "gaps": len(gaps),
        "rows": len(drill),
    }
