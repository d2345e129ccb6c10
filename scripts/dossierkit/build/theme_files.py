"""The files of a theme, without its hidden folders: Material keeps 14,000 icons there, and no site is given one as a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


class _Shown(jinja2.FileSystemLoader):
    """Lists what does not lie in a folder whose name begins with a dot."""

    def list_templates(self) -> list[str]:
        return sorted({path for folder in self.searchpath for path in _below(folder)})


def add(files: Files, env: jinja2.Environment, config: MkDocsConfig) -> None:
    """As `Files.add_files_from_theme`, which leaves out hidden folders after looking through them."""
    listing = env
    if type(env.loader) is jinja2.FileSystemLoader:
        listing = env.overlay()
        listing.loader = _Shown(env.loader.searchpath)
    files.add_files_from_theme(listing, config)


def _below(root: str) -> list[str]:
    found: list[str] = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = Path(folder).relative_to(root).as_posix()
        found += names if inside == "." else [f"{inside}/{name}" for name in names]
    return found
