"""The values that templates get: finished strings and lists, nothing to compute.

Classes with hundreds of instances on a page are not frozen, because making a frozen instance takes four times as long. Only
`site.listing` and `site.entry_items` change them, while they make them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dossierkit.site.dateview import DateView


@dataclass(slots=True)
class EntityItem:
    """An entity in a list. `href`: its page; `first`: the anchor of its first mention, in the list of an article.

    `name`: what readers see; `title`: the record's, as a heading. They differ if the entity is undecided.
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
        """The mark that follows the title in the name of an undecided entity."""
        return self.name.removeprefix(self.title).strip()


class PageLink(NamedTuple):
    """The page of an original on which a quote is: the link to it, empty if readers may not have it, and its name."""

    href: str
    text: str


class EntityGroup(NamedTuple):
    type: str
    label: str
    items: tuple[EntityItem, ...]


@dataclass(slots=True)
class SourceItem:
    """One article that an entry is based on: its title, publisher, language and the link to the quote.

    `date`: in words, if it differs from the date that the entry shows. `note`: the origin of the date. `heading`: the quote in
    three parts, the second being what the entry's heading repeats. `place`: the numbers of the source and of its sentence in a
    printed edition. `page`: of the original, if known. `repeats`: whether its quote is that of a source before it, but for a few words.
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
    repeats: bool = False


class Difference(NamedTuple):
    """A disagreement between the sources of an event: each version, in its own words, with its source."""

    label: str
    versions: tuple[tuple[str, SourceItem], ...]


class ReviewedClaim(NamedTuple):
    """A checked claim, from `ClaimReview`: `by` and `reviewer` as readers see them; `href`: the whole review."""

    claim: str
    by: str
    rating: str
    reviewer: str
    href: str
    lang: str
    dir: str


@dataclass(slots=True)
class EntryItem:
    """A timeline entry, or an event joined from several. `note`: the origin of its date; `href`: the link to the quote.

    `record`: the event's own record. `about` (ids of entities), `types` (their types) and `told_by` (sources) are attributes
    to filter by, separated by spaces. `unreviewed`: whether all its accounts are undecided. `rank`: its order among entries of
    the same date. `key`: whether it is a key moment. `compare`: the link to the page that compares its accounts, empty if
    there is one account. `page`: of the original, on the page of its article. `reviews`: of the claims that it reports.
    `copied`: how many of its sources have nearly the same words as another.
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
    copied: int = 0

    @property
    def repeated(self) -> bool:
        """Whether the heading repeats words of the only source's quote, so that they need not be shown twice."""
        return len(self.sources) == 1 and self.sources[0].heading is not None

    @property
    def about(self) -> str:
        return " ".join(entity.id for entity in self.entities)

    @property
    def disputed(self) -> str:
        """The kinds of disagreement among its sources, in words; empty if they agree."""
        return " · ".join(dict.fromkeys(difference.label for difference in self.differences))

    @property
    def types(self) -> str:
        return " ".join(dict.fromkeys(entity.type for entity in self.entities))

    @property
    def told_by(self) -> str:
        return " ".join(dict.fromkeys(source.id for source in self.sources))


class OriginGroup(NamedTuple):
    """Entries with the same origin, which `words` describe."""

    words: str
    entries: tuple[EntryItem, ...]


@dataclass(frozen=True, slots=True)
class PeriodItem:
    """A year, month or day of a timeline: its heading and anchor, and either entries or smaller periods.

    `short`: the label of a month without its year. `href`: the link to the heading. `folded`: whether it can be folded; `opened`: whether it
    is open at first.
    """

    label: str
    short: str
    anchor: str
    href: str
    count: int
    items: tuple[EntryItem, ...]
    parts: tuple[PeriodItem, ...] = ()
    folded: bool = False
    opened: bool = False


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
    """One correction. `title` and `href` are those of its page, `lang` and `dir` the page's language and direction."""

    date: DateView
    what: str
    why: str
    title: str
    href: str
    lang: str
    dir: str


@dataclass(slots=True)
class Passage:
    """A sentence with its mentions of an entity. `parts`: (text, link to the mention), the link empty between mentions.
    `repeats`: whether a sentence above is the same, but for the names.
    """

    parts: tuple[tuple[str, str], ...]
    repeats: bool = False

    @property
    def href(self) -> str:
        """The link to the first mention."""
        return next(href for _, href in self.parts if href)


@dataclass(slots=True)
class PassageGroup:
    """The passages of one article. `unreviewed`: whether nobody has decided that the article means the entity."""

    article: ArticleItem
    passages: tuple[Passage, ...]
    unreviewed: bool = False


class FactLine(NamedTuple):
    """A line of a source note or of a record: label, text, and a link if there is one.

    `version`: the address of a permanent copy of the link's target (Robust Links, https://robustlinks.mementoweb.org/spec/).
    """

    label: str
    text: str
    href: str = ""
    lang: str = ""
    code: bool = False
    version: str = ""
