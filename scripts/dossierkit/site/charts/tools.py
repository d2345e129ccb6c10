"""The tools of a drawing: its script, and the code to embed it on another site."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from dossierkit.site.listing import Listing

SCRIPT = "assets/dossierkit/charts.js"
EMBEDS = "embed/"
"""Where pages for other sites' frames stand."""
HEIGHTS = {"network": 640, "map": 560, "timeline": 720}
"""Pixels that each needs in a column of ordinary width."""


class Tools(NamedTuple):
    """`kind`: "network", "map" or "timeline". `script`: its address. `embed`: HTML for another site, empty where there is none.

    `source`: where the page stands, for what is saved of the drawing.
    """

    kind: str
    script: str
    embed: str = ""
    source: str = ""


def tools(listing: Listing, kind: str) -> Tools:
    site = listing.site
    script = site.urls.to(listing.here, SCRIPT)
    address = site.publication.address
    source = f"{address}{site.urls.served_at(listing.here)}" if address else ""
    return Tools(kind, script, embed_code(listing, kind), source)


def embed_page(page: str, kind: str) -> str:
    """The page for other sites' frames of a kind, as if it lay below docs_dir."""
    return f"{EMBEDS}{page.removesuffix('.md')}/{kind}/index.md"


def embed_path(page: str, kind: str) -> str:
    """The same as the file that it is, from the site's root."""
    return embed_page(page, kind).removesuffix(".md") + ".html"


def embed_code(listing: Listing, kind: str) -> str:
    """What another site writes to show a drawing of this page; empty where it has no such page, or the site no address."""
    address, here = listing.site.publication.address, listing.here
    if not address or not listing.framed:
        return ""
    title = listing.t("embed.title", kind=listing.t(f"embed.{kind}"))
    return (
        f'<iframe src="{escape(address + listing.site.urls.served_at(embed_page(here, kind)))}" title="{escape(title)}" width="100%" '
        f'height="{HEIGHTS[kind]}" loading="lazy" style="border:0"></iframe>'
    )
