"""The network of one entity: the entity in the middle, and around it the entities that it is named with or related to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.site.charts import node_layout
from dossierkit.site.charts.network import Bond, NetworkPlan
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

_AROUND = 18
_BETWEEN = 14  # edges between an entity's neighbours
_ROWS = 100  # of its neighbours


def of_entity(listing: Listing, record: Record, ties: Ties, *, alone: bool = True) -> Network | None:
    """None if no entity is named with it or related to it. Related entities are drawn first, then the most frequent.

    `alone`: as in `NetworkPlan`.
    """
    articles = dict(listing.graph.together.get(record.id, ()))
    sentences = ties.with_each.get(record.id, {})
    relations = ties.stated.get(record.id, ())
    related = {end for item in relations for end in (item.source, item.relation.to)} - {record.id}
    order = sorted(
        {*articles, *related}, key=lambda id_: (-articles.get(id_, 0), -sentences.get(id_, 0), id_)
    )
    if not order:
        return None
    ranked = tuple(listing.known(order[:_ROWS]))
    foremost = sorted(order, key=lambda id_: id_ not in related)[:_AROUND]
    drawn = list(listing.known(foremost))
    drawn.sort(key=lambda other: (ENTITY_TYPES.index(other.type), -articles.get(other.id, 0), other.id))
    named = _CoMentions(articles, sentences)
    middle = listing.entity(record, max(articles.values(), default=1))
    shown = {other.id: other for other in (*ranked, *drawn)}
    listed = {id_: named.item(listing, other) for id_, other in shown.items()}
    items = (middle, *(listed[other.id] for other in drawn))
    where = {other.id: number for number, other in enumerate((record, *drawn))}
    bonds = (
        *named.spokes(listing, items, where),
        *named_bonds(listing, items, _between(ties, where), "figure.sentences"),
        *stated_bonds(items, relations, where),
    )
    spots = node_layout.around([articles.get(other.id, 0) for other in drawn])
    rows = tuple(_rows(listing, [listed[other.id] for other in ranked]))
    totals = NetworkCounts(len(drawn), len(order), len(drawn), len(drawn), len(ranked))
    plan = NetworkPlan("entity", items, bonds, ((0.5, 0.5), *spots), 0, alone=alone)
    return finished_network(listing, plan, totals, rows, relations)


@dataclass(frozen=True, slots=True)
class _CoMentions:
    """By id of another entity, the number of articles and of sentences that name both."""

    articles: Mapping[str, int]
    sentences: Mapping[str, int]

    def spokes(
        self, listing: Listing, items: Sequence[EntityItem], where: Mapping[str, int]
    ) -> tuple[Bond, ...]:
        counts = {(0, where[id_]): self.articles[id_] for id_ in where if id_ in self.articles}
        bonds = named_bonds(listing, items, counts, "named_with_count")
        for bond in bonds:
            bond.apart = not self.sentences.get(items[bond.other].id)
        return bonds

    def item(self, listing: Listing, record: Record) -> EntityItem:
        articles, sentences = self.articles.get(record.id, 0), self.sentences.get(record.id, 0)
        parts = [listing.t.count("articles_count", articles)] if articles else []
        parts += [listing.t.count("figure.sentences", sentences)] if sentences else []
        return listing.entity(record, articles, " · ".join(parts))


def _between(ties: Ties, where: Mapping[str, int]) -> dict[tuple[int, int], int]:
    """The strongest edges between neighbours, by the number of sentences that name both."""
    ids = " ".join(list(where)[1:])
    found = {(where[one], where[other]): count for (one, other), count in ties.between[ids].items()}
    return {pair: found[pair] for pair in sorted(found, key=lambda pair: (-found[pair], pair))[:_BETWEEN]}


def _rows(listing: Listing, items: Iterable[EntityItem]) -> Iterator[NetworkRow]:
    """A row for each type and count, the strongest first."""
    alike: dict[tuple[str, str], list[EntityItem]] = {}
    for item in items:
        alike.setdefault((item.type, item.count_text), []).append(item)
    for (type_, _), same in alike.items():
        yield NetworkRow(tuple(same), listing.t(f"types.{type_}.one"))
