"""The tools of a drawing: its script, and the code to embed it on another site."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from dossierkit.site.listing import Listing

SCRIPT = "assets/dossierkit/charts.js"
EMBEDS = "embed/"
"""The folder of pages for other sites' frames."""
HEIGHTS = {"network": 640, "map": 560, "timeline": 720}
"""The height in pixels of each kind in a column of ordinary width."""


class Tools(NamedTuple):
    """`kind`: "network", "map" or "timeline". `script`: its address. `embed`: HTML for another site, empty if there is none.

    `source`: the page's address, for saved copies of the drawing.
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
    """The path of the page for other sites' frames, as if it were a source below docs_dir."""
    return f"{EMBEDS}{page.removesuffix('.md')}/{kind}/index.md"


def embed_path(page: str, kind: str) -> str:
    """The path of the page for other sites' frames, from the site's root."""
    return embed_page(page, kind).removesuffix(".md") + ".html"


def embed_code(listing: Listing, kind: str) -> str:
    """The HTML that shows a drawing on another site; empty if the page has no page for frames, or the site no address."""
    address, here = listing.site.publication.address, listing.here
    if not address or not listing.framed:
        return ""
    title = listing.t("embed.title", kind=listing.t(f"embed.{kind}"))
    return (
        f'<iframe src="{escape(address + listing.site.urls.served_at(embed_page(here, kind)))}" title="{escape(title)}" width="100%" '
        f'height="{HEIGHTS[kind]}" loading="lazy" style="border:0"></iframe>'
    )
