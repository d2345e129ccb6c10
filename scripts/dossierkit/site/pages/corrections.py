"""The index of all corrections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossierkit.site import corrections
from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes


def every(frame: Context) -> Iterator[Later]:
    yield indexes.later(frame, "corrections", _values)


def _values(frame: Context, listing: Listing) -> dict[str, Any]:
    items = corrections.of_all(listing)
    feed = frame.site.urls.to(listing.here, corrections.FEED) if items else ""
    return {"corrections": items, "feed": feed}
