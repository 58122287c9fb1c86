"""The tokens of a condition, and the error for what is none. Slips of the input method get their own hint."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

LONGEST: Final = 400
"""Characters in one condition."""
MOST_TOKENS: Final = 100
_ASCII: Final = dict(zip("（）＝＞＜＋－！，。＇＂“”‘’≥≤≠【】：；　", (
    "(", ")", "=", ">", "<", "+", "-", "!", ",", ".", "'", '"', '"', '"', "'", "'", ">=", "<=", "!=",
    "[", "]", ":", ";", " ",
), strict=True))  # fmt: skip
_WORDS: Final = {
    "AND": "and", "OR": "or", "NOT": "not", "And": "and", "Or": "or", "Not": "not", "True": "true",
    "False": "false", "TRUE": "true", "FALSE": "false", "且": "and", "并且": "and", "与": "and", "和": "and",
    "或": "or", "或者": "or", "非": "not", "不": "not", "不是": "not", "&": "and", "&&": "and", "|": "or",
    "||": "or", "!": "not", "=": "==", "<>": "!=", "===": "==",
}  # fmt: skip
_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\n]+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
      | (?P<quoted>'[^'\n]*'|"[^"\n]*")
      | (?P<slip>===|<>|&&|\|\||&|\||!(?!=)|(?<![=<>!])=(?!=)|[\u4e00-\u9fff]+)
      | (?P<sign>==|!=|<=|>=|<|>|\+|-|\(|\))
      | (?P<dot>\.)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class ConditionError(ValueError):
    """The text is no condition; `code` is a problem code, `offset` the character (from 0) where it shows."""

    def __init__(self, code: str, offset: int = 0, **values: Any) -> None:
        """Keep where it shows and what fills its message."""
        self.code = code
        self.offset = offset
        self.values = values
        super().__init__(f"{code} at {offset}")


class Token(NamedTuple):
    """A number, name, quoted text or sign, and the character where it begins."""

    kind: str
    text: str
    offset: int


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text` without blanks; refuse what is too long or no sign of the language."""
    if len(text) > LONGEST:
        raise ConditionError("condition-too-long", LONGEST, length=len(text), limit=LONGEST)
    found = (Token(str(m.lastgroup), m.group(), m.start()) for m in _TOKEN.finditer(text))
    tokens = [token for token in found if token.kind != "space"]
    if len(tokens) > MOST_TOKENS:
        raise ConditionError(
            "condition-too-long", tokens[MOST_TOKENS].offset, length=len(text), limit=LONGEST
        )
    for token in tokens:
        _refuse_slip(token)
    return tokens


def _refuse_slip(token: Token) -> None:
    if token.text in _WORDS:
        raise ConditionError("condition-word", token.offset, word=token.text, better=_WORDS[token.text])
    if token.kind == "dot":
        raise ConditionError("condition-attribute", token.offset, text=".")
    if token.kind in ("other", "slip"):
        char = token.text[0]
        if char in _ASCII:
            raise ConditionError("condition-full-width", token.offset, char=char, better=_ASCII[char])
        raise ConditionError("condition-character", token.offset, char=char)
