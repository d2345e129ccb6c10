"""An article as it is read from a source, before anything is proposed from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """Plain text with what is known of it.

    `published` is an EDTF date (`2016-05-30`, `2016-05`) or None when unknown: it is never guessed. `lang` is a
    BCP 47 tag. `text` is without the title; all offsets into it are code points, half open.
    """

    id: str
    text: str
    title: str = ""
    published: str | None = None
    lang: str = "en"
