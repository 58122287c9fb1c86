"""A replay as one HTML file to share: everything inside, nothing fetched, nothing played again."""

from __future__ import annotations

import json
import os
from collections.abc import Hashable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

from sim.errors import OutputError, Problem
from sim.plan.durations import MINUTE
from sim.report.fonts import web_font
from sim.report.frame import FONT
from sim.report.stills import Still, Stills
from sim.review.playback import Replay, hotwash
from sim.words import Lang, pick, say
from sim.words.replay import REPLAY

_TEMPLATES: Final = Path(__file__).parent / "templates"
_LINES: Final = ("rows", "facts", "doing", "waiting", "clocks", "posts")
_SPOKEN: Final = (
    "play", "pause", "left", "over", "none", "question", "no-question", "points", "no-points", "clause",
    "expected", "next", "nothing-next", "timer", "timer.stop", "no-more.unit", "situation",
    "inject",
)  # fmt: skip
"""What the page's own script says."""


def write_replay(
    replay: Replay, target: str | os.PathLike[str], *, lang: Lang = "zh", overwrite: bool = False
) -> None:
    """Write the page to `target`, whole or not at all. Raise OutputError if it cannot be, or is there."""
    path = Path(target)
    if path.is_dir() or (os.path.lexists(path) and not overwrite):
        raise OutputError(Problem("file-is-folder" if path.is_dir() else "output-taken", str(path)))
    work = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        work.write_text(replay_page(replay, lang), encoding="utf-8")
        work.replace(path)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise OutputError(Problem("output-failed", str(path), values={"reason": reason})) from None
    finally:
        work.unlink(missing_ok=True)


def replay_page(replay: Replay, lang: Lang = "zh") -> str:
    """Return the page of a replay."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    house = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    house.globals.update(say=partial(_say, lang), lang=lang, title=pick(replay.plan.title, lang))
    outer = house.get_template("replay.html.j2")
    frame = {
        "data": embedded(page_data(replay, lang)), "stack": FONT, "last": len(replay) - 1,
        "behaviour": (_TEMPLATES / "replay.js").read_text("utf-8"),
    }  # fmt: skip
    return outer.render(frame, font=web_font(outer.render(frame, font="")))


def _say(lang: Lang, key: str, **values: Any) -> str:
    return say(REPLAY, key, lang, **values)


def embedded(value: Any) -> str:
    """Return JSON that can stand in a script element: no text in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def page_data(replay: Replay, lang: Lang) -> dict[str, Any]:
    """Return all that the page shows, in words: each different line once, and for each step which lines it has."""
    stills = Stills(replay, lang)
    lines: dict[str, dict[Hashable, int]] = {name: {} for name in _LINES}
    steps = [_step(replay, stills, step, lines) for step in range(len(replay))]
    return {
        "lines": {name: list(found) for name, found in lines.items()},
        "steps": steps,
        "injects": [
            {**stills.inject(given)._asdict(), "step": given.step} for given in replay.injects
        ],
        "gaps": [
            {"step": replay.step_at(gap.at), "text": stills.gap(gap), "major": gap.severity == "major"}
            for gap in replay.gaps
        ],
        "units": [
            {"name": stills.unit(unit), "steps": _steps_of(replay, unit)} for unit in replay.units
        ],
        "stops": [
            {
                "step": stop.step, "minutes": stop.minutes, "text": stills.stop(stop),
                "inject": -1 if stop.given is None else replay.injects.index(stop.given),
            }
            for stop in hotwash(replay)
        ],
        "words": {key: REPLAY[key][lang == "en"] for key in _SPOKEN},
        "minute": MINUTE,
    }  # fmt: skip


def _step(replay: Replay, stills: Stills, step: int, lines: dict[str, dict[Hashable, int]]) -> dict[str, Any]:
    seen = replay.at(step)
    still: Still = stills.of(seen)
    numbered = {name: _numbers(lines[name], getattr(still, name)) for name in _LINES}
    head = stills.head(seen)
    return {
        "t": seen.t, "head": head, "phase": still.phase, "knows": still.knows, **numbered,
        "injects": [replay.injects.index(given) for given in seen.injects],
        "last": -1 if seen.last is None else replay.injects.index(seen.last),
        "gaps": [replay.gaps.index(gap) for gap in seen.gaps],
    }  # fmt: skip


def _numbers(known: dict[Hashable, int], lines: Iterable[Hashable]) -> list[int]:
    return [known.setdefault(line, len(known)) for line in lines]


def _steps_of(replay: Replay, unit: str) -> list[int]:
    return sorted({replay.step_of(place) for place, row in enumerate(replay.rows) if row.unit == unit})
