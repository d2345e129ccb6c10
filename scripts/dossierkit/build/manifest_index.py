"""The index of the manifest: what the last build knew of each page, in a compact form.

What pages read has numbers, and of each page there is an array of them: a site of ten thousand articles has a million.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from dossierkit.build.dependencies.reads import Key, key_of
from dossierkit.build.outputs import Stamp
from dossierkit.cache.archive import Archive
from dossierkit.model.plain import dumps, parse

NAMES = ("book", "keys", "digests", "reads", "metas")
"""Its blobs."""
_DIGEST = 32  # hexadecimal digits
_GROWTH = 2
"""With so many times the numbers that there were at its start, the index is begun anew."""


class ManifestEntry(NamedTuple):
    """One page, or what stands in some other files. `given`: a digest of what it was given. `keys`: the numbers of what was read for it.

    `stamps`: of its files; none for a page that MkDocs is given. `moved`: the files that it asks for. `meta`: its front matter
    without HEAD, as JSON.
    """

    given: str
    keys: array[int]
    stamps: tuple[Stamp, ...]
    moved: tuple[str, ...]
    meta: bytes


@dataclass(slots=True)
class ManifestIndex:
    """`written`, `making`: digests of what the content of all pages, and all finished pages, rest on. `numbers`: of every key,
    as a line of `build.dependencies.reads.listed_keys`, in their order; `digests`: of all numbers, 32 signs each. `rests`: digests of
    what is told of all pages of a kind, as `build.dependencies.digests.Steady` names them. `texts`: of the files that pages ask for.
    `start`: how many numbers there were when the index was begun.
    """

    written: str = ""
    making: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    digests: bytearray = field(default_factory=bytearray)
    rests: Mapping[str, str] = field(default_factory=dict)
    pages: dict[str, ManifestEntry] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    start: int = 0

    def digest(self, number: int) -> str:
        """What a key had; empty where that could not be told."""
        return self.digests[number * _DIGEST : (number + 1) * _DIGEST].decode().rstrip()

    def numbered(self, keys: str, digest: Callable[[Key], str]) -> array[int]:
        """The numbers of keys, as `listed_keys` has them; those that have none yet get one. `digest`: theirs."""
        lines = keys.split("\n") if keys else ()
        for line in lines:
            if line not in self.numbers:
                self.numbers[line] = len(self.numbers)
                self.digests += _padded(digest(key_of(line)))
        return array("I", map(self.numbers.__getitem__, lines))

    def update(self, digests: Mapping[int, str]) -> None:
        """Put down what keys have now, by their numbers."""
        for number, digest in digests.items():
            self.digests[number * _DIGEST : (number + 1) * _DIGEST] = _padded(digest)


def read(archive: Archive) -> ManifestIndex:
    """The index that lies in the archive, or an empty one."""
    head, keys, digests, reads, metas = (archive.take(name) for name in NAMES)
    if head is None or keys is None or digests is None or reads is None or metas is None:
        return ManifestIndex()
    order, written, making, rests, pages, texts, start = parse(head)
    if order != sys.byteorder:
        return ManifestIndex()
    lines = keys.decode("utf-8", "surrogatepass").split("\n") if keys else ()
    numbers = {line: number for number, line in enumerate(lines)}
    entries, every, at = {}, array("I", reads), 0
    for (path, given, count, stamps, moved), meta in zip(pages, metas.split(b"\n"), strict=True):
        made = tuple(map(tuple, stamps))
        entries[path] = ManifestEntry(given, every[at : at + count], made, tuple(moved), meta)
        at += count
    return ManifestIndex(written, making, numbers, bytearray(digests), rests, entries, texts, start)


def write(archive: Archive, index: ManifestIndex) -> None:
    """Raises UnkeepableError."""
    pages = [(path, one.given, len(one.keys), one.stamps, one.moved) for path, one in index.pages.items()]
    head = (sys.byteorder, index.written, index.making, index.rests, pages, index.texts, index.start)
    keys = "\n".join(index.numbers).encode("utf-8", "surrogatepass")
    reads = b"".join(one.keys.tobytes() for one in index.pages.values())
    metas = b"\n".join(one.meta for one in index.pages.values())
    for name, blob in zip(NAMES, (dumps(head), keys, bytes(index.digests), reads, metas), strict=True):
        archive.put(name, blob)


def begun_anew(index: ManifestIndex) -> ManifestIndex:
    """The index without the numbers that no page has any more, where it has grown much."""
    if not index.start:
        return replace(index, start=len(index.numbers))
    if len(index.numbers) <= _GROWTH * index.start:
        return index
    used = set(chain.from_iterable(one.keys for one in index.pages.values()))
    places = {old: new for new, old in enumerate(sorted(used))}
    numbers = {line: places[number] for line, number in index.numbers.items() if number in places}
    digests = b"".join(index.digests[old * _DIGEST : (old + 1) * _DIGEST] for old in places)
    pages = {
        path: one._replace(keys=array("I", [places[number] for number in one.keys]))
        for path, one in index.pages.items()
    }
    return replace(index, numbers=numbers, digests=bytearray(digests), pages=pages, start=len(places))


def _padded(digest: str) -> bytes:
    return digest.ljust(_DIGEST).encode()
