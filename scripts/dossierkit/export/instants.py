"""Time of day of a date, in UTC or without a zone, the only two forms other formats know."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from dossierkit.model.edtf import Edtf, EdtfPoint

_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)


def instant(point: EdtfPoint | None) -> datetime | None:
    """In UTC if the point has an offset, else without a zone. None without an hour, or outside the years 1 to 9999."""
    found = _TIME.fullmatch(point.time) if point else None
    if point is None or found is None or "X" in point.year + point.month + point.day:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    try:
        day = datetime(int(point.year.lstrip("Y")), int(point.month), int(point.day), tzinfo=_zone(found[4]))
        moment = day + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def ends(known: Edtf) -> tuple[EdtfPoint | None, EdtfPoint | None]:
    """First and last point of a date: of a single one the same twice, of a set none."""
    return (None, None) if known.kind == "set" else known.spans[0]


def _zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
