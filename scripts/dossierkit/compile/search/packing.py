"""Numbers and terms as bytes. The browser reads them in templates/assets/dossierkit/search/reading.js."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dossierkit.compile.search.postings import Postings

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SHARD = 12_000  # bytes before compression: what one word of a query costs, about


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of the dictionary. `first`: as much of its first term as sets it apart from the term before."""

    first: str
    data: bytes


def shards(found: Postings) -> Iterator[Shard]:
    """The dictionary in the order in which JavaScript compares strings (UTF-16)."""
    first, last, previous, data = "", "", b"", bytearray()
    for term in sorted(found, key=lambda term: term.encode("utf-16-be")):
        entry = _entry(found[term])
        if data and len(data) + len(entry) > _SHARD:
            yield Shard(first, bytes(data))
            first, previous, data = _start(last, term), b"", bytearray()
        last = term
        name = term.encode()
        shared = _shared(previous, name)
        data += varints((shared, len(name) - shared)) + name[shared:] + entry
        previous = name
    if data:
        yield Shard(first, bytes(data))


def _start(last: str, term: str) -> str:
    """The shortest beginning of a term that comes after the one before it."""
    differ = (at for at, (one, other) in enumerate(zip(last, term, strict=False)) if one != other)
    return term[: next(differ, len(last)) + 1]


def _entry(values: Iterable[int]) -> bytes:
    """How many bytes follow; then for each page its distance from the one before with the level in the low three bits."""
    coded, last = bytearray(), -1
    for value in values:
        page = value >> 3
        number = (page - last - 1) << 3 | value & 7
        last = page
        while number > 127:
            coded.append(number & 127 | 128)
            number >>= 7
        coded.append(number)
    return varints((len(coded),)) + bytes(coded)


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two names have in common at their start."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def varints(numbers: Iterable[int]) -> bytes:
    """LEB128: seven bits a byte, the lowest first, the high bit where more follow."""
    coded = bytearray()
    for number in numbers:
        rest = number
        while rest > 127:
            coded.append(rest & 127 | 128)
            rest >>= 7
        coded.append(rest)
    return bytes(coded)


def packed(data: bytes) -> bytes:
    """Compressed, the same bytes on every day."""
    return gzip.compress(data, 6, mtime=0)


def as_json(value: Mapping[str, object] | list[object]) -> bytes:
    return _JSON.encode(value).encode()
