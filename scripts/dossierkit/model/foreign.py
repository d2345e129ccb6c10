"""What other programs say of articles, before it is matched with what is here: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ForeignArticle:
    """An article as another program knows it. `urls`: where it stands; `sha256`: of the original; `date`: of publication, EDTF."""

    title: str = ""
    urls: tuple[str, ...] = ()
    sha256: str = ""
    date: str = ""

    @property
    def shown(self) -> str:
        """For people: its title and address, as far as they are known."""
        return " ".join(filter(None, (f"“{self.title}”" if self.title else "", next(iter(self.urls), ""))))


@dataclass(frozen=True, slots=True)
class ForeignEntity:
    """`type`: one of ours, empty where none is known. `same_as`: identifiers such as "wikidata:Q71"."""

    title: str
    type: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignItem:
    """Something said of an article. `path`, `line`: where it stands in the input, from 1; `article`: None where it names none.

    An entry has `date` (EDTF), `text` (its heading) and the `entities` that it is about; "entity" has one of these; a relation two, from
    the first to the second, and `text` are the words of its type.
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
    """All that an input says, in its order. `notes`: what was left out, and why."""

    items: tuple[ForeignItem, ...]
    notes: tuple[str, ...] = ()
