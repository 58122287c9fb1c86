"""The strict reader: a YAML 1.2 file becomes plain data, with the line and column of every key and value.

Refused before anything is built: what is missing, a folder, over 1 MiB, not UTF-8, nested too deep, or with
anchors. Scalars are resolved by a short rule of our own, so ``10:30``, ``007``, ``12e4``, ``NO`` and ``+1``
stay text. Faults that leave the rest readable (keys given twice) are kept beside the data, so that one pass
reports everything.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from ruamel.yaml.reader import ReaderError

from sim.errors import Problem
from sim.plan.full_width import full_width_key
from sim.plan.yaml_faults import control_problem, syntax_problem

LARGEST: Final = 1 << 20
"""Bytes in one file."""
DEEPEST: Final = 30
"""Mappings and lists inside each other."""

KeyPath = tuple[str | int, ...]
"""The way from the root to a value: keys, and places in lists."""

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_WIDE: Final = "\u2018-\u201d\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_FOLD: Final = re.compile(f"(?<=[{_WIDE}]) (?=[{_WIDE}])")
"""Where YAML folds two lines of Chinese it leaves a space that nobody wrote."""
_WORDS: Final[Mapping[str, Any]] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Mark(NamedTuple):
    """Line and column, from 1; `inset` is where the text begins after its quote, −1 if unknown."""

    line: int
    column: int
    inset: int = -1


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its data, where each key and value stands, and the faults met on the way.

    `data` is None when the file could not be read at all; then `problems` says why.
    """

    file: str
    data: Any
    keys: Mapping[KeyPath, Mark] = field(default_factory=dict)
    values: Mapping[KeyPath, Mark] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def problem(
        self,
        code: str,
        path: KeyPath,
        /,
        *,
        at_key: bool = False,
        offset: int = 0,
        severity: str = "error",
        **values: Any,
    ) -> Problem:
        """Return a problem at the value (or key) of `path`, or at its nearest parent that stands in the file.

        `offset` counts characters into the text of the value or key.
        """
        marks = self.keys if at_key else self.values
        mark = marks.get(path)
        while mark is None and path:
            path = path[:-1]
            mark = self.keys.get(path) or self.values.get(path)
        mark = mark or Mark(1, 1)
        shift = offset + mark.inset if offset and mark.inset >= 0 else 0
        return Problem(code, self.file, mark.line, mark.column + shift, values, severity)


def read_yaml(path: Path, file: str | None = None) -> Document:
    """Return the file at `path`, named `file` in messages. What cannot be read is told in its `problems`."""
    name = file if file is not None else str(path)
    try:
        return read_text(_decoded(_bytes(path, name), name), name)
    except _Refused as refused:
        return Document(name, None, problems=(refused.problem,))


def read_text(text: str, file: str) -> Document:
    """Return the document written in `text`."""
    collecting = gc.isenabled()
    gc.disable()  # events make no cycles; scanning for them costs a tenth of the reading
    try:
        return _Builder(text, file).document()
    except _Refused as refused:
        return Document(file, None, problems=(refused.problem,))
    finally:
        if collecting:
            gc.enable()


class _Refused(Exception):  # noqa: N818  # leaves by way of a Document, never as an error
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _bytes(path: Path, file: str) -> bytes:
    try:
        if path.is_dir():
            raise _Refused(Problem("file-is-folder", file))
        if not path.exists():
            raise _Refused(Problem("file-missing", file))
        if not path.is_file():
            raise _Refused(Problem("file-unreadable", file))
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError):
        raise _Refused(Problem("file-unreadable", file)) from None
    if len(content) > LARGEST:
        raise _Refused(Problem("file-too-large", file, values={"limit": "1 MiB"}))
    return content


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode("utf-8", "replace").removeprefix("\ufeff")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        place = {"byte": fault.start + 1}
        raise _Refused(Problem("file-encoding", file, line, column, place)) from None


def _scalar(event: ScalarEvent) -> Any:
    """Return what a scalar is: quoted and block text as it stands, plain text by the short rule."""
    text = event.value
    if event.style == ">":
        return _FOLD.sub("", text)
    if event.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
    return text


class _Builder:
    """Builds data and marks from the events of one text."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._events = self._guarded()
        self._depth = 0
        self._keys: dict[KeyPath, Mark] = {}
        self._values: dict[KeyPath, Mark] = {}
        self._problems: list[Problem] = []

    def document(self) -> Document:
        data: Any = None
        documents = 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse("yaml-documents", event)
                data = self._node(next(self._events), ())
            elif isinstance(event, StreamEndEvent):
                break
        if data is None and not self._problems:
            raise _Refused(Problem("file-empty", self._file))
        if not isinstance(data, dict):
            raise _Refused(self._root_problem(data))
        return Document(self._file, data, self._keys, self._values, tuple(self._problems))

    def _guarded(self) -> Iterator[Event]:
        try:
            yield from YAML(typ="safe", pure=True).parse(self._text)
        except MarkedYAMLError as fault:
            raise _Refused(syntax_problem(fault, self._text, self._file)) from None
        except ReaderError as fault:
            raise _Refused(control_problem(fault, self._text, self._file)) from None
        except (ArithmeticError, AssertionError, LookupError, NotImplementedError, ValueError):
            # ruamel trips over a few malformed directives and escapes without telling where
            raise _Refused(Problem("yaml-syntax", self._file)) from None

    def _problem(self, code: str, event: Event, **values: Any) -> Problem:
        mark = event.start_mark
        return Problem(code, self._file, mark.line + 1, mark.column + 1, values)

    def _refuse(self, code: str, event: Event, **values: Any) -> NoReturn:
        raise _Refused(self._problem(code, event, **values))

    def _root_problem(self, data: Any) -> Problem:
        mark = self._values.get((), Mark(1, 1))
        if isinstance(data, str) and (found := full_width_key(data)):
            values = {"char": found.char, "better": found.better}
            return Problem("full-width", self._file, mark.line, mark.column + found.offset, values)
        return Problem("root-not-mapping", self._file, mark.line, mark.column)

    def _report(self, code: str, event: Event, **values: Any) -> None:
        self._problems.append(self._problem(code, event, **values))

    def _node(self, event: Event, path: KeyPath) -> Any:
        anchor = event.anchor if isinstance(event, NodeEvent) else None
        if anchor is not None:
            self._refuse("yaml-anchor", event, name=anchor)
        if getattr(event, "tag", None) is not None:
            self._report("yaml-tag", event, tag=_plain_tag(str(event.tag)))  # type: ignore[attr-defined]
        start = event.start_mark
        if isinstance(event, ScalarEvent):
            self._values[path] = Mark(start.line + 1, start.column + 1, _inset(event))
            if event.style == '"' and _SURROGATE.search(event.value):
                self._report("yaml-escape", event)  # half a character: it could never be written again
            return _scalar(event)
        self._values[path] = Mark(start.line + 1, start.column + 1)
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse("yaml-too-deep", event, limit=DEEPEST)
        data = self._mapping(path) if isinstance(event, MappingStartEvent) else self._sequence(path)
        self._depth -= 1
        return data

    def _sequence(self, path: KeyPath) -> list[Any]:
        items: list[Any] = []
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._node(event, (*path, len(items))))
        return items

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, path)
            place = (*path, key)
            if key in mapping:
                self._twice(key, event, place)
                continue
            start = event.start_mark
            self._keys[place] = Mark(start.line + 1, start.column + 1, _inset(event))
            mapping[key] = self._node(next(self._events), place)
        return mapping

    def _key(self, event: Event, path: KeyPath) -> str:
        if not isinstance(event, ScalarEvent) or not isinstance(_scalar(event), str):
            self._report("key-not-text", event, key=getattr(event, "value", "…"))
        if isinstance(event, ScalarEvent) and event.anchor is None:
            return str(event.value)
        self._node(event, path)  # refuses an anchor; a list or mapping as key is read past
        return "?"

    def _twice(self, key: str, event: Event, place: KeyPath) -> None:
        self._report("duplicate-key", event, key=key, first=self._keys[place].line)
        kept = self._values, self._keys  # the first one counts
        self._values, self._keys = {}, {}
        self._node(next(self._events), place)
        self._values, self._keys = kept


def _plain_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _inset(event: Event) -> int:
    """Where the text of a scalar begins after its mark, if it stands in the file letter for letter."""
    if not isinstance(event, ScalarEvent):
        return -1
    quotes = 1 if event.style in ("'", '"') else 0
    if event.style in ("|", ">"):
        return -1
    length = event.end_mark.index - event.start_mark.index
    return quotes if length == len(event.value) + 2 * quotes else -1
