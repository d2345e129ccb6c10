"""Articles of a dossier, and the content of a site reduced to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import Content, DossierPage


def select(dossier: DossierPage, articles: Mapping[str, Evidence]) -> tuple[Evidence, ...]:
    """The listed articles in order, then those of the rule, oldest first."""
    listed = {id_: articles[id_] for id_ in dossier.article_ids if id_ in articles}
    if dossier.select.empty:
        return tuple(listed.values())
    others = (item for id_, item in articles.items() if id_ not in listed)
    added = [
        item for item in others if dossier.select.takes(item.page, frozenset(one.id for one in item.records))
    ]
    added.sort(key=lambda item: (item.page.date, item.id))
    return (*listed.values(), *added)


class Selection(NamedTuple):
    """A dossier with its articles, by id."""

    dossier: str
    articles: frozenset[str]


def restricted(content: Content, chosen: Selection) -> Content:
    """The content as if other articles and dossiers were drafts, and records had a page only where named."""
    return replace(
        content,
        articles={
            id_: page if id_ in chosen.articles else replace(page, status="draft", withdrawn=None)
            for id_, page in content.articles.items()
        },
        dossiers={
            id_: page if id_ == chosen.dossier else replace(page, status="draft", withdrawn=None)
            for id_, page in content.dossiers.items()
        },
        records={id_: replace(record, named_only=True) for id_, record in content.records.items()},
    )
