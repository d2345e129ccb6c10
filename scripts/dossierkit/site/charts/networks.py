"""What every network has besides its drawing: the caption, a note of what was left out, a table of everything, and the sentences that
support each edge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.backreferences import pair
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.site import dateview
from dossierkit.site.charts.network import Bond, Drawing, NetworkPlan, draw
from dossierkit.site.charts.ties import CuratedRelation
from dossierkit.site.charts.tools import Tools, tools
from dossierkit.site.dateview import DateView
from dossierkit.site.listing import Listing
from dossierkit.site.views import ArticleItem, EntityItem
from dossierkit.text.language import direction

_SHOWN = 3
"""How many sentences are listed for an edge; the articles contain the others."""
_ARTICLES = 40
"""How many of the articles that name both entities are searched."""


class NetworkRow(NamedTuple):
    """Entities of one type and count in the table. `partners`: those that a single one is most often named with; `more`: a
    note of how many others there are.
    """

    items: tuple[EntityItem, ...]
    type_label: str
    partners: tuple[EntityItem, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class CuratedRelationRow:
    source: EntityItem
    type: str
    target: EntityItem
    date: DateView
    article: ArticleItem | None


@dataclass(frozen=True, slots=True)
class Network:
    """A finished network. `caption`: what the drawing means and what it leaves out. `types`: the types drawn, with their
    labels. `pairs`: the sentences that support its edges. `also_named`: see there; empty for a network that stands alone.
    """

    title: str
    label: str
    caption: tuple[str, ...]
    summary: str
    drawings: tuple[Drawing, ...]
    types: tuple[tuple[str, str], ...]
    together: str
    counted: str
    rows: tuple[NetworkRow, ...]
    stated: tuple[CuratedRelationRow, ...]
    has_stated: bool
    has_unreviewed: bool
    with_partners: bool
    pairs: tuple[PairItem, ...]
    also_named: Mapping[str, AlsoNamed]
    tools: Tools | None


@dataclass(frozen=True, slots=True)
class NetworkCounts:
    """How much a drawing shows: `nodes` of `everyone`, `lines` of `all_lines`, and `rows` in the table."""

    nodes: int
    everyone: int
    lines: int
    all_lines: int
    rows: int


def named_bonds(
    listing: Listing, items: Sequence[EntityItem], counts: Mapping[tuple[int, int], int], key: str
) -> tuple[Bond, ...]:
    """Edges between entities that are named together. `key`: the string for the count."""
    return tuple(
        Bond(one, other, count, f"{items[one].name} – {items[other].name}: {listing.t.count(key, count)}")
        for (one, other), count in counts.items()
    )


def stated_bonds(
    items: Sequence[EntityItem], relations: Iterable[CuratedRelation], where: Mapping[str, int]
) -> tuple[Bond, ...]:
    """Edges for the curated relations between drawn nodes, each relation once."""
    triples = dict.fromkeys((item.source, item.relation.type, item.relation.to) for item in relations)
    return tuple(
        Bond(where[one], where[other], 1, _sentence(items, where[one], type_, where[other]), type_)
        for one, type_, other in triples
        if one in where and other in where
    )


def _sentence(items: Sequence[EntityItem], one: int, type_: str, other: int) -> str:
    return f"{items[one].name} – {type_} – {items[other].name}"


def finished_network(
    listing: Listing,
    plan: NetworkPlan,
    counts: NetworkCounts,
    rows: tuple[NetworkRow, ...],
    relations: Iterable[CuratedRelation],
) -> Network:
    """The complete network for a layout, with the texts for its kind."""
    t, kind = listing.t, plan.kind
    drawn = {item.type for item in plan.items}
    listed_bonds = [bond for bond in plan.bonds if plan.alone or not bond.apart]
    return Network(
        title=t("figure.network_title"),
        label=t("figure.network_label", n=len(plan.items)),
        caption=(t(f"figure.network_of_{kind}"), *_left_out(listing, counts)),
        summary=t("figure.table_of", n=counts.rows),
        drawings=draw(plan),
        types=tuple((type_, t(f"types.{type_}.one")) for type_ in ENTITY_TYPES if type_ in drawn),
        together=t(f"figure.line_of_{kind}"),
        counted=t(f"figure.count_of_{kind}"),
        rows=rows,
        stated=tuple(_rows(listing, relations)),
        has_stated=any(bond.stated for bond in plan.bonds),
        has_unreviewed=any(item.unreviewed for item in plan.items),
        with_partners=any(row.partners for row in rows),
        pairs=pairs(listing, plan.items, listed_bonds, plan.articles),
        also_named={} if plan.alone else also_named(listing, plan.items, plan.bonds),
        tools=tools(listing, "network"),
    )


def _left_out(listing: Listing, counts: NetworkCounts) -> Iterator[str]:
    if counts.rows < counts.everyone:
        yield listing.t("figure.shows_some", shown=counts.nodes, total=counts.everyone, rows=counts.rows)
    elif counts.nodes < counts.everyone:
        yield listing.t("figure.shows_of", shown=counts.nodes, total=counts.everyone)
    if counts.lines < counts.all_lines:
        yield listing.t("figure.lines_of", shown=counts.lines, total=counts.all_lines)


def _rows(listing: Listing, relations: Iterable[CuratedRelation]) -> Iterator[CuratedRelationRow]:
    records = listing.content.records
    for item in relations:
        article = listing.graph.articles.get(item.relation.article)
        yield CuratedRelationRow(
            listing.entity(records[item.source]),
            item.relation.type,
            listing.entity(records[item.relation.to]),
            dateview.view(item.relation.date, listing.t.lang),
            listing.article(article) if article else None,
        )


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
