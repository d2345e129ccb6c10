"""The values that templates receive: finished strings and lists, nothing to compute.

Those that pages have by the hundred are not frozen: a frozen one takes four times as long to make. Nothing changes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dossierkit.site.dateview import DateView


@dataclass(slots=True)
class EntityItem:
    """An entity in a list. `href` is its page; `first` the anchor of its first mention where the list is an article's.

    `name` is what readers see, `title` what the record says: they differ where nobody has decided on it.
    """

    id: str
    name: str
    type: str
    href: str
    count: int = 0
    count_text: str = ""
    first: str = ""
    description: str = ""
    title: str = ""

    @property
    def unreviewed(self) -> bool:
        return bool(self.title) and self.title != self.name

    @property
    def mark(self) -> str:
        """What the name says behind the title of the record: that nobody has decided on it."""
        return self.name.removeprefix(self.title).strip()


class PageLink(NamedTuple):
    """The page of an original on which words stand: the link to it, empty where readers may not have it, and what it says."""

    href: str
    text: str


class EntityGroup(NamedTuple):
    type: str
    label: str
    items: tuple[EntityItem, ...]


@dataclass(slots=True)
class SourceItem:
    """One article that an entry rests on: its name, publisher, language and the link to the very words.

    `date`: in words, where it is not the date that the entry shows. `note`: where the date comes from. `heading`: the quote in three
    parts, where the second is what the entry's heading says. `place`: the number of the source in a printed edition, and that of its
    sentence. `page`: of the original, where it is known.
    """

    title: str
    publisher: str
    href: str
    quote: str
    lang: str
    dir: str
    date: str = ""
    note: str = ""
    id: str = ""
    heading: tuple[str, str, str] | None = None
    place: str = ""
    page: PageLink | None = None


class Difference(NamedTuple):
    """What the sources of an event disagree on: each version, in its own words, with who says so."""

    label: str
    versions: tuple[tuple[str, SourceItem], ...]


class ReviewedClaim(NamedTuple):
    """A claim that was checked, as `ClaimReview` has it: `by` and `reviewer` as readers see them; `href`: of the whole review."""

    claim: str
    by: str
    rating: str
    reviewer: str
    href: str
    lang: str
    dir: str


@dataclass(slots=True)
class EntryItem:
    """A timeline entry, or an event of several. `note` says where its date comes from; `href` leads to the quoted words.

    `record`: the event's own page. What it can be filtered by, as attributes have it: `about`, its entities by id, `types`,
    those of its entities, and `told_by`, its sources. `unreviewed`: whether nobody has decided on any of its tellings. `rank`:
    where it stands among those of its date. `key`: whether it is a key moment. `compare`: the page that compares its accounts, empty
    where there is one account. `page`: of the original, on the page of its article. `reviews`: of claims that it tells of.
    """

    id: str
    date: DateView
    certainty: str
    note: str
    text: str
    lang: str
    dir: str
    href: str
    sources: tuple[SourceItem, ...] = ()
    entities: tuple[EntityItem, ...] = ()
    differences: tuple[Difference, ...] = ()
    record: EntityItem | None = None
    unreviewed: bool = False
    rank: tuple[float, int] = (0.0, 0)
    key: bool = False
    compare: str = ""
    page: PageLink | None = None
    reviews: tuple[ReviewedClaim, ...] = ()

    @property
    def repeated(self) -> bool:
        """Whether the heading stands in the quote of the only source, and need not be shown twice."""
        return len(self.sources) == 1 and self.sources[0].heading is not None

    @property
    def about(self) -> str:
        return " ".join(entity.id for entity in self.entities)

    @property
    def disputed(self) -> str:
        """What its sources disagree on, in words; empty where they agree."""
        return " · ".join(dict.fromkeys(one.label for one in self.differences))

    @property
    def types(self) -> str:
        return " ".join(dict.fromkeys(entity.type for entity in self.entities))

    @property
    def told_by(self) -> str:
        return " ".join(dict.fromkeys(source.id for source in self.sources))


class OriginGroup(NamedTuple):
    """Entries that came about in the same way, which `words` tell."""

    words: str
    entries: tuple[EntryItem, ...]


@dataclass(frozen=True, slots=True)
class PeriodItem:
    """A year, month or day of a timeline: its heading and anchor, and either entries or smaller periods.

    `short`: a month without its year. `href` leads to the heading.
    """

    label: str
    short: str
    anchor: str
    href: str
    count: int
    items: tuple[EntryItem, ...]
    parts: tuple[PeriodItem, ...] = ()


@dataclass(slots=True)
class ArticleItem:
    """An article in a list."""

    id: str
    title: str
    href: str
    lang: str
    dir: str
    date: DateView
    publisher: str
    description: str
    status: str
    sample: bool


class DossierItem(NamedTuple):
    title: str
    href: str


class CorrectionItem(NamedTuple):
    """One correction. `title` and `href` are its page's, `lang` and `dir` the language of the page."""

    date: DateView
    what: str
    why: str
    title: str
    href: str
    lang: str
    dir: str


@dataclass(slots=True)
class Passage:
    """A sentence with one mention in it: before, the name, after. `href` leads to it."""

    before: str
    name: str
    after: str
    href: str


@dataclass(slots=True)
class PassageGroup:
    """`unreviewed`: whether nobody has decided that the article means the entity."""

    article: ArticleItem
    passages: tuple[Passage, ...]
    unreviewed: bool = False


class FactLine(NamedTuple):
    """A line of a source note or of a record: label, text, and a link where there is one.

    `version`: the address of a lasting copy of what the link leads to (Robust Links, https://robustlinks.mementoweb.org/spec/).
    """

    label: str
    text: str
    href: str = ""
    lang: str = ""
    code: bool = False
    version: str = ""
