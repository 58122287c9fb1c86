"""From a document to a model: every fault of a file at once, in our own words, with its line and column."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError

from sim.errors import Problem
from sim.plan import schema
from sim.plan.full_width import Slip, full_width, full_width_key
from sim.plan.reading import Document, KeyPath

_Model = TypeVar("_Model", bound=BaseModel)

MOST_PROBLEMS: Final = 100
"""Problems of one file that are told; what follows is usually the same slip again."""

_WANTED: Final = {
    "string_type": "text",
    "int_type": "whole",
    "float_type": "number",
    "bool_type": "flag",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
}
_LIMITS: Final = {
    "greater_than_equal": ("number-too-small", "ge"),
    "less_than_equal": ("number-too-large", "le"),
    "string_too_long": ("text-too-long", "max_length"),
    "string_too_short": ("text-empty", "min_length"),
}
_PATTERNS: Final = {
    get_args(schema.FactId)[1].pattern: "fact-id",
    get_args(schema.DutyId)[1].pattern: "duty-id",
    get_args(schema.InjectId)[1].pattern: "inject-id",
    get_args(schema.Slug)[1].pattern: "slug",
    get_args(schema.ActorName)[1].pattern: "actor-name",
    get_args(schema.StageRef)[1].pattern: "stage-reference",
    get_args(schema.RuleId)[1].pattern: "rule-id",
    get_args(schema.DateText)[1].pattern: "date",
    get_args(schema.ClockText)[1].pattern: "clock",
    get_args(schema.AtText)[1].pattern: "moment",
    r"^O[0-9]+$": "objective-id",
    schema.Scenario.model_fields["start"].metadata[0].pattern: "start",
}
"""What a pattern of the schema describes → our code."""
_CLOCK: Final = re.compile(r"\d+:\d+(:\d+)?")


def validate(document: Document, model: type[_Model]) -> tuple[_Model | None, list[Problem]]:
    """Return the model that `document` holds, or None, and every problem found, in order of place."""
    problems = list(document.problems)
    if document.data is None:
        return None, problems
    instance: _Model | None = None
    try:
        instance = model.model_validate(document.data, by_alias=True, by_name=False)
    except ValidationError as fault:
        problems += _translated(fault, document, model)
    return instance, limited(problems)


def limited(problems: list[Problem]) -> list[Problem]:
    """Return the problems of one file in order of place, nothing twice, not more than 100."""
    unique: dict[tuple[int, int, str, str], Problem] = {}
    for p in problems:
        unique.setdefault((p.line, p.column, p.code, str(p.values.get("key", ""))), p)
    ordered = sorted(unique.values(), key=lambda problem: (problem.line, problem.column))
    if len(ordered) <= MOST_PROBLEMS:
        return ordered
    rest = Problem("too-many-problems", ordered[0].file, values={"count": len(ordered) - MOST_PROBLEMS})
    return [*ordered[:MOST_PROBLEMS], rest]


def _translated(fault: ValidationError, document: Document, model: type[BaseModel]) -> Iterator[Problem]:
    told = {(problem.line, problem.column) for problem in document.problems}
    for error in fault.errors(include_url=False):
        path, rest = _placed(error["loc"], document)
        problem = _problem(error, path, rest, document, model)
        if (problem.line, problem.column) not in told:
            yield problem


def _placed(loc: tuple[str | int, ...], document: Document) -> tuple[KeyPath, tuple[str | int, ...]]:
    """Split a location into what stands in the file and what pydantic adds (a missing key, an arm)."""
    for length in range(len(loc), -1, -1):
        if loc[:length] in document.values:
            return loc[:length], loc[length:]
    return (), loc


def _problem(
    error: Any, path: KeyPath, rest: tuple[str | int, ...], document: Document, model: type[BaseModel]
) -> Problem:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    at_key = rest[:1] == ("[key]",)
    if kind == "missing":
        return document.problem("missing-key", path, at_key=True, key=str(rest[-1]))
    if kind == "extra_forbidden":
        return _unknown_key(path, document, model)
    if isinstance(value, str) and (sign := _misplaced(kind, value)):
        return slip_problem(document, path, sign, at_key=at_key)
    if kind in _WANTED:
        return _wrong_type(_WANTED[kind], value, path, rest, document, model)
    if kind in _LIMITS:
        code, name = _LIMITS[kind]
        return document.problem(code, path, value=value, limit=context[name])
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        return document.problem(
            "not-one-of", path, value=value, allowed=allowed, near=nearest(value, allowed)
        )
    if kind == "string_pattern_mismatch":
        code = _pattern_code(context["pattern"], str(value))
        return document.problem(code, path, at_key=at_key, value=value)
    if kind.startswith("duration-"):
        code = "duration-clock" if _CLOCK.fullmatch(str(value).strip()) else kind
        return document.problem(code, path, value=value)
    return document.problem("value-refused", path, value=value)


def _misplaced(kind: str, value: str) -> Slip | None:
    """Return a full-width sign where it is the likely cause: in an id, a time, a number, a swallowed key."""
    if kind in ("model_type", "dict_type"):
        return full_width_key(value)
    if kind in ("string_pattern_mismatch", "duration-syntax", "literal_error") or kind in _WANTED:
        return full_width(value)
    return None


def _unknown_key(path: KeyPath, document: Document, model: type[BaseModel]) -> Problem:
    key = str(path[-1])
    if sign := full_width(key):
        return slip_problem(document, path, sign, at_key=True)
    owner = next((shape for shape in _shapes(model, path[:-1]) if _is_model(shape)), None)
    near = nearest(key, _aliases(owner)) if owner else ""
    return document.problem("unknown-key", path, at_key=True, key=key, near=near)


def _wrong_type(
    wanted: str,
    value: Any,
    path: KeyPath,
    rest: tuple[str | int, ...],
    document: Document,
    model: type[BaseModel],
) -> Problem:
    if value is None:
        return document.problem("value-missing", path, at_key=isinstance(path[-1], str))
    if rest and rest[0] in ("bool", "int", "float", "str"):
        return document.problem("value-not-plain", path)
    if isinstance(value, int | float) and not isinstance(value, bool):
        shapes = _shapes(model, path)
        if schema.DurationText in shapes:
            return document.problem("duration-no-unit", path, value=value)
        if schema.AtText in shapes:
            return document.problem("moment-number", path, value=value)
    if isinstance(value, list | dict):
        return document.problem("wrong-shape", path, wanted=wanted, found=_kind(value))
    code = {"text": "wrong-type-text", "list": "wrong-type-list"}.get(wanted, "wrong-type")
    return document.problem(code, path, wanted=wanted, found=_kind(value), value=value)


def _kind(value: Any) -> str:
    names = {bool: "flag", int: "whole", float: "number", str: "text", list: "list", dict: "mapping"}
    return names[type(value)]


def _pattern_code(pattern: str, value: str) -> str:
    name = _PATTERNS.get(pattern, "name")
    if name == "moment" and _CLOCK.fullmatch(value):
        return "clock-syntax"
    return f"{name}-syntax"


def slip_problem(document: Document, path: KeyPath, slip: Slip, *, at_key: bool = False) -> Problem:
    """Return the problem of a full-width sign within the value or key at `path`."""
    values: dict[str, Any] = {"char": slip.char, "better": slip.better}
    return document.problem("full-width", path, at_key=at_key, offset=slip.offset, **values)


def nearest(word: Any, words: Any) -> str:
    """Return the word most like `word`, or nothing."""
    found = get_close_matches(str(word), [str(each) for each in words], 1)
    return found[0] if found else ""


# --- the shape of the model at a place ----------------------------------------------------------------


def _shapes(model: type[BaseModel], path: KeyPath) -> list[Any]:
    """Return the annotations that a value at `path` may have."""
    shapes: list[Any] = [model]
    for part in path:
        shapes = [arm for shape in shapes for inner in _inside(shape, part) for arm in _arms(inner)]
    return shapes


def _inside(shape: Any, part: str | int) -> list[Any]:
    if _is_model(shape):
        hints = _hints(shape)
        return [hints[str(part)]] if part in hints else []
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is dict:
        return [arguments[1]]
    return [arguments[0]] if origin is list else []


def _arms(shape: Any) -> list[Any]:
    return list(get_args(shape)) if get_origin(shape) in (Union, types.UnionType) else [shape]


def _is_model(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def _aliases(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


@lru_cache(maxsize=128)
def _hints(model: type[BaseModel]) -> Mapping[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {field.alias or name: hints[name] for name, field in model.model_fields.items()}
