"""Which pages have a card of their own: the home page, dossiers and the newest articles.

All others are shared with the home page's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import DossierPage
from dossierkit.site import dateview
from dossierkit.site.cards.picture import Card, address, svg
from dossierkit.site.cards.wrap import drawable
from dossierkit.site.context import Context
from dossierkit.text.direction import direction


def drawn(frame: Context) -> dict[str, str]:
    """The SVG of each card by the path of its PNG."""
    return {address(path): svg(card) for path, card in _cards(frame) if drawable(card.title)}


def carded(frame: Context) -> frozenset[str]:
    """The paths of the pages that have a card of their own."""
    return frozenset(path for path, card in _cards(frame) if drawable(card.title))


def _cards(frame: Context) -> Iterator[tuple[str, Card]]:
    most = frame.site.publication.cards
    if most:
        yield "index.md", _home(frame)
    for article in tuple(frame.graph.articles.values())[:most]:
        yield visibility.article_path(article.page.id), _article(frame, article)
    for dossier in frame.content.dossiers.values() if most else ():
        yield visibility.dossier_path(dossier.id), _dossier(frame, dossier)


def _home(frame: Context) -> Card:
    t, name = frame.t, frame.site.publication.name or frame.t("home")
    counts = (
        t.count("articles_count", len(frame.graph.articles)),
        t.count("entities_count", len(frame.content.records)),
    )
    named = Counter(record.type for record in frame.content.records.values())
    return Card(name, direction(t.lang), "", counts, "", named)


def _article(frame: Context, article: Evidence) -> Card:
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
    counts = frame.counts(members, sum(member.claims for member in members))
    lang = dossier.lang or frame.t.lang
    return Card(
        dossier.title, direction(lang), frame.t("dossier"), (counts,), frame.site.publication.name, named
    )
