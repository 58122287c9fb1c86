"""Keys of a terminal, one at a time, and the terminal as it was before whatever happens."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

Reader = Callable[[float], str]
"""Waits at most so many seconds for a key and returns its name: a character, ``left``, ``esc``; empty if none came."""

END: Final = "end of input"
_ARROWS: Final = {"A": "up", "B": "down", "C": "right", "D": "left"}
_NAMES: Final = {"\r": "enter", "\n": "enter", " ": "space", "\x1b": "esc", "\x04": "q"}
_PAUSE: Final = 0.05  # seconds within which the rest of an arrow follows its escape


@contextmanager
def keys() -> Iterator[Reader]:
    """Read keys from standard input as they are pressed; afterwards the terminal is as it was."""
    if os.name == "nt":
        yield _windows_key
        return
    import termios
    import tty

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number)  # Ctrl-C still interrupts
        yield lambda seconds: _posix_key(number, seconds)
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)


def _posix_key(number: int, seconds: float) -> str:
    first = _byte(number, seconds)
    if first != "\x1b":
        return _NAMES.get(first, first)
    if _byte(number, _PAUSE) not in ("[", "O"):
        return "esc"
    last = _byte(number, _PAUSE)
    while last and not last.isalpha() and last != "~":
        last = _byte(number, _PAUSE)
    return _ARROWS.get(last, "")


def _byte(number: int, seconds: float) -> str:
    import select

    if not select.select([number], [], [], max(0.0, seconds))[0]:
        return ""
    read = os.read(number, 1)
    return read.decode("ascii", "ignore") if read else END


def _windows_key(seconds: float) -> str:
    """The same on Windows, through the C runtime; nobody has tried this one."""
    import msvcrt

    until = time.monotonic() + seconds
    while not msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
        if time.monotonic() >= until:
            return ""
        time.sleep(0.01)
    key: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
    if key in ("\x00", "\xe0"):
        arrows = {"H": "up", "P": "down", "M": "right", "K": "left"}
        return arrows.get(msvcrt.getwch(), "")  # type: ignore[attr-defined,unused-ignore]
    if key == "\x03":
        raise KeyboardInterrupt
    return _NAMES.get(key, key)
