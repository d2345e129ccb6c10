"""Records of the search: pages, with their events and sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SearchSentence:
    """A sentence, white space as single spaces, and the id of its anchor (empty: the page's top)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchEvent:
    """A dated event, with the first article that reports it.

    `id`: the anchor of its quote in the article (empty: the page's top). `date`: EDTF; `words`: the date as readers see it.
    `sentence`: the index of its sentence in the article, -1 if it has none. `articles`: how many articles report it; `others`:
    its headings there. `named`: ids of its entities.
    """

    id: str
    text: str
    date: str
    words: str
    year: str
    sentence: int
    articles: int
    others: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    unreviewed: bool = False


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """The search record of a page.

    `path`: below docs_dir; `url`: from the site's root. `type`: article, dossier, page (one of the site's own) or a type of entity. `note`: a line that
    readers see below the title. `names`: other names of an entity. `named`: ids of the entities that the page names, with
    counts, so that a search by one name of an entity finds pages that use another; an entity's page names itself. `sort`: an
    article's date, by which pages of equal weight are ordered, newest first. `events`: the events that this article is the
    first to report. `unreviewed`: nobody decided on it.
    """

    path: str
    url: str
    type: str
    title: str
    lang: str = ""
    description: str = ""
    note: str = ""
    year: str = ""
    source: str = ""
    dossiers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    named: tuple[tuple[str, int], ...] = ()
    sentences: tuple[SearchSentence, ...] = ()
    sort: str = ""
    events: tuple[SearchEvent, ...] = ()
    unreviewed: bool = False

    @property
    def entity(self) -> str:
        """The id of the entity whose page it is; empty for other pages."""
        return self.path[len("entities/") : -len(".md")] if self.path.startswith("entities/") else ""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page that somebody wrote for the site itself: `path` below docs_dir, `url` from the site's root, front matter, Markdown."""

    path: str
    url: str
    meta: Mapping[str, Any]
    body: str


@dataclass(frozen=True, slots=True)
class Findable:
    """A page whose search record is made on request.

    `path`: see `SearchRecord`. `rests`: digest of everything that the record is made from; empty if it cannot be compared.
    """

    path: str
    make: Callable[[], SearchRecord]
    rests: str = ""
