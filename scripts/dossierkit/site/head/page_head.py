"""Adds the head to a page: its metadata for programs. Every page passes through this module."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.media import Author
from dossierkit.model.notice import Correction
from dossierkit.model.page import ArticlePage, DossierPage
from dossierkit.model.record import Record
from dossierkit.site import corrections, summary
from dossierkit.site.addresses import Addresses
from dossierkit.site.cards import picture
from dossierkit.site.context import Context
from dossierkit.site.dateview import view
from dossierkit.site.feeds import atom
from dossierkit.site.feeds.build import folder, formats, has_feeds
from dossierkit.site.feeds.shape import day
from dossierkit.site.interface import CompiledPage, Site, inert, single_line
from dossierkit.site.jsonld import page as jsonld
from dossierkit.site.jsonld import terms
from dossierkit.site.twins.places import TYPES, kinds, twin
from dossierkit.text.links import web

HEAD = "dossier_head"
"""The key of a page's front matter whose value main.html puts into the head: finished HTML on single lines."""
CHANGED = "dossier_changed"
"""The key of the day of a page's last change, as far as git and its corrections tell; used for the sitemap."""
MACROS = "render_macros"
"""The key that makes mkdocs-macros skip a page; it would run macros in titles too."""
OPENSEARCH = "opensearch.xml"
_DESCRIBED = ("articles", "entities", "dossiers", "timeline", "corrections")


def with_head(
    frame: Context, page: CompiledPage, carded: Collection[str], nodes: Iterable[terms.Node] = ()
) -> CompiledPage:
    """The page with its head, a description if it has none, and links to its feeds at its end.

    `carded`: the paths of the pages with a card of their own. `nodes`: schema.org nodes in addition to those of the page's
    kind.
    """
    facts = head_facts(frame, page)
    meta = {"description": facts.description, **page.meta}
    values = {
        "metas": (*_share_metas(frame.site, facts, own=page.path in carded), *facts.metas),
        "links": tuple(_links(frame, facts)),
        "jsonld": terms.script((*_pictured(frame, facts, carded), *nodes), _base(frame.site, facts.path)),
    }
    meta[HEAD] = single_line(frame.site.template("head.html", values))
    title = str(meta.get("title", ""))
    if inert(title) != title:
        meta.setdefault(MACROS, False)
    if facts.changed:
        meta[CHANGED] = facts.changed
    body = page.body
    if has_feeds(frame, page.path):
        html = frame.html("feeds.html", feeds=tuple(_local(frame, page.path)))
        body = f"{body}\n{html}\n"
    return replace(page, meta=meta, body=body)


def _base(site: Site, path: str) -> str:
    """The page's own address, if it has one whatever host it is read from."""
    return Addresses(site, path).page(path) if site.publication.address else ""


def _pictured(frame: Context, facts: HeadFacts, carded: Collection[str]) -> Iterator[terms.Node]:
    """The page's nodes; an article without a picture gets its card as its image."""
    where = Addresses(frame.site, facts.path)
    for node in facts.nodes:
        bare = node.get("@type") == "NewsArticle" and "image" not in node
        card = bare and facts.path in carded and frame.site.publication.cards
        yield {**node, "image": where.file(picture.address(facts.path))} if card else node


def _local(frame: Context, path: str) -> Iterator[Link]:
    """The feeds as links in the page's body: relative, in the form that the engine needs."""
    for kind in formats(frame.site):
        yield Link(
            "alternate",
            frame.site.urls.to(path, folder(path) + kind.name),
            kind.type,
            kind.label,
        )


def head_facts(frame: Context, page: CompiledPage) -> HeadFacts:
    """The metadata of the page, according to its kind."""
    room, _, id_ = page.path.removesuffix(".md").partition("/")
    where = Addresses(frame.site, page.path)
    if room == "articles" and (article := frame.graph.articles.get(id_)):
        return _article(frame, article, where)
    if room == "entities" and (record := frame.content.records.get(id_)):
        return _entity(frame, record, where)
    if room == "dossiers" and (dossier := frame.content.dossiers.get(id_)):
        return _dossier(frame, dossier, where)
    return _home(frame, where) if page.path == "index.md" else _other(frame, page, where)


def _article(frame: Context, article: Evidence, where: Addresses) -> HeadFacts:
    lang = article.page.lang or frame.t.lang
    return HeadFacts(
        where.here,
        article.page.title,
        summary.article(article),
        "article",
        changed=max(frame.arrival(article.page).changed, changed(article.page.corrections)),
        nodes=jsonld.article(frame, article, where, lang),
        metas=metas(article.page, lang),
    )


def _entity(frame: Context, record: Record, where: Addresses) -> HeadFacts:
    kind = "profile" if record.type == "person" else "website"
    nodes = jsonld.entity(frame, record, where)
    described = summary.entity(frame, record)
    title = summary.name(frame, record)
    return HeadFacts(where.here, title, described, kind, changed=changed(record.corrections), nodes=nodes)


def _dossier(frame: Context, page: DossierPage, where: Addresses) -> HeadFacts:
    return HeadFacts(
        where.here,
        page.title,
        summary.dossier(frame, page),
        changed=changed(page.corrections),
        nodes=jsonld.dossier(frame, page, where),
    )


def _home(frame: Context, where: Addresses) -> HeadFacts:
    site = frame.site.publication
    title = frame.site.name
    described = site.description or frame.t("described.home", site=title)
    return HeadFacts(where.here, title, described, nodes=jsonld.home(frame, where))


def _other(frame: Context, page: CompiledPage, where: Addresses) -> HeadFacts:
    title = str(page.meta.get("title", ""))
    room = page.path.partition("/")[0]
    site = frame.site.publication.name
    described = (
        frame.t(f"described.{room}", site=site)
        if room in _DESCRIBED and page.path == f"{room}/index.md"
        else f"{title} · {site}"
    )
    make = jsonld.about if page.path == jsonld.ABOUT else jsonld.index
    return HeadFacts(page.path, title, described, nodes=make(frame, title, described, where))


def changed(notices: Iterable[Correction]) -> str:
    """The newest day of corrections; empty if none names a day. The first day of a page is not recorded here."""
    return max((day(item.date) for item in notices), default="")[:10]


def _links(frame: Context, facts: HeadFacts) -> Iterator[Link]:
    """The feeds of the page, or else of the site; the feed of corrections on their index; twins; the search description."""
    where = Addresses(frame.site, facts.path)
    if has_feeds(frame, facts.path):
        yield from _feeds(frame, facts, where)
    else:
        yield Link("alternate", where.file(atom.NAME), atom.TYPE, frame.site.name)
    if facts.path == "corrections/index.md" and any(
        page.corrections for _, page in visibility.pages_of(frame.content)
    ):
        yield Link("alternate", where.file(corrections.FEED), atom.TYPE, facts.title)
    for kind in kinds(frame.site, facts.path):
        if kind == "md" and not frame.site.publication.address:
            continue  # Zensical takes a relative link to a Markdown file for a missing page
        yield Link("alternate", where.file(twin(frame.site.urls, facts.path, kind)), TYPES[kind], facts.title)
    if frame.site.publication.address:
        yield Link("search", where.file(OPENSEARCH), "application/opensearchdescription+xml", frame.site.name)


def _feeds(frame: Context, facts: HeadFacts, where: Addresses) -> Iterator[Link]:
    for kind in formats(frame.site):
        title = f"{facts.title} ({kind.label})"
        yield Link("alternate", where.file(folder(facts.path) + kind.name), kind.type, title)


def _share_metas(site: Site, facts: HeadFacts, *, own: bool) -> tuple[Meta, ...]:
    """Open Graph (https://ogp.me) and X's card, for shared links; the description has the shell's element.

    `own`: whether the page has a card of its own.
    """
    where = Addresses(site, facts.path)
    properties = {
        "og:type": facts.kind,
        "og:title": facts.title,
        "og:url": _base(site, facts.path),
        "og:site_name": site.publication.name,
    }
    image = where.file(picture.address(facts.path if own else "index.md"))
    pictured = {
        "og:image": image,
        "og:image:type": "image/png",
        "og:image:width": str(picture.WIDTH),
        "og:image:height": str(picture.HEIGHT),
        "og:image:alt": facts.title if own else site.publication.name,
    }
    shown = site.publication.cards > 0
    return (
        *named({**properties, **(pictured if shown else {})}, "property"),
        *named({"twitter:card": "summary_large_image" if shown else "summary"}),
    )


class Meta(NamedTuple):
    """A `meta` element. `key`: its attribute for the name, `name` or, in RDFa and thus Open Graph, `property`."""

    key: str
    name: str
    content: str


class Link(NamedTuple):
    rel: str
    href: str
    type: str = ""
    title: str = ""


class HeadFacts(NamedTuple):
    """The metadata of one page.

    `kind`: its type in Open Graph. `changed`: the day of its last change for readers, empty if unknown. `nodes`: its
    schema.org nodes. `metas`: elements that only this kind of page has.
    """

    path: str
    title: str
    description: str
    kind: str = "website"
    changed: str = ""
    nodes: tuple[Mapping[str, Any], ...] = ()
    metas: tuple[Meta, ...] = ()


def named(pairs: Mapping[str, str], key: str = "name") -> tuple[Meta, ...]:
    """One element for each pair whose content is not empty."""
    return tuple(Meta(key, name, content) for name, content in pairs.items() if content)


def metas(page: ArticlePage, lang: str) -> tuple[Meta, ...]:
    """The elements with a known value; a date only if it is certainly one day, month or year."""
    source, written = page.source, page.credited
    date = view(page.date, "en").machine
    authors = (meta for author in written for meta in named(_author(author)))
    tags = named(
        {
            "citation_title": page.title,
            "citation_publication_date": date.replace("-", "/"),
            "citation_public_url": web(source.url),
            "citation_language": lang,
            "DC.type": "newspaperArticle",
            "DC.title": page.title,
            "DC.publisher": source.publisher,
            "DC.date": date,
            "DC.language": lang,
            "DC.rights": source.rights,
            "DC.source": web(source.url) if source.publisher else "",
            "prism.publicationName": source.publisher,
        }
    )
    creators = (Meta("name", "DC.creator", author.shown) for author in written)
    return (*tags[:1], *authors, *tags[1:], *creators)


def _author(author: Author) -> dict[str, str]:
    """A person's family name first, as Highwire requires; an organization's name unchanged."""
    name = ", ".join(filter(None, (author.family, author.given))) if author.family else author.shown
    return {"citation_author": name, "citation_author_orcid": author.address}
