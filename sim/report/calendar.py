"""The proposed drills as an iCalendar file (RFC 5545), which Outlook and telephones read: one all-day event a drill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from sim.report.programme import reasons
from sim.study.programme import Programme, Proposed
from sim.words import Lang, pick, say
from sim.words.programme import PROGRAMME

FOLD: Final = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""
_ESCAPED: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\r\n": "\\n", "\n": "\\n", "\r": "\\n"}


def programme_ics(programme: Programme, lang: Lang = "zh") -> bytes:
    """Return the calendar of a programme, the same bytes for the same programme.

    A drill keeps its UID from one calendar to the next while its scenario and its day stay.
    """
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tuiyan//programme//ZH", "CALSCALE:GREGORIAN")
    events = (line for drill in programme.drills for line in _event(drill, programme.case.today, lang))
    return b"".join(fold(line) for line in (*head, *events, "END:VCALENDAR"))


def _event(drill: Proposed, today: date, lang: Lang) -> Iterator[str]:
    day, title = drill.day, pick(drill.choice.label, lang)
    told = "\n".join((say(PROGRAMME, "event.note", lang), *reasons(drill, lang)))
    yield "BEGIN:VEVENT"
    yield f"UID:{sha256(f'{drill.choice.id} {day}'.encode()).hexdigest()[:24]}@tuiyan"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{escaped(say(PROGRAMME, 'event', lang, title=title))}"
    yield f"DESCRIPTION:{escaped(told)}"
    yield "STATUS:TENTATIVE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return `text` as the value of a text property: backslash, semicolon, comma and line ends escaped.

    Other control characters, which a calendar may not hold, become blanks.
    """
    whole = text.replace("\r\n", "\n")
    plain = "".join(char if char in "\r\n" or (char >= " " and char != "\x7f") else " " for char in whole)
    return "".join(_ESCAPED.get(char, char) for char in plain)


def fold(line: str) -> bytes:
    """Return a line in UTF-8 with its end, in parts of at most `FOLD` octets that split no character."""
    parts, room = [b""], FOLD
    for char in line:
        octets = char.encode()
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
            room = FOLD - 1  # the blank that a folded line begins with counts too
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"
