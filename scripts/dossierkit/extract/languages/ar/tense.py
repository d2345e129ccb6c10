"""Tense of Arabic sentences, by the words and verb prefixes of verbs.yml."""

from __future__ import annotations

import re
from functools import cache

from dossierkit.text.data import beside

_WORD = re.compile(r"[^\W\d_]+")


def tense(sentence: str) -> str:
    """Return "past", "future" or "" (no listed verb) for a sentence without its quotations."""
    words = [word for form in _WORD.findall(sentence) for word in (form, form.lstrip("وف"))]
    if not _words("past").isdisjoint(words):
        return "past"
    starts, exceptions = tuple(_words("future_starts")), _words("not_future")
    to_come = any(len(word) > 4 and word.startswith(starts) and word not in exceptions for word in words)
    return "future" if to_come or not _words("future").isdisjoint(words) else ""


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(beside(__package__, "verbs")[kind])
