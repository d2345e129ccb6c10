"""Every page of a site, and the files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dossierkit.compile import corrections, discovery
from dossierkit.compile.cards.draw import carded
from dossierkit.compile.feeds import build as feeds
from dossierkit.compile.head.dress import dressed
from dossierkit.compile.pages import article, dossier, entity, home, indexes
from dossierkit.compile.pages.frame import Frame
from dossierkit.compile.site import CompiledPage


def pages(frame: Frame) -> Iterator[CompiledPage]:
    """All pages that stand for content, in no promised order, each with what its head tells machines."""
    pictured = carded(frame)
    return (dressed(frame, page, pictured) for page in _made(frame))


def _made(frame: Frame) -> Iterator[CompiledPage]:
    yield from (article.page(frame, item) for item in frame.graph.articles.values())
    yield from (entity.page(frame, record) for record in frame.content.records.values())
    yield from (dossier.page(frame, item) for item in frame.content.dossiers.values())
    yield from indexes.pages(frame)
    yield home.page(frame)


def files(frame: Frame) -> dict[str, str]:
    """What is no page, by its path on the site."""
    served = replace(frame.site, urls=frame.site.urls.as_served())
    corrected = corrections.feed(served, replace(frame, site=served).listing("corrections/index.md"))
    return {**corrected, **feeds.files(frame), **discovery.files(frame)}
