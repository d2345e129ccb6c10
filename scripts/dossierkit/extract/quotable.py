"""Words of a text that stand in it only once, so that a quote of them points at one place."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")
_RUN = 4


class Quotable:
    """Knows which runs of four words a text has once. Built in one pass; asking costs the length of the quote."""

    def __init__(self, text: str) -> None:
        self._text = text
        words = _WORD.findall(text)
        self._runs = Counter(zip(*(words[shift:] for shift in range(_RUN)), strict=False))

    def once(self, start: int, end: int) -> bool:
        """Whether text[start:end], which must not cut words, certainly occurs once."""
        words = _WORD.findall(self._text, start, end)
        return any(
            self._runs[run] == 1 for run in zip(*(words[shift:] for shift in range(_RUN)), strict=False)
        )
