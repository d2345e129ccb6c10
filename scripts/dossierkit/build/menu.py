"""The menu: what `nav` in mkdocs.yml says, or else the site's own pages in MkDocs' order, then the lists of a dossier.

Without `nav` MkDocs would put every article and every name into it.
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.nav import Section

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_LISTS = (
    "dossiers/index.md",
    "articles/index.md",
    "entities/index.md",
    "timeline/index.md",
    "sources/index.md",
)
_ABOUT = ("about/index.md", "latest/index.md", "corrections/index.md", "data/index.md")
_OURS = frozenset({"index.md", *_LISTS, *_ABOUT})
_ORDERS = (".nav.yml", ".pages")
"""Files in docs_dir that say in which order the plugins awesome-nav and awesome-pages put the menu."""


def in_menu(path: str) -> bool:
    """Whether the compiled page at a path stands in the menu of a site without `nav`."""
    return path in _OURS


def menu(items: list[Any], empty: Container[str], config: MkDocsConfig) -> list[Any]:
    """The items of MkDocs' navigation without pages of the paths `empty`, in our order if nobody stated one."""
    shown = _shown(items, empty)
    if config.nav is not None:
        return shown
    flat = [_without_folder(item) for item in shown]
    if any(Path(config.docs_dir, name).is_file() for name in _ORDERS):
        return flat
    pages = {item.file.src_uri: item for item in flat if item.is_page}
    lists, about = ([pages[path] for path in paths if path in pages] for paths in (_LISTS, _ABOUT))
    own = [item for item in flat if item not in lists and item not in about]
    return [*own, *lists, *_section(config.extra["dossierkit"]["t"]["about_menu"], about)]


def _shown(items: list[Any], empty: Container[str]) -> list[Any]:
    """The items without empty pages, and without sections that had only such pages."""
    shown = []
    for item in items:
        if item.is_section:
            item.children = _shown(item.children, empty)
        if item.children or not (item.is_section or (item.is_page and item.file.src_uri in empty)):
            shown.append(item)
    return shown


def _without_folder(item: Any) -> Any:  # noqa: ANN401 - an item of a navigation
    """The only page of a folder of ours in place of the folder."""
    if item.is_section and len(item.children) == 1:
        page = item.children[0]
        if page.is_page and page.file.src_uri in _OURS:
            page.parent = item.parent
            return page
    return item


def _section(title: str, pages: list[Any]) -> list[Section]:
    """The pages as one section; none if there are none."""
    section = Section(title, pages)
    for page in pages:
        page.parent = section
    return [section] if pages else []
