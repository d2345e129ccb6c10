"""Statements of other programs about articles, before they are matched with the repository: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ForeignArticle:
    """An article as another program knows it. `urls`: its addresses; `sha256`: of the original; `date`: of publication, EDTF."""

    title: str = ""
    urls: tuple[str, ...] = ()
    sha256: str = ""
    date: str = ""

    @property
    def shown(self) -> str:
        """For people: title and address, if known."""
        return " ".join(filter(None, (f"“{self.title}”" if self.title else "", next(iter(self.urls), ""))))


@dataclass(frozen=True, slots=True)
class ForeignEntity:
    """`type`: one of Dossierkit's, "" if unknown. `same_as`: identifiers such as "wikidata:Q71"."""

    title: str
    type: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignItem:
    """A statement about an article. `path`, `line`: its position in the input, from 1; `article`: None if it names none.

    An entry has `date` (EDTF), `text` (its heading) and the `entities` concerned; "entity" has one of these; a relation
    has two, from the first to the second, with the words of its type in `text`.
    """

    path: str
    line: int
    kind: Literal["entity", "entry", "relation"]
    article: ForeignArticle | None
    quote: str
    text: str = ""
    date: str = ""
    entities: tuple[ForeignEntity, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignReading:
    """All statements of an input, in order. `notes`: what was left out, and why."""

    items: tuple[ForeignItem, ...]
    notes: tuple[str, ...] = ()
