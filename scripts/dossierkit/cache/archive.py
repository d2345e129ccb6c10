"""Data that one build leaves for the next: named blobs, sealed so that only builds of the same user trust them.

Stored in the user's cache folder of the repository, without anything executable. Blobs are appended to one file; a
sealed table, replaced atomically, has the offset and digest of each. A build that is interrupted leaves the previous
table with all blobs that it refers to.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO

from dossierkit.cache import sealed
from dossierkit.cache.files import ForeignFileError, whole
from dossierkit.model.plain import digest, parse
from dossierkit.model.plain import dumps as as_json

FOLDER = "build"
TABLE, BLOBS = f"{FOLDER}/table", f"{FOLDER}/blobs"
_MAGIC = b"dossierkit build 4\n"
_SLACK = 1 << 20
"""Bytes that nobody points to any more: with more than that, and more than are pointed to, the file is written anew."""
_Place = tuple[int, int, str]
"""Where a blob starts, its length, its digest."""


class Archive:
    """Blobs by name. `version`: of their reader and writer, as one word. `places`: of the previous build's blobs.

    `put` writes to disk at once, so processes forked later find the blobs there.
    """

    def __init__(self, root: Path, version: str = "", places: Mapping[str, _Place] | None = None) -> None:
        self._root, self._version = root, version
        self._places: dict[str, _Place] = dict(places or {})
        self._unwritten: dict[str, bytes] = {}
        self._end = max((start + length for start, length, _ in self._places.values()), default=0)
        self._file: IO[bytes] | None = None
        self._why: OSError | None = None
        self.damaged = 0
        """How many blobs were not those that were put."""

    def __contains__(self, name: str) -> bool:
        return name in self._places or name in self._unwritten

    @property
    def names(self) -> Iterator[str]:
        return chain(self._places, self._unwritten)

    def take(self, name: str) -> bytes | None:
        """The blob; None if it is missing or damaged."""
        if name in self._unwritten:
            return self._unwritten[name]
        if name not in self._places:
            return None
        start, length, expected = self._places[name]
        try:
            blob = _piece(self._open(), start, length)
        except OSError:
            blob = b""
        if digest(blob) == expected:
            return blob
        self.damaged += 1
        del self._places[name]
        return None

    def put(self, name: str, blob: bytes) -> None:
        """Only for the process that made the archive. If nothing can be written, the blob stays in memory."""
        checksum = digest(blob)
        if name in self._places and self._places[name][2] == checksum:
            return
        if self._why is None:
            try:
                self._append(blob)
            except OSError as error:
                self._why = error
            else:
                self._places[name] = (self._end, len(blob), checksum)
                self._end += len(blob)
                return
        self._places.pop(name, None)
        self._unwritten[name] = blob

    def save(self, names: Collection[str]) -> None:
        """Keep these blobs, and no others, for the next build. Raises OSError."""
        if self._why is not None:
            raise self._why
        self._places = {name: place for name, place in self._places.items() if name in names}
        used = sum(length for _, length, _ in self._places.values())
        if self._end - used > max(used, _SLACK):
            self._rewrite()
        sealed.write(self._root / TABLE, _head(self._version), as_json(self._places))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _append(self, blob: bytes) -> None:
        file, left = self._open(), memoryview(blob)
        file.seek(self._end)
        while left:
            left = left[file.write(left) :]

    def _open(self) -> IO[bytes]:
        """The file of blobs, unbuffered so that it can be read and forked at any time; data of an interrupted build is cut off."""
        if self._file is None:
            path = self._root / BLOBS
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._file = path.open("r+b", buffering=0)
            self._file.truncate(self._end)
        return self._file

    def _rewrite(self) -> None:
        """Copy all blobs to a new file. Until the new table is in place, the digests of the old table do not match."""
        places: dict[str, _Place] = {}
        end = 0
        with whole(self._root / BLOBS) as file:
            for name, (start, length, checksum) in sorted(self._places.items(), key=lambda item: item[1]):
                file.write(_piece(self._open(), start, length))
                places[name] = (end, length, checksum)
                end += length
            self.close()
        self._places, self._end = places, end


def load(root: Path, version: str = "") -> Archive:
    """The archive of the last build in the cache folder `root`. Raises ForeignFileError, and OSError if it is unreadable."""
    places = parse(bytes(sealed.read(root / TABLE, _head(version))))
    return Archive(
        root, version, {name: (at, length, checksum) for name, (at, length, checksum) in places.items()}
    )


def read(root: Path, version: str = "") -> tuple[Archive, str]:
    """The same, and why a table could not be used."""
    try:
        return load(root, version), ""
    except FileNotFoundError:
        return Archive(root, version), ""
    except (OSError, ForeignFileError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return Archive(root, version), f"{root / TABLE} is not used, since {why}; what it held is made again"


def _piece(file: IO[bytes], start: int, length: int) -> bytes:
    """A part of a file, read with pread, since forked processes share the file position."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, start)
    file.seek(start)
    return file.read(length)


def _head(version: str) -> bytes:
    return _MAGIC + f"{version}\n".encode()
