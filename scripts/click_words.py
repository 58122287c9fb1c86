"""Write click's own words in Chinese as the catalogue that gettext reads: `python scripts/click_words.py`.

The words themselves stand in `sim.words.cli.CLICK`; a test keeps the catalogue equal to them.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

from sim.words.cli import CLICK

CATALOGUE = Path(__file__).parent.parent / "sim/cli/locale/zh_CN/LC_MESSAGES/messages.mo"
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"


def catalogue(words: Mapping[str, str]) -> bytes:
    """Return `words` in the format of GNU gettext's .mo files (little-endian, no hash table)."""
    pairs = sorted((key.encode(), text.encode()) for key, text in {"": HEADER, **words}.items())
    count, start = len(pairs), 28
    texts, tables = b"", ([], [])
    for side in (0, 1):
        for pair in pairs:
            tables[side].append((len(pair[side]), start + 16 * count + len(texts)))
            texts += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, start + 16 * count)
    return head + b"".join(struct.pack("<2I", *entry) for table in tables for entry in table) + texts


if __name__ == "__main__":
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(catalogue(CLICK))
    print(CATALOGUE)
