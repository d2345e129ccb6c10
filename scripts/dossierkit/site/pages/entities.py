"""The index of entities, A to Z within each type; if there are many, each letter is a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes
from dossierkit.site.pages.split_lists import (
    LIMIT,
    ListPart,
    ListPlace,
    links,
    list_parts,
    numbered,
    pages,
    part_ids,
    suffix,
)
from dossierkit.site.views import EntityItem
from dossierkit.text.fold import fold

_LETTERED = 24
_FOREMOST = 12
"""So many of a type, those that most articles name, stand on the index of names that are split by letter."""
_OTHER = "#"
_DEFINITE = "ال"  # the Arabic article, which dictionaries and A-Z lists ignore


def every(frame: Context) -> Iterator[Later]:
    """The index, and the pages that it is split into."""
    ordered = sorted(frame.content.records.values(), key=_order)
    parts = tuple(list_parts(ordered, (_type, letter))) if len(ordered) > LIMIT else ()
    places = tuple(_place(frame, part) for part in parts)
    given = part_ids(parts)
    yield indexes.later(
        frame,
        "entities",
        lambda frame, listing: _index(frame, listing, ordered, parts, places),
        given=(tuple(record.id for record in ordered), given, places),
    )

    def fill(listing: Listing, at: int) -> dict[str, Any]:
        groups = _groups(frame, listing, parts[at].items)
        return {"groups": groups, "lettered": True, "unreviewed": _unreviewed(parts[at].items)}

    yield from pages(frame, "entities", places, given, fill)


def letter(record: Record) -> str:
    """The letter under which a record is listed, without diacritics, in any script; `#` for other characters."""
    key = _key(record)
    return key[0].upper() if key[:1].isalpha() else _OTHER


def _key(record: Record) -> str:
    key = fold(record.title)
    return key.removeprefix(_DEFINITE) or key


def _type(record: Record) -> str:
    return record.type


def _order(record: Record) -> tuple[int, bool, str, str]:
    return ENTITY_TYPES.index(record.type), letter(record) == _OTHER, _key(record), record.id


def _index(
    frame: Context,
    listing: Listing,
    ordered: list[Record],
    parts: tuple[ListPart[Record], ...],
    places: tuple[ListPlace, ...],
) -> dict[str, Any]:
    if not parts:
        groups = _groups(frame, listing, ordered)
        return {"groups": groups, "shelves": (), "unreviewed": _unreviewed(ordered)}
    listed = [
        {
            "type": type_,
            "label": frame.t(f"types.{type_}.many"),
            "links": tuple(link for part, place in same for link in _ways(frame, listing.here, part, place)),
            "count": sum(record.type == type_ for record in ordered),
            "foremost": _foremost(frame, listing, (record for record in ordered if record.type == type_)),
        }
        for type_, same in groupby(zip(parts, places, strict=True), lambda pair: pair[0].keys[0])
    ]
    shown = any(item.unreviewed for shelf in listed for item in shelf["foremost"])
    return {"groups": (), "shelves": tuple(listed), "unreviewed": shown}


def _foremost(frame: Context, listing: Listing, records: Iterable[Record]) -> tuple[EntityItem, ...]:
    """The most named first."""
    items = sorted((_counted(frame, listing, record) for record in records), key=lambda item: -item.count)
    return tuple(items[:_FOREMOST])


def _ways(frame: Context, here: str, part: ListPart[Record], place: ListPlace) -> Iterator[dict[str, Any]]:
    """Links to the page of one letter, or to each letter on the page of a type."""
    if len(part.keys) > 1 or part.total > 1 or len(part.items) <= _LETTERED:
        yield from links(frame, here, (place,))
        return
    listing = frame.listing(here)
    for sign, same in groupby(part.items, letter):
        href = listing.href(place.path, f"{part.keys[0]}-{_slug(sign)}")
        yield {"href": href, "label": sign, "count": len(tuple(same))}


def _groups(frame: Context, listing: Listing, records: Iterable[Record]) -> tuple[dict[str, Any], ...]:
    """The records by type, and within a type by letter. Only types with many entities get links to letters."""
    groups = []
    for type_, same in groupby(records, _type):
        listed = tuple(same)
        letters = tuple(_letters(frame, listing, type_, listed))
        groups.append(
            {
                "type": type_,
                "label": frame.t(f"types.{type_}.many"),
                "count": len(listed),
                "letters": letters,
                "jump": len(listed) > _LETTERED,
            }
        )
    return tuple(groups)


def _unreviewed(records: Iterable[Record]) -> bool:
    return any(record.unreviewed for record in records)


def _letters(
    frame: Context, listing: Listing, type_: str, records: tuple[Record, ...]
) -> Iterator[dict[str, Any]]:
    for sign, same in groupby(records, letter):
        rows = tuple(_counted(frame, listing, record) for record in same)
        yield {"label": sign, "id": f"{type_}-{_slug(sign)}", "rows": rows}


def _counted(frame: Context, listing: Listing, record: Record) -> EntityItem:
    count = len(frame.graph.naming.get(record.id, ()))
    return listing.entity(record, count, frame.t.count("articles_count", count))


def _slug(sign: str) -> str:
    """A letter in an address: itself if it is ASCII, otherwise its code point."""
    if sign == _OTHER:
        return "other"
    return sign.lower() if sign.isascii() else f"u{ord(sign[0]):04x}"


def _place(frame: Context, part: ListPart[Record]) -> ListPlace:
    type_, sign = part.keys[0], part.keys[1] if len(part.keys) > 1 else ""
    name = f"{type_}-{_slug(sign)}" if sign else type_
    words = frame.t(f"types.{type_}.many")
    label = numbered(sign or frame.t("all_of_them"), part, frame)
    title = numbered(frame.t("list_of", list=words, label=sign) if sign else words, part, frame)
    return ListPlace(f"lists/entities/{name}{suffix(part)}.md", title, title, label, len(part.items))
