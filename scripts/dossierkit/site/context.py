"""The context of every page: the site, its content, and the index of all articles' evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.events.joined import EventInputs, Events
from dossierkit.evidence.gathering import Evidence
from dossierkit.evidence.kinship import Kin, Kinship
from dossierkit.model.arrival import UNKNOWN, Arrival
from dossierkit.model.media import Medium
from dossierkit.model.page import ArticlePage, Content, ContentPage, DossierPage
from dossierkit.model.record import Record, Relation
from dossierkit.site import corrections
from dossierkit.site.charts.maps import Atlas
from dossierkit.site.charts.networks import Network
from dossierkit.site.charts.ties import Ties, tie
from dossierkit.site.cite.reference import Reference
from dossierkit.site.cite.styles import cited
from dossierkit.site.figures import BESIDE, PORTRAIT, Figures
from dossierkit.site.interface import CompiledPage, Site
from dossierkit.site.listing import Listing
from dossierkit.site.strings import Strings
from dossierkit.site.views import FactLine


class DossierPlace(NamedTuple):
    """The position of an article in a dossier: the ids of the previous and the next article, empty at the ends."""

    dossier: DossierPage
    previous: str
    next: str


@dataclass(frozen=True)
class Context:
    """The first argument of every page module. `content` is what readers may see, `graph` the index of all articles' evidence."""

    site: Site
    content: Content
    graph: Backreferences

    @property
    def t(self) -> Strings:
        return self.site.strings

    @property
    def empty(self) -> frozenset[str]:
        """The paths of indexes that list nothing, and have no text of the site's own: no navigation leads to them."""
        listed = {"dossiers": self.content.dossiers, "entities": self.content.records}
        paths = {f"{name}/index.md" for name, items in listed.items() if not items}
        return frozenset(paths - self.site.leads.keys())

    @cached_property
    def events(self) -> Events:
        """The timeline entries of all articles, with entries that report one event joined."""
        site = self.site
        return Events(
            self.graph.articles,
            EventInputs(self.content.records, self.t.lang),
            site.derived,
            site.apart,
            site.remembered,
        )

    @cached_property
    def kinship(self) -> Mapping[str, Sequence[Kin]]:
        """By article id, the articles that have most in common with it."""
        return Kinship(self.graph, self.events)

    def embargoed(self, page: ArticlePage) -> str:
        """The end of a page's embargo; empty if the page has none or it is over."""
        return page.embargo if page.embargo > self.site.now else ""

    def arrival(self, page: ArticlePage) -> Arrival:
        """When an article came to the site; `UNKNOWN` if that is not known."""
        return self.site.arrivals.get(page.id, UNKNOWN)

    def listing(self, here: str) -> Listing:
        return Listing(self.site, self.content, self.graph, here)

    def size(self, number: int) -> str:
        """A number of bytes in words, in kB or MB."""
        if number < 1_000_000:
            return self.t("size_kb", n=max(1, round(number / 1000)))
        return self.t("size_mb", n=round(number / 1_000_000, 1))

    def html(self, template: str, **values: Any) -> str:  # noqa: ANN401
        return self.site.single(template, values)

    def page(self, path: str, page: ContentPage, *parts: str) -> CompiledPage:
        """The compiled page of a file of content/. `parts`: HTML or Markdown of the body; empty parts are left out."""
        open_ = isinstance(page, Record) and page.unreviewed
        meta: dict[str, Any] = {"title": self.t.named(page.title, unreviewed=open_)}
        if page.description:
            meta["description"] = page.description
        if page.tags:
            meta["tags"] = list(page.tags)
        return CompiledPage(path, {**meta, "hide": ["toc"], **dict(page.extra)}, join(*parts), path)

    def corrected(self, path: str, page: ContentPage, listing: Listing) -> str:
        """The notice of a page's corrections as HTML; empty if it has none."""
        items = corrections.of_page(path, page, listing)
        return self.html("corrected.html", corrections=items) if items else ""

    def cited(self, reference: Reference, original: Iterable[FactLine] = ()) -> str:
        """How to cite a page, in each format, and the facts that identify its original, as HTML."""
        return self.html("cite.html", forms=tuple(cited(reference, self.t)), original=tuple(original))

    def counts(self, articles: Sequence[Evidence]) -> str:
        """How many articles, and how many events they report, in words; what several report is one event."""
        events = self.events.among([article.id for article in articles])
        counted = (("articles_count", len(articles)), ("entries_count", len(events)))
        return " · ".join(
            self.t.count(word, number) for word, number in counted if number or word == "articles_count"
        )

    @cached_property
    def ties(self) -> Ties:
        return tie(self.graph, self.content.records)

    def media(self, page: ContentPage, figures: Figures) -> str:
        """The media of a page as HTML; empty if it has none."""
        views = tuple(view for one in page.media if (view := figures.view(one)))
        return self.html("media-list.html", views=views) if views else ""

    def lead(self, image: Medium | None, figures: Figures, sizes: str = BESIDE) -> str:
        """A page's lead picture as HTML; empty if it has none. `sizes`: one of the values in `site.figures`."""
        view, kind = figures.view(image, sizes), "dk-portrait" if sizes == PORTRAIT else "dk-lead"
        return self.html("lead-picture.html", view=view, kind=kind) if view else ""

    def network(self, network: Network | None) -> str:
        """A network's drawing with its table, as HTML; empty for None."""
        return self.html("network.html", network=network) if network else ""

    def map(self, atlas: Atlas | None) -> str:
        """A map's drawing with its table, as HTML; empty for None."""
        return self.html("map.html", atlas=atlas) if atlas else ""

    def containing(self, article: str) -> Iterator[DossierPage]:
        """The dossiers that contain an article, in the order of their ids."""
        return (place.dossier for place in self.places(article))

    def places(self, article: str) -> Iterator[DossierPlace]:
        """The position of an article in each dossier that contains it."""
        return iter(self._members.get(article, ()))

    def relations_of(self, record: Record) -> Iterator[tuple[int, Relation, Record]]:
        """The relations of a record that readers see: the number of each among all, from 1, and the other record."""
        for number, relation in enumerate(record.relations, 1):
            other = self.content.records.get(relation.to)
            if other and self.graph.supports(relation):
                yield number, relation, other

    def relations_to(self, record: str) -> Iterator[tuple[Record, Relation]]:
        """The relations of other records to this one, each with its record, in the order of the records' ids."""
        return iter(self._incoming.get(record, ()))

    def followed(self, record: str) -> bool:
        """Whether the site has feeds of this record."""
        known = self.content.records if self.site.publication.feeds == "all" else self._cast
        return record in known

    def framed(self, record: str) -> bool:
        """Whether the site has pages of this record for frames on other sites."""
        known = self.content.records if self.site.publication.embeds == "all" else self._cast
        return record in known

    @cached_property
    def _cast(self) -> dict[str, bool]:
        """The ids of records in the cast of some dossier, in the order of the records."""
        named = {id_ for dossier in self.content.dossiers.values() for id_ in dossier.cast_ids}
        return {id_: True for id_ in self.content.records if id_ in named}

    @cached_property
    def _incoming(self) -> dict[str, list[tuple[Record, Relation]]]:
        found: dict[str, list[tuple[Record, Relation]]] = defaultdict(list)
        for record in self.content.records.values():
            for relation in record.relations:
                found[relation.to].append((record, relation))
        return found

    @cached_property
    def _members(self) -> dict[str, list[DossierPlace]]:
        members: dict[str, list[DossierPlace]] = defaultdict(list)
        for dossier in self.content.dossiers.values():
            ids = ["", *(member.id for member in select(dossier, self.graph.articles)), ""]
            for before, id_, after in zip(ids, ids[1:], ids[2:], strict=False):
                members[id_].append(DossierPlace(dossier, before, after))
        return members


def join(*parts: str) -> str:
    """A page's body: the parts that are not empty, separated by an empty line."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"
