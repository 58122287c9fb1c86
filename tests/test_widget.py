"""The replay as a Jupyter widget: what it shows, and how a person moves it."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest

import sim
from sim.report.stills import Stills
from sim.review.playback import Replay, hotwash

pytest.importorskip("ipywidgets")

from sim.report.widget import SPEEDS, Player


@pytest.fixture(scope="module")
def replay() -> Replay:
    return sim.replay(sim.simulate(sim.load_scenario("blast-furnace-gas"), seed=7))


@pytest.fixture
def player(replay: Replay) -> Player:
    return Player(replay, "zh")


def value_of(chooser: Any, place: int) -> Any:
    """The value of an entry; the first one is the invitation to choose."""
    return chooser.options[place + 1][1]


def test_it_begins_at_the_first_step_paused(player: Player, replay: Replay) -> None:
    assert player.step == 0
    assert not player.play.playing
    assert player.slider.max == player.play.max == len(replay) - 1
    assert escape(Stills(replay, "zh").head(replay.at(0))) in player.shown.value
    assert "演练 EXERCISE" in player.shown.value


def test_the_slider_shows_its_step_and_only_that(player: Player, replay: Replay) -> None:
    for step in (3, len(replay) - 1, 0):
        player.slider.value = step
        assert player.shown.value == sim.look_at(replay, step)._repr_html_()


def test_a_jump_goes_to_the_inject_finding_or_stop_and_pauses(player: Player, replay: Replay) -> None:
    player.play.playing = True
    player.inject.value = value_of(player.inject, 1)
    assert player.step == replay.injects[1].step
    assert not player.play.playing
    assert escape(replay.injects[1].inject.message) in player.shown.value
    player.gap.value = value_of(player.gap, 2)
    assert player.step == replay.to_gap(2)
    player.stop.value = value_of(player.stop, 0)
    assert player.step == hotwash(replay)[0].step


def test_points_come_on_demand_only(player: Player, replay: Replay) -> None:
    given = next(one for one in replay.injects if one.inject.points)
    player.go(given.step)
    assert escape(given.inject.points[0]) not in player.shown.value
    player.reveal.value = True
    assert escape(given.inject.points[0]) in player.shown.value


def test_a_unit_is_followed_from_step_to_step_until_it_does_nothing_more(
    player: Player, replay: Replay
) -> None:
    unit, seen = replay.units[0], []
    while not player.notice.value:
        seen.append(player.step)
        player.unit.value = unit
    wanted = sorted({replay.step_of(place) for place, row in enumerate(replay.rows) if row.unit == unit})
    assert seen[1:] == [step for step in wanted if step > 0]


def test_speed_is_steps_a_second(player: Player) -> None:
    player.speed.value = SPEEDS[-1]
    assert player.play.interval == 1000 // SPEEDS[-1]


def test_outside_a_kernel_a_replay_shows_its_card(replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    assert replay._repr_mimebundle_() is None
    for given in replay.injects:
        assert given.inject.id in str(replay)
