"""Lines of a title, measured with the character widths of the card's own font."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from dossierkit.text.data import load

_INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Zl", "Zp"})


class Fit(NamedTuple):
    """A title in lines, with its size in pixels."""

    size: int
    lines: tuple[str, ...]


@cache
def _widths(kind: str) -> dict[int, int]:
    return dict(load("cards/widths")[kind])


def drawable(text: str) -> bool:
    """Whether the text is not blank and the font has every character, so that no box is drawn for a missing glyph."""
    alone = _widths("alone")
    return bool(text.strip()) and all(
        ord(char) in alone or unicodedata.category(char) in _INVISIBLE
        for char in unicodedata.normalize("NFC", text)
    )


def width(text: str) -> int:
    """The width in thousandths of the font size. Arabic letters are narrower before another letter; ligatures do not count."""
    alone, joined = _widths("alone"), _widths("joined")
    shown = [char for char in text if unicodedata.category(char) not in _INVISIBLE]
    following = [*shown[1:], " "][: len(shown)]
    return sum(
        joined[ord(char)] if ord(char) in joined and after.isalpha() else alone.get(ord(char), 0)
        for char, after in zip(shown, following, strict=True)
    )


def fit(text: str, room: int, sizes: tuple[tuple[int, int], ...]) -> Fit:
    """The title in the first size of `sizes`, pairs of (size, most lines), that it fits into; in the last size, cut with an
    ellipsis, if it fits into none.

    `room`: pixels. Lines are about equally long.
    """
    words = text.split()
    for size, most in sizes:
        broken = lines(words, room * 1000 // size)
        if len(broken) <= most and max(map(width, words)) <= room * 1000 // size:
            return Fit(size, _balanced(words, room * 1000 // size, len(broken)))
    size, most = sizes[-1]
    limit = room * 1000 // size
    broken = lines([piece for word in words for piece in _pieces(word, limit)], limit)
    if len(broken) <= most:
        return Fit(size, broken)
    return Fit(size, (*broken[: most - 1], clipped(broken[most - 1] + "…", limit)))


def lines(words: list[str], limit: int) -> tuple[str, ...]:
    """Fill each line with as many words as fit. `limit`: thousandths of the font size."""
    made: list[str] = []
    for word in words:
        if made and width(f"{made[-1]} {word}") <= limit:
            made[-1] = f"{made[-1]} {word}"
        else:
            made.append(word)
    return tuple(made)


def clipped(text: str, limit: int) -> str:
    """The text, cut with an ellipsis if it is wider than `limit`."""
    if width(text) <= limit:
        return text
    start = text.rstrip("…")
    while start and width(start + "…") > limit:
        start = start[:-1].rstrip()
    return start + "…"


def _balanced(words: list[str], limit: int, count: int) -> tuple[str, ...]:
    """Break the words into `count` lines, with the longest line as short as possible."""
    low, high = max(map(width, words)), limit
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(lines(words, middle)) <= count else (middle + 1, high)
    return lines(words, high)


def _pieces(word: str, limit: int) -> list[str]:
    """Split a word that is wider than a line into parts that fit; combining marks stay with their letters."""
    made = [""]
    for char in word:
        if width(made[-1] + char) > limit and not unicodedata.combining(char):
            made.append("")
        made[-1] += char
    return made
