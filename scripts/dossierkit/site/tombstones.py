"""Withdrawn pages: the tombstones that replace them, and warnings about text that should have been removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.page import Content, ContentPage
from dossierkit.site import dateview
from dossierkit.site.interface import CompiledPage, Site, WithdrawnPage
from dossierkit.text.language import direction

KINDS = {"articles": "article", "entities": "entity", "dossiers": "dossier"}
_SHORT = 3
"""Words with at most this many letters do not identify a page."""


def withdrawn_pages(content: Content) -> Iterator[tuple[str, ContentPage]]:
    """Withdrawn pages with a reason, and their paths. A page withdrawn without a reason gets no tombstone."""
    return (
        (path, page)
        for path, page in visibility.pages_of(content)
        if page.status == "withdrawn" and page.withdrawn
    )


def paths(content: Content) -> frozenset[str]:
    """The paths of the tombstones, below docs_dir."""
    return frozenset(path for path, _ in withdrawn_pages(content))


def listed(content: Content, default: str) -> tuple[WithdrawnPage, ...]:
    """The list of withdrawn pages for readers, newest first.

    Search engines must not find a withdrawn page again, so title and address are left out, and so is a reason with a word of
    the title. `default`: the language of pages without one.
    """
    notes = [
        WithdrawnPage(
            page.withdrawn.date,
            KINDS[path.split("/")[0]],
            "" if _words(page.title) & _words(page.withdrawn.reason) else page.withdrawn.reason,
            getattr(page, "lang", "") or default,
        )
        for path, page in withdrawn_pages(content)
        if page.withdrawn
    ]
    return tuple(sorted(notes, key=lambda note: dateview.view(note.date, default).sort, reverse=True))


def _words(text: str) -> set[str]:
    """The words in lower case that may identify a page."""
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > _SHORT}


def pages(site: Site, content: Content) -> Iterator[CompiledPage]:
    """A tombstone for each withdrawn page: its title, the date and the reason, and nothing of its content."""
    for path, page in withdrawn_pages(content):
        assert page.withdrawn
        lang = getattr(page, "lang", "") or site.strings.lang
        values = {
            "title": page.title,
            "lang": lang,
            "dir": direction(lang),
            "reason": page.withdrawn.reason,
            "date": dateview.view(page.withdrawn.date, site.strings.lang),
            "corrections_href": site.urls.href(path, "corrections/index.md") + "#withdrawn",
        }
        meta: dict[str, Any] = {
            "title": page.title,
            "robots": "noindex",
            "search": {"exclude": True},
            "hide": ["toc"],
        }
        yield CompiledPage(path, meta, f"{site.single('tombstone.html', values)}\n", path)


def problems(content: Content) -> Iterator[Diagnostic]:
    """Problems of pages whose `status` and `withdrawn:` disagree (D803), and of withdrawn pages that still have content
    (D806).
    """
    for _, page in visibility.pages_of(content):
        if page.status != "withdrawn":
            if page.withdrawn:
                message = f"`withdrawn:` says why it is gone, but `status` is `{page.status}`: set `status: withdrawn`"
                yield Diagnostic(page.path, 0, 0, "D803", message)
        elif left := _left(page):
            message = (
                f"it is withdrawn, but still holds {', '.join(left)}: run `dossier withdraw {page.path}`"
            )
            yield Diagnostic(page.path, 0, 0, "D806", message, "warning")
        elif not page.withdrawn:
            message = "it is withdrawn without a reason, so readers find nothing at its address: run `dossier withdraw`"
            yield Diagnostic(page.path, 0, 0, "D806", message, "warning")


def _left(page: ContentPage) -> Iterator[str] | tuple[str, ...]:
    names = ("body", "description", "entities", "timeline", "relations", "aliases", "cast", "articles")
    return tuple(f"`{name}`" for name in names if getattr(page, name, ""))
