"""The report as a person opens it, in Debian's Chromium: alone, offline, on a desk and on a phone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

playwright_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
DESK, PHONE = (1280, 900), (390, 844)


class Opened(NamedTuple):
    """A page with everything it complained of and every address it asked for."""

    page: playwright_api.Page
    faults: list[str]
    requests: list[str]


def reported(folder: Path, *options: str) -> Path:
    command = [Path(sys.executable).with_name("tuiyan"), *options, "run", "blast-furnace-gas", "-o", folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "report.html"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reported(tmp_path_factory.mktemp("report") / "out")


@pytest.fixture(scope="module")
def chromium() -> Iterator[playwright_api.Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: sh scripts/install-browser.sh")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=[DESK, PHONE], ids=["desk", "phone"])
def opened(
    request: pytest.FixtureRequest, chromium: playwright_api.Browser, report: Path
) -> Iterator[Opened]:
    width, height = request.param
    page = chromium.new_page(viewport={"width": width, "height": height})
    seen = Opened(page, [], [])
    page.on("console", lambda message: message.type == "error" and seen.faults.append(message.text))
    page.on("pageerror", lambda error: seen.faults.append(str(error)))
    page.on("request", lambda asked: seen.requests.append(asked.url))
    page.goto(report.as_uri())
    page.wait_for_function(
        "window.Bokeh && Bokeh.documents.length > 0 && document.querySelector('.bk-Figure')"
    )
    yield seen
    page.close()


def test_the_page_fits_its_window(opened: Opened) -> None:
    page = opened.page
    widest = page.evaluate("document.documentElement.scrollWidth")
    assert widest <= page.viewport_size["width"]
    cut = page.evaluate(
        "[...document.querySelectorAll('img')].filter(i => !i.complete || !i.naturalWidth).length"
    )
    assert cut == 0


def test_the_english_page_fits_a_phone(chromium: playwright_api.Browser, tmp_path: Path) -> None:
    page = chromium.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(reported(tmp_path / "out", "--lang", "en").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.close()


def test_a_wide_table_scrolls_in_its_box_by_keyboard(opened: Opened) -> None:
    page = opened.page
    wide = (
        "[...document.querySelectorAll('.box')].filter(b => b.scrollWidth > b.clientWidth + 20"
        " && b.querySelector('table') && !b.closest('details:not([open])'))"
    )
    if page.viewport_size["width"] == PHONE[0]:
        assert page.evaluate(f"{wide}.length") > 3
    if not page.evaluate(f"{wide}.length"):
        return  # on a desk every table that is open may fit
    reach = "b => b.tabIndex === 0 && b.getAttribute('role') === 'region' && !!b.getAttribute('aria-label')"
    assert page.evaluate(f"{wide}.every({reach})")
    page.evaluate(f"{wide}[0].focus()")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "document.activeElement.className === 'box' && document.activeElement.scrollLeft > 0"
    )


def test_every_region_has_its_own_name(opened: Opened) -> None:
    names = opened.page.evaluate(
        "[...document.querySelectorAll('.box')].map(b => b.getAttribute('aria-label'))"
    )
    assert len(names) == len(set(names))


def test_the_page_says_what_it_is(opened: Opened) -> None:
    text = opened.page.inner_text("body")
    assert "推演前仿真提示" in opened.page.title() + text
    assert "演练" in text
    assert text.index("估计") < text.index("差距")  # the assumptions come before what rests on them


def bar(opened: Opened) -> tuple[float, float]:
    """Return where on the page the longest bar of the timeline lies, having scrolled to it."""
    opened.page.locator("#timeline").scroll_into_view_if_needed()
    spot = """() => {
        const plot = Bokeh.documents[0].get_model_by_name("timeline");
        const view = Bokeh.index.find_one(plot);
        const data = plot.renderers.find((one) => one.name === "bars").data_source.data;
        const width = Array.from(data.left, (left, i) => data.right[i] - left);
        const at = width.indexOf(Math.max(...width));
        const frame = view.frame, box = view.el.getBoundingClientRect();
        return [
            box.left + frame.x_scale.compute((data.left[at] + data.right[at]) / 2),
            box.top + frame.y_scale.compute(data.y[at]),
        ];
    }"""
    x, y = opened.page.evaluate(spot)
    opened.page.evaluate("y => scrollBy(0, y - innerHeight / 2)", y)
    opened.page.wait_for_timeout(200)
    x, y = opened.page.evaluate(spot)
    return x, y


def span(opened: Opened) -> float:
    """Return how many minutes the timeline shows."""
    shown: float = opened.page.evaluate(
        "() => { const x = Bokeh.documents[0].get_model_by_name('timeline').x_range; return x.end - x.start; }"
    )
    return shown


def test_a_bar_that_is_touched_tells_its_story(opened: Opened) -> None:
    picked = opened.page.locator("#picked")
    before = picked.inner_text()
    opened.page.mouse.click(*bar(opened))
    opened.page.wait_for_function(
        "before => document.getElementById('picked').innerText !== before", arg=before
    )
    assert "T+" in picked.inner_text()


def test_the_timeline_zooms_and_comes_back(opened: Opened) -> None:
    whole = span(opened)
    opened.page.click("[data-zoom=in]")
    assert span(opened) < whole
    opened.page.click("[data-zoom=all]")
    assert span(opened) == whole


def test_one_unit_can_be_seen_alone(opened: Opened) -> None:
    lanes = "() => { const y = Bokeh.documents[0].get_model_by_name('timeline').y_range; return y.end - y.start; }"
    whole = abs(opened.page.evaluate(lanes))
    opened.page.select_option("#unit", index=2)
    assert abs(opened.page.evaluate(lanes)) < whole


def test_the_page_is_clean_and_asks_nobody(opened: Opened, report: Path) -> None:
    """Stands last: whatever the tests above did to the page, it complained of nothing and asked for nothing."""
    opened.page.mouse.wheel(0, 4000)
    opened.page.wait_for_timeout(300)
    assert opened.faults == []
    assert opened.requests[0] == report.as_uri()
    assert [url for url in opened.requests[1:] if not url.startswith(("data:", "blob:"))] == []
