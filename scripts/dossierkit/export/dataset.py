"""What every format is made from: the content that readers see, with addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dossierkit.evidence import visibility
from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.model.edtf import parse
from dossierkit.model.page import Content
from dossierkit.model.provenance import ClaimOrigin, Said
from dossierkit.model.record import Record
from dossierkit.site.context import Context
from dossierkit.site.interface import Site
from dossierkit.site.strings import Strings


@dataclass(frozen=True, slots=True)
class Dataset:
    """`content` and `graph` hold what readers may see and nothing else: drafts, embargoed and withdrawn pages are gone.

    `origins`: who proposed the claims of each article, as far as that was looked up; no format of a site's own data page needs it.
    `releasers`: who set each article free for readers, by its id; only where a site says that they may be named.
    """

    site: Site
    content: Content
    graph: Backreferences
    origins: Mapping[str, Mapping[Said, ClaimOrigin]] = field(default_factory=dict)
    releasers: Mapping[str, str] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, frame: Context) -> Dataset:
        return cls(frame.site, frame.content, frame.graph)

    @property
    def t(self) -> Strings:
        return self.site.strings

    def address(self, path: str, anchor: str = "") -> str:
        """Of a page (a path below docs_dir): absolute where the site knows where it stands, else from its root."""
        if (page := self._pages.get(path)) is None:
            page = f"{self.site.publication.address}{self.site.urls.served_at(path)}"
            self._pages[path] = page
        return f"{page}#{anchor}" if anchor else page

    def article_address(self, article: Evidence, anchor: str = "") -> str:
        return self.address(visibility.article_path(article.id), anchor)

    def entity_address(self, id_: str) -> str:
        return self.address(visibility.entity_path(id_))

    def articles(self) -> Iterator[Evidence]:
        """In the order of their ids."""
        return (self.graph.articles[id_] for id_ in sorted(self.graph.articles))

    def records(self) -> Iterator[Record]:
        """In the order of their ids."""
        return (self.content.records[id_] for id_ in sorted(self.content.records))

    def entries(self) -> Iterator[tuple[Evidence, Supported]]:
        """Every timeline entry: by article, in the order of its page."""
        return ((article, item) for article in self.articles() for item in article.timeline)

    def known(self, item: Supported) -> tuple[str, ...]:
        """The ids of those an entry is about, of whom readers see a page."""
        return tuple(id_ for id_ in item.entities if id_ in self.content.records)

    def sentence(self, article: Evidence, index: int, end: int) -> str:
        """The sentence at `index`, up to `end` at least, as one line."""
        if not article.anchors:
            return ""
        anchor = article.anchors[index]
        return line(article.layer.text[anchor.start : max(anchor.end, end)])


def numbers(edtf: str) -> tuple[int | None, int | None]:
    """The same days as proleptic Gregorian ordinals."""
    known = parse(edtf) if edtf else None
    return (known.low, None if known.high is None else known.high - 1) if known else (None, None)


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


@lru_cache(4096)
def days(edtf: str) -> tuple[str, str]:
    """The first and the last day that a date may mean, both included, as ISO 8601; empty where that end is open."""
    return (parse(edtf).first_day, parse(edtf).last_day) if edtf else ("", "")
