"""Makes the pages of data/indexpages.yml. Each may have a curated lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

from dossierkit.site.context import Context, join
from dossierkit.site.interface import CompiledPage, Later, Lead
from dossierkit.site.listing import Listing
from dossierkit.text.data import load

_MAIN = ("articles", "entities", "dossiers", "timeline")

Values = Callable[[Context, Listing], dict[str, Any]]


def later(frame: Context, key: str, values: Values, *, given: tuple[object, ...] = ()) -> Later:
    """The page `key`, made on request. `given`: see `Later`; what `values` depends on besides the context."""
    return Later(f"{key}/index.md", partial(page, frame, key, values), given)


def page(frame: Context, key: str, values: Values) -> CompiledPage:
    """The page `key`, with its title and its template from data/indexpages.yml."""
    path = f"{key}/index.md"
    lead = frame.site.lead(path)
    named = str(lead.meta.get("title", frame.t(load("indexpages")[key].get("title", key))))
    top = f"<h1>{escape(named, quote=False)}</h1>" if not lead.body.lstrip().startswith("# ") else ""
    html = frame.html(f"{key}.html", **values(frame, frame.listing(path)))
    meta = {"title": named, "hide": ["toc"], **lead.meta}
    return CompiledPage(path, meta, join(top, lead.body, html), own(lead, path))


def links(listing: Listing) -> dict[str, str]:
    """Links to the main indexes, by name."""
    return {key: listing.href(f"{key}/index.md") for key in _MAIN}


def own(lead: Lead, path: str) -> str:
    """The path of the lead's file in content/; empty if the site has no such file."""
    return path if lead.meta or lead.body else ""
