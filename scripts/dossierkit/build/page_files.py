"""Compiled pages among MkDocs' files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mkdocs.structure.files import File
from mkdocs.structure.toc import TableOfContents

from dossierkit.build import finished_bodies
from dossierkit.site.interface import CompiledPage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

STAMP = "1980-01-01"
"""The date of every page: MkDocs would stamp today's into sitemap.xml.gz."""


def page_file(config: MkDocsConfig, path: str, content: str = "", source: str = "") -> File:
    """The file of a page, which exists in memory only.

    `source`: the file of content/ that it was made from, if there is one: plugins that ask git, and the button *Edit*, are told of it.
    """
    return sourced(File.generated(config, path, content=content), config, source)


def sourced(file: File, config: MkDocsConfig, source: str) -> File:
    """The file with the place that it was made from. Without one it names where it would lie: many plugins take it for granted."""
    place = os.path.join(config.docs_dir, *(source or file.src_uri).split("/"))  # noqa: PTH118 - many
    if source and os.path.isfile(place):  # noqa: PTH113 - as above
        file.edit_uri = source
    file.abs_src_path = place
    return file


def read_compiled(page: Page, compiled: CompiledPage) -> bool:
    """Make the page what MkDocs would have read it as; false where it has to be read for that."""
    html = finished_bodies.finished(compiled.body)
    if html is None or not all(_stays(value) for value in compiled.meta.values()):
        return False
    page.markdown, page.meta, page.content = compiled.body, dict(compiled.meta), html
    page.toc = TableOfContents([])
    page.update_date = STAMP
    return True


def _stays(value: object) -> bool:
    """Whether YAML gives back what was written."""
    if isinstance(value, list):
        return all(_stays(item) for item in value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and _stays(item) for key, item in value.items())
    return value is None or type(value) in {str, bool, int}
