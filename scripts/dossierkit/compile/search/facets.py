"""The facets that pages are counted under, and the order of pages that keeps their table small.

Pages with the same facets stand together, so that a table of groups says all of them: it grows with the number of
combinations (a publisher's year, say), not with the number of pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from dossierkit.compile.search.packing import varints
from dossierkit.compile.search.records import titles
from dossierkit.model.searched import SearchRecord

_BLOCK = 2048  # pages a file
_NAMES = 128  # entities a file

Key = tuple[str, tuple[str, ...], str, str, str]


def ordered(records: Iterable[SearchRecord]) -> tuple[SearchRecord, ...]:
    """By group; within one the newest first, then by path."""
    by_path = sorted(records, key=lambda record: record.path)
    by_date = sorted(by_path, key=lambda record: record.sort, reverse=True)
    return tuple(sorted(by_date, key=_key))


def _key(record: SearchRecord) -> Key:
    return (record.type, record.dossiers, record.lang, record.year, record.source)


def table(records: Sequence[SearchRecord]) -> dict[str, Any]:
    """`groups`, by columns: how many pages each has, and the places of its values in the lists beside it.

    The lists: `types`, `sets` (of places in `dossiers`, which has pairs of id and title), `langs`, `years`, `sources`.
    """
    names = titles(records)
    columns: list[list[Any]] = [sorted({_key(record)[place] for record in records}) for place in range(5)]
    places = [{value: place for place, value in enumerate(column)} for column in columns]
    groups = [
        [len(tuple(same)), *(places[place][value] for place, value in enumerate(key))]
        for key, same in groupby(records, key=_key)
    ]
    dossiers = sorted({id_ for set_ in columns[1] for id_ in set_})
    return {
        "groups": list(zip(*groups, strict=True)),
        "types": columns[0],
        "sets": [[dossiers.index(id_) for id_ in set_] for set_ in columns[1]],
        "dossiers": [[id_, names.get(id_, id_)] for id_ in dossiers],
        "langs": columns[2],
        "years": columns[3],
        "sources": columns[4],
    }


def entities(records: Sequence[SearchRecord]) -> tuple[list[bytes], list[list[Any]]]:
    """Who is on which page, in blocks of pages; and the entities by how many pages name them, in blocks of names.

    A block of pages has for each page the number of its entities and their places in that order. A name is
    `[id, title, type]`.
    """
    own = {record.entity: record for record in records if record.entity}
    listed = [tuple(dict.fromkeys(id_ for id_, _ in record.named if id_ in own)) for record in records]
    counts = Counter(id_ for ids in listed for id_ in ids)
    ranked = sorted(counts, key=lambda id_: (-counts[id_], id_))
    place = {id_: rank for rank, id_ in enumerate(ranked)}
    rows = [varints((len(ids), *(place[id_] for id_ in ids))) for ids in listed]
    names = [[id_, own[id_].title, own[id_].type] for id_ in ranked]
    return [b"".join(part) for part in _blocks(rows, _BLOCK)], list(_blocks(names, _NAMES))


def sizes() -> dict[str, int]:
    """How many pages and names a block has."""
    return {"block": _BLOCK, "names": _NAMES}


def _blocks(items: Sequence[Any], size: int) -> Iterator[Any]:
    return (items[start : start + size] for start in range(0, len(items), size))
