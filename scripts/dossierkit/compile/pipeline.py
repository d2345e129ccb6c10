"""Content -> pages, stage by stage. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.compile import check, keptback, publish, redirects, tombstones
from dossierkit.compile.evidence import Evidence, gather
from dossierkit.compile.graph import connect
from dossierkit.compile.layer import layer
from dossierkit.compile.links import Links
from dossierkit.compile.pages import Pages
from dossierkit.compile.search.records import records, said
from dossierkit.compile.site import Compiled, Site
from dossierkit.model.page import ArticlePage, Content
from dossierkit.model.problem import Problem


def compile_site(content: Content, site: Site) -> Compiled:
    """Every page of the site, and everything that is wrong with the content."""
    visible = publish.visible(content, drafts=site.drafts, now=site.now)
    checked = publish.checked(content, visible)
    addresses = publish.paths(visible) | redirects.paths(visible) | tombstones.paths(content)
    shown, told, withheld = keptback.withhold(content, visible, site, addresses)
    problems = [*tombstones.problems(content), *redirects.problems(checked)]
    articles = tuple(_evidence(shown, told, addresses, problems))
    graph = connect(articles)
    problems += check.across(checked, graph)
    site_pages = Pages(told, shown, graph)
    pages = (
        *site_pages.all(),
        *redirects.pages(told, shown),
        *tombstones.pages(told, content),
    )
    ordered = tuple(sorted(pages, key=lambda page: page.path))
    replaced = publish.replaced(content) | withheld
    found = records(told, shown, graph)
    words = said(site.strings)
    return Compiled(ordered, replaced, tuple(sorted(problems)), site_pages.files(), found, words)


def _evidence(
    content: Content, site: Site, addresses: frozenset[str], problems: list[Problem]
) -> Iterator[Evidence]:
    links = Links(site.urls, addresses, site.files)
    for page in content.articles.values():
        html, broken = links.resolve(site.render(page.body), publish.article_path(page.id))
        problems += (_broken(page, address) for address in broken)
        evidence, found = gather(page, layer(html), content, site.waivers.get(page.path))
        problems += found
        yield evidence


def _broken(page: ArticlePage, address: str) -> Problem:
    message = f"the link `{address}` leads to no page or file: correct it"
    return Problem(page.path, page.body_line, 1, "D304", message)
