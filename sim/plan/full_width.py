"""Full-width punctuation where YAML or a value needs ASCII: the commonest slip of an input method."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ASCII: Final = dict(
    zip("：，、；（）【】［］｛｝“”‘’＂＇＋－＝＞＜．～　", (
        ":", ",", ",", ";", "(", ")", "[", "]", "[", "]", "{", "}", '"', '"', "'", "'", '"', "'", "+", "-",
        "=", ">", "<", ".", "..", " ",
    ), strict=True)
)  # fmt: skip
_ASCII.update({chr(0xFF10 + digit): str(digit) for digit in range(10)})
_ANY: Final = re.compile("(?P<sign>[" + "".join(map(re.escape, _ASCII)) + "])")
_KEY: Final = re.compile(r"\s*(?:-\s+)?(?:[\w.\-]+|\"[^\"]*\"|'[^']*')\s*(?P<sign>：)")
_FLOW: Final = re.compile(r"[\[{][^\]}]*?(?P<sign>[，；：】｝］])")
_OPEN: Final = re.compile(r"(?:^\s*|[:\-]\s+)(?P<sign>[【｛［“‘])")
_BLANK: Final = re.compile(r"[ ]*(?P<sign>\u3000)")


class Slip(NamedTuple):
    """A full-width sign, its place in the text from 0, and what to type instead."""

    offset: int
    char: str
    better: str


def full_width(text: str) -> Slip | None:
    """Return the first full-width sign or digit in `text`, or None."""
    return _slip(_ANY.search(text))


def full_width_key(text: str) -> Slip | None:
    """Return the colon of a `text` that was meant to begin with a key, or None."""
    return _slip(_KEY.match(text))


def full_width_line(line: str) -> Slip | None:
    """Return the full-width sign that stands in `line` as YAML's own punctuation, or None."""
    return _slip(_KEY.match(line) or _FLOW.search(line) or _BLANK.match(line) or _OPEN.search(line))


def _slip(found: re.Match[str] | None) -> Slip | None:
    return Slip(found.start("sign"), found["sign"], _ASCII[found["sign"]]) if found else None
