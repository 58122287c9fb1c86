"""The canonical text of an input, defaults applied: what its SHA-256 in a manifest is taken of.

Comments, order of keys, spelling of numbers and defaults written out make no difference.
"""

from __future__ import annotations

import json
from hashlib import sha256

from pydantic import BaseModel


def canonical(model: BaseModel) -> str:
    """Return `model` as JSON with sorted keys and no blanks, under the keys of its file."""
    plain = model.model_dump(mode="json", by_alias=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()
