"""The cache of the search index: JSON blobs by name, in an archive of its own in the cache folder.

A blob with the name of a file in the site is returned only while that file has the size and time with which it was written. The
archive's table is replaced as a whole, so that an interrupted build leaves the previous index.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dossierkit.build.outputs import Stamp, stamp
from dossierkit.cache import archive
from dossierkit.model.plain import dumps, parse

log = logging.getLogger("mkdocs.plugins.dossier")

FOLDER = "index"
_VERSION = "search 4"
_STAMPS = "stamps"
"""The blob that has the fingerprint and, by name, the stamp of the file of each other blob."""
_NO_FILE: Stamp = (0, 0)


class SearchCache:
    """Implements `site.search.segments.IndexCache` for one index. Blobs that are neither taken nor put are dropped.

    `fingerprint`: if it differs from that of the last index, nothing is taken. `root`: the cache folder. `files`: the paths of
    all files of the index, below the site's folder. Blobs are on disk, since those of a large site need much memory.
    """

    def __init__(self, root: Path, site: Path, fingerprint: str) -> None:
        self._site, self._fingerprint = site, fingerprint
        self._archive, why = archive.read(root / FOLDER, _VERSION)
        if why:
            log.info(why)
        blob = self._archive.take(_STAMPS)
        before, stamps = parse(blob) if blob else ("", {})
        self._before = {name: (size, time) for name, (size, time) in stamps.items() if before == fingerprint}
        self._now: dict[str, Stamp] = {}
        self._changed = False
        self.files: set[str] = set()

    def take(self, name: str) -> bytes | None:
        if name not in self._before:
            return None
        known = self._before[name]
        of_file = known != _NO_FILE
        if of_file and stamp(f"{self._site}/{name}") != known:
            return None
        blob = self._archive.take(name)
        if blob is not None:
            self._now[name] = known
            self.files.update([name] if of_file else ())
        return blob

    def put(self, name: str, blob: bytes) -> None:
        self._archive.put(name, blob)
        self._now[name] = _NO_FILE
        self._changed = True

    def file(self, name: str) -> bytes:
        try:
            data = (self._site / name).read_bytes()
        except OSError:
            return b""
        # Another build may have written it since it was taken.
        return data if stamp(f"{self._site}/{name}") == self._before[name] else b""

    def derived(self, basis: str, name: str, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - any plain value
        """A value of the last index if it was worked out from the same, of which `basis` is a digest; then every tuple is a list."""
        if not basis:
            return work_out()
        if (blob := self.take(name)) is not None and (cached := parse(blob))[0] == basis:
            return cached[1]
        value = work_out()
        self.put(name, dumps([basis, value]))
        return value

    def written(self, path: str, stamp: Stamp) -> None:
        """Record the stamp of a file that was written, after the blob of its name was put."""
        self.files.add(path)
        if path in self._now:
            self._now[path] = stamp

    def save(self) -> None:
        """Keep everything for the next build. Errors are logged, and do not stop the build."""
        if self._archive.damaged:
            log.info("%s was damaged: %d parts of it were made again", FOLDER, self._archive.damaged)
        if not self._changed and self._now == self._before:
            return
        try:
            self._archive.put(_STAMPS, dumps([self._fingerprint, self._now]))
            self._archive.save({_STAMPS, *self._now})
        except OSError as error:
            log.info("nothing of the search index is kept for the next build: %s", error)

    def close(self) -> None:
        self._archive.close()
