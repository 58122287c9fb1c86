"""Days as people write them in tables: ``2025-03-12``, ``2025/3/12 9:00``, ``2025年3月12日``, Excel's day numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Final

_EXCEL: Final = date(1899, 12, 30)
"""Day 0 of a workbook as Excel counts (from 1900 on, its own slip of 29 February 1900 included)."""
_SERIALS: Final = range(18264, 73051)  # 1950 to 2099
_TIME: Final = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DATE: Final = re.compile(
    r"(?P<y>\d{4})\s*(?P<s>[-/.年])\s*(?P<m>\d{1,2})\s*(?:(?P=s)|月)\s*(?P<d>\d{1,2})\s*[日号]?"
    r"\s*(?:\((?:星期|周)[一二三四五六日天]\)|(?:星期|周)[一二三四五六日天])?\s*" + _TIME
)
_DIGITS: Final = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_ENGLISH: Final = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")


def read_day(text: str) -> date | None:
    """Return the day that `text` says, None if it says none or could be read in two ways (``3/4/2025``)."""
    told = unicodedata.normalize("NFKC", text).strip()
    found = _DATE.fullmatch(told) or _DIGITS.fullmatch(told)
    try:
        if found:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
    serial = _SERIAL.fullmatch(told)
    if serial and int(serial[1]) in _SERIALS:
        return _EXCEL + timedelta(int(serial[1]))
    return _english(told)


def _english(text: str) -> date | None:
    for form in _ENGLISH:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
