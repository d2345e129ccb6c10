"""An entity: its record, its timeline over all articles, every mention in its sentence, and the entities it is named with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossierkit.evidence import visibility
from dossierkit.model.imported import ImportOrigin
from dossierkit.model.record import Name, Record, Relation
from dossierkit.site import dateview
from dossierkit.site.charts import maps, neighbourhood
from dossierkit.site.cite import reference
from dossierkit.site.context import Context
from dossierkit.site.figures import PORTRAIT, Figures
from dossierkit.site.interface import CompiledPage
from dossierkit.site.listing import Listing
from dossierkit.site.pages import onward, timelines
from dossierkit.site.views import EntityItem, FactLine
from dossierkit.text.language import direction
from dossierkit.text.links import web
from dossierkit.text.recordfacts import fact_properties

_SHOWN = 24
"""How many relations are shown before the rest is folded."""
_TOGETHER = 10
"""How many other entities are listed; the table of connections has the others."""
_FOREIGN = 4
"""How many names in other languages are shown before they are folded."""
_AUTHORITIES = {"wikidata": "https://www.wikidata.org/wiki/", "viaf": "https://viaf.org/viaf/"}


def page(frame: Context, record: Record) -> CompiledPage:
    path = visibility.entity_path(record.id)
    listing = frame.listing(path)
    listing.framed = frame.framed(record.id)
    timeline = timelines.folded(frame, listing, frame.events.about(record.id), record.id)
    figures = Figures(frame.site, path)
    near, far = _by_language(record.other_names, frame.t.lang)
    top = frame.html(
        "entity-top.html",
        portrait=frame.lead(record.image, figures, PORTRAIT),
        record=record,
        named=listing.entity(record),
        index_href=listing.href("entities/index.md", f"type-{record.type}"),
        type_label=frame.t(f"types.{record.type}.one"),
        identifiers=tuple(_identifier(value) for value in record.same_as),
        facts=tuple(listing.fact(fact_properties()[name], value) for name, value in record.facts),
        coordinates=maps.coordinates(record, frame.t),
        aliases=[(name, direction(name.lang)) for name in near],
        foreign=[(name, direction(name.lang)) for name in far],
        origins=tuple(_origin(frame, source) for source in record.sources),
    )
    relations = tuple(_relations(frame, record, listing))
    network = neighbourhood.of_entity(listing, record, frame.ties, alone=False)
    bottom = frame.html(
        "entity-bottom.html",
        record=record,
        name=listing.named(record),
        relations=relations[:_SHOWN],
        further=relations[_SHOWN:],
        timeline=timeline,
        passages=listing.passages(record),
        also_named=network.also_named if network else {},
        together=tuple(_together(frame, record, listing)),
        together_count=len(frame.graph.together.get(record.id, ())),
        map=frame.map(maps.of_place(listing, record)),
        network=frame.network(network),
    )
    corrected = frame.corrected(path, record, listing)
    actions = frame.html("actions.html", actions=onward.actions(frame, path, listing.named(record)))
    cited = frame.cited(reference.of(record, frame.site))
    body, shown = figures.body(record.body), frame.media(record, figures)
    return frame.page(path, record, top, corrected, body, shown, bottom, actions, cited)


def _by_language(names: tuple[Name, ...], lang: str) -> tuple[list[Name], list[Name]]:
    """The names in the language of the interface, which readers are sure to have, or in none, and the others.

    A few others follow the first instead. A name that differs in its apostrophe only is written for programs and told once.
    """
    distinct = {(name.lang, name.text.replace("’", "'")): name for name in names}.values()
    near = [name for name in distinct if name.lang.partition("-")[0] in ("", lang)]
    far = [name for name in distinct if name not in near]
    return (near, far) if len(far) > _FOREIGN else ([*near, *far], [])


def _relations(frame: Context, record: Record, listing: Listing) -> Iterator[dict[str, Any]]:
    """Those that the record states, then those that other records state to it."""
    for _, relation, other in frame.relations_of(record):
        yield _relation(frame, relation, other, listing, outgoing=True)
    for other, relation in frame.relations_to(record.id):
        if other.id != record.id and frame.graph.supports(relation):
            yield _relation(frame, relation, other, listing, outgoing=False)


def _relation(
    frame: Context, relation: Relation, other: Record, listing: Listing, *, outgoing: bool
) -> dict[str, Any]:
    article = frame.graph.articles.get(relation.article)
    return {
        "type": relation.type,
        "other": listing.entity(other),
        "outgoing": outgoing,
        "date": dateview.view(relation.date, frame.t.lang),
        "quote": relation.quote,
        "article": listing.article(article) if article else None,
    }


def _together(frame: Context, record: Record, listing: Listing) -> Iterator[EntityItem]:
    for id_, count in frame.graph.together.get(record.id, ())[:_TOGETHER]:
        other = frame.content.records[id_]
        yield listing.entity(other, count, frame.t.count("named_with_count", count))


def _origin(frame: Context, origin: ImportOrigin) -> FactLine:
    """The origin of imported facts: its name with its address, the date of the data, and the licence."""
    date = dateview.view(origin.date, frame.t.lang).words
    return FactLine(" · ".join(filter(None, (date, origin.licence))), origin.name, href=web(origin.url))


def _identifier(value: str) -> FactLine:
    scheme, _, rest = value.partition(":")
    if scheme in _AUTHORITIES:
        return FactLine(scheme.capitalize(), rest, href=_AUTHORITIES[scheme] + rest)
    return FactLine("", value, href=web(value))
