"""One method a kind of page: what it shows, and the Markdown that any engine makes a page of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from dossierkit.compile import corrections, dateview, jsonld, publish
from dossierkit.compile.evidence import Evidence
from dossierkit.compile.graph import Graph
from dossierkit.compile.listing import Listing
from dossierkit.compile.marks import marked
from dossierkit.compile.select import select
from dossierkit.compile.site import CompiledPage, Lead, Site
from dossierkit.compile.views import Fact
from dossierkit.model.page import ArticlePage, Content, DossierPage
from dossierkit.model.record import Record
from dossierkit.text.direction import direction

_LATEST = 6
_TOGETHER = 24
_AUTHORITIES = {"wikidata": "https://www.wikidata.org/wiki/", "viaf": "https://viaf.org/viaf/"}


class Pages:
    """Pages of one site. Every page is a pure function of the content."""

    def __init__(self, site: Site, content: Content, graph: Graph) -> None:
        self.site, self.content, self.graph = site, content, graph
        self.t = site.strings
        self._members: dict[str, list[DossierPage]] | None = None

    def all(self) -> Iterator[CompiledPage]:
        yield from (self.article(article) for article in self.graph.articles.values())
        yield from (self.entity(record) for record in self.content.records.values())
        yield from (self.dossier(dossier) for dossier in self.content.dossiers.values())
        yield from self.indexes()
        yield self.home()

    def files(self) -> dict[str, str]:
        """What is no page, by its path on the site."""
        served = replace(self.site, urls=self.site.urls.as_served())
        listing = Listing(served, self.content, self.graph, "corrections/index.md")
        return corrections.feed(served, listing)

    def article(self, article: Evidence) -> CompiledPage:
        page = article.page
        path = publish.article_path(page.id)
        listing = self._listing(path)
        lang = listing.lang(page)
        html = self._html(
            "article.html",
            page=page,
            lang=lang,
            dir=direction(lang),
            articles_href=listing.href("articles/index.md"),
            dossiers=tuple(listing.dossier(dossier) for dossier in self._containing(page.id)),
            facts=tuple(self._source_facts(page)),
            corrected=self._corrected(path, page, listing),
            embargo=page.embargo if page.embargo > self.site.now else "",
            groups=listing.sidebar_entities(article),
            entries=listing.timeline(((article, item) for item in article.timeline), within=True),
            text=marked(article, listing),
            jsonld=jsonld.article(article, lang),
        )
        return self._page(path, page, html, source=path)

    def entity(self, record: Record) -> CompiledPage:
        path = publish.entity_path(record.id)
        listing = self._listing(path)
        entries = listing.timeline(self.graph.entries.get(record.id, ()))
        top = self._html(
            "entity-top.html",
            record=record,
            index_href=listing.href("entities/index.md", f"type-{record.type}"),
            type_label=self.t(f"types.{record.type}.one"),
            identifiers=tuple(_identifier(value) for value in record.same_as),
            aliases=tuple((name, direction(name.lang)) for name in record.aliases),
        )
        bottom = self._html(
            "entity-bottom.html",
            record=record,
            relations=tuple(self._relations(record, listing)),
            years=listing.by_year(entries),
            entry_count=len(entries),
            passages=listing.passages(record),
            together=tuple(self._together(record, listing)),
        )
        corrected = self._corrected(path, record, listing)
        return self._page(path, record, top, corrected, record.body, bottom, source=path)

    def dossier(self, dossier: DossierPage) -> CompiledPage:
        path = publish.dossier_path(dossier.id)
        listing = self._listing(path)
        articles = select(dossier, self.graph.articles)
        entries = listing.timeline((article, item) for article in articles for item in article.timeline)
        top = self._html(
            "dossier-top.html",
            dossier=dossier,
            index_href=listing.href("dossiers/index.md"),
            cast=tuple(listing.entity(record) for record in listing.known(id_ for id_, _, _ in dossier.cast)),
            counts=self._counts(articles, len(entries)),
        )
        bottom = self._html(
            "dossier-bottom.html",
            dossier=dossier,
            years=listing.by_year(entries),
            articles=tuple(listing.article(article) for article in articles),
        )
        corrected = self._corrected(path, dossier, listing)
        return self._page(path, dossier, top, corrected, dossier.body, bottom, source=path)

    def indexes(self) -> Iterator[CompiledPage]:
        yield self._index("articles/index.md", "articles", "articles.html", self._article_index)
        yield self._index("entities/index.md", "entities", "entities.html", self._entity_index)
        yield self._index("dossiers/index.md", "dossiers", "dossiers.html", self._dossier_index)
        yield self._index("timeline/index.md", "timeline", "timeline.html", self._timeline_index)
        yield self._index("corrections/index.md", "corrections", "corrections.html", self._correction_index)
        yield self._index("search/index.md", "search.title", "search.html", self._search_page)

    def home(self) -> CompiledPage:
        lead = self.site.leads.get("index.md", Lead({}, ""))
        listing = self._listing("index.md")
        latest = tuple(listing.article(article) for article in tuple(self.graph.articles.values())[:_LATEST])
        html = self._html(
            "home.html",
            latest=latest,
            links=self._links(listing),
            tally=tuple(self._tally(listing)),
            **self._dossier_index(listing),
        )
        meta = {"title": self.t("home"), "hide": ["toc"], **lead.meta}
        return CompiledPage("index.md", meta, _join(lead.body, html), _own(lead, "index.md"))

    def _index(
        self, path: str, key: str, template: str, values: Callable[[Listing], dict[str, Any]]
    ) -> CompiledPage:
        lead = self.site.leads.get(path, Lead({}, ""))
        title = str(lead.meta.get("title", self.t(key)))
        top = f"<h1>{_escape(title)}</h1>" if "# " not in lead.body[:2] else ""
        html = self._html(template, **values(self._listing(path)))
        meta = {"title": title, "hide": ["toc"], **lead.meta}
        return CompiledPage(path, meta, _join(top, lead.body, html), _own(lead, path))

    def _article_index(self, listing: Listing) -> dict[str, Any]:
        return {"articles": tuple(listing.article(article) for article in self.graph.articles.values())}

    def _entity_index(self, listing: Listing) -> dict[str, Any]:
        def counted(record: Record) -> Any:  # noqa: ANN401
            count = len(self.graph.naming.get(record.id, ()))
            return listing.entity(record, count, self.t.count("articles_count", count))

        records = sorted(
            self.content.records.values(), key=lambda record: (record.title.casefold(), record.id)
        )
        return {"groups": listing.groups(counted(record) for record in records)}

    def _dossier_index(self, listing: Listing) -> dict[str, Any]:
        rows = []
        for dossier in self.content.dossiers.values():
            articles = select(dossier, self.graph.articles)
            entries = sum(len(article.timeline) for article in articles)
            href = listing.href(publish.dossier_path(dossier.id))
            rows.append({"dossier": dossier, "href": href, "counts": self._counts(articles, entries)})
        return {"dossiers": tuple(rows)}

    def _timeline_index(self, listing: Listing) -> dict[str, Any]:
        return {"years": listing.by_year(listing.timeline(self.graph.all_entries()))}

    def _correction_index(self, listing: Listing) -> dict[str, Any]:
        items = corrections.of_all(listing)
        feed = self.site.urls.to(listing.here, corrections.FEED) if items else ""
        return {"corrections": items, "feed": feed}

    def _search_page(self, listing: Listing) -> dict[str, Any]:
        return {"links": self._links(listing)}

    def _corrected(self, path: str, page: ArticlePage | Record | DossierPage, listing: Listing) -> str:
        """The notice of a page's corrections; empty where there is none."""
        items = corrections.of_page(path, page, listing)
        return self._html("corrected.html", corrections=items) if items else ""

    def _tally(self, listing: Listing) -> Iterator[dict[str, Any]]:
        """How much there is of everything, each number with its index."""
        numbers = {
            "articles": len(self.graph.articles),
            "entities": len(self.content.records),
            "entries": sum(len(article.timeline) for article in self.graph.articles.values()),
        }
        for key, index in (("articles", "articles"), ("entities", "entities"), ("entries", "timeline")):
            label = self.t.count(f"{key}_noun", numbers[key])
            yield {"href": listing.href(f"{index}/index.md"), "number": numbers[key], "label": label}

    def _containing(self, article: str) -> Iterator[DossierPage]:
        """The dossiers that hold an article, in the order of their ids."""
        if self._members is None:
            self._members = defaultdict(list)
            for dossier in self.content.dossiers.values():
                for member in select(dossier, self.graph.articles):
                    self._members[member.page.id].append(dossier)
        return iter(self._members.get(article, ()))

    def _links(self, listing: Listing) -> dict[str, str]:
        return {
            key: listing.href(f"{key}/index.md") for key in ("articles", "entities", "dossiers", "timeline")
        }

    def _counts(self, articles: Iterable[Evidence], entries: int) -> str:
        number = len(tuple(articles))
        return " · ".join((self.t.count("articles_count", number), self.t.count("entries_count", entries)))

    def _source_facts(self, page: ArticlePage) -> Iterator[Fact]:
        source = page.source
        date = dateview.view(page.date, self.t.lang)
        if source.publisher:
            yield Fact(self.t("publisher"), source.publisher)
        if source.author:
            yield Fact(self.t("author"), source.author)
        yield Fact(self.t("published_on"), date.words or self.t("undated_article"))
        if source.url:
            yield Fact(self.t("original"), source.url, href=_web(source.url))
        if source.archived:
            yield Fact(self.t("archived"), source.archived, href=_web(source.archived))
        if source.sha256:
            yield Fact(self.t("source_hash"), source.sha256, code=True)
        if source.rights:
            yield Fact(self.t("rights"), source.rights)
        if source.reliability:
            yield Fact(self.t("reliability"), source.reliability)
        yield Fact(self.t("status_label"), self.t(f"status.{page.status}"))

    def _relations(self, record: Record, listing: Listing) -> Iterator[dict[str, Any]]:
        for relation in record.relations:
            other = self.content.records.get(relation.to)
            article = self.graph.articles.get(relation.article)
            if other and (article or not relation.article):
                yield {
                    "type": relation.type,
                    "to": listing.entity(other),
                    "date": dateview.view(relation.date, self.t.lang),
                    "quote": relation.quote,
                    "article": listing.article(article) if article else None,
                }

    def _together(self, record: Record, listing: Listing) -> Iterator[Any]:
        for id_, count in self.graph.together.get(record.id, ())[:_TOGETHER]:
            other = self.content.records[id_]
            yield listing.entity(other, count, self.t.count("named_with_count", count))

    def _listing(self, here: str) -> Listing:
        return Listing(self.site, self.content, self.graph, here)

    def _html(self, template: str, **values: Any) -> str:  # noqa: ANN401
        return self.site.single(template, values)

    def _page(
        self, path: str, page: ArticlePage | Record | DossierPage, *parts: str, source: str
    ) -> CompiledPage:
        meta: dict[str, Any] = {"title": page.title}
        if page.description:
            meta["description"] = page.description
        if page.tags:
            meta["tags"] = list(page.tags)
        return CompiledPage(path, {**meta, "hide": ["toc"], **dict(page.extra)}, _join(*parts), source)


def _join(*parts: str) -> str:
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def _own(lead: Lead, path: str) -> str:
    return path if lead.meta or lead.body else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _web(address: str) -> str:
    """The address if a browser may follow it: metadata of a source is as untrusted as its text."""
    return address if address.startswith(("https://", "http://")) else ""


def _identifier(value: str) -> Fact:
    scheme, _, rest = value.partition(":")
    if scheme in _AUTHORITIES:
        return Fact(scheme.capitalize(), rest, href=_AUTHORITIES[scheme] + rest)
    return Fact("", value, href=_web(value))
