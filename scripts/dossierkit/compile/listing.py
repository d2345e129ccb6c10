"""Evidence -> the items of lists, for every kind of page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from dossierkit.compile import dateview, publish
from dossierkit.compile.evidence import Evidence, Found, Supported
from dossierkit.compile.graph import Graph
from dossierkit.compile.site import Site
from dossierkit.compile.views import (
    ArticleItem,
    DossierItem,
    EntityGroup,
    EntityItem,
    EntryGroup,
    EntryItem,
    Passage,
    PassageGroup,
    SourceItem,
)
from dossierkit.model.page import ArticlePage, Content, DossierPage, TimelineEntry
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.text.direction import direction


class Listing:
    """Makes items for one page (`here`, a path below docs_dir): all their links are relative to it."""

    def __init__(self, site: Site, content: Content, graph: Graph, here: str) -> None:
        self.site, self.content, self.graph, self.here = site, content, graph, here
        self.t = site.strings

    def href(self, target: str, anchor: str = "") -> str:
        return self.site.urls.href(self.here, target, anchor)

    def lang(self, page: ArticlePage) -> str:
        return page.lang or self.t.lang

    # entities

    def entity(self, record: Record, count: int = 0, count_text: str = "", first: str = "") -> EntityItem:
        return EntityItem(
            record.id,
            record.title,
            record.type,
            self.href(publish.entity_path(record.id)),
            count,
            count_text,
            first,
            record.description,
        )

    def groups(self, items: Iterable[EntityItem]) -> tuple[EntityGroup, ...]:
        """By type, in the order of the types; within one, the order given."""
        listed = tuple(items)
        return tuple(
            EntityGroup(type_, self.t(f"types.{type_}.many"), tuple(same))
            for type_ in ENTITY_TYPES
            if (same := [item for item in listed if item.type == type_])
        )

    def sidebar_entities(self, article: Evidence) -> tuple[EntityGroup, ...]:
        return self.groups(self._sidebar(article))

    def _sidebar(self, article: Evidence) -> Iterator[EntityItem]:
        for record in article.records:
            found = article.of(record.id)
            if found:
                yield self.entity(record, len(found), self._where(record, len(found)), found[0].id)
            elif record.id in article.waived:
                yield self.entity(record, 0, self.t("waived", reason=article.waived[record.id]))

    def _where(self, record: Record, here: int) -> str:
        """How often an article names a record, and how many others do."""
        mentions = self.t.count("mentions_count", here)
        others = len(self.graph.naming.get(record.id, ())) - 1
        if others < 1:
            return mentions
        return self.t(f"elsewhere.{'one' if others == 1 else 'many'}", mentions=mentions, n=others)

    def known(self, ids: Iterable[str]) -> Iterator[Record]:
        return (self.content.records[id_] for id_ in ids if id_ in self.content.records)

    # timeline

    def entry(self, article: Evidence, item: Supported, *, within: bool = False) -> EntryItem:
        """`within`: the list stands on the article's own page, so the entry needs no source."""
        page, lang = article.page, self.lang(article.page)
        date = dateview.view(item.entry.date, self.t.lang)
        anchor = "" if item.waived else item.id
        href = "" if within and item.waived else self.href(publish.article_path(page.id), anchor)
        return EntryItem(
            id=f"e-{item.id.removeprefix('t-')}",
            date=date,
            certainty=self.t(f"certainty.{date.certainty}"),
            note=" · ".join(filter(None, (self._date_note(item.entry), self._waived_note(item)))),
            text=item.entry.text,
            lang=lang,
            dir=direction(lang),
            href=href,
            sources=() if within else (self.source(article, item),),
            entities=() if within else tuple(self.entity(record) for record in self.known(item.entities)),
        )

    def _date_note(self, entry: TimelineEntry) -> str:
        if not entry.when:
            return ""
        if not entry.date:
            return self.t("unresolved", when=entry.when)
        return self.t("words_of_date", when=entry.when)

    def _waived_note(self, item: Supported) -> str:
        return self.t("waived", reason=item.waived) if item.waived else ""

    def source(self, article: Evidence, item: Supported) -> SourceItem:
        lang = self.lang(article.page)
        return SourceItem(
            article.page.title,
            article.page.source.publisher,
            self.href(publish.article_path(article.page.id), "" if item.waived else item.id),
            item.entry.quote,
            lang,
            direction(lang),
        )

    def timeline(
        self, pairs: Iterable[tuple[Evidence, Supported]], *, within: bool = False
    ) -> tuple[EntryItem, ...]:
        """In the order of the dates; undated entries last."""
        items = [self.entry(article, item, within=within) for article, item in pairs]
        return tuple(sorted(items, key=lambda item: (item.date.sort, item.id)))

    def by_year(self, items: Iterable[EntryItem]) -> tuple[EntryGroup, ...]:
        return tuple(
            EntryGroup(year, tuple(same)) for year, same in groupby(items, key=lambda item: item.date.year)
        )

    # articles

    def article(self, article: Evidence) -> ArticleItem:
        page, lang = article.page, self.lang(article.page)
        named = sum(1 for record in article.records if article.of(record.id))
        counts = (self.t.count("entities_count", named), self.t.count("entries_count", len(article.timeline)))
        return ArticleItem(
            page.id,
            page.title,
            self.href(publish.article_path(page.id)),
            lang,
            direction(lang),
            dateview.view(page.date, self.t.lang),
            page.source.publisher,
            page.description,
            page.status,
            page.sample,
            " · ".join(counts),
        )

    def dossier(self, dossier: DossierPage) -> DossierItem:
        return DossierItem(dossier.title, self.href(publish.dossier_path(dossier.id)))

    # passages

    def passages(self, record: Record) -> tuple[PassageGroup, ...]:
        """Each mention of the record in its sentence, article by article."""
        return tuple(
            PassageGroup(
                self.article(article), tuple(self._passage(article, found) for found in article.of(record.id))
            )
            for article in self.graph.naming.get(record.id, ())
        )

    def _passage(self, article: Evidence, found: Found) -> Passage:
        text, anchor = article.layer.text, article.anchors[found.sentence]
        end = max(anchor.end, found.end)
        target = self.href(publish.article_path(article.page.id), found.id)
        return Passage(
            text[anchor.start : found.start], text[found.start : found.end], text[found.end : end], target
        )
