"""The site as one JSON-LD graph of schema.org: articles, entities, timeline events, dossiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.export.dataset import Dataset
from dossierkit.export.lines import compact, listed
from dossierkit.model.edtf import parse
from dossierkit.model.page import ArticlePage
from dossierkit.model.record import Record
from dossierkit.site.jsonld import terms
from dossierkit.site.jsonld.claim_review import claim_review
from dossierkit.site.jsonld.event import bounds, doubts
from dossierkit.site.jsonld.provenance import original
from dossierkit.site.jsonld.terms import PROV
from dossierkit.text.links import licence, web
from dossierkit.text.recordfacts import article_facts, entry_facts, fact_properties

_SCHEMA = "https://schema.org"


def jsonld(data: Dataset) -> Iterator[str]:
    """One node in each line. `@id` is the address of the page, for an event with the anchor of its quote."""
    nodes = chain(_articles(data), _entities(data), _events(data), _dossiers(data))
    context = [_SCHEMA, PROV, *([] if data.site.publication.address else [{"@base": "../"}])]
    return listed(f'{{"@context":{compact(context)},"@graph":[', map(compact, nodes), "]}")


def _articles(data: Dataset) -> Iterator[dict[str, Any]]:
    for article in data.articles():
        page, source = article.page, article.page.source
        named = article.counts
        yield _given(
            {
                "@id": data.article_address(article),
                "@type": "NewsArticle",
                "headline": page.title,
                "description": page.description,
                "inLanguage": page.lang or data.t.lang,
                "datePublished": _day(page.date),
                "temporal": page.date,
                "author": [terms.author(author) for author in page.credited],
                "publisher": {"@type": "Organization", "name": source.publisher}
                if source.publisher
                else None,
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


def _events(data: Dataset) -> Iterator[dict[str, Any]]:
    events = data.frame.events
    compared = {
        entry: data.address(visibility.event_path(key))
        for key in events.compared
        for entry in events.group(key)
    }
    for article, item in data.entries():
        address = data.entry_address(article, item)
        if not item.waived:
            yield {
                **_event(data, article, item),
                **_given({"sameAs": compared.get((article.id, item.id))}),
            }
        lang = article.page.lang or data.t.lang
        if review := claim_review(item.entry, address, lang, data.site.publication):
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
    """A day, month or year in ISO 8601; "" for vaguer dates, which schema.org lacks."""
    known = edtf and parse(edtf).kind in {"day", "month", "year"} and edtf.replace("-", "").isdigit()
    return edtf if known else None


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
