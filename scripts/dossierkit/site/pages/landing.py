"""The top of the home page and of dossiers: linked counts, a bar of sections, key moments, the cast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dossierkit.evidence.events.joined import JoinedEvent
from dossierkit.site.context import Context
from dossierkit.site.figures import PORTRAIT, Figures, FigureView
from dossierkit.site.listing import Listing
from dossierkit.site.views import EntityItem, EntryItem

_MOST_NAMED = 8
_SCRIPT = "assets/dossierkit/landing.js"


class Count(NamedTuple):
    """A number of things, and the link to their list."""

    href: str
    number: str
    label: str


class BarLink(NamedTuple):
    """A section of the page."""

    href: str
    label: str


class CastMember(NamedTuple):
    """An entity of the cast. `portrait`: None if the record has no picture."""

    item: EntityItem
    portrait: FigureView | None


class Cast(NamedTuple):
    """Whom a page is about. `heading`: its string key."""

    heading: str
    members: tuple[CastMember, ...]


def count(frame: Context, key: str, number: int, href: str) -> Count:
    """`key`: what is counted; its noun is the string `KEY_noun`."""
    return Count(href, frame.t.number(number), frame.t.count(f"{key}_noun", number))


def script(frame: Context, listing: Listing) -> str:
    """The address of the script for the bar of sections."""
    return frame.site.urls.as_served().to(listing.here, _SCRIPT)


def bar(frame: Context, sections: Iterable[tuple[str, str]]) -> tuple[BarLink, ...]:
    """Links to sections, given as (anchor, string key of the heading); empty for a single section."""
    links = tuple(BarLink(f"#{anchor}", frame.t(key)) for anchor, key in sections)
    return links if len(links) > 1 else ()


def is_key(event: JoinedEvent) -> bool:
    return any(item.entry.key for _, item in event.entries)


def moments(listing: Listing, events: Iterable[JoinedEvent]) -> tuple[EntryItem, ...]:
    """Events that an editor marked as key, in the order of their dates."""
    return listing.in_order(listing.event(event) for event in events if is_key(event))


def members(frame: Context, listing: Listing, ids: Iterable[str]) -> tuple[CastMember, ...]:
    figures = Figures(frame.site, listing.here)
    return tuple(
        CastMember(listing.entity(record), figures.view(record.image, PORTRAIT))
        for record in listing.known(ids)
    )


def cast(frame: Context, listing: Listing, chosen: Iterable[str], naming: Mapping[str, int]) -> Cast:
    """The chosen entities; if there are none, those named in most articles, and in more than one. `naming`: articles by entity."""
    if ids := tuple(dict.fromkeys(chosen)):
        return Cast("cast", members(frame, listing, ids))
    ordered = sorted(naming, key=lambda id_: (-naming[id_], id_))[:_MOST_NAMED]
    return Cast("named_most_often", members(frame, listing, (id_ for id_ in ordered if naming[id_] > 1)))
