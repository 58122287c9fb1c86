"""The replay widget as a person uses it, in JupyterLab and Debian's Chromium: play, jump, points, what-if."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

playwright_api = pytest.importorskip("playwright.sync_api")
pytest.importorskip("jupyterlab")
pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30_000


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """Serve the trainer's notebook from a folder of its own, to this machine only; give its address."""
    shutil.copyfile(ROOT / "notebooks/03-trainer.ipynb", tmp_path / "03-trainer.ipynb")
    port, token = free_port(), secrets.token_hex(16)
    own = {
        name: str(tmp_path / f".{name.lower()}")
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={tmp_path}",
    ]  # fmt: skip
    server = subprocess.Popen(
        command, env={**os.environ, **own, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        answers(f"{address}/api", server)
        yield f"{address}/lab/tree/03-trainer.ipynb?reset&token={token}"
    finally:
        server.terminate()
        server.wait(30)


def answers(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address).close()
        except URLError:
            time.sleep(0.3)
        else:
            return
    pytest.fail("JupyterLab does not answer")


@pytest.fixture
def page(lab: str) -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: sh scripts/install-browser.sh")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        page.set_default_timeout(PATIENCE)
        page.goto(lab)
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        yield page
        browser.close()


def test_the_widget_plays_jumps_and_tells_on_demand_and_what_if_shows_both_futures(page: Any) -> None:
    expect = playwright_api.expect
    expect(page.locator(".jp-Notebook-ExecutionIndicator").first).to_have_attribute(
        "data-status", "idle", timeout=PATIENCE
    )
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    shown = page.locator(".widget-html").first
    expect(shown).to_contain_text("第 1/", timeout=PATIENCE)
    shown.scroll_into_view_if_needed()
    controls = page.locator(".widget-play button")
    controls.first.click()
    expect(shown).not_to_contain_text("第 1/", timeout=PATIENCE)
    page.locator(".widget-dropdown select").nth(1).select_option(index=3)  # behind the speed; 0 is "choose"
    expect(shown).to_contain_text("注入 I03", timeout=PATIENCE)
    expect(shown).not_to_contain_text("参考要点")
    page.locator(".widget-checkbox input").first.check()
    expect(shown).to_contain_text("参考要点", timeout=PATIENCE)
    futures = page.locator(".jp-OutputArea-output").filter(has_text="两种走向：").first
    expect(futures).to_contain_text("行完全相同（已核对）", timeout=PATIENCE)
