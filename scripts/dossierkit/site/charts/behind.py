"""The sentences that support each edge of a network: those that name both entities."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.backreferences import pair
from dossierkit.evidence.gathering import Evidence
from dossierkit.site.charts.network import Bond
from dossierkit.site.listing import Listing
from dossierkit.site.views import EntityItem
from dossierkit.text.language import direction

_SHOWN = 3
"""How many sentences are listed for an edge; the articles contain the others."""
_ARTICLES = 40
"""How many of the articles that name both entities are searched."""


class SentenceItem(NamedTuple):
    """A sentence that names both entities. `text` is empty for an article that names both, but not in one sentence. `href`:
    the link to the mention, or to the article.
    """

    text: str
    title: str
    href: str
    lang: str
    dir: str


class PairItem(NamedTuple):
    """Two entities with the sentences that name both. `words`: what the edge means, in words. `more`: a note that there are
    more sentences, empty if there are not. `ends`: as in `DrawnLine`.
    """

    ends: str
    one: EntityItem
    other: EntityItem
    words: str
    sentences: tuple[SentenceItem, ...]
    more: str


class AlsoNamed(NamedTuple):
    """Entities around the middle of a network that an article names too, but in no sentence together with the middle.

    `numbers`: their places in the drawing, from 0, with spaces between them. `words`: which they are.
    """

    numbers: str
    words: str


def also_named(
    listing: Listing, items: Sequence[EntityItem], bonds: Sequence[Bond]
) -> Mapping[str, AlsoNamed]:
    """By id of an article, the entities at the end of edges without a sentence. The first node is the middle."""
    found: dict[str, list[int]] = {}
    for bond in bonds:
        if bond.apart:
            for article in listing.graph.shared.get(pair(items[bond.one].id, items[bond.other].id), ()):
                found.setdefault(article.id, []).append(bond.other)
    t = listing.t
    return {
        id_: AlsoNamed(
            " ".join(map(str, numbers)),
            t("related.names", names=t("comma").join(items[number].name for number in numbers)),
        )
        for id_, numbers in found.items()
    }


def pairs(
    listing: Listing,
    items: Sequence[EntityItem],
    bonds: Sequence[Bond],
    within: Collection[str] | None = None,
) -> tuple[PairItem, ...]:
    """The sentences of all edges but curated relations, strongest first. `within`: ids of articles to search, None for all."""
    named = [bond for bond in bonds if not bond.stated]
    ordered = sorted(named, key=lambda bond: (-bond.strength, bond.one, bond.other))
    found = (_pair(listing, items[bond.one], items[bond.other], bond, within) for bond in ordered)
    return tuple(item for item in found if item.sentences)


def _pair(
    listing: Listing, one: EntityItem, other: EntityItem, bond: Bond, within: Collection[str] | None
) -> PairItem:
    both = listing.graph.shared.get(pair(one.id, other.id), ())
    articles = [article for article in both if within is None or article.id in within][:_ARTICLES]
    found = () if bond.apart else _sentences(listing, articles, one.id, other.id)
    shared = list(islice(found, _SHOWN + 1))
    shown = tuple(shared[:_SHOWN]) or tuple(_item(listing, article, "", "") for article in articles[:_SHOWN])
    more = len(shared) > _SHOWN or (not shared and len(articles) > _SHOWN)
    words, others = bond.note.rpartition(": ")[2], listing.t("figure.and_others") if more else ""
    return PairItem(bond.ends, one, other, words, shown, others)


def _sentences(
    listing: Listing, articles: Sequence[Evidence], one: str, other: str
) -> Iterator[SentenceItem]:
    for article in articles:
        also = {before + name + after for before, name, after, _ in article.passages(other)}
        seen: set[str] = set()
        for before, name, after, id_ in article.passages(one):
            text = before + name + after
            if text in also and text not in seen:
                seen.add(text)
                yield _item(listing, article, " ".join(text.split()), id_)


def _item(listing: Listing, article: Evidence, text: str, anchor: str) -> SentenceItem:
    page = article.page
    lang = listing.lang(page)
    href = listing.href(visibility.article_path(article.id), anchor)
    return SentenceItem(text, page.title, href, lang, direction(lang))
