"""Facsimiles: pictures of the pages of an original on which quotes stand, and where in them the words are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

FACSIMILES = "facsimiles/"
"""Where readers find them, below the site: pictures by the SHA-256 of the original and the number of the page."""


class Box(NamedTuple):
    """A rectangle of a picture, in its pixels, from the upper left corner."""

    left: int
    top: int
    width: int
    height: int


class Quoted(NamedTuple):
    """Words to be looked for in an original. `id`: of the entry; `page`: on which they begin, from 1, 0 where that is not known.

    `before`, `after`: what stands beside them in the text.
    """

    id: str
    page: int
    words: str
    before: str = ""
    after: str = ""


class FacsimileMark(NamedTuple):
    """Where the words of an entry stand on a page. `begins`: whether they begin there."""

    entry: str
    boxes: tuple[Box, ...]
    begins: bool = True


class Facsimile(NamedTuple):
    """The picture of a page, from 1. `path`: on the site; `width`, `height`: in pixels; `seed`: the original, from the repository's root."""

    page: int
    path: str
    width: int
    height: int
    seed: str
    marks: tuple[FacsimileMark, ...]

    def begun(self) -> tuple[str, ...]:
        """The entries whose words begin here."""
        return tuple(mark.entry for mark in self.marks if mark.begins)


@dataclass(frozen=True, slots=True)
class Facsimiles:
    """By the id of the article: its facsimiles in the order of the pages, and the entries that are on none, each with the reason."""

    pages: Mapping[str, tuple[Facsimile, ...]] = field(default_factory=dict)
    missing: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def picture_path(digest: str, page: int) -> str:
    """Where the picture of a page lies on the site. `digest`: the SHA-256 of the original."""
    return f"{FACSIMILES}{digest}-{page}.webp"
