"""Chance: named, counter-based streams, so that a change moves only the draws it can touch (SEMANTICS 31–33).

The scheme's name stands in every manifest; a new scheme gets a new name.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final, Protocol

SCHEME: Final = "blake2b-64x8/1"
_SCALE: Final = 2.0**-53


class Draws(Protocol):
    """Where uniforms come from: the seam between a random, an expected and a test's own play."""

    def u(self, name: str, attempt: int = 0) -> float:
        """Return a uniform in [0, 1) for `attempt` of the stream `name`."""
        ...


class RandomDraws:
    """Uniforms of one replication: the same name and attempt always give the same value."""

    def __init__(self, seed: int, replication: int) -> None:
        self._prefix = f"{seed}|{replication}|"

    def u(self, name: str, attempt: int = 0) -> float:
        """Return the top 53 bits of word `attempt % 8` of the digest of block `attempt // 8`."""
        block, word = divmod(attempt, 8)
        digest = blake2b(f"{self._prefix}{name}|{block}".encode()).digest()
        return (int.from_bytes(digest[8 * word : 8 * word + 8], "little") >> 11) * _SCALE


class ExpectedDraws:
    """The median of every draw; a chance succeeds if and only if it is above one half (SEMANTICS 32)."""

    def u(self, name: str, attempt: int = 0) -> float:
        """Return one half."""
        return 0.5


class FastestDraws:
    """The least of every draw: each time as short as it can be, each chance succeeds."""

    def u(self, name: str, attempt: int = 0) -> float:
        """Return zero."""
        return 0.0
