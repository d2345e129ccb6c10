"""What every network has besides its drawing: the caption, a note of what was left out, and a table of everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dossierkit.model.record import ENTITY_TYPES
from dossierkit.site import dateview
from dossierkit.site.charts.behind import AlsoNamed, PairItem, also_named, pairs
from dossierkit.site.charts.network import Bond, Drawing, NetworkPlan, draw
from dossierkit.site.charts.ties import CuratedRelation
from dossierkit.site.charts.tools import Tools, tools
from dossierkit.site.dateview import DateView
from dossierkit.site.listing import Listing
from dossierkit.site.views import ArticleItem, EntityItem


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
    told = [bond for bond in plan.bonds if plan.alone or not bond.apart]
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
        pairs=pairs(listing, plan.items, told, plan.articles),
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
