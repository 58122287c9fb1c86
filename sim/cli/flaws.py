"""How flaws of a plan or a script are shown: one block each, with its words, why it matters and what may help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sim.plan.reading import read_yaml
from sim.plan.workspace import LoadedScenario
from sim.review.flaws import Flaw
from sim.words import Lang, say
from sim.words.flaws import MARKS


def show_flaws(flaws: Sequence[Flaw], lang: Lang, scenario: LoadedScenario | None = None) -> None:
    """Print flaws in their order, with their place in the file of `scenario` if there is one."""
    colon = say(MARKS, "colon", lang)
    for flaw in flaws:
        place = "" if scenario is None else f"{_place(flaw, scenario)}: "
        print(f"{place}{flaw.code} 〔{say(MARKS, flaw.severity, lang)}〕{flaw.title(lang)}")
        print(f"    {flaw.statement(lang)}")
        if flaw.quotes:
            head = say(MARKS, "basis" if flaw.code == "P113" else "quote", lang)
            print(f"    {head}{colon}“{say(MARKS, 'stop', lang).join(flaw.quotes)}”")
        why, advice = (f"{say(MARKS, key, lang)}{colon}" for key in ("why", "advice"))
        print(f"    {why}{flaw.why(lang)} {advice}{flaw.advice(lang)}")


def counts(flaws: Iterable[Flaw]) -> dict[str, int]:
    """Return how many flaws there are in all, and how many of them are major and minor."""
    grave = [flaw.severity == "major" for flaw in flaws]
    return {"count": len(grave), "major": sum(grave), "minor": len(grave) - sum(grave)}


def plain_flaw(flaw: Flaw, lang: Lang, scenario: LoadedScenario | None = None) -> dict[str, Any]:
    """Return a flaw for programs to read."""
    place = {} if scenario is None else {"scenario": scenario.model.id, "place": _place(flaw, scenario)}
    return {
        **place, "code": flaw.code, "severity": flaw.severity, "subject": flaw.subject, "title": flaw.title(lang),
        "statement": flaw.statement(lang), "quotes": list(flaw.quotes), "duties": list(flaw.duties),
        "why": flaw.why(lang), "advice": flaw.advice(lang),
    }  # fmt: skip


def _place(flaw: Flaw, scenario: LoadedScenario) -> str:
    """Where it stands in the file: ``file:line:col``."""
    found = read_yaml(Path(scenario.file.path), scenario.file.path).problem(flaw.code, flaw.path, at_key=True)
    return f"{found.file}:{found.line}:{found.column}"
