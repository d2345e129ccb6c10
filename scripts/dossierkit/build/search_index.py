"""Writes the search index into a site; unchanged files of the last index are not written again."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from dossierkit.build.evidence_cache import EvidenceCache
from dossierkit.build.outputs import put
from dossierkit.build.search_cache import SearchCache
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import DossierPage
from dossierkit.model.plain import UnkeepableError
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
        return cache.read.digest(page)
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
