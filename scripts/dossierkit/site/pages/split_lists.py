"""Long lists on several pages: split by what their items say of themselves, and by number where that is not enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import groupby, pairwise
from typing import Any, Generic, NamedTuple, TypeVar

from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later

Item = TypeVar("Item")
LIMIT = 300
"""How many items stand on one page at most."""


class ListPart(NamedTuple, Generic[Item]):
    """`keys`: what its items have in common, from the widest on. `number` of `total`, where keys were not enough."""

    keys: tuple[str, ...]
    items: tuple[Item, ...]
    number: int = 1
    total: int = 1


def list_parts(
    items: Iterable[Item],
    by: Sequence[Callable[[Item], str]],
    limit: int = LIMIT,
    name: Callable[[Item], str] = str,
) -> Iterator[ListPart[Item]]:
    """Neighbours with one key together; more than `limit` of them are split by the next key, and last by number.

    `items` must be in the order of the keys. `name`: as in `split`.
    """
    last = partial(split, limit=limit, name=name)
    if not by:
        yield from last((), tuple(items))
    for key, same in groupby(items, by[0]) if by else ():
        yield from _split((key,), tuple(same), by[1:], last, limit)


def _split(
    keys: tuple[str, ...],
    items: tuple[Item, ...],
    by: Sequence[Callable[[Item], str]],
    last: Callable[[tuple[str, ...], tuple[Item, ...]], Iterator[ListPart[Item]]],
    limit: int,
) -> Iterator[ListPart[Item]]:
    if by and len(items) > limit:
        for key, same in groupby(items, by[0]):
            yield from _split((*keys, key), tuple(same), by[1:], last, limit)
        return
    yield from last(keys, items)


def split(
    keys: tuple[str, ...],
    items: tuple[Item, ...],
    limit: int = LIMIT,
    name: Callable[[Item], str] = str,
) -> Iterator[ListPart[Item]]:
    """By number alone, into parts of nearly one size.

    A part begins with the item that has the least digest of its name among those near the even place: an item more or less seldom
    moves others to another part.
    """
    total = 1 if len(items) <= limit else -(-len(items) * 9 // (limit * 8))
    near = len(items) // total // 16
    evenly = (len(items) * number // total for number in range(1, total))
    starts = (min(range(at - near, at + near + 1), key=lambda one: _rank(name(items[one]))) for at in evenly)
    for number, (start, end) in enumerate(pairwise(dict.fromkeys((0, *starts, len(items)))), 1):
        yield ListPart(keys, items[start:end], number, total)


def _rank(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def part_ids(parts: Iterable[ListPart[Any]], ids: Callable[[Any], str]) -> tuple[object, ...]:
    """The parts as values of `Later.given`, by the ids of their items."""
    return tuple((part.keys, part.number, part.total, tuple(map(ids, part.items))) for part in parts)


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The page of one part of a list: its path, its title alone and below its index, the label and count of links to it."""

    path: str
    title: str
    heading: str
    label: str
    count: int


def pages(
    frame: Context,
    index: str,
    places: Sequence[ListPlace],
    template: str,
    fill: Callable[[int, str], dict[str, Any]],
) -> Iterator[Later]:
    """A page for each place, with the way to its neighbours. `fill(number, path)`: what the template shows there."""

    def page(at: int) -> CompiledPage:
        place = places[at]
        listing = frame.listing(place.path)
        around = {
            "previous": _link(frame, place.path, places[at - 1]) if at else None,
            "next": _link(frame, place.path, places[at + 1]) if at + 1 < len(places) else None,
        }
        html = frame.html(
            template,
            title=place.heading,
            index_href=listing.href(f"{index}/index.md"),
            index_label=frame.t(index),
            around=around,
            **fill(at, place.path),
        )
        return CompiledPage(place.path, {"title": place.title, "hide": ["toc"]}, f"{html}\n")

    return (Later(place.path, partial(page, at)) for at, place in enumerate(places))


def with_inputs(
    made: Iterable[Later], places: Sequence[ListPlace], given: Sequence[object]
) -> Iterator[Later]:
    """The pages, each with its part as `part_ids` gives it, its place, and the places beside it."""
    around = (None, *places, None)
    for at, (page, part) in enumerate(zip(made, given, strict=True)):
        yield page._replace(given=(*around[at : at + 3], part))


def _link(frame: Context, here: str, place: ListPlace) -> dict[str, str]:
    return {"href": frame.listing(here).href(place.path), "label": place.title}


def links(frame: Context, here: str, places: Iterable[ListPlace]) -> tuple[dict[str, Any], ...]:
    """What leads to each place from the page `here`."""
    listing = frame.listing(here)
    return tuple(
        {"href": listing.href(place.path), "label": place.label, "count": place.count} for place in places
    )


def numbered(text: str, part: ListPart[Any], frame: Context) -> str:
    """A label, with its number where several have it."""
    return frame.t("part_of", label=text, n=part.number, total=part.total) if part.total > 1 else text


def suffix(part: ListPart[Any]) -> str:
    return f"-{part.number}" if part.number > 1 else ""
