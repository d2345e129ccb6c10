"""The schema.org nodes of each kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.media import MediaSize, Medium
from dossierkit.model.page import ContentPage, DossierPage, SourceNote
from dossierkit.model.record import Location, Record
from dossierkit.site.addresses import Addresses
from dossierkit.site.context import Context
from dossierkit.site.interface import Publication
from dossierkit.site.jsonld import terms
from dossierkit.site.jsonld.event import events
from dossierkit.site.jsonld.terms import Node, known
from dossierkit.site.publisher import properties
from dossierkit.text.links import licence, web
from dossierkit.text.recordfacts import article_facts, fact_properties

SEARCH = "search/index.md"
ABOUT = "about/index.md"
_NAMED = 10
_POINTS = frozenset({"", "exact", "city"})
"""Precisions for which a point is useful. The point of a region or country is not a place to mark."""


def article(frame: Context, evidence: Evidence, where: Addresses, lang: str) -> tuple[Node, ...]:
    """The article with its source and the entities it names, its events with their quotes, and its breadcrumb."""
    page, source = evidence.page, evidence.page.source
    node = {
        "@type": "NewsArticle",
        "@id": where.page(where.here),
        "url": where.page(where.here),
        "headline": page.title,
        "description": page.description,
        "inLanguage": lang,
        "datePublished": terms.day(page.date),
        "dateModified": max(
            (frame.arrival(page).changed, *(terms.day(item.date) for item in page.corrections))
        ),
        "author": [terms.author(author) for author in page.credited],
        "image": image(page.image, frame, where),
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "isBasedOn": [*filter(None, (web(source.url), web(source.archived))), *original(source)],
        "license": licence(source.rights),
        **terms.facts(source.facts, article_facts()),
        "keywords": list(page.tags),
        "isPartOf": [collection(item, where) for item in frame.containing(page.id)],
        "mentions": [
            terms.entity(
                record, where, visibility.entity_path(record.id), unreviewed=record.id in page.unreviewed
            )
            for record in evidence.named
        ],
        "correction": corrections(page),
    }
    return (
        known(node),
        *events(evidence, where, lang, frame.content.records),
        _trail(frame, where, "articles", page.title),
    )


def original(source: SourceNote) -> Iterator[Node]:
    """The copy as received, identified by its hash, so that other copies can be compared with it."""
    if source.sha256:
        yield {"@type": "CreativeWork", "identifier": f"sha256:{source.sha256}"}


def image(medium: Medium | None, frame: Context, where: Addresses) -> Node | None:
    """A page's own picture, in its largest size; None if it has none."""
    found = frame.site.media.get(medium.src) if medium else None
    if medium is None or found is None:
        return None
    largest = found.sizes[-1] if found.sizes else MediaSize(found.path, found.width, found.height)
    node = {
        "@type": "ImageObject",
        "url": where.file(quote(largest.path)),
        "width": _pixels(largest.width),
        "height": _pixels(largest.height),
        "caption": medium.caption or medium.alt,
        "creditText": medium.credit,
    }
    return known(node)


def _pixels(count: int) -> Node | None:
    """A length in pixels: E37 is the pixel among the codes of units (UN/CEFACT, Recommendation 20)."""
    return {"@type": "QuantitativeValue", "value": count, "unitCode": "E37"} if count else None


def corrections(page: ContentPage) -> list[Node]:
    return [
        known(
            {
                "@type": "CorrectionComment",
                "text": " ".join(filter(None, (item.what, item.why))),
                "datePublished": terms.day(item.date),
            }
        )
        for item in page.corrections
    ]


def entity(frame: Context, record: Record, where: Addresses) -> tuple[Node, ...]:
    """The entity of a record, with the newest articles that name it."""
    naming = frame.graph.naming.get(record.id, ())[:_NAMED]
    node: dict[str, Any] = {
        **terms.entity(record, where, where.here),
        "@id": where.page(where.here),
        "url": where.page(where.here),
        **terms.facts(record.facts, fact_properties()),
        "image": image(record.image, frame, where),
        "description": record.description,
        "alternateName": [
            {"@value": name.text, "@language": name.lang} if name.lang else name.text
            for name in record.other_names
        ],
        "geo": _geo(record.location) if record.type == "place" and record.location else None,
        "subjectOf": [terms.article(item.page, where, visibility.article_path(item.id)) for item in naming],
    }
    page = {
        "@type": "ProfilePage" if record.type in {"person", "organization"} else "WebPage",
        "url": where.page(where.here),
        "name": record.title,
        "inLanguage": frame.t.lang,
        "isPartOf": terms.site(where),
        "breadcrumb": _trail(frame, where, "entities", record.title),
        "correction": corrections(record),
        "mainEntity": known(node),
    }
    return (known(page),)


def dossier(frame: Context, page: DossierPage, where: Addresses) -> tuple[Node, ...]:
    """The dossier with its articles and its cast."""
    cast = (frame.content.records[id_] for id_ in page.cast_ids if id_ in frame.content.records)
    node = {
        **collection(page, where),
        "author": [terms.author(author) for author in page.authors],
        "image": image(page.image, frame, where),
        "description": page.description,
        "inLanguage": page.lang or frame.t.lang,
        "keywords": list(page.tags),
        "isPartOf": terms.site(where),
        "breadcrumb": _trail(frame, where, "dossiers", page.title),
        "correction": corrections(page),
        "about": [terms.entity(record, where, visibility.entity_path(record.id)) for record in cast],
        "hasPart": [
            terms.article(item.page, where, visibility.article_path(item.id))
            for item in select(page, frame.graph.articles)
        ],
    }
    return (known(node),)


def collection(page: DossierPage, where: Addresses) -> Node:
    """A dossier as other nodes refer to it."""
    return {
        "@type": "CollectionPage",
        "name": page.title,
        "url": where.page(visibility.dossier_path(page.id)),
    }


def home(frame: Context, where: Addresses) -> tuple[Node, ...]:
    site = frame.site.publication
    node: dict[str, Any] = {
        **terms.site(where),
        "description": site.description,
        "inLanguage": frame.t.lang,
        "publisher": publisher(site, where),
    }
    if site.address:
        target = f"{where.page(SEARCH)}?q={{search_term_string}}"
        node["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        }
    return (known(node),)


def publisher(site: Publication, where: Addresses) -> Node | None:
    """The publisher of the site, with its stated policies; None if nothing is stated."""
    organization = site.publisher
    if not organization:
        return None
    policies: dict[str, list[str]] = {}
    for statement in organization.statements:
        address = where.page(statement.value) if statement.kind == "page" else statement.value
        here = where.page(ABOUT, statement.key) if statement.kind == "text" else address
        policies.setdefault(properties()[statement.key], []).append(here)
    contact = {"@type": "ContactPoint", "email" if organization.by_mail else "url": organization.contact}
    node = {
        "@type": "NewsMediaOrganization",
        "name": organization.name or site.name,
        "legalName": organization.legal_name,
        "foundingDate": organization.founded,
        "url": organization.url,
        "contactPoint": contact if organization.contact else None,
        **{name: addresses[0] if len(addresses) == 1 else addresses for name, addresses in policies.items()},
    }
    return known(node)


def about(frame: Context, title: str, description: str, where: Addresses) -> tuple[Node, ...]:
    """The page about the site, with its publisher."""
    (node,) = index(frame, title, description, where)
    return (known({**node, "@type": "AboutPage", "publisher": publisher(frame.site.publication, where)}),)


def index(frame: Context, title: str, description: str, where: Addresses) -> tuple[Node, ...]:
    """A page that lists others, or any other page."""
    steps = ((frame.t("home"), "index.md"), (title, where.here))
    node = {
        "@type": "CollectionPage" if where.here.endswith("/index.md") else "WebPage",
        "url": where.page(where.here),
        "name": title,
        "description": description,
        "inLanguage": frame.t.lang,
        "isPartOf": terms.site(where),
        "breadcrumb": terms.trail(where, steps),
    }
    return (known(node),)


def _trail(frame: Context, where: Addresses, room: str, title: str) -> Node:
    steps = ((frame.t("home"), "index.md"), (frame.t(room), f"{room}/index.md"), (title, where.here))
    return terms.trail(where, steps)


def _geo(location: Location) -> Node | None:
    if location.precision not in _POINTS:
        return None
    return {"@type": "GeoCoordinates", "latitude": location.lat, "longitude": location.lon}
