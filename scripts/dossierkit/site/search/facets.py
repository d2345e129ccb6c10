"""The facets by which pages are counted, and an order of pages that keeps their table small.

Pages with the same facets follow each other, so that the table describes groups: its size grows with the number of
combinations (such as a publisher's year), not with the number of pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

from dossierkit.site.search.packing import varints
from dossierkit.site.search.piece import PageTerms

_BLOCK = 2048  # pages per file
_NAMES = 128  # entities per file

Key = tuple[str, tuple[str, ...], str, str, str]


def ordered(pieces: Iterable[PageTerms]) -> tuple[PageTerms, ...]:
    """The pages by group; within a group the newest first, then by path and the order of events."""
    by_path = sorted(pieces, key=lambda piece: (piece.path, piece.part))
    by_date = sorted(by_path, key=lambda piece: piece.sort, reverse=True)
    return tuple(sorted(by_date, key=_key))


def _key(piece: PageTerms) -> Key:
    return (piece.type, piece.dossiers, piece.lang, piece.year, piece.source)


def table(pieces: Sequence[PageTerms]) -> dict[str, Any]:
    """The table of facets. `groups`, by columns: the number of pages of each group, and the indices of its values in the lists.

    The lists: `types`, `sets` (of indices in `dossiers`, which has pairs of id and title), `langs`, `years`, `sources`.
    """
    titles = {piece.dossiers[0]: piece.title for piece in pieces if piece.type == "dossier"}
    sizes = [(key, len(tuple(same))) for key, same in groupby(pieces, key=_key)]
    columns: list[list[Any]] = [sorted({key[place] for key, _ in sizes}) for place in range(5)]
    places = [{value: place for place, value in enumerate(column)} for column in columns]
    groups = [[size, *(places[place][value] for place, value in enumerate(key))] for key, size in sizes]
    dossiers = sorted({id_ for set_ in columns[1] for id_ in set_})
    return {
        "groups": list(zip(*groups, strict=True)),
        "types": columns[0],
        "sets": [[dossiers.index(id_) for id_ in set_] for set_ in columns[1]],
        "dossiers": [[id_, titles.get(id_, id_)] for id_ in dossiers],
        "langs": columns[2],
        "years": columns[3],
        "sources": columns[4],
    }


def entities(pieces: Sequence[PageTerms]) -> tuple[list[bytes], list[list[Any]]]:
    """Which entities are on which page, in blocks of pages; and the entities by number of pages, in blocks of names.

    A block of pages has for each page the number of its entities and their ranks in that order. A name is `[id, title]`,
    followed by 1 if the entity is undecided.
    """
    own = {piece.entity: piece for piece in pieces if piece.entity}
    listed = [[id_ for id_, _ in piece.named if id_ in own] for piece in pieces]
    counts = Counter(chain.from_iterable(listed))
    ranked = sorted(counts, key=lambda id_: (-counts[id_], id_))
    place = {id_: rank for rank, id_ in enumerate(ranked)}
    rows = [varints((len(ids), *map(place.__getitem__, ids))) for ids in listed]
    names = [[id_, own[id_].title, *([1] if own[id_].unreviewed else [])] for id_ in ranked]
    return [b"".join(part) for part in blocks(rows, _BLOCK)], list(blocks(names, _NAMES))


def sizes() -> dict[str, int]:
    """How many pages and names a block has."""
    return {"block": _BLOCK, "names": _NAMES}


def blocks(items: Sequence[Any], size: int) -> Iterator[Any]:
    return (items[start : start + size] for start in range(0, len(items), size))
