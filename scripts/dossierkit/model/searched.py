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
class SearchRecord:
    """A page as a search sees it.

    `path`: below docs_dir; `url`: from the site's root. `type`: article, dossier or a type of entity. `note`: a line
    that readers see below the title. `names`: other names of an entity. `named`: the ids of the entities that the page
    names and how often, so that one of their names finds what was written under another; an entity's own page names
    itself. `sort`: pages of equal weight come in the order of it, newest first.
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
