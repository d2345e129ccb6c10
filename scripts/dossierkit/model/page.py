"""Curated pages: articles, dossiers, and a repository's whole content.

`line` and `col` fields (from 1) are positions in the file, for messages. `extra` holds front-matter keys of other
programs and of the site's own templates, as read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dossierkit.model.decision import Decision
from dossierkit.model.edtf import parse
from dossierkit.model.media import FOLDER, Author, Medium
from dossierkit.model.notice import Correction, Withdrawal
from dossierkit.model.record import Record

DATED_BY = ("report", "story", "heading")
STATUSES = ("draft", "reviewed", "published", "withdrawn")
PUBLIC = frozenset({"reviewed", "published"})
"""The statuses of pages that readers see; by them an editor has confirmed what the page says."""


@dataclass(frozen=True, slots=True)
class EarlierSource:
    """A copy in seeds/ that was replaced by a newer one because the publisher corrected the article."""

    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """The source of an article. `file`: the copy in seeds/; `sha256`: its digest in hexadecimal.

    `part_of`: the file or message that it was extracted from; `identifier`: its id at its publisher; `captured`: when a web
    page was saved, EDTF; `pages`: the first position of each page of the original in the added text, as `number@count`, which
    counts the characters before it that are not white space; `publish`: what readers may get: "original" (the file),
    "facsimiles" (pictures of its pages) or "both"; `earlier`: copies of earlier editions; `facts`: name and value, in the
    order of `text.recordfacts.article_facts`.
    """

    publisher: str = ""
    url: str = ""
    archived: str = ""
    file: str = ""
    sha256: str = ""
    author: str = ""
    rights: str = ""
    part_of: str = ""
    identifier: str = ""
    captured: str = ""
    pages: str = ""
    publish: str = ""
    earlier: tuple[EarlierSource, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    def stated(self, key: str) -> str:
        """The value of a key, fact or not; empty if it has none."""
        return str(getattr(self, key) if key in self.__slots__ else dict(self.facts).get(key, ""))

    @property
    def files(self) -> tuple[str, ...]:
        """All copies in seeds/, the current one first."""
        return tuple(file for file in (self.file, *(one.file for one in self.earlier)) if file)


@dataclass(frozen=True, slots=True)
class EntityRef:
    """An entity in an article's sidebar. `also`: names that mean this entity in this article only.

    `name` and `type` are set if the page gives them instead of a record's id; `id` is then made from them
    (`text.fold.name_id`).
    """

    id: str
    also: tuple[str, ...] = ()
    line: int = 0
    col: int = 0
    name: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """The result of checking a claim (https://schema.org/ClaimReview): the claim, who made it, and the reviewer's rating.

    `reviewer`: who checked it, empty for the site's publisher; `url`: of the full review, empty if it is this page.
    """

    claim: str
    rating: str
    by: tuple[Author, ...] = ()
    reviewer: tuple[Author, ...] = ()
    url: str = ""

    def __str__(self) -> str:
        said = ", ".join(one.shown for one in self.by)
        checked = ", ".join(author.shown for author in self.reviewer)
        whole = " ".join(filter(None, (f"({checked})" if checked else "", self.url)))
        return f"{said + ': ' if said else ''}{self.claim} - {self.rating} {whole}".strip()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A dated claim and its quote (a W3C TextQuoteSelector: exact, prefix, suffix).

    `date`: EDTF; empty if `when` (the words of the date, such as "last week") could not be resolved. `event`: entries with the
    same value report the same event, and those with different values report different ones. `key`: it is a key moment of its
    dossiers. `unreviewed`: the machine wrote it and nobody decided on it. `dated_by`: the origin of a date that the quote does
    not give: the day of the "report", of the "story" (named in the first sentences), or of the "heading" above. `order`: its
    position among entries of the same date, smallest first. `claim_review`: if it reports a claim that was checked. `facts`:
    name and value, in the order of `text.recordfacts.entry_facts`.
    """

    text: str
    quote: str
    date: str = ""
    when: str = ""
    prefix: str = ""
    suffix: str = ""
    entities: tuple[str, ...] = ()
    event: str = ""
    key: bool = False
    line: int = 0
    col: int = 0
    unreviewed: bool = False
    dated_by: str = ""
    order: float = 0.0
    claim_review: ClaimReview | None = None
    facts: tuple[tuple[str, str], ...] = ()

    def stated(self, key: str) -> Any:  # noqa: ANN401 - each key has a shape of its own
        """The value of a key, fact or not; empty if it has none."""
        return getattr(self, key) if key in self.__slots__ else dict(self.facts).get(key, "")


class Naming(NamedTuple):
    """An entity in an article's sidebar that has no record. `also`: see `EntityRef`."""

    id: str
    name: str
    type: str
    also: tuple[str, ...]


_RELATIVE = re.compile(r"(?:\]\(|\]:|<)(?!\s*+<?(?:https?|mailto):)", re.IGNORECASE)
"""The beginning of a link that may lead to a page or file of the site."""


class Gist(NamedTuple):
    """Facts of an article that are needed for all articles at once, so that their texts need not be in memory.

    `sidebar`: ids of its entities. `about`: ids of the entities in its timeline entries; `words`: values of `event` there.
    `media`: whether the text may have figures or name media files; `relative`: whether it may have links to pages or files of the
    site. `named`: the entities of its sidebar that have no record.
    """

    sidebar: tuple[str, ...]
    about: tuple[str, ...]
    words: tuple[str, ...]
    media: bool
    relative: bool
    named: tuple[Naming, ...] = ()


class _Remembering:
    """Caches the gist of a page, which is read a dozen times in each build."""

    __slots__ = ("_gist",)
    _gist: Gist


@dataclass(frozen=True, slots=True)
class ArticlePage(_Remembering):
    """`id` is the path below content/articles without its suffix: "2016/some-slug".

    `embargo`: an instant in the form of `model.instant`, empty for none. `withdrawn`: the content of the tombstone. `waiting`:
    whether it has open proposals (`proposed:`). `unreviewed`: ids of entities that the machine wrote and nobody decided on;
    `unreviewed_entries`: the number of such timeline entries. `arrived`: the day on which it came to the site, empty if the
    page does not give it. `redirects`: its former ids, which no other article may have.
    """

    id: str
    path: str
    title: str
    date: str = ""
    lang: str = ""
    source: SourceNote = field(default_factory=SourceNote)
    status: str = "draft"
    sample: bool = False
    description: str = ""
    tags: tuple[str, ...] = ()
    entities: tuple[EntityRef, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    embargo: str = ""
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    body: str = ""
    body_line: int = 1
    extra: tuple[tuple[str, object], ...] = ()
    waiting: bool = False
    unreviewed: tuple[str, ...] = ()
    unreviewed_entries: int = 0
    arrived: str = ""
    image: Medium | None = None
    authors: tuple[Author, ...] = ()
    media: tuple[Medium, ...] = ()
    redirects: tuple[str, ...] = ()

    @property
    def credited(self) -> tuple[Author, ...]:
        """The authors: `authors`, or those of the source if that is empty."""
        return self.authors or ((Author(self.source.author),) if self.source.author else ())

    def leaves_open(self, record: Record) -> bool:
        """Whether nobody has decided on the record, or that this article means it."""
        return record.unreviewed or record.id in self.unreviewed

    @property
    def gist(self) -> Gist:
        try:
            return self._gist
        except AttributeError:
            object.__setattr__(self, "_gist", self._summed_up())
            return self._gist

    def _summed_up(self) -> Gist:
        about = dict.fromkeys(id_ for entry in self.timeline for id_ in entry.entities)
        words = dict.fromkeys(entry.event for entry in self.timeline if entry.event)
        media = "![" in self.body or FOLDER in self.body
        linking = any(sign in self.body for sign in ("](", "]:", "<"))
        relative = linking and _RELATIVE.search(self.body) is not None
        named = tuple(Naming(ref.id, ref.name, ref.type, ref.also) for ref in self.entities if ref.name)
        return Gist(
            tuple(ref.id for ref in self.entities), tuple(about), tuple(words), media, relative, named
        )


@dataclass(frozen=True, slots=True)
class ArticleSelection:
    """Rule by which a dossier selects articles: all given conditions must hold.

    `entities_any`/`entities_all`: entity ids; `tags`: any of them; `dates`: an EDTF interval.
    """

    entities_any: tuple[str, ...] = ()
    entities_all: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    dates: str = ""

    @property
    def empty(self) -> bool:
        return not (self.entities_any or self.entities_all or self.tags or self.dates)

    def takes(self, page: ArticlePage, named: frozenset[str]) -> bool:
        """Whether all conditions hold for an article. `named`: the ids of its entities."""
        return (
            (not self.entities_any or not named.isdisjoint(self.entities_any))
            and named.issuperset(self.entities_all)
            and (not self.tags or not set(page.tags).isdisjoint(self.tags))
            and (not self.dates or (bool(page.date) and parse(page.date).overlaps(parse(self.dates))))
        )


class PlacedId(NamedTuple):
    """An id that a page names, and where (0 if unknown)."""

    id: str
    line: int
    col: int


@dataclass(frozen=True, slots=True)
class DossierPage:
    """A curated collection: `articles` in their order, then those that `select` adds, by date.

    `finding`: its result, in a sentence or two. `redirects`: its former ids, which no other dossier may have.
    """

    id: str
    path: str
    title: str
    description: str = ""
    finding: str = ""
    lang: str = ""
    status: str = "published"
    tags: tuple[str, ...] = ()
    articles: tuple[PlacedId, ...] = ()
    select: ArticleSelection = field(default_factory=ArticleSelection)
    cast: tuple[PlacedId, ...] = ()
    embargo: str = ""
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    body: str = ""
    extra: tuple[tuple[str, object], ...] = ()
    image: Medium | None = None
    authors: tuple[Author, ...] = ()
    media: tuple[Medium, ...] = ()
    body_line: int = 1
    redirects: tuple[str, ...] = ()

    @property
    def article_ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.articles)

    @property
    def cast_ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.cast)


ContentPage = ArticlePage | DossierPage | Record
"""A page of any kind below content/."""


@dataclass(frozen=True, slots=True)
class Content:
    """All pages below content/, by id and in the order of ids.

    `unreadable`: ids of pages that exist but could not be read or must not be shown; references to them are not reported as
    unknown ids. `decisions`: the decisions for the whole site (`seeds/decisions.yml`).
    """

    articles: Mapping[str, ArticlePage]
    records: Mapping[str, Record]
    dossiers: Mapping[str, DossierPage]
    unreadable: frozenset[str] = frozenset()
    decisions: tuple[Decision, ...] = ()
