"""The files beside pages: each page's twins, and all articles in one document (https://llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.plain import digest_of
from dossierkit.site.addresses import Addresses
from dossierkit.site.context import Context
from dossierkit.site.interface import Unit
from dossierkit.site.pieces import Pieces, name
from dossierkit.site.twins.documents import article, document
from dossierkit.site.twins.markdown import escaped
from dossierkit.site.twins.places import LISTED, has_full, has_twins, kinds, twin

FULL = "llms-full.txt"
MOST = 2_000_000
"""The most bytes of the document of all articles, which a large context window can hold. The document says what was left out."""


def units(frame: Context) -> Iterator[Unit]:
    """One unit for each page that has twins."""
    site = frame.site
    if not has_twins(site):
        return
    for path in _paths(frame):
        if paths := tuple(twin(site.urls, path, kind) for kind in kinds(site, path)):
            yield Unit(paths, partial(_files, frame, path))


def full(frame: Context) -> Iterator[Unit]:
    """The document of all articles, unless the site supplies one itself."""
    if has_full(frame.site) and FULL not in frame.site.files:
        yield Unit((FULL,), partial(_full, frame), "content")


def _paths(frame: Context) -> Iterator[str]:
    yield from map(visibility.article_path, frame.graph.articles)
    yield from map(visibility.entity_path, frame.content.records)
    yield from map(visibility.dossier_path, frame.content.dossiers)
    yield from LISTED


def _files(frame: Context, path: str) -> Iterator[tuple[str, str]]:
    for kind in kinds(frame.site, path):
        text = document(frame, path) if kind == "md" else _text(frame, path)
        yield twin(frame.site.urls, path, kind), text


def _text(frame: Context, path: str) -> str:
    id_ = path.removesuffix(".md").partition("/")[2]
    return frame.graph.articles[id_].layer.text


def _full(frame: Context) -> Iterator[tuple[str, Pieces]]:
    """A description of the site, then its articles, newest first, as many as fit."""
    made = (
        (name(_known(frame, evidence.id), evidence.id), partial(_part, frame, evidence))
        for evidence in frame.graph.articles.values()
    )
    yield FULL, Pieces(made, partial(_head, frame), most=MOST, beyond=partial(_left, frame))


def _head(frame: Context) -> str:
    t, site = frame.t, frame.site
    return f"# {escaped(site.name)}\n\n> {escaped(site.publication.description or t('llms.reading'))}\n\n{t('llms.reading')}\n"


def _known(frame: Context, id_: str) -> str:
    """The name of an article's piece, with a digest of the original and the facsimiles that its quotes link to."""
    led = (frame.site.originals.get(id_), frame.site.facsimiles.get(id_))
    return f"full-{digest_of(repr(led))}" if any(led) else "full"


def _part(frame: Context, evidence: Evidence) -> str:
    return f"\n---\n\n{article(frame, evidence)}"


def _left(frame: Context, number: int) -> str:
    """A note of what was left out after `number` articles."""
    where = Addresses(frame.site, "index.md")
    address = where.file(twin(frame.site.urls, "articles/index.md", "md"))
    return f"\n---\n\n{frame.t('llms.left', n=len(frame.graph.articles) - number, address=address)}\n"
