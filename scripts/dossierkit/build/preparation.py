"""Prepares a build: collects the files, builds the navigation and reads the pages that MkDocs renders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from mkdocs.structure.files import File, Files, file_sort_key, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from dossierkit.build import mkdocs_pages
from dossierkit.build.builder import Builder
from dossierkit.build.page_files import page_file, read_compiled
from dossierkit.build.plugin import DossierPlugin
from dossierkit.build.site_files import SiteFiles
from dossierkit.build.template_reads import add_navigation_entries
from dossierkit.store.content import ids
from dossierkit.store.schema import KINDS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def prepared(config: MkDocsConfig, plugin: DossierPlugin, env: jinja2.Environment) -> Builder:
    """The builder, with files and navigation complete and the pages that MkDocs renders read.

    A page that is made on demand can be in the navigation if `nav:` gives it a title.
    """
    files = _docs_files(config)
    _add_theme_files(files, env, config)
    files = config.plugins.on_files(files, config=config)
    named = in_navigation(config.nav)
    for one in (one for one in plugin.run.later if one.path in named):
        files.append(page_file(config, one.path, source=one.path))
    set_exclusions(files, config)
    add_navigation_entries(config, files)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    catalogue = SiteFiles(files, plugin.run.later, config)
    for file in catalogue.given():
        if file.src_uri in catalogue.later:
            continue
        page = file.page or Page(None, file, config)
        if not (file.generated_by and read_compiled(page, plugin.run.put[file.src_uri])):
            mkdocs_pages.read(page, config, catalogue)
    return Builder(config, catalogue, nav, config.plugins.on_env(env, config=config, files=catalogue))


def in_navigation(nav: object, *, titled: bool = True) -> frozenset[str]:
    """The paths in `nav:` of mkdocs.yml; unless `titled`, only those that have no title there."""
    if isinstance(nav, str):
        return frozenset({nav})
    if isinstance(nav, Mapping):
        items = [item for item in nav.values() if titled or not isinstance(item, str)]
    else:
        items = list(nav) if isinstance(nav, Sequence) else []
    return frozenset(path for item in items for path in in_navigation(item, titled=titled))


def _docs_files(config: MkDocsConfig) -> Files:
    """The files below docs_dir without the sources of compiled pages, for which MkDocs would make objects only to drop them.

    `mkdocs.structure.files.get_files` lists them all if another plugin sees the files, or if two files have one address.
    """
    seen_by = (getattr(handler, "__self__", None) for handler in config.plugins.events["files"])
    if not all(isinstance(one, DossierPlugin) for one in seen_by):
        return get_files(config)
    docs = config.docs_dir
    compiled = {f"{kind}/{id_}.md" for kind in KINDS for id_ in ids(f"{docs}/{kind}")}
    paths = (path for path in _paths_below(docs) if path not in compiled)
    files = [File(path, docs, config.site_dir, config.use_directory_urls) for path in paths]
    if len({file.dest_uri for file in files}) < len(files):
        return get_files(config)
    set_exclusions(files, config)
    return Files(sorted(files, key=file_sort_key))


def _paths_below(docs: str) -> Iterator[str]:
    start = len(docs) + 1
    for place, _, names in os.walk(docs, followlinks=True):
        inside = place[start:].replace(os.sep, "/")
        yield from (f"{inside}/{name}".lstrip("/") for name in names)


class _VisibleFolders(jinja2.FileSystemLoader):
    """A loader that lists no templates in folders whose names begin with a dot."""

    def list_templates(self) -> list[str]:
        return sorted({path for folder in self.searchpath for path in _theme_paths(folder)})


def _add_theme_files(files: Files, env: jinja2.Environment, config: MkDocsConfig) -> None:
    """Does what `Files.add_files_from_theme` does without reading hidden folders: Material has 14,000 icons in one."""
    listing = env
    if type(env.loader) is jinja2.FileSystemLoader:
        listing = env.overlay()
        listing.loader = _VisibleFolders(env.loader.searchpath)
    files.add_files_from_theme(listing, config)


def _theme_paths(root: str) -> list[str]:
    found: list[str] = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = Path(folder).relative_to(root).as_posix()
        found += names if inside == "." else [f"{inside}/{name}" for name in names]
    return found
