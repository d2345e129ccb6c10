"""The search index, written into a site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from dossierkit.compile.search.index import FOLDER, index
from dossierkit.engines.written import put
from dossierkit.model.searched import SearchRecord


def write_index(find: Callable[[], Iterable[SearchRecord]], words: Mapping[str, Any], site: Path) -> None:
    """Write the index of what is found into the site's folder. What an earlier one left there goes."""
    made = set()
    for path, data in index(find(), words):
        put(site / path, data)
        made.add(path)
    for file in (site / FOLDER).rglob("*"):
        if file.is_file() and file.relative_to(site).as_posix() not in made:
            file.unlink()
