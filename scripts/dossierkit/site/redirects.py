"""Redirects: retired ids lead to the pages that have other ids now. Pages should use the new ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.page import ArticlePage, Content, ContentPage, DossierPage, PlacedId
from dossierkit.model.record import Record
from dossierkit.site.interface import CompiledPage, Site

RETIRED_ARTICLE = "the article "
"""How the message of D801 begins for an article."""


def pages(site: Site, content: Content) -> Iterator[CompiledPage]:
    """A redirect page, which needs no script, for every retired id of a page that readers see."""
    taken = visibility.paths(content)
    for old, path, page in _retired_paths(content):
        if old not in taken:
            yield _page(site, old, path, page)


def _page(site: Site, here: str, there: str, page: ContentPage) -> CompiledPage:
    values = {"href": site.urls.href(here, there), "title": page.title}
    meta: dict[str, Any] = {
        "title": page.title,
        "template": "redirect.html",
        "redirect": site.urls.served_at(there),
        "robots": "noindex",
        "search": {"exclude": True},
        "hide": ["toc", "navigation"],
    }
    return CompiledPage(here, meta, f"{site.template('moved.html', values).strip()}\n")


def paths(content: Content) -> frozenset[str]:
    return frozenset(old for old, _, _ in _retired_paths(content))


def _retired_paths(content: Content) -> Iterator[tuple[str, str, ContentPage]]:
    """Every retired path below docs_dir, the path that it leads to, and the page there."""
    for path, page in visibility.pages_of(content):
        for old in page.redirects:
            yield f"{path.partition('/')[0]}/{old}.md", path, page


def problems(content: Content) -> Iterator[Diagnostic]:
    """Problems of pages that use a retired id of a record or an article (D801), and of retired ids that are not free (D802)."""
    yield from _taken(content)
    records = _retired_ids(content.records)
    articles = _retired_ids(content.articles)
    for _, page in visibility.pages_of(content) if records or articles else ():
        yield from _retired(page.path, _records_in(page), records)
        yield from _retired(page.path, _articles_in(page), articles, RETIRED_ARTICLE)


def _retired_ids(pages: Mapping[str, ContentPage]) -> dict[str, ContentPage]:
    return {old: page for page in pages.values() for old in page.redirects if old not in pages}


def _taken(content: Content) -> Iterator[Diagnostic]:
    pages, claimed = visibility.paths(content), dict[str, ContentPage]()
    for path, _, page in _retired_paths(content):
        old = path.partition("/")[2].removesuffix(".md")
        if path in pages:
            message = f"`{old}` cannot lead here: content/{path} is a page of its own; remove one of them"
            yield Diagnostic(page.path, 0, 0, "D802", message)
        elif path in claimed:
            message = f"`{old}` leads to `{claimed[path].id}` too: keep it in one of the pages"
            yield Diagnostic(page.path, 0, 0, "D802", message)
        else:
            claimed[path] = page


def _retired(
    path: str, uses: Iterator[PlacedId], retired: Mapping[str, ContentPage], named: str = ""
) -> Iterator[Diagnostic]:
    for id_, line, col in uses:
        if id_ in retired:
            new = retired[id_].id
            yield Diagnostic(path, line, col, "D801", f"{named}`{id_}` is `{new}` now: write `{new}`")


def _records_in(page: ContentPage) -> Iterator[PlacedId]:
    """Every place in a page that names a record by its id."""
    match page:
        case ArticlePage():
            yield from (PlacedId(ref.id, ref.line, ref.col) for ref in page.entities)
            yield from (PlacedId(id_, item.line, item.col) for item in page.timeline for id_ in item.entities)
        case DossierPage():
            yield from page.cast
            yield from (PlacedId(id_, 0, 0) for id_ in (*page.select.entities_any, *page.select.entities_all))
        case Record():
            yield from (PlacedId(item.to, item.line, item.col) for item in page.relations)
            yield from (PlacedId(id_, 0, 0) for id_ in page.not_same_as)


def _articles_in(page: ContentPage) -> Iterator[PlacedId]:
    """The same for articles."""
    match page:
        case DossierPage():
            yield from page.articles
        case Record():
            yield from (
                PlacedId(item.article, item.line, item.col) for item in page.relations if item.article
            )
