"""The index of dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.site.context import Context
from dossierkit.site.figures import COLUMN, Figures
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes


def every(frame: Context) -> Iterator[Later]:
    yield indexes.later(frame, "dossiers", dossiers)


def dossiers(frame: Context, listing: Listing) -> dict[str, Any]:
    figures = Figures(frame.site, listing.here)
    rows = []
    for dossier in frame.content.dossiers.values():
        members = select(dossier, frame.graph.articles)
        href = listing.href(visibility.dossier_path(dossier.id))
        picture = figures.view(dossier.image, COLUMN)
        counts = frame.counts(members)
        rows.append({"dossier": dossier, "href": href, "counts": counts, "picture": picture})
    return {"dossiers": tuple(rows)}
