"""Make a mutation of the engine: a patch that one oracle must catch.

    python scripts/mutation.py NAME FILE ORACLE BREAKS < change

`change` holds the text as it is, a line ``=====``, and the text that breaks the rule; the first must stand in FILE
exactly once. The patch goes to tests/mutations/NAME.patch. See CONTRIBUTING, "A rule of the engine and its oracle".
"""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def patch(file: str, change: str) -> str:
    """Return the patch of one change of `file`, a path from the root; ValueError if its text is not there just once."""
    old, _, new = change.partition("=====\n")
    source = (ROOT / file).read_text(encoding="utf-8")
    if source.count(old) != 1:
        raise ValueError(f"the text stands {source.count(old)} times in {file}, not once")
    lines = (text.splitlines(keepends=True) for text in (source, source.replace(old, new)))
    return "".join(unified_diff(*lines, f"a/{file}", f"b/{file}", n=1))


if __name__ == "__main__":
    name, file, oracle, breaks = sys.argv[1:]
    text = f"# oracle: {oracle}\n# breaks: {breaks}\n" + patch(file, sys.stdin.read())
    (ROOT / "tests" / "mutations" / f"{name}.patch").write_text(text, encoding="utf-8")
