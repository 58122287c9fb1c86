"""Tables and sentences of what-if, sensitivity and improvement options, in either language, for screens and papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sim.plan.compiled import Assumption, Plan
from sim.plan.factors import Factor
from sim.report.assumptions import assumption_name
from sim.review.names import Names
from sim.study.measures import Measure
from sim.study.options import Best, Option, Options
from sim.study.pairs import Paired
from sim.study.reach import Reach
from sim.study.sensitivity import Sensitivity, Tornado
from sim.study.what_if import Comparison, Line
from sim.words import Lang, pick, say
from sim.words.assumptions import KEYS
from sim.words.events import GRADES, STAGES
from sim.words.what_if import HEADS, MARKS, SAYS

Rows = list[tuple[str, ...]]
"""A table: its heads, then its rows."""


def what_if_rows(found: Comparison, lang: Lang, lines: Iterable[Line] | None = None) -> Rows:
    """Return the milestones and every task that differs in any play, or `lines`, with their differences."""
    heads = ("item", "first", "second", "difference", "interval", "better", "equal", "worse", "unknown",
             "unfinished")  # fmt: skip
    names = Names(found.second.plan)
    shown = (*found.milestones, *found.changed) if lines is None else lines
    return [
        _heads(heads, lang),
        *((item_name(line, names, lang), *_paired(line.paired, lang)) for line in shown),
    ]


def moved_most(found: Comparison, count: int) -> list[Line]:
    """Return the milestones, and of the tasks that differ the arrivals and starts that move most."""
    stages = [line for line in found.changed if line.stage in ("arrived", "started") and line.paired.mean]
    stages.sort(key=lambda line: (-abs(line.paired.mean or 0.0), line.name, line.stage))
    return [*found.milestones, *stages[:count]]


def item_name(line: Line, names: Names, lang: Lang) -> str:
    """Return what a milestone, or the stage of a task, is called."""
    if not line.stage:
        return say(MARKS, line.name, lang)
    number = line.name.rpartition("#")[2]
    task = pick(names.whose(line.name.rpartition("#")[0]), lang)
    return say(SAYS, "stage", lang, task=task, number=number, stage=say(STAGES, line.stage, lang))


def _paired(paired: Paired, lang: Lang) -> tuple[str, ...]:
    counts = (paired.better, paired.equal, paired.worse, paired.unknown, paired.unfinished)
    return (
        _number(paired.first), _number(paired.second), _signed(paired.mean), _range(paired.low, paired.high, lang),
        *(say(SAYS, "of", lang, part=count, whole=paired.pairs) for count in counts),
    )  # fmt: skip


def limit_rows(found: Comparison, lang: Lang) -> Rows:
    """Return every limit that any play of either variant misses, with how often."""
    heads = ("limit", "judged", "first-missed", "second-missed", "share-difference", "interval")
    names = Names(found.second.plan)
    rows: Rows = [_heads(heads, lang)]
    for norm, each in found.limits:
        if each.first or each.second:
            shares = (_share(count, each.judged) for count in (each.first, each.second))
            ends = [None if end is None else 100 * end for end in (each.low, each.high)]
            difference = "" if each.difference is None else f"{100 * each.difference:+z.1f}%"
            rows.append((limit_name(norm, names, lang), str(each.judged), *shares, difference,
                         _range(ends[0], ends[1], lang, "%")))  # fmt: skip
    return rows


def limit_name(norm: str, names: Names, lang: Lang) -> str:
    """Return what a norm, or an expected action such as ``I03:crew.recon.departed``, is called."""
    inject, colon, event = norm.partition(":")
    if not colon:
        return pick(names.norm(norm), lang)
    return say(SAYS, "expected", lang, inject=inject, event=pick(names.event(event), lang))


def what_if_notes(found: Comparison, lang: Lang) -> list[str]:
    """Return how the two were compared, what differs, and what that can change at all."""
    said = [say(SAYS, "paired", lang, n=found.n), *reach_notes(found.reach, found.second.plan, lang)]
    if any(found.failed):
        said.append(say(SAYS, "failed", lang, first=found.failed[0], second=found.failed[1]))
    return said


def reach_notes(found: Reach, plan: Plan, lang: Lang) -> list[str]:
    """Return what differs between two variants, and what can change at all."""
    changes = _listed(
        (say(SAYS, "change", lang, path=c.path, before=_value(c.before, lang), after=_value(c.after, lang))
         for c in found.changes), lang,
    )  # fmt: skip
    said = [say(SAYS, "changes", lang, changes=changes) if changes else say(SAYS, "no-changes", lang)]
    if found.everything:
        because = (say(SAYS, why, lang) if why in ("scenario", "roster") else why for why in found.because)
        return [*said, say(SAYS, "everything", lang, because=_listed(because, lang))]
    if not found.outside:
        return [*said, say(SAYS, "closure-all", lang, inside=len(found.inside))]
    names = Names(plan)
    outside = _listed((pick(names.whose(duty), lang) for duty in found.outside), lang)
    counts = {"inside": len(found.inside), "outside": len(found.outside)}
    return [*said, say(SAYS, "closure", lang, names=outside, **counts)]


# --- sensitivity


def tornado_rows(found: Tornado, plan: Plan, lang: Lang) -> Rows:
    """Return the assumptions that move the figure at all, the one with the widest swing first."""
    heads = ("assumption", "grade", "value", "low-value", "high-value", "low", "high", "swing", "moved")
    rows: Rows = [_heads(heads, lang)]
    for bar in found.bars:
        if bar.swing or bar.moved:
            low, high, swing = (_figure(value, found.measure) for value in (bar.low, bar.high, bar.swing))
            rows.append((*_factor(bar.factor, plan, lang), str(bar.low_value), str(bar.high_value),
                         low, high, swing, f"{100 * bar.moved:.0f}%"))  # fmt: skip
    return rows


def tornado_notes(found: Tornado, plan: Plan, lang: Lang, most: int = 5) -> list[str]:
    """Return what was looked at and which `most` assumptions to measure first."""
    usual, measure = _figure(found.usual, found.measure), measure_name(found.measure, plan, lang)
    said = [say(SAYS, "measured", lang, measure=measure, usual=usual, n=found.n)]
    said.append(_stopwatch([bar.factor for bar in found.to_measure[:most]], plan, lang))
    if found.unused:
        said.append(say(SAYS, "unused", lang, count=len(found.unused)))
    return said


def sensitivity_rows(found: Sensitivity, plan: Plan, lang: Lang) -> Rows:
    """Return what Morris or Sobol found, the strongest first."""
    known = {factor.path: factor for factor in found.factors}
    if found.effects:
        rows: Rows = [_heads(("assumption", "grade", "value", "strength", "error", "bent"), lang)]
        return rows + [
            (*_factor(known[e.name], plan, lang), *(f"{value:.2f}" for value in (e.strength, e.error, e.bent)))
            for e in found.effects
        ]  # fmt: skip
    heads = ("assumption", "grade", "value", "alone", "alone-error", "total", "total-error")
    return [_heads(heads, lang)] + [
        (*_factor(known[s.name], plan, lang),
         *(f"{value:.2f}" for value in (s.alone, s.alone_error, s.total, s.total_error)))
        for s in found.shares
    ]  # fmt: skip


def sensitivity_notes(found: Sensitivity, plan: Plan, lang: Lang, most: int = 5) -> list[str]:
    """Return which `most` assumptions to measure first."""
    return [_stopwatch(found.to_measure[:most], plan, lang)]


def factor_name(factor: Factor, plan: Plan, lang: Lang) -> str:
    """Return what a value is called: its assumption, and which part of that."""
    given = Assumption(factor.assumption, "", factor.grade, factor.source, "")
    name, part = assumption_name(given, plan, lang), factor.path.rpartition(".")[2]
    return f"{name}·{say(KEYS, part, lang)}" if part in KEYS else f"{name}·{part}"


def measure_name(measure: Measure, plan: Plan, lang: Lang) -> str:
    """Return what a measure looks at."""
    names = Names(plan)
    if measure.kind == "milestone":
        name = say(MARKS, measure.name, lang)
    elif measure.kind == "limit":
        name = limit_name(measure.name, names, lang)
    else:
        name = pick(names.event(measure.text), lang)
    return say(SAYS, measure.kind, lang, name=name)


def _factor(factor: Factor, plan: Plan, lang: Lang) -> tuple[str, str, str]:
    return factor_name(factor, plan, lang), say(GRADES, factor.grade, lang), str(factor.value)


def _stopwatch(factors: Sequence[Factor], plan: Plan, lang: Lang) -> str:
    if not factors:
        return say(SAYS, "no-stopwatch", lang)
    return say(SAYS, "stopwatch", lang, names=_listed((factor_name(f, plan, lang) for f in factors), lang))


def _figure(value: float | None, measure: Measure) -> str:
    if value is None:
        return ""
    return f"{100 * value:.0f}%" if measure.kind == "limit" else f"{value:.1f}"


# --- improvement options


def options_rows(found: Options, lang: Lang) -> Rows:
    """Return the measures one by one, what saves most minutes for its cost first."""
    each = ("minutes", "interval", "limits", "minutes-each", "limits-each", "note")
    rows: Rows = [
        (say(HEADS, "measure", lang), say(HEADS, "cost", lang, unit=pick(found.unit, lang)), *_heads(each, lang))
    ]  # fmt: skip
    return rows + [_option(option, found, lang) for option in found.ranked("minutes")]


def _option(option: Option, found: Options, lang: Lang) -> tuple[str, ...]:
    low, high = option.interval
    return (
        option_name(option, found, lang), f"{option.cost:g}", _signed(option.minutes), _range(low, high, lang),
        f"{option.limits:+z.2f}", *(f"{option.per_cost(aim):+z.2f}" for aim in ("minutes", "limits")),
        say(SAYS, "idle", lang) if option.idle else "",
    )  # fmt: skip


def option_name(option: Option, found: Options, lang: Lang) -> str:
    """Return what a set of measures is called."""
    if not option.names:
        return say(SAYS, "nothing", lang)
    return _listed((pick(found.measures[name].label.model_dump(), lang) for name in option.names), lang)


def options_notes(found: Options, lang: Lang) -> list[str]:
    """Return how minutes are counted, the best sets within the budget, and what did not fit."""
    marks = _listed((say(MARKS, mark, lang) for mark in found.marks), lang)
    said = [say(SAYS, "counted", lang, marks=marks, n=found.n)]
    said += [_best(best, found, lang) for best in found.best]
    if found.unfit:
        labels = (pick(found.measures[name].label.model_dump(), lang) for name in found.unfit)
        said.append(say(SAYS, "unfit", lang, names=_listed(labels, lang)))
    return said


def _best(best: Best, found: Options, lang: Lang) -> str:
    option = best.option
    values = {"names": option_name(option, found, lang), "cost": f"{option.cost:g}"}
    values |= {
        "minutes": f"{option.minutes:.1f}",
        "limits": f"{option.limits:.2f}",
        "budget": f"{found.budget:g}",
    }
    how = say(
        SAYS, "exact" if best.exact else "stepwise", lang, played=best.played, bound=_number(best.bound)
    )
    return say(SAYS, f"best-{best.aim}", lang, **values) + ("" if lang == "zh" else " ") + how


# --- numbers


def _heads(keys: Iterable[str], lang: Lang) -> tuple[str, ...]:
    return tuple(say(HEADS, key, lang) for key in keys)


def _listed(parts: Iterable[str], lang: Lang) -> str:
    return say(SAYS, "comma", lang).join(parts)


def _value(value: Any, lang: Lang) -> str:
    return say(SAYS, "absent", lang) if value is None else str(value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value:+z.1f}"


def _share(count: int, whole: int) -> str:
    return f"{100 * count / whole:.0f}%" if whole else ""


def percent(share: float) -> str:
    """Return a share as it is read: whole percents, but what is rare is not nought and what is common not all."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 < share < 1 else f"{100 * share:.0f}%"


def _range(low: float | None, high: float | None, lang: Lang, unit: str = "") -> str:
    if low is None or high is None:
        return ""
    return say(SAYS, "range", lang, low=f"{low:+z.1f}{unit}", high=f"{high:+z.1f}{unit}")
