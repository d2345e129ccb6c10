"""Which words of a text changed, line by line (a line of Markdown is a paragraph or an item)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from dossierkit.check.changes.kinds import Change
from dossierkit.merge.body import common_ends

_AROUND = 3
"""Words shown at each side of those that changed."""
_SHOWN = 30
"""Words shown of a longer passage."""


def text_changes(before: str, after: str) -> Iterator[Change]:
    """A change for each line that differs: `before` and `after` are its words there, empty for a line that is new or gone."""
    was, now = before.splitlines(), after.splitlines()
    for what, start, end, first, last in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        lines = list(zip_longest(was[start:end], now[first:last], fillvalue=""))
        found = [_parts(old.split(), new.split()) for old, new in lines if old.split() != new.split()]
        yield from (Change("text", "changed", before=old, after=new) for old, new in found)


def _parts(was: Sequence[str], now: Sequence[str]) -> tuple[str, str]:
    """The words that differ, with some around them."""
    start, end = common_ends(was, now)
    return _shown(was, start, end), _shown(now, start, end)


def _shown(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(words), len(words) - end + _AROUND)
    shown = words[first:last]
    cut = [*shown[: _SHOWN // 2], "…", *shown[-(_SHOWN // 2) :]] if len(shown) > _SHOWN else shown
    return " ".join([*["…"][: bool(first)], *cut, *["…"][: last < len(words)]])
