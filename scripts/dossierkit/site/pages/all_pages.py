"""Every page of a site, and the files beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module

from dossierkit.evidence import visibility
from dossierkit.site import corrections, discovery
from dossierkit.site import embeds as embeds_of
from dossierkit.site.cards.draw import carded
from dossierkit.site.context import Context
from dossierkit.site.feeds import build
from dossierkit.site.head.page_head import with_head
from dossierkit.site.interface import CompiledPage, Later, Written
from dossierkit.site.pages import accounts, article, dossier, entity, facsimile, home
from dossierkit.site.twins import build as twins_of
from dossierkit.text.data import load

_ROOM = "dossierkit.site.pages"


def pages(frame: Context) -> Iterator[CompiledPage]:
    """All pages of the content, in no particular order."""
    yield from (one.make() if isinstance(one, Later) else one for one in pages_on_demand(frame))


def pages_on_demand(frame: Context) -> Iterator[Later | CompiledPage]:
    """All pages, as functions to call on request; pages whose path is not known in advance are made at once."""
    pictured = carded(frame)
    for one in _each(frame):
        if isinstance(one, Later):
            given = None if one.given is None else (*one.given, one.path in pictured)
            yield Later(one.path, partial(_with_head, frame, one, pictured), given)
        else:
            yield with_head(frame, one, pictured)


def _with_head(frame: Context, one: Later, pictured: Collection[str]) -> CompiledPage:
    return with_head(frame, one.make(), pictured)


def _each(frame: Context) -> Iterator[Later | CompiledPage]:
    for id_, item in frame.graph.articles.items():
        yield Later(visibility.article_path(id_), partial(article.page, frame, item), ())
    for id_, record in frame.content.records.items():
        yield Later(visibility.entity_path(id_), partial(entity.page, frame, record), ())
    for id_, collection in frame.content.dossiers.items():
        yield Later(visibility.dossier_path(id_), partial(dossier.page, frame, collection), ())
    for name, one in load("indexpages").items():
        if module := one.get("module", name):
            yield from import_module(f"{_ROOM}.{module}").every(frame)
    yield from accounts.every(frame)
    yield from facsimile.every(frame)
    yield home.later(frame)


def files(frame: Context) -> dict[str, str]:
    """Files that are not pages, by their path on the site."""
    served = replace(frame.site, urls=frame.site.urls.as_served())
    corrected = corrections.feed(served, replace(frame, site=served).listing("corrections/index.md"))
    return {**corrected, **discovery.files(frame)}


def feeds(frame: Context) -> Written:
    """The feeds of articles: of the site, of dossiers and of records."""
    return Written(tuple(build.units(frame)))


def twins(frame: Context, whole: Context) -> Written:
    """The text of articles, and pages as Markdown. `whole`: the context for files that depend on all content."""
    return Written((*twins_of.units(frame), *twins_of.full(whole)))


def embeds(frame: Context) -> Written:
    """The pages for other sites' frames."""
    return Written(tuple(embeds_of.units(frame)))
