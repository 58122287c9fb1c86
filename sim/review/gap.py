"""A gap: one shortfall that a play suggests, with its evidence, its cause and the official clause.

A gap of a simulated drill is a possible bottleneck under stated assumptions, never a finding about a real
unit (SEMANTICS 38); there is no grade and no score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from sim.plan.compiled import Label
from sim.words import Lang, pick, say
from sim.words.gaps import ADVICE, MARKS, STATEMENTS, TITLES, WHY

Severity = Literal["major", "minor"]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap. `at` is the tick it showed, `expected` and `actual` are minutes, `evidence` are seq of rows.

    `key` names its cause: gaps of one key are merged, and the merged ones are in `others`. `values` fill the
    sentences; a label among them is shown in the reader's language. `priority` is that of its need.
    """

    code: str
    severity: Severity
    at: int
    unit: str = ""
    duty: str = ""
    need: str = ""
    task: str = ""
    norm: str = ""
    basis: str = ""
    status: str = ""
    expected: float | None = None
    actual: float | None = None
    evidence: tuple[int, ...] = ()
    reason: str = ""
    waits: tuple[tuple[Label, float], ...] = ()
    clause: str = ""
    priority: int = 9
    invited: bool = True
    key: tuple[str, ...] = ()
    variant: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    others: tuple[Gap, ...] = ()

    def title(self, lang: Lang = "zh") -> str:
        """Return the name of this kind of gap."""
        return say(TITLES, self.code, lang)

    def statement(self, lang: Lang = "zh") -> str:
        """Return what may fall short, in one sentence with its figures; merged gaps are counted."""
        key = f"{self.code}.{self.variant}" if self.variant else self.code
        text = say(STATEMENTS, key, lang, **shown(lang, self.values))
        if self.others:
            text += say(MARKS, "others", lang, count=len(self.others))
        return text if self.invited else text + say(MARKS, "uninvited", lang)

    def cause(self, lang: Lang = "zh") -> str:
        """Return why, in one sentence: the reason found, or what the task spent its time on."""
        if self.reason:
            return say(WHY, self.reason, lang, **shown(lang, self.values))
        if not self.waits:
            return ""
        parts = [
            say(WHY, "part", lang, what=pick(what, lang), minutes=minutes) for what, minutes in self.waits
        ]
        return say(WHY, "parts", lang, parts=say(MARKS, "comma", lang).join(parts))

    def suggestion(self, lang: Lang = "zh") -> str:
        """Return what may help, for the planner to consider."""
        key = self.reason if self.reason in ADVICE else self.code
        return say(ADVICE, key, lang, **shown(lang, self.values))


def shown(lang: Lang, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` as they fill a sentence: labels in the reader's language, several joined."""
    return {name: _shown(value, lang) for name, value in values.items()}


def _shown(value: Any, lang: Lang) -> Any:
    if isinstance(value, Mapping):
        return pick(value, lang)
    if isinstance(value, tuple):
        return say(MARKS, "comma", lang).join(_shown(item, lang) for item in value)
    return value
