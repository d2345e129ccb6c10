"""The maps of pages: which places are shown and how precisely, the caption, and a table of all places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dossierkit.evidence.gathering import Evidence
from dossierkit.evidence.visibility import decimals
from dossierkit.model.record import Record
from dossierkit.site import dateview
from dossierkit.site.charts.basemap import ABOUT
from dossierkit.site.charts.map import MapDrawing, MapPlace, draw, planes
from dossierkit.site.charts.tools import Tools, tools
from dossierkit.site.listing import Listing
from dossierkit.site.strings import Strings
from dossierkit.site.views import EntityItem, EntryItem

_WITHOUT = 24
"""Places: hundreds of names that no map shows would be a tenth of a dossier's bytes."""


class PlaceRow(NamedTuple):
    """A place in the table. `events`: the entries about the place."""

    item: EntityItem
    precision: str
    coordinates: str
    shown: bool
    events: tuple[EntryItem, ...] = ()


class Atlas(NamedTuple):
    """A map, or an overview with an enlarged part. `years`: the years of its events.

    `without`: the places without coordinates that are named most often; `more`: how many others, which `all_places` lists.
    """

    title: str
    label: str
    caption: tuple[str, ...]
    summary: str
    drawings: tuple[MapDrawing, ...]
    signs: tuple[tuple[str, str], ...]
    rows: tuple[PlaceRow, ...]
    without: tuple[EntityItem, ...]
    more: int
    all_places: str
    tools: Tools | None
    years: tuple[str, ...] = ()


def coordinates(record: Record, t: Strings) -> str:
    """Latitude and longitude with the letters of the interface's language, rounded to the known precision; empty without coordinates."""
    if not record.location:
        return ""
    longitude, latitude = record.location.lon, record.location.lat
    count = decimals(record)
    ns, ew = "north" if latitude >= 0 else "south", "east" if longitude >= 0 else "west"
    degrees = ((ns, abs(latitude)), (ew, abs(longitude)))
    return t("comma").join(t(f"figure.degrees.{side}", n=f"{value:.{count}f}") for side, value in degrees)


def of_dossier(
    listing: Listing, articles: Iterable[Evidence], entries: Sequence[EntryItem] = ()
) -> Atlas | None:
    """The map of the places that a dossier's articles name, each with the entries about it; None if none has coordinates."""
    counts = Counter(found.entity for article in articles for found in article.mentions)
    records = [record for record in listing.known(counts) if record.location or record.type == "place"]
    records.sort(key=lambda record: (-counts[record.id], record.id))
    atlas = _atlas(listing, records, counts, "dossier")
    return _with_events(atlas, entries) if atlas else None


def of_place(listing: Listing, record: Record) -> Atlas | None:
    """The map of one place; None without coordinates."""
    return _atlas(listing, [record], Counter({record.id: 1}), "place") if record.location else None


def _atlas(listing: Listing, records: list[Record], counts: Counter[str], kind: str) -> Atlas | None:
    t = listing.t
    located = [record for record in records if record.location]
    places = tuple(_place(listing, record, counts[record.id]) for record in located)
    if not places:
        return None
    whole, detail = planes(places)
    drawings = [draw(places, whole, t, detail)]
    if detail:
        drawings.append(draw(places, detail, t))
    without = [record for record in records if not record.location]
    shown = {mark.item.id for drawing in drawings for mark in drawing.marks}
    outside = len(places) - len(shown)
    precisions = {mark.precision for drawing in drawings for mark in drawing.marks}
    caption = [t(f"figure.map_of_{kind}")]
    if outside:
        caption.append(t.count("figure.outside", outside))
    caption.append(t("figure.base_map", source=ABOUT))
    return Atlas(
        title=t("figure.map_title"),
        label=t("figure.map_label", n=len(shown)),
        caption=tuple(caption),
        summary=t("figure.table_of", n=len(located) + min(len(without), _WITHOUT)),
        drawings=tuple(drawings),
        signs=tuple(_signs(listing, precisions)),
        rows=tuple(
            _row(listing, place, record, shown) for place, record in zip(places, located, strict=True)
        ),
        without=tuple(
            listing.entity(record, counts[record.id], t.count("mentions_count", counts[record.id]))
            for record in without[:_WITHOUT]
        ),
        more=max(len(without) - _WITHOUT, 0),
        all_places=listing.href("entities/index.md", "type-place"),
        tools=tools(listing, "map"),
    )


def _with_events(atlas: Atlas, entries: Sequence[EntryItem]) -> Atlas:
    at: dict[str, list[EntryItem]] = defaultdict(list)
    for entry in entries:
        for entity in entry.entities:
            at[entity.id].append(entry)
    rows = tuple(row._replace(events=tuple(at[row.item.id])) for row in atlas.rows)
    years = {dateview.year(entry.date.edtf) for row in rows for entry in row.events}
    return atlas._replace(rows=rows, years=tuple(sorted(filter(None, years))))


def _place(listing: Listing, record: Record, count: int) -> MapPlace:
    assert record.location
    item = listing.entity(record, count, listing.t.count("mentions_count", count))
    return MapPlace(item, (record.location.lon, record.location.lat), record.location.precision)


def _row(listing: Listing, place: MapPlace, record: Record, shown: set[str]) -> PlaceRow:
    precision = listing.t(f"figure.precision.{place.precision or 'unknown'}")
    return PlaceRow(place.item, precision, coordinates(record, listing.t), place.item.id in shown)


def _signs(listing: Listing, precisions: set[str]) -> Iterable[tuple[str, str]]:
    if precisions & {"exact", "city"}:
        yield "point", listing.t("figure.sign_point")
    if precisions & {"region", "country", ""}:
        yield "ring", listing.t("figure.sign_ring")
