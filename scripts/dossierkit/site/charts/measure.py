"""The width of a text, estimated without a font: no common sans serif is much wider.

The classes of widths are those of Verdana and DejaVu Sans, the widest fonts that `--dk-sans` may select, in thousandths of the
font size. A label that fits in these fits in Arial, Roboto and Segoe UI too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

_LINES = 3
_NARROW = frozenset("iIjlftr.,:;'’‘!|()[]-/ \u00a0\u2011")
_WIDE = frozenset("mwMWOQGD@%&—…")
_RTL = frozenset({"R", "AL"})


@cache
def _em(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Cf"}:
        return 0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1050
    if char in _NARROW:
        return 400
    if char in _WIDE:
        return 960
    return 730 if char.isupper() else 640


def width(text: str, size: float) -> float:
    """The width of a line in the unit of `size`."""
    return sum(map(_em, text)) * size / 1000


def direction(text: str) -> str:
    """`rtl` or `ltr`, by the first letter that has a direction (the rule of HTML's `dir="auto"`)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _RTL:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


@cache
def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """The text in at most three lines, as few as possible, each within `room`.

    A longer text fills them and ends in an ellipsis, like a word that is too long for a line.
    """
    words = text.split()
    lines: tuple[str, ...] = (text,)
    for count in range(1, min(len(words), _LINES) + 1):
        lines = min(_divisions(words, count), key=lambda parts: max(width(part, size) for part in parts))
        if all(width(line, size) <= room for line in lines):
            return lines
    return tuple(_filled(words, size, room))


def _filled(words: list[str], size: float, room: float) -> Iterator[str]:
    for _ in range(_LINES - 1):
        fitting = 1
        while fitting < len(words) and width(" ".join(words[: fitting + 1]), size) <= room:
            fitting += 1
        yield shorten(" ".join(words[:fitting]), size, room)
        words = words[fitting:]
        if not words:
            return
    yield shorten(" ".join(words), size, room)


def _divisions(words: list[str], count: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(1, len(words)), count - 1):
        ends = (0, *cuts, len(words))
        yield tuple(" ".join(words[start:end]) for start, end in pairwise(ends))


def shorten(text: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis if it is wider than `room`."""
    if width(text, size) <= room:
        return text
    start = text
    while start and width(start, size) + width("…", size) > room:
        start = start[:-1]
    return f"{start.rstrip()}…"
