"""The home page: the curated lead, the dossiers, and what was published last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossierkit.site.context import Context, join
from dossierkit.site.figures import Figures
from dossierkit.site.interface import CompiledPage, Lead
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes

_LATEST = 6


def page(frame: Context) -> CompiledPage:
    lead = frame.site.leads.get("index.md", Lead({}, ""))
    listing = frame.listing("index.md")
    html = frame.html(
        "home.html",
        latest=tuple(listing.card(item) for item in tuple(frame.graph.articles.values())[:_LATEST]),
        links=indexes.links(listing),
        tally=tuple(_tally(frame, listing)),
        **indexes.dossiers(frame, listing),
    )
    meta = {"title": frame.t("home"), "hide": ["toc"], **lead.meta}
    figures = Figures(frame.site, "index.md")
    top, body = frame.lead(lead.image, figures), figures.body(lead.body)
    return CompiledPage("index.md", meta, join(top, body, html), indexes.own(lead, "index.md"))


def _tally(frame: Context, listing: Listing) -> Iterator[dict[str, Any]]:
    """How much there is of everything, each number with its index."""
    numbers = {
        "articles": len(frame.graph.articles),
        "entities": len(frame.content.records),
        "entries": frame.events.count,
    }
    for key, index in (("articles", "articles"), ("entities", "entities"), ("entries", "timeline")):
        label = frame.t.count(f"{key}_noun", numbers[key])
        yield {"href": listing.href(f"{index}/index.md"), "number": numbers[key], "label": label}
