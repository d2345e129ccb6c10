"""Mentions and timeline quotes as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): JSON-LD, one collection.

Each target is the article's page with a TextQuoteSelector that finds its words once, and their TextPositionSelector.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dossierkit.compile.evidence import Evidence, Found, Supported
from dossierkit.export.dataset import Dataset

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # code points before and after, doubled until the words stand once


def webannotation(data: Dataset) -> str:
    """One annotation a line, since there are many."""
    items = [item for article in data.articles() for item in _annotations(data, article)]
    id_ = f"{data.site.publication.address}data/annotations.jsonld"
    collection = {
        "@context": _context(data),
        "id": id_,
        "type": "AnnotationCollection",
        "label": data.site.publication.name,
        "total": len(items),
        "first": {"id": f"{id_}#first", "type": "AnnotationPage", "startIndex": 0, "items": []},
    }
    head = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).removesuffix("]}}")
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)
    return f"{head}\n{lines}\n]}}}}\n"


def _context(data: Dataset) -> str | list[Any]:
    """Addresses from the root of a site that does not know where it stands: its files are one folder below."""
    return _CONTEXT if data.site.publication.address else [_CONTEXT, {"@base": "../"}]


def _annotations(data: Dataset, article: Evidence) -> Iterator[dict[str, Any]]:
    for found in article.mentions:
        if found.entity in data.content.records:
            yield _mention(data, article, found)
    for item in article.timeline:
        if not item.waived:
            yield _quote(data, article, item)


def _mention(data: Dataset, article: Evidence, found: Found) -> dict[str, Any]:
    body = {"source": data.entity_address(found.entity), "type": "SpecificResource", "purpose": "identifying"}
    return {
        "id": data.article_address(article, found.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": _target(data, article, found.start, found.end),
    }


def _quote(data: Dataset, article: Evidence, item: Supported) -> dict[str, Any]:
    said = {
        "type": "TextualBody",
        "purpose": "describing",
        "value": item.entry.text,
        "format": "text/plain",
        "language": article.page.lang or data.t.lang,
    }
    dated = {"type": "TextualBody", "purpose": "tagging", "value": item.entry.date, "format": "text/plain"}
    return {
        "id": data.article_address(article, item.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": [said, dated] if item.entry.date else said,
        "target": _target(data, article, item.start, item.end),
    }


def _target(data: Dataset, article: Evidence, start: int, end: int) -> dict[str, Any]:
    before, exact, after = selector(article.layer.text, start, end)
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after}
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": data.article_address(article), "selector": [quote, position]}


def selector(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Prefix, words and suffix that stand once in the text."""
    around = _AROUND
    while True:
        low, high = max(0, start - around), min(len(text), end + around)
        found = text[low:high]
        first = text.find(found)
        if text.find(found, first + 1) < 0 or (low == 0 and high == len(text)):
            return text[low:start], text[start:end], text[end:high]
        around *= 2
