"""Pages as schema.org describes them, for search engines and archives (JSON-LD, https://schema.org/NewsArticle)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dossierkit.compile.correction_notices import day, notices
from dossierkit.compile.evidence import Evidence
from dossierkit.model.page import DossierPage
from dossierkit.model.record import Record

_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "document": "CreativeWork",
    "event": "Event",
}
_WIKIDATA = "https://www.wikidata.org/entity/"
# What would end a script element, or be read as HTML, written so that it cannot be.
_INERT = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def article(evidence: Evidence, lang: str) -> str:
    """The article with its source, whom it names and its corrections, as JSON that may stand in a script element."""
    page = evidence.page
    source = page.source
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.description,
        "inLanguage": lang,
        "datePublished": day(page.date),
        "author": {"@type": "Person", "name": source.author} if source.author else None,
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "isBasedOn": source.url if source.url.startswith(("https://", "http://")) else None,
        "keywords": list(page.tags),
        "mentions": [_entity(record) for record in evidence.records if evidence.of(record.id)],
        "correction": notices(page.corrections),
    }
    return json.dumps(_given(described), ensure_ascii=False).translate(_INERT)


def corrected(page: Record | DossierPage, lang: str) -> str:
    """The page about a record, or a dossier, with its corrections; empty where it has none."""
    if not page.corrections:
        return ""
    kind = "CollectionPage" if isinstance(page, DossierPage) else "WebPage"
    described = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": page.title,
        "inLanguage": lang,
        "correction": notices(page.corrections),
    }
    return json.dumps(described, ensure_ascii=False).translate(_INERT)


def _entity(record: Record) -> dict[str, Any]:
    same = [value.replace("wikidata:", _WIKIDATA, 1) for value in record.same_as]
    same = [value for value in same if value.startswith(("https://", "http://"))]
    return _given({"@type": _TYPES[record.type], "name": record.title, "sameAs": same})


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
