"""Every page of a site, and the files beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial

from dossierkit.compile import corrections, discovery, publish
from dossierkit.compile.cards.draw import carded
from dossierkit.compile.evidence import Evidence
from dossierkit.compile.feeds import build as feeds
from dossierkit.compile.head.dress import dressed
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
from dossierkit.compile.site import CompiledPage, Later
from dossierkit.model.record import Record


def pages(frame: Frame) -> Iterator[CompiledPage]:
    """All pages that stand for content, in no promised order."""
    yield from (one.make() for one in each(frame))
    yield from across(frame)


def each(frame: Frame) -> Iterator[Later]:
    """The pages that stand for one article or one record: most pages of a site, and none needs another."""
    pictured = carded(frame)
    for id_, item in frame.graph.articles.items():
        yield Later(publish.article_path(id_), partial(_article, frame, item, pictured))
    for id_, record in frame.content.records.items():
        yield Later(publish.entity_path(id_), partial(_entity, frame, record, pictured))


def across(frame: Frame) -> Iterator[CompiledPage]:
    """The pages that are about many others."""
    pictured = carded(frame)
    return (dressed(frame, page, pictured) for page in _across(frame))


def _article(frame: Frame, item: Evidence, pictured: Collection[str]) -> CompiledPage:
    return dressed(frame, article.page(frame, item), pictured)


def _entity(frame: Frame, record: Record, pictured: Collection[str]) -> CompiledPage:
    return dressed(frame, entity.page(frame, record), pictured)


def _across(frame: Frame) -> Iterator[CompiledPage]:
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
    corrected = corrections.feed(served, replace(frame, site=served).listing("corrections/index.md"))
    return {**corrected, **feeds.files(frame), **discovery.files(frame)}
