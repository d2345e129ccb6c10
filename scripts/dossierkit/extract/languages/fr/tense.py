"""Tense of French sentences, by participles, endings and the words of verbs.yml."""

from __future__ import annotations

import re
from functools import cache

from dossierkit.text.data import beside

_WORD = re.compile(r"[^\W\d_]+")


def tense(sentence: str) -> str:
    """Return "past", "future" or "" (no listed verb) for a sentence without its quotations."""
    low = sentence.lower()
    words = _WORD.findall(low)
    if _participle().search(low) or not _words("past").isdisjoint(words):
        return "past"
    endings, exceptions = tuple(_words("future_endings")), _words("not_future")
    to_come = any(len(word) > 4 and word.endswith(endings) and word not in exceptions for word in words)
    return "future" if to_come or not _words("future").isdisjoint(words) else ""


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(beside(__package__, "verbs")[kind])


def _either(kind: str) -> str:
    return "|".join(map(re.escape, beside(__package__, "verbs")[kind]))


@cache
def _participle() -> re.Pattern[str]:
    """As in "a quitté", "ont ensuite été reçus"."""
    return re.compile(rf"\b(?:{_either('after')}) (?:\w+ ){{0,3}}?\w{{2,}}(?:{_either('participles')})\b")
