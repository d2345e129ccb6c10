"""Whether a template read more for a page than was written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mkdocs.structure.pages import Page

from dossierkit.build.outputs import Stamp


class Made(NamedTuple):
    """A page that was written. `process` made it; `told`: how many messages of each level there were; `moved`: files moved.

    `written`: what it read (`build.dependencies.reads.listed_keys`), the file as it was written and the files that it asks for;
    None where it could read more than was written down.
    """

    process: int
    meta: Mapping[str, Any]
    told: Mapping[int, int]
    moved: Mapping[str, str]
    written: tuple[str, Stamp, tuple[str, ...]] | None


class MadeUnit(NamedTuple):
    """Files beside pages that were written, with what they read."""

    keys: str
    stamps: tuple[Stamp, ...]


class TrackedPages(Sequence[Any]):
    """The list of all pages as templates see it. A template that asks for it may show anything of any page."""

    def __init__(self, pages: Sequence[Any]) -> None:
        self._pages, self.asked = pages, False

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - an index or a slice
        self.asked = True
        return self._pages[at]

    def __len__(self) -> int:
        self.asked = True
        return len(self._pages)


class NavigationEntry(Page):
    """A page of the navigation as templates of other pages see it: they may show its title, not what it holds."""

    watched: TrackedPages | None = None
    named: str | None = None
    """Its title, which MkDocs reads from its text each time."""

    @classmethod
    def watch(cls, page: Page, pages: TrackedPages) -> None:
        """From now on, note with the list of all pages when something else of the page is read."""
        title = page.title
        page.__class__ = cls
        page.watched, page.named = pages, title  # type: ignore[attr-defined]  # it has them now

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - whatever a page has
        if name == "title":
            return self.named
        if name in {"content", "markdown", "toc"} and (watched := self.watched) is not None:
            watched.asked = True
        return super().__getattribute__(name)
