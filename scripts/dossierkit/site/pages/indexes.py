"""How the pages of data/indexpages.yml are made. Each may have a lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from dossierkit.site.context import Context, join
from dossierkit.site.interface import CompiledPage, Later, Lead
from dossierkit.site.listing import Listing
from dossierkit.text.data import load

_MAIN = ("articles", "entities", "dossiers", "timeline")

Values = Callable[[Context, Listing], dict[str, Any]]


def later(frame: Context, key: str, values: Values, *, given: tuple[object, ...] = ()) -> Later:
    """`given`: as `Later` has it, of what `values` holds."""
    return Later(f"{key}/index.md", partial(page, frame, key, values), given)


def page(frame: Context, key: str, values: Values) -> CompiledPage:
    """The page `key`, with its title and its template as data/indexpages.yml has them."""
    path = f"{key}/index.md"
    lead = frame.site.leads.get(path, Lead({}, ""))
    named = str(lead.meta.get("title", frame.t(load("indexpages")[key].get("title", key))))
    top = f"<h1>{_escape(named)}</h1>" if not lead.body.lstrip().startswith("# ") else ""
    html = frame.html(f"{key}.html", **values(frame, frame.listing(path)))
    meta = {"title": named, "hide": ["toc"], **lead.meta}
    return CompiledPage(path, meta, join(top, lead.body, html), own(lead, path))


def links(listing: Listing) -> dict[str, str]:
    """Where the main indexes are, by their names."""
    return {key: listing.href(f"{key}/index.md") for key in _MAIN}


def own(lead: Lead, path: str) -> str:
    """The file of content/ that a page was made from; empty where the site has none of its own."""
    return path if lead.meta or lead.body else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
