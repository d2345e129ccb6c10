"""One dossier of a site by itself: its articles, and whom they name."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from dossierkit.model.page import Content


class Selection(NamedTuple):
    """A dossier, and the articles that it holds, by id."""

    dossier: str
    articles: frozenset[str]


def within(content: Content, chosen: Selection) -> Content:
    """The content as if all other articles and dossiers were drafts, and records had a page only where they are named."""
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
