"""Which pages have copies for programs, and the paths of these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dossierkit.evidence.visibility import LEADS
from dossierkit.site.addresses import Addresses
from dossierkit.site.interface import Site, Twins
from dossierkit.site.urls import Urls

Kind = Literal["txt", "md"]
TYPES = {"txt": "text/plain", "md": "text/markdown"}
"""Media types by file ending. A text file has exactly the code points in which quotes and offsets are counted."""


_OF_ARTICLES: Mapping[Twins, tuple[Kind, ...]] = {"all": ("txt", "md"), "text": ("txt",)}


def has_twins(site: Site) -> bool:
    """Whether the site has twins. Previews and sites that show drafts have none."""
    return site.publication.twins != "none" and not site.drafts


def has_full(site: Site) -> bool:
    """Whether the site publishes the texts of its articles, and so the document of all of them."""
    return has_twins(site) and site.publication.twins in _OF_ARTICLES


def kinds(site: Site, path: str) -> tuple[Kind, ...]:
    """The kinds of twins of the page at `path` (below docs_dir)."""
    if not has_twins(site):
        return ()
    room, _, name = path.partition("/")
    chosen = site.publication.twins
    if path in LISTED or (
        room in {"entities", "dossiers"} and "/" not in name and (chosen == "all" or room == "dossiers")
    ):
        return ("md",)
    if room != "articles" or path in LEADS or name.startswith("lists/"):
        return ()
    return _OF_ARTICLES.get(chosen, ())


def place(site: Site, where: Addresses, path: str) -> str:
    """The address of a page's Markdown, or else of the page."""
    return where.file(twin(site.urls, path, "md")) if "md" in kinds(site, path) else where.page(path)


LISTED = ("index.md", "articles/index.md", "entities/index.md", "dossiers/index.md")
"""Pages of the site itself that have a Markdown twin."""


def twin(urls: Urls, path: str, kind: Kind) -> str:
    """The path of a page's twin from the site's root: `a/b/index.md` beside `a/b/`, or `a/b.md` beside `a/b.html`."""
    at = urls.as_served().of(path)
    return f"{at}index.{kind}" if not at or at.endswith("/") else f"{at.removesuffix('html')}{kind}"
