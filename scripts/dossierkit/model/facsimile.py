"""Facsimiles: pictures of an original's pages with quotes, and the positions of the quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

FACSIMILES = "facsimiles/"
"""Where readers find them, below the site: pictures by the SHA-256 of the original and the number of the page."""


class Box(NamedTuple):
    """A rectangle of a picture, in pixels from the upper left corner."""

    left: int
    top: int
    width: int
    height: int


class Quoted(NamedTuple):
    """Words to find in an original. `id`: of the entry; `page`: on which they begin, from 1, 0 if unknown.

    `before`, `after`: their context in the text.
    """

    id: str
    page: int
    words: str
    before: str = ""
    after: str = ""


class FacsimileMark(NamedTuple):
    """Position of an entry's words on a page. `begins`: whether they begin there."""

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
        """The entries whose words begin on this page."""
        return tuple(mark.entry for mark in self.marks if mark.begins)


@dataclass(frozen=True, slots=True)
class Facsimiles:
    """By article id: its facsimiles in page order, and the entries on none of them, with reasons."""

    pages: Mapping[str, tuple[Facsimile, ...]] = field(default_factory=dict)
    missing: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def picture_path(digest: str, page: int) -> str:
    """Path of a page's picture on the site. `digest`: SHA-256 of the original."""
    return f"{FACSIMILES}{digest}-{page}.webp"
