"""Quotes in nearly the same words: articles that print one text do not confirm each other."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.text.shingles import shingles

_WORDS = 3
_LEAST = 6
"""Runs of three words in the shorter quote: short sentences are alike by chance."""
_SHARED = 0.6
"""Of these runs, so many must be in the other quote. A word that was changed costs three runs."""


def repeated(quotes: Sequence[str]) -> tuple[int, ...]:
    """For each quote, the position of the first one that it repeats, but for a few words: its own if it repeats none. A copy of a
    copy repeats the first, wherever it stands. Quotes of less than eight words repeat none.
    """
    runs = [shingles(quote, _WORDS) for quote in quotes]
    first = list(range(len(runs)))
    for at, one in enumerate(runs):
        for earlier in range(at):
            if first[earlier] != first[at] and _alike(one, runs[earlier]):
                low, high = sorted((first[earlier], first[at]))
                first = [low if number == high else number for number in first]
    return tuple(first)


def copied(quotes: Sequence[str]) -> frozenset[int]:
    """Positions of the quotes that repeat another one or are repeated."""
    first = repeated(quotes)
    return frozenset(at for at, place in enumerate(first) if first.count(place) > 1)


def accounts(quotes: Sequence[str]) -> int:
    """How many of the quotes repeat none before them."""
    return len(set(repeated(quotes)))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= _LEAST and len(one & other) >= _SHARED * shorter
