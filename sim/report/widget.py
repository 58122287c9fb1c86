"""A replay as a Jupyter widget: play, pause, speed, a slider, jumps to inject, finding and unit, and the hotwash.

It shows the cards of `sim.report.view` and moves between steps, nothing else: no drill is played for it. A what-if from
the moment shown is `sim.what_if(replay.timeline, at=…)`, a cell of its own, so that nothing is simulated unasked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any, Final

from sim.report.stills import Stills
from sim.report.view import View, view_card
from sim.review.playback import Replay, Stop, hotwash
from sim.words import Lang, say
from sim.words.replay import REPLAY

_VIEW: Final = "application/vnd.jupyter.widget-view+json"
SPEEDS: Final = (1, 2, 5, 10)
"""Steps a second."""
_USUAL: Final = 2
_SECOND: Final = 1000


def shown(replay: Replay, lang: Lang) -> dict[str, Any] | None:
    """Return the widget of a replay as Jupyter shows it, with the card for those who cannot; None without ipywidgets.

    A terminal asks too, so nothing is laid out where no kernel runs.
    """
    if find_spec("ipywidgets") is None or "ipykernel" not in sys.modules:
        return None
    from sim.report.cards import card

    bundle: dict[str, Any] = Player(replay, lang).box._repr_mimebundle_()
    made = card(replay, lang)
    return {_VIEW: bundle[_VIEW], "text/plain": made.text(), "text/html": made.html()}


class Player:
    """The widget of one replay; `box` is what a notebook shows. `step` is where it stands."""

    def __init__(self, replay: Replay, lang: Lang = "zh") -> None:
        """Lay out the widget, at the first step, paused."""
        import ipywidgets as widgets

        self.replay, self.lang, self._stills = replay, lang, Stills(replay, lang)
        last = len(replay) - 1
        self.play = widgets.Play(min=0, max=last, interval=_SECOND // _USUAL, description=self._say("play"))
        self.slider = widgets.IntSlider(
            min=0, max=last, description=self._say("slider"), continuous_update=False
        )
        widgets.jslink((self.play, "value"), (self.slider, "value"))
        self.speed = widgets.Dropdown(
            options=[(f"{speed}×", speed) for speed in SPEEDS], value=_USUAL, description=self._say("speed")
        )
        self.inject = self._jump("jump.inject", self._injects())
        self.gap = self._jump("jump.gap", self._gaps())
        self.unit = self._jump("jump.unit", ((self._stills.unit(unit), unit) for unit in replay.units))
        self.stop = self._jump("hotwash", self._stops())
        self.reveal = widgets.Checkbox(value=False, description=self._say("points"), indent=False)
        self.shown = widgets.HTML()
        self.notice = widgets.Label()
        self.slider.observe(self._moved, "value")
        self.reveal.observe(self._moved, "value")
        self.speed.observe(self._faster, "value")
        for chooser in (self.inject, self.gap, self.stop):
            chooser.observe(self._to_step, "value")
        self.unit.observe(self._to_unit, "value")
        self._moved()
        self.box = widgets.VBox([
            widgets.HBox([self.play, self.slider, self.speed, self.reveal]),
            widgets.HBox([self.inject, self.gap]), widgets.HBox([self.unit, self.stop]),
            self.notice, self.shown,
        ])  # fmt: skip

    @property
    def step(self) -> int:
        """The step that is shown."""
        return int(self.slider.value)

    def _say(self, key: str, **values: object) -> str:
        return say(REPLAY, key, self.lang, **values)

    def _jump(self, key: str, options: Iterable[tuple[str, Any]]) -> Any:
        import ipywidgets as widgets

        given = [(self._say("choose"), None), *options]
        return widgets.Dropdown(
            options=given, value=None, description=self._say(key), style={"description_width": "initial"}
        )

    # --- what there is to jump to

    def _injects(self) -> Iterable[tuple[str, int]]:
        for given in self.replay.injects:
            yield self._say("inject", id=given.inject.id, title=given.inject.title), given.step

    def _gaps(self) -> Iterable[tuple[str, tuple[int, int]]]:
        for place, gap in enumerate(self.replay.gaps):
            yield f"{place + 1} {self._stills.gap(gap)}"[:60], (self.replay.step_at(gap.at), place)

    def _stops(self) -> Iterable[tuple[str, tuple[int, int]]]:
        for place, stop in enumerate(hotwash(self.replay)):
            yield f"{place + 1} {self._stop(stop)}"[:60], (stop.step, place)

    def _stop(self, stop: Stop) -> str:
        return self._say("hotwash.stop", minutes=stop.minutes, what=self._stills.stop(stop))

    # --- what a person does

    def _moved(self, _: object = None) -> None:
        """Show the step of the slider."""
        view = View(self.replay, self.step, self.reveal.value)
        self.shown.value = view_card(view, self.lang).html()

    def _faster(self, change: Any) -> None:
        self.play.interval = _SECOND // change["new"]

    def _to_step(self, change: Any) -> None:
        target = change["new"]
        if target is not None:
            self.go(target[0] if isinstance(target, tuple) else target)

    def _to_unit(self, change: Any) -> None:
        """Go to the next step in which a unit does anything, and be ready to go on from there."""
        unit = change["new"]
        if unit is None:
            return
        self.notice.value = ""
        try:
            self.go(self.replay.to_unit(unit, self.step))
        except KeyError:
            self.notice.value = self._say("no-more.unit", unit=self._stills.unit(unit))
        self.unit.value = None

    def go(self, step: int) -> None:
        """Stand at a step, paused."""
        self.play.playing = False
        self.play.value = step
        self.slider.value = step
