"""Checked claims as schema.org's ClaimReview (https://schema.org/ClaimReview).

A rating is given in the reviewer's words only, not as a number, since scales differ. An undecided entry gives no review.
"""

from __future__ import annotations

from dossierkit.model.page import ClaimReview, TimelineEntry
from dossierkit.site.interface import Publication
from dossierkit.site.jsonld import terms
from dossierkit.site.jsonld.terms import Node, known
from dossierkit.text.links import web


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
