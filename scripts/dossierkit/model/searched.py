"""What can be found: a page as a search sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchSentence:
    """A sentence, white space as single spaces, and the id of its anchor (empty: the page's top)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchEvent:
    """A dated event as a search sees it, with the article that tells it first.

    `id`: the anchor of its words in the article (empty: the page's top). `date`: EDTF, `words` as readers see it. `sentence`: the
    place of its sentence among those of the article, -1 where it has none. `articles`: how many tell it, `others`: its headings
    there. `named`: whom it is about.
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
    """A page as a search sees it.

    `path`: below docs_dir; `url`: from the site's root. `type`: article, dossier or a type of entity. `note`: a line
    that readers see below the title. `names`: other names of an entity. `named`: the ids of the entities that the page
    names and how often, so that one of their names finds what was written under another; an entity's own page names
    itself. `sort`: pages of equal weight come in the order of it, newest first; it is an article's date. `events`: those that an
    article tells first. `unreviewed`: whether nobody has decided on it.
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
class Findable:
    """A page whose record is made when it is asked for.

    `path`: as the record has it. `rests`: a digest of all that the record is made of; empty where that cannot be told.
    """

    path: str
    make: Callable[[], SearchRecord]
    rests: str = ""
