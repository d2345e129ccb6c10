"""The result of compiling a site: pages, the files beside them, and problems of the content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.facsimile import Facsimile
from dossierkit.model.media import MediaFile
from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later, Written
from dossierkit.site.search.records import interface_words


@dataclass(frozen=True, slots=True)
class Compiled:
    """The compiled site: all pages in path order, and everything else that the builder writes.

    `replaces`: files of content/ that must not be built as they are. `files`: files that are not pages, by their path on the
    site; a text is written as UTF-8. `cards`: by the path of a PNG, a function that returns the SVG to draw. `written`:
    further files, many or long ones. `last`: makes the page that tells the sizes of files, from sizes in bytes by path; this
    page is not in `pages`. `later`: pages that are made on request, in path order; they are not in `pages` either. `media`:
    the media files that readers may see, by their path below content/; no other file below media/ is copied. `originals`: by
    the path on the site, the path of an original below the repository. `facsimiles`: pictures to draw of pages of originals,
    by the path on the site. `frame`: the context of the pages, from which exports and the search index are made. `end`: the
    instant at which the next embargo ends; empty if there is none. `drafts`: how many articles and dossiers are left out as drafts.
    """

    pages: tuple[CompiledPage, ...]
    replaces: frozenset[str]
    problems: tuple[Diagnostic, ...]
    files: Mapping[str, str | bytes]
    cards: Mapping[str, Callable[[], str]] = field(compare=False)
    written: tuple[Written, ...]
    later: tuple[Later, ...]
    media: Mapping[str, MediaFile]
    originals: Mapping[str, str]
    facsimiles: Mapping[str, Facsimile]
    frame: Context = field(compare=False, repr=False)
    end: str
    drafts: int
    last: Callable[[Mapping[str, int]], CompiledPage] | None = field(default=None, compare=False)

    @property
    def pictures(self) -> Mapping[str, MediaFile]:
        """The pictures and drawings among the media files, which are published without metadata."""
        return {path: file for path, file in self.media.items() if file.kind in {"picture", "drawing"}}

    @property
    def words(self) -> Mapping[str, Any]:
        """The interface words of the search script."""
        return interface_words(self.frame.t)
