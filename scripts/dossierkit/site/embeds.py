"""Pages for frames on other sites: a dossier's timeline, network and map, each whole without scripts, with the way back and its citation.

A single event is the timeline's page with the event's anchor: the style sheet then shows nothing else of the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.model.page import DossierPage
from dossierkit.site.charts import maps, named_together
from dossierkit.site.charts.tools import HEIGHTS, embed_page, embed_path
from dossierkit.site.cite import plain, reference
from dossierkit.site.context import Context
from dossierkit.site.interface import Unit
from dossierkit.site.listing import Listing
from dossierkit.site.pages import timelines
from dossierkit.text.direction import direction

_STYLES = ("assets/dossierkit/dossier.css", "assets/dossierkit/embed.css")


def units(frame: Context) -> Iterator[Unit]:
    """The pages of each dossier."""
    for id_, dossier in frame.content.dossiers.items():
        path = visibility.dossier_path(id_)
        yield Unit(tuple(embed_path(path, kind) for kind in HEIGHTS), partial(_pages, frame, dossier))


def _pages(frame: Context, dossier: DossierPage) -> Iterator[tuple[str, str]]:
    served = replace(frame, site=replace(frame.site, urls=frame.site.urls.as_served()))
    path = visibility.dossier_path(dossier.id)
    for kind in HEIGHTS:
        yield embed_path(path, kind), _page(served, dossier, kind, served.listing(embed_page(path, kind)))


def _page(frame: Context, dossier: DossierPage, kind: str, listing: Listing) -> str:
    path, site, way = visibility.dossier_path(dossier.id), frame.site, frame.site.urls.way(listing.here)
    lang = dossier.lang or frame.t.lang
    return site.template(
        "embed.html",
        {
            "kind": kind,
            "title": dossier.title,
            "label": frame.t(f"embed.{kind}"),
            "lang": lang,
            "dir": direction(lang),
            "policy": site.framed,
            "styles": tuple(way.to(sheet) for sheet in (*_STYLES, *filter(None, (site.sheet,)))),
            "href": listing.href(path),
            "site": site.publication.name or frame.t("home"),
            "cited": plain.credit(reference.of(dossier, site), frame.t),
            **_drawing(frame, dossier, kind, listing),
        },
    )


def _drawing(frame: Context, dossier: DossierPage, kind: str, listing: Listing) -> dict[str, object]:
    """What the page shows. Its maker is given the same as that of the dossier's own page."""
    articles = select(dossier, frame.graph.articles)
    section = timelines.section(frame, listing, frame.events.among([one.id for one in articles]))
    entries = timelines.entries(section)
    if kind == "timeline":
        return {"chart": section.chart, "entries": entries}
    if kind == "network":
        network = named_together.of_dossier(listing, articles, frame.ties)
        return {"drawn": frame.network(replace(network, tools=None)) if network else ""}
    atlas = maps.of_dossier(listing, articles)
    return {"drawn": frame.map(atlas._replace(tools=None)) if atlas else ""}
