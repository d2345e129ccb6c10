"""Indexes of one page: dossiers, the whole timeline, corrections; and how every index is made. Each may have a lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.site import corrections
from dossierkit.site.context import Context, join
from dossierkit.site.figures import COLUMN, Figures
from dossierkit.site.interface import CompiledPage, Later, Lead
from dossierkit.site.listing import Listing
from dossierkit.site.pages import timeline_pages

_MAIN = ("articles", "entities", "dossiers", "timeline")

Values = Callable[[Context, Listing], dict[str, Any]]


def pages(frame: Context) -> Iterator[Later]:
    yield later(frame, "dossiers", dossiers)
    yield from timeline_pages.pages(frame)
    yield later(frame, "corrections", corrected)
    yield later(frame, "search", found, title="search.title")


def later(
    frame: Context, key: str, values: Values, *, title: str = "", given: tuple[object, ...] = ()
) -> Later:
    """`given`: as `Later` has it, of what `values` holds."""
    return Later(f"{key}/index.md", partial(page, frame, key, values, title=title), given)


def page(frame: Context, key: str, values: Values, *, title: str = "") -> CompiledPage:
    """The index `key`: its title is a string of that name unless `title` names another, its list the fragment of that name."""
    path = f"{key}/index.md"
    lead = frame.site.leads.get(path, Lead({}, ""))
    named = str(lead.meta.get("title", frame.t(title or key)))
    top = f"<h1>{_escape(named)}</h1>" if not lead.body.lstrip().startswith("# ") else ""
    html = frame.html(f"{key}.html", **values(frame, frame.listing(path)))
    meta = {"title": named, "hide": ["toc"], **lead.meta}
    return CompiledPage(path, meta, join(top, lead.body, html), own(lead, path))


def dossiers(frame: Context, listing: Listing) -> dict[str, Any]:
    figures = Figures(frame.site, listing.here)
    rows = []
    for dossier in frame.content.dossiers.values():
        members = select(dossier, frame.graph.articles)
        entries = len(frame.events.among([member.id for member in members]))
        href = listing.href(visibility.dossier_path(dossier.id))
        picture = figures.view(dossier.image, COLUMN)
        counts = frame.counts(members, entries)
        rows.append({"dossier": dossier, "href": href, "counts": counts, "picture": picture})
    return {"dossiers": tuple(rows)}


def corrected(frame: Context, listing: Listing) -> dict[str, Any]:
    items = corrections.of_all(listing)
    feed = frame.site.urls.to(listing.here, corrections.FEED) if items else ""
    return {"corrections": items, "feed": feed}


def links(listing: Listing) -> dict[str, str]:
    """Where the main indexes are, by their names."""
    return {key: listing.href(f"{key}/index.md") for key in _MAIN}


def found(frame: Context, listing: Listing) -> dict[str, Any]:
    """What the page of the search leads to where scripts are off; `frame` is what each index is given."""
    del frame
    return {"links": links(listing)}


def own(lead: Lead, path: str) -> str:
    """The file of content/ that a page was made from; empty where the site has none of its own."""
    return path if lead.meta or lead.body else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
