"""What a notebook and a terminal show of the things of this package."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

import sim
from sim.record.timeline import Timeline


@pytest.fixture(scope="module")
def drill() -> Timeline:
    return sim.simulate(sim.load_scenario("blast-furnace-gas"), seed=7)


@pytest.fixture
def english() -> Iterator[None]:
    sim.speak("en")
    yield
    sim.speak("zh")


def things(drill: Timeline) -> dict[str, Any]:
    return {
        "timeline": drill,
        "findings": sim.evaluate(drill),
        "scenario": sim.load_scenario("blast-furnace-gas"),
        "roster": sim.load_roster(),
        "checked": sim.check("blast-furnace-gas"),
        "study": sim.replicate(sim.load_scenario("blast-furnace-gas"), n=4, jobs=1),
        "sensitivity": sim.sensitivity(
            sim.load_scenario("blast-furnace-gas"), only=("desk.verify",), n=2, jobs=1
        ),
        "futures": sim.what_if(drill, at=60, change=sim.MoreHands()),
    }


class Read(HTMLParser):
    """The text of a piece of HTML; every element must be closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, _: Any) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_html_and_text_tell_the_same_and_say_that_it_is_an_exercise(drill: Timeline) -> None:
    for thing in things(drill).values():
        text = str(thing)
        assert text.startswith("演练 EXERCISE")
        for cell in Read(thing._repr_html_()).text:
            assert cell in text


def test_cards_tell_the_figures_of_what_they_show(drill: Timeline) -> None:
    shown = {name: str(thing) for name, thing in things(drill).items()}
    activated = next(row.t for row in drill.rows if row.event == "activated") / 1000
    assert f"T+{activated:.1f}" in shown["timeline"]
    assert f"  {len(drill.rows)}" in shown["timeline"]
    findings = sim.evaluate(drill)
    major = sum(gap.severity == "major" for gap in findings.gaps)
    assert f"主要 {major}，次要 {len(findings.gaps) - major}" in shown["findings"]
    assert "  25" in shown["roster"]
    assert "blast-furnace-gas" in shown["scenario"]
    assert "已核对" in shown["futures"]


def test_cards_speak_english(drill: Timeline, english: None) -> None:
    shown = things(drill)
    heads = {
        "timeline": "Timeline",
        "findings": "Possible gaps",
        "roster": "Roster",
        "study": "Study",
        "checked": "Check",
    }
    for name, head in heads.items():
        assert head in str(shown[name])
    with pytest.raises(ValueError, match="fr"):
        sim.speak("fr")  # type: ignore[arg-type]


def test_a_terminal_names_a_thing_in_one_line(drill: Timeline) -> None:
    for thing in things(drill).values():
        assert "\n" not in repr(thing)
        assert len(repr(thing)) < 120


def test_ipython_shows_the_text(drill: Timeline) -> None:
    class Printer:
        said = ""

        def text(self, text: str) -> None:
            self.said += text

    printer = Printer()
    drill._repr_pretty_(printer, cycle=False)
    assert printer.said == str(drill)


def test_ipython_prints_the_card_of_a_thing_that_has_a_repr_of_its_own(drill: Timeline) -> None:
    pretty = pytest.importorskip("IPython.lib.pretty").pretty
    for thing in things(drill).values():
        assert pretty(thing) == str(thing)


def test_what_a_scenario_says_is_no_html(drill: Timeline) -> None:
    plan = replace(drill.plan, title={"zh": "<b>险</b>", "en": "x"}, site="<script>alert(1)</script>")
    html = Timeline(plan, drill.rows, drill.manifest)._repr_html_()
    assert html is not None
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_a_room_that_is_imported_alone_has_its_cards() -> None:
    """Nobody need import sim.report: the package says where cards are made, and opens it for the first."""
    code = (
        "from sim.plan.workspace import load_roster; import sys; roster = load_roster();"
        "assert 'sim.report' not in sys.modules; assert '25' in str(roster); assert 'sim.report.cards' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
