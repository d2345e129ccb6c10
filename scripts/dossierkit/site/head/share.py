"""Open Graph (https://ogp.me) and the card of X: what a link to a page looks like where it is shared."""

from __future__ import annotations

from dossierkit.site.addresses import Addresses
from dossierkit.site.cards import picture
from dossierkit.site.head.shape import HeadFacts, Meta, named
from dossierkit.site.interface import Site


def metas(site: Site, facts: HeadFacts, *, own: bool) -> tuple[Meta, ...]:
    """`own`: whether the page has a card of its own."""
    where = Addresses(site, facts.path)
    address = where.page(facts.path) if site.publication.address else ""
    properties = {
        "og:type": facts.kind,
        "og:title": facts.title,
        "og:description": facts.description,
        "og:url": address,
        "og:site_name": site.publication.name,
    }
    image = where.file(picture.address(facts.path if own else "index.md"))
    pictured = {
        "og:image": image,
        "og:image:type": "image/png",
        "og:image:width": str(picture.WIDTH),
        "og:image:height": str(picture.HEIGHT),
        "og:image:alt": facts.title if own else site.publication.name,
    }
    shown = site.publication.cards > 0
    return (
        *named({**properties, **(pictured if shown else {})}, "property"),
        *named({"twitter:card": "summary_large_image" if shown else "summary"}),
    )
