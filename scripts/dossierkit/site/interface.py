"""The inputs of presentation (the site's settings) and the parts of its result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from dossierkit.evidence.body_html import Render
from dossierkit.evidence.events.joined import Apart, Derived, at_once, here
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
"""The quotes of articles, by their ids, on the pages of their originals."""


def nowhere(_quoted: Mapping[str, Sequence[Quoted]]) -> Facsimiles:
    """Without originals."""
    return Facsimiles()


@dataclass(frozen=True, slots=True)
class Lead:
    """A curated page of the site's own (home, or an index): its front matter as read, its Markdown, and its picture."""

    meta: Mapping[str, Any]
    body: str
    image: Medium | None = None


Feeds = Literal["all", "cast"]
"""Of which entities there are feeds: of all, or of those in the cast of a dossier."""
Twins = Literal["all", "text", "none"]
"""What has a twin: articles their text, and the home page, dossiers and lists their Markdown; with `all` articles and records that too."""
Embeds = Literal["all", "cast"]
"""Beside dossiers, what has pages for frames: every entity and article, or the entities in the cast of a dossier."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The site as others see it.

    `address`: where it is published, with a slash at its end; empty while that is not known. `id`: what the ids of its
    feeds are made from, so that they outlive a move. `cards`: how many articles, the newest, get a picture of their own to be shared with; 0
    is none for any page. `feeds`: which entities can be followed. `embeds`: what has pages for frames. `report`: where readers report errors, an e-mail
    address or an address with `{page}`, `{title}` and `{quote}`. `publisher`: who is behind it. `twins`: which pages have
    their text or their Markdown beside them.
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
    """Settings and the two callables that compile needs.

    `render` turns an article's Markdown into clean HTML, `template` a fragment's name and its values into HTML.
    `files`: every file below content/ (posix paths). `leads`: curated pages by path (`index.md`). `drafts`: whether
    unreviewed and embargoed articles are built too. `now`: the instant of the build as `model.instant` writes it; empty
    where there is no clock, and then no embargo has ended. `waivers`: by path and line of an article's page, why a claim
    there may stand without its words. `name` and `address` are the site's own: `address` ends in a slash, and is empty
    where nobody said yet where the site will stand. `derived`: how what rests on the events alone is worked out, `apart`: how
    what needs much memory is. `marks`: whether what nobody has decided on is shown, with a mark. `arrivals`: what is known of when
    articles came to the site, by id; `origins`: who proposed their claims. `media`: the media files that are in order, by their path below content/;
    `originals`: what texts were taken from, for readers, by the id of the article; `facsimiles`: pictures of their pages, which
    `locate` finds for the quotes of the articles of which readers may have some (`drawn`); `texts`: of pages
    and style sheets that are no page of ours, which may name some. `framed`: the policy of pages for other sites' frames, empty
    for none; `sheet`: the path of the site's own style sheet, empty where it has none. `withdrawn`: the newest first.
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

    def single(self, template: str, values: Mapping[str, Any]) -> str:
        """A fragment as HTML on single lines, for a page's body: nothing in it is syntax of Markdown, or of macros."""
        return inert(single_line(self.template(template, values)))


class WithdrawnPage(NamedTuple):
    """What is listed of a tombstone. `kind`: "article", "entity" or "dossier"; `date` is EDTF, "" if unknown; `reason` is "" if it tells what the page was."""

    date: str
    kind: str
    reason: str
    lang: str


@dataclass(frozen=True, slots=True)
class CompiledPage:
    """A page for any engine: `path` below docs_dir, front matter, Markdown (its HTML stands on single lines).

    `source` is the file it was made from, relative to docs_dir, empty for pages that no file stands for.
    """

    path: str
    meta: Mapping[str, Any]
    body: str
    source: str = ""


class Later(NamedTuple):
    """A page that is made when it is asked for: `make` is pure and stands by itself, so that any process may call it.

    `given`: what `make` was given beside the context, as far as that is not recorded when it is read (`build.dependencies`); its
    `repr` tells it from what was given another time. None where that cannot be told.
    """

    path: str
    make: Callable[[], CompiledPage]
    given: tuple[object, ...] | None = None


Parts: TypeAlias = "str | bytes | Iterable[str] | Callable[[Connection], None]"
"""A text, at once or piece by piece; bytes; or what fills an SQLite database that is empty. Line breaks are as they are to be."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Files that any process can make, and that may stay from the last build: their `paths` on the site, and what is in each.

    `rests`: on what. Of all content: they are made again whatever of it changes. Of all facts: whatever but the words of articles and
    where things stand in them. What others read is noted.
    """

    paths: tuple[str, ...]
    make: Callable[[], Iterable[tuple[str, Parts]]]
    rests: Literal["reads", "content", "facts"] = "reads"


@dataclass(frozen=True, slots=True)
class Written:
    """Files that are made when an engine asks for them, by any process: their `paths` on the site, and what is in each.

    `units`: what they can be made of one by one, where they can.
    """

    paths: tuple[str, ...]
    make: Callable[[], Iterable[tuple[str, Parts]]] = field(compare=False)
    units: tuple[Unit, ...] = field(default=(), compare=False)


def written(units: Iterable[Unit]) -> Written:
    """The files of all units."""
    listed = tuple(units)
    paths = tuple(path for unit in listed for path in unit.paths)
    return Written(paths, lambda: (file for unit in listed for file in unit.make()), listed)


def single_line(html: str) -> str:
    """HTML without line breaks, so that no engine's Markdown can find syntax in it: each becomes a space with those around it."""
    html = html.strip()
    start = html.find("<pre")  # far faster than the pattern, and pages have theirs at the end
    if start < 0:
        return _joined(html)
    return _joined(html[:start]) + "".join(
        part.replace("\n", "&#10;") if number % 2 else _joined(part)
        for number, part in enumerate(_VERBATIM.split(html[start:]))
    )


def inert(html: str) -> str:
    """HTML with no opening of Jinja's in it: plugins that run macros in pages find none in what is quoted."""
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
