"""How the things of this package show themselves in a notebook and when printed.

What a card says is told by `sim.report.cards`, which lies above those that are shown. So nobody down here knows it: the
package itself, when it is imported, says where cards are made (`made_by`), and that room is opened when the first card
is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from sim.words import Lang


class Card(Protocol):
    """A card in its two forms."""

    def text(self) -> str:
        """Return it as lines of text."""
        ...

    def html(self) -> str:
        """Return it as a piece of HTML."""
        ...


Maker = Callable[[Any, Lang], Card]
Player = Callable[[Any, Lang], dict[str, Any] | None]


class _House:
    maker: Maker | None = None
    player: Player | None = None
    lang: Lang = "zh"


def made_by(maker: Maker) -> None:
    """Let `maker` make every card from now on."""
    _House.maker = maker


def played_by(player: Player) -> None:
    """Let `player` make the widget of a replay from now on."""
    _House.player = player


def widget_of(thing: Any) -> dict[str, Any] | None:
    """Return the widget of a thing as Jupyter shows it; None where there is no ipywidgets."""
    return None if _House.player is None else _House.player(thing, _House.lang)


def speak(lang: Lang) -> None:
    """Show cards in this language from now on: ``zh`` or ``en``."""
    if lang not in ("zh", "en"):
        raise ValueError(lang)
    _House.lang = lang


class Shown:
    """What shows a card: as HTML in a notebook, as text in IPython and when printed."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        """Let IPython find the card: of a class with a ``__repr__`` of its own it takes that, unless both are there."""
        if "__repr__" in cls.__dict__ and "_repr_pretty_" not in cls.__dict__:
            cls._repr_pretty_ = Shown._repr_pretty_  # type: ignore[method-assign]

    def _card(self) -> Card | None:
        return None if _House.maker is None else _House.maker(self, _House.lang)

    def __str__(self) -> str:
        card = self._card()
        return repr(self) if card is None else card.text()

    def _repr_html_(self) -> str | None:
        card = self._card()
        return None if card is None else card.html()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if cycle else str(self))
