"""The site as one JSON-LD graph of schema.org: articles, entities, timeline events, dossiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.export.dataset import Dataset
from dossierkit.export.lines import lines
from dossierkit.model.edtf import parse
from dossierkit.model.page import ArticlePage
from dossierkit.model.plain import compact, digest_of
from dossierkit.model.record import Record
from dossierkit.site.jsonld import terms
from dossierkit.site.jsonld.event import bounds, claim_review, doubts, original
from dossierkit.site.jsonld.terms import PROV
from dossierkit.site.pieces import Piece, Pieces, name
from dossierkit.text.links import licence, web
from dossierkit.text.recordfacts import article_facts, entry_facts, fact_properties

_SCHEMA = "https://schema.org"


def jsonld(data: Dataset) -> Pieces:
    """One node in each line. `@id` is the address of the page, for an event with the anchor of its quote."""
    context = [_SCHEMA, PROV, *([] if data.site.publication.address else [{"@base": "../"}])]
    made = chain(
        data.pieces("articles", lambda data, article: _written([_article(data, article)])),
        data.whole(lambda data: _written(_entities(data))),
        _of_events(data),
        data.whole(lambda data: _written(_dossiers(data))),
    )
    return Pieces(made, lambda: f'{{"@context":{compact(context)},"@graph":[', ",", "\n]}\n")


def _written(nodes: Iterable[dict[str, Any]]) -> Iterator[str]:
    return lines(map(compact, nodes))


def _article(data: Dataset, article: Evidence) -> dict[str, Any]:
    page, source = article.page, article.page.source
    named = article.counts
    return _given(
        {
            "@id": data.article_address(article),
            "@type": "NewsArticle",
            "headline": page.title,
            "description": page.description,
            "inLanguage": page.lang or data.t.lang,
            "datePublished": _day(page.date),
            "temporal": page.date,
            "author": [terms.author(author) for author in page.credited],
            "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
            "isBasedOn": web(source.url),
            "archivedAt": web(source.archived),
            "copyrightNotice": source.rights,
            "license": licence(source.rights),
            **terms.facts(source.facts, article_facts()),
            "keywords": list(page.tags),
            "mentions": [_named(data, page, r) for r in article.records if r.id in named],
        }
    )


def _named(data: Dataset, page: ArticlePage, record: Record) -> dict[str, str]:
    open_ = {"disambiguatingDescription": data.t("unreviewed")} if record.id in page.unreviewed else {}
    return {**_ref(data.entity_address(record.id)), **open_}


def _entities(data: Dataset) -> Iterator[dict[str, Any]]:
    for record in data.records():
        place = record.location
        yield _given(
            {
                "@id": data.entity_address(record.id),
                "@type": terms.TYPES[record.type],
                "name": record.title,
                "alternateName": [name.text for name in record.other_names],
                "description": record.description,
                "disambiguatingDescription": data.t("unreviewed") if record.unreviewed else "",
                "sameAs": terms.same_as(record),
                **terms.facts(record.facts, fact_properties()),
                "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
                if place and record.type == "place"
                else None,
            }
        )


def _of_events(data: Dataset) -> Iterator[Piece]:
    """The events of each article; the name of a piece tells which of them have a page of several accounts."""
    compared: dict[str, dict[str, str]] = defaultdict(dict)
    for key in data.frame.events.compared:
        for article, item in data.frame.events.group(key):
            compared[article][item] = data.address(visibility.event_path(key))
    for evidence in data.articles():
        pages = compared.get(evidence.id, {})
        part = f"events:{digest_of(repr(sorted(pages.items())))}" if pages else "events"
        yield name(part, evidence.id), partial(_events_of, data, evidence, pages)


def _events_of(data: Dataset, article: Evidence, compared: Mapping[str, str]) -> str:
    return "".join(_written(_events(data, article, compared)))


def _events(data: Dataset, article: Evidence, compared: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """`compared`: the addresses of pages of several accounts, by entry."""
    lang = article.page.lang or data.t.lang
    for item in article.timeline:
        if not item.waived:
            yield {**_event(data, article, item), **_given({"sameAs": compared.get(item.id)})}
        if review := claim_review(item.entry, data.entry_address(article, item), lang, data.site.publication):
            yield dict(review)


def _event(data: Dataset, article: Evidence, item: Supported) -> dict[str, Any]:
    about = {id_: data.content.records[id_] for id_ in data.known(item)}
    start, end = bounds(item.entry.date)
    return _given(
        {
            "@id": data.article_address(article, item.id),
            "@type": "Event",
            "name": item.entry.text,
            "prov:wasQuotedFrom": original(article.page.source.sha256),
            "disambiguatingDescription": doubts(item.entry, data.t),
            **terms.facts(item.entry.facts, entry_facts()),
            "startDate": start,
            "endDate": end,
            "actor": [
                _ref(data.entity_address(id_)) for id_, record in about.items() if record.type == "person"
            ],
            "about": [
                _ref(data.entity_address(id_)) for id_, record in about.items() if record.type != "place"
            ],
            "location": [
                _ref(data.entity_address(id_)) for id_, record in about.items() if record.type == "place"
            ],
            "subjectOf": {
                "@type": "Quotation",
                "text": item.entry.quote,
                **({"temporalCoverage": item.entry.date} if item.entry.date else {}),
                "isPartOf": _ref(data.article_address(article)),
            },
        }
    )


def _dossiers(data: Dataset) -> Iterator[dict[str, Any]]:
    for dossier in data.content.dossiers.values():
        members = select(dossier, data.graph.articles)
        yield _given(
            {
                "@id": data.address(visibility.dossier_path(dossier.id)),
                "@type": "Collection",
                "name": dossier.title,
                "description": dossier.description,
                "hasPart": [_ref(data.article_address(article)) for article in members],
            }
        )


def _ref(address: str) -> dict[str, str]:
    return {"@id": address}


def _day(edtf: str) -> str | None:
    """A day, month or year in ISO 8601; None for vaguer dates, which schema.org lacks."""
    known = edtf and parse(edtf).kind in {"day", "month", "year"} and edtf.replace("-", "").isdigit()
    return edtf if known else None


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
