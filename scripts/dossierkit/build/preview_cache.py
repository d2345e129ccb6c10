"""The cache of parsed pages and evidence between previews, in a folder of its own.

It is separate from the build's cache because a preview shows drafts, so that its evidence differs. The first preview starts with
a copy of the build's cache.
"""

from __future__ import annotations

import logging
import shutil
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dossierkit.build import fingerprint
from dossierkit.build.evidence_cache import EvidenceCache
from dossierkit.cache import archive
from dossierkit.model.plain import UnkeepableError
from dossierkit.store.lock import LockedError, lock_file
from dossierkit.store.state import cache_folder

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.dossier")

_FOLDER, _LOCK = "preview", "preview.lock"


class PreviewCache:
    """The cache of one preview, under a lock. A second preview of the same repository has no cache."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = ExitStack()
        self._folder: Path | None = None
        self._archive: archive.Archive | None = None
        with suppress(OSError, LockedError):
            cache = cache_folder(root)
            self._lock.enter_context(lock_file(cache / _LOCK))
            self._folder = cache / _FOLDER
            self._begin(cache)

    def take(self, config: MkDocsConfig) -> EvidenceCache | None:
        """The cache of the last preview, as far as it is valid for this configuration; None without a cache."""
        if self._folder is None or not fingerprint.applies(config):
            return None
        self._close()
        self._archive, why = archive.read(self._folder, fingerprint.programs())
        if why:
            log.info(why)
        return EvidenceCache(self._root, self._archive, fingerprint.reading(config))

    def leave(self, kept: EvidenceCache) -> None:
        """Write the cache for the next preview. Errors are logged, and do not stop the preview."""
        if self._archive is not None:
            try:
                self._archive.save(kept.save())
            except (OSError, UnkeepableError) as error:
                log.info("nothing is kept for the next preview: %s", error)

    def close(self) -> None:
        self._close()
        self._lock.close()

    def _close(self) -> None:
        """Close the files of the last configuration: nothing is left of one that no site could be made with."""
        if self._archive is not None:
            self._archive.close()

    def _begin(self, cache: Path) -> None:
        """Copy the build's cache. Each part has a digest, so that a build that writes at the same time does no harm."""
        if self._folder is None or (self._folder / archive.TABLE).exists():
            return
        for file in (archive.BLOBS, archive.TABLE):
            if (cache / file).is_file():
                (self._folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(cache / file, self._folder / file)
