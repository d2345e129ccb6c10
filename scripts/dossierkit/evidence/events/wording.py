"""Quotes in nearly the same words: articles that print one text do not confirm each other."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.text.shingles import shingles

_WORDS = 3
_LEAST = 6
"""Runs of three words in the shorter quote: short sentences are alike by chance."""
_SHARED = 0.6
"""Of these runs, so many must be in the other quote. A word that was changed costs three runs."""


def copied(quotes: Sequence[str]) -> frozenset[int]:
    """Positions of the quotes that another one repeats, but for a few words. None has fewer than eight words."""
    first = first_wordings(quotes)
    return frozenset(at for at, one in enumerate(first) if first.count(one) > 1)


def first_wordings(quotes: Sequence[str]) -> list[int]:
    """For each quote, the position of the first one with its words, which may be its own; a copy of a copy is a copy."""
    runs = [shingles(quote, _WORDS) for quote in quotes]
    first = list(range(len(runs)))
    for at, one in enumerate(runs):
        for earlier in range(at):
            if first[earlier] != first[at] and _alike(one, runs[earlier]):
                low, high = sorted((first[earlier], first[at]))
                first = [low if number == high else number for number in first]
    return first


def accounts(quotes: Sequence[str]) -> int:
    """How many of the quotes repeat none before them."""
    return len(set(first_wordings(quotes)))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= _LEAST and len(one & other) >= _SHARED * shorter
