"""A person's name without the form of address or office before it, in languages other than English."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from dossierkit.model.finding import Mention
from dossierkit.text.data import load


def untitled(text: str, mention: Mention, lang: str) -> Mention:
    """The mention without words of data/address.yml before a person's name; a title that stands alone stays."""
    start = mention.start
    if mention.type == "person":
        while (title := _title_at(text, start, mention.end, lang)) and start + len(title) + 1 < mention.end:
            start += len(title) + 1
    return replace(mention, start=start, text=text[start : mention.end])


def _title_at(text: str, start: int, end: int, lang: str) -> str:
    piece = text[start:end]
    return next(
        (title for title in _titles(lang) if piece[: len(title) + 1].lower() == f"{title.lower()} "), ""
    )


@cache
def _titles(lang: str) -> tuple[str, ...]:
    """Longest first, so that "De heer" goes before "De"."""
    return tuple(sorted(load("address").get(lang, ()), key=lambda title: (-len(title), title)))
