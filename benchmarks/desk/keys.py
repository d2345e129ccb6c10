"""Count the keys and clicks that articles take at the desk until they are published, in a real browser; prints Markdown.

usage: keys.py REPOSITORY [--judgements FILE] [--chromium PATH]

REPOSITORY as for benchmarks/review/prompts.py; it is changed: work on a copy. FILE: those of benchmarks/review, or judgements.yml here. The editor looks at each article, puts right
what the judgement says is wrong, and publishes it with `P`. A click on a name in the text or beside it is counted as a key; a prompt is an
item that is decided on by itself, or `P`. Of a twin the number beside it is pressed, or its name typed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright
from waitress.server import create_server

from dossierkit.desk.access import Access
from dossierkit.desk.application import Application
from dossierkit.desk.server import ROUTES
from dossierkit.desk.session import Desk

sys.path.append(str(Path(__file__).resolve().parents[1] / "review"))
from prompts import _JUDGEMENTS, _page

_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@dataclass
class Hands:
    """What was pressed and clicked, and on how many things it was decided."""

    page: Page
    keys: int = 0
    prompts: int = 0

    def press(self, key: str) -> None:
        """A key that has the page swapped: wait for what the desk says."""
        self.keys += 1
        self.page.evaluate("document.querySelector('#said').dataset.old = 'yes'")
        self.page.keyboard.press(key)
        self.page.locator("#said:not([data-old])").wait_for(state="attached")

    def point(self, title: str, item: str) -> bool:
        """Click an item, if it is there."""
        value = title.replace("\\", "\\\\").replace('"', '\\"')
        found = self.page.locator(item, has=self.page.locator(f'input[name="title"][value="{value}"]'))
        if not found.count():
            return False
        self.keys += 1
        found.first.focus()
        return True

    def decide(self, title: str, key: str, item: str = "[data-item]") -> None:
        if self.point(title, item) and self.page.locator(f'[data-item]:focus [data-key="{key}"]').count():
            self.prompts += 1
            self.press(key)

    def at_the_name(self, title: str, act: Any) -> None:  # noqa: ANN401 -- what is done there
        """In the queue, and back."""
        if not self.point(title, "[data-item]"):
            return
        back = self.page.url
        self.keys += 2  # to it and back
        self.prompts += 1
        self.page.goto(self.page.evaluate("document.activeElement.querySelector('[data-key=o]').href"))
        act()
        self.page.goto(back)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("repository", type=Path)
    parser.add_argument("--judgements", type=Path, default=_JUDGEMENTS)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    options = parser.parse_args()
    desk = Desk.open(options.repository.resolve())
    desk.index.load()
    access = Access("127.0.0.1")
    server = create_server(Application(desk, access, ROUTES), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    address = f"http://127.0.0.1:{server.effective_port}{access.base}"
    judgements = yaml.safe_load(options.judgements.read_text(encoding="utf-8"))
    print("| article | prompts | keys and clicks | published |\n|---|---|---|---|")
    total = [0, 0]
    with sync_playwright() as play:
        page = play.chromium.launch(executable_path=options.chromium, args=[*_FLAGS]).new_page()
        page.set_default_timeout(180_000)
        for stem, judged in judgements.items():
            path = _page(options.repository, stem)
            hands = Hands(page)
            page.goto(f"{address}/article/{path.relative_to('content/articles').with_suffix('')}")
            _edit(hands, judged)
            state = desk.index.articles[path.as_posix()].page.article.status
            total = [total[0] + hands.prompts, total[1] + hands.keys]
            print(
                f"| {stem[:40]} | {hands.prompts} | {hands.keys} | {'yes' if state == 'published' else 'no'} |"
            )
    print(f"| **an article** | {total[0] / len(judgements):.1f} | {total[1] / len(judgements):.1f} | |")


def _edit(hands: Hands, judged: dict[str, Any]) -> None:
    page = hands.page
    while page.locator(".question").count():
        hands.prompts += 1
        page.locator(".question").first.focus()
        hands.press("0")
    for name in judged.get("wrong", ()):
        hands.decide(name, "r")
    for name in judged.get("junk", ()):
        hands.decide(name, "j")
    for heading in judged.get("entries", ()):
        title = page.locator(f'.entry input[name="title"][value^="{heading}"]')
        if title.count():
            hands.decide(title.first.get_attribute("value") or "", "r")
    for name, kind in judged.get("types", {}).items():
        hands.at_the_name(name, lambda kind=kind: _retype(hands, kind))
    for name, other in judged.get("twins", {}).items():
        hands.at_the_name(name, lambda other=other: _same(hands, other))
    hands.prompts += 1
    hands.press("P")


def _retype(hands: Hands, kind: str) -> None:
    hands.keys += 2  # t, and the first letter of the type
    hands.page.keyboard.press("t")
    hands.page.locator("#v-type").select_option(kind)
    hands.press("Enter")


def _same(hands: Hands, other: str) -> None:
    card = hands.page.locator(".twins article", has_text=other).locator("button").first
    if card.count():
        hands.press(card.get_attribute("data-key") or "")
        return
    hands.keys += 1
    hands.page.keyboard.press("m")
    options = hands.page.locator("#found button")
    for letter in other:
        hands.keys += 1
        with hands.page.expect_response("**/find?**"):
            hands.page.keyboard.type(letter)
        hands.page.wait_for_timeout(50)
        if options.count() and other in options.first.inner_text():
            break
    hands.press("Enter")


if __name__ == "__main__":
    main()
