"""The search page, and the links that it offers without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes

_SCRIPTS = "assets/dossierkit/search/"
_STYLE = "search.css"
_MODULES = (
    "page.js",
    "view.js",
    "asking.js",
    "element.js",
    "facets.js",
    "finding.js",
    "passages.js",
    "phrases.js",
    "reading.js",
    "words.js",
)
"""The modules that `page.js` imports at once, itself first: asked for together, not one behind the other."""


def every(frame: Context) -> Iterator[Later]:
    yield indexes.later(frame, "search", _values)


def _values(frame: Context, listing: Listing) -> dict[str, Any]:
    to = frame.site.urls.as_served().to
    return {
        "links": indexes.links(listing),
        "modules": tuple(to(listing.here, _SCRIPTS + name) for name in _MODULES),
        "style": to(listing.here, _SCRIPTS + _STYLE),
    }
