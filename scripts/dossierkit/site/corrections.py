"""Corrections: the items of the notices on pages and of the corrections index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from dossierkit.evidence import visibility
from dossierkit.model.page import ContentPage
from dossierkit.site import dateview
from dossierkit.site.feeds.shape import instant, urn
from dossierkit.site.interface import Site
from dossierkit.site.listing import Listing
from dossierkit.site.views import CorrectionItem
from dossierkit.text.language import direction


def of_page(path: str, page: ContentPage, listing: Listing) -> tuple[CorrectionItem, ...]:
    """A page's corrections, newest first. `path`: the page's path below docs_dir."""
    return _newest_first(_items(path, page, listing))


def of_all(listing: Listing) -> tuple[CorrectionItem, ...]:
    """The corrections of all pages of the site, newest first."""
    return _newest_first(
        item for path, page in visibility.pages_of(listing.content) for item in _items(path, page, listing)
    )


FEED = "corrections/feed.xml"


def feed(site: Site, listing: Listing) -> dict[str, str]:
    """The corrections as an Atom feed (RFC 4287), by its path on the site; empty if there are no corrections.

    `listing`: made for the corrections index, whose folder contains the feed. Addresses are relative to the feed if the site's
    own address is not known.
    """
    items = of_all(listing)
    if not items:
        return {}
    identity = site.publication.identity
    base = site.publication.address and site.publication.address + FEED
    entries = tuple(
        {
            "id": urn(identity, item.href, item.date.edtf, item.what),
            "title": item.title,
            "updated": instant(item.date.edtf),
            "href": urljoin(base, item.href),
            "lang": item.lang,
            "text": " ".join(filter(None, (item.what, item.why))),
        }
        for item in items
    )
    values = {"id": urn(identity, FEED), "page": base.removesuffix("feed.xml") or "./", "items": entries}
    return {FEED: site.template("corrections-feed.html", values).strip() + "\n"}


def _items(path: str, page: ContentPage, listing: Listing) -> Iterator[CorrectionItem]:
    for correction in page.corrections:
        lang = getattr(page, "lang", "") or listing.t.lang
        yield CorrectionItem(
            dateview.view(correction.date, listing.t.lang),
            correction.what,
            correction.why,
            page.title,
            listing.href(path),
            lang,
            direction(lang),
        )


def _newest_first(items: Iterable[CorrectionItem]) -> tuple[CorrectionItem, ...]:
    """Sorted by date, newest first; corrections of one day keep their order."""
    return tuple(sorted(items, key=lambda item: item.date.sort, reverse=True))
