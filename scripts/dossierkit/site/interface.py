"""The inputs of `site` (the site's settings) and the parts of its result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from dossierkit.evidence.body_html import Render
from dossierkit.evidence.events.joined import Apart, Derived, Remembered, anew, at_once, here
from dossierkit.model.arrival import Arrival
from dossierkit.model.facsimile import Facsimile, Facsimiles, Quoted
from dossierkit.model.media import MediaFile, Medium, Original
from dossierkit.model.provenance import PageOrigins
from dossierkit.site.publisher import Publisher
from dossierkit.site.strings import Strings
from dossierkit.site.urls import Urls

if TYPE_CHECKING:
    from sqlite3 import Connection

_VERBATIM = re.compile(r"(<pre\b.*?(?:</pre>|\Z))", re.DOTALL)

_OPENINGS = ("{{", "{%", "{#")

Template = Callable[[str, Mapping[str, Any]], str]


Locate = Callable[[Mapping[str, Sequence[Quoted]]], Facsimiles]
"""Finds quotes, by article id, on the pages of the articles' originals."""


def nowhere(_quoted: Mapping[str, Sequence[Quoted]]) -> Facsimiles:
    """The `Locate` of a site without originals."""
    return Facsimiles()


@dataclass(frozen=True, slots=True)
class Lead:
    """A curated page of the site itself (home, or an index): its front matter as read, its Markdown, and its picture."""

    meta: Mapping[str, Any]
    body: str
    image: Medium | None = None


NO_LEAD = Lead({}, "")

Feeds = Literal["all", "cast"]
"""The entities that have feeds: all, or those in the cast of a dossier."""
Twins = Literal["all", "text", "lists", "none"]
"""The pages that have a twin: with `lists`, the home page, dossiers and lists (as Markdown); with `text`, articles (as text)
and a document of all articles too; with `all`, articles and records as Markdown too."""
Embeds = Literal["all", "cast"]
"""The pages besides dossiers that have pages for frames: every entity and article, or the entities in the cast of a dossier."""


@dataclass(frozen=True, slots=True)
class Publication:
    """How the site presents itself to readers and to other programs.

    `address`: where it is published, with a slash at its end; empty if not known yet. `id`: the base of the ids of its feeds,
    so that they stay the same if the address changes. `cards`: how many of the newest articles get a picture of their own for
    shared links; 0: no page gets one. `feeds`: which entities have feeds. `embeds`: which pages have pages for frames.
    `report`: where readers report errors, an e-mail address or an address with `{page}`, `{title}` and `{quote}`. `publisher`:
    who publishes it. `twins`: which pages are also published as text or Markdown.
    """

    name: str = ""
    description: str = ""
    address: str = ""
    id: str = ""
    cards: int = 0
    feeds: Feeds = "all"
    embeds: Embeds = "cast"
    report: str = ""
    publisher: Publisher = field(default_factory=Publisher)
    twins: Twins = "text"

    @property
    def identity(self) -> str:
        return self.id or self.address or self.name


@dataclass(frozen=True, slots=True)
class Site:
    """The settings of the site, and the callables that `site` needs from outside.

    `render` turns an article's Markdown into clean HTML, `template` a fragment's name and its values into HTML. `files`: every
    file below content/ (posix paths). `leads`: curated pages by path (`index.md`). `drafts`: whether unreviewed and embargoed
    articles are built too. `now`: the instant of the build, in the form of `model.instant`; empty without a clock, and then no
    embargo has ended. `waivers`: by path and line of an article's page, the reason why a claim there needs no quote.
    `derived`: how values that depend only on the events are computed; `apart`: how work that needs much memory is done;
    `remembered`: how events are joined where an earlier join is known.
    `marks`: whether undecided items are shown, with a mark. `arrivals`: when articles came to the site, by id; `origins`: who
    proposed their claims. `media`: the valid media files by their path below content/. `originals`: the originals that readers
    may get, by article id. `facsimiles`: pictures of their pages, which `locate` finds for quotes of the articles in `drawn`.
    `texts`: texts of the site's own pages and style sheets, which may use media. `framed`: the policy of pages for other
    sites' frames, empty for none. `sheet`: the path of the site's own style sheet, empty if it has none. `withdrawn`: the
    withdrawn pages to list, the newest first.
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
    publication: Publication = field(default_factory=Publication)
    derived: Derived = at_once
    apart: Apart = here
    remembered: Remembered = anew
    marks: bool = False
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)
    origins: Mapping[str, PageOrigins] = field(default_factory=dict)
    media: Mapping[str, MediaFile] = field(default_factory=dict)
    originals: Mapping[str, Original] = field(default_factory=dict)
    facsimiles: Mapping[str, tuple[Facsimile, ...]] = field(default_factory=dict)
    locate: Locate = nowhere
    drawn: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()
    framed: str = ""
    sheet: str = ""
    withdrawn: tuple[WithdrawnPage, ...] = ()

    @property
    def name(self) -> str:
        """The name of the site; the word for a home page if it has none."""
        return self.publication.name or self.strings("home")

    def lead(self, path: str) -> Lead:
        """The curated page at `path`; an empty one if the site has none there."""
        return self.leads.get(path, NO_LEAD)

    def single(self, template: str, values: Mapping[str, Any]) -> str:
        """A fragment as HTML on single lines for a page's body, without syntax of Markdown or of macros."""
        return inert(single_line(self.template(template, values)))


class WithdrawnPage(NamedTuple):
    """A withdrawn page in the list for readers.

    `kind`: "article", "entity" or "dossier". `date`: EDTF, empty if unknown. `reason`: empty if it would identify the page.
    """

    date: str
    kind: str
    reason: str
    lang: str


@dataclass(frozen=True, slots=True)
class CompiledPage:
    """A page for any engine: `path` below docs_dir, front matter, and Markdown whose HTML is on single lines.

    `source`: the path of the file that it was made from, relative to docs_dir; empty for a page without a file.
    """

    path: str
    meta: Mapping[str, Any]
    body: str
    source: str = ""


class Later(NamedTuple):
    """A page that is made on request. `make` is pure and self-contained, so that any process may call it.

    `given`: the arguments of `make` besides the context, as far as reading them is not recorded (`build.dependencies`). The
    `repr` of `given` shows whether they changed. None if that cannot be told.
    """

    path: str
    make: Callable[[], CompiledPage]
    given: tuple[object, ...] | None = None


Parts: TypeAlias = "str | bytes | Iterable[str] | Callable[[Connection], None]"
"""The content of a file: a text, whole or in pieces; bytes; or a function that fills an empty SQLite database. Line breaks are
final."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Files that any process can make, and that may be unchanged since the last build: their `paths` on the site, and a function
    that returns the content of each.

    `rests`: what they depend on. "content": on all content. "facts": on all content except the words of articles and the
    positions in them. "reads": on the values that are recorded when `make` reads them.
    """

    paths: tuple[str, ...]
    make: Callable[[], Iterable[tuple[str, Parts]]] = field(compare=False)
    rests: Literal["reads", "content", "facts"] = "reads"


@dataclass(frozen=True, slots=True)
class Written:
    """Units of one kind: what a build that keeps nothing makes in one process, one after another."""

    units: tuple[Unit, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(path for unit in self.units for path in unit.paths)

    def make(self) -> Iterator[tuple[str, Parts]]:
        """The path and the content of each file."""
        return (file for unit in self.units for file in unit.make())


def single_line(html: str) -> str:
    """HTML without line breaks, so that no engine's Markdown finds syntax in it: a line break with the spaces around it
    becomes one space, and a reference inside `<pre>`.
    """
    html = html.strip()
    start = html.find("<pre")  # far faster than the expression, and pages have their `<pre>` at the end
    if start < 0:
        return _joined(html)
    return _joined(html[:start]) + "".join(
        part.replace("\n", "&#10;") if number % 2 else _joined(part)
        for number, part in enumerate(_VERBATIM.split(html[start:]))
    )


def inert(html: str) -> str:
    """HTML with Jinja's opening brackets escaped, so that plugins that run macros in pages find none in quoted text."""
    if "{" in html:
        for sign in _OPENINGS:
            if sign in html:
                html = html.replace(sign, sign.replace("{", "&#123;"))
    return html


def _joined(html: str) -> str:
    first, *rest = html.split("\n")
    if not rest:
        return html
    *between, last = rest
    return " ".join((first.rstrip(), *filter(None, map(str.strip, between)), last.lstrip()))
