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
    runs = [shingles(quote, _WORDS) for quote in quotes]
    return frozenset(
        at
        for at, one in enumerate(runs)
        if any(_alike(one, other) for place, other in enumerate(runs) if place != at)
    )


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= _LEAST and len(one & other) >= _SHARED * shorter
