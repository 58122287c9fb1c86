"""One cell: how a value of strength.yaml is shown in it, and what a person may have typed or Excel made of it."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from sim.plan.durations import DurationError, parse_duration
from sim.plan.schema import Strength
from sim.plan.sheet.shape import Kind
from sim.plan.validation import nearest
from sim.words import Lang, say
from sim.words.sheet import CHOICES, ROW

_NUMBER: Final = r"([0-9]+(?:\.[0-9]+)?)"
_TO: Final = r"\s*(?:\.{2,6}|[-~—–－至到])\s*"
_LOOSE: Final = re.compile(rf"{_NUMBER}(?:{_TO}{_NUMBER})?(?:{_TO}{_NUMBER})?\s*([a-z秒分钟小时天日]*)")
_UNITS: Final = {
    "": "min", "s": "s", "秒": "s", "秒钟": "s", "min": "min", "mins": "min", "分": "min", "分钟": "min",
    "h": "h", "小时": "h", "时": "h", "d": "d", "天": "d", "日": "d",
}  # fmt: skip
_SEPARATORS: Final = re.compile(r"[、,，;；\n]+")


class CellError(ValueError):
    """What a cell holds cannot be understood; `code` is a problem code, `values` fill its message."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class Formula(str):
    """A formula, where a value should stand."""

    __slots__ = ()


class Fault(str):
    """An error of the spreadsheet, such as ``#REF!``."""

    __slots__ = ()


class Names:
    """The words that stand for ids in a sheet: choices in both languages, carriers and channels by their labels."""

    def __init__(self, strength: Strength, lang: Lang) -> None:
        self.lang = lang
        carriers = {name: each.label.model_dump() for name, each in strength.carriers.items()}
        channels = {name: each.label.model_dump() for name, each in strength.channels.items()}
        self._shown = {"carrier": _unique(carriers, lang), "channels": _unique(channels, lang)}
        self._read = {"carrier": _readings(carriers), "channels": _readings(channels)}
        for kind in ("staffed", "road", "grade"):
            ids = [key.split(".")[1] for key in CHOICES if key.startswith(f"{kind}.")]
            self._shown[kind] = {name: say(CHOICES, f"{kind}.{name}", lang) for name in ids}
            self._read[kind] = _readings(
                {n: dict(zip(("zh", "en"), CHOICES[f"{kind}.{n}"], strict=True)) for n in ids}
            )

    def shown(self, kind: str, name: str) -> str:
        """Return the word for an id."""
        return self._shown[kind].get(name, name)

    def read(self, kind: str, word: str) -> str:
        """Return the id that a word stands for. Raise CellError with near words if there is none."""
        if (name := self._read[kind].get(_folded(word))) is not None:
            return name
        words = list(self._shown[kind].values())
        raise CellError("sheet-choice", value=word, allowed=words, near=nearest(word, words))

    def words(self, kind: str) -> list[str]:
        """Return the words to choose from."""
        return list(self._shown[kind].values())


def _unique(labels: Mapping[str, Mapping[str, str]], lang: Lang) -> dict[str, str]:
    """Return a word an id: its label, or the id itself where labels are equal, look like ids or hold separators."""
    words = {name: label.get(lang) or label["zh"] for name, label in labels.items()}
    readable = _readings(labels)
    return {
        name: word if readable.get(_folded(word)) == name and word == word.strip() and not _SEPARATORS.search(word)
        else name
        for name, word in words.items()
    }  # fmt: skip


def _readings(labels: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return what may be typed → id; a label that two share stands for neither, and ids come first."""
    found: dict[str, set[str]] = {}
    for name, label in labels.items():
        for word in label.values():
            found.setdefault(_folded(word), set()).add(name)
    single = {word: next(iter(names)) for word, names in found.items() if len(names) == 1}
    return {**single, **{_folded(name): name for name in labels}}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def show(kind: Kind, value: Any, names: Names) -> str | int | float | None:
    """Return what stands in the cell for a value of the file; nothing for nothing."""
    if value is None or value == []:
        return None
    if kind in ("staffed", "road", "carrier", "grade"):
        return names.shown(kind, value)
    if kind == "channels":
        return say(ROW, "join", names.lang).join(names.shown(kind, each) for each in value)
    return value  # type: ignore[no-any-return]


def parse(kind: Kind, raw: Any, names: Names) -> Any:
    """Return the value of the file that a cell means, None for a blank one. Raise CellError."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, Formula):
        raise CellError("sheet-formula", value=str(raw))
    if isinstance(raw, Fault):
        raise CellError("sheet-error", value=str(raw))
    if isinstance(raw, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        raise CellError("sheet-clock" if kind == "time" else "sheet-text-wanted", value=str(raw))
    if kind == "time":
        return _time(raw)
    if kind == "chance":
        return _chance(raw)
    if kind == "count":
        return _count(raw)
    text = _plain(raw)
    if kind in ("text", "src"):
        return text.strip()
    if kind == "channels":
        return [names.read(kind, each) for each in _SEPARATORS.split(text) if each.strip()] or None
    return names.read(kind, text)


def _plain(raw: Any) -> str:
    if isinstance(raw, bool):
        raise CellError("sheet-text-wanted", value=raw)
    return f"{raw:g}" if isinstance(raw, float) else str(raw)


def _time(raw: Any) -> str:
    """Return a length of time: as it stands if it is one, else as far as there is only one way to take it."""
    if isinstance(raw, bool):
        raise CellError("sheet-duration", value=raw)
    text = _decimal(raw) if isinstance(raw, int | float) else str(raw)
    for form in (text, _loose(text)):
        try:
            parse_duration(form)
        except DurationError as fault:
            if fault.code != "duration-syntax":
                raise CellError(fault.code, value=text) from None
        else:
            return form.strip()
    raise CellError("sheet-duration", value=text)


def _loose(text: str) -> str:
    found = _LOOSE.fullmatch(unicodedata.normalize("NFKC", text).replace("。", ".").strip().casefold())
    if found is None or found[4] not in _UNITS:
        return text
    numbers = [number for number in found.groups()[:3] if number is not None]
    if len(numbers) == 2:
        raise CellError("sheet-duration-two", value=text)
    return f"{'..'.join(numbers)} {_UNITS[found[4]]}"


def _chance(raw: Any) -> float:
    text = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else raw
    percent = isinstance(text, str) and text.endswith("%")
    try:
        if isinstance(text, bool):
            raise ValueError
        number = (
            float(text.removesuffix("%")) / (100 if percent else 1) if isinstance(text, str) else float(text)
        )
    except ValueError:
        raise CellError("sheet-chance", value=raw) from None
    if not 0 <= number <= 1:
        raise CellError("sheet-chance", value=raw)
    return round(number, 12)


def _count(raw: Any) -> int:
    text = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else raw
    try:
        if isinstance(text, bool):
            raise ValueError
        number = float(text)
        if not number.is_integer() or abs(number) > 10**9:
            raise ValueError
    except (ValueError, OverflowError):
        raise CellError("sheet-count", value=raw) from None
    return int(number)


def _decimal(number: float) -> str:
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return "-0" if text == "-0" else text


def same(kind: Kind, one: Any, other: Any) -> bool:
    """Return whether two values mean the same, however they are written."""
    if one is None or other is None or kind != "time":
        return bool((one or None) == (other or None)) if kind == "channels" else bool(one == other)
    return parse_duration(one) == parse_duration(other)
