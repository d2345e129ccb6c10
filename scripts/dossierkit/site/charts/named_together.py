"""The networks of an article and of a dossier: which entities are named in one sentence."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossierkit.evidence.gathering import Evidence, Pair
from dossierkit.model.record import Record
from dossierkit.site.charts import node_layout
from dossierkit.site.charts.network import Bond, NetworkPlan, strongest
from dossierkit.site.charts.networks import (
    Network,
    NetworkCounts,
    NetworkRow,
    finished_network,
    named_bonds,
    stated_bonds,
)
from dossierkit.site.charts.ties import Ties
from dossierkit.site.listing import Listing
from dossierkit.site.views import EntityItem

_DOSSIER, _ARTICLE = 30, 16
_LEAST = 3  # fewer nodes make no network
_TIES_EACH = 2  # edges per node, on average
_PARTNERS = 5
_ROWS = 60  # of the table, and whatever else is drawn


def of_article(listing: Listing, article: Evidence, ties: Ties) -> Network | None:
    """The entities named in one sentence in an article; None for fewer than three nodes."""
    return _group(listing, _Connections("article", _ARTICLE, (article,), ties))


def of_dossier(listing: Listing, articles: Iterable[Evidence], ties: Ties) -> Network | None:
    """The entities named in one sentence in a dossier's articles; None for fewer than three nodes."""
    return _group(listing, _Connections("dossier", _DOSSIER, tuple(articles), ties))


@dataclass(frozen=True, slots=True)
class _Connections:
    """The data of the network of `articles`. `kind`: "article" or "dossier". `most`: the number of nodes to draw."""

    kind: str
    most: int
    articles: tuple[Evidence, ...]
    ties: Ties

    @property
    def unreviewed(self) -> frozenset[str]:
        """Ids of entities that are undecided in every one of the articles that lists them."""
        open_ = {id_ for article in self.articles for id_ in article.page.unreviewed}
        if not open_:
            return frozenset()
        known = (
            record.id
            for article in self.articles
            for record in article.records
            if record.id not in article.page.unreviewed
        )
        return frozenset(open_.difference(known))


def _group(listing: Listing, group: _Connections) -> Network | None:
    counts = Counter(found.entity for article in group.articles for found in article.mentions)
    pairs = group.ties.over(group.articles)
    ranked = tuple(listing.known(sorted(counts, key=lambda id_: (-counts[id_], id_))))
    relations = group.ties.among(record.id for record in ranked)
    tied = {end for pair in pairs for end in pair}.union(
        *((item.source, item.relation.to) for item in relations)
    )
    ends = (*pairs, *((item.source, item.relation.to) for item in relations))
    chosen = _joined([record for record in ranked if record.id in tied], ends, group.most)
    if len(chosen) < _LEAST:
        return None
    where = {record.id: number for number, record in enumerate(chosen)}
    weights = _numbered(pairs, where)
    drawn = {pair: weights[pair] for pair in strongest(weights, len(chosen), _TIES_EACH * len(chosen))}
    items = tuple(_counted(listing, record, counts, group.unreviewed) for record in chosen)
    bonds = (*named_bonds(listing, items, drawn, "figure.sentences"), *stated_bonds(items, relations, where))
    spots = node_layout.springs(len(items), _pull(bonds))
    ids = frozenset(article.id for article in group.articles)
    plan = NetworkPlan(group.kind, items, bonds, spots, articles=ids)
    every = _rows(listing, ranked, counts, pairs, group.unreviewed)
    rows = tuple(row for at, row in enumerate(every) if at < _ROWS or row.items[0].id in where)
    totals = NetworkCounts(len(chosen), len(ranked), len(drawn), len(weights), len(rows))
    return finished_network(listing, plan, totals, rows, relations)


def _joined(ranked: Sequence[Record], ends: Sequence[Pair], most: int) -> list[Record]:
    """The first `most` records such that each is connected to another of them: an isolated node would say nothing."""
    left = list(ranked)
    while True:
        chosen = {record.id for record in left[:most]}
        tied = {end for pair in ends if pair[0] != pair[1] and chosen.issuperset(pair) for end in pair}
        if chosen == tied:
            return left[:most]
        left = [record for record in left if record.id in tied or record.id not in chosen]


def _numbered(pairs: Mapping[Pair, int], where: Mapping[str, int]) -> dict[tuple[int, int], int]:
    """Counts by pair of indices of the drawn nodes, the lower index first."""
    found = (
        (where[one], where[other], count)
        for (one, other), count in pairs.items()
        if one in where and other in where
    )
    return {(min(one, other), max(one, other)): count for one, other, count in found}


def _pull(bonds: Sequence[Bond]) -> dict[tuple[int, int], float]:
    """How strongly each pair is pulled together; a stated relation counts as being named together once."""
    pull: dict[tuple[int, int], float] = {}
    for bond in bonds:
        if bond.one != bond.other:
            pull.setdefault((min(bond.one, bond.other), max(bond.one, bond.other)), math.sqrt(bond.strength))
    return pull


def _rows(
    listing: Listing,
    ranked: Sequence[Record],
    counts: Mapping[str, int],
    pairs: Mapping[Pair, int],
    open_: frozenset[str],
) -> Iterator[NetworkRow]:
    """All entities, the most frequent first, each with the entities it is most often named with."""
    records = {record.id: record for record in ranked}
    partners: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (one, other), count in pairs.items():
        if one in records and other in records:
            partners[one].append((-count, other))
            partners[other].append((-count, one))
    return (
        _row(listing, _counted(listing, record, counts, open_), sorted(partners[record.id]), records, open_)
        for record in ranked
    )


def _row(
    listing: Listing,
    item: EntityItem,
    named: Sequence[tuple[int, str]],
    records: Mapping[str, Record],
    open_: frozenset[str],
) -> NetworkRow:
    first = tuple(
        listing.entity(records[other], -count, unreviewed=other in open_)
        for count, other in named[:_PARTNERS]
    )
    over = len(named) - len(first)
    more = listing.t("figure.and_more", n=over) if over else ""
    return NetworkRow((item,), listing.t(f"types.{item.type}.one"), first, more)


def _counted(
    listing: Listing, record: Record, counts: Mapping[str, int], open_: frozenset[str]
) -> EntityItem:
    count = counts[record.id]
    words = listing.t.count("mentions_count", count)
    return listing.entity(record, count, words, unreviewed=record.id in open_)
