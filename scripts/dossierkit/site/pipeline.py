"""Content -> pages, stage by stage. Read this first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from dossierkit.evidence import consistency, facsimiles, media_use, visibility
from dossierkit.evidence.backreferences import connect
from dossierkit.evidence.gathering import Evidence, gather
from dossierkit.evidence.layer import layer
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.facsimile import Quoted
from dossierkit.model.media import Original
from dossierkit.model.page import ArticlePage, Content
from dossierkit.model.record import Record
from dossierkit.site import redirects, tombstones, withholding
from dossierkit.site.article_links import Links
from dossierkit.site.cards.draw import drawn
from dossierkit.site.compiled import Compiled
from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later, Site
from dossierkit.site.pages import all_pages
from dossierkit.site.search.records import findable, interface_words

Gathered = tuple[Evidence, tuple[Diagnostic, ...]]


class EvidenceInputs(NamedTuple):
    """All that the evidence of an article rests on: equal ground, equal evidence.

    `records`: those of its sidebar, None where there is none; `kept_back`: whether readers must not see it. `waived`: as
    `evidence.gathering.gather` has it. `targets`: what its links may lead to, where it may have relative ones.
    """

    page: ArticlePage
    records: tuple[Record | None, ...]
    kept_back: tuple[bool, ...]
    waived: Mapping[int, str] | None
    targets: tuple[frozenset[str], ...]


Spread = Callable[
    [Callable[[ArticlePage], Gathered], Iterable[ArticlePage], Callable[[ArticlePage], EvidenceInputs]],
    Iterable[Gathered],
]
"""As `map`: the results in the order of the pages, wherever they are worked out, or kept from pages of equal ground."""


def at_once(
    function: Callable[[ArticlePage], Gathered],
    pages: Iterable[ArticlePage],
    _ground: Callable[[ArticlePage], EvidenceInputs],
) -> Iterable[Gathered]:
    return map(function, pages)


MakePages = Callable[[Context], Iterable[CompiledPage | Later]]


def unchanged(context: Context) -> Context:
    return context


def compile_site(
    content: Content,
    site: Site,
    *,
    make_pages: MakePages = all_pages.pages,
    view: Callable[[Context], Context] = unchanged,
    spread: Spread = at_once,
) -> Compiled:
    """Every page of the site, and everything that is wrong with the content.

    `make_pages`: `all_pages.pages` makes all, `all_pages.pages_on_demand` leaves pages to be made when they are asked for.
    `view`: the context as pages and feeds are given it, such as one that notes what they read.
    """
    visible = visibility.visible(content, drafts=site.drafts, now=site.now, marks=site.marks)
    checked = visibility.checked(content, visible)
    addresses = visibility.paths(visible) | redirects.paths(visible) | tombstones.paths(content)
    public, site, withheld = withholding.withhold(content, visible, site, addresses)

    evidence, problems = _gather(public, site, addresses, spread)
    index = connect(evidence)
    problems += [*tombstones.problems(content), *redirects.problems(checked)]
    problems += consistency.across(checked, index)
    problems += media_use.problems(checked, site.media, site.files)
    for path, lead in site.leads.items():
        problems += media_use.of_lead(path, lead.image, lead.body, site.media, site.files)
    shown = media_use.published(public, site.texts, site.media) - withheld
    located = site.locate(_quoted(evidence, site))
    problems += facsimiles.problems(evidence, located.missing)
    site = replace(
        site,
        originals=_released(public, site),
        facsimiles=located.pages,
        withdrawn=tombstones.listed(content, site.strings.lang),
    )

    context = Context(site, public, index)
    viewed = view(context)
    made = tuple(make_pages(viewed))
    pages = (
        *(page for page in made if isinstance(page, CompiledPage)),
        *redirects.pages(site, public),
        *tombstones.pages(site, content),
    )
    return Compiled(
        tuple(sorted(pages, key=lambda page: page.path)),
        visibility.replaced(content) | withheld,
        tuple(sorted(problems)),
        all_pages.files(context),
        drawn(viewed),
        (all_pages.feeds(viewed), all_pages.embeds(viewed), all_pages.twins(viewed, context)),
        later=tuple(sorted((one for one in made if isinstance(one, Later)), key=lambda one: one.path)),
        media={path: site.media[path] for path in sorted(shown)},
        originals={original.path: original.seed for original in site.originals.values()},
        facsimiles={facsimile.path: facsimile for listed in site.facsimiles.values() for facsimile in listed},
        frame=context,
        find=partial(findable, site, public, index, context.events),
        words=interface_words(site.strings),
        end=min(visibility.embargoes(content, site.now), default=""),
    )


def _released(content: Content, site: Site) -> dict[str, Original]:
    """Of the originals those of articles that readers see: a preview hands out none of drafts either."""
    return {
        id_: original
        for id_, original in site.originals.items()
        if id_ in content.articles and visibility.released(content.articles[id_], site.now)
    }


def _quoted(evidence: Iterable[Evidence], site: Site) -> dict[str, tuple[Quoted, ...]]:
    """What is to be shown on pictures of pages, by the article: as of originals, of those that readers see."""
    return {
        one.id: facsimiles.quoted(one)
        for one in evidence
        if one.id in site.drawn and visibility.released(one.page, site.now)
    }


def _gather(
    content: Content, site: Site, addresses: frozenset[str], spread: Spread
) -> tuple[list[Evidence], list[Diagnostic]]:
    """The evidence of every article, and what is wrong with it."""
    given = (content, site, addresses)
    gathered = tuple(spread(partial(_evidence, *given), content.articles.values(), partial(_inputs, *given)))
    evidence = [one for one, _ in gathered]
    return evidence, [problem for _, found in gathered for problem in found]


def _evidence(content: Content, site: Site, addresses: frozenset[str], page: ArticlePage) -> Gathered:
    links = Links(site.urls, addresses, site.files)
    html, broken = links.resolve(site.render(page.body), visibility.article_path(page.id))
    evidence, found = gather(page, layer(html), content, site.waivers.get(page.path))
    return evidence, (*(_broken(page, address) for address in broken), *found)


def _inputs(content: Content, site: Site, addresses: frozenset[str], page: ArticlePage) -> EvidenceInputs:
    ids = page.gist.sidebar
    records = tuple(content.records.get(id_) for id_ in ids)
    kept_back = tuple(id_ in content.unreadable for id_ in ids)
    targets = (addresses, site.files) if page.gist.relative else ()
    return EvidenceInputs(page, records, kept_back, site.waivers.get(page.path), targets)


def _broken(page: ArticlePage, address: str) -> Diagnostic:
    message = f"the link `{address}` leads to no page or file: correct it"
    return Diagnostic(page.path, page.body_line, 1, "D304", message)
