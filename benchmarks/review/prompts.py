"""Count the prompts of `dossier review` on articles that were judged by hand; prints Markdown.

usage: prompts.py REPOSITORY [--one-by-one]

REPOSITORY: a dossier made with `dossier init`, to which the sources that judgements.yml names were added (others may be there).
It is changed: work on a copy. An editor who decides as judgements.yml says goes through the pages in its order. A prompt is a
key or a line that is asked for. With --one-by-one every item is looked at by itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from dossierkit.model.record import Record
from dossierkit.workflow.review.screen import Screen, Span
from dossierkit.workflow.terminal import by_page

_JUDGEMENTS = Path(__file__).with_name("judgements.yml")


class Editor(Screen):
    """Presses what the judgement of an article says, and counts. What is shown goes nowhere."""

    def __init__(self, judged: Mapping[str, Any], *, one_by_one: bool) -> None:
        super().__init__()
        self.judged, self.one_by_one = judged, one_by_one
        self.keys = self.lines = 0
        self.place, self.title = "", ""
        self.items: list[str] = []
        self.pressed: set[tuple[str, str, str]] = set()

    def head(self, place: str, title: str) -> None:
        self.place, self.title, self.items = place, title, []

    def say(self, words: str, style: str = "") -> None:
        if style != "dim" and words[:5].strip().isdecimal():
            self.items.append(words[5:].strip())

    def sentence(self, text: str, span: Span | None, lang: str) -> None:
        pass

    def ask(self, keys: Sequence[tuple[str, str]]) -> str:
        if self.items and "o" in dict(keys):
            if self.one_by_one:
                return "o"
            self.keys += 1
            return "p" if self._wrong() else "a"
        self.keys += 1
        key = self._key(self.title, dict(keys))
        again = (self.place, self.title, key) in self.pressed
        self.pressed.add((self.place, self.title, key))
        return "s" if again else key

    def line(self, question: str, default: str = "") -> str:
        self.lines += 1
        if question.startswith("numbers"):
            return " ".join(self._wrong())
        return self.judged.get("types", {}).get(_name(self.title), default)

    def record(self, question: str, find: Callable[[str], Sequence[Record]]) -> Record | None:  # noqa: ARG002
        self.lines += 1
        wanted = self.judged["twins"][_name(self.title)]
        return next((one for one in find(wanted) if wanted in {one.title, *map(str, one.aliases)}), None)

    def _wrong(self) -> list[str]:
        found = ((at, self._key(item, {})) for at, item in enumerate(self.items, 1))
        return [f"{at}{key if key in 'rj' else ''}" for at, key in found if key != "a"]

    def _key(self, title: str, keys: Mapping[str, str]) -> str:
        if keys and "0" in keys:
            return "0"
        name, judged = _name(title), self.judged
        by_key = {"j": "junk", "r": "wrong", "t": "types", "m": "twins"}
        found = next((key for key, kind in by_key.items() if name in judged.get(kind, ())), "a")
        heading = title.partition(" ")[2]
        return "r" if any(heading.startswith(one) for one in judged.get("entries", ())) else found


def _name(title: str) -> str:
    return title.rpartition(" (")[0]


def _page(root: Path, stem: str) -> Path:
    """The page whose source has that stem, whatever number stands before it."""
    for page in sorted((root / "content/articles").rglob("*.md")):
        if f"-{stem}.txt" in page.read_text(encoding="utf-8") or f"/{stem}.txt" in page.read_text(
            encoding="utf-8"
        ):
            return page.relative_to(root)
    raise SystemExit(f"{stem}: no page has it as its source")


def _items(page: Path) -> int:
    """Entities and entries of a draft, those in doubt included."""
    head = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
    return len(head["entities"]) + len(head["timeline"]) + len(head.get("proposed", {}).get("entities", ()))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("repository", type=Path)
    parser.add_argument("--one-by-one", action="store_true")
    options = parser.parse_args()
    judgements = yaml.safe_load(_JUDGEMENTS.read_text(encoding="utf-8"))
    pages = {stem: _page(options.repository, stem) for stem in judgements}
    print("| article | items | prompts | of these lines |\n|---|---|---|---|")
    total = [0, 0, 0]
    for stem, page in pages.items():
        editor = Editor(judgements[stem], one_by_one=options.one_by_one)
        items = _items(options.repository / page)
        by_page.run(options.repository, page, screen=editor)
        counted = items, editor.keys + editor.lines, editor.lines
        total = [before + now for before, now in zip(total, counted, strict=True)]
        print(f"| {stem[:40]} | {' | '.join(map(str, counted))} |")
    print(f"| **an article** | {' | '.join(f'{number / len(pages):.1f}' for number in total)} |")


if __name__ == "__main__":
    main()
