"""The input of every format: the content that readers see, with addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial

from dossierkit.evidence import visibility
from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.model.edtf import parse
from dossierkit.model.page import Content
from dossierkit.model.provenance import ClaimOrigin, Said
from dossierkit.model.record import Record
from dossierkit.site.context import Context
from dossierkit.site.interface import Site
from dossierkit.site.pieces import Piece, name
from dossierkit.site.strings import Strings


@dataclass(frozen=True, slots=True)
class Dataset:
    """The content of an export: that of the site's pages (`frame`), without drafts, embargoed and withdrawn ones.

    `origins`: makers of the claims of each article, if they were looked up; no format on a data page needs them.
    `releasers`: who published each article, by id; only if the site permits their names.
    """

    frame: Context
    origins: Mapping[str, Mapping[Said, ClaimOrigin]] = field(default_factory=dict)
    releasers: Mapping[str, str] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def site(self) -> Site:
        return self.frame.site

    @property
    def content(self) -> Content:
        return self.frame.content

    @property
    def graph(self) -> Backreferences:
        return self.frame.graph

    @property
    def t(self) -> Strings:
        return self.frame.t

    def address(self, path: str, anchor: str = "") -> str:
        """Address of a page (a path below docs_dir): absolute if the site has an address, else from its root."""
        if (page := self._pages.get(path)) is None:
            page = f"{self.site.publication.address}{self.site.urls.served_at(path)}"
            self._pages[path] = page
        return f"{page}#{anchor}" if anchor else page

    def article_address(self, article: Evidence, anchor: str = "") -> str:
        return self.address(visibility.article_path(article.id), anchor)

    def entry_address(self, article: Evidence, item: Supported) -> str:
        """Address of a timeline entry's quote; of the article if the quote is waived."""
        return self.article_address(article, "" if item.waived else item.id)

    def entity_address(self, id_: str) -> str:
        return self.address(visibility.entity_path(id_))

    def articles(self) -> Iterator[Evidence]:
        """All articles, by id."""
        return (self.graph.articles[id_] for id_ in sorted(self.graph.articles))

    def records(self) -> Iterator[Record]:
        """All records, by id."""
        return (self.content.records[id_] for id_ in sorted(self.content.records))

    def pieces(self, part: str, texts: Callable[[Dataset, Evidence], Iterable[str]]) -> Iterator[Piece]:
        """A piece of a file for each article, by id, of the texts that it has there."""
        return (
            (name(part, article.id), partial(_joined, texts, self, article)) for article in self.articles()
        )

    def whole(self, texts: Callable[[Dataset], Iterable[str]]) -> Iterator[Piece]:
        """A piece without a name, because it concerns several articles."""
        yield "", lambda: "".join(texts(self))

    def known(self, item: Supported) -> tuple[str, ...]:
        """Ids of the entities of an entry that have a page."""
        return tuple(id_ for id_ in item.entities if id_ in self.content.records)

    def sentence(self, article: Evidence, index: int, end: int) -> str:
        """The text from the sentence at `index`, at least up to `end`, as one line."""
        if not article.anchors:
            return ""
        anchor = article.anchors[index]
        return line(article.layer.text[anchor.start : max(anchor.end, end)])


def _joined(texts: Callable[[Dataset, Evidence], Iterable[str]], data: Dataset, article: Evidence) -> str:
    return "".join(texts(data, article))


def numbers(edtf: str) -> tuple[int | None, int | None]:
    """The same days as proleptic Gregorian ordinals."""
    known = parse(edtf) if edtf else None
    return (known.low, None if known.high is None else known.high - 1) if known else (None, None)


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


@lru_cache(4096)
def days(edtf: str) -> tuple[str, str]:
    """First and last possible day of a date, both included, as ISO 8601; "" for an open end."""
    return (parse(edtf).first_day, parse(edtf).last_day) if edtf else ("", "")
