"""Compiled pages among MkDocs' files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


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
