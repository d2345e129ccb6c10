"""Compiled pages among MkDocs' files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import TableOfContents

from dossierkit.build import finished_bodies
from dossierkit.build.menu import in_menu
from dossierkit.site.interface import CompiledPage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

STAMP = "1980-01-01"
"""The date of every page: MkDocs would stamp today's into sitemap.xml.gz."""


def page_file(config: MkDocsConfig, path: str, content: str = "", source: str = "") -> File:
    """MkDocs' file object of a page that exists in memory only.

    `source`: the path below content/ that it was made from, if any, for plugins that ask git and for the button *Edit*.
    """
    file = File.generated(config, path, content=content)
    if config.nav is None and not in_menu(path):
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return sourced(file, config, source)


def sourced(file: File, config: MkDocsConfig, source: str) -> File:
    """Set the path from which a page was made. Without a source it is the path where it would be: many plugins expect one."""
    place = os.path.join(config.docs_dir, *(source or file.src_uri).split("/"))  # noqa: PTH118 - many
    if source and os.path.isfile(place):  # noqa: PTH113 - as above
        file.edit_uri = source
    file.abs_src_path = place
    return file


def read_compiled(page: Page, compiled: CompiledPage) -> bool:
    """Fill the page as MkDocs would after reading it; False if MkDocs has to read it."""
    html = finished_bodies.finished(compiled.body)
    if html is None or not all(_stays(value) for value in compiled.meta.values()):
        return False
    page.markdown, page.meta, page.content = compiled.body, dict(compiled.meta), html
    page.toc = TableOfContents([])
    page.update_date = STAMP
    return True


def _stays(value: object) -> bool:
    """Whether a value is the same after it was written and read as YAML."""
    if isinstance(value, list):
        return all(_stays(item) for item in value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and _stays(item) for key, item in value.items())
    return value is None or type(value) in {str, bool, int}
