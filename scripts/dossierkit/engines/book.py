"""What the last build knew of finished pages, in a form that is small and quickly searched.

What pages read has numbers, and of each page there is an array of them: a site of ten thousand articles has a million.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from dossierkit.compile.seen.reads import Key
from dossierkit.engines.vault import Vault
from dossierkit.engines.written import Stamp
from dossierkit.model.plain import dumps, parse

NAMES = ("book", "keys", "digests", "reads")
"""Its blobs."""
_DIGEST = 32  # hexadecimal digits
_GROWTH = 2
"""With so many times the numbers that there were at its start, a book is begun anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page, or what stands in some other files. `given`: a digest of what it was given. `keys`: the numbers of what was read for it.

    `stamps`: of its files; none for a page that MkDocs is given. `moved`: the files that it asks for. `meta`: its front matter
    without HEAD.
    """

    given: str
    keys: array[int]
    stamps: tuple[Stamp, ...]
    moved: tuple[str, ...]
    meta: Mapping[str, Any]


@dataclass(slots=True)
class Book:
    """`written`, `making`: digests of what the content of all pages, and all finished pages, rest on.

    `numbers`: of every key, by its kind; `digests`: of all numbers, 32 signs each. `telling`: a digest of all that events rest
    on. `texts`: of the files that pages ask for. `start`: how many numbers there were when the book was begun.
    """

    written: str = ""
    making: str = ""
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    digests: bytearray = field(default_factory=bytearray)
    telling: str = ""
    pages: dict[str, Entry] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    start: int = 0

    @property
    def size(self) -> int:
        return sum(map(len, self.numbers.values()))

    def digest(self, number: int) -> str:
        """What a key had; empty where that could not be told."""
        return self.digests[number * _DIGEST : (number + 1) * _DIGEST].decode().rstrip()

    def numbered(self, keys: Iterable[Key], digest: Callable[[Key], str]) -> array[int]:
        """The numbers of keys; those that have none yet get one. `digest`: theirs."""
        found = array("I")
        for kind, key in keys:
            of_kind = self.numbers.setdefault(kind, {})
            if key not in of_kind:
                of_kind[key] = len(self.digests) // _DIGEST
                self.digests += _padded(digest((kind, key)))
            found.append(of_kind[key])
        return found

    def update(self, digests: Mapping[int, str]) -> None:
        """Put down what keys have now, by their numbers."""
        for number, told in digests.items():
            self.digests[number * _DIGEST : (number + 1) * _DIGEST] = _padded(told)


def read(vault: Vault) -> Book:
    """The book that lies in the vault, or an empty one."""
    told, keys, digests, reads = (vault.take(name) for name in NAMES)
    if told is None or keys is None or digests is None or reads is None:
        return Book()
    order, written, making, telling, pages, texts, start = parse(told)
    if order != sys.byteorder:
        return Book()
    every = array("I", reads)
    entries, at = {}, 0
    for path, given, count, stamps, moved, meta in pages:
        numbers = every[at : at + count]
        made = tuple((size, time) for size, time in stamps)
        entries[path] = Entry(given, numbers, made, tuple(moved), meta)
        at += count
    return Book(written, making, parse(keys), bytearray(digests), telling, entries, texts, start)


def write(vault: Vault, book: Book) -> None:
    """Raises UnkeepableError."""
    pages = [
        (path, one.given, len(one.keys), one.stamps, one.moved, one.meta) for path, one in book.pages.items()
    ]
    head = (sys.byteorder, book.written, book.making, book.telling, pages, book.texts, book.start)
    reads = b"".join(one.keys.tobytes() for one in book.pages.values())
    for name, blob in zip(NAMES, (dumps(head), dumps(book.numbers), bytes(book.digests), reads), strict=True):
        vault.put(name, blob)


def begun_anew(book: Book) -> Book:
    """The book without the numbers that no page has any more, where it has grown much."""
    if book.size <= _GROWTH * book.start:
        return book
    used = set(chain.from_iterable(one.keys for one in book.pages.values()))
    places = {old: new for new, old in enumerate(sorted(used))}
    numbers = {
        kind: {key: places[number] for key, number in of_kind.items() if number in places}
        for kind, of_kind in book.numbers.items()
    }
    digests = b"".join(book.digests[old * _DIGEST : (old + 1) * _DIGEST] for old in places)
    pages = {
        path: replace(one, keys=array("I", [places[number] for number in one.keys]))
        for path, one in book.pages.items()
    }
    return replace(book, numbers=numbers, digests=bytearray(digests), pages=pages, start=len(places))


def _padded(digest: str) -> bytes:
    return digest.ljust(_DIGEST).encode()
