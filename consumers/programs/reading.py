"""What programs that look for the text of a page take for it: Firefox's reader view (Readability) and trafilatura.

The truth is the bare text beside the page. Recall and precision are of words; the least of all pages counts. Both programs give up
on a text of a few words and take the longest thing on the page instead: Readability below 500 characters (`charThreshold`), trafilatura
below 250 (`min_extracted_size`). Of texts shorter than 500 characters only recall is asked: the article is there, if with more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from consumers.frame import Built, Row, node, node_version, python_version

_LEAST = 0.95
_SHORT = 500


def rows(built: Built) -> Iterator[Row]:
    texts = {file: file.with_name("index.txt").read_text("utf-8") for file in pages(built)}
    readable = dict(zip(texts, node("readability.mjs", *texts), strict=True))
    extracted = {file: _extracted(file) for file in texts}
    yield from _judged("Mozilla Readability", node_version("@mozilla/readability"), readable, texts)
    yield from _judged("trafilatura", python_version("trafilatura"), extracted, texts)


def pages(built: Built) -> list[Path]:
    """The pages of articles: those with their bare text beside them."""
    return sorted(file.with_name("index.html") for file in (built.site / "articles").rglob("index.txt"))


def _extracted(file: Path) -> str:
    import trafilatura  # noqa: PLC0415 - of the programs' environment

    return trafilatura.extract(file.read_text("utf-8"), include_comments=False) or ""


def _judged(program: str, version: str, found: dict[Path, str], texts: dict[Path, str]) -> Iterator[Row]:
    figures = {file: _figures(found[file], text) for file, text in texts.items()}
    longer = [figures[file] for file, text in texts.items() if len(text) >= _SHORT]
    shorter = [figures[file] for file, text in texts.items() if len(text) < _SHORT]
    asked = (
        ("recall", 0, longer, "articles of 500 characters or more"),
        ("precision", 1, longer, "articles of 500 characters or more"),
        ("recall", 0, shorter, "shorter articles"),
    )
    for name, number, given, of in asked:
        if given:
            least = round(min(one[number] for one in given), 3)
            yield Row(
                program,
                version,
                f"{name} of words, the least of all {of}",
                _LEAST,
                least,
                least=True,
            )


def _figures(found: str, wanted: str) -> tuple[float, float]:
    got, want = Counter(re.findall(r"\w+", found)), Counter(re.findall(r"\w+", wanted))
    both = sum((got & want).values())
    return both / max(1, want.total()), both / max(1, got.total())
