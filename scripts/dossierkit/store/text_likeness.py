"""Whether two texts are the same but for what stands around them, told by their paragraphs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

_LEAST = 60  # letters and digits: shorter paragraphs stand in many texts
_MARKS = 4
_NO_LETTER = re.compile(r"[\W_]+")
_LINES = re.compile(r"\n\s*\n")


def body_of(page: str) -> str:
    """What stands below the front matter of a page."""
    head, mark, body = page.replace("\r\n", "\n").removeprefix("---\n").partition("\n---\n")
    return body if mark else head


def marks_of(body: str) -> list[int]:
    """Digests of the longest paragraphs: texts that are alike have one in common."""
    found = sorted(_paragraphs(body), key=lambda one: (-len(one), one))[:_MARKS]
    return [_digest(one) for one in found]


def share(one: str, other: str) -> float:
    """How much of the shorter text stands in the other, by paragraphs: 1.0 for all."""
    first, second = ({text: len(text) for text in _paragraphs(body)} for body in (one, other))
    least = min(sum(first.values()), sum(second.values()))
    return sum(size for text, size in first.items() if text in second) / least if least else 0.0


def _paragraphs(body: str) -> Iterator[str]:
    for block in _LINES.split(body):
        text = _NO_LETTER.sub("", block).casefold()
        if len(text) >= _LEAST:
            yield text


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
