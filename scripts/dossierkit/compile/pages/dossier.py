"""A dossier: the curated lead, its cast, the timeline of its articles, and the articles."""

from __future__ import annotations

from dossierkit.compile import publish
from dossierkit.compile.cite import reference
from dossierkit.compile.figures import maps, named_together
from dossierkit.compile.pages import timelines
from dossierkit.compile.pages.frame import Frame
from dossierkit.compile.select import select
from dossierkit.compile.site import CompiledPage
from dossierkit.model.page import DossierPage


def page(frame: Frame, dossier: DossierPage) -> CompiledPage:
    path = publish.dossier_path(dossier.id)
    listing = frame.listing(path)
    articles = select(dossier, frame.graph.articles)
    timeline = timelines.section(frame, listing, frame.events.among([one.page.id for one in articles]))
    top = frame.html(
        "dossier-top.html",
        dossier=dossier,
        index_href=listing.href("dossiers/index.md"),
        cast=tuple(listing.entity(record) for record in listing.known(id_ for id_, _, _ in dossier.cast)),
        counts=frame.counts(articles, timeline.count),
    )
    bottom = frame.html(
        "dossier-bottom.html",
        dossier=dossier,
        timeline=timeline,
        articles=tuple(listing.card(article) for article in articles),
        map=frame.map(maps.of_dossier(listing, articles)),
        network=frame.network(named_together.of_dossier(listing, articles, frame.ties)),
    )
    corrected = frame.corrected(path, dossier, listing)
    cited = frame.cited(reference.of(dossier, frame.site))
    return frame.page(path, dossier, top, corrected, dossier.body, bottom, cited)
