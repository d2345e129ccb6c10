"""The files below docs_dir without the pages that are compiled: MkDocs would make an object of each, to be told to drop it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, file_sort_key, get_files, set_exclusions

from dossierkit.build.plugin import DossierPlugin
from dossierkit.store.content import ids
from dossierkit.store.schema import KINDS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def found(config: MkDocsConfig) -> Files:
    """As `mkdocs.structure.files.get_files`, which does it where another plugin sees the files, or two have one address."""
    seen_by = (getattr(one, "__self__", None) for one in config.plugins.events["files"])
    if not all(isinstance(one, DossierPlugin) for one in seen_by):
        return get_files(config)
    docs = config.docs_dir
    compiled = {f"{kind}/{id_}.md" for kind in KINDS for id_ in ids(f"{docs}/{kind}")}
    paths = (path for path in _paths(docs) if path not in compiled)
    files = [File(path, docs, config.site_dir, config.use_directory_urls) for path in paths]
    if len({file.dest_uri for file in files}) < len(files):
        return get_files(config)
    set_exclusions(files, config)
    return Files(sorted(files, key=file_sort_key))


def _paths(docs: str) -> Iterator[str]:
    start = len(docs) + 1
    for place, _, names in os.walk(docs, followlinks=True):
        inside = place[start:].replace(os.sep, "/")
        yield from (f"{inside}/{name}".lstrip("/") for name in names)
