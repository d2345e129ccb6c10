"""Numbers and terms as bytes. The browser reads them in templates/assets/dossierkit/search/reading.js."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from dossierkit.model.plain import compact

_SYSTEM, _UNKNOWN = 9, 255
"""The byte of gzip's header for the system (RFC 1952, 2.3.1), set to "unknown": Python before 3.13 names the system."""
_SHARD = 12_000  # bytes before compression: about what one word of a query costs
_SMALL = 1 << 14
_EFFORT = 4  # at 6, files are 1 % smaller, and it takes a third longer


class Shard(NamedTuple):
    """A stretch of the dictionary. `first`: the shortest beginning of its first term that differs from the term before."""

    first: str
    data: bytes


def shards(found: Mapping[str, bytes | bytearray]) -> Iterator[Shard]:
    """The dictionary in stretches, in the order in which JavaScript compares strings (UTF-16).

    `found`: by term, the postings: for each page its distance from the page after the previous one (at first, from page 0),
    with the level in the low three bits. A term is written as the number of bytes shared with the previous term, the number of
    bytes that follow, these bytes, the length of the postings in bytes, and the postings.
    """
    first, last, previous, data = "", "", b"", bytearray()
    for term in sorted(found, key=lambda term: term.encode("utf-16-be")):
        entry = SEVENS[len(found[term])] + found[term]
        if data and len(data) + len(entry) > _SHARD:
            yield Shard(first, bytes(data))
            first, previous, data = _start(last, term), b"", bytearray()
        last = term
        name = term.encode()
        shared = _shared(previous, name)
        data += SEVENS[shared] + SEVENS[len(name) - shared] + name[shared:] + entry
        previous = name
    if data:
        yield Shard(first, bytes(data))


def _start(last: str, term: str) -> str:
    """The shortest beginning of a term that is greater than the previous term."""
    differ = (at for at, (one, other) in enumerate(zip(last, term, strict=False)) if one != other)
    return term[: next(differ, len(last)) + 1]


def deltas(values: Sequence[int]) -> bytes:
    """For each page after the first, its distance from the previous one, with its level in the low three bits."""
    return varints([value - (one | 7) - 1 for one, value in pairwise(values)])


def _shared(one: bytes, other: bytes) -> int:
    """The number of bytes that two names have in common at their start."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


class _Sevens(dict[int, bytes]):
    """Each number as LEB128 bytes. Small numbers, which are frequent, are cached."""

    def __missing__(self, number: int) -> bytes:
        parts, rest = [], number
        while rest > 127:
            parts.append(rest & 127 | 128)
            rest >>= 7
        coded = bytes((*parts, rest))
        if number < _SMALL:
            self[number] = coded
        return coded


SEVENS = _Sevens()


def varints(numbers: Iterable[int]) -> bytes:
    """The numbers as LEB128: seven bits per byte, the lowest first, with the high bit set if more bytes follow."""
    return b"".join(map(SEVENS.__getitem__, numbers))


def packed(data: bytes) -> bytes:
    """The data compressed with gzip, without a date, so that equal data give equal bytes."""
    packed = bytearray(gzip.compress(data, _EFFORT, mtime=0))
    packed[_SYSTEM] = _UNKNOWN
    return bytes(packed)


def as_json(value: Mapping[str, object] | list[object]) -> bytes:
    return compact(value).encode()
