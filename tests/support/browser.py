"""One Chromium for each process that runs tests."""

from __future__ import annotations

import os
import shutil

import pytest
from tests.support.waiting import PATIENCE

# First the one without windows: the same engine, and for the same page half the work of a browser with its own windows.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
BROWSER_PATIENCE = 1000 * PATIENCE  # milliseconds


@pytest.fixture(scope="session")
def chromium() -> str:
    found = os.environ.get("DOSSIERKIT_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        message = "needs Chromium: install it (Debian: apt install chromium-headless-shell), or name it in DOSSIERKIT_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def browser(chromium):
    """One for all files that a process runs: Playwright runs once in each."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install playwright")
    with playwright.sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=chromium, args=list(BROWSER_FLAGS), timeout=BROWSER_PATIENCE
        )
        started.on("context", lambda context: context.set_default_timeout(BROWSER_PATIENCE))
        yield started
        started.close()
