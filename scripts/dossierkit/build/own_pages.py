"""The pages that somebody wrote for the site itself, as the search reads them: what an engine publishes besides compiled pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossierkit.evidence.visibility import LEADS
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.searched import OwnPage
from dossierkit.site.compiled import Compiled
from dossierkit.site.urls import Urls
from dossierkit.store.frontmatter import opening
from dossierkit.store.schema import KINDS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def of_mkdocs(files: Files, result: Compiled) -> Iterator[OwnPage]:
    """Those among MkDocs' files, at the addresses that plugins gave them."""
    made = _made(result)
    for file in files.documentation_pages():
        if file.src_uri not in made and file.inclusion.is_included():  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
            yield _page(file.src_uri, file.url, file.content_string)


def on_disk(config: MkDocsConfig, result: Compiled, urls: Urls) -> Iterator[OwnPage]:
    """Those below docs_dir that mkdocs.yml does not exclude, for engines that read the disk."""
    made = _made(result)
    hidden = [one for one in (config.exclude_docs, config.draft_docs) if one]
    for path in sorted(result.frame.site.files):
        own = path.endswith(".md") and path not in made and path.partition("/")[0] not in KINDS
        if own and not any(one.match_file(path) for one in hidden):
            text = (Path(config.docs_dir) / path).read_text(encoding="utf-8-sig", errors="replace")
            yield _page(path, urls.served_at(path), text)


def _made(result: Compiled) -> frozenset[str]:
    """The pages that are compiled, or must not be built."""
    compiled = (*LEADS, *(one.path for one in result.pages), *(one.path for one in result.later))
    return result.replaces.union(compiled)


def _page(path: str, url: str, text: str) -> OwnPage:
    meta: Mapping[str, Any]
    try:
        meta, body = opening(text, path)
    except DiagnosticsError:  # the engine takes such front matter for text, or says what is wrong with it
        meta, body = {}, text
    return OwnPage(path, "" if url == "./" else url, meta, body)
