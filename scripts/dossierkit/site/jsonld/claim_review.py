"""Checked claims as schema.org's ClaimReview (https://schema.org/ClaimReview).

A rating stands in its reviewer's words alone: no number is made of them, since scales differ. What nobody has decided on is no review.
"""

from __future__ import annotations

from dossierkit.model.page import ClaimReview, TimelineEntry
from dossierkit.site.context import web
from dossierkit.site.interface import Publication
from dossierkit.site.jsonld import terms
from dossierkit.site.jsonld.terms import Node, known


def claim_review(entry: TimelineEntry, event: str, lang: str, site: Publication) -> Node | None:
    """The review of an entry's claim; None where it has none. `event`: the address of the entry."""
    one = entry.claim_review
    if one is None or entry.unreviewed:
        return None
    node = {
        "@type": "ClaimReview",
        "url": web(one.url) or event,
        "inLanguage": lang,
        "claimReviewed": one.claim,
        "itemReviewed": known({"@type": "Claim", "author": [terms.author(by) for by in one.by]}),
        "reviewRating": {"@type": "Rating", "alternateName": one.rating},
        "author": _reviewers(one, site),
        "about": {"@id": event},
    }
    return known(node)


def _reviewers(one: ClaimReview, site: Publication) -> list[Node]:
    if one.reviewer:
        return [terms.author(by) for by in one.reviewer]
    name = site.publisher.name or site.name
    return [{"@type": "Organization", "name": name}] if name else []
