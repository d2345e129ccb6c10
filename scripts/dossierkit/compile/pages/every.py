"""Every page of a site, and the files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dossierkit.compile import corrections
from dossierkit.compile.pages import (
    about,
    article,
    articles,
    dossier,
    entities,
    entity,
    home,
    indexes,
    latest,
    sources,
)
from dossierkit.compile.pages.frame import Frame
from dossierkit.compile.site import CompiledPage


def pages(frame: Frame) -> Iterator[CompiledPage]:
    """All pages that stand for content, in no promised order."""
    yield from (article.page(frame, item) for item in frame.graph.articles.values())
    yield from (entity.page(frame, record) for record in frame.content.records.values())
    yield from (dossier.page(frame, item) for item in frame.content.dossiers.values())
    yield from articles.every(frame)
    yield from entities.every(frame)
    yield from indexes.pages(frame)
    yield from sources.every(frame)
    yield latest.page(frame)
    yield about.page(frame)
    yield home.page(frame)


def files(frame: Frame) -> dict[str, str]:
    """What is no page, by its path on the site."""
    served = replace(frame.site, urls=frame.site.urls.as_served())
    return corrections.feed(served, replace(frame, site=served).listing("corrections/index.md"))
