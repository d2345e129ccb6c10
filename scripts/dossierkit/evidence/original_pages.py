"""The original's page of a position in the text, by `source.pages`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from dossierkit.model.source import Mark, inked

_DIGITS = 12
"""Of a count: no text is longer, and Python reads no number of thousands of digits."""


def parsed(pages: str) -> tuple[Mark, ...]:
    """`number@count` values in text order; others are ignored."""
    pairs = (one.rpartition("@") for one in pages.split())
    marks = (
        Mark(int(at), label)
        for label, _, at in pairs
        if label and at.isascii() and at.isdigit() and len(at) <= _DIGITS
    )
    return tuple(sorted(marks, key=lambda mark: mark.at))


def pages_at(marks: Sequence[Mark], text: str, offsets: Iterable[int]) -> list[str]:
    """The page of each offset (code point of a non-space character); "" before the first mark."""
    found = []
    for offset in offsets:
        number = bisect_right(marks, inked(text[:offset]), key=lambda mark: mark.at)
        found.append(marks[number - 1].label if number else "")
    return found
