"""Which pages have a card of their own: the home page, dossiers and the newest articles.

All other pages use the card of the home page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.model.page import DossierPage
from dossierkit.site import dateview
from dossierkit.site.cards.picture import Card, address, drawable, svg
from dossierkit.site.context import Context
from dossierkit.text.language import direction


class _Planned(NamedTuple):
    """A card to draw: the path of its page, its title, and the function that composes it."""

    path: str
    title: str
    compose: Callable[[], Card]


def drawn(frame: Context) -> dict[str, Callable[[], str]]:
    """By the path of a card's PNG, the function that returns its SVG."""
    return {
        address(card.path): partial(_drawn, card.compose) for card in _cards(frame) if drawable(card.title)
    }


def carded(frame: Context) -> frozenset[str]:
    """The paths of the pages that have a card of their own."""
    return frozenset(card.path for card in _cards(frame) if drawable(card.title))


def _drawn(compose: Callable[[], Card]) -> str:
    return svg(compose())


def _cards(frame: Context) -> Iterator[_Planned]:
    most = frame.site.publication.cards
    if not most:
        return
    yield _Planned("index.md", frame.site.name, partial(_home, frame))
    for id_ in islice(frame.graph.articles, most):
        title = frame.graph.articles[id_].page.title
        yield _Planned(visibility.article_path(id_), title, partial(_article, frame, id_))
    for id_, dossier in frame.content.dossiers.items():
        yield _Planned(visibility.dossier_path(id_), dossier.title, partial(_dossier, frame, dossier))


def _home(frame: Context) -> Card:
    t = frame.t
    counts = (
        t.count("articles_count", len(frame.graph.articles)),
        t.count("entities_count", len(frame.content.records)),
    )
    named = Counter(record.type for record in frame.content.records.values())
    return Card(frame.site.name, direction(t.lang), "", counts, "", named)


def _article(frame: Context, id_: str) -> Card:
    article = frame.graph.articles[id_]
    page = article.page
    lang = page.lang or frame.t.lang
    facts = (page.source.publisher, dateview.view(page.date, frame.t.lang).words)
    named = Counter(record.type for record in article.named)
    return Card(page.title, direction(lang), frame.t("article"), facts, frame.site.publication.name, named)


def _dossier(frame: Context, dossier: DossierPage) -> Card:
    members = select(dossier, frame.graph.articles)
    named = Counter(
        record.type
        for record in {record.id: record for member in members for record in member.records}.values()
    )
    counts = frame.counts(members)
    lang = dossier.lang or frame.t.lang
    return Card(
        dossier.title, direction(lang), frame.t("dossier"), (counts,), frame.site.publication.name, named
    )
