"""Content -> pages, stage by stage. Read this first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from dossierkit.compile import check, keptback, publish, redirects, tombstones
from dossierkit.compile.cards.draw import drawn
from dossierkit.compile.evidence import Evidence, gather
from dossierkit.compile.graph import connect
from dossierkit.compile.layer import layer
from dossierkit.compile.links import Links
from dossierkit.compile.pages import every
from dossierkit.compile.pages.frame import Frame
from dossierkit.compile.search.records import findable, said
from dossierkit.compile.seen.frame import seen
from dossierkit.compile.seen.reads import Reads
from dossierkit.compile.site import Compiled, CompiledPage, Later, Site
from dossierkit.model.page import ArticlePage, Content
from dossierkit.model.problem import Problem
from dossierkit.model.record import Record

Gathered = tuple[Evidence, tuple[Problem, ...]]


class Ground(NamedTuple):
    """All that the evidence of an article rests on: equal ground, equal evidence.

    `records`: those of its sidebar, None where there is none; `kept_back`: whether readers must not see it. `waived`: as
    `evidence.gather` has it. `targets`: what its links may lead to, where it may have links.
    """

    page: ArticlePage
    records: tuple[Record | None, ...]
    kept_back: tuple[bool, ...]
    waived: Mapping[int, str] | None
    targets: tuple[frozenset[str], ...]


Spread = Callable[
    [Callable[[ArticlePage], Gathered], Iterable[ArticlePage], Callable[[ArticlePage], Ground]],
    Iterable[Gathered],
]
"""As `map`: the results in the order of the pages, wherever they are worked out, or kept from pages of equal ground."""


def at_once(
    function: Callable[[ArticlePage], Gathered],
    pages: Iterable[ArticlePage],
    _ground: Callable[[ArticlePage], Ground],
) -> Iterable[Gathered]:
    return map(function, pages)


def compile_site(
    content: Content, site: Site, *, later: bool = False, spread: Spread = at_once, reads: Reads | None = None
) -> Compiled:
    """Every page of the site, and everything that is wrong with the content.

    `later` leaves pages to be made when they are asked for; `reads` writes down what those read.
    """
    visible = publish.visible(content, drafts=site.drafts, now=site.now, marks=site.marks)
    checked = publish.checked(content, visible)
    addresses = publish.paths(visible) | redirects.paths(visible) | tombstones.paths(content)
    shown, told, withheld = keptback.withhold(content, visible, site, addresses)
    problems = [*tombstones.problems(content), *redirects.problems(checked)]
    given = (shown, told, addresses)
    gathered = tuple(spread(partial(_evidence, *given), shown.articles.values(), partial(_ground, *given)))
    problems += (problem for _, found in gathered for problem in found)
    graph = connect(evidence for evidence, _ in gathered)
    problems += check.across(checked, graph)
    frame = Frame(told, shown, graph)
    viewed = seen(frame, reads) if reads else frame
    listed = tuple(every.each(viewed) if later else every.pages(frame))
    pages = (
        *(one for one in listed if isinstance(one, CompiledPage)),
        *redirects.pages(told, shown),
        *tombstones.pages(told, content),
    )
    ordered = tuple(sorted(pages, key=lambda page: page.path))
    replaced = publish.replaced(content) | withheld
    left = sorted((one for one in listed if isinstance(one, Later)), key=lambda one: one.path)
    return Compiled(
        ordered,
        replaced,
        tuple(sorted(problems)),
        every.files(frame),
        drawn(frame),
        (every.feeds(viewed),),
        later=tuple(left),
        frame=frame,
        find=partial(findable, told, shown, graph),
        words=said(site.strings),
    )


def _evidence(content: Content, site: Site, addresses: frozenset[str], page: ArticlePage) -> Gathered:
    links = Links(site.urls, addresses, site.files)
    html, broken = links.resolve(site.render(page.body), publish.article_path(page.id))
    evidence, found = gather(page, layer(html), content, site.waivers.get(page.path))
    return evidence, (*(_broken(page, address) for address in broken), *found)


def _ground(content: Content, site: Site, addresses: frozenset[str], page: ArticlePage) -> Ground:
    ids = page.gist.sidebar
    records = tuple(content.records.get(id_) for id_ in ids)
    kept_back = tuple(id_ in content.unreadable for id_ in ids)
    targets = (addresses, site.files) if page.gist.linking else ()
    return Ground(page, records, kept_back, site.waivers.get(page.path), targets)


def _broken(page: ArticlePage, address: str) -> Problem:
    message = f"the link `{address}` leads to no page or file: correct it"
    return Problem(page.path, page.body_line, 1, "D304", message)
