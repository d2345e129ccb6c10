"""Which sentences can hold a name at all: the network need not read the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_SMALL = re.compile(r"(?<![\w-])[^\W\d_A-Z][^\W\d_A-Z]*(?![\w-])")
_FIRST = re.compile(r"\w+")
_CAPITAL = re.compile(r"[^\W\d_a-z]")


def worth_reading(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences with a capital beyond their first word, or whose first word is one that the text never writes small."""
    small = frozenset(_SMALL.findall(text))
    return [span for span in sentences if _may_name(text, *span, small)]


def _may_name(text: str, start: int, end: int, small: frozenset[str]) -> bool:
    first = _FIRST.search(text, start, end)
    if first is None:
        return False
    opener = first.group()
    common = opener.isdigit() or (opener.lower() in small and (opener.istitle() or opener.islower()))
    return not common or any(True for _ in _capitals(text, first.end(), end))


def _capitals(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Letters that are no small ones: capitals, and those of scripts without case."""
    return (one for one in _CAPITAL.finditer(text, start, end) if not one.group().islower())
