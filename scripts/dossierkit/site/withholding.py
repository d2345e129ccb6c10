"""Curated Markdown that links to withheld pages: the links are removed, and files that only withheld pages use are left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from dossierkit.evidence import visibility
from dossierkit.model.media import FOLDER
from dossierkit.model.page import ArticlePage, Content, DossierPage
from dossierkit.model.record import Record
from dossierkit.site.interface import Lead, Site
from dossierkit.text.links import Address, addresses, target

_Page = TypeVar("_Page", ArticlePage, Record, DossierPage)


def withhold(
    content: Content, shown: Content, site: Site, addresses: Collection[str]
) -> tuple[Content, Site, frozenset[str]]:
    """Return the content and the site's own pages without links to withheld pages, and the files that must not be published.

    `addresses`: the paths below docs_dir that readers will find.
    """
    hidden = visibility.replaced(content) - frozenset(addresses)
    files = withheld_files(content, shown, site.leads, site.files)
    return unlinked(shown, hidden), unlinked_leads(site, hidden), files


def withheld_files(
    content: Content, shown: Content, leads: Mapping[str, Lead], files: Collection[str]
) -> frozenset[str]:
    """Pictures and documents below content/ that only withheld pages link to.

    Files below media/ are not among them: `evidence.media_use.published` decides on those.
    """
    pages = dict(visibility.pages_of(shown))
    hidden = ((path, page.body) for path, page in visibility.pages_of(content) if path not in pages)
    wanted = {path for path in _targets(hidden) & set(files) if not path.startswith(FOLDER)}
    if not wanted:
        return frozenset()
    bodies = [(path, page.body) for path, page in pages.items()]
    bodies += [(path, lead.body) for path, lead in leads.items()]
    return frozenset(path for path in wanted - _targets(bodies) if not path.endswith(".md"))


def _targets(bodies: Iterable[tuple[str, str]]) -> set[str]:
    return {target(found.text, path) for path, body in bodies for found in addresses(body)}


def unlinked(content: Content, hidden: Collection[str]) -> Content:
    """The content without links to the paths in `hidden`."""
    if not hidden:
        return content

    def unlinked_page(page: _Page, path: str) -> _Page:
        body = without(page.body, path, hidden)
        return page if body == page.body else replace(page, body=body)

    return replace(
        content,
        articles={
            id_: unlinked_page(page, visibility.article_path(id_)) if page.gist.relative else page
            for id_, page in content.articles.items()
        },
        records={
            id_: unlinked_page(page, visibility.entity_path(id_)) for id_, page in content.records.items()
        },
        dossiers={
            id_: unlinked_page(page, visibility.dossier_path(id_)) for id_, page in content.dossiers.items()
        },
    )


def unlinked_leads(site: Site, hidden: Collection[str]) -> Site:
    """The site's own pages without links to the paths in `hidden`."""
    leads = {path: replace(lead, body=without(lead.body, path, hidden)) for path, lead in site.leads.items()}
    return replace(site, leads=leads)


def without(markdown: str, page: str, hidden: Collection[str]) -> str:
    """The Markdown of a page in which links to hidden paths are replaced by their words; other addresses become `#`."""
    found = [item for item in addresses(markdown) if target(item.text, page) in hidden] if hidden else []
    for item in sorted(found, key=lambda item: item.start, reverse=True):
        start, end, words = _replacement(item)
        markdown = markdown[:start] + words + markdown[end:]
    return markdown


def _replacement(item: Address) -> tuple[int, int, str]:
    return (*item.whole, item.label) if item.whole else (item.start, item.end, "#")
