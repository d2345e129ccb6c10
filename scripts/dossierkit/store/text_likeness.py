"""Whether two texts share paragraphs, whatever surrounds them (navigation, notices)."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterator
from typing import NamedTuple

_LEAST = 60  # letters and digits: shorter paragraphs occur in many texts
_MARKS = 4
_NO_LETTER = re.compile(r"[\W_]+")
_LINES = re.compile(r"\n\s*\n")


class Paragraphs(NamedTuple):
    """The data of a text for comparisons: digests of its longer paragraphs, and the number of letters and digits of each."""

    digests: array[int]
    sizes: array[int]


def body_of(page: str) -> str:
    """The text below the front matter of a page."""
    head, mark, body = page.replace("\r\n", "\n").removeprefix("---\n").partition("\n---\n")
    return body if mark else head


def paragraphs_of(body: str) -> Paragraphs:
    """The paragraphs of a text, each once, the longest first."""
    found = sorted(dict.fromkeys(_paragraphs(body)), key=lambda paragraph: (-len(paragraph), paragraph))
    return Paragraphs(array("Q", map(_digest, found)), array("L", map(len, found)))


def marks_of(text: Paragraphs) -> list[int]:
    """Digests of the longest paragraphs: similar texts have one in common."""
    return list(text.digests[:_MARKS])


def shares(one: Paragraphs, other: Paragraphs) -> tuple[float, float]:
    """The share of each text that is in the other, by paragraphs: 1.0 for all."""
    there = frozenset(other.digests)
    common = sum(size for digest, size in zip(*one, strict=True) if digest in there)
    whole, other_whole = sum(one.sizes), sum(other.sizes)
    return (common / whole if whole else 0.0, common / other_whole if other_whole else 0.0)


def _paragraphs(body: str) -> Iterator[str]:
    for block in _LINES.split(body):
        text = _NO_LETTER.sub("", block).casefold()
        if len(text) >= _LEAST:
            yield text


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
