"""Which pages have copies for programs, and their paths."""

from __future__ import annotations

from typing import Literal

from dossierkit.evidence.visibility import LEADS
from dossierkit.site.addresses import Addresses
from dossierkit.site.interface import Site
from dossierkit.site.urls import Urls

Kind = Literal["txt", "md"]
TYPES = {"txt": "text/plain", "md": "text/markdown"}
"""By the end of the name. The text is as quotes and offsets count it, in code points, and nothing besides."""


def has_twins(site: Site) -> bool:
    """Whether the site has twins: a preview has none, nor a site that shows drafts."""
    return site.publication.twins != "none" and not site.drafts


def kinds(site: Site, path: str) -> tuple[Kind, ...]:
    """The twins of the page at `path` (below docs_dir)."""
    if not has_twins(site):
        return ()
    room, _, name = path.partition("/")
    every = site.publication.twins == "all"
    if path in LISTED or (
        room in {"entities", "dossiers"} and "/" not in name and (every or room == "dossiers")
    ):
        return ("md",)
    if room != "articles" or path in LEADS or name.startswith("lists/"):
        return ()
    return ("txt", "md") if every else ("txt",)


def place(site: Site, where: Addresses, path: str) -> str:
    """Where a page's Markdown is, or else the page."""
    return where.file(twin(site.urls, path, "md")) if "md" in kinds(site, path) else where.page(path)


LISTED = ("index.md", "articles/index.md", "entities/index.md", "dossiers/index.md")
"""Pages of the site's own that have a twin."""


def twin(urls: Urls, path: str, kind: Kind) -> str:
    """Where a twin of the page stands, from the site's root: `a/b/index.md` beside `a/b/`, or `a/b.md` beside `a/b.html`."""
    at = urls.as_served().of(path)
    return f"{at}index.{kind}" if not at or at.endswith("/") else f"{at.removesuffix('html')}{kind}"
