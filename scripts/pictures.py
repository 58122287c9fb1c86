"""Make the README's two pictures from a drill played now: `make pictures`. The first needs Chromium."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from sim.cli.main import run

IMAGES = Path(__file__).parent.parent / "docs/images"
SCENARIO = "blast-furnace-gas"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WINDOW = (1280, 860)


def browser() -> str:
    """Return the system's Chromium, or end with a message."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("Chromium is needed for the picture of the report: apt-get install chromium")
    return found


def photograph(page_file: Path, picture: Path) -> None:
    """Open `page_file` in the system's browser and keep its first screen."""
    width, height = WINDOW
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.goto(page_file.as_uri())
        page.wait_for_timeout(1500)
        page.screenshot(path=picture)
        chromium.close()


def main() -> None:
    """Play the drill into a throwaway folder and keep two pictures of it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        if code := run(["run", SCENARIO, "-o", f"{place}/out"]):
            sys.exit(code)
        photograph(Path(place) / "out/report.html", IMAGES / "report.png")
        shutil.copyfile(Path(place) / "out/charts/swimlane.png", IMAGES / "timeline.png")
    print(*sorted(IMAGES.glob("*.png")), sep="\n")


if __name__ == "__main__":
    main()
