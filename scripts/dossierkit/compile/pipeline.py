"""Content -> pages, stage by stage. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.compile import check, keptback, publish, redirects, tombstones
from dossierkit.compile.evidence import Evidence, gather
from dossierkit.compile.graph import connect
from dossierkit.compile.layer import layer
from dossierkit.compile.links import Links
from dossierkit.compile.pages import Pages
from dossierkit.compile.site import Compiled, Site
from dossierkit.model.page import Content
from dossierkit.model.problem import Problem


def compile_site(content: Content, site: Site) -> Compiled:
    """Every page of the site, and everything that is wrong with the content."""
    visible = publish.visible(content, drafts=site.drafts, now=site.now)
    checked = publish.checked(content, visible)
    problems = [*tombstones.problems(content), *redirects.problems(checked)]
    addresses = (
        publish.paths(visible) | redirects.paths(visible) | {path for path, _ in tombstones.standing(content)}
    )
    hidden = publish.replaced(content) - addresses
    files = keptback.kept_files(content, visible, site.leads, site.files)
    visible, site = keptback.unlinked(visible, hidden), keptback.unlinked_leads(site, hidden)
    articles = tuple(_evidence(visible, site, addresses, problems))
    graph = connect(articles)
    problems += check.across(checked, graph)
    pages = Pages(site, visible, graph)
    compiled = (
        *(pages.article(article) for article in graph.articles.values()),
        *(pages.entity(record) for record in visible.records.values()),
        *(pages.dossier(dossier) for dossier in visible.dossiers.values()),
        *pages.indexes(),
        pages.home(),
        *redirects.pages(site, visible),
        *tombstones.pages(site, content),
    )
    ordered = tuple(sorted(compiled, key=lambda page: page.path))
    return Compiled(ordered, publish.replaced(content) | files, tuple(sorted(problems)))


def _evidence(
    content: Content, site: Site, addresses: frozenset[str], problems: list[Problem]
) -> Iterator[Evidence]:
    links = Links(site.urls, addresses, site.files)
    for page in content.articles.values():
        html, broken = links.resolve(site.render(page.body), publish.article_path(page.id))
        problems += (
            Problem(
                page.path,
                page.body_line,
                1,
                "D304",
                f"the link `{address}` leads to no page or file: correct it",
            )
            for address in broken
        )
        evidence, found = gather(page, layer(html), content, site.waivers.get(page.path))
        problems += found
        yield evidence
