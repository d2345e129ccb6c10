"""The facets of an article: the parts of its evidence that pages read separately, each with a digest.

A page that lists articles depends on their titles, not on their texts; a timeline does not depend on the offsets of quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from operator import attrgetter
from typing import Any

from dossierkit.evidence.gathering import AnchoredMention, Evidence, SentenceAnchor, Supported, in_text_order
from dossierkit.evidence.layer import Layer
from dossierkit.model.page import ArticlePage, TimelineEntry
from dossierkit.model.plain import digest_of, digested, dumps

FACTS = ("page", "records", "named", "mentions", "entries", "timeline", "waived")
"""The facets that contain neither the article's text nor offsets in it."""
PASSAGES = "passages "
"""Prefix of the facets of passages; the entity's id follows."""
_TELLING = ("timeline", "page", "records")


def shown(page: ArticlePage) -> ArticlePage:
    """The page without body, entities and timeline, and without line and column numbers in its file."""
    return replace(
        page,
        body="",
        body_line=0,
        entities=(),
        timeline=(),
        corrections=_unplaced(page.corrections),
        image=_unplaced((page.image,))[0] if page.image else None,
        authors=_unplaced(page.authors),
        media=_unplaced(page.media),
    )


def _unplaced(items: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(replace(item, line=0, col=0) for item in items)


def mentioned(mentions: tuple[AnchoredMention, ...]) -> tuple[AnchoredMention, ...]:
    """Mentions without their offsets."""
    return tuple(found._replace(start=0, end=0) for found in mentions)


def without_places(timeline: tuple[Supported, ...]) -> tuple[Supported, ...]:
    """Timeline entries in the order of the text, without offsets, sentence numbers and line numbers."""
    return tuple(
        item._replace(entry=replace(item.entry, line=0, col=0), start=0, end=0, sentence=0)
        for item in in_text_order(timeline)
    )


@dataclass(frozen=True, slots=True)
class _TextFacets:
    layer: Layer
    anchors: tuple[SentenceAnchor, ...]
    mentions: tuple[AnchoredMention, ...]
    timeline: tuple[Supported, ...]


_APART = frozenset({"line", "col", "claim_review"})
_ENTRY = attrgetter(*(field.name for field in fields(TimelineEntry) if field.name not in _APART))


def _entry(entry: TimelineEntry) -> list[object]:
    """All fields of an entry but its line and column in the file."""
    review = entry.claim_review
    if review is None:
        return [*_ENTRY(entry), None]
    plain = dumps(replace(review, by=_unplaced(review.by), reviewer=_unplaced(review.reviewer)))
    return [*_ENTRY(entry), plain.decode("utf-8", "surrogatepass")]


def facets(article: Evidence, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """The digest of each facet, by name. An empty digest means that the facet cannot be compared, and equals nothing.

    `known`: digests that the caller has already.
    """
    there = known or {}
    return {name: there[name] if name in there else digested(part) for name, part in _parts(article).items()}


def events_digest(facets: Mapping[str, str]) -> str:
    """Digest of the facets of one article from which events are joined; empty if one of them cannot be compared."""
    parts = [facets[name] for name in _TELLING]
    return digest_of(" ".join(parts)) if all(parts) else ""


def events_digest_of(article: Evidence) -> str:
    """`events_digest` of evidence whose facets have not been digested yet."""
    parts = _parts(article)
    return events_digest({name: digested(parts[name]) for name in _TELLING})


def _parts(article: Evidence) -> dict[str, Callable[[], object]]:
    mentions, timeline = article.placed
    parts: dict[str, Callable[[], object]] = {
        "page": lambda: shown(article.page),
        "records": lambda: [record.id for record in article.records],
        "named": lambda: [record.id for record in article.named],
        "mentions": lambda: [(found.entity, found.id, found.number, found.sentence) for found in mentions],
        "claims": lambda: article.claims,
        "timeline": lambda: [
            (item.id, item.entities, item.waived, item.hour, item.page, *_entry(item.entry))
            for item in in_text_order(timeline)
        ],
        "entries": lambda: [
            (item.id, item.entities, item.waived, *_entry(item.entry)) for item in article.timeline
        ],
        "waived": lambda: dict(article.waived),
        "text": lambda: _TextFacets(article.layer, article.anchors, mentions, timeline),
    }
    entities = dict.fromkeys(found.entity for found in mentions)
    return parts | {f"{PASSAGES}{id_}": partial(article.passages, id_) for id_ in entities}
