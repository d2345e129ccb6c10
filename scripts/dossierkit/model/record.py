"""Authority records: the curated pages of entities."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dossierkit.model.imported import ImportOrigin
from dossierkit.model.media import Author, Medium
from dossierkit.model.notice import Correction, Withdrawal

ENTITY_TYPES = ("person", "organization", "place", "document", "event")
PRECISIONS = ("exact", "city", "region", "country")
_PARTICLE = re.compile(r"[a-z]{1,4}[-’' ]")
"""What a name in small letters begins with that has a capital in headings; other names in small letters are written so."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the language it is in (BCP 47, empty: the record's own)."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A curated statement about two records, with the article and quote that support it, and its position in the file."""

    type: str
    to: str
    date: str = ""
    article: str = ""
    quote: str = ""
    line: int = 0
    col: int = 0


@dataclass(frozen=True, slots=True)
class Location:
    """A point in WGS 84 degrees. `precision`: the area that it represents: "exact", "city", "region" or "country"."""

    lat: float
    lon: float
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One entity.

    `facts`: name and value, such as `died` (EDTF), in the order of data/facts.yml. `weak_aliases`: names that mean it only in an
    article that has a full name of it. `redirects`: its former ids, which no other record may have. `sources`: origins of
    imported facts. `named_only`: it has a page on the site only if another page names it. `candidate`: it has no file below
    content/entities/ but is derived from the pages that name it; `given`: the other names that these give it. `unreviewed`: the machine made it and nobody decided on it.
    `body_line`: the line of its file on which `body` starts; it does not count for equality.
    """

    id: str
    title: str
    type: str
    path: str = ""
    aliases: tuple[Name, ...] = ()
    weak_aliases: tuple[Name, ...] = ()
    same_as: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()
    description: str = ""
    relations: tuple[Relation, ...] = ()
    location: Location | None = None
    facts: tuple[tuple[str, str], ...] = ()
    status: str = "draft"
    tags: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    sources: tuple[ImportOrigin, ...] = ()
    named_only: bool = False
    embargo: str = ""
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    body: str = ""
    extra: tuple[tuple[str, object], ...] = ()
    candidate: bool = False
    given: tuple[str, ...] = ()
    unreviewed: bool = False
    image: Medium | None = None
    authors: tuple[Author, ...] = ()
    media: tuple[Medium, ...] = ()
    body_line: int = field(default=1, compare=False)

    @property
    def strong_names(self) -> tuple[Name, ...]:
        """The title and the aliases: names that mean this entity in any article."""
        return (Name(self.title), *self.aliases)

    @property
    def other_names(self) -> tuple[Name, ...]:
        """The aliases; of a candidate, names that articles give it, without parts of its title ("Moreau" of "Ada Moreau")."""
        words = set(self.title.casefold().split())
        return (
            *self.aliases,
            *(Name(name) for name in self.given if not words.issuperset(name.casefold().split())),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The texts of all its names, weak ones last."""
        return (self.title, *(name.text for name in (*self.aliases, *self.weak_aliases)))

    @property
    def heading(self) -> str:
        """The title as a heading, or at the beginning of a list's line: "Al-Sidiq al-Sour", "Von der Aue", but "eBay", "adidas"."""
        title = self.title
        return title[0].upper() + title[1:] if _PARTICLE.match(title) else title

    def stated(self, key: str) -> Any:  # noqa: ANN401 - each key has a shape of its own
        """The value of a key of its front matter, fact or not; empty if it has none."""
        return getattr(self, key) if key in self.__slots__ else dict(self.facts).get(key, "")

    @property
    def bare(self) -> bool:
        """Whether it is a draft with nothing but names and a type."""
        values = (
            self.body.strip(), self.description, self.same_as, self.not_same_as, self.relations, self.location,
            self.facts, self.tags, self.redirects, self.embargo, self.corrections, self.extra,
            self.image, self.authors, self.media,
        )  # fmt: skip
        return self.status == "draft" and not any(values)


def by_file(records: Mapping[str, Record]) -> dict[str, Record]:
    """Records in file order; those without a file as if they had one."""
    return dict(sorted(records.items(), key=lambda item: f"{item[0]}.md".split("/")))
