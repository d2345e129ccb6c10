"""The index of the manifest: for each page of the last build, what it read and which files it wrote.

Keys are numbered, and each page has an array of numbers: a site of 10,000 articles has a million reads.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from dossierkit.build.dependencies.reads import Key, Noted, key_of
from dossierkit.build.outputs import Stamp
from dossierkit.cache.archive import Archive
from dossierkit.model.plain import dumps, parse

NAMES = ("book", "keys", "digests", "reads", "metas")
"""The names of the index's blobs in the archive."""
_DIGEST = 32  # hexadecimal digits
_GROWTH = 2
"""Unused numbers are dropped once there are this many times as many as after the last such clean-up."""


class ManifestEntry(NamedTuple):
    """One page, or the other files of one unit.

    `given`: digest of its arguments. `keys`: numbers of the keys that were read. `stamps`: of its files; none for a page that
    MkDocs writes. `moved`: paths of the style and script files that it refers to. `meta`: its front matter without HEAD, as JSON.
    """

    given: str
    keys: array[int]
    stamps: tuple[Stamp, ...]
    moved: tuple[str, ...]
    meta: bytes


@dataclass(slots=True)
class ManifestIndex:
    """`written`, `making`: digests of everything on which the content of all pages, and the finished HTML of all pages, depend.

    `numbers`: the number of each key (a line of `build.dependencies.reads.key_lines`), in order. `digests`: of the keys by
    number, 32 hexadecimal digits each, padded with spaces. `rests`: digests of all records, all dossiers and all events
    (`build.dependencies.digests.ALL_OF`). `texts`: content of the moved files by path. `start`: how many numbers there were after
    the last clean-up.
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
        """The digest of a key by its number; empty if it could not be compared."""
        return self.digests[number * _DIGEST : (number + 1) * _DIGEST].decode().rstrip()

    def numbered(self, noted: Noted, digest: Callable[[Key], str]) -> array[int]:
        """The numbers of keys. New ones are numbered; `digest` is called for those whose digest was not told."""
        lines = noted.keys.split("\n") if noted.keys else ()
        for line, digest_noted in zip(lines, noted.digests.split("\n"), strict=False):
            if line not in self.numbers:
                self.numbers[line] = len(self.numbers)
                self.digests += _padded(digest_noted or digest(key_of(line)))
        return array("I", map(self.numbers.__getitem__, lines))

    def update(self, digests: Mapping[int, str]) -> None:
        """Set the digests of keys, by number."""
        for number, digest in digests.items():
            self.digests[number * _DIGEST : (number + 1) * _DIGEST] = _padded(digest)


def read(archive: Archive) -> ManifestIndex:
    """The index in the archive; an empty one if it is incomplete or was written on a machine of the other byte order."""
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
    pages = [
        (path, page.given, len(page.keys), page.stamps, page.moved) for path, page in index.pages.items()
    ]
    head = (sys.byteorder, index.written, index.making, index.rests, pages, index.texts, index.start)
    keys = "\n".join(index.numbers).encode("utf-8", "surrogatepass")
    reads = b"".join(page.keys.tobytes() for page in index.pages.values())
    metas = b"\n".join(page.meta for page in index.pages.values())
    for name, blob in zip(NAMES, (dumps(head), keys, bytes(index.digests), reads, metas), strict=True):
        archive.put(name, blob)


def begun_anew(index: ManifestIndex) -> ManifestIndex:
    """The index without numbers that no page uses, if it has grown by `_GROWTH`."""
    if not index.start:
        return replace(index, start=len(index.numbers))
    if len(index.numbers) <= _GROWTH * index.start:
        return index
    used = set(chain.from_iterable(page.keys for page in index.pages.values()))
    places = {old: new for new, old in enumerate(sorted(used))}
    numbers = {line: places[number] for line, number in index.numbers.items() if number in places}
    digests = b"".join(index.digests[old * _DIGEST : (old + 1) * _DIGEST] for old in places)
    pages = {
        path: page._replace(keys=array("I", [places[number] for number in page.keys]))
        for path, page in index.pages.items()
    }
    return replace(index, numbers=numbers, digests=bytearray(digests), pages=pages, start=len(places))


def _padded(digest: str) -> bytes:
    return digest.ljust(_DIGEST).encode()
