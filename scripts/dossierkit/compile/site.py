"""What the compile room is told of the site, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dossierkit.compile.markdown import Render
from dossierkit.compile.strings import Strings
from dossierkit.compile.urls import Urls
from dossierkit.model.problem import Problem
from dossierkit.model.searched import SearchRecord

_BREAK = re.compile(r"\s*\n\s*")
_VERBATIM = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)

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
    unreviewed and embargoed articles are built too. `now`: the instant of the build as `model.instant` writes it; empty
    where there is no clock, and then no embargo has ended. `waivers`: by path and line of an article's page, why a claim
    there may stand without its words.
    """

    render: Render
    template: Template
    strings: Strings
    urls: Urls = field(default_factory=Urls)
    files: frozenset[str] = frozenset()
    leads: Mapping[str, Lead] = field(default_factory=dict)
    drafts: bool = False
    now: str = ""
    waivers: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def single(self, template: str, values: Mapping[str, Any]) -> str:
        """A fragment as HTML on single lines."""
        return single_line(self.template(template, values))


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
    """All pages in path order. `replaces`: files of content/ that must not be built as they are.

    `files`: texts of files that are no pages, by their path on the site. `found`: what a search finds,
    `words`: what its script says to readers.
    """

    pages: tuple[CompiledPage, ...]
    replaces: frozenset[str]
    problems: tuple[Problem, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    found: tuple[SearchRecord, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)


def single_line(html: str) -> str:
    """HTML without line breaks, so that no engine's Markdown can find syntax in it."""
    parts = _VERBATIM.split(html.strip())
    return "".join(
        part.replace("\n", "&#10;") if number % 2 else _BREAK.sub(" ", part)
        for number, part in enumerate(parts)
    )
