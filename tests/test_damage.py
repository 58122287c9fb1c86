"""Whatever is damaged in a plan that uses everything: it is told at its place, or the plan can still be compiled."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st
from small import SCENARIO, SMALL

from sim.errors import Problem
from sim.plan.checks import RosterDocuments, check_roster, check_scenario
from sim.plan.compile import compile_plan
from sim.plan.reading import Document, KeyPath, read_text, read_yaml
from sim.plan.schema import Arrangements, Law, Needs, Norms, Register, Scenario, Strength
from sim.plan.validation import limited, validate
from sim.plan.workspace import ROSTER_FILES, roster_of
from sim.words.problems import PROBLEMS, render

_MODELS: Final = (Register, Needs, Strength, Norms, Law, Arrangements, Scenario)
_NAMES: Final = (*ROSTER_FILES, SCENARIO)
_LABEL: Final = {"zh": "甲", "en": "A"}
_SHORT: Final = {"time": "3..5..9 min", "src": "g1"}
_BASIS: Final = {"label": _LABEL, "basis": "测试用", "status": "assumption"}

MORE: Final[dict[str, Any]] = {
    "annex3.yaml": {
        "units": {
            "环保局": {
                "duties": {
                    "env.measure": {"reads": {"standby": "graded(grave)", "signed": True, "publishes": True}}
                }
            }
        }
    },
    "norms.yaml": {
        "norms": {
            "city.told": {**_BASIS, "of": "report.city", "from": "triggered", "to": "finished", "within": "60 min"},
            "city.asked": {
                **_BASIS, "since": "graded.grave", "by": "report.grave.finished", "when": "injured > 2",
                "within": "9 min",
            },
        }
    },
    "law.yaml": {
        "safety": {
            "entry.air": {
                **_BASIS, "kind": "before_entry", "duties": ["fire.recon"], "when": "leaking", "stock": "air",
            },
            "entry.two": {**_BASIS, "kind": "standby", "duties": ["fire.rescue"]},
            "leave": {
                **_BASIS, "kind": "withdrawal", "duties": ["fire.stop"], "when": "done(fire.recon)", "count": "9 min",
            },
            "no.water": {**_BASIS, "kind": "prohibition", "duties": ["fire.stop", "plant.shut"], "when": "gas > 9"},
        },
        "drills": {
            "often": {**_BASIS, "binds": "enterprise", "months": 6, "where": "leaking and gas > 9", "note": "甲"},
        },
    },
    "arrangements.yaml": {
        "programme": {"gap-months": 3, "prepare-days": 9, "stale-months": 24},
        "reports": {
            "again": {
                "label": _LABEL, "line": "department", "to": ["市局"], "by": "公安局", "starts": "knowledge",
                "when": "elapsed(report.city.finished) >= 5 min", "mode": "phone", "send": "1 min", "every": "30 min",
                "hands": False, "src": "g1",
            },
            "right": {
                "label": _LABEL, "line": "notice", "to": ["市局"], "starts": "correction", "mode": "phone",
                "send": "1 min", "src": "g1",
            },
        }
    },
    "strength.yaml": {
        "hours": {"holidays": ["2025-10-01"], "workdays": ["2025-10-11"]},
        "carriers": {"mobile": {"label": _LABEL, "unit": "公安局"}},
        "roads": {"county": {"blocked": "cordoned", "detour": _SHORT}},
        "weather": {"when": "wind == 'strong'", "road": 1.5, "src": "g1"},
        "together": {"muster": 0.3, "src": "g1"},
        "command": {"broadcast": {"send": _SHORT, "receipt": _SHORT, "rate": 0.9, "rate-off-duty": 0.5}},
        "units": {
            "消防队": {
                "carrier": "mobile", "road": "county", "shift": {"time": "2 h", "src": "g1"},
                "answer": {"chance": 0.9, "off-duty": 0.7, "tries": 2, "then": ["radio"], "src": "g1"},
                "stocks": {
                    "air": {"label": _LABEL, "count": 6, "endurance": "30 min", "refill": "20 min", "src": "g1"},
                    "foam": {"label": _LABEL, "count": 3, "src": "g1"},
                },
                "work": {"fire.stop": {"takes": {"foam": 2}, "halted-by": "cordoned"}},
            },
            "环保局": {"work": {"env.measure": {"supplies": {"消防队": {"foam": 3}}}}},
        },
    },
    SCENARIO: {
        "conditions": {
            "networks": {
                "B1": {
                    "channels": ["phone"], "carrier": "mobile", "actors": ["消防队"], "from": "T+5", "to": "T+60",
                    "restored-by": "plant.shut.finished",
                }
            },
            "busy": {"消防队": {"recon": {"count": 1, "to": "T+20"}}},
            "breaks": {"entry.tested": ["fire.rescue"]},
        },
        "clocks": {"see.also": {"who": "消防队", "since": "I01", "by": "fire.recon.started"}},
        "aftermath": {"F1": {"day": 3, "title": "伤重", "message": "又一人。", "makes": {"add": {"injured": 1}}}},
        "injects": {
            "I01": {"reporter": "enterprise"},
            "I02": {
                "after": {"event": "level.low", "delay": "1..2..3 min"},
                "publishes": {"by": "某厂", "figures": {"injured": 2}},
            },
        },
        "hazards": {"H1": {"growth": 1.5}},
        "assume": {"levels.high.hold": "5 min"},
    },
}  # fmt: skip
"""What the small plan leaves out."""


def _laid_over(data: Any, more: Any) -> Any:
    if not isinstance(more, dict) or not isinstance(data, dict):
        return deepcopy(more)
    return {**data, **{key: _laid_over(data.get(key), value) for key, value in more.items()}}


BASE: Final = {name: _laid_over(read_yaml(SMALL / name).data, MORE.get(name, {})) for name in _NAMES}


def _paths(data: Any, here: KeyPath = ()) -> list[KeyPath]:
    if not isinstance(data, dict | list):
        return []
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    return [path for key, value in inner for path in ((*here, key), *_paths(value, (*here, key)))]


def _at(data: Any, path: KeyPath) -> Any:
    for part in path:
        data = data[part]
    return data


PATHS: Final = {name: _paths(data) for name, data in BASE.items()}
_PLACES: Final = [(name, path) for name in _NAMES for path in PATHS[name]]
_NEW: Final = [
    (name, path)
    for name, path in _PLACES
    if name in ("law.yaml", "arrangements.yaml") or path[0] in (*MORE["strength.yaml"], *MORE[SCENARIO])
]
"""Where damage is looked for: in the two files as a whole, and in what the others have new."""
_ODD: Final = (
    "", " ", "x", "甲县长", "市局", "消防队", "T+5", "25:00", "5 min", "-5 min", "9..1 min", "9999-99-99", "2026-02-30",
    "graded(grave)", "graded(near_miss)", "done(fire.rescue)", "done(hq.command)", "known(gas)", "late(see.also)",
    "elapsed(I01) >= 5 min", "leaking", "not leaking", "gas", "injured", "wind", "true", "leaking and", "((((",
    "level.low", "report.city.finished", "entry.two", "radio", "\u202e", "：", "，", "é" * 3000, 0, -1, 1, 3, 10**14,
    0.5, True, None, [], {}, ["x"], {"x": 1},
)  # fmt: skip


def _read(name: str, data: Any) -> tuple[Document, Any, list[Problem]]:
    document = read_text(json.dumps(data, ensure_ascii=False, indent=1), name)
    return (document, *validate(document, _MODELS[_NAMES.index(name)]))


_WHOLE: Final = {name: _read(name, BASE[name]) for name in _NAMES}


def _judged(data: dict[str, Any]) -> list[Problem]:
    """Read, check and, if nothing is wrong, compile; return every problem."""
    read = {n: _WHOLE[n] if data[n] == BASE[n] else _read(n, data[n]) for n in _NAMES}
    documents = [document for document, _, _ in read.values()]
    problems = [problem for _, _, found in read.values() for problem in found]
    *parts, scenario = (model for _, model, _ in read.values())
    if problems or None in parts or scenario is None:
        return problems
    roster = roster_of(parts)
    problems = check_roster(roster, RosterDocuments(*documents[:-1]))
    if not _errors(problems):
        problems += limited(check_scenario(scenario, roster, documents[-1]))
    if not _errors(problems):
        compile_plan(roster, scenario)
    return problems


def _errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def test_the_plan_that_uses_everything_is_good() -> None:
    assert _judged(BASE) == []


def _shape(value: Any) -> str:
    """What a value looks like: a name of ours, one of a unit, a length of time, a condition, a number …"""
    if not isinstance(value, str):
        return type(value).__name__
    return "".join(
        "汉" if char > "\u2e80" else "a" if char.isalpha() else "0" if char.isdigit() else char
        for char in value.replace("_", "")
        if char.isprintable()
    ).translate(str.maketrans("", "", "a汉" if " " in value else ""))[:2] + ("汉" if value > "\u2e80" else "")


_ALIKE: Final[dict[str, list[Any]]] = {}
for _name, _path in _PLACES:
    _ALIKE.setdefault(_shape(_at(BASE[_name], _path)), []).append(_at(BASE[_name], _path))
_KEYS: Final[dict[str, list[str]]] = {}
for _name, _path in _PLACES:
    if isinstance(_path[-1], str):
        _KEYS.setdefault(_shape(_path[-1]), []).append(_path[-1])

_Pick = Callable[[Sequence[Any]], Any]


def damaged(pick: _Pick) -> dict[str, Any]:
    """Return the plan with one or two things damaged: left out, odd, put in the place of something alike."""
    data = deepcopy(BASE)
    for _ in range(pick([1, 1, 2])):
        name, path = pick(_NEW)
        try:
            owner = _at(data[name], path[:-1])
            value = owner[path[-1]]
        except (LookupError, TypeError):
            continue  # gone with what was damaged before
        match pick(["delete", "odd", "alike", "alike", "alike", "rename", "rename"]):
            case "delete":
                del owner[path[-1]]
            case "odd":
                owner[path[-1]] = deepcopy(pick(_ODD))
            case "alike":
                owner[path[-1]] = deepcopy(pick(_ALIKE.get(_shape(value), _ODD)))
            case _ if isinstance(owner, dict):
                owner[pick(_KEYS.get(_shape(path[-1]), ["x"]))] = owner.pop(path[-1])
    return data


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_damage_is_told_at_its_place_or_does_no_harm(data: st.DataObject) -> None:
    for problem in _judged(damaged(lambda choices: data.draw(st.sampled_from(choices)))):
        assert problem.code in PROBLEMS
        assert problem.code != "value-refused"
        assert problem.line >= 1
        assert problem.column >= 1
        for lang in ("zh", "en"):
            line = render(problem, lang)
            assert line.startswith(f"{problem.file}:{problem.line}:{problem.column}: ")
            assert "\n" not in line
            assert len(line) < 700


def test_every_single_deletion_is_told_or_does_no_harm() -> None:
    """Of each key of the two files once, without chance."""
    for name, path in _NEW:
        if isinstance(path[-1], str):
            data = deepcopy(BASE)
            del _at(data[name], path[:-1])[path[-1]]
            for problem in _judged(data):
                assert problem.line >= 1, (name, path, problem)
