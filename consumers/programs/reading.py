"""What programs that look for the text of a page take for it: Firefox's reader view (Readability) and trafilatura.

The truth is the bare text beside the page. Recall and precision are of words; the least of all articles counts. Both programs
give up on texts of a few words and take the longest thing on the page: Readability below `charThreshold` (500), trafilatura below
`min_extracted_size` (250). Readability is asked with a threshold of 20; of trafilatura only longer texts are asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from consumers.frame import Built, Row, node, node_version, python_version

_LEAST = 0.95
_SHORT = 250


def rows(built: Built) -> Iterator[Row]:
    texts = {file: file.with_name("index.txt").read_text("utf-8") for file in pages(built)}
    readable = node("readability.mjs", *texts)
    found = dict(zip(texts, readable, strict=True))
    yield from _judged("Mozilla Readability", node_version("@mozilla/readability"), found, texts)
    longer = {file: text for file, text in texts.items() if len(text) >= _SHORT}
    if longer:
        found = {file: _extracted(file) for file in longer}
        yield from _judged("trafilatura", python_version("trafilatura"), found, longer)


def pages(built: Built) -> list[Path]:
    """The pages of articles: those with their bare text beside them."""
    return sorted(file.with_name("index.html") for file in (built.site / "articles").rglob("index.txt"))


def _extracted(file: Path) -> str:
    import trafilatura  # noqa: PLC0415 - of the programs' environment

    return trafilatura.extract(file.read_text("utf-8"), include_comments=False) or ""


def _judged(program: str, version: str, found: dict[Path, str], texts: dict[Path, str]) -> Iterator[Row]:
    figures = [_figures(found[file], text) for file, text in texts.items()]
    for number, name in enumerate(("recall", "precision")):
        least = round(min(one[number] for one in figures), 3)
        asked = f"{name} of an article's words, the least of {len(figures)} pages"
        yield Row(program, version, asked, _LEAST, least, least=True)


def _figures(found: str, wanted: str) -> tuple[float, float]:
    got, want = Counter(re.findall(r"\w+", found)), Counter(re.findall(r"\w+", wanted))
    both = sum((got & want).values())
    return both / max(1, want.total()), both / max(1, got.total())
