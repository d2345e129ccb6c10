"""The result of compiling a site: pages, the files beside them, and problems of the content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.facsimile import Facsimile
from dossierkit.model.media import MediaFile
from dossierkit.model.searched import Findable, SearchRecord
from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later, Written


@dataclass(frozen=True, slots=True)
class Compiled:
    """All pages in path order. `replaces`: files of content/ that must not be built as they are.

    `files`: files that are no pages, by their path on the site; a text is written as UTF-8. `cards`: pictures to be made
    of an SVG each, by the path of the PNG; what is called gives it. `written`: further files, many or long. `last`: the page that tells their sizes,
    made when these are known by path; it is not among `pages`. `later`: pages that were left for later, in path order; they
    are not either. `media`: the media files that readers may see, by their path below content/; no other below media/ is
    copied. `originals`: what texts were taken from, by the path on the site: a path below the repository. `facsimiles`: pictures to be drawn of their pages, by
    the path on the site. `frame`: what the pages were made with, from which exports are made. `find`: what a search finds, as
    `site.search.records.findable` has it, given digests or nothing; `words`: what its script says to readers. `end`: the instant
    at which the next embargo ends; empty where there is none.
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
    words: Mapping[str, Any] = field(default_factory=dict)
    end: str = ""

    @property
    def pictures(self) -> Mapping[str, MediaFile]:
        """The pictures and drawings among the media files, which are published without metadata."""
        return {path: file for path, file in self.media.items() if file.kind in {"picture", "drawing"}}

    @property
    def found(self) -> tuple[SearchRecord, ...]:
        return tuple(findable.make() for findable in self.find())
