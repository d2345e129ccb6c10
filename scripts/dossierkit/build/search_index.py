"""Writes the search index into a site; unchanged files of the last one are left alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from dossierkit.build.evidence_cache import EvidenceCache
from dossierkit.build.outputs import put
from dossierkit.build.search_cache import SearchCache
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import DossierPage
from dossierkit.model.plain import UnkeepableError
from dossierkit.model.record import Record
from dossierkit.model.searched import Findable
from dossierkit.site.search.index import FOLDER, index

Find = Callable[[], Iterable[Findable]]


def write_index(find: Find, words: Mapping[str, Any], site: Path) -> None:
    """Write the index of what is found into the site's folder. What an earlier one left there goes."""
    made = set()
    for path, data in index(find(), words):
        put(site / path, data)
        made.add(path)
    _clear(site, made)


def renew_index(find: Find, words: Mapping[str, Any], site: Path, cache: Path, fingerprint: str) -> None:
    """As `write_index`, with what the last index left in the cache folder; and leave it for the next one.

    `fingerprint`: a digest of all that every record rests on.
    """
    shelf = SearchCache(cache, site, fingerprint)
    for path, data in index(find(), words, shelf):
        shelf.written(path, put(site / path, data))
    _clear(site, shelf.files)
    shelf.save()


def rests(cache: EvidenceCache, page: Evidence | Record | DossierPage) -> str:
    """As `site.search.records.Rests`."""
    if isinstance(page, Evidence):
        facets = cache.facets.get(page.id, {})
        digests = [facets.get(name, "") for name in ("page", "records", "text", "timeline")]
        return " ".join(digests) if all(digests) else ""
    try:
        return cache.read.digest(page)
    except UnkeepableError:
        return ""


def _clear(site: Path, made: Collection[str]) -> None:
    """Remove from the index's folder what is not of this index."""
    for folder, _, names in os.walk(site / FOLDER):
        below = Path(folder).relative_to(site).as_posix()
        for name in names:
            if f"{below}/{name}" not in made:
                os.unlink(os.path.join(folder, name))  # noqa: PTH108, PTH118 - many
