"""Unique word sequences of a text, so that a quote points at one place."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

_WORD = re.compile(r"\w+")
_CONTEXT = 40  # characters
_RUN = 4


class Quotable:
    """Finds which runs of four words occur once in a text. Built in one pass; a query costs the length of the quote."""

    def __init__(self, text: str) -> None:
        self._text = text
        words = _WORD.findall(text)
        self._runs = Counter(zip(*(words[shift:] for shift in range(_RUN)), strict=False))

    def once(self, start: int, end: int) -> bool:
        """Whether text[start:end], at word boundaries, certainly occurs once."""
        words = _WORD.findall(self._text, start, end)
        return any(
            self._runs[run] == 1 for run in zip(*(words[shift:] for shift in range(_RUN)), strict=False)
        )

    def surroundings(self, start: int, end: int) -> tuple[str, str]:
        """The words before and after text[start:end] that tell it from other places with the same words; empty if there are none.

        At least about 40 characters on each side, and more where tables or lists repeat those too.
        """
        if self.once(start, end):
            return "", ""
        size = _CONTEXT
        while True:
            before, after = self._before(start, size), self._after(end, size)
            whole = size >= max(start, len(self._text) - end)
            if whole or self._plain.count(_plain(before + self._text[start:end] + after)) == 1:
                return before, after
            size *= 2

    @cached_property
    def _plain(self) -> str:
        return _plain(self._text)

    def _before(self, start: int, size: int) -> str:
        """The whole words before a place."""
        piece = self._text[max(0, start - size) : start]
        return piece if start <= size else piece.partition(" ")[2]

    def _after(self, end: int, size: int) -> str:
        piece = self._text[end : end + size]
        return piece if end + size >= len(self._text) else piece.rpartition(" ")[0]


def _plain(text: str) -> str:
    """As quotes are compared: without regard to case and white space."""
    return " ".join(text.split()).casefold()
