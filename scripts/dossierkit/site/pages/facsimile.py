"""Facsimiles of an article: pictures of the pages of its original, with the quotes marked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.facsimile import Box, Facsimile, FacsimileMark
from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later
from dossierkit.site.listing import Listing
from dossierkit.site.original_pages import anchor
from dossierkit.site.views import PageLink
from dossierkit.text.language import direction


class MarkedWords(NamedTuple):
    """A quote marked on a picture. `id`: empty if the quote began on the page before; `href`: the link to it in the article."""

    id: str
    quote: str
    href: str
    boxes: tuple[Box, ...]


class FacsimileView(NamedTuple):
    """A picture of a page for the template. `original`: the page in the file itself, None if readers may not have the file."""

    heading: str
    anchor: str
    src: str
    width: int
    height: int
    alt: str
    words: tuple[MarkedWords, ...]
    original: PageLink | None


def every(frame: Context) -> Iterator[Later]:
    """A page for each article that has facsimiles."""
    for id_, evidence in frame.graph.articles.items():
        if frame.site.facsimiles.get(id_):
            yield Later(visibility.facsimile_path(id_), partial(page, frame, evidence), ())


def page(frame: Context, article: Evidence) -> CompiledPage:
    path = visibility.facsimile_path(article.id)
    listing, lang = frame.listing(path), article.page.lang or frame.t.lang
    html = frame.html(
        "facsimiles.html",
        title=article.page.title,
        lang=lang,
        dir=direction(lang),
        href=listing.href(visibility.article_path(article.id)),
        views=tuple(
            _view(frame, listing, article, facsimile) for facsimile in frame.site.facsimiles[article.id]
        ),
    )
    title = frame.t("facsimiles.title", title=article.page.title)
    return CompiledPage(path, {"title": title, "hide": ["toc"]}, html)


def _view(frame: Context, listing: Listing, article: Evidence, facsimile: Facsimile) -> FacsimileView:
    t, number = frame.t, str(facsimile.page)
    original = frame.site.originals.get(article.id)
    at = original.at(number) if original else ""
    link = PageLink(frame.site.urls.to(listing.here, at), t("original_file")) if at else None
    quotes = {item.id: item.entry.quote for item in article.timeline}
    words = (_words(listing, article, mark, quotes[mark.entry]) for mark in facsimile.marks)
    return FacsimileView(
        t("facsimiles.page", page=number),
        f"page-{number}",
        frame.site.urls.to(listing.here, facsimile.path),
        facsimile.width,
        facsimile.height,
        t("facsimiles.alt", page=number, title=article.page.title),
        tuple(words),
        link,
    )


def _words(listing: Listing, article: Evidence, mark: FacsimileMark, quote: str) -> MarkedWords:
    href = listing.href(visibility.article_path(article.id), mark.entry)
    return MarkedWords(anchor(mark.entry) if mark.begins else "", quote, href, mark.boxes)
