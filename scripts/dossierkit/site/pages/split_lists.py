"""Long lists on several pages: split by keys of their items, and by number if keys are not enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later
from dossierkit.site.listing import Listing

Item = TypeVar("Item")
LIMIT = 300
"""The most items on one page."""
ID = attrgetter("id")


class ListPart(NamedTuple, Generic[Item]):
    """`keys`: the keys that the items share, the most general first. `number` of `total`: if a group was split by number."""

    keys: tuple[str, ...]
    items: tuple[Item, ...]
    number: int = 1
    total: int = 1


def list_parts(
    items: Iterable[Item],
    by: Sequence[Callable[[Item], str]],
    limit: int = LIMIT,
    name: Callable[[Item], str] = ID,
    keys: tuple[str, ...] = (),
) -> Iterator[ListPart[Item]]:
    """More than `limit` items in groups of neighbours with the same key; such groups again by the next key, finally by number.

    `items` must be in the order of the keys. `name`: as in `split`. `keys`: those that all items share.
    """
    listed = tuple(items)
    if not by or len(listed) <= limit:
        yield from split(keys, listed, name, limit)
        return
    for key, same in groupby(listed, by[0]):
        yield from list_parts(same, by[1:], limit, name, (*keys, key))


def split(
    keys: tuple[str, ...],
    items: tuple[Item, ...],
    name: Callable[[Item], str],
    limit: int = LIMIT,
) -> Iterator[ListPart[Item]]:
    """Split by number only, into parts of similar size.

    A part begins at the item with the smallest digest of its name near the even place, so that adding or removing an item
    rarely moves others to another part.
    """
    total = 1 if len(items) <= limit else -(-len(items) * 9 // (limit * 8))
    near = len(items) // total // 16
    evenly = (len(items) * number // total for number in range(1, total))
    starts = (min(range(at - near, at + near + 1), key=lambda one: _rank(name(items[one]))) for at in evenly)
    for number, (start, end) in enumerate(pairwise(dict.fromkeys((0, *starts, len(items)))), 1):
        yield ListPart(keys, items[start:end], number, total)


def _rank(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def part_ids(parts: Iterable[ListPart[Any]]) -> tuple[object, ...]:
    """The parts in the form of `Later.given`, by the ids of their items."""
    return tuple((part.keys, part.number, part.total, tuple(map(ID, part.items))) for part in parts)


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The page of one part of a list: path, full title, heading below the index, and label and count of links to it."""

    path: str
    title: str
    heading: str
    label: str
    count: int


def pages(
    frame: Context,
    index: str,
    places: Sequence[ListPlace],
    given: Sequence[object],
    fill: Callable[[Listing, int], dict[str, Any]],
) -> Iterator[Later]:
    """A page for each place, with links to its neighbours, by the template `INDEX-part.html`.

    `given`: the parts, as `part_ids` has them: a page is made anew with its part, its place or a neighbouring place.
    `fill(listing, number)`: the values for the template.
    """

    def page(at: int) -> CompiledPage:
        place = places[at]
        listing = frame.listing(place.path)
        around = {
            "previous": _link(frame, place.path, places[at - 1]) if at else None,
            "next": _link(frame, place.path, places[at + 1]) if at + 1 < len(places) else None,
        }
        html = frame.html(
            f"{index}-part.html",
            title=place.heading,
            index_href=listing.href(f"{index}/index.md"),
            index_label=frame.t(index),
            around=around,
            **fill(listing, at),
        )
        return CompiledPage(place.path, {"title": place.title, "hide": ["toc"]}, f"{html}\n")

    around = (None, *places, None)
    for at, (place, part) in enumerate(zip(places, given, strict=True)):
        yield Later(place.path, partial(page, at), (*around[at : at + 3], part))


def _link(frame: Context, here: str, place: ListPlace) -> dict[str, str]:
    return {"href": frame.listing(here).href(place.path), "label": place.title}


def links(frame: Context, here: str, places: Iterable[ListPlace]) -> tuple[dict[str, Any], ...]:
    """Links to each place from the page `here`."""
    listing = frame.listing(here)
    return tuple(
        {"href": listing.href(place.path), "label": place.label, "count": place.count} for place in places
    )


def numbered(text: str, part: ListPart[Any], frame: Context) -> str:
    """A label, with the part's number if there are several parts."""
    return frame.t("part_of", label=text, n=part.number, total=part.total) if part.total > 1 else text


def suffix(part: ListPart[Any]) -> str:
    return f"-{part.number}" if part.number > 1 else ""
