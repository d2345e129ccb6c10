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
from dossierkit.model.media import Author, Medium
from dossierkit.model.notice import Correction, Withdrawal
from dossierkit.model.record import Record

DATED_BY = ("report", "story", "heading")
STATUSES = ("draft", "reviewed", "published", "withdrawn")


@dataclass(frozen=True, slots=True)
class EarlierSource:
    """A copy in seeds/ that another one took the place of, since its publisher corrected the article."""

    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where an article came from. `file` is the copy in seeds/, `sha256` its digest in hexadecimal.

    `part_of`: what it was taken out of or attached to; `identifier`: by which its maker tells it from others; `captured`: EDTF,
    when a copy was taken of a page; `pages`: where the original's pages begin in the text as it was added, as `number@count` of
    the characters before it that are no white space; `publish`: "original" where readers may have the file, "facsimiles" where
    they may have pictures of its pages, "both"; `earlier`: copies of earlier editions; `facts`: of
    `text.recordfacts.article_facts`, in their order.
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
        """The value of a key that has one; empty where it has none."""
        return str(getattr(self, key) if key in self.__slots__ else dict(self.facts).get(key, ""))

    @property
    def files(self) -> tuple[str, ...]:
        """All copies in seeds/, the one that the page has now first."""
        return tuple(file for file in (self.file, *(one.file for one in self.earlier)) if file)


@dataclass(frozen=True, slots=True)
class EntityRef:
    """An entity in an article's sidebar. `also`: forms that mean it in this article only.

    `name` and `type` are set if the page names an entity itself instead of a record's id; `id` is then made from them
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
    """What a check of a claim found (https://schema.org/ClaimReview): what was claimed and by whom, and the finding in the
    reviewer's words.

    `reviewer`: who checked it, nobody where the site's publisher did; `url`: of the whole review, empty where that is this page.
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
    """A dated claim and the words it rests on (a W3C TextQuoteSelector: exact, prefix, suffix).

    `date` is EDTF, empty when `when` (the words of the date, "last week") could not be resolved. `event`: entries with the same
    one tell of one event, and of no other. `key`: an editor counts it among the key moments of its dossiers. `unreviewed`: the
    machine wrote it and nobody decided on it. `dated_by`: where the words have no date of their own, whose is taken: of the
    "report", of the "story" that its first sentences date, or of the "heading" above. `order`: where it stands among those of
    its date, smaller first. `claim_review`: where it tells of a claim that was checked. `facts`: of
    `text.recordfacts.entry_facts`, in their order.
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
        """The value of a key; empty where it has none."""
        return getattr(self, key) if key in self.__slots__ else dict(self.facts).get(key, "")


class Naming(NamedTuple):
    """An entity that an article names without a record. `also`: as in EntityRef."""

    id: str
    name: str
    type: str
    also: tuple[str, ...]


_RELATIVE = re.compile(r"(?:\]\(|\]:|<)(?!\s*+<?(?:https?|mailto):)", re.IGNORECASE)
"""Where a link may begin that is none to another site."""


class Gist(NamedTuple):
    """What is asked of all articles at once, so that their texts need not be at hand for it.

    `sidebar`: the ids of its entities. `about`: whom the timeline is said to tell of, `words`: those for its events. `linking`:
    whether the text may have links, `relative`: such as lead to pages or files of the site. `named`: the entities that it names
    by themselves, without a record.
    """

    sidebar: tuple[str, ...]
    about: tuple[str, ...]
    words: tuple[str, ...]
    linking: bool
    relative: bool
    named: tuple[Naming, ...] = ()


class _Remembering:
    """Where a page keeps its gist once somebody has asked for it: a site's articles are asked for it a dozen times in each
    build.
    """

    __slots__ = ("_gist",)
    _gist: Gist


@dataclass(frozen=True, slots=True)
class ArticlePage(_Remembering):
    """`id` is the path below content/articles without its suffix: "2016/some-slug".

    `embargo` is an instant as `model.instant` writes it, empty where there is none. `withdrawn` is what the tombstone says.
    `waiting`: whether it has open proposals (`proposed:`). `unreviewed`: ids of entities that the machine named and nobody
    decided on, `unreviewed_entries`: how many such entries its timeline has. `arrived`: the day on which it came to the site,
    empty where the page does not say.
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

    @property
    def credited(self) -> tuple[Author, ...]:
        """The authors: `authors`, else those that the source names."""
        return self.authors or ((Author(self.source.author),) if self.source.author else ())

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
        linking = any(sign in self.body for sign in ("](", "]:", "<"))
        relative = linking and _RELATIVE.search(self.body) is not None
        named = tuple(Naming(ref.id, ref.name, ref.type, ref.also) for ref in self.entities if ref.name)
        return Gist(
            tuple(ref.id for ref in self.entities), tuple(about), tuple(words), linking, relative, named
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


@dataclass(frozen=True, slots=True)
class DossierPage:
    """A curated collection. `articles` (ids) in their order, then those that `select` adds, by date.

    `finding`: its result, in a sentence or two.
    """

    id: str
    path: str
    title: str
    description: str = ""
    finding: str = ""
    lang: str = ""
    status: str = "published"
    tags: tuple[str, ...] = ()
    articles: tuple[tuple[str, int, int], ...] = ()
    select: ArticleSelection = field(default_factory=ArticleSelection)
    cast: tuple[tuple[str, int, int], ...] = ()
    embargo: str = ""
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    body: str = ""
    extra: tuple[tuple[str, object], ...] = ()
    image: Medium | None = None
    authors: tuple[Author, ...] = ()
    media: tuple[Medium, ...] = ()
    body_line: int = 1


ContentPage = ArticlePage | DossierPage | Record
"""A page of any kind below content/."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything under content/ that the product gives a meaning to, keyed by id and sorted by it.

    `unreadable`: ids of pages that are there but could not be read, or that are kept back, so that what names them is
    not called dangling. `decisions`: what people decided against (`seeds/decisions.yml`).
    """

    articles: Mapping[str, ArticlePage]
    records: Mapping[str, Record]
    dossiers: Mapping[str, DossierPage]
    unreadable: frozenset[str] = frozenset()
    decisions: tuple[Decision, ...] = ()
