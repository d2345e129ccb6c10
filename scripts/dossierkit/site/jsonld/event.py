"""Timeline entries as schema.org events, each with its quote. `@id` is the address of the quote; the article says the language.

Start and end are given only if ISO 8601 can express them, and no end of one day; the curated date is added as EDTF (dcterms:date with the datatype of
the Library of Congress).

The origin of a claim is in the terms of PROV-O (https://www.w3.org/TR/prov-o/) and Dublin Core; schema.org has no terms for it.
No editor is named: decisions are attributed to the site's publisher. The day of a decision is not recorded; `dcterms:available`
is the day on which the page was published.

Checked claims are schema.org's ClaimReview (https://schema.org/ClaimReview). A rating is given in the reviewer's words only,
not as a number, since scales differ. An undecided entry gives no review.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import Evidence, Supported, in_text_order
from dossierkit.model.edtf import EdtfPoint, parse
from dossierkit.model.page import ClaimReview, TimelineEntry
from dossierkit.model.provenance import ClaimOrigin, Said, said
from dossierkit.site import dateview
from dossierkit.site.addresses import Addresses
from dossierkit.site.interface import Publication, Site
from dossierkit.site.jsonld import terms
from dossierkit.site.jsonld.terms import Node, known
from dossierkit.site.strings import Strings
from dossierkit.text.links import web


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


def claim_review(entry: TimelineEntry, event: str, lang: str, site: Publication) -> Node | None:
    """The review of an entry's claim; None without one. `event`: the address of the entry."""
    review = entry.claim_review
    if review is None or entry.unreviewed:
        return None
    node = {
        "@type": "ClaimReview",
        "url": web(review.url) or event,
        "inLanguage": lang,
        "claimReviewed": review.claim,
        "itemReviewed": known({"@type": "Claim", "author": [terms.author(by) for by in review.by]}),
        "reviewRating": {"@type": "Rating", "alternateName": review.rating},
        "author": _reviewers(review, site),
        "about": {"@id": event},
    }
    return known(node)


def _reviewers(review: ClaimReview, site: Publication) -> list[Node]:
    if review.reviewer:
        return [terms.author(by) for by in review.reviewer]
    name = site.publisher.name or site.name
    return [{"@type": "Organization", "name": name}] if name else []


def provenance(evidence: Evidence, item: Supported, site: Site, origins: Mapping[Said, ClaimOrigin]) -> Node:
    """The program (with version) that proposed an entry, the publisher if it decided on the entry, the original that is
    quoted, and the day of publication.
    """
    arrival, origin = site.arrivals.get(evidence.id), origins.get(said(item.entry))
    return known(
        {
            "prov:wasQuotedFrom": None if item.waived else original(evidence.page.source.sha256),
            "prov:wasAttributedTo": list(_agents(origin, site)) if origin else None,
            "dcterms:available": arrival.arrived if arrival else "",
        }
    )


def original(sha256: str) -> Node | None:
    """The copy of a text as received, by its identifier in provenance exports; None without a hash."""
    return {"@id": f"urn:dossierkit:sha256-{sha256}"} if sha256 else None


def _agents(origin: ClaimOrigin, site: Site) -> Iterator[Node]:
    if origin.maker:
        yield {"@type": "prov:SoftwareAgent", "name": origin.maker}
    name = site.publication.publisher.name or site.publication.name
    if origin.became != "open" and name:
        yield {"@type": "prov:Organization", "name": name}
