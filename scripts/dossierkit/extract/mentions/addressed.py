"""A name without the form of address or office before it, or the article that opens its sentence, in languages other than English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from dossierkit.model.finding import Mention
from dossierkit.text.data import load


def untitled(text: str, mention: Mention, lang: str) -> Iterator[Mention]:
    """The mention without words of data/address.yml before a person, or an article (data/articles.yml) before an organisation.

    A title that stands alone stays, an article alone is no name.
    """
    articles = load("articles").get(lang, ())
    if mention.text in articles:
        return
    start, first = mention.start, mention.text.partition(" ")[0]
    if mention.type == "organization" and first in articles and _opens(text, start):
        start += len(first) + 1
    if mention.type == "person":
        while (title := _title_at(text, start, mention.end, lang)) and start + len(title) + 1 < mention.end:
            start += len(title) + 1
    yield replace(mention, start=start, text=text[start : mention.end])


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \"“„«»'")
    return not before or before[-1] in ".!?\n"


def _title_at(text: str, start: int, end: int, lang: str) -> str:
    piece = text[start:end]
    return next(
        (title for title in _titles(lang) if piece[: len(title) + 1].lower() == f"{title.lower()} "), ""
    )


@cache
def _titles(lang: str) -> tuple[str, ...]:
    """Longest first, so that "De heer" goes before "De"."""
    return tuple(sorted(load("address").get(lang, ()), key=lambda title: (-len(title), title)))
