"""The result of compiling a site: pages, the files beside them, and problems of the content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.facsimile import Facsimile
from dossierkit.model.media import MediaFile
from dossierkit.model.searched import Findable, OwnPage, SearchRecord
from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later, Written


@dataclass(frozen=True, slots=True)
class Compiled:
    """The compiled site: all pages in path order, and everything else that the builder writes.

    `replaces`: files of content/ that must not be built as they are. `files`: files that are not pages, by their path on the
    site; a text is written as UTF-8. `cards`: by the path of a PNG, a function that returns the SVG to draw. `written`:
    further files, many or long ones. `last`: makes the page that tells the sizes of files, from sizes in bytes by path; this
    page is not in `pages`. `later`: pages that are made on request, in path order; they are not in `pages` either. `media`:
    the media files that readers may see, by their path below content/; no other file below media/ is copied. `originals`: by
    the path on the site, the path of an original below the repository. `facsimiles`: pictures to draw of pages of originals,
    by the path on the site. `frame`: the context of the pages, from which exports are made. `find`:
    `site.search.records.findable` with its first arguments bound; `find_own`: the same of `own_findable`; `words`: the interface words of the search script. `end`:
    the instant at which the next embargo ends; empty if there is none. `drafts`: how many articles and dossiers are left out as drafts.
    """

    pages: tuple[CompiledPage, ...]
    replaces: frozenset[str]
    problems: tuple[Diagnostic, ...]
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    cards: Mapping[str, Callable[[], str]] = field(default_factory=dict, compare=False)
    written: tuple[Written, ...] = ()
    last: Callable[[Mapping[str, int]], CompiledPage] | None = field(default=None, compare=False)
    later: tuple[Later, ...] = ()
    media: Mapping[str, MediaFile] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)
    facsimiles: Mapping[str, Facsimile] = field(default_factory=dict)
    frame: Context | None = field(default=None, compare=False, repr=False)
    find: Callable[..., Iterable[Findable]] = field(default=tuple, compare=False)
    find_own: Callable[[Iterable[OwnPage]], Iterable[Findable]] = field(default=lambda _: (), compare=False)
    words: Mapping[str, Any] = field(default_factory=dict)
    end: str = ""
    drafts: int = 0

    @property
    def pictures(self) -> Mapping[str, MediaFile]:
        """The pictures and drawings among the media files, which are published without metadata."""
        return {path: file for path, file in self.media.items() if file.kind in {"picture", "drawing"}}

    @property
    def found(self) -> tuple[SearchRecord, ...]:
        return tuple(findable.make() for findable in self.find())
