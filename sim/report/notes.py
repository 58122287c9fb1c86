"""What a row of command, reports or safety tells beside its columns, in one short phrase."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sim.record.timeline import Row
from sim.review.names import Names
from sim.words import Lang, pick, say
from sim.words.decisions import QUESTIONS
from sim.words.events import STAGES
from sim.words.notes import NOTES, ROLES

_Phrase = Callable[[Mapping[str, Any], Names, Lang], str]


def note_of(row: Row, names: Names, lang: Lang) -> str:
    """Return the phrase for a row of one of these events, nothing for any other."""
    phrase = _PHRASES.get(row.event)
    return phrase(row.detail, names, lang) if phrase is not None and row.detail else ""


def what(text: str, names: Names, lang: Lang) -> str:
    """Return what was signed or asked for in words: ``level.two``, ``report.notice``, ``handover``, a duty."""
    if text.startswith("level."):
        return _level(text.removeprefix("level."), names, lang)
    if text in NOTES:
        return say(NOTES, text, lang)
    return pick(names.duty(text), lang)


def _level(level: str, names: Names, lang: Lang) -> str:
    return pick(names.levels[level], lang) if level in names.levels else level


def _who(name: Any, names: Names, lang: Lang) -> str:
    return pick(names.unit(str(name)), lang)


def _activated(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    if "approver" not in told:
        return ""
    parts = [say(NOTES, "approved", lang, who=_who(told["approver"], names, lang))]
    if "acting_for" in told:
        parts.append(say(NOTES, "acting", lang, who=_who(told["acting_for"], names, lang)))
    if told.get("level"):
        parts.insert(0, _level(str(told["level"]), names, lang))
    return say(NOTES, "comma", lang).join(parts)


def _signed(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    text = say(
        NOTES, "signed", lang, what=what(str(told["what"]), names, lang), who=_who(told["by"], names, lang)
    )
    if "for" not in told:
        return text
    return say(NOTES, "comma", lang).join(
        (text, say(NOTES, "acting", lang, who=_who(told["for"], names, lang)))
    )


def _substituted(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    text = say(NOTES, "acting", lang, who=_who(told["for"], names, lang))
    if "by" not in told:
        return text
    return say(NOTES, "comma", lang).join((text, say(NOTES, "by", lang, who=_who(told["by"], names, lang))))


def _needed_twice(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    roles = say(NOTES, "and", lang).join(say(ROLES, role, lang) for role in told["roles"])
    return say(NOTES, "needed_twice", lang, who=_who(told["person"], names, lang), roles=roles)


def _graded(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    labels = [
        pick(names.grades[grade], lang) if grade in names.grades else say(NOTES, "near_miss", lang)
        for grade in told["grades"]
    ]
    return say(NOTES, "comma", lang).join(labels)


def _regraded(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    was, now = (pick(names.grades[told[key]], lang) for key in ("was", "grade"))
    return say(NOTES, "regraded", lang, was=was, now=now, day=told["day"])


def _aftercare(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    return say(NOTES, "due", lang, what=pick(names.outside_or_duty(told["duty"]), lang), date=told["date"])


def _aftermath(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    return say(NOTES, "day", lang, day=told["day"], title=told["title"])


def _to(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    return say(NOTES, "to", lang, who=_who(told["to"], names, lang))


def _carrier(carrier: str, names: Names, lang: Lang) -> str:
    return pick(names.carriers[carrier], lang) if carrier in names.carriers else carrier


def _network_down(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    comma = say(NOTES, "comma", lang)
    channels = comma.join(told["channels"]) or say(NOTES, "all_channels", lang)
    whose = (
        say(NOTES, "carrier", lang, carrier=_carrier(told["carrier"], names, lang))
        if "carrier" in told
        else ""
    )
    units = comma.join(_who(unit, names, lang) for unit in told["units"])
    units = comma.join(filter(None, (whose, units))) or say(NOTES, "all_units", lang)
    return say(NOTES, "network", lang, network=told["network"], channels=channels, units=units)


def _network_up(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    if "by" not in told:
        return say(NOTES, "back", lang, network=told["network"])
    duty, _, stage = told["by"].rpartition(".")
    restored = f"{pick(names.duty(duty), lang)}·{say(STAGES, stage, lang)}"
    return say(NOTES, "restored", lang, network=told["network"], what=restored)


def _relief(event: str) -> _Phrase:
    return lambda told, names, lang: say(NOTES, event, lang, after=told["after"])


def _supplied(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    stock = pick(names.stock(told["stock"]), lang)
    return say(NOTES, "supplied", lang, who=_who(told["by"], names, lang), stock=stock, count=told["count"])


def _cycle(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    return say(NOTES, "used_up", lang, minutes=told["endurance"]) if "endurance" in told else ""


def _departed(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    parts = [say(NOTES, "detour", lang, minutes=told["detour"])] if "detour" in told else []
    parts += [say(NOTES, "weather", lang, times=told["weather"])] if "weather" in told else []
    return say(NOTES, "comma", lang).join(parts)


def _conference(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    units = say(NOTES, "and", lang).join(_who(unit, names, lang) for unit in told["units"])
    return say(NOTES, "conference" if units else "conference.alone", lang, number=told["number"], units=units)


def _decided(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    question = say(QUESTIONS, told["question"], lang, about="")
    return say(NOTES, "decided", lang, question=question, choice=option(told["decision"], names, lang))


def option(key: str, names: Names, lang: Lang) -> str:
    """Return an option of a decision in words: one of the table, a level, or somebody's name."""
    return pick(names.option(key), lang)


def _dissolved(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    return say(NOTES, f"dissolved.{told['why']}", lang)


def _for_the_city(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    return say(NOTES, "for_city", lang, who=_who(told["for"], names, lang)) if "for" in told else ""


def _relayed(told: Mapping[str, Any], names: Names, lang: Lang) -> str:
    return say(NOTES, "relayed", lang, who=_who(told["by"], names, lang))


def _named(key: str) -> _Phrase:
    return lambda told, names, lang: _who(told[key], names, lang) if key in told else ""


_PHRASES: Final[Mapping[str, _Phrase]] = {
    "activated": _activated,
    "level_changed": _activated,
    "terminated": _activated,
    "signed": _signed,
    "substituted": _substituted,
    "needed_twice": _needed_twice,
    "graded": _graded,
    "regraded": _regraded,
    "aftercare": _aftercare,
    "aftermath": _aftermath,
    "network_down": _network_down,
    "network_up": _network_up,
    "relieved": _relief("relieved"),
    "unrelieved": _relief("unrelieved"),
    "supplied": _supplied,
    "cycle": _cycle,
    "departed": _departed,
    "handover_requested": _to,
    "handed_over": _to,
    "city_departed": _named("who"),
    "city_arrived": _named("who"),
    "field_commander": _named("who"),
    "field_established": _named("who"),
    "field_dissolved": _dissolved,
    "conference": _conference,
    "decided": _decided,
    "relayed": _relayed,
    "triggered": _for_the_city,
    "expert_opinion": _named("experts"),
}
