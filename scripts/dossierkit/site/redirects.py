"""Redirects: retired ids of records lead to the records that replaced them. Pages should use the new ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.page import ArticlePage, Content, ContentPage, DossierPage
from dossierkit.model.record import Record
from dossierkit.site.interface import CompiledPage, Site

_Use = tuple[str, int, int]


def pages(site: Site, content: Content) -> Iterator[CompiledPage]:
    """A redirect page, which needs no script, for every retired id of a record that has a page."""
    for record in content.records.values():
        for old in record.redirects:
            if old not in content.records:
                yield _page(site, old, record)


def _page(site: Site, old: str, record: Record) -> CompiledPage:
    here, there = visibility.entity_path(old), visibility.entity_path(record.id)
    values = {"href": site.urls.href(here, there), "title": record.title}
    meta: dict[str, Any] = {
        "title": record.title,
        "template": "redirect.html",
        "redirect": site.urls.served_at(there),
        "robots": "noindex",
        "search": {"exclude": True},
        "hide": ["toc", "navigation"],
    }
    return CompiledPage(here, meta, f"{site.template('moved.html', values).strip()}\n")


def paths(content: Content) -> frozenset[str]:
    return frozenset(
        visibility.entity_path(old) for record in content.records.values() for old in record.redirects
    )


def problems(content: Content) -> Iterator[Diagnostic]:
    """Problems of pages that use a retired id (D801), and of retired ids that are not free (D802)."""
    retired: dict[str, Record] = {}
    for record in content.records.values():
        for old in record.redirects:
            if old in content.records:
                message = f"`{old}` cannot lead here: content/entities/{old}.md is a record of its own; remove one of them"
                yield Diagnostic(record.path, 0, 0, "D802", message)
            elif old in retired:
                message = f"`{old}` leads to `{retired[old].id}` too: keep it in one of the records"
                yield Diagnostic(record.path, 0, 0, "D802", message)
            else:
                retired[old] = record
    for _, page in visibility.pages_of(content) if retired else ():
        yield from _retired(page.path, _uses(page), retired)


def _retired(path: str, uses: Iterator[_Use], retired: Mapping[str, Record]) -> Iterator[Diagnostic]:
    for id_, line, col in uses:
        if id_ in retired:
            new = retired[id_].id
            yield Diagnostic(path, line, col, "D801", f"`{id_}` is `{new}` now: write `{new}`")


def _uses(page: ContentPage) -> Iterator[_Use]:
    """Every place in a page that names a record by its id: the id, line and column (0 if not known)."""
    match page:
        case ArticlePage():
            yield from ((ref.id, ref.line, ref.col) for ref in page.entities)
            yield from ((id_, item.line, item.col) for item in page.timeline for id_ in item.entities)
        case DossierPage():
            yield from page.cast
            yield from ((id_, 0, 0) for id_ in (*page.select.entities_any, *page.select.entities_all))
        case Record():
            yield from ((item.to, item.line, item.col) for item in page.relations)
            yield from ((id_, 0, 0) for id_ in page.not_same_as)
