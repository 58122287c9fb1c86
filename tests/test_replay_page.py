"""The replay as one file to share: what it holds, and that a browser plays it from disk with no network."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim import load_scenario, replay, simulate, write_replay
from sim.errors import OutputError
from sim.record.run import write_run
from sim.record.timeline import Timeline
from sim.report.playback import page_data, replay_page
from sim.report.stills import Stills
from sim.review.playback import Replay

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DESK, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="module")
def opened() -> Replay:
    return replay(simulate(load_scenario("blast-furnace-gas"), seed=7))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_data_of_the_page_gives_every_step_as_the_replay_has_it(opened: Replay, lang: Any) -> None:
    data = json.loads(json.dumps(page_data(opened, lang)))
    stills = Stills(opened, lang)
    assert len(data["steps"]) == len(opened)
    for step, told in enumerate(data["steps"]):
        still = stills.at(step)
        for name in ("rows", "facts", "doing", "waiting", "clocks", "posts"):
            lines = [data["lines"][name][number] for number in told[name]]
            assert lines == json.loads(json.dumps(getattr(still, name)))
        assert told["t"] == opened.time(step)
        assert [data["gaps"][n]["text"] for n in told["gaps"]] == [
            stills.gap(g) for g in opened.at(step).gaps
        ]


def test_no_text_of_a_scenario_ends_the_script_or_begins_an_element(opened: Replay) -> None:
    evil = "</script><script>window.bad = 1</script><!--\u2028"
    plan = opened.plan
    injects = tuple(replace(one, message=evil, question=evil, points=(evil,)) for one in plan.injects)
    bad = Timeline(
        replace(plan, injects=injects, title={"zh": evil, "en": evil}), opened.rows, opened.timeline.manifest
    )
    page = replay_page(replay(bad))
    assert page.count("</script>") == 2
    assert "<script>window" not in page
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data)["injects"][0]["message"] == evil


def test_the_page_asks_for_nothing_outside(opened: Replay) -> None:
    page = replay_page(opened)
    assert not re.findall(r"https?://|src=\"(?!data:)|@import|url\(\"(?!data:)", page)
    assert "default-src 'none'" in page
    assert "演练 EXERCISE" in page


def test_a_file_that_is_there_is_left_alone(opened: Replay, tmp_path: Path) -> None:
    path = tmp_path / "replay.html"
    path.write_text("mine")
    for target in (path, tmp_path):
        with pytest.raises(OutputError):
            write_replay(opened, target)
    assert path.read_text() == "mine"
    write_replay(opened, path, overwrite=True)
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert [one.name for one in tmp_path.iterdir()] == ["replay.html"]


def test_the_command_writes_the_page(opened: Replay, tmp_path: Path, tuiyan: Callable[..., Any]) -> None:
    run, page = tmp_path / "run", tmp_path / "shared" / "replay.html"
    run.mkdir()
    write_run(opened.timeline, run)
    code, out, err = tuiyan("replay", str(run), "--html", str(page), "--lang", "en")
    assert (code, err) == (0, "")
    assert str(page) in out
    assert '<html lang="en">' in page.read_text("utf-8")
    code, _, err = tuiyan("replay", str(run), "--html", str(page))
    assert code == 2
    assert "--overwrite" in err


# --- in a browser -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(opened: Replay, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "replay.html"
    write_replay(opened, path)
    return path


@pytest.fixture(scope="module", params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, shared: Path) -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: sh scripts/install-browser.sh")
    width, height = request.param
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        page = context.new_page()
        page.faults, page.requests = [], []
        page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("request", lambda asked: page.requests.append(asked.url))
        page.goto(shared.as_uri())
        yield page
        assert page.faults == []
        assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []
        browser.close()


def until(page: Any, holds: Callable[[], bool]) -> None:
    """Wait from out here: the page's own policy lets nobody evaluate text as a script in it."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    pytest.fail("waited for 30 s")


@pytest.mark.browser
def test_it_waits_to_be_played_plays_and_pauses(page: Any, opened: Replay) -> None:
    page.wait_for_timeout(500)
    assert f"1/{len(opened)}" in page.inner_text("#head")
    page.select_option("#speed", "600")
    page.click("#play")
    until(page, lambda: int(page.input_value("#slider")) >= 3)
    page.click("#play")
    stood = page.input_value("#slider")
    page.wait_for_timeout(1000)
    assert page.input_value("#slider") == stood


@pytest.mark.browser
def test_it_jumps_to_an_inject_a_finding_and_a_unit(page: Any, opened: Replay) -> None:
    given = next(one for one in opened.injects if one.inject.id == "I03")
    page.select_option("#to-inject", label=f"I03 {given.inject.title}")
    assert page.input_value("#slider") == str(given.step)
    shown = page.inner_text("#inject")
    assert given.inject.message in shown
    assert given.inject.question in shown
    assert given.inject.points[0] not in shown
    page.click("#inject details.points summary")
    assert given.inject.points[0] in page.inner_text("#inject")
    page.select_option("#to-gap", index=3)
    assert page.input_value("#slider") == str(opened.to_gap(2))
    page.select_option("#to-unit", label="区气象局")
    assert page.input_value("#slider") == str(opened.to_unit("区气象局", opened.to_gap(2)))


@pytest.mark.browser
def test_it_shows_what_is_known_beside_what_is_true(page: Any, opened: Replay) -> None:
    step = opened.to_inject("I06")
    page.evaluate(
        f"s => {{ s.value = {step}; s.dispatchEvent(new Event('input')); }}", page.query_selector("#slider")
    )
    still = Stills(opened, "zh").at(step)
    differing = [fact for fact in still.facts if fact.differs]
    assert page.eval_on_selector_all("#facts tr.differs", "rows => rows.length") == len(differing) > 0
    clock, t = still.clocks[0], opened.time(step)
    assert f"剩 {(clock.due - t) / 1000:.1f} 分" in page.inner_text("#clocks")
    assert page.eval_on_selector_all("#waiting tr", "rows => rows.length") == max(1, len(still.waiting))


@pytest.mark.browser
def test_the_hotwash_goes_to_its_stops_and_runs_a_timer(page: Any) -> None:
    page.click("#hotwash")
    page.click("#stops li:nth-child(2) button")
    before = page.inner_text("#timer")
    page.click("#run")
    until(page, lambda: page.inner_text("#timer") != before)
    page.click("#run")
    page.click("#hotwash")
    assert page.is_hidden("#wash")


@pytest.mark.browser
def test_the_page_fits_its_window(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
