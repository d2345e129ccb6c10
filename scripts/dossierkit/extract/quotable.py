"""Unique word sequences of a text, so that a quote points at one place."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")
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
