"""The results of making a page, and objects that note when a template reads what is not recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs.structure.pages import Page

from dossierkit.build.dependencies.reads import Noted
from dossierkit.build.outputs import Layout, Stamp

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


class Made(NamedTuple):
    """A page that was written.

    `process`: the id of the process that made it. `logged`: how many messages of each level it caused. `moved`: content of the
    style and script files that it refers to, by path. `written`: the keys that it read,
    the stamp of its file and the paths of those files; None if it may have read more than was recorded.
    """

    process: int
    meta: Mapping[str, Any]
    logged: Mapping[int, int]
    moved: Mapping[str, str]
    written: tuple[Noted, Stamp, tuple[str, ...]] | None


class MadeUnit(NamedTuple):
    """A unit that was written: the keys that it read, the stamps of its files, and the layout of its one file in pieces."""

    keys: Noted
    stamps: tuple[Stamp, ...]
    layout: Layout | None = None


class TrackedPages(Sequence[Any]):
    """The list of all pages as templates see it. `asked`: whether a template read it, and could show anything of any page."""

    def __init__(self, pages: Sequence[Any]) -> None:
        self._pages, self.asked = pages, False

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - an index or a slice
        self.asked = True
        return self._pages[at]

    def __len__(self) -> int:
        self.asked = True
        return len(self._pages)


class NavigationEntry(Page):
    """A page of the navigation, as templates of other pages see it: reading more than its title and address is noted."""

    watched: TrackedPages | None = None

    def watch(self, pages: TrackedPages) -> None:
        """From now on, set `pages.asked` when the text is read. The title is fixed as it is now."""
        self.title = self.title  # MkDocs would read it from the text each time
        self.watched = pages

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - whatever a page has
        if name in {"content", "markdown", "toc"} and (watched := self.watched) is not None:
            watched.asked = True
        return super().__getattribute__(name)


def add_navigation_entries(config: MkDocsConfig, files: Files) -> None:
    """Make the pages that `nav:` names, with its titles; MkDocs then uses them for the navigation."""
    # Below 0 is `relative_to_docs`; the others are levels of messages.
    below_docs = config.validation.nav.absolute_links < 0
    for title, path in _named(config.nav):
        file = files.get_file_from_path(path.lstrip("/") if below_docs else path)
        if file is not None and file.page is None:
            NavigationEntry(title, file, config)


def _named(nav: object, title: str | None = None) -> Iterator[tuple[str | None, str]]:
    """The paths in `nav:` with their titles, in order; MkDocs uses the first entry of a path."""
    if isinstance(nav, str):
        yield title, nav
    elif isinstance(nav, Mapping):
        for name, value in nav.items():
            yield from _named(value, name)
    elif isinstance(nav, Sequence):
        for item in nav:
            yield from _named(item)
