"""What the compile room is told of the site, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dossierkit.compile.markdown import Render
from dossierkit.compile.strings import Strings
from dossierkit.compile.urls import Urls
from dossierkit.model.problem import Problem

Template = Callable[[str, Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Lead:
    """A curated page of the site's own (home, or an index): its front matter as read, and its Markdown."""

    meta: Mapping[str, Any]
    body: str


@dataclass(frozen=True, slots=True)
class Site:
    """Settings and the two callables that compile needs.

    `render` turns an article's Markdown into clean HTML, `template` a fragment's name and its values into HTML.
    `files`: every file below content/ (posix paths). `leads`: curated pages by path (`index.md`). `drafts`: whether
    unreviewed articles are built too.
    """

    render: Render
    template: Template
    strings: Strings
    urls: Urls = field(default_factory=Urls)
    files: frozenset[str] = frozenset()
    leads: Mapping[str, Lead] = field(default_factory=dict)
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class CompiledPage:
    """A page for any engine: `path` below docs_dir, front matter, Markdown (its HTML stands on single lines).

    `source` is the file it was made from, relative to docs_dir, empty for pages that no file stands for.
    """

    path: str
    meta: Mapping[str, Any]
    body: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """All pages in path order. `replaces`: files of content/ that must not be built as they are."""

    pages: tuple[CompiledPage, ...]
    replaces: frozenset[str]
    problems: tuple[Problem, ...]
