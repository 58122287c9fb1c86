"""A flaw: something that the paper itself leaves open, with its words, why it matters and what may help.

It is found by rules over the data and never names a unit at fault: the plan is looked at, not the people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from sim.review.gap import shown
from sim.words import Lang, say
from sim.words.flaws import ADVICE, STATEMENTS, TITLES, WHY

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw. `subject` is the id or name it is about, `quotes` the official words that show it.

    `duties` are the ids of the duties concerned; `values` fill the sentences, labels in the reader's language; `path`
    leads to its place in the file of a scenario.
    """

    code: str
    severity: Literal["major", "minor"]
    subject: str
    quotes: tuple[str, ...] = ()
    variant: str = ""
    duties: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    path: tuple[str | int, ...] = ()

    def title(self, lang: Lang = "zh") -> str:
        """Return the name of this kind of flaw."""
        return say(TITLES, self.code, lang)

    def statement(self, lang: Lang = "zh") -> str:
        """Return what is left open, in one sentence."""
        key = f"{self.code}.{self.variant}" if self.variant else self.code
        return say(STATEMENTS, key, lang, **shown(lang, self.values))

    def why(self, lang: Lang = "zh") -> str:
        """Return why it matters."""
        return say(WHY, self.code, lang)

    def advice(self, lang: Lang = "zh") -> str:
        """Return what an office could do."""
        key = f"{self.code}.{self.variant}"
        return say(ADVICE, key if key in ADVICE else self.code, lang)


def in_order(flaws: list[Flaw]) -> tuple[Flaw, ...]:
    """Return flaws with the grave ones first, then by code and subject."""
    return tuple(sorted(flaws, key=lambda flaw: (flaw.severity != "major", flaw.code, flaw.subject)))
