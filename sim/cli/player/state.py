"""What a replay shows in a terminal, and how keys and time move it."""

from __future__ import annotations

from typing import Final, Literal

from sim.plan.durations import MINUTE
from sim.report.stills import Stills
from sim.review.playback import Given, Replay, hotwash
from sim.words import Lang, say
from sim.words.replay import REPLAY

Mode = Literal["watch", "units", "hotwash"]
SPEEDS: Final = (1, 10, 30, 60, 120, 300, 600)
"""How much faster than the clock of the drill."""
LONGEST: Final = 3.0
"""Seconds that a step stays at most."""
SHORTEST: Final = 0.08
"""Seconds that a step stays at least, or nobody sees it."""
_USUAL: Final = SPEEDS.index(60)


class State:
    """Where a replay stands. `press` takes a key, `pass_time` the seconds that went by."""

    def __init__(self, replay: Replay, lang: Lang) -> None:
        """Begin at the first step, paused."""
        self.replay, self.lang, self.stills = replay, lang, Stills(replay, lang)
        self.step, self.playing = 0, False
        self.mode: Mode = "watch"
        self.points = False
        self.notice = ""
        self.over = False
        self.chosen = 0
        self.stops = hotwash(replay)
        self.stop = 0
        self.timing = False
        self.left = [stop.minutes * 60.0 for stop in self.stops]
        self._speed, self._stayed = _USUAL, 0.0

    @property
    def speed(self) -> int:
        """How much faster than the clock of the drill it plays."""
        return SPEEDS[self._speed]

    @property
    def given(self) -> Given | None:
        """The inject that is talked of: that of the stop, else the last one given."""
        if self.mode == "hotwash":
            return self.stops[self.stop].given
        return self.replay.at(self.step).last

    @property
    def busy(self) -> bool:
        """Whether anything moves by itself."""
        return self.playing or (self.mode == "hotwash" and self.timing)

    def press(self, key: str) -> None:
        """Do what a key asks for; an unknown one does nothing."""
        self.notice = ""
        if key == "q":
            self.over = True
        elif key == "p":
            self.points = not self.points
        elif self.points and key == "esc":
            self.points = False
        else:
            {"watch": self._watch, "units": self._units, "hotwash": self._hotwash}[self.mode](key)

    def pass_time(self, seconds: float) -> None:
        """Let time pass: the next step comes when it is due, a timer runs down."""
        if self.mode == "hotwash":
            if self.timing:
                self.left[self.stop] -= seconds
            return
        if not self.playing:
            return
        self._stayed += seconds
        while self.playing and self._stayed >= (due := self.stay()):
            self._stayed -= due
            self._go(self.step + 1)

    def stay(self) -> float:
        """Return how many seconds the step stays while it plays."""
        if self.step + 1 >= len(self.replay):
            return 0.0
        minutes = (self.replay.time(self.step + 1) - self.replay.time(self.step)) / MINUTE
        return min(LONGEST, max(SHORTEST, minutes * 60 / self.speed))

    # --- keys

    def _watch(self, key: str) -> None:
        if key == "space":
            self.playing, self._stayed = not self.playing and self.step + 1 < len(self.replay), 0.0
        elif key in ("left", "right"):
            self.playing = False
            self._go(self.step + (1 if key == "right" else -1))
        elif key in ("+", "=", "-"):
            self._speed = min(len(SPEEDS) - 1, max(0, self._speed + (-1 if key == "-" else 1)))
        elif key == "i":
            self._jump(self.replay.next_inject(self.step))
        elif key == "g":
            self._jump(self.replay.next_gap(self.step))
        elif key == "u":
            self.playing, self.mode = False, "units"
        elif key == "h":
            self.playing, self.mode = False, "hotwash"
            self._show_stop(self.stop)

    def _units(self, key: str) -> None:
        units = self.replay.units
        if key in ("up", "down"):
            self.chosen = (self.chosen + (1 if key == "down" else -1)) % len(units)
        elif key == "enter":
            self.mode = "watch"
            try:
                self._jump(self.replay.to_unit(units[self.chosen], self.step))
            except KeyError:
                unit = self.stills.unit(units[self.chosen])
                self.notice = say(REPLAY, "no-more.unit", self.lang, unit=unit)
        elif key in ("esc", "u"):
            self.mode = "watch"

    def _hotwash(self, key: str) -> None:
        if key in ("down", "right", "up", "left"):
            self._show_stop(self.stop + (1 if key in ("down", "right") else -1))
        elif key == "space":
            self.timing = not self.timing
        elif key in ("h", "esc"):
            self.mode, self.timing = "watch", False

    def _show_stop(self, stop: int) -> None:
        if not self.stops:
            return
        self.stop = min(len(self.stops) - 1, max(0, stop))
        self.step = self.stops[self.stop].step

    def _jump(self, step: int | None) -> None:
        self.playing = False
        if step is None:
            self.notice = say(REPLAY, "no-more", self.lang)
        else:
            self._go(step)

    def _go(self, step: int) -> None:
        last = len(self.replay) - 1
        self.step = min(last, max(0, step))
        if self.step == last:
            self.playing = False
