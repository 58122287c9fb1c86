"""How the local assumptions of a drill read in words: what each is called, and its value as a planner would say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sim.plan.compiled import Assumption, Label, Plan
from sim.review.names import Names, plain, team
from sim.review.wording import condition_text
from sim.words import Lang, pick, say
from sim.words.assumptions import ASPECTS, KEYS, VALUES
from sim.words.conditions import SHOWN

_CONDITIONS: Final = ("activate-when", "halted-by", "when")
_COUNTED: Final = re.compile(r"'([a-z_]+)': (\d+)")
_WORD: Final = re.compile(r"[A-Za-z_]+")


def assumption_name(assumption: Assumption, plan: Plan, lang: Lang) -> str:
    """Return ``units.某单位.work.crew.rescue`` in words; the id of a duty holds dots of its own."""
    names = Names(plan)
    head, _, duty = assumption.path.partition(".work.")
    root, _, rest = head.partition(".")
    if root == "aftercare":
        label = next((e.label for e in plan.arrangements.aftercare if e.duty == rest), plain(rest))
        owner = next((plan.actors[e.actor].label for e in plan.arrangements.aftercare if e.duty == rest), {})
        parts = [_aspect(root, names, lang), pick(owner, lang) if owner else "", pick(label, lang)]
    elif rest in (own := _labels(plan, root)):
        parts = [_aspect(root, names, lang), pick(own[rest], lang)]
    else:
        parts = [_part(part, head, plan, names, lang) for part in head.split(".")]
    if duty:
        parts.append(pick(names.duty(duty), lang))
    return "·".join(part for part in parts if part)


def _labels(plan: Plan, root: str) -> Mapping[str, Label]:
    """What the entries of one part of the arrangements are called."""
    given = plan.arrangements
    if root == "levels":
        return {level.id: level.label for level in given.levels}
    if root == "reports":
        return {report.id: report.label for report in given.reports}
    return {group.id: group.label for group in given.groups} if root == "groups" else {}


def _part(part: str, head: str, plan: Plan, names: Names, lang: Lang) -> str:
    if ".stocks." in head and head.endswith("." + part):
        return pick(_stock(part, plan), lang)
    return _aspect(part, names, lang)


def _aspect(part: str, names: Names, lang: Lang) -> str:
    for table in (ASPECTS, VALUES):
        if part in table:
            return say(table, part, lang)
    unit = names.unit(part)
    return pick(unit if unit != plain(part) else team(part), lang)


def _stock(name: str, plan: Plan) -> Label:
    return next((stock.label for stock in plan.stocks if stock.name == name), plain(name))


def assumption_value(assumption: Assumption, plan: Plan, lang: Lang) -> str:
    """Return the value of an assumption in words; what is empty is left out."""
    root = assumption.path.partition(".")[0]
    parts = (_said(part, root, plan, lang) for part in re.split(r", (?=[a-z-]+ )", assumption.text))
    return say(SHOWN, "comma", lang).join(part for part in parts if part)


def _said(text: str, root: str, plan: Plan, lang: Lang) -> str:
    key, _, value = text.partition(" ")
    named = f"{root}.{key}" if f"{root}.{key}" in KEYS else key
    if named not in KEYS:
        return text
    if key in _CONDITIONS:
        words = condition_text(value, plan, lang)
    elif key == "form":
        words = pick(next((f.label for f in plan.law.forms if f.id == value), plain(value)), lang)
    else:
        words = _plain(value, plan, lang)
    return f"{say(KEYS, named, lang)} {words}" if words else ""


def _plain(value: str, plan: Plan, lang: Lang) -> str:
    """Lists and counts without brackets, teams, stocks, units and words by their names."""
    names, stocks = Names(plan), {stock.name for stock in plan.stocks}

    def counted(match: re.Match[str]) -> str:
        label = _stock(match[1], plan) if match[1] in stocks else team(match[1])
        return f"{pick(label, lang)} {match[2]}"

    def item(text: str) -> str:
        unit = names.unit(text)
        if unit != plain(text):
            return pick(unit, lang)
        return _WORD.sub(lambda m: say(VALUES, m[0], lang) if m[0] in VALUES else m[0], text)

    bare = re.sub(r"[{}\[\]']", "", _COUNTED.sub(counted, value))
    return say(SHOWN, "list", lang).join(item(text) for text in bare.split(", ") if text)
