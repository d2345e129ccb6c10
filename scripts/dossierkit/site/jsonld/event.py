"""Timeline entries as schema.org events, each with its quote. `@id` is the address of the quote; the article says the language.

Start and end are given only if ISO 8601 can express them, and no end of one day; the curated date is added as EDTF (dcterms:date with the datatype of
the Library of Congress).
"""

from __future__ import annotations

from collections.abc import Container

from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import Evidence, Supported, in_text_order
from dossierkit.model.edtf import EdtfPoint, parse
from dossierkit.model.page import TimelineEntry
from dossierkit.site import dateview
from dossierkit.site.addresses import Addresses
from dossierkit.site.jsonld.claim_review import claim_review
from dossierkit.site.jsonld.provenance import provenance
from dossierkit.site.jsonld.terms import Node, known
from dossierkit.site.strings import Strings


def events(evidence: Evidence, where: Addresses, lang: str, shown: Container[str]) -> tuple[Node, ...]:
    """The events of an article, in the order of the text, with the reviews of their claims. `shown`: ids of entities with a page."""
    known_ = where.site.origins.get(evidence.id)
    origins = known_.claims if known_ else {}
    nodes: list[Node] = []
    for item in in_text_order(evidence.timeline):
        address = where.page(visibility.article_path(evidence.id), "" if item.waived else item.id)
        nodes.append(
            {**_event(evidence, item, where, shown), **provenance(evidence, item, where.site, origins)}
        )
        if review := claim_review(item.entry, address, lang, where.site.publication):
            nodes.append(review)
    return tuple(nodes)


def _event(evidence: Evidence, item: Supported, where: Addresses, shown: Container[str]) -> Node:
    path = visibility.article_path(evidence.id)
    source = {"@id": where.relative(path)}
    quotation = {"@type": "Quotation", "text": item.entry.quote, "isPartOf": source}
    start, end = bounds(item.entry.date)
    node = {
        "@type": "Event",
        "@id": "" if item.waived else where.relative(path, item.id),
        "name": item.entry.text,
        "disambiguatingDescription": doubts(item.entry, where.site.strings),
        "startDate": start,
        "endDate": end if end != start or len(end) < len("2016-05-29") else "",
        "dcterms:date": item.entry.date,
        "about": [
            {"@id": where.relative(visibility.entity_path(id_))} for id_ in item.entities if id_ in shown
        ],
        "subjectOf": source if item.waived else quotation,
    }
    return known(node)


def doubts(entry: TimelineEntry, t: Strings) -> str:
    """Notes that the entry is dated by a report's day, or undecided; empty if neither."""
    dated = t(f"dated_by.{entry.dated_by}") if entry.dated_by else ""
    return "; ".join(filter(None, (dated, t("unreviewed") if entry.unreviewed else "")))


def bounds(edtf: str) -> tuple[str, str]:
    """The start and end in ISO 8601, each empty if it cannot be expressed.

    A day, month or year is its own start and end. An interval has the ends that are certain; an interval that means "some time
    within", such as a week or a part of a month, has none, since they would state the length of the event.
    """
    machine = dateview.view(edtf, "en").machine if edtf else ""
    if machine:
        return machine, machine
    if not edtf or parse(edtf).kind != "interval":
        return "", ""
    if dateview.view(edtf, "en").certainty not in {"span", "open"}:
        return "", ""
    first, last = parse(edtf).spans[0]
    return _plain(first), _plain(last)


def _plain(point: EdtfPoint | None) -> str:
    written = str(point) if point else ""
    return dateview.view(written, "en").machine if written else ""
