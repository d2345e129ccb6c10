"""From evidence to the items of lists, for every kind of page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.backreferences import EXACT, Backreferences
from dossierkit.evidence.events.joined import JoinedEvent
from dossierkit.evidence.gathering import Evidence, Supported, in_text_order
from dossierkit.model.page import ArticlePage, Content, DossierPage, TimelineEntry
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.site import dateview, original_pages
from dossierkit.site.entry_items import entry_id, grouped, ordered, with_unique_ids, within
from dossierkit.site.interface import Site
from dossierkit.site.passages import by_sentence, linked_parts
from dossierkit.site.views import (
    ArticleItem,
    Difference,
    DossierItem,
    EntityGroup,
    EntityItem,
    EntryItem,
    FactLine,
    PageLink,
    Passage,
    PassageGroup,
    ReviewedClaim,
    SourceItem,
)
from dossierkit.text.fold import slug
from dossierkit.text.language import direction
from dossierkit.text.links import web
from dossierkit.text.recordfacts import FactProperty, entry_facts

_WHOLE = 8
"""Spaces: a sentence with fewer words around a name repeats another by chance."""

_slug = lru_cache(maxsize=4096)(slug)  # publishers are few


class SourceNumber(NamedTuple):
    """The number of an article among the sources of a printed page, and by entry id the number of the quoted sentence."""

    number: int
    sentences: Mapping[str, int]


class Listing:
    """Makes items for one page (`here`, a path below docs_dir); all links are relative to that page.

    `edition`: by article id, the numbers of the page's sources in print; empty for other pages. `framed`: whether its drawings
    have pages for frames on other sites.
    """

    def __init__(self, site: Site, content: Content, graph: Backreferences, here: str) -> None:
        self.site, self.content, self.graph, self.here = site, content, graph, here
        self.t = site.strings
        self._way = site.urls.way(here)
        self._ways: dict[str, str] = {}
        self._chips: dict[str, EntityItem] = {}
        self.edition: Mapping[str, SourceNumber] = {}
        self.framed = False

    def lang(self, page: ArticlePage) -> str:
        return page.lang or self.t.lang

    def href(self, target: str, anchor: str = "") -> str:
        """The link to a page, or within this page."""
        if target not in self._ways:
            self._ways[target] = "" if target == self.here else self._way.href(target)
        way = self._ways[target]
        return f"{way}#{anchor}" if anchor else way or "#"

    # entities

    def named(self, record: Record, *, unreviewed: bool = False) -> str:
        """The name of an entity as readers see it, with a mark if the entity is undecided."""
        return self.t.named(record.heading, unreviewed=unreviewed or record.unreviewed)

    def entity(
        self,
        record: Record,
        count: int = 0,
        count_text: str = "",
        first: str = "",
        *,
        unreviewed: bool = False,
    ) -> EntityItem:
        """The item of an entity. `unreviewed`: whether nobody has decided that this record is meant here."""
        heading = record.heading
        return EntityItem(
            record.id,
            self.t.named(heading, unreviewed=unreviewed or record.unreviewed),
            record.type,
            self.href(visibility.entity_path(record.id)),
            count,
            count_text,
            first,
            record.description,
            heading,
        )

    def chip(self, record: Record) -> EntityItem:
        """The item of an entity without counts, cached because entries repeat the same entities."""
        if record.id not in self._chips:
            self._chips[record.id] = self.entity(record)
        return self._chips[record.id]

    def groups(self, items: Iterable[EntityItem]) -> tuple[EntityGroup, ...]:
        """The items grouped by type, in the order of the types; within a group in the order given."""
        listed = tuple(items)
        return tuple(
            EntityGroup(type_, self.t(f"types.{type_}.many"), tuple(same))
            for type_ in ENTITY_TYPES
            if (same := [item for item in listed if item.type == type_])
        )

    def sidebar_entities(self, article: Evidence) -> tuple[EntityGroup, ...]:
        return self.groups(self._sidebar(article))

    def _sidebar(self, article: Evidence) -> Iterator[EntityItem]:
        undecided = article.page.unreviewed
        for record in article.records:
            found = article.of(record.id)
            open_ = record.id in undecided
            if found:
                where = self._where(record, len(found))
                yield self.entity(record, len(found), where, found[0].id, unreviewed=open_)
            elif record.id in article.waived:
                waived = self.t("waived", reason=article.waived[record.id])
                yield self.entity(record, 0, waived, unreviewed=open_)

    def _where(self, record: Record, here: int) -> str:
        """How often an article names a record, and how many other articles do, in words."""
        mentions = self.t.count("mentions_count", here)
        others = self.graph.elsewhere.get(record.id, 0)
        if others < 1:
            return mentions
        return self.t.count("elsewhere" if others < EXACT else "elsewhere_or_more", others, mentions=mentions)

    def known(self, ids: Iterable[str]) -> Iterator[Record]:
        return filter(None, map(self.content.records.get, ids))

    # timeline

    def entry(self, article: Evidence, item: Supported) -> EntryItem:
        """An entry for the article's own page, without sources."""
        lang = self.lang(article.page)
        date = dateview.of_entry(item.entry, self.t.lang)
        return EntryItem(
            id=entry_id(item.id),
            date=date,
            certainty=self.t(f"certainty.{date.certainty}"),
            note=self._note(item),
            text=item.entry.text,
            lang=lang,
            dir=direction(lang),
            href="" if item.waived else self._quote_href(article, item),
            unreviewed=item.entry.unreviewed,
            rank=(item.entry.order, item.hour),
            key=item.entry.key,
            reviews=tuple(self._reviews(article, item)),
        )

    def _reviews(self, article: Evidence, item: Supported) -> Iterator[ReviewedClaim]:
        """Reviews of the claims in an entry; none for a proposed entry."""
        review = item.entry.claim_review
        if review and not item.entry.unreviewed:
            lang = self.lang(article.page)
            by, reviewer = (", ".join(who.shown for who in people) for people in (review.by, review.reviewer))
            yield ReviewedClaim(
                review.claim, by, review.rating, reviewer, web(review.url), lang, direction(lang)
            )

    def _quote_href(self, article: Evidence, item: Supported) -> str:
        """The link to the words that an entry quotes, or to the article if the quote is waived."""
        return self.href(visibility.article_path(article.id), "" if item.waived else item.id)

    def _note(self, item: Supported) -> str:
        return " · ".join(
            filter(None, (self._date_note(item.entry), *self._facts(item.entry), self._waived_note(item)))
        )

    def fact(self, fact: FactProperty, value: str) -> FactLine:
        """A plain statement: a date in words, an address without its scheme."""
        label = self.t(f"facts.{fact.name}")
        if fact.kind == "edtf":
            return FactLine(label, dateview.view(value, self.t.lang).words)
        if fact.kind == "address":
            return FactLine(label, value.partition("://")[2].rstrip("/"), href=web(value))
        return FactLine(label, value)

    def _facts(self, entry: TimelineEntry) -> Iterator[str]:
        lines = (self.fact(entry_facts()[name], value) for name, value in entry.facts)
        return (self.t("labelled", what=line.label, value=line.text) for line in lines)

    def _source_note(self, item: Supported) -> str:
        open_ = self.t("unreviewed") if item.entry.unreviewed else ""
        return " · ".join(filter(None, (open_, self._note(item))))

    def _date_note(self, entry: TimelineEntry) -> str:
        if not entry.when:
            return self.t(f"dated_by.{entry.dated_by}") if entry.dated_by else ""
        if not entry.date:
            return self.t("unresolved", when=entry.when)
        return self.t("words_of_date", when=entry.when)

    def _waived_note(self, item: Supported) -> str:
        return self.t("waived", reason=item.waived) if item.waived else ""

    def source(
        self, article: Evidence, item: Supported, shown: str = "", *, marks: bool = True
    ) -> SourceItem:
        """The item of one source of an entry.

        `shown`: the date that the entry shows, EDTF; the source's own date is added if it differs. `marks`: whether an
        undecided entry gets a mark.
        """
        page = article.page
        lang, date = self.lang(page), dateview.view(item.entry.date, self.t.lang)
        return SourceItem(
            page.title,
            page.source.publisher,
            self._quote_href(article, item),
            item.entry.quote,
            lang,
            direction(lang),
            "" if item.entry.date == shown else date.words or self.t("certainty.undated"),
            self._source_note(item) if marks else self._note(item),
            _slug(page.source.publisher or page.title),
            heading=within(item.entry.text, item.entry.quote),
            place=self._place(page.id, item.id),
            page=self.page_of(article, item),
        )

    def page_of(self, article: Evidence, item: Supported) -> PageLink | None:
        """The page of the original on which the quote of an entry begins; None if it is not known.

        The link leads to the page's picture, or else to the place in the file; it is empty if readers may have neither.
        """
        if shown := original_pages.facsimile(self.site, article.id, item.id):
            target = self.href(visibility.facsimile_path(article.id), original_pages.anchor(item.id))
            return PageLink(target, original_pages.words(self.t, article.page, str(shown.page)))
        if not item.page:
            return None
        original = self.site.originals.get(article.id)
        at = original.at(item.page) if original else ""
        href = self._way.to(at) if at else ""
        return PageLink(href, original_pages.words(self.t, article.page, item.page))

    def _place(self, article: str, item: str) -> str:
        source = self.edition.get(article)
        if source is None or item not in source.sentences:
            return ""
        return self.t("edition.place", source=str(source.number), sentence=str(source.sentences[item]))

    def timeline(self, article: Evidence, elsewhere: Mapping[str, JoinedEvent]) -> tuple[EntryItem, ...]:
        """An article's own entries by date; entries of one date as `ordered` says, else in the order of the text; undated
        entries last.

        `elsewhere`: by entry id, the events that other articles report too; their reports become the entry's `sources`.
        """
        return ordered(
            self._reported(self.entry(article, item), article, item, elsewhere.get(item.id))
            for item in in_text_order(article.timeline)
        )

    def _reported(
        self, made: EntryItem, article: Evidence, item: Supported, event: JoinedEvent | None
    ) -> EntryItem:
        made.entities = tuple(map(self.chip, self.known(item.entities)))
        made.page = self.page_of(article, item)
        if event:
            others = (event_entry for event_entry in event.entries if event_entry[0].id != article.id)
            made.sources = tuple(self.source(*other, item.entry.date) for other in others)
            made.differences = tuple(self._differences(event))
            made.compare = self.comparison(event)
        return made

    def events(self, events: Iterable[JoinedEvent]) -> tuple[EntryItem, ...]:
        """Events of several articles, each once, by date; undated events last."""
        return self.in_order(self.event(event) for event in events)

    def in_order(self, items: Iterable[EntryItem]) -> tuple[EntryItem, ...]:
        """The items as one page shows them: sorted, with anchors that are unique on the page."""
        return tuple(with_unique_ids(ordered(items)))

    def event(self, event: JoinedEvent) -> EntryItem:
        """The item of an event: what its leading entry says, with all sources and their disagreements."""
        reports = event.entries
        article, item = reports[0]
        shown = item.entry.date
        own = self.content.records.get(event.word)
        made = self.entry(article, item)
        made.href = self._quote_href(article, item)
        made.key = any(report.entry.key for _, report in reports)
        made.unreviewed = all(report.entry.unreviewed for _, report in reports)
        made.reviews = tuple(dict.fromkeys(review for report in reports for review in self._reviews(*report)))
        made.sources, made.copied = grouped(
            [self.source(*one, shown, marks=not made.unreviewed) for one in reports]
        )
        made.entities = tuple(map(self.chip, self.known(event.entities)))
        made.differences = tuple(self._differences(event))
        made.record = self.chip(own) if own else None
        made.compare = self.comparison(event)
        return made

    def comparison(self, event: JoinedEvent) -> str:
        """The link to the page that compares the accounts of an event; empty if only one article reports it."""
        several = len({article.id for article, _ in event.entries}) > 1
        return self.href(visibility.event_path(event.key)) if several else ""

    def _differences(self, event: JoinedEvent) -> Iterator[Difference]:
        if event.dates:
            versions = [
                (dateview.view(date, self.t.lang).words, self.source(*event_entry))
                for event_entry, date in event.dates
            ]
            yield Difference(self.t("timelines.dates_differ"), tuple(versions))
        for figure in event.figures:
            versions = [
                (self.t("timelines.quoted", words=words), self.source(*event_entry))
                for event_entry, words in figure
            ]
            yield Difference(self.t("timelines.figures_differ"), tuple(versions))

    # articles

    def article(self, article: Evidence) -> ArticleItem:
        page = article.page
        lang = self.lang(page)
        return ArticleItem(
            page.id,
            page.title,
            self.href(visibility.article_path(page.id)),
            lang,
            direction(lang),
            dateview.view(page.date, self.t.lang),
            page.source.publisher,
            page.description,
            page.status,
            page.sample,
        )

    def dossier(self, dossier: DossierPage) -> DossierItem:
        return DossierItem(dossier.title, self.href(visibility.dossier_path(dossier.id)))

    # passages

    def passages(self, record: Record) -> tuple[PassageGroup, ...]:
        """Each mention of the record in its sentence, grouped by article."""
        above: set[tuple[str, ...]] = set()
        return tuple(
            PassageGroup(
                self.article(article),
                tuple(self._passages(article, record.id, above)),
                unreviewed=record.id in article.page.unreviewed,
            )
            for article in self.graph.naming.get(record.id, ())
        )

    def _passages(self, article: Evidence, entity: str, above: set[tuple[str, ...]]) -> Iterator[Passage]:
        path = visibility.article_path(article.id)
        for mentions in by_sentence(article.passages(entity)):
            parts = tuple(linked_parts(mentions, partial(self.href, path)))
            around = tuple(text.casefold().strip() for text, href in parts if not href)
            repeats = around in above and sum(part.count(" ") for part in around) >= _WHOLE
            above.add(around)
            yield Passage(parts, repeats)
