"""Every page of a site, and the files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from dossierkit.compile import corrections, publish
from dossierkit.compile.pages import article, dossier, entity, home, indexes
from dossierkit.compile.pages.frame import Frame
from dossierkit.compile.site import CompiledPage, Later


def pages(frame: Frame) -> Iterator[CompiledPage]:
    """All pages that stand for content, in no promised order."""
    yield from (one.make() if isinstance(one, Later) else one for one in each(frame))


def each(frame: Frame) -> Iterator[Later | CompiledPage]:
    """The same, to be made when they are asked for, as far as their path can be told before."""
    for id_, item in frame.graph.articles.items():
        yield Later(publish.article_path(id_), partial(article.page, frame, item))
    for id_, record in frame.content.records.items():
        yield Later(publish.entity_path(id_), partial(entity.page, frame, record))
    for id_, collection in frame.content.dossiers.items():
        yield Later(publish.dossier_path(id_), partial(dossier.page, frame, collection))
    yield from indexes.pages(frame)
    yield Later("index.md", partial(home.page, frame))


def files(frame: Frame) -> dict[str, str]:
    """What is no page, by its path on the site."""
    served = replace(frame.site, urls=frame.site.urls.as_served())
    return corrections.feed(served, replace(frame, site=served).listing("corrections/index.md"))
