"""Every sentence a person reads, in Chinese and English, one table a module.

A table maps a permanent key to ``(zh, en)``; placeholders are those of `str.format`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Lang = Literal["zh", "en"]
Table = Mapping[str, tuple[str, str]]


def say(table: Table, key: str, lang: Lang = "zh", /, **values: Any) -> str:
    """Return the sentence of `key` in `lang` with `values` filled in; raise KeyError if there is none."""
    return table[key][lang == "en"].format(**values)


def pick(label: Mapping[str, str], lang: Lang) -> str:
    """Return the text of a ``{zh, en}`` label in `lang`, Chinese where English is missing."""
    return label.get(lang) or label["zh"]
