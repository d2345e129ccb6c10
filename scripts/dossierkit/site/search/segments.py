"""From pieces to postings: which pages have a term, and how relevant each is for it.

Postings are computed by segments, runs of pages in the order of the index, as Lucene does. A segment counts from its first
page, so that an unchanged segment is taken from the last index wherever its pages are now. Only paths decide where segments
end, so that adding or removing a page changes one or two of them.
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

_PAGES = 512  # pages per segment, on average

Names = Mapping[str, Sequence[str]]
"""By id, the names of entities, as terms joined by a space."""


class IndexCache(Protocol):
    """The cache that one index fills for the next."""

    def take(self, name: str) -> bytes | None:
        """The bytes stored under a name. Those of a file only if the file still exists; the file is then left as it is."""

    def put(self, name: str, blob: bytes) -> None: ...

    def file(self, name: str) -> bytes:
        """The file of that name, after what was put by it was taken; empty if it is another by now."""


class PostingSegment(NamedTuple):
    """Postings by term: the first page (`page << 3 | level`), the position after the last page, and the other pages, encoded."""

    terms: Sequence[str]
    firsts: Sequence[int]
    ends: Sequence[int]
    coded: Sequence[bytes]


def postings(pieces: Iterable[PageTerms], cache: IndexCache) -> Mapping[str, bytearray]:
    """The postings of each term in the form of `packing.shards`; a page's number is its position in `pieces`.

    Besides single terms there are whole names of entities (terms joined by a space), and `@id` for every entity, both with the
    pages that name the entity by any of its names.
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
    blob = cache.take(name)
    if blob is not None and (cached := parse(blob))[0] == basis:
        return _read(*cached[1:])
    made = _made(run, names)
    cache.put(name, _written(basis, made))
    return made


def _rests(run: Sequence[PageTerms], names: Names) -> str:
    """A digest of everything that a segment depends on."""
    named = {id_: names[id_] for one in run for id_, _ in one.named if id_ in names}
    return digest(dumps([[one.posted for one in run], list(named.items())]))


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
