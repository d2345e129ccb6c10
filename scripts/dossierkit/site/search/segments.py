"""Pieces -> postings: which pages have a term, and how much each is about it.

They are worked out by segments, runs of pages in the order of the index, as Lucene does. What a segment holds is counted
from its first page, so that one in which nothing changed is taken from the last index, wherever its pages stand now; where runs
end lies with the paths alone, so that a page more or less changes one or two of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol

from dossierkit.model.plain import digest, dumps, parse
from dossierkit.site.search.packing import SEVENS, deltas
from dossierkit.site.search.piece import PageTerms

_PAGES = 512  # of a segment, on average

Names = Mapping[str, Sequence[str]]
"""Of entities, as terms joined by a space, by id."""


class IndexCache(Protocol):
    """What an index leaves for the next one."""

    def take(self, name: str) -> bytes | None:
        """What was put by that name; if it is the name of a file, only where the file still stands, and it is not made again."""

    def put(self, name: str, blob: bytes) -> None: ...

    def file(self, name: str) -> bytes:
        """The file of that name, after what was put by it was taken."""


class PostingSegment(NamedTuple):
    """Postings by term: that of the first page (`page << 3 | level`), where the page after the last one begins (`page << 3`), and
    all behind the first as they are coded.
    """

    terms: Sequence[str]
    firsts: Sequence[int]
    ends: Sequence[int]
    coded: Sequence[bytes]


def postings(pieces: Iterable[PageTerms], cache: IndexCache) -> Mapping[str, bytearray]:
    """By term, the pages in their order, as `packing.shards` wants them; a page's number is its place in `pieces`.

    Beside single terms there are the names of entities as a whole (terms joined by a space), and `@id` for every
    entity, both with the pages that name the entity by any of its names.
    """
    listed = tuple(pieces)
    names = {one.entity: one.names for one in listed if one.entity}
    found: dict[str, bytearray] = defaultdict(bytearray)
    before: dict[str, int] = {}
    start = 0
    for run in _runs(listed):
        for term, first, end, coded in zip(*_segment(run, names, cache), strict=True):
            found[term] += SEVENS[start + first - before.get(term, 0)] + coded
            before[term] = start + end
        start += len(run) << 3
    return found


def _runs(pieces: Sequence[PageTerms]) -> Iterator[Sequence[PageTerms]]:
    ends = [number for number, piece in enumerate(pieces, 1) if _ends(piece.place)]
    for start, end in pairwise(dict.fromkeys((0, *ends, len(pieces)))):
        yield pieces[start:end]


def _ends(place: str) -> bool:
    return (
        int.from_bytes(blake2b(place.encode("utf-8", "surrogatepass"), digest_size=4).digest()) % _PAGES == 0
    )


def _segment(run: Sequence[PageTerms], names: Names, cache: IndexCache) -> PostingSegment:
    name, basis = f"segment {run[0].place}", _rests(run, names)
    blob = cache.take(name) if basis else None
    if blob is not None and (cached := parse(blob))[0] == basis:
        return _read(*cached[1:])
    made = _made(run, names)
    if basis:
        cache.put(name, _written(basis, made))
    return made


def _rests(run: Sequence[PageTerms], names: Names) -> str:
    """A digest of all that a segment is made of; empty where that of a page is not known."""
    if not all(one.rests for one in run):
        return ""
    named = {id_: names[id_] for one in run for id_, _ in one.named if id_ in names}
    return digest(dumps([[(one.place, one.rests) for one in run], list(named.items())]))


def _made(run: Sequence[PageTerms], names: Names) -> PostingSegment:
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(run):
        page = number << 3
        for term, level in _levels(one, names).items():
            found[term].append(page | level)
    values = found.values()
    return PostingSegment(
        list(found),
        [value[0] for value in values],
        [(value[-1] | 7) + 1 for value in values],
        [deltas(value) if len(value) > 1 else b"" for value in values],
    )


def _levels(piece: PageTerms, names: Names) -> dict[str, int]:
    made: dict[str, int] = {}
    for level, terms in enumerate(piece.terms.split("\n"), 1):
        made.update(dict.fromkeys(terms.split(), level))
    for entity, level in piece.named:
        made[f"@{entity}"] = level
        for name in names.get(entity, ()):
            made[name] = max(made.get(name, 0), level)
    return made


def _written(basis: str, made: PostingSegment) -> bytes:
    sizes = [len(one) for one in made.coded]
    return dumps([basis, made.terms, made.firsts, made.ends, sizes, b"".join(made.coded).hex()])


def _read(
    terms: list[str], firsts: list[int], ends: list[int], sizes: list[int], coded: str
) -> PostingSegment:
    data = bytes.fromhex(coded)
    places = pairwise(accumulate(sizes, initial=0))
    return PostingSegment(terms, firsts, ends, [data[start:end] for start, end in places])
