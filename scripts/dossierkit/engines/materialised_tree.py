"""Writes pages as a tree on disk with its own configuration, for engines that cannot load the plugin.

The tree contains what the plugin would keep in memory: `docs/` (compiled pages and the site's own files), `theme/` (the site's
overrides over the packaged ones) and `mkdocs.yml` (the site's, with these paths and without the plugin `dossier`).
"""

from __future__ import annotations

import os
import shutil
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from dossierkit.build.card_images import cards
from dossierkit.build.document import document
from dossierkit.build.media_files import media_files, unused_media
from dossierkit.build.outputs import write_file
from dossierkit.engines.engine import Engine
from dossierkit.engines.tree_escaping import escape_pages
from dossierkit.engines.tree_settings import tree_settings
from dossierkit.engines.tree_theme import HOOK, add_templates, hook, rewrite_templates
from dossierkit.export.offer import PAGE
from dossierkit.parallel.fork import Work, processors
from dossierkit.site.compiled import Compiled
from dossierkit.site.interface import Written
from dossierkit.store.inside import leads_aside, real
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.served import Served, regular
from dossierkit.theme.escaping import escaped
from dossierkit.theme.stripping import join_scripts, strip_files

BESIDE = "beside"
"""The folder of files that are copied into the site after the engine has run."""


@dataclass(frozen=True, slots=True)
class TreeOrigin:
    """The inputs of a tree besides the pages.

    `docs`: the content folder. `themes`: override folders, the least specific first. `config`: the site's mkdocs.yml. `engine`:
    for which values are escaped in advance, and whose templates are copied, if it runs no hooks. `extra`: values added to the
    site's own. `served`: which files are copied. `signature`: marks what templates write (`theme.signature`).
    """

    docs: Path
    themes: Sequence[Path]
    config: Path
    engine: Engine
    extra: Mapping[str, Any] = field(default_factory=dict)
    served: Served = field(default_factory=Served)
    signature: str = ""

    @property
    def root(self) -> Path:
        """The repository's folder."""
        return self.config.parent


def materialise(compiled: Compiled, origin: TreeOrigin, out: Path) -> Path:
    """Write the tree to `out`, which is emptied first, and return its configuration file.

    Raises RefusedError if a page of an original cannot be drawn.
    """
    shutil.rmtree(out, ignore_errors=True)
    docs, theme, settings = out / "docs", out / "theme", out / "mkdocs.yml"
    docs.mkdir(parents=True)
    _copy_docs(compiled, origin, docs)
    _write_pages(compiled, origin, out)
    for path, file in media_files(compiled, origin.docs, origin.root).items():
        _copy(file, docs / path)
    for folder in origin.themes:
        _copy_theme(folder, origin, theme)
    join_scripts(theme)
    if origin.engine.hooks:
        _write(out / HOOK, hook(origin.engine.name, origin.signature))
    else:
        add_templates(origin.engine.name, theme)
        rewrite_templates(theme, origin.signature)
    _write(settings, tree_settings(origin.config, origin.engine, origin.extra, compiled.frame.empty))
    return settings


def _copy_docs(compiled: Compiled, origin: TreeOrigin, docs: Path) -> None:
    """Copy the site's own pages, pictures and files: everything that is published without being compiled."""
    found = sorted(regular(str(origin.docs), real(origin.root), docs=str(origin.docs)))
    taken = compiled.replaces | {page.path for page in compiled.pages} | {PAGE}
    taken |= unused_media(found, compiled.media) | compiled.pictures.keys()
    for path in found:
        if path not in taken and not origin.served.reason(path):
            _copy(origin.docs / path, docs / path)


def _write_pages(compiled: Compiled, origin: TreeOrigin, out: Path) -> None:
    """Write the compiled pages, and all files that are compiled with them."""
    written = (*compiled.written, cards(compiled.cards, origin.root))
    sizes = Work(partial(_write_files, out=out), written, processors(len(compiled.pages))).results()
    pages = (*compiled.pages, *([compiled.last(ChainMap(*sizes))] if compiled.last else []))
    if not origin.engine.hooks:
        pages = tuple(replace(page, meta=escaped(page.meta)) for page in pages)
        escape_pages(out / "docs")
    for path, content in {**compiled.files, **{page.path: document(page) for page in pages}}.items():
        _write(out / "docs" / path, content)


def _write_files(written: Written, out: Path) -> dict[str, int]:
    """Write the files below `docs/`, and Markdown that must not become a page below `beside/`. Returns bytes by path."""
    return {
        path: write_file(out / (BESIDE if path.endswith(".md") else "docs") / path, parts)[0]
        for path, parts in written.make()
    }


def _write(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _copy_theme(folder: Path, origin: TreeOrigin, theme: Path) -> None:
    """Copy templates and their files; of a folder in the repository only files of allowed kinds."""
    named = shutil.ignore_patterns("pages", "README*", "__pycache__", *origin.engine.without)
    own = real(folder).startswith(f"{real(origin.root)}{os.sep}")

    def ignored(place: str, names: list[str]) -> set[str]:
        wanted = {name for name in names if not own or _theme_takes(f"{place}/{name}", name, folder, origin)}
        return set(named(place, names)) | (set(names) - wanted)

    shutil.copytree(folder, theme, dirs_exist_ok=True, ignore=ignored)
    if folder == packaged_templates():  # the first of the themes: overrides over it are the site's own
        strip_files(theme)


def _theme_takes(place: str, name: str, folder: Path, origin: TreeOrigin) -> bool:
    if os.path.islink(place) and leads_aside(place, folder):  # noqa: PTH114 - many
        return False
    return not name.startswith(".") if os.path.isdir(place) else origin.served.theme(name)  # noqa: PTH112 - as above
