"""A desk that is served to a real browser, as tests of several folders need it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.process import succeeds
from waitress import wasyncore
from waitress.server import create_server

from dossierkit.desk.access import Access
from dossierkit.desk.application import Application
from dossierkit.desk.server import ROUTES
from dossierkit.desk.session import Desk


def run(*arguments: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [*map(str, arguments)], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def dossier(root: Path, *arguments: str | Path) -> str:
    return succeeds(*arguments, cwd=root)


@dataclass
class Served:
    """A desk that is served at an address that has its token; `strangers`: what was asked of others, `errors`: what went wrong."""

    desk: Desk
    address: str
    browser: object
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def tab(self, path="/", width=1440, scheme="light", locale="en"):
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale=locale,
        )
        page = context.new_page()
        page.on(
            "request",
            lambda asked: (
                asked.url.startswith((self.address, "data:", "about:")) or self.strangers.append(asked.url)
            ),
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda said: said.type == "error" and "404" not in said.text and self.errors.append(said.text),
        )
        page.goto(self.address + path)
        return page


def serve(root: Path, browser, wrapped=lambda application: application) -> Iterator[Served]:
    """`wrapped`: the application as it answers, from the desk's own."""
    desk = Desk.open(root)
    desk.index.load()
    access = Access("127.0.0.1")
    sockets = {}
    server = create_server(
        wrapped(Application(desk, access, ROUTES)), map=sockets, host="127.0.0.1", port=0, threads=4
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    served = Served(desk, f"http://127.0.0.1:{server.effective_port}{access.base}", browser)
    yield served
    # A page may still be asking. The loop itself closes its sockets: closed from here, it would wait for numbers that others get.
    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))
    thread.join()
    assert served.strangers == []
    assert served.errors == []


def select_words(page, words: str) -> None:
    """As a reader does with the mouse."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                document.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
                return;
            }
            throw new Error(words);
        }""",
        words,
    )
