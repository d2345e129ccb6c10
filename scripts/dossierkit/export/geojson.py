"""Places and the events there as GeoJSON (RFC 7946: WGS 84, longitude first)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.export.dataset import Dataset
from dossierkit.export.lines import listed
from dossierkit.export.table_rows import event_id
from dossierkit.model.plain import compact
from dossierkit.model.record import Location, Record
from dossierkit.site import dateview


def geojson(data: Dataset) -> Iterator[str]:
    """One feature in each line: every place with a location, and every event once for each such place among its entities."""
    features = chain(_places(data), _events(data))
    return listed('{"type":"FeatureCollection","features":[', map(compact, features), "]}")


def _places(data: Dataset) -> Iterator[dict[str, Any]]:
    for record in data.records():
        if record.location:
            named = len(data.graph.naming.get(record.id, ()))
            yield _feature(
                f"entity:{record.id}",
                record.location,
                kind="place",
                name=record.title,
                description=record.description,
                precision=record.location.precision,
                articles=named,
                reviewed=not record.unreviewed,
                page=data.entity_address(record.id),
            )


def _events(data: Dataset) -> Iterator[dict[str, Any]]:
    located = {record.id for record in data.records() if record.location}
    for article in data.articles():
        if located.isdisjoint(id_ for brief in article.tells.values() for id_ in brief.entities):
            continue  # its timeline need not be read
        for item in article.timeline:
            for id_ in dict.fromkeys(data.known(item)):
                record = data.content.records[id_]
                if record.location:
                    yield _event(data, article, item, record, record.location)


def _event(
    data: Dataset, article: Evidence, item: Supported, place: Record, location: Location
) -> dict[str, Any]:
    return _feature(
        f"event:{event_id(article, item)}@{place.id}",
        location,
        kind="event",
        name=item.entry.text,
        date=_readable(item.entry.date),
        words=dateview.view(item.entry.date, data.t.lang).words,
        quote=item.entry.quote,
        place=place.id,
        precision=location.precision,
        article=article.id,
        reviewed=not (item.entry.unreviewed or place.unreviewed),
        page=data.entry_address(article, item),
    )


def _readable(edtf: str) -> str:
    """A day before the year 1 as an equivalent interval; GDAL takes it for a date and fails at its year."""
    return f"{edtf}/{edtf}" if edtf.startswith("-") and "/" not in edtf else edtf


def _feature(id_: str, location: Location, **properties: object) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [location.lon, location.lat]}
    return {"type": "Feature", "id": id_, "geometry": point, "properties": properties}
