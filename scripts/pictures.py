"""Make the README's pictures from drills played now, two of them in the system's Chromium: `make pictures`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from sim.cli.main import run

IMAGES = Path(__file__).parent.parent / "docs/images"
SCENARIO = "blast-furnace-gas"
WHAT_IF = ("compare", "ammonia-cold-store", "--set", "desk.operators.off-duty=2", "-n", "200")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BANNER = 52  # pixels that the page's banner covers


def browser() -> str:
    """Return the system's Chromium, or end with a message."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("Chromium is needed to photograph the report: sh scripts/install-browser.sh")
    return found


def photograph(page: Page, start: str, name: str, height: int) -> None:
    """Keep `height` pixels of `page` from the element `start` on as the picture `name`."""
    page.set_viewport_size({"width": 1280, "height": height})
    page.evaluate(
        "([start, banner]) => scrollTo(0, document.querySelector(start).getBoundingClientRect().top"
        " + scrollY - banner)",
        [start, BANNER],
    )
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"{name}.png")


def main() -> None:
    """Play into throwaway folders; keep two pictures of a report and that of a what-if."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        if code := run(["run", SCENARIO, "-o", f"{place}/out"]):
            sys.exit(code)
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = chromium.new_page()
        page.goto((Path(place) / "out/report.html").as_uri())
        page.wait_for_function("window.Bokeh && Bokeh.documents.length > 0")
        photograph(page, ".interactive", "timeline", 800)
        photograph(page, "h1", "brief", 620)
        chromium.close()
    with tempfile.TemporaryDirectory() as place:
        if code := run([*WHAT_IF, "-o", f"{place}/what-if"]):
            sys.exit(code)
        shutil.copyfile(f"{place}/what-if/charts/difference.png", IMAGES / "what-if.png")
    print(*sorted(IMAGES.glob("*.png")), sep="\n")


if __name__ == "__main__":
    main()
