"""The search page, and the links that it offers without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes


def every(frame: Context) -> Iterator[Later]:
    yield indexes.later(frame, "search", _values)


def _values(_frame: Context, listing: Listing) -> dict[str, Any]:
    return {"links": indexes.links(listing)}
