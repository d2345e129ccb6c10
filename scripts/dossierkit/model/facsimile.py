"""Facsimiles: pictures of those pages of an original that contain quotes, with the position of the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

FACSIMILES = "facsimiles/"
"""Their folder on the site; file names have the SHA-256 of the original and the page number."""


class Box(NamedTuple):
    """A rectangle in a picture, in pixels from the upper left corner."""

    left: int
    top: int
    width: int
    height: int


class Quoted(NamedTuple):
    """A quote to be located in an original.

    `id`: of the timeline entry. `page`: on which it begins, from 1; 0 if unknown. `before`, `after`: its context in the text.
    """

    id: str
    page: int
    words: str
    before: str = ""
    after: str = ""


class FacsimileMark(NamedTuple):
    """The position of an entry's quote on a page. `begins`: whether it begins on this page."""

    entry: str
    boxes: tuple[Box, ...]
    begins: bool = True


class Facsimile(NamedTuple):
    """The picture of a page, numbered from 1.

    `path`: on the site. `width`, `height`: in pixels. `seed`: path of the original in the repository.
    """

    page: int
    path: str
    width: int
    height: int
    seed: str
    marks: tuple[FacsimileMark, ...]

    def begun(self) -> tuple[str, ...]:
        """The ids of the entries whose quotes begin on this page."""
        return tuple(one.entry for one in self.marks if one.begins)


@dataclass(frozen=True, slots=True)
class Facsimiles:
    """By article id: the facsimiles in page order, and the entries that were not located, each with the reason."""

    pages: Mapping[str, tuple[Facsimile, ...]] = field(default_factory=dict)
    missing: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def picture_path(digest: str, page: int) -> str:
    """The path on the site of a page's picture. `digest`: the SHA-256 of the original."""
    return f"{FACSIMILES}{digest}-{page}.webp"
