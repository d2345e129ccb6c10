"""A dossier: the curated lead, its cast, the timeline of its articles, and the articles."""

from __future__ import annotations

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.model.page import DossierPage
from dossierkit.site.charts import maps, named_together
from dossierkit.site.cite import reference
from dossierkit.site.context import Context
from dossierkit.site.figures import Figures
from dossierkit.site.interface import CompiledPage
from dossierkit.site.pages import timelines


def page(frame: Context, dossier: DossierPage) -> CompiledPage:
    path = visibility.dossier_path(dossier.id)
    listing = frame.listing(path)
    articles = select(dossier, frame.graph.articles)
    timeline = timelines.section(frame, listing, frame.events.among([one.page.id for one in articles]))
    figures = Figures(frame.site, path, dossier.lang)
    top = frame.html(
        "dossier-top.html",
        lead=frame.lead(dossier.image, figures),
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
        map=frame.map(maps.of_dossier(listing, articles, timelines.entries(timeline))),
        network=frame.network(named_together.of_dossier(listing, articles, frame.ties)),
    )
    corrected = frame.corrected(path, dossier, listing)
    cited = frame.cited(reference.of(dossier, frame.site))
    body, shown = figures.body(dossier.body), frame.shown(dossier, figures)
    return frame.page(path, dossier, top, corrected, body, shown, bottom, cited)
