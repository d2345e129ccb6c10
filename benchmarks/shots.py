"""A contact sheet of a built site: each page type at three widths, light and dark, scripts off, Arabic, print.

    python benchmarks/shots.py FOLDER [--site SITE]

Builds the demo site unless `--site` names one that is built already, photographs it in Chromium (DOSSIERKIT_CHROMIUM, or
the one on the path) and writes PNG files and the printed article as a PDF into FOLDER.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "home": "",
    "article": "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/",
    "arabic": "articles/2016/waqf-al-amal-al-adaiya/",
    "dossier": "dossiers/geneva-talks-2016/",
    "entity": "entities/staffan-de-mistura/",
    "place": "entities/geneva/",
    "articles": "articles/",
    "dossiers": "dossiers/",
    "entities": "entities/",
    "timeline": "timeline/",
    "sources": "sources/",
    "latest": "latest/",
    "corrections": "corrections/",
    "data": "data/",
    "about": "about/",
    "event": "entities/cessation-of-hostilities-2016/",
    "document": "entities/unsc-resolution-2254/",
    "missing": "404.html",
}
WIDTHS = {1440: 900, 768: 1024, 390: 844}
SCHEMES = ("light", "dark")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site's address on this machine while the block runs."""
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


LAID_OUT = "document.querySelectorAll('main *').forEach(one => (one.style.contentVisibility = 'visible'))"
"""Parts far below are laid out only when a reader nears them; a picture of a whole page needs all of them."""


def chromium() -> str:
    """The browser to use. Raises SystemExit where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = os.environ.get("DOSSIERKIT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        sys.exit("no Chromium: install one, or name it in DOSSIERKIT_CHROMIUM")
    return found


def shots(browser: Browser, base: str, folder: Path, only: str) -> None:
    """Each page type in each width and scheme, whole; and the article as a reader first sees it, and lit."""
    for scheme in SCHEMES:
        for width, height in WIDTHS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
            )
            page = context.new_page()
            for name, path in PAGES.items():
                if only in name:
                    page.goto(base + path, wait_until="networkidle")
                    page.evaluate(LAID_OUT)
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=name != "article")
            context.close()


def states(browser: Browser, base: str, folder: Path) -> None:
    """What a reader does, with scripts and without: panels opened, an entry chosen, an entity chosen.

    `state-entry-1440-script.png` is the picture of the README.
    """
    for width, height in WIDTHS.items():
        for kind in ("script", "plain"):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                java_script_enabled=kind == "script",
                reduced_motion="reduce",
            )
            page = context.new_page()
            for name, chosen, number in (
                ("entry", ".dk-entry__text a", 6),
                ("entity", ".dk-entity > :first-child", 5),
            ):
                page.goto(base + PAGES["article"], wait_until="networkidle")
                unfold(page)
                if name == "entry":
                    page.screenshot(path=folder / f"state-open-{width}-{kind}.png", full_page=True)
                page.locator(f".dk-panel {chosen}").nth(number).click()
                page.wait_for_timeout(200)
                page.screenshot(path=folder / f"state-{name}-{width}-{kind}.png")
            context.close()


def unfold(page: Page) -> None:
    """Open the panels where they are folded."""
    for panel in page.locator(".dk-panel").all():
        if not panel.locator("a").first.is_visible():
            panel.locator("summary").click()


def printed(browser: Browser, base: str, folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    for name in ("article", "arabic", "dossier"):
        page.goto(base + PAGES[name], wait_until="networkidle")
        page.pdf(path=folder / f"print-{name}.pdf", format="A4")
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--site", type=Path, help="a site that is built already")
    parser.add_argument("--only", default="", help="page types whose name holds this")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as play:
        site = arguments.site or Path(place)
        if not arguments.site:
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
            subprocess.run(command, cwd=ROOT, check=True)
        with served(site) as base:
            browser = play.chromium.launch(
                executable_path=chromium(),
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            shots(browser, base, arguments.folder, arguments.only)
            if not arguments.only:
                states(browser, base, arguments.folder)
                printed(browser, base, arguments.folder)
            browser.close()


if __name__ == "__main__":
    main()
