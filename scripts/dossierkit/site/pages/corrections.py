"""All corrections of a site, and what was withdrawn from it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from dossierkit.site import corrections, dateview
from dossierkit.site.context import Context
from dossierkit.site.interface import Later, WithdrawnPage
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes


def every(frame: Context) -> Iterator[Later]:
    withdrawn = frame.site.withdrawn
    yield indexes.later(frame, "corrections", partial(_values, withdrawn), given=(withdrawn,))


def _values(withdrawn: tuple[WithdrawnPage, ...], frame: Context, listing: Listing) -> dict[str, Any]:
    items = corrections.of_all(listing)
    feed = frame.site.urls.to(listing.here, corrections.FEED) if items else ""
    notes = [
        {
            "what": frame.t(f"withdrawn.{one.kind}"),
            "date": dateview.view(one.date, frame.t.lang),
            "reason": one.reason,
            "lang": one.lang,
        }
        for one in withdrawn
    ]
    return {"corrections": items, "feed": feed, "withdrawn": notes}
