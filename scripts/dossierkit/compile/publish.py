"""What may be seen: drafts, withdrawn pages and records that no published page names stay out."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.compile.graph import Graph
from dossierkit.model.page import Content
from dossierkit.model.record import Record

_READY = frozenset({"reviewed", "published"})


def visible(content: Content, *, drafts: bool) -> Content:
    """The content without what must not be published; with drafts on request, never what was withdrawn."""
    wanted = _READY | {"draft"} if drafts else _READY
    return Content(
        {id_: page for id_, page in content.articles.items() if page.status in wanted},
        {id_: record for id_, record in content.records.items() if record.status != "withdrawn"},
        {id_: page for id_, page in content.dossiers.items() if page.status in wanted},
        content.unreadable,
    )


def records(content: Content, graph: Graph) -> Iterator[Record]:
    """Records with a page: reviewed ones, and the machine's where a published article names them."""
    cast = {id_ for dossier in content.dossiers.values() for id_, _, _ in dossier.cast}
    for record in content.records.values():
        if record.status in _READY or record.id in graph.naming or record.id in cast:
            yield record


def article_path(id_: str) -> str:
    return f"articles/{id_}.md"


def entity_path(id_: str) -> str:
    return f"entities/{id_}.md"


def dossier_path(id_: str) -> str:
    return f"dossiers/{id_}.md"


def paths(content: Content) -> frozenset[str]:
    """The pages, below docs_dir, that text may link to."""
    return frozenset(
        {
            "index.md",
            "articles/index.md",
            "entities/index.md",
            "dossiers/index.md",
            "timeline/index.md",
            *map(article_path, content.articles),
            *map(entity_path, content.records),
            *map(dossier_path, content.dossiers),
        }
    )


def replaced(content: Content) -> frozenset[str]:
    """Files of content/ whose place a compiled page takes, or that must not be built at all."""
    return frozenset(
        {
            *map(article_path, content.articles),
            *map(entity_path, content.records),
            *map(dossier_path, content.dossiers),
        }
    )
