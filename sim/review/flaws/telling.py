"""A blind drill whose messages give away what the table should find by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from sim.plan.compiled import Inject, Plan
from sim.review.flaws.flaw import Flaw

SAME: Final = 10
"""Characters in a row, punctuation aside, that a message and an answer share; our own (自定)."""
_MARKS: Final = re.compile(r"[\W_]+")


def telling_flaws(plan: Plan) -> Iterator[Flaw]:
    """Yield a flaw for each inject whose title or message says a reference point or an expected action."""
    for inject in plan.injects:
        told = _bare(f"{inject.title}|{inject.message}")
        shared = max((_shared(told, _bare(answer)) for answer in _answers(inject)), key=len, default="")
        if len(shared) >= SAME:
            yield Flaw(
                "S210", "major", inject.id, values={"title": inject.title, "words": shared},
                path=("injects", inject.id, "message"),
            )  # fmt: skip


def _answers(inject: Inject) -> Iterator[str]:
    yield from inject.points
    yield from (each.text for each in inject.expect if each.duty < 0)


def _bare(text: str) -> str:
    return _MARKS.sub("", text.replace("【演练】", ""))


def _shared(told: str, answer: str) -> str:
    match = SequenceMatcher(None, told, answer, autojunk=False).find_longest_match()
    return told[match.a : match.a + match.size]
