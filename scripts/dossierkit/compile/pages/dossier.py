"""A dossier: the curated lead, its cast, the timeline of its articles, and the articles."""

from __future__ import annotations

from dossierkit.compile import publish
from dossierkit.compile.pages.frame import Frame
from dossierkit.compile.select import select
from dossierkit.compile.site import CompiledPage
from dossierkit.model.page import DossierPage


def page(frame: Frame, dossier: DossierPage) -> CompiledPage:
    path = publish.dossier_path(dossier.id)
    listing = frame.listing(path)
    articles = select(dossier, frame.graph.articles)
    entries = listing.timeline((article, item) for article in articles for item in article.timeline)
    top = frame.html(
        "dossier-top.html",
        dossier=dossier,
        index_href=listing.href("dossiers/index.md"),
        cast=tuple(listing.entity(record) for record in listing.known(id_ for id_, _, _ in dossier.cast)),
        counts=frame.counts(articles, len(entries)),
    )
    bottom = frame.html(
        "dossier-bottom.html",
        dossier=dossier,
        years=listing.by_year(entries),
        articles=tuple(listing.article(article) for article in articles),
    )
    corrected = frame.corrected(path, dossier, listing)
    return frame.page(path, dossier, top, corrected, dossier.body, bottom, frame.cited(dossier))
