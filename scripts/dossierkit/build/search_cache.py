"""The cache of the search index: JSON blobs by name, in the sealed file `search` of the cache folder.

A blob with the name of a file in the site is returned only while that file has the size and time with which it was written. The
cache is replaced as a whole, so that an interrupted build leaves the previous one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from dossierkit.build.outputs import Stamp, stamp
from dossierkit.cache import sealed
from dossierkit.cache.files import ForeignFileError
from dossierkit.model.plain import dumps, parse

log = logging.getLogger("mkdocs.plugins.dossier")

FILE = "search"
_HEAD = b"dossierkit search 3\n"
_NO_FILE: Stamp = (0, 0)

_Row = tuple[Stamp, "bytes | memoryview"]


class SearchCache:
    """Implements `site.search.segments.IndexCache` for one index. Blobs that are neither taken nor put are dropped.

    `fingerprint`: if it differs from that of the last index, nothing is taken. `root`: the cache folder. `files`: the paths of
    all files of the index, below the site's folder.
    """

    def __init__(self, root: Path, site: Path, fingerprint: str) -> None:
        self._root, self._site, self._fingerprint = root, site, fingerprint
        self._before, why = _read(root, fingerprint)
        if why:
            log.info("%s is not used, since %s; the search index is made again", root / FILE, why)
        self._now: dict[str, _Row] = {}
        self.files: set[str] = set()

    def take(self, name: str) -> bytes | None:
        row = self._before.get(name)
        if row is None or (row[0] != _NO_FILE and row[0] != stamp(f"{self._site}/{name}")):
            return None
        self._now[name] = row
        if row[0] != _NO_FILE:
            self.files.add(name)
        return bytes(row[1])

    def put(self, name: str, blob: bytes) -> None:
        self._now[name] = _NO_FILE, blob

    def file(self, name: str) -> bytes:
        try:
            data = (self._site / name).read_bytes()
        except OSError:
            return b""
        # Another build may have written it since it was taken.
        return data if stamp(f"{self._site}/{name}") == self._before[name][0] else b""

    def written(self, path: str, stamp: Stamp) -> None:
        """Record the stamp of a file that was written, after the blob of its name was put."""
        self.files.add(path)
        if path in self._now:
            self._now[path] = stamp, self._now[path][1]

    def save(self) -> None:
        """Write the cache for the next build. Errors are logged, and do not stop the build."""
        if self._now == self._before:
            return
        try:
            sealed.write(self._root / FILE, _HEAD, _body(self._fingerprint, self._now))
        except OSError as error:
            log.info("nothing of the search index is kept for the next build: %s", error)


def _read(root: Path, fingerprint: str) -> tuple[dict[str, _Row], str]:
    """The rows of the last index, and why they cannot be used, if so."""
    try:
        return _rows(sealed.read(root / FILE, _HEAD), fingerprint), ""
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, error.strerror or str(error)
    except ForeignFileError as error:
        return {}, str(error)


def _rows(body: memoryview, fingerprint: str) -> dict[str, _Row]:
    at = 8 + int.from_bytes(body[:8], "big")
    rests_on, listed = parse(bytes(body[8:at]))
    found: dict[str, _Row] = {}
    if rests_on == fingerprint:
        for name, size, time, length in listed:
            found[name] = (size, time), body[at : at + length]
            at += length
    return found


def _body(fingerprint: str, rows: Mapping[str, _Row]) -> bytes:
    head = dumps([fingerprint, [(name, *stamp, len(blob)) for name, (stamp, blob) in rows.items()]])
    return b"".join((len(head).to_bytes(8, "big"), head, *(blob for _, blob in rows.values())))
