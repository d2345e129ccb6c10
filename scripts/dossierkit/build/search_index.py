"""Writes the search index into a site; unchanged files of the last index are not written again.

Its cache is an archive of its own in the cache folder: JSON blobs by name. A blob with the name of a file in the site is
returned only while that file has the size and time with which it was written. The archive's table is replaced as a whole, so
that an interrupted build leaves the previous index.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from dossierkit.build.evidence_cache import EvidenceCache
from dossierkit.build.outputs import Stamp, put, stamp
from dossierkit.cache import archive
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import DossierPage
from dossierkit.model.plain import UnkeepableError, dumps, parse
from dossierkit.model.record import Record
from dossierkit.model.searched import Findable, OwnPage
from dossierkit.site.compiled import Compiled
from dossierkit.site.search import records
from dossierkit.site.search.index import FOLDER, index
from dossierkit.site.search.records import Rests

Remembered = Callable[[str, str, Callable[[], Any]], Any]
"""As `search_cache.SearchCache.derived`."""
Find = Callable[[Remembered], Iterable[Findable]]
OwnPages = Callable[[], Iterable[OwnPage]]
"""Returns the pages of the site itself that an engine publishes."""
log = logging.getLogger("mkdocs.plugins.dossier")

CACHE = "index"
_VERSION = "search 4"
_STAMPS = "stamps"
"""The blob that has the fingerprint and, by name, the stamp of the file of each other blob."""
_NO_FILE: Stamp = (0, 0)


def findable(
    result: Compiled, own: OwnPages, known: Rests, events: str, remembered: Remembered
) -> tuple[Findable, ...]:
    """Everything that readers find. `known`: returns digests of pages, see `rests`. `events`: digest of what events are joined
    from; empty if it cannot be compared.
    """
    frame, derived = result.frame, partial(remembered, events)
    return (*records.findable(frame, known, derived), *records.own_findable(frame.site, own()))


def write_index(find: Find, words: Mapping[str, Any], site: Path) -> None:
    """Write the index of the records that `find` returns into the site's folder, and remove files of an earlier index."""
    made = set()
    for path, data in index(find(_anew), words):
        put(site / path, data)
        made.add(path)
    _clear(site, made)


def renew_index(find: Find, words: Mapping[str, Any], site: Path, cache: Path, fingerprint: str) -> None:
    """Do the same with the cache of the last index, and write the cache for the next.

    `fingerprint`: digest of what every record of the index depends on.
    """
    with closing(SearchCache(cache, site, fingerprint)) as known:
        for path, data in index(find(known.derived), words, known):
            known.written(path, put(site / path, data))
        _clear(site, known.files)
        known.save()


def rests(cache: EvidenceCache, page: Evidence | Record | DossierPage) -> str:
    """Implements `site.search.records.Rests`: digest of what the search records of a page depend on."""
    if isinstance(page, Evidence):
        facets = cache.facets.get(page.id, {})
        digests = [facets.get(name, "") for name in ("page", "records", "text", "timeline")]
        return " ".join(digests) if all(digests) else ""
    try:
        return cache.pages.digest(page)
    except UnkeepableError:
        return ""


def _anew(_basis: str, _name: str, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - as `Remembered` has it
    return work_out()


def _clear(site: Path, made: Collection[str]) -> None:
    """Remove files from the index's folder that are not in `made`."""
    for folder, _, names in os.walk(site / FOLDER):
        below = Path(folder).relative_to(site).as_posix()
        for name in names:
            if f"{below}/{name}" not in made:
                os.unlink(os.path.join(folder, name))  # noqa: PTH108, PTH118 - many


class SearchCache:
    """Implements `site.search.segments.IndexCache` for one index. Blobs that are neither taken nor put are dropped.

    `fingerprint`: if it differs from that of the last index, nothing is taken. `root`: the cache folder. `files`: the paths of
    all files of the index, below the site's folder. Blobs are on disk, since those of a large site need much memory.
    """

    def __init__(self, root: Path, site: Path, fingerprint: str) -> None:
        self._site, self._fingerprint = site, fingerprint
        self._archive, why = archive.read(root / CACHE, _VERSION)
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
            log.info("%s was damaged: %d parts of it were made again", CACHE, self._archive.damaged)
        if not self._changed and self._now == self._before:
            return
        try:
            self._archive.put(_STAMPS, dumps([self._fingerprint, self._now]))
            self._archive.save({_STAMPS, *self._now})
        except OSError as error:
            log.info("nothing of the search index is kept for the next build: %s", error)

    def close(self) -> None:
        self._archive.close()
