"""How exactly readers may know where something is."""

from __future__ import annotations

from dataclasses import replace

from dossierkit.model.record import Record
from dossierkit.text.data import load

_DECIMALS = {"exact": 3, "city": 2, "region": 1, "country": 0}
_UNKNOWN = 1
_HARMLESS = 1


def decimals(record: Record) -> int:
    """How many decimals of a degree a record's precision can mean; fewer for what moves or hides."""
    known = _DECIMALS.get(record.location.precision if record.location else "", _UNKNOWN)
    return min(known, _HARMLESS) if record.type in load("risk")["sensitive_types"] else known


def generalised(record: Record) -> Record:
    """The record with its location as readers may have it: pages, pictures, data files alike."""
    place = record.location
    if place is None:
        return record
    count = decimals(record)
    return replace(record, location=replace(place, lat=round(place.lat, count), lon=round(place.lon, count)))
