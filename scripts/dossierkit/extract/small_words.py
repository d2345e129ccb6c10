"""Small words inside names, from `data/smallwords.yml`, in small letters."""

from __future__ import annotations

from functools import cache

from dossierkit.text.data import load


@cache
def links() -> frozenset[str]:
    """Words that join those of a body's name and need not give a letter to its acronym: "of", "pour"."""
    return frozenset(word for words in load("smallwords")["links"].values() for word in words)


@cache
def particles() -> frozenset[str]:
    """Words before a surname that belong to it: "de", "al"."""
    return frozenset(load("smallwords")["particles"])


@cache
def articles() -> frozenset[str]:
    """Articles before the names of countries, in languages of the network: "gli", "de"."""
    return frozenset(load("smallwords")["articles"])
