"""Full-width punctuation where YAML or a value needs ASCII: the commonest slip of an input method."""

from __future__ import annotations

import re
from typing import Final

_ASCII: Final = dict(
    zip("：，；（）【】［］｛｝“”‘’＂＇＋－＝＞＜．～　", (
        ":", ",", ";", "(", ")", "[", "]", "[", "]", "{", "}", '"', '"', "'", "'", '"', "'", "+", "-",
        "=", ">", "<", ".", "..", " ",
    ), strict=True)
)  # fmt: skip
_ASCII.update({chr(0xFF10 + digit): str(digit) for digit in range(10)})
_ANY: Final = re.compile("[" + "".join(map(re.escape, _ASCII)) + "]")
_KEY: Final = re.compile(r"\s*(?:-\s+)?(?:[\w.\-]+|\"[^\"]*\"|'[^']*')\s*(：)")
_FLOW: Final = re.compile(r"[\[{][^\]}]*?([，；：】｝］])")
_OPEN: Final = re.compile(r"(?:^\s*|[:\-]\s+)([【｛［“‘])")
_BLANK: Final = re.compile(r"[ ]*(\u3000)")


def full_width(text: str) -> tuple[str, str] | None:
    """Return the first full-width sign or digit in `text` and what to type instead, or None."""
    found = _ANY.search(text)
    return (found.group(), _ASCII[found.group()]) if found else None


def full_width_key(text: str) -> tuple[str, str] | None:
    """Return the colon or blank of a `text` that was meant to begin with a key, or None."""
    found = _KEY.match(text) or _BLANK.match(text)
    return (found.group(1), _ASCII[found.group(1)]) if found else None


def full_width_line(line: str) -> tuple[int, str, str] | None:
    """Return place, sign and replacement where a full-width sign stands as YAML's own punctuation."""
    for pattern in (_KEY, _FLOW, _BLANK, _OPEN):
        found = pattern.match(line) if pattern in (_KEY, _BLANK) else pattern.search(line)
        if found:
            return found.start(1), found.group(1), _ASCII[found.group(1)]
    return None
