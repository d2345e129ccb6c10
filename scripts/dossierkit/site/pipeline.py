"""From content to pages, stage by stage. Read this module first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from dossierkit.evidence import consistency, facsimiles, media_use, visibility
from dossierkit.evidence.backreferences import Backreferences, connect
from dossierkit.evidence.gathering import Evidence, gather
from dossierkit.evidence.layer import layer
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.facsimile import Quoted
from dossierkit.model.media import Original
from dossierkit.model.page import ArticlePage, Content
from dossierkit.model.record import Record
from dossierkit.site import redirects, tombstones, withholding
from dossierkit.site.article_links import Links, broken
from dossierkit.site.cards.draw import drawn
from dossierkit.site.compiled import Compiled
from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later, Site
from dossierkit.site.pages import all_pages

Gathered = tuple[Evidence, tuple[Diagnostic, ...]]


class EvidenceInputs(NamedTuple):
    """Everything that the evidence of an article depends on: equal inputs give equal evidence.

    `records`: the records of its sidebar, None for a missing one; `kept_back`: by record, whether readers must not see it.
    `waived`: see `evidence.gathering.gather`. `targets`: the paths that its links may lead to; empty for an article without
    relative links.
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
"""Like `map`: returns the results in the order of the pages. It may compute them in other processes, or take them from a cache
by the inputs that the third argument returns."""


MakePages = Callable[[Context], Iterable[CompiledPage | Later]]


def unchanged(context: Context) -> Context:
    return context


class ReadableContent(NamedTuple):
    """What readers may see of the content.

    `content`: all pages; `public`: the visible ones, and `site`: the site's own pages, both without links to withheld pages;
    `checked`: the pages whose problems are reported (see `evidence.visibility.checked`); `addresses`: the paths of all pages
    below docs_dir; `withheld`: files below content/ that must not be published.
    """

    content: Content
    public: Content
    checked: Content
    site: Site
    addresses: frozenset[str]
    withheld: frozenset[str]


def compile_site(
    content: Content,
    site: Site,
    *,
    make_pages: MakePages,
    view: Callable[[Context], Context],
    spread: Spread,
) -> Compiled:
    """Compile every page of the site, and collect everything that is wrong with the content.

    `make_pages`: `all_pages.pages` makes all pages, `all_pages.pages_on_demand` leaves pages to be made on request. `view`:
    wraps the context that pages and feeds get, for instance to record what they read.
    """
    chosen = _choose(content, site)
    evidence, in_articles = _gather(chosen, spread)
    graph = connect(evidence)
    site, in_originals = _attach_originals(chosen, evidence)
    problems = (*in_articles, *in_originals, *_problems_across(chosen, graph))
    context = Context(site, chosen.public, graph)
    viewed = view(context)
    return _assemble(chosen, context, viewed, tuple(make_pages(viewed)), problems)


def _choose(content: Content, site: Site) -> ReadableContent:
    visible = visibility.visible(content, drafts=site.drafts, now=site.now, marks=site.marks)
    addresses = visibility.paths(visible) | redirects.paths(visible) | tombstones.paths(content)
    public, site, withheld = withholding.withhold(content, visible, site, addresses)
    site = replace(site, withdrawn=tombstones.listed(content, site.strings.lang))
    return ReadableContent(content, public, visibility.checked(content, visible), site, addresses, withheld)


def _gather(chosen: ReadableContent, spread: Spread) -> tuple[tuple[Evidence, ...], tuple[Diagnostic, ...]]:
    """The evidence of every article, and the problems found in it."""
    given = (chosen.public, chosen.site, chosen.addresses)
    pages = chosen.public.articles.values()
    gathered = tuple(spread(partial(_evidence, *given), pages, partial(_inputs, *given)))
    problems = tuple(problem for _, found in gathered for problem in found)
    return tuple(evidence for evidence, _ in gathered), problems


def _attach_originals(
    chosen: ReadableContent, evidence: Iterable[Evidence]
) -> tuple[Site, tuple[Diagnostic, ...]]:
    """The site with the originals and facsimiles that readers see, and quotes that no facsimile shows as problems."""
    located = chosen.site.locate(_quoted(evidence, chosen.site))
    originals = _released(chosen.public, chosen.site)
    site = replace(chosen.site, originals=originals, facsimiles=located.pages)
    return site, tuple(facsimiles.problems(evidence, located.missing))


def _problems_across(chosen: ReadableContent, graph: Backreferences) -> Iterator[Diagnostic]:
    """Problems that show only when all pages and files are known."""
    site, checked = chosen.site, chosen.checked
    yield from tombstones.problems(chosen.content)
    yield from redirects.problems(checked)
    yield from consistency.across(checked, graph)
    yield from media_use.problems(checked, site.media, site.files)
    for path, lead in site.leads.items():
        yield from media_use.of_lead(path, lead.image, lead.body, site.media, site.files)


def _assemble(
    chosen: ReadableContent,
    context: Context,
    viewed: Context,
    made: Sequence[CompiledPage | Later],
    problems: Iterable[Diagnostic],
) -> Compiled:
    """The compiled site. `made`: its pages without redirects and tombstones."""
    content, public, site = chosen.content, chosen.public, context.site
    pages = (
        *(page for page in made if isinstance(page, CompiledPage)),
        *redirects.pages(site, public),
        *tombstones.pages(site, content),
    )
    published = media_use.published(public, site.texts, site.media) - chosen.withheld
    return Compiled(
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        later=tuple(sorted((page for page in made if isinstance(page, Later)), key=lambda page: page.path)),
        replaces=visibility.replaced(content) | chosen.withheld,
        problems=tuple(sorted(problems)),
        files=all_pages.files(context),
        cards=drawn(viewed),
        written=(all_pages.feeds(viewed), all_pages.embeds(viewed), all_pages.twins(viewed, context)),
        media={path: site.media[path] for path in sorted(published)},
        originals={original.path: original.seed for original in site.originals.values()},
        facsimiles={picture.path: picture for pictures in site.facsimiles.values() for picture in pictures},
        frame=context,
        end=min(visibility.embargoes(content, site.now), default=""),
        drafts=0 if site.drafts else visibility.drafts(content),
    )


def _released(content: Content, site: Site) -> dict[str, Original]:
    """The originals of articles that readers see. A preview does not give out those of drafts either."""
    return {
        id_: original
        for id_, original in site.originals.items()
        if id_ in content.articles and visibility.released(content.articles[id_], site.now)
    }


def _quoted(evidence: Iterable[Evidence], site: Site) -> dict[str, tuple[Quoted, ...]]:
    """By article id, the quotes to show on pictures of pages; only of articles that readers see."""
    return {
        article.id: facsimiles.quoted(article)
        for article in evidence
        if article.id in site.drawn and visibility.released(article.page, site.now)
    }


def _evidence(content: Content, site: Site, addresses: frozenset[str], page: ArticlePage) -> Gathered:
    links = Links(site.urls, addresses, site.files)
    html, lost = links.resolve(site.render(page.body), visibility.article_path(page.id))
    evidence, found = gather(page, layer(html), content, site.waivers.get(page.path))
    return evidence, (*(broken(page, address) for address in lost), *found)


def _inputs(content: Content, site: Site, addresses: frozenset[str], page: ArticlePage) -> EvidenceInputs:
    ids = page.gist.sidebar
    records = tuple(content.records.get(id_) for id_ in ids)
    kept_back = tuple(id_ in content.unreadable for id_ in ids)
    targets = (addresses, site.files) if page.gist.relative else ()
    return EvidenceInputs(page, records, kept_back, site.waivers.get(page.path), targets)
